"""What is the same in both vocabularies: the connection, and how one listens."""

from collections.abc import Callable
from types import TracebackType
from typing import Generic, Literal, Self

from widget.customer_sdk.auth import Auth
from widget.customer_sdk.client import Client, Config, Listener, World
from widget.customer_sdk.emitter import Emitter, Handler, Name, Observable, Stream

__all__ = ["CustomerSDK"]


class CustomerSDK(Listener, Generic[Name]):
    """A customer's client. ``init`` makes one; ``auth`` has the token. ``Name`` are the names of its events."""

    def __init__(self, names: frozenset[Name], config: Config, auth: Auth, world: World) -> None:
        self.auth = auth
        self._emitter: Emitter[Name] = Emitter(names)
        self._client = Client(config, auth, world, self)

    def connect(self) -> None:
        """Come up and stay up. Raises Destroyed."""
        self._client.connect()

    def disconnect(self) -> None:
        """Go down until ``connect``. Who waits for an answer gets ConnectionLost."""
        self._client.disconnect()

    def destroy(self) -> None:
        """End for good: no listener is told anything more, and methods raise Destroyed."""
        self._client.destroy()
        self._emitter.off()
        self._emitter.end()

    def probe(self) -> None:
        """The network or the page has just come back: find out at once whether the connection has."""
        self._client.probe()

    async def __aenter__(self) -> Self:
        """Connect, and wait until it is. The first attempt fails at once when it fails.

        Raises NotConnected, SignInFailed, Refused, or another ChatError.
        """
        self.connect()
        try:
            await self._client.arrival()
        except BaseException:
            self.destroy()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.destroy()

    # Events

    def on(self, name: Name | Literal["*"], handler: Handler) -> Callable[[], None]:
        """Call a handler, asynchronous or not, at each event of a name. Returns what ends that."""
        return self._emitter.on(name, handler)

    def once(self, name: Name | Literal["*"], handler: Handler) -> Callable[[], None]:
        """Call a handler at the next event of a name, and not again."""
        return self._emitter.once(name, handler)

    def off(self, name: Name | Literal["*"] | None = None, handler: Handler | None = None) -> None:
        """Call a handler no more; without it, none of the name's; without a name, none at all."""
        self._emitter.off(name, handler)

    @property
    def observable(self) -> Observable[Name]:
        """All events, for stream libraries."""
        return self._emitter.observable

    def events(self, *names: Name) -> Stream[Name]:
        """The events of these names, or all, from now on: ``async for name, payload in sdk.events("user_data")``."""
        return self._emitter.stream(*names)

    def __aiter__(self) -> Stream[Name]:
        return self.events()

    def _end(self, reason: str) -> None:
        """Nobody is told more until somebody connects again, who then listens anew."""
        self._emitter.end(self._client.why(reason))
