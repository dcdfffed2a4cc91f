"""What a release is made of, out of this working copy."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from server.archive import Archive
from server.emoji import emoji
from server.runtime import INTERPRETER
from tools.freeze import digest
from tools.setup import BUILD, MODULES, ROOT, ready_node
from widget.ui.languages import LANGUAGES

__all__ = ["Parts", "Program", "Sdk", "collect", "contents", "put"]

STATIC = ROOT / "static"


@dataclass(frozen=True, slots=True)
class Program:
    """A page that starts Python, and what it is made of; an image of the same name goes with it (tools/freeze.py)."""

    page: str
    """As written."""
    early: bytes
    """The script that stands in the page and runs at once; may be empty."""
    style: bytes
    """Stands in the page too."""
    script: bytes
    """Starts Python."""
    code: bytes
    """The Python files, as a zip, for where the frozen one cannot start."""
    languages: Mapping[str, bytes] = field(default_factory=dict)
    """The words of each language but English, if the page has any."""


@dataclass(frozen=True, slots=True)
class Sdk:
    """The Customer SDK for pages: as a script with a global, as a module, and for TypeScript."""

    classic: bytes
    module: bytes
    declarations: bytes


@dataclass(frozen=True, slots=True)
class Parts:
    """What a release is made of."""

    programs: Mapping[str, Program]
    """By the names of ``tools.freeze.PROGRAMS``."""
    forgetting: str
    """The page that forgets a visitor, as written."""
    loader: bytes
    tracking: bytes
    commands: bytes
    live_chat_widget: bytes
    forget: bytes
    sdk: Sdk
    frozen: Mapping[str, bytes | Mapping[str, bytes]]
    """By the names in its manifest; a folder has files."""
    roles: Mapping[str, str]
    """The manifest."""
    runtime: Mapping[str, bytes]
    emoji_script: bytes
    emoji: Mapping[str, bytes]
    """Their names in each language."""


def collect() -> Parts:
    """The parts as they are now. Raises CalledProcessError when a script cannot be read, and OSError."""
    built = BUILD / "frozen"
    roles: dict[str, str] = json.loads((built / "manifest.json").read_text(encoding="utf-8"))
    runtime = [BUILD / "runtime" / name for name in (*INTERPRETER, "pyodide-lock.json")]
    return Parts(
        programs={"widget": window(), "customer_sdk": sdk_frame(), "console": console(), "sidebar": sidebar()},
        forgetting=read(STATIC / "forget.html"),
        loader=minified(STATIC / "loader.js"),
        tracking=minified(STATIC / "tracking.js"),
        commands=minified(STATIC / "commands.js"),
        live_chat_widget=minified(STATIC / "live_chat_widget.js"),
        forget=minified(STATIC / "forget.js"),
        sdk=Sdk(
            classic=minified(STATIC / "customer_sdk" / "global.js", classic=True),
            module=minified(STATIC / "customer_sdk" / "index.js"),
            declarations=(STATIC / "customer_sdk" / "customer-sdk.d.ts").read_bytes(),
        ),
        frozen={name: contents(built / name) for name in roles.values()},
        roles=roles,
        runtime=all_of([*runtime, *(BUILD / "runtime").glob("*.whl")]),
        emoji_script=minified(STATIC / "emoji.js"),
        emoji={f"{tag}.json": emoji(tag, MODULES) for tag in LANGUAGES},
    )


# The pages


def window() -> Program:
    """The chat's window. What a composer that takes typing needs stands in the page itself."""
    from server.catalogues import all_words
    from widget.ui.shell import fill

    return Program(
        page=fill(read(ROOT / "index.html")),
        early=b"\n".join(minified(STATIC / name).strip() for name in ("hello.js", "language.js")),
        style=minified(STATIC / "widget.css"),
        script=minified(STATIC / "early.js"),
        code=code("widget"),
        languages=all_words(),
    )


def sdk_frame() -> Program:
    """The hidden frame of the Customer SDK."""
    return Program(
        page=read(ROOT / "customer-sdk.html"),
        early=minified(STATIC / "hello.js"),
        style=b"",
        script=minified(STATIC / "sdk_frame.js"),
        code=code("widget"),
    )


def console() -> Program:
    """The agents' console."""
    from server.agent_pages import with_languages
    from server.catalogues import CONSOLE, all_words

    return Program(
        page=with_languages(read(ROOT / "agent_console" / "index.html")),
        early=minified(STATIC / "language.js"),
        style=minified(STATIC / "console.css"),
        script=minified(STATIC / "console.js"),
        code=code("widget", "agent_console"),
        languages=all_words(CONSOLE),
    )


def sidebar() -> Program:
    """The ready sidebar app. What listens to the Agent App stands in the page itself: it waits for nobody."""
    from server.agent_pages import with_languages
    from server.catalogues import CONSOLE, all_words

    folder = ROOT / "sidebar_app"
    return Program(
        page=with_languages(read(folder / "index.html")),
        early=b"\n".join(
            (minified(STATIC / "agent_app.js", classic=True).strip(), minified(STATIC / "language.js").strip())
        ),
        style=minified(folder / "style.css"),
        script=minified(folder / "page.js"),
        code=code("widget", "sidebar_app"),
        languages=all_words(CONSOLE),
    )


def code(*packages: str) -> bytes:
    """Some packages as a zip."""
    return Archive(ROOT, packages).current()[1]


# Files


def read(file: Path) -> str:
    """A text."""
    return file.read_text(encoding="utf-8")


def contents(path: Path) -> bytes | dict[str, bytes]:
    """A file, or all files of a folder."""
    return all_of(path.iterdir()) if path.is_dir() else path.read_bytes()


def all_of(files: Iterable[Path]) -> dict[str, bytes]:
    """Files by their names, scripts as short as they get."""
    return {file.name: interpreter_script(file) if file.suffix == ".mjs" else file.read_bytes() for file in files}


def interpreter_script(file: Path) -> bytes:
    """One of Pyodide's scripts, shorter: it takes seconds, so it is kept."""
    short = BUILD / "minified" / f"{digest(file.read_bytes())}.mjs"
    if not short.is_file():
        short.parent.mkdir(exist_ok=True)
        put(short, minified(file))
    return short.read_bytes()


def minified(file: Path, *, classic: bool = False) -> bytes:
    """A script or style sheet, with all that it imports, as short as it gets; ``classic``: it is no module."""
    with TemporaryDirectory() as folder:
        out = Path(folder, file.name)
        kind = ("classic",) if classic else ()
        command = (ready_node().node, ROOT / "tools" / "minify.mjs", file, out, BUILD / "runtime", *kind)
        subprocess.run(command, check=True)
        return out.read_bytes()


def put(file: Path, content: bytes) -> None:
    """Write a file, or put it in the place of another, in one moment."""
    unfinished = file.with_name(f".{file.name}.unfinished")
    unfinished.write_bytes(content)
    unfinished.replace(file)
