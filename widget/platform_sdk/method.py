"""A method of the API: declared once, and called on every client that has it.

A declaration is a signature and a docstring. Its name is the action, its parameters are the fields of the payload::

    @method(since="3.6")
    def get_thread_transcript(self, chat_id: str, thread_id: str) -> Json:
        \"\"\"Everything that was said in a thread, as text.\"\"\"

On an asynchronous client it gives something to await, on a synchronous one the answer itself. Editors and type checkers
see that, because ``Method`` is a descriptor whose type depends on the client.
"""

import inspect
from collections.abc import Callable, Coroutine, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Concatenate, Generic, Literal, ParamSpec, TypeVar, get_type_hints, overload

from pydantic import TypeAdapter, ValidationError

from widget.platform_sdk.versions import Version
from widget.wire.base import format_timestamp
from widget.wire.errors import NotInVersion, WrongArgument

__all__ = ["AsyncClient", "Call", "Client", "Method", "SyncClient", "method", "methods"]

P = ParamSpec("P")
R = TypeVar("R")

Way = Literal["POST", "GET", "UPLOAD"]
"""How an action travels over HTTP: its fields as JSON, in the query, or as a form with a file."""


@dataclass(frozen=True, slots=True)
class Call:
    """An action to ask for. The fields of an UPLOAD are the arguments of ``upload_file``."""

    action: str
    payload: dict[str, Any]
    way: Way = "POST"


class Client:
    """Something that methods are called on; ``version`` is that of its API."""

    version: Version


class AsyncClient(Client):
    """A client whose methods are awaited."""

    async def perform(self, call: Call) -> Any:
        """Ask, and return the payload of the answer. Raises ChatError."""
        raise NotImplementedError


class SyncClient(Client):
    """A client whose methods block."""

    def perform(self, call: Call) -> Any:
        """Ask, and return the payload of the answer. Raises ChatError."""
        raise NotImplementedError


class Method(Generic[P, R]):
    """One declared method. ``since`` and ``until`` are the first and the last version that has it."""

    def __init__(
        self, declared: Callable[Concatenate[Any, P], R], since: Version | None, until: Version | None, way: Way
    ) -> None:
        self.name = declared.__name__
        self.since = since
        self.until = until
        self.way = way
        self.__doc__ = declared.__doc__
        self.__wrapped__ = declared

    @overload
    def __get__(self, client: None, owner: type) -> "Method[P, R]": ...
    @overload
    def __get__(self, client: SyncClient, owner: type) -> Callable[P, R]: ...
    @overload
    def __get__(self, client: AsyncClient, owner: type) -> Callable[P, Coroutine[Any, Any, R]]: ...
    def __get__(self, client: Any, owner: type) -> Any:
        if client is None:
            return self

        def bound(*args: Any, **kwargs: Any) -> Any:
            return client.perform(self.call(client.version, *args, **kwargs))

        bound.__name__ = self.name
        bound.__doc__ = self.__doc__
        bound.__signature__ = self.signature  # type: ignore[attr-defined]
        return bound

    @cached_property
    def signature(self) -> inspect.Signature:
        """What the method takes."""
        declared = inspect.signature(self.__wrapped__)
        return declared.replace(parameters=list(declared.parameters.values())[1:])

    def call(self, version: Version, /, *args: Any, **kwargs: Any) -> Call:
        """The action to ask for. Arguments that are None are left out. Raises WrongArgument, NotInVersion."""
        self._check_version(version)
        try:
            given = self.signature.bind(*args, **kwargs).arguments
        except TypeError as error:
            raise WrongArgument(f"{self.name}: {error}") from error
        payload = {name: _on_the_wire(value) for name, value in given.items() if self._is_given(name, value)}
        for name, value in payload.items():
            self._check(name, value)
        return Call(self.name, payload, self.way)

    def prepare(self) -> int:
        """Make now what checks the arguments, for those who freeze Python's memory (``tools/trim.py``).

        Returns how many are checked.
        """
        return len(self.shapes)

    def in_version(self, version: Version) -> bool:
        """Whether a version of the API has it."""
        return (self.since is None or version >= self.since) and (self.until is None or version <= self.until)

    def _is_given(self, name: str, value: Any) -> bool:
        if value is None and self.signature.parameters[name].default is inspect.Parameter.empty:
            raise WrongArgument(f"{self.name}: `{name}`: it must not be None")
        return value is not None

    def _check_version(self, version: Version) -> None:
        if not self.in_version(version):
            bounds = [f"since {self.since}"] * bool(self.since) + [f"until {self.until}"] * bool(self.until)
            raise NotInVersion(f"{self.name}: version {version} does not have it; it is there {' and '.join(bounds)}.")

    def _check(self, name: str, value: Any) -> None:
        try:
            self.shapes[name].validate_python(value, strict=True)
        except ValidationError as error:
            first = error.errors(include_url=False, include_context=False, include_input=False)[0]
            field = ".".join([name, *(str(step) for step in first["loc"] if _is_field(step, value))])
            raise WrongArgument(f"{self.name}: `{field}`: {first['msg']}") from error

    @cached_property
    def shapes(self) -> Mapping[str, TypeAdapter[Any]]:
        """What checks each argument. Made when the method is first called: a program uses few of them."""
        hints = get_type_hints(self.__wrapped__, include_extras=True)
        return {name: TypeAdapter(hints[name]) for name in self.signature.parameters}


def method(
    *, since: Version | None = None, until: Version | None = None, way: Way = "POST"
) -> Callable[[Callable[Concatenate[Any, P], R]], Method[P, R]]:
    """Declare a method: a function whose body is its docstring."""
    return lambda declared: Method(declared, since, until, way)


def methods(owner: type) -> Iterator[Method[..., Any]]:
    """The methods of a client's class, by name."""
    for name in sorted(dir(owner)):
        attribute = inspect.getattr_static(owner, name)
        if isinstance(attribute, Method):
            yield attribute


def _is_field(step: int | str, value: object) -> bool:
    """Whether a step of pydantic's path is a field or an index, and not the name of a shape that it tried."""
    return isinstance(step, int) or (isinstance(value, dict) and step.isidentifier() and not step[0].isupper())


def _on_the_wire(value: Any) -> Any:
    return format_timestamp(value) if isinstance(value, datetime) else value
