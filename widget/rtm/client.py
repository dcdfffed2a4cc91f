"""A connection that is really made: carries out the effects of ``Connection`` over the ports.

The only part of this room that waits. Whatever it is told by a socket that it has let go of is ignored.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from math import inf

from widget.rtm import effects
from widget.rtm.background import begin
from widget.rtm.connection import Connection
from widget.rtm.in_flight import Outcome
from widget.rtm.ports import Clock, OpenSocket, Socket, Timer
from widget.rtm.state import State
from widget.rtm.turns import Turns
from widget.wire.base import Json
from widget.wire.errors import ChatError, SignInFailed
from widget.wire.frames import Payload, Push

__all__ = ["ConnectionListener", "RtmClient", "TokenUnavailable"]

GetToken = Callable[[bool], Awaitable[str]]
"""Gets the value of ``login``'s ``token``; True asks for a fresh one. Raises TokenUnavailable or SignInFailed."""


class TokenUnavailable(SignInFailed):
    """No token now, but perhaps later: the network or the accounts server did not answer."""


@dataclass(frozen=True, slots=True)
class ConnectionListener:
    """Who is told what happens on a connection."""

    state_changed: Callable[[State, str | None], None]
    logged_in: Callable[[Payload], None]
    pushed: Callable[[Push], None]


class RtmClient:
    """A customer's or an agent's connection, kept up from ``connect`` to ``disconnect``."""

    def __init__(
        self,
        connection: Connection,
        *,
        url: str,
        get_token: GetToken,
        open_socket: OpenSocket,
        clock: Clock,
        listener: ConnectionListener,
    ) -> None:
        self._connection = connection
        self._url = url
        self._get_token = get_token
        self._open_socket = open_socket
        self._clock = clock
        self._listener = listener
        self._socket: Socket | None = None
        self._ear: _Ear | None = None
        self._timer: Timer | None = None
        self._wake_at = inf

    @property
    def state(self) -> State:
        """Where the connection stands."""
        return self._connection.state

    @property
    def behind(self) -> bool:
        """Whether frames have come that have not been looked at."""
        return self._ear is not None and self._ear.turns.behind

    def connect(self) -> None:
        """Come up and stay up. Raises Destroyed after ``destroy``."""
        self._connection.connect()
        self._carry_out()

    def disconnect(self) -> None:
        """Go down and stay down until ``connect``."""
        self._connection.disconnect()
        self._carry_out()

    def destroy(self) -> None:
        """End for good."""
        self._connection.destroy()
        self._carry_out()

    def log_in(self) -> None:
        """Send the ``login`` that the connection had no payload for when its socket opened."""
        self._connection.log_in(self._clock.now())
        self._carry_out()

    def probe(self) -> None:
        """Find out at once whether the server is there: the network or the page has just come back."""
        self._connection.probe(self._clock.now())
        self._carry_out()

    async def request(self, action: str, payload: Json) -> Payload:
        """Ask, and wait for the answer.

        Raises NotConnected, ConnectionLost, RequestTimeout, Destroyed, or Refused with the platform's word.
        """
        answer: asyncio.Future[Payload] = asyncio.get_running_loop().create_future()

        def settle(outcome: Outcome) -> None:
            if answer.done():
                return  # the one who asked has gone
            if isinstance(outcome, ChatError):
                answer.set_exception(outcome)
            else:
                answer.set_result(outcome)

        self._connection.request(action, payload, self._clock.now(), settle)
        self._carry_out()
        return await answer

    # Private

    def _carry_out(self) -> None:
        self._do_all(self._connection.effects())

    def _do_all(self, wanted: list[effects.Effect]) -> None:
        for effect in wanted:
            self._do(effect)
        self._set_timer()

    def _do(self, effect: effects.Effect) -> None:
        match effect:
            case effects.Pushed(push):
                self._listener.pushed(push)
            case effects.SendText(text):
                if self._socket is not None:
                    self._socket.send(text)
            case effects.OpenSocket():
                self._ear = _Ear(self, self._clock)
                self._socket = self._open_socket(self._url, self._ear)
            case effects.CloseSocket():
                self._let_go()
            case effects.NeedToken(fresh):
                begin(self._fetch_token(fresh))
            case effects.StateChanged(state, reason):
                self._listener.state_changed(state, reason)
            case effects.LoggedIn(payload):
                self._listener.logged_in(payload)
            case effects.Unreadable(error):
                context = {"message": "A frame was left out", "exception": error}
                asyncio.get_running_loop().call_exception_handler(context)

    async def _fetch_token(self, fresh: bool) -> None:
        try:
            token = await self._get_token(fresh)
        except SignInFailed as error:
            retry = isinstance(error, TokenUnavailable)
            self._connection.token_failed(error, self._clock.now(), retry=retry)
        else:
            self._connection.token_arrived(token, self._clock.now())
        self._carry_out()

    def _let_go(self) -> None:
        socket, ear, self._socket, self._ear = self._socket, self._ear, None, None
        if ear is not None:
            ear.turns.drop()
        if socket is not None:
            socket.close()

    def _set_timer(self) -> None:
        """Wake up in time. A timer that is set for earlier stays: it looks, and sets the next."""
        wake_at = self._connection.wake_at()
        if wake_at is None or (self._timer is not None and self._wake_at <= wake_at):
            return
        if self._timer is not None:
            self._timer.cancel()
        self._wake_at = wake_at
        self._timer = self._clock.call_later(max(0.0, wake_at - self._clock.now()), self._tick)

    def _tick(self) -> None:
        self._timer = None
        self._connection.tick(self._clock.now())
        self._carry_out()

    def changed(self, ear: "_Ear", tell: Callable[[float], None]) -> None:
        """Pass on that a socket has opened or closed, if it is still ours."""
        if ear is self._ear:
            tell(self._clock.now())
            self._carry_out()

    def heard(self, ear: "_Ear", text: str, now: float) -> None:
        """Pass on what a socket says, if it is still ours."""
        if ear is not self._ear:
            return
        self._connection.text_received(text, now)
        match self._connection.effects():
            case [effects.Pushed(push)]:  # Nothing is due any sooner for it, and there may be thousands.
                self._listener.pushed(push)
            case wanted:
                self._do_all(wanted)

    @property
    def connection(self) -> Connection:
        """The state machine beneath."""
        return self._connection


class _Ear:
    """Listens to one socket, so that a socket that was let go is not mistaken for the present one."""

    def __init__(self, client: RtmClient, clock: Clock) -> None:
        self._client = client
        self.turns = Turns(clock, self._hear)

    def opened(self) -> None:
        self._client.changed(self, self._client.connection.socket_opened)

    def received(self, *texts: str) -> None:
        self.turns.add(*texts)

    def closed(self, code: int, reason: str) -> None:
        self.turns.finish()
        self._client.changed(self, self._client.connection.socket_closed)

    def _hear(self, text: str, now: float) -> None:
        self._client.heard(self, text, now)
