"""Leaves out of the image what the widget cannot reach (``tools/freeze.mjs`` runs it, in the Python that is frozen).

Python starts twice. The first one looks (``reached``), the second one lets go (``trim``): looking takes memory, and the
holes would be in the image.

What can be reached is told by names. A function reaches what it mentions: its globals, any attribute of that name, the
modules that it imports, a text that could be a name. What nobody mentions goes. That alone would keep nearly all of it,
because ``pydantic.main`` mentions what builds models, and asyncio what starts processes. So there is a list of modules
of which a widget that stands in a browser, its models built, runs nothing: ``NEVER_RUN``. Their functions mention
nothing, and in the image they are one and the same function, which has the page start the whole Python instead.
"""

from __future__ import annotations

import dis
import gc
import importlib
import io
import re
import sys
import types
from collections import UserString
from collections.abc import Callable, Iterable, Iterator
from typing import Any, cast

NEVER_RUN = re.compile(
    "|".join(
        (
            # builds models and reads annotations; every model is built
            r"pydantic\._internal\.(?!_model_construction|_repr|_utils|_mock_val_ser|_fields|_decorators).*",
            r"pydantic\.(json_schema|functional_\w+|annotated_handlers|alias_generators|plugin.*)",
            r"pydantic_core\.core_schema|annotated_types|typing_extensions|typing_inspection.*|annotationlib",
            # reads source and bytecode
            r"dis|opcode|_opcode_metadata|importlib\.(metadata.*|util|abc|machinery|_abc)|pkgutil",
            # files, archives, processes, sockets, threads
            r"zipfile.*|zipimport|bz2|lzma|compression.*|shutil|tempfile|glob|fnmatch|pathlib.*|ntpath|site|sysconfig",
            r"subprocess|ssl|socket|select|selectors|signal|concurrent.*|pyodide\._package_loader",
            # the event loops that are not the browser's
            r"asyncio\.(base_events|base_subprocess|graph|runners|selector_events|sslproto|staggered|streams)",
            r"asyncio\.(subprocess|threads|transports|protocols|trsock|unix_events)",
            # other kinds of numbers, texts and addresses
            r"fractions|numbers|decimal|zoneinfo.*|hmac|locale|ipaddress|string|email.*",
        )
    )
)

NAME = re.compile(r"[A-Za-z_]\w*")

OF_CLASSES = (
    "__annotate_func__",
    "__annotations_cache__",
    "__firstlineno__",
    "__static_attributes__",
    "__pydantic_core_schema__",
    "__pydantic_parent_namespace__",
)
"""What classes know of themselves for those who read or build."""

Named = (types.FunctionType, classmethod, staticmethod, property, types.ModuleType)
"""What goes out of a class when nobody mentions its name. Anything else in it may be there for its value."""


def reached(roots: Iterable[str], foreign: Iterable[str]) -> dict[str, list[str]]:
    """The names that are mentioned, and the modules, by whoever can be reached from ``roots`` and from the interpreter.

    ``roots`` are ``module:function``; ``foreign`` are names that other languages may mention.
    """
    bare()
    reach = Reach(set(foreign))
    for held in held_from_outside():
        reach.mark(held)
    for root in roots:
        module, _, name = root.partition(":")
        reach.mark(vars(sys.modules[module])[name])
    reach.follow()
    return {"names": sorted(reach.names), "modules": sorted(reach.modules())}


