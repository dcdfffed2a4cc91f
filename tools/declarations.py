"""Writes the Customer SDK's declarations for TypeScript, out of the annotations that Python has of it.

``python -m tools.declarations``. What is the same in all methods stands in ``customer_sdk.d.ts`` beside this; methods,
their arguments and what they give come from ``METHODS``, events from ``payloads2`` and ``payloads5``, and names change
as they do on their way (``camel``).
"""

from __future__ import annotations

import inspect
import re
import types
import typing
from collections.abc import Awaitable, Callable, Container, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Literal, NotRequired, Union, get_args, get_origin, get_type_hints

from typing_extensions import TypeAliasType, is_typeddict

from tools.setup import ROOT
from widget.customer_sdk import payloads2, payloads5, sdk2, sdk5, start, words2, words5
from widget.customer_sdk.bridge import METHODS, OURS, PROVIDERS, Called
from widget.customer_sdk.camel import camel
from widget.customer_sdk.files import File, Upload
from widget.customer_sdk.history import History
from widget.customer_sdk.identity import IdentityProvider
from widget.platform_sdk import shapes

__all__ = ["DECLARATIONS", "declarations"]

DECLARATIONS = ROOT / "static" / "customer_sdk" / "customer-sdk.d.ts"
FRAME = Path(__file__).with_name("customer_sdk.d.ts")

PLAIN: dict[Any, str] = {
    Any: "unknown",
    object: "unknown",
    bool: "boolean",
    datetime: "Date",
    float: "number",
    int: "number",
    str: "string",
    types.NoneType: "null",
    File: "Blob",
    IdentityProvider: "IdentityProvider",
}

NAMED = {shapes.Access: "NewAccess"}
"""What has another name here, because an answer has its own."""

SAME = {"connect", "disconnect"}
"""Methods that stand in the frame."""

NOT_OF_A_PAGE = OURS - PROVIDERS | {"region"}
"""What ``init`` takes in Python, and has no meaning in a page."""

ELSEWHERE = {"channel_type": "application?: { channelType?: string }"}
"""What a page says in another place than Python."""


@dataclass(slots=True)
class Vocabulary:
    """Writes the methods, events and shapes of one vocabulary. ``aliases`` are shapes that Python knows as any dict."""

    sdk: type
    payloads: Any
    init: Callable[..., Any]
    aliases: dict[TypeAliasType, Any]
    positional: bool
    _shapes: dict[str, Any] = field(default_factory=dict)
    _written: dict[str, str] = field(default_factory=dict)

    def write(self) -> str:
        """All of it."""
        parts = [self._config(), self._client(), self._told()]
        return "\n\n".join([*parts, *(self._written[name] for name in sorted(self._written))])

    # The three that everything else follows from

    def _config(self) -> str:
        taken = self._taken(self.init, NOT_OF_A_PAGE)
        return interface(
            "Config", "Who connects, and whereto.", [ELSEWHERE.get(name, line) for name, line in taken.items()]
        )

    def _client(self) -> str:
        lines = [
            line
            for name, called in METHODS[self.sdk].items()
            if name not in SAME
            for line in self._method(name, called)
        ]
        return interface("CustomerSDK extends Client<Told>", "A customer's client.", lines)

    def _method(self, name: str, called: Called) -> Iterator[str]:
        run = inspect.unwrap(called.run)
        yield f"/** {summary(run)} */"
        yield f"{name}({self._arguments(self._taken(run, {'self'}))}): {self._given_back(run)}"

    def _taken(self, run: Callable[..., Any], but: Container[str]) -> dict[str, str]:
        """What a function takes, by Python's names."""
        hints = get_type_hints(run, include_extras=True)
        return {
            name: f"{camel(name)}{self._rest(hints[name], optional=given.default is not given.empty)}"
            for name, given in inspect.signature(run).parameters.items()
            if name not in but
        }

    def _arguments(self, taken: dict[str, str]) -> str:
        if self.positional or not taken:
            return ", ".join(taken.values())
        optional = all(line.startswith(f"{camel(name)}?") for name, line in taken.items())
        return f"args{'?' if optional else ''}: {{ {', '.join(taken.values())} }}"

    def _given_back(self, run: Callable[..., Any]) -> str:
        answer = get_type_hints(run, include_extras=True)["return"]
        written = self.type(answer)
        if inspect.iscoroutinefunction(run):
            return f"Promise<{written}>"
        return "void" if answer in (None, types.NoneType) else written

    def _told(self) -> str:
        hints = get_type_hints(self.payloads.Told, include_extras=True)
        lines = [f"{name}: {'undefined' if of is types.NoneType else self.type(of)}" for name, of in hints.items()]
        return interface("Told", "Events, and what each carries.", lines)

    # Types

    def _rest(self, annotation: Any, *, optional: bool) -> str:
        """What follows a name: whether it may be left out, and its type."""
        if get_origin(annotation) in (NotRequired, typing.Required):
            optional, annotation = get_origin(annotation) is NotRequired, get_args(annotation)[0]
        choices = [each for each in alternatives(annotation) if not (optional and each is types.NoneType)]
        return f"{'?' if optional else ''}: {self._union(choices)}"

    def type(self, annotation: Any) -> str:
        """An annotation in TypeScript."""
        if annotation is None:
            return "null"
        if isinstance(annotation, TypeAliasType):
            return self._shape(annotation.__name__, self.aliases[annotation])
        if is_typeddict(annotation):
            return self._shape(NAMED.get(annotation, annotation.__name__), annotation)
        origin, args = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            return self.type(args[0])
        if annotation in PLAIN:
            return PLAIN[annotation]
        if origin in (Union, types.UnionType):
            return self._union(alternatives(annotation))
        if origin is Literal:
            return " | ".join(repr(each) if isinstance(each, str) else str(each).lower() for each in args)
        if origin in GENERIC:
            return GENERIC[origin](self, args)
        raise TypeError(f"There is no rule for {annotation!r}")

    def _union(self, choices: list[Any]) -> str:
        return " | ".join(dict.fromkeys(self.type(each) for each in choices))

    def _shape(self, name: str, shape: Any) -> str:
        """The name of an interface, or of a union of such, which is written when it is met first."""
        if name not in self._shapes:
            self._shapes[name] = shape
            self._written[name] = (
                self._interface(name, shape) if is_typeddict(shape) else f"export type {name} = {self.type(shape)}"
            )
        if self._shapes[name] != shape:
            raise TypeError(f"There are two shapes of the name {name}: {shape!r} and {self._shapes[name]!r}")
        return name

    def _interface(self, name: str, shape: Any) -> str:
        hints = get_type_hints(shape, include_extras=True)
        lines = [
            f"{camel(each)}{self._rest(of, optional=each in shape.__optional_keys__)}" for each, of in hints.items()
        ]
        return interface(name, summary(shape), lines)


