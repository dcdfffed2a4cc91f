"""Events by name: handlers, an observable, and ``async for``.

What a handler raises goes to the event loop's exception handler: it must cost neither the connection nor the others.
"""

import asyncio
import inspect
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any, Generic, Protocol, Self, TypeVar
from weakref import WeakSet

from widget.wire.errors import ChatError, WrongArgument

__all__ = ["EVERY", "Emitter", "Handler", "Observable", "Observer", "Stream"]

EVERY = "*"
"""Handlers of this name are given the name and the payload of every event, after the event's own handlers."""

Handler = Callable[..., Awaitable[None] | None]
"""Is given an event's payload, or nothing where it has none; may be asynchronous."""

Name = TypeVar("Name", bound=str)


class Observer(Protocol):
    """Who subscribes to an observable."""

    def next(self, event: tuple[str, Any]) -> Awaitable[None] | None:
        """An event: its name and its payload."""


class Stream(Generic[Name]):
    """Events one after the other: ``async for name, payload in stream``.

    It ends with ``destroy``, and raises when the platform ends the connection for good.
    """

    def __init__(self, names: frozenset[Name]) -> None:
        self._names = names
        self._waiting: deque[tuple[Name, Any]] = deque()
        self._end: list[ChatError | None] = []
        self._news = asyncio.Event()

    def add(self, name: Name, payload: Any) -> None:
        """An event has come."""
        if not self._names or name in self._names:
            self._waiting.append((name, payload))
            self._news.set()

    def end(self, error: ChatError | None) -> None:
        """No more will come."""
        self._end.append(error)
        self._news.set()

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> tuple[Name, Any]:
        while not self._waiting:
            if self._end:
                raise self._end[0] or StopAsyncIteration
            self._news.clear()
            await self._news.wait()
        return self._waiting.popleft()


class Observable(Generic[Name]):
    """All events as pairs of name and payload, the way stream libraries take them."""

    def __init__(self, emitter: "Emitter[Name]") -> None:
        self._emitter = emitter

    def subscribe(self, observer: Observer) -> Callable[[], None]:
        """Give every event to ``observer.next``. Returns what ends that. Raises WrongArgument."""
        if not callable(getattr(observer, "next", None)):
            raise WrongArgument("subscribe: `observer`: Expected the observer to be an object with a method `next`.")
        return self._emitter.on(EVERY, lambda name, payload=None: observer.next((name, payload)))


class Emitter(Generic[Name]):
    """Tells events to whoever listens; ``names`` are the events there are."""

    def __init__(self, names: frozenset[str]) -> None:
        self._names = names | {EVERY}
        self._handlers: dict[str, list[Handler]] = {}
        self._streams: WeakSet[Stream[Name]] = WeakSet()
        self._tasks: set[asyncio.Task[None]] = set()
        self.observable = Observable(self)

    def on(self, name: str, handler: Handler) -> Callable[[], None]:
        """Call a handler at each event of a name. Returns what ends that. Raises WrongArgument for an unknown name."""
        self._check(name, handler)
        handlers = self._handlers.setdefault(name, [])
        handlers.append(handler)

        def unsubscribe() -> None:
            if handler in handlers:
                handlers.remove(handler)

        return unsubscribe

    def once(self, name: str, handler: Handler) -> Callable[[], None]:
        """Call a handler at the next event of a name, and not again."""
        self._check(name, handler)

        def first(*event: Any) -> Awaitable[None] | None:
            self.off(name, first)
            return handler(*event)

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

    def stream(self, *names: Name) -> Stream[Name]:
        """The events of these names, or all, from now on."""
        for name in names:
            self._check_name(name)
        stream = Stream(frozenset(names))
        self._streams.add(stream)
        return stream

    def emit(self, name: Name, *payload: Any) -> None:
        """Tell everybody who listens."""
        for handler in list(self._handlers.get(name, [])):
            self._tell(name, handler, *payload)
        for handler in list(self._handlers.get(EVERY, [])):
            self._tell(name, handler, name, *payload)
        for stream in list(self._streams):
            stream.add(name, payload[0] if payload else None)

    def end(self, error: ChatError | None = None) -> None:
        """Nothing more will be told to those who read streams."""
        streams, self._streams = list(self._streams), WeakSet()
        for stream in streams:
            stream.end(error)

    def _check(self, name: str, handler: Handler) -> None:
        self._check_name(name)
        if not callable(handler):
            raise WrongArgument("`handler`: it is not a function.")

    def _check_name(self, name: str) -> None:
        if name not in self._names:
            raise WrongArgument(f"`name`: there is no event {name!r}; there are {', '.join(sorted(self._names))}.")

    def _tell(self, name: str, handler: Handler, *event: Any) -> None:
        try:
            outcome = handler(*event)
        except Exception as error:
            _report(name, error)
            return
        if inspect.isawaitable(outcome):
            task = asyncio.ensure_future(_wait(name, outcome))
            self._tasks.add(task)  # the loop keeps only weak references to tasks
            task.add_done_callback(self._tasks.discard)


async def _wait(name: str, outcome: Awaitable[None]) -> None:
    try:
        await outcome
    except Exception as error:
        _report(name, error)


def _report(name: str, error: Exception) -> None:
    context = {"message": f"A handler of {name} failed", "exception": error}
    asyncio.get_running_loop().call_exception_handler(context)