class Reach:
    """Everything that was reached so far."""

    def __init__(self, names: set[str]) -> None:
        self.names = names
        # None of these is anybody's way to anything: all modules, and we ourselves.
        self._seen: dict[int, object] = {id(it): it for it in (sys.modules, globals())}
        self._new: list[object] = []
        self._unnamed: dict[str, list[object]] = {}
        self._namespaces = {id(vars(it)): it for it in modules()}

    def mark(self, it: object) -> None:
        """This can be reached."""
        if id(it) not in self._seen:
            self._seen[id(it)] = it
            self._new.append(it)

    def follow(self) -> None:
        """Mark all that can be reached from what is marked."""
        while self._new:
            self._visit(self._new.pop())

    def modules(self) -> Iterator[str]:
        """The names of the modules that are marked."""
        return (name for name, it in sys.modules.items() if not is_module(it) or id(it) in self._seen)

    def _visit(self, it: object) -> None:
        if id(it) in self._namespaces:
            self.mark(self._namespaces[id(it)])
        elif is_module(it):
            self._entries(vars(it).items())
        elif isinstance(it, types.FunctionType):
            self._function(it)
        elif isinstance(it, types.CodeType):
            self._code(it, {})
        elif isinstance(it, type) and is_python_class(it):
            self._class(it)
        else:
            self._all(gc.get_referents(it))

    def _all(self, them: Iterable[object]) -> None:
        for it in them:
            self.mark(it)

    def _function(self, it: types.FunctionType) -> None:
        if never_runs(it):
            return
        self._code(it.__code__, it.__globals__)
        self._all(gc.get_referents(it))

    def _class(self, it: type) -> None:
        self._entries((name, value) for name, value in vars(it).items() if isinstance(value, Named))
        self._all(value for value in vars(it).values() if not isinstance(value, Named))
        self._all((type(it), *it.__mro__))

    def _entries(self, entries: Iterable[tuple[str, object]]) -> None:
        for name, value in list(entries):
            if name in self.names or is_special(name):
                self.mark(value)
            else:
                self._unnamed.setdefault(name, []).append(value)

    def _mention(self, name: str) -> None:
        if name not in self.names:
            self.names.add(name)
            self._all(self._unnamed.pop(name, ()))

    def _code(self, code: types.CodeType, namespace: dict[str, Any]) -> None:
        for name in (*code.co_names, *texts(code.co_consts)):
            self._mention(name)
        for module in imported(code, namespace):
            self._all(it for it in [sys.modules.get(module)] if it)
        for inner in code.co_consts:
            if isinstance(inner, types.CodeType):
                self._code(inner, namespace)


def texts(constants: Iterable[object]) -> Iterator[str]:
    """The constants that could be names."""
    for it in constants:
        if isinstance(it, str) and NAME.fullmatch(it):
            yield it
        elif isinstance(it, (tuple, frozenset)):
            yield from texts(it)


def imported(code: types.CodeType, namespace: dict[str, Any]) -> Iterator[str]:
    """The modules that a function imports when it runs."""
    loaded: list[Any] = []
    for instruction in dis.get_instructions(code):
        if instruction.opname == "IMPORT_NAME":
            level, names = loaded[-2:]
            module = absolute(instruction.argval, level, namespace)
            yield from parents(module)
            yield from (f"{module}.{name}" for name in names or ())
        loaded.append(instruction.argval)


def absolute(module: str, level: int, namespace: dict[str, Any]) -> str:
    """The full name of a module that may be named from its neighbour."""
    if not level:
        return module
    package = namespace.get("__package__", "").rsplit(".", level - 1)[0]
    return f"{package}.{module}" if module else package


def parents(module: str) -> Iterator[str]:
    """A module and the packages it is in."""
    parts = module.split(".")
    return (".".join(parts[: number + 1]) for number in range(len(parts)))


def held_from_outside() -> list[object]:
    """Everything that something holds which is no Python: the interpreter, its libraries, JavaScript.

    It has more references than Python's objects account for.
    """
    gc.collect()
    objects = gc.get_objects()
    counts = dict.fromkeys(map(id, objects), 0)
    for it in objects:
        for other in gc.get_referents(it):
            if id(other) in counts:
                counts[id(other)] += 1
    ours = 2  # the list, and the loop
    held = [it for it in objects if sys.getrefcount(it) - ours > counts[id(it)]]
    return [
        it for it in held if it is not objects and it is not counts and getattr(it, "__globals__", 0) is not globals()
    ]


# Letting go


def trim(names: list[str], kept: list[str]) -> None:
    """Let go of everything that is not in one of these names and modules (``reached``).

    Our own modules are among those that lose names: first it is all made ready, then it goes.
    """
    bare()
    gc.collect()
    mentioned = frozenset(names)
    collect = gc.collect
    functions = [it for it in gc.get_objects() if isinstance(it, types.FunctionType) and never_runs(it)]
    left_out = [(it, stand_in(it)) for it in functions]
    functions.clear()
    for it in gc.get_objects():
        if isinstance(it, type) and is_python_class(it):
            for name in unmentioned(vars(it), mentioned):
                if isinstance(vars(it)[name], Named):
                    type.__delattr__(it, name)
    going = [(sys.modules, name) for name in set(sys.modules) - set(kept)]
    going += [(vars(it), name) for it in modules() if is_written(it) for name in unmentioned(vars(it), mentioned)]
    for namespace, name in going:
        namespace.pop(name, None)  # some modules have two names
    going.clear()
    collect()  # what has to be closed is closed by functions that go next
    for function, code in left_out:
        function.__code__ = code
        function.__defaults__ = function.__kwdefaults__ = None
    left_out.clear()
    collect()


