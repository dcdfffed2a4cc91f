"""How a method of LiveChat's SDKs is called, and how ours is called for the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Call", "fill", "js", "py", "snake"]


@dataclass(frozen=True, slots=True)
class Call:
    """A call of theirs, and the same of ours.

    Texts that begin with ``$`` stand for something that has to be there first, such as ``$chat``. ``differs`` says why
    ours sends something else, and ``sends`` what: then it is compared with that. ``broken`` says why theirs
    cannot work, ``refused`` what the server says when it is right not to do it.
    """

    method: str
    args: tuple[Any, ...] = ()
    kwargs: Mapping[str, Any] = field(default_factory=dict)
    ours: str = ""
    our_args: tuple[Any, ...] = ()
    our_kwargs: Mapping[str, Any] = field(default_factory=dict)
    version: str = ""
    differs: str = ""
    sends: tuple[str, str, Any] | None = None
    broken: str = ""
    refused: str = ""

    def __str__(self) -> str:
        return f"{self.method}-{self.version}" if self.version else self.method


def snake(name: str) -> str:
    """``getURLInfo`` as ``get_url_info``."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()


def js(
    method: str,
    *args: Any,
    opts: Mapping[str, Any] | None = None,
    ours: tuple[Any, ...] | None = None,
    kwargs: Mapping[str, Any] | None = None,
    **more: Any,
) -> Call:
    """A call of lc-sdk-js. Ours takes the same arguments by position, and the last object, ``opts``, by name."""
    theirs = (*args, dict(opts)) if opts is not None else args
    return Call(method, theirs, {}, snake(method), args if ours is None else ours, kwargs or opts or {}, **more)


def py(method: str, version: str = "3.6", ours: Mapping[str, Any] | None = None, /, **kwargs: Any) -> Call:
    """A call of lc-sdk-python. Ours takes the same arguments by name, unless it is said how it takes them."""
    return Call(method, (), kwargs, method, (), kwargs if ours is None else ours, version)


def fill(value: Any, find: Callable[[str], Any]) -> Any:
    """A value with what stands for something replaced by it."""
    if isinstance(value, str) and value.startswith("$"):
        return find(value[1:])
    if isinstance(value, Mapping):
        return {fill(key, find): fill(item, find) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [fill(item, find) for item in value]
    return value
