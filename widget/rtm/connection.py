"""One connection to the Chat API as a state machine, without any I/O.

It is told what happened (``socket_opened``, ``text_received``, ``tick`` ...) and answers with effects, the things its
owner must do. Times are seconds on the owner's clock. ::

    IDLE ── connect ──> SIGNING_IN ── token ──> CONNECTING ── opened ──> LOGGING_IN ── answer ──> CONNECTED
                             ^                       |                       |                        |
                             └────── WAITING <───────┴───── lost, refused ───┴────────────────────────┘
    PAUSED: the server asked us to go until the user does something.   ENDED: for good.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from widget.rtm.backoff import Backoff
from widget.rtm.dialect import CUSTOMER, Dialect
from widget.rtm.effects import (
    CloseSocket,
    Effect,
    LoggedIn,
    NeedToken,
    OpenSocket,
    Pushed,
    SendText,
    StateChanged,
    Unreadable,
)
from widget.rtm.in_flight import InFlight, Outcome, Pending
from widget.rtm.keep_alive import PATIENCE, PROBE_PATIENCE, KeepAlive
from widget.rtm.state import State
from widget.wire.base import Json
from widget.wire.errors import ChatError, ConnectionLost, Destroyed, NotConnected, ProtocolError
from widget.wire.frames import Push, Request, Response, read_frame, request_id_in
from widget.wire.ids import new_request_id

__all__ = ["REQUEST_TIMEOUT", "Connection"]

REQUEST_TIMEOUT = 15.0
"""Seconds until a request or an attempt to connect is given up."""


@dataclass(slots=True)
class Connection:
    """A connection that keeps itself up.

    ``login`` makes the payload of ``login`` out of a token; where it has none, the open socket waits for ``log_in``.
    ``version`` goes with ``login``; ``author_id`` with every request, and names the bot that asks.
    """

    login: Callable[[str], Json | None]
    dialect: Dialect = CUSTOMER
    version: str | None = "3.6"
    backoff: Backoff = field(default_factory=Backoff)
    state: State = State.IDLE
    author_id: str | None = None
    in_flight: InFlight = field(default_factory=InFlight)
    _now: float = 0.0
    _effects: list[Effect] = field(default_factory=list)
    _keep_alive: KeepAlive | None = None
    _token: str = ""
    _renew: bool = False
    _asked_to_log_in: bool = False
    _retry_at: float | None = None
    _deadline: float | None = None
    _pause: Backoff = field(default_factory=lambda: Backoff(first=0.5, most=8.0))
    _paused_until: float | None = None

    # What the owner wants

    def connect(self) -> None:
        """Come up and stay up. Does nothing when it is already on its way; ends a wait at once. Raises Destroyed."""
        if self.state is State.ENDED:
            raise Destroyed
        if self.state in {State.IDLE, State.WAITING, State.PAUSED}:
            self._sign_in()

    def disconnect(self) -> None:
        """Go down and stay down until ``connect``."""
        if self.state not in {State.IDLE, State.ENDED}:
            self._leave(State.IDLE, "disconnected")

    def destroy(self, reason: str = "destroyed") -> None:
        """End for good; every request fails with Destroyed."""
        if self.state is not State.ENDED:
            self._leave(State.ENDED, reason, Destroyed())

    def request(self, action: str, payload: Json, now: float, settle: Callable[[Outcome], None]) -> None:
        """Ask; ``settle`` is called once with what became of it. Raises NotConnected, or Destroyed after the end."""
        self._now = now
        if self.state is State.ENDED:
            raise Destroyed
        if self.state is not State.CONNECTED:
            raise NotConnected
        self._ask(action, payload, settle)

    def log_in(self, now: float) -> None:
        """There is a payload for ``login`` now: send it, if a socket waits for it."""
        self._now = now
        if self.state is State.LOGGING_IN and not self._asked_to_log_in:
            self._log_in()

    def probe(self, now: float) -> None:
        """Find out at once whether the socket still lives: the network or the page has just come back."""
        self._now = now
        if self.state is State.WAITING:
            self.connect()
        elif self.state is State.CONNECTED:
            self._ping(PROBE_PATIENCE)

    def effects(self) -> list[Effect]:
        """What is to be done now, in order; each is handed out once."""
        effects, self._effects = self._effects, []
        return effects

    # What happened

    def token_arrived(self, token: str, now: float) -> None:
        """A token is there: open the socket."""
        self._now = now
        if self.state is State.SIGNING_IN:
            self._token, self._renew = token, False
            self._become(State.CONNECTING)
            self._deadline = now + REQUEST_TIMEOUT
            self._effects.append(OpenSocket())

    def token_failed(self, error: ChatError, now: float, *, retry: bool) -> None:
        """No token could be had; ``retry``: it may be there later."""
        self._now = now
        if self.state is State.SIGNING_IN:
            if retry:
                self._wait(error.code.lower())
            else:
                self.destroy(error.code.lower())

    def socket_opened(self, now: float) -> None:
        """The socket is open: log in."""
        self._now = now
        if self.state is State.CONNECTING:
            self._become(State.LOGGING_IN)
            self._deadline = None
            self._keep_alive = KeepAlive(sent_at=now)
            self._asked_to_log_in = False
            self._log_in()

    def socket_closed(self, now: float) -> None:
        """The socket is gone."""
        self._now = now
        if self.state in _WITH_SOCKET:
            self._lose("connection_lost")

    def text_received(self, text: str, now: float) -> None:
        """A frame has come. One that cannot be read is told of, and whoever waits for it waits no longer."""
        self._now = now
        if self._keep_alive is None:
            return
        self._keep_alive.heard()
        try:
            frame = read_frame(text)
        except ProtocolError as error:
            self._effects.append(Unreadable(error))
            self.in_flight.fail(request_id_in(text), error)
            return
        if frame is not None:
            self._receive(frame)

    def tick(self, now: float) -> None:
        """Time has passed: expire, ping, give up, try again."""
        self._now = now
        self.in_flight.expire(now)
        self._flush()
        if self._retry_at is not None and now >= self._retry_at:
            self._sign_in()
        elif self._deadline is not None and now >= self._deadline:
            self._lose("connection_timeout")
        elif self._keep_alive is not None and self._keep_alive.dead(now):
            self._lose("connection_lost")
        elif self._keep_alive is not None and self._keep_alive.must_ask(now):
            self._ping(PATIENCE)

    def wake_at(self) -> float | None:
        """When ``tick`` is due next, or None when nothing is waited for."""
        times = [self._retry_at, self._deadline, self._paused_until, self.in_flight.next_deadline()]
        if self._keep_alive is not None:
            times.append(self._keep_alive.next_at())
        return min((t for t in times if t is not None), default=None)

    # Private

    def _receive(self, frame: Response | Push) -> None:
        if isinstance(frame, Response):
            self._answered(frame)
            self._flush()
            return
        answers = frame.request_id is not None and self.in_flight.receive(frame)
        self._effects.append(Pushed(frame))
        if frame.action == self.dialect.disconnected:
            self._lose(_reason(frame))
        if answers:
            self._flush()

    def _answered(self, response: Response) -> None:
        """Settle a request; or let all of them wait a little, when the server says that it came too soon."""
        if not response.success and self.state is State.CONNECTED:
            paused = self._paused_until is not None and self._now < self._paused_until
            until = self._paused_until if paused else self._now + self._pause.next()
            if until is not None and self.in_flight.put_back(response, until + REQUEST_TIMEOUT):
                self._paused_until = until
                return
        self._pause.reset()
        self.in_flight.receive(response)

    def _log_in(self) -> None:
        payload = self.login(self._token)
        if payload is not None:
            self._asked_to_log_in = True
            self._ask("login", payload, self._logged_in)

    def _logged_in(self, outcome: Outcome) -> None:
        if self.state is not State.LOGGING_IN:
            return  # the connection went down first, and with it this request
        if isinstance(outcome, ChatError):
            self._lose(outcome.code.lower())
        else:
            self.backoff.reset()
            self._become(State.CONNECTED)
            self._effects.append(LoggedIn(outcome))

    def _ping(self, patience: float) -> None:
        if self._keep_alive is not None:
            self._keep_alive.asked(self._now, patience)
            self._ask("ping", {}, _unheard)

    def _ask(self, action: str, payload: Json, settle: Callable[[Outcome], None]) -> None:
        request = Request(request_id=new_request_id(), action=action, payload=payload, author_id=self.author_id)
        if action == "login":
            request.version = self.version
        text = request.model_dump_json()
        pending = Pending(request.request_id or "", action, text, self._now + REQUEST_TIMEOUT, settle)
        if action == "ping":  # It asks whether anybody is there, and does not wait its turn.
            self.in_flight.add_sent(pending)
            self._send(text)
        else:
            self.in_flight.add(pending)
            self._flush()

    def _flush(self) -> None:
        if self._paused_until is not None and self._now < self._paused_until:
            return
        self._paused_until = None
        for text in self.in_flight.sendable():
            self._send(text)

    def _send(self, text: str) -> None:
        self._effects.append(SendText(text))
        if self._keep_alive is not None:
            self._keep_alive.sent(self._now)

    def _sign_in(self) -> None:
        self._retry_at = None
        self._become(State.SIGNING_IN)
        self._effects.append(NeedToken(self._renew))

    def _lose(self, reason: str) -> None:
        if reason in self.dialect.end:
            self._leave(State.ENDED, reason)
        elif reason in self.dialect.pause:
            self._leave(State.PAUSED, reason)
        else:
            self._renew = self._renew or reason in self.dialect.renew
            self._wait(reason)

    def _wait(self, reason: str) -> None:
        self._leave(State.WAITING, reason)
        self._retry_at = self._now + self.backoff.next()

    def _leave(self, state: State, reason: str, error: ChatError | None = None) -> None:
        had_socket = self.state in _WITH_SOCKET
        self._keep_alive = self._deadline = self._retry_at = self._paused_until = None
        self._become(state, reason)
        if had_socket:
            self._effects.append(CloseSocket())
        self.in_flight.drop(sent=error or ConnectionLost(), unsent=error or NotConnected())

    def _become(self, state: State, reason: str | None = None) -> None:
        self.state = state
        self._effects.append(StateChanged(state, reason))


_WITH_SOCKET = {State.CONNECTING, State.LOGGING_IN, State.CONNECTED}


def _unheard(_: Outcome) -> None:
    """The outcome of a ping: that anything came is the answer (``KeepAlive``)."""


def _reason(push: Push) -> str:
    reason = push.payload.get("reason") if isinstance(push.payload, dict) else None
    return reason if isinstance(reason, str) else "connection_lost"