def unmentioned(namespace: Iterable[str], mentioned: frozenset[str]) -> list[str]:
    """The names of a module or a class that nobody mentions."""
    return [name for name in namespace if name not in mentioned and not is_special(name)]


def stand_in(function: types.FunctionType, made: dict[int, types.CodeType] = {}) -> types.CodeType:  # noqa: B006
    """What runs in place of a function that was left out; a traceback names it."""
    cells = len(function.__code__.co_freevars)
    if cells not in made:
        names = ", ".join(f"_{number}" for number in range(cells))
        made[cells] = compiled(names, f"  {names}") if cells else compiled("", "")
    name = function.__qualname__
    return made[cells].replace(co_name=function.__name__, co_qualname=name, co_filename=function.__module__ or "")


def compiled(names: str, use: str) -> types.CodeType:
    """The same function, within one that has these variables."""
    source = (
        f"def around({names}):\n"
        " def left_out(*arguments, **named):\n"
        f"{use}\n"
        "  import js\n"
        "  js.startWholePython()\n"
        "  raise RuntimeError('left out of the image')\n"
        " return left_out\n"
    )
    namespace: dict[str, Any] = {}
    exec(source, namespace)
    around = cast("Callable[..., types.FunctionType]", namespace["around"])
    return around(*[None] * around.__code__.co_argcount).__code__


# What neither of the two looks at, for nothing needs it once everything is built


def bare() -> None:
    """Take the annotations, the origins and the plans off everything."""
    for it in gc.get_objects():
        if isinstance(it, types.FunctionType):
            it.__annotate__ = None  # type: ignore[attr-defined]
        elif isinstance(it, type) and is_python_class(it):
            for name in OF_CLASSES:
                if name in vars(it):
                    type.__delattr__(it, name)
        elif type(it).__name__ in {"SchemaValidator", "SchemaSerializer"}:
            it.__reduce__()[1][0].clear()  # the plan it was built by
    for module in modules():
        forget_origin(module)
    importlib.invalidate_caches()
    sys.path_importer_cache.clear()
    small_streams()
    packages: Any = sys.modules["pyodide._package_loader"]
    for place in ("SITE_PACKAGES", "DSO_DIR"):
        setattr(packages, place, UserString(getattr(packages, place)))  # Pyodide takes but the text of these paths
    packages.init_loaded_packages = dict  # a call without arguments that finds none, for there are no files


def forget_origin(module: types.ModuleType) -> None:
    """A module that came from a file need not know from which: there are no files in a browser."""
    if type(module.__loader__).__name__ in {"zipimporter", "SourceFileLoader"}:
        module.__loader__ = module.__spec__ = None
    for name in ("__annotate__", "__annotations__", "__cached__"):
        vars(module).pop(name, None)


def small_streams() -> None:
    """Python's own streams with buffers of a kilobyte, where it takes 128."""
    kilobyte = 1024
    sys.stdin = sys.__stdin__ = io.TextIOWrapper(io.BufferedReader(io.FileIO(0, closefd=False), kilobyte))  # type: ignore[misc]
    for name, number in (("stdout", 1), ("stderr", 2)):
        raw = io.BufferedWriter(io.FileIO(number, "w", closefd=False), kilobyte)
        stream = io.TextIOWrapper(raw, "utf-8", "backslashreplace", line_buffering=True)
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)


# Kinds


def modules() -> list[types.ModuleType]:
    """All modules that have a namespace."""
    return [it for it in sys.modules.values() if is_module(it)]


def is_module(it: object) -> bool:
    """Whether it is a module of Python's; JavaScript's objects can pass for one."""
    return isinstance(it, types.ModuleType) and issubclass(type(it), types.ModuleType)


def is_written(module: types.ModuleType) -> bool:
    """Whether a module is a program. In the interpreter's own, C expects what it has put there."""
    return "__file__" in vars(module) and not module.__name__.startswith(("_frozen_importlib", "importlib._bootstrap"))


def is_python_class(it: type) -> bool:
    """Whether a class was made by a program and can be changed."""
    made, unchangeable = 1 << 9, 1 << 8  # Py_TPFLAGS_HEAPTYPE, Py_TPFLAGS_IMMUTABLETYPE
    return bool(it.__flags__ & made) and not it.__flags__ & unchangeable


def is_special(name: str) -> bool:
    """Whether the interpreter itself may mention it."""
    return name.startswith("__") and name.endswith("__")


def never_runs(function: types.FunctionType) -> bool:
    """Whether it is of a module of which nothing runs."""
    return bool(NEVER_RUN.fullmatch(str(function.__globals__.get("__name__", ""))))
