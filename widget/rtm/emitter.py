"""What happens, by name: told to handlers, and to whoever reads it as a stream.

Both SDKs tell through this. What a handler raises goes to the event loop's exception handler: it must cost neither the
connection nor the others.
"""

import asyncio
import inspect
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any, Generic, Self, TypeVar
from weakref import WeakSet

from widget.rtm.background import begin
from widget.wire.errors import ChatError

__all__ = ["EVERY", "Emitter", "Handler", "Item", "Name", "Stream"]

EVERY = "*"
"""Handlers of this name are given the name and the payload of everything, after the name's own handlers."""

Handler = Callable[..., Awaitable[None] | None]
"""Is given a payload, or nothing where there is none; may be asynchronous."""

Name = TypeVar("Name", bound=str)

Item = TypeVar("Item", bound=tuple[str, Any])
"""A name and a payload."""


class Stream(Generic[Item]):
    """What is told under some names, or under all, one after the other: ``async for name, payload in stream``.

    It ends when nothing more will come, and raises when the platform ends the connection for good.
    """

    def __init__(self, names: frozenset[str]) -> None:
        self._names = names
        self._waiting: deque[Item] = deque()
        self._end: list[ChatError | None] = []
        self._news = asyncio.Event()

    def add(self, item: Item) -> None:
        """Something is told."""
        if not self._names or item[0] in self._names:
            self._waiting.append(item)
            self._news.set()

    def end(self, error: ChatError | None) -> None:
        """No more will come."""
        self._end.append(error)
        self._news.set()

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Item:
        while not self._waiting:
            if self._end:
                raise self._end[0] or StopAsyncIteration
            self._news.clear()
            await self._news.wait()
        return self._waiting.popleft()


class Emitter(Generic[Name, Item]):
    """Tells whoever listens."""

    def __init__(self) -> None:
        self._handlers: dict[str, list[Handler]] = {}
        self._streams: WeakSet[Stream[Item]] = WeakSet()

    def on(self, name: str, handler: Handler) -> Callable[[], None]:
        """Call a handler whenever something of a name is told. Returns what ends that."""
        handlers = self._handlers.setdefault(name, [])
        handlers.append(handler)

        def unsubscribe() -> None:
            if handler in handlers:
                handlers.remove(handler)

        return unsubscribe

    def once(self, name: str, handler: Handler) -> Callable[[], None]:
        """Call a handler the next time, and not again."""

        def first(*told: Any) -> Awaitable[None] | None:
            self.off(name, first)
            return handler(*told)

        first.__wrapped__ = handler  # type: ignore[attr-defined]
        return self.on(name, first)

    def off(self, name: str | None = None, handler: Handler | None = None) -> None:
        """Call a handler no more; without it, none of the name's; without a name, none at all."""
        if name is None:
            self._handlers.clear()
        elif handler is None:
            self._handlers.pop(name, None)
        else:
            kept = self._handlers.get(name, [])
            for each in [h for h in kept if h == handler or getattr(h, "__wrapped__", None) == handler][:1]:
                kept.remove(each)

    def read(self, stream: Stream[Item]) -> None:
        """Tell a stream, too, from now on and as long as somebody has it."""
        self._streams.add(stream)

    def tell(self, item: Item) -> None:
        """Tell everybody who listens. An item of its name alone has no payload."""
        name = item[0]
        for handler in [*self._handlers.get(name, ())]:
            _call(name, handler, item[1:])
        for handler in [*self._handlers.get(EVERY, ())]:
            _call(name, handler, item)
        if self._streams:
            for stream in [*self._streams]:
                stream.add(item)

    def end(self, error: ChatError | None = None) -> None:
        """Nothing more will be told to those who read streams."""
        streams, self._streams = [*self._streams], WeakSet()
        for stream in streams:
            stream.end(error)


def _call(name: str, handler: Handler, told: tuple[Any, ...]) -> None:
    try:
        outcome = handler(*told)
    except Exception as error:
        _report(name, error)
        return
    if outcome is not None and inspect.isawaitable(outcome):
        begin(_wait(name, outcome))


async def _wait(name: str, outcome: Awaitable[None]) -> None:
    try:
        await outcome
    except Exception as error:
        _report(name, error)


def _report(name: str, error: Exception) -> None:
    context = {"message": f"A handler of {name} failed", "exception": error}
    asyncio.get_running_loop().call_exception_handler(context)
