"""Events by name, as the Customer SDK tells them: there are only those that it has, and an observable of them all."""

from collections.abc import Awaitable, Callable
from typing import Any, Generic, Protocol

from widget.rtm import emitter as rtm
from widget.rtm.emitter import EVERY, Handler, Name
from widget.wire.errors import WrongArgument

__all__ = ["EVERY", "Emitter", "Handler", "Name", "Observable", "Observer", "Stream"]


class Observer(Protocol):
    """Who subscribes to an observable."""

    def next(self, event: tuple[str, Any]) -> Awaitable[None] | None:
        """An event: its name and its payload."""


class Stream(rtm.Stream[tuple[Name, Any]], Generic[Name]):
    """Events one after the other, the payload of those without one being None."""

    def add(self, item: tuple[Name] | tuple[Name, Any]) -> None:
        """An event has come."""
        super().add((item[0], item[1] if len(item) == 2 else None))


class Observable(Generic[Name]):
    """All events as pairs of name and payload, the way stream libraries take them."""

    def __init__(self, emitter: "Emitter[Name]") -> None:
        self._emitter = emitter

    def subscribe(self, observer: Observer) -> Callable[[], None]:
        """Give every event to ``observer.next``. Returns what ends that. Raises WrongArgument."""
        if not callable(getattr(observer, "next", None)):
            raise WrongArgument("subscribe: `observer`: Expected the observer to be an object with a method `next`.")
        return self._emitter.on(EVERY, lambda name, payload=None: observer.next((name, payload)))


class Emitter(rtm.Emitter[Name, tuple[Name, Any]], Generic[Name]):
    """Tells events to whoever listens; ``names`` are the events there are."""

    def __init__(self, names: frozenset[str]) -> None:
        super().__init__()
        self._names = names | {EVERY}
        self.observable = Observable(self)

    def on(self, name: str, handler: Handler) -> Callable[[], None]:
        """Call a handler at each event of a name. Returns what ends that. Raises WrongArgument for an unknown name."""
        self._check(name)
        _check_handler(handler)
        return super().on(name, handler)

    def once(self, name: str, handler: Handler) -> Callable[[], None]:
        """Call a handler at the next event of a name, and not again. Raises WrongArgument for an unknown name."""
        _check_handler(handler)
        return super().once(name, handler)

    def stream(self, *names: Name) -> Stream[Name]:
        """The events of these names, or all, from now on."""
        for name in names:
            self._check(name)
        stream: Stream[Name] = Stream(frozenset(names))
        self.read(stream)
        return stream

    def emit(self, name: Name, *payload: Any) -> None:
        """Tell everybody who listens."""
        self.tell((name, *payload))

    def _check(self, name: str) -> None:
        if name not in self._names:
            raise WrongArgument(f"`name`: there is no event {name!r}; there are {', '.join(sorted(self._names))}.")


def _check_handler(handler: Handler) -> None:
    if not callable(handler):
        raise WrongArgument("`handler`: it is not a function.")