def _callable(words: Vocabulary, args: tuple[Any, ...]) -> str:
    given = ", ".join(f"{name}: {words.type(of)}" for name, of in zip(("part",), args[0], strict=False))
    return f"(({given}) => {words.type(args[1])})"


GENERIC: dict[Any, Callable[[Vocabulary, tuple[Any, ...]], str]] = {
    list: lambda words, args: f"{bracketed(words.type(args[0]))}[]",
    dict: lambda words, args: f"Record<{words.type(args[0])}, {words.type(args[1])}>",
    Callable: _callable,
    Awaitable: lambda words, args: f"Promise<{words.type(args[0])}>",
    Upload: lambda words, args: f"Upload<{words.type(args[0])}>",
    History: lambda words, args: f"History<{words.type(args[0])}>",
}


def bracketed(written: str) -> str:
    """A type as the element of an array."""
    return f"({written})" if " | " in written else written


def alternatives(annotation: Any) -> list[Any]:
    """What a value may be: the members of a union, or the one type."""
    if get_origin(annotation) is Annotated and get_origin(get_args(annotation)[0]) in (Union, types.UnionType):
        annotation = get_args(annotation)[0]
    return list(get_args(annotation)) if get_origin(annotation) in (Union, types.UnionType) else [annotation]


def interface(name: str, what: str, lines: list[str]) -> str:
    """An interface with its lines."""
    body = "\n".join(f"  {line}" for line in lines)
    return f"/** {what} */\nexport interface {name} {{\n{body}\n}}"


def summary(documented: Any) -> str:
    """What a docstring says, on one line, with JavaScript's names; those of events are the same."""
    said = " ".join((inspect.getdoc(documented) or "").split())
    events = {*sdk2.NAMES, *sdk5.NAMES}
    said = re.sub(r"``([^`]*)``", lambda quoted: f"`{quoted[1] if quoted[1] in events else camel(quoted[1])}`", said)
    return re.sub(r"Refused\((\w+)\)", lambda refused: f"`{refused[1].upper()}`", said)


def vocabularies() -> dict[str, Vocabulary]:
    """Both, by their names in the frame."""
    return {
        "first": Vocabulary(
            sdk2.CustomerSDK2,
            payloads2,
            inspect.unwrap(start._first),
            {words2.Event: payloads2.Event, words2.User: payloads2.User},
            positional=True,
        ),
        "today": Vocabulary(
            sdk5.CustomerSDK5,
            payloads5,
            inspect.unwrap(start._today),
            {words5.Event: payloads5.Event, words5.User: payloads5.User},
            positional=False,
        ),
    }


def declarations() -> str:
    """The file as it should be."""
    text = FRAME.read_text(encoding="utf-8")
    for name, vocabulary in vocabularies().items():
        written = "\n".join(f"  {line}".rstrip() for line in vocabulary.write().splitlines())
        text = text.replace(f"  // {name}\n", f"{written}\n")
    return text


if __name__ == "__main__":
    DECLARATIONS.write_text(declarations(), encoding="utf-8")
