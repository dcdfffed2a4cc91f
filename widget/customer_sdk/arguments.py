"""Arguments are looked at before anything is sent: a wrong one is refused by its name.

A method's annotations are the rules. How they are read is ``platform_sdk``'s, so both SDKs refuse alike.
"""

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from widget.platform_sdk.method import Method
from widget.platform_sdk.versions import STABLE

__all__ = ["checked", "checked_as", "parameters", "prepare"]

P = ParamSpec("P")
R = TypeVar("R")

_ALL: list[Method[..., Any]] = []


def checked(method: Callable[P, R]) -> Callable[P, R]:
    """The method, which raises WrongArgument when it is called with what its annotations do not allow."""
    rules: Method[..., Any] = Method(method, None, None, "POST")
    _ALL.append(rules)

    def check(args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        rules.call(STABLE, *args[1:], **kwargs)

    @wraps(method)
    async def later(*args: P.args, **kwargs: P.kwargs) -> Any:
        check(args, kwargs)
        return await method(*args, **kwargs)  # type: ignore[misc]

    @wraps(method)
    def now(*args: P.args, **kwargs: P.kwargs) -> R:
        check(args, kwargs)
        return method(*args, **kwargs)

    checking: Any = later if inspect.iscoroutinefunction(method) else now
    checking.rules = rules
    return checking  # type: ignore[no-any-return]


def checked_as(name: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """The same for a function that its callers know by another name, which stands in its errors."""

    def check(method: Callable[P, R]) -> Callable[P, R]:
        method.__name__ = name
        return checked(method)

    return check


def parameters(method: object) -> tuple[str, ...] | None:
    """The names of what a checked method takes, in their order; None for what is no checked method."""
    rules = getattr(method, "rules", None)
    return tuple(rules.signature.parameters) if isinstance(rules, Method) else None


def prepare() -> int:
    """Build what checks arguments now, and not when each method is first called.

    It is for those who freeze Python's memory: nothing can be built after the thaw (``tools/trim.py``). Returns how
    many arguments are checked.
    """
    return sum(len(rules.shapes) for rules in _ALL)
