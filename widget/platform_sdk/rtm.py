"""A client over a WebSocket. It keeps its connection up, and tells what is pushed.

Beneath it are the state machine and the bookkeeping of requests of ``widget.rtm``; what differs here is that the caller
says when to log in and with what, and gets the platform's own answers.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from types import TracebackType
from typing import Any, ClassVar, Generic, NamedTuple, Self, TypeVar

from widget.platform_sdk.addresses import API_URL, checked_url, socket_url
from widget.platform_sdk.method import AsyncClient, Call
from widget.platform_sdk.tokens import Token, TokenGetter, ask_for_token, tenant
from widget.platform_sdk.versions import STABLE, Version, checked_version
from widget.rtm.client import ConnectionListener, RtmClient
from widget.rtm.clock import LoopClock
from widget.rtm.connection import Connection
from widget.rtm.dialect import Dialect
from widget.rtm.emitter import Emitter, Handler, Name, Stream
from widget.rtm.in_flight import InFlight
from widget.rtm.ports import Clock, OpenSocket, Socket, SocketListener
from widget.rtm.state import State
from widget.wire import frames
from widget.wire.base import Json
from widget.wire.errors import ChatError, NotConnected, Refused, RequestTimeout, SignInFailed
from widget.wire.frames import Payload

__all__ = ["BACKLOG", "Push", "Pushes", "Rtm"]

BACKLOG = 1000
"""How many pushes are kept for whoever has not begun to read them; the oldest go first."""


class Push(NamedTuple):
    """Something that the platform tells."""

    action: str
    payload: Any


class Pushes(Stream[Push]):
    """Pushes, one after the other, as they come: ``async for action, payload in pushes``.

    It ends when the client disconnects, and raises when the platform ends the connection for good.
    """


class Rtm(AsyncClient, Generic[Name]):
    """A connection to one API; ``Name`` are the names of its pushes.

    ``open_socket`` is a WebSocket implementation: ``widget.platform_sdk.WebSocket`` or
    ``widget.browser.socket.open_socket``. ``base_url`` is that of another server than the platform, such as
    ``http://127.0.0.1:8000``.

    The first attempt to connect fails at once when it fails. Once logged in, the client comes back by itself, with a
    token that it asks for anew, and logs in as it did before; meanwhile methods raise NotConnected.
    """

    api: ClassVar[str]
    dialect: ClassVar[Dialect]

    def __init__(
        self,
        open_socket: OpenSocket,
        token_getter: TokenGetter,
        *,
        version: Version = STABLE,
        base_url: str = API_URL,
        clock: Clock | None = None,
    ) -> None:
        self.version = checked_version(version)
        self._base_url = checked_url(base_url)
        self._implementation = open_socket
        self._token_getter = token_getter
        self._clock = clock
        self._token = Token("")
        self._sign_in_failed: SignInFailed | None = None
        self._author_id: str | None = None
        self._login: dict[str, Any] | None = None
        self._line: RtmClient | None = None
        self._opened: asyncio.Future[None] | None = None
        self._logged_in: asyncio.Future[Payload] | None = None
        self._emitter: Emitter[Name, Push] = Emitter()
        self._backlog: deque[Push] | None = deque(maxlen=BACKLOG)

    # The connection

    @property
    def connected(self) -> bool:
        """Whether methods can be called now."""
        return self._line is not None and self._line.state is State.CONNECTED

    async def connect(self) -> None:
        """Open the connection. Next comes ``login``, which opens it too if need be.

        Raises NotConnected when the server cannot be reached, SignInFailed when there is no token.
        """
        self._come_up()
        if self._opened is not None:
            await asyncio.shield(self._opened)

    async def disconnect(self) -> None:
        """Close the connection, and end whoever reads pushes."""
        line, self._line = self._line, None
        if line is not None:
            line.destroy()
            self._over(NotConnected(), None)

    async def __aenter__(self) -> Self:
        await self._log_in({})
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.disconnect()

    def set_author_id(self, author_id: str | None) -> None:
        """Ask in the name of a bot from now on; None: in one's own."""
        self._author_id = author_id
        if self._line is not None:
            self._line.connection.author_id = author_id

    # Pushes

    def on(self, push: Name, handler: Handler) -> Callable[[], None]:
        """Call a function, asynchronous or not, with the payload of every push of a name. Returns what ends that."""
        return self._emitter.on(push, handler)

    def pushes(self, *names: Name) -> Pushes:
        """The pushes of these names, or all, from now on; the first to ask also gets those that have come before."""
        reader = Pushes(frozenset(names))
        backlog, self._backlog = self._backlog, None
        for push in backlog or ():
            reader.add(push)
        self._emitter.read(reader)
        return reader

    def __aiter__(self) -> Pushes:
        return self.pushes()

    # Requests

    async def send(self, action: str, payload: dict[str, Any] | None = None) -> Any:
        """Ask for an action by its name, with a payload as it is. Raises ChatError."""
        return await self.perform(Call(action, payload or {}))

    async def perform(self, call: Call) -> Any:
        """Ask, and return the payload of the answer. Raises ChatError."""
        if call.action == "login":
            return await self._log_in(call.payload)
        if self._line is None:
            raise NotConnected
        answer = await self._line.request(call.action, call.payload)
        if call.action == "logout" and "agent_id" not in call.payload:
            await self.disconnect()
        return answer

    # Private

    def _come_up(self) -> "tuple[RtmClient, asyncio.Future[Payload]]":
        if self._line is None or self._logged_in is None:
            loop = asyncio.get_running_loop()
            self._opened, self._logged_in = loop.create_future(), loop.create_future()
            for future in (self._opened, self._logged_in):
                future.add_done_callback(_looked_at)
            self._line = self._new_line()
            self._line.connect()
        return self._line, self._logged_in

    def _new_line(self) -> RtmClient:
        connection = Connection(
            login=self._login_payload,
            dialect=self.dialect,
            version=None,  # the address says it
            author_id=self._author_id,
            in_flight=InFlight(settled_by_push={}),
        )
        line = RtmClient(
            connection,
            url=self._base_url,
            get_token=self._get_token,
            open_socket=self._open_socket,
            clock=self._clock or LoopClock(),
            listener=ConnectionListener(
                lambda state, reason: self._changed(line, state, reason), self._let_in, self._pushed
            ),
        )
        return line

    async def _log_in(self, options: dict[str, Any]) -> Payload:
        if self._line is not None and self._was_let_in():
            return await self._line.request("login", {"token": self._token.authorization, **options})
        self._login = options
        line, logged_in = self._come_up()
        line.log_in()
        return await asyncio.shield(logged_in)

    def _login_payload(self, token: str) -> Json | None:
        return None if self._login is None else {"token": token, **self._login}

    async def _get_token(self, fresh: bool) -> str:
        try:
            self._token = await ask_for_token(self._token_getter)
        except SignInFailed as error:
            self._sign_in_failed = error
            raise
        except ChatError as error:
            self._sign_in_failed = SignInFailed(str(error))
            raise self._sign_in_failed from error
        return self._token.authorization

    def _open_socket(self, url: str, listener: SocketListener) -> Socket:
        query = tenant(self._token, self.version) | ({"region": self._token.region} if self._token.region else {})
        return self._implementation(socket_url(url, self.api, self.version, query), listener)

    def _changed(self, line: RtmClient, state: State, reason: str | None) -> None:
        if line is not self._line:
            return
        if state is State.LOGGING_IN:
            _settle(self._opened, None)
        elif state in {State.PAUSED, State.ENDED} or (state is State.WAITING and not self._was_let_in()):
            self._line = None
            asyncio.get_running_loop().call_soon(line.destroy)  # it is in the midst of telling us
            error = self._error(reason or "")
            self._over(error, error)

    def _was_let_in(self) -> bool:
        future = self._logged_in
        return future is not None and future.done() and future.exception() is None

    def _error(self, reason: str) -> ChatError:
        if reason in {"connection_lost", "connection_timeout"}:
            return NotConnected(f"No connection to {self._base_url}.")
        if reason == RequestTimeout.code.lower():
            return RequestTimeout()
        if reason == SignInFailed.code.lower() and self._sign_in_failed is not None:
            return self._sign_in_failed
        return Refused(reason)

    def _over(self, unanswered: ChatError, told: ChatError | None) -> None:
        """The connection is gone for good: those who wait for it learn why, those who read learn it is the end."""
        for future in (self._opened, self._logged_in):
            if future is not None and not future.done():
                future.set_exception(unanswered)
        self._emitter.end(told)

    def _let_in(self, payload: Payload) -> None:
        _settle(self._logged_in, payload)

    def _pushed(self, frame: frames.Push) -> None:
        push = Push(frame.action, frame.payload)
        if self._backlog is not None:
            self._backlog.append(push)
        self._emitter.tell(push)


T = TypeVar("T")


def _settle(future: "asyncio.Future[T] | None", value: T) -> None:
    if future is not None and not future.done():
        future.set_result(value)


def _looked_at(future: "asyncio.Future[Any]") -> None:
    """Nobody has to wait for it: a failure is told to whoever does."""
    if not future.cancelled():
        future.exception()
