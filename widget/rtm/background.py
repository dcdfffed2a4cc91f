"""Work that nobody waits for, and that is not forgotten for that."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

__all__ = ["begin"]

T = TypeVar("T")

_begun: set[asyncio.Task[Any]] = set()  # the loop keeps only weak references to tasks


def begin(work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
    """Start it. Should it fail, the loop's exception handler hears of it at once, and not when it is garbage."""
    task = asyncio.ensure_future(work)
    _begun.add(task)
    task.add_done_callback(_done)
    return task


def _done(task: asyncio.Task[Any]) -> None:
    _begun.discard(task)
    if not task.cancelled() and (error := task.exception()) is not None:
        context = {"message": f"{task.get_name()} has failed", "exception": error, "task": task}
        task.get_loop().call_exception_handler(context)
