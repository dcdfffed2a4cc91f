"""Arguments are looked at before anything is sent: a wrong one is refused by its name.

A method's annotations are the rules. How they are read is ``platform_sdk``'s, so both SDKs refuse alike.
"""

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from widget.platform_sdk.method import Method
from widget.platform_sdk.versions import STABLE

__all__ = ["checked"]

P = ParamSpec("P")
R = TypeVar("R")


def checked(method: Callable[P, R]) -> Callable[P, R]:
    """The method, which raises WrongArgument when it is called with what its annotations do not allow."""
    rules: Method[..., Any] = Method(method, None, None, "POST")

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

    return later if inspect.iscoroutinefunction(method) else now  # type: ignore[return-value]
