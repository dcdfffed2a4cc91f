"""The sockets: one endpoint for customers and agents, whose APIs differ only in their actions.

Each socket has one task that reads and one that writes. Requests are taken up in the order in which they come; a bad
one is refused, and neither it nor a client that is too slow harms anybody else.
"""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from secrets import token_hex
from time import time

from starlette.websockets import WebSocket

from server.api import Api, SignedIn, refusal
from server.bus import Cause
from server.connections import Connection
from server.limits import LOGIN_WITHIN, PENDING_REQUESTS, REQUEST_WITHIN, Allowance
from server.organization import ORGANIZATION_ID
from server.platform import Platform
from server.strict_json import parse
from server.transaction import Peer, Requester, Transaction
from server.versions import VERSIONS
from widget.wire.customer import Login
from widget.wire.errors import Refused
from widget.wire.frames import Payload, Request, error_response, response

__all__ = ["Sockets", "read_request"]

log = logging.getLogger(__name__)

GOING_AWAY = 1001
GOODBYE = 0.5
"""Seconds for telling clients that the server goes away."""

TOO_BIG = 1009


class BadFrame(Exception):
    """A frame that is no request; ``echo`` is what could be read of it."""

    def __init__(self, echo: Request, why: str) -> None:
        super().__init__(why)
        self.echo = echo


def read_request(text: str) -> Request:
    """The request of a frame. Raises BadFrame."""
    try:
        value = parse(text)
    except ValueError as error:
        raise BadFrame(Request(action=""), f"the frame is not JSON: {error}") from error
    if not isinstance(value, dict):
        raise BadFrame(Request(action=""), "the frame is not a JSON object")
    action, request_id, payload = value.get("action"), value.get("request_id"), value.get("payload")
    echo = Request(
        action=action if isinstance(action, str) else "", request_id=request_id if isinstance(request_id, str) else None
    )
    if not echo.action:
        raise BadFrame(echo, "`action` must be text")
    if request_id is not None and echo.request_id is None:
        raise BadFrame(echo, "`request_id` must be text")
    if payload is not None and not isinstance(payload, dict):
        raise BadFrame(echo, "`payload` must be an object")
    return Request(action=echo.action, request_id=echo.request_id, payload=payload or {})


class Socket:
    """One open socket, from its first frame to its last."""

    def __init__(self, platform: Platform, api: Api, version: str, peer: Peer, path: str) -> None:
        self._platform = platform
        self._api = api
        self._peer = peer
        self._path = path
        self.connection = Connection(peer.connection_id, version, api.disconnected)
        self._requester: Requester | None = None
        self._signing_in = False
        self._closed = False
        self._allowance = Allowance()
        self._last_refusal = ""
        self._pending: set[asyncio.Task[None]] = set()
        self._timers: list[asyncio.TimerHandle] = []

    # From opening to closing

    async def serve(self, socket: WebSocket, objection: str | None) -> None:
        """Serve the socket until it closes; at once, if there is an objection to it, of which the client is told."""
        self._end_after(LOGIN_WITHIN, "connection_timeout")
        if objection is not None:
            self._log(objection)
            self.connection.end(objection)
        tasks = {
            asyncio.create_task(self._read_from(socket)),
            asyncio.create_task(self.connection.write_to(socket)),
        }
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            self._close()
        for outcome in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(outcome, Exception):
                log.error("the socket of %s failed", self._peer.ip, exc_info=outcome)

    async def _read_from(self, socket: WebSocket) -> None:
        while True:
            message = await socket.receive()
            if message["type"] == "websocket.disconnect":
                if message.get("code") == TOO_BIG:
                    self._log("too large a frame")
                return
            self._receive(message.get("text"))

    def _end_after(self, seconds: float, reason: str) -> None:
        for timer in self._timers:
            timer.cancel()
        self._timers = [asyncio.get_running_loop().call_later(seconds, self.connection.end, reason)]

    def _close(self) -> None:
        self._closed = True
        for timer in self._timers:
            timer.cancel()
        if self._requester is not None:
            self._platform.bus.leave(self._requester.user_id, self.connection)
            if self.connection.code != GOING_AWAY:  # The next start of the server begins with nobody here.
                self._depart(self._requester)

    def _depart(self, requester: Requester) -> None:
        self._platform.perform_later(lambda tx: self._api.depart(tx, requester))

    # Requests

    def _receive(self, text: str | None) -> None:
        try:
            self._take_up(read_request(text or ""))
        except BadFrame as bad:
            self._refuse(bad.echo, Refused("validation", str(bad)))

    def _take_up(self, request: Request) -> None:
        if self.connection.code is not None:  # It has been told to go.
            return
        try:
            self._check_allowance()
            if request.action == "ping":
                self.connection.send(response(request, {}))
                return
            work = self._work_for(request)
        except Refused as refused:
            self._refuse(request, refused)
            return
        task = asyncio.create_task(self._answer(request, work))
        self._pending.add(task)
        task.add_done_callback(self._pending.discard)

    def _check_allowance(self) -> None:
        if not self._allowance.take(asyncio.get_running_loop().time()):
            raise Refused("too_many_requests")
        if len(self._pending) >= PENDING_REQUESTS:
            raise Refused("pending_requests_limit_reached")

    def _work_for(self, request: Request) -> Callable[[Transaction], Payload | SignedIn]:
        """What a request asks for. Raises Refused when it may not."""
        if request.action == "login":
            return self._login(request)
        if self._requester is None:
            raise Refused("authentication", "Sign in first: send `login`.")
        action, requester = self._api.action(request.action), self._requester
        return lambda tx: action(tx, requester, request.payload)

    def _login(self, request: Request) -> Callable[[Transaction], SignedIn]:
        if self._requester is not None or self._signing_in:
            raise Refused("validation", "This connection has signed in already.")
        self._signing_in = True
        return lambda tx: self._api.login(tx, self._peer, request.payload)

    async def _answer(self, request: Request, work: Callable[[Transaction], Payload | SignedIn]) -> None:
        """Do what was asked and answer, or say why not."""
        task = asyncio.current_task()

        def done(result: Payload | SignedIn) -> None:
            in_time = task in self._pending and not self._closed
            if isinstance(result, SignedIn):
                self._signed_in(request, result) if in_time else self._depart(result.requester)
            elif in_time:
                self._succeed(request, result)

        try:
            async with asyncio.timeout(REQUEST_WITHIN):
                await self._platform.perform(work, Cause(self.connection.id, request.request_id), done)
        except Exception as error:
            self._refuse(request, refusal(error, request.action))
        finally:
            if request.action == "login":
                self._signing_in = False

    def _succeed(self, request: Request, payload: Payload) -> None:
        self.connection.send(response(request, payload))
        if request.action == "logout":
            self.connection.end(None)

    def _signed_in(self, request: Request, signed_in: SignedIn) -> None:
        self._requester = signed_in.requester
        self.connection.want(_pushes(request))
        self._platform.bus.join(self._requester.user_id, self.connection)
        self._succeed(request, signed_in.payload)
        for timer in self._timers:
            timer.cancel()
        if signed_in.expires_at is not None:
            self._end_after(signed_in.expires_at.timestamp() - time(), "access_token_expired")

    def _refuse(self, request: Request, refused: Refused) -> None:
        self.connection.send(error_response(request, refused.body()))
        # Who asks too much and is told so is not written down each time: that would flood the log.
        if refused.type != self._last_refusal or refused.type != "too_many_requests":
            self._log(f"{request.action[:50]!r}: {refused.type}: {refused.message}")
        self._last_refusal = refused.type

    def _log(self, what: str) -> None:
        user = self._requester.user_id if self._requester else "not signed in"
        log.warning("refused %s (%s, %s): %s", self._peer.ip, user, self._path, what)


def _pushes(request: Request) -> dict[str, list[str]] | None:
    """Which pushes a connection wants; ``login`` has checked the shape."""
    return Login.read(request.payload).pushes


class Sockets:
    """The sockets that are open, so that the server can close them when it stops."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._open: dict[Socket, asyncio.Task[None]] = {}

    async def serve(self, websocket: WebSocket, api: Api, version: str) -> None:
        """Serve a socket of an API until it closes."""
        client = websocket.client.host if websocket.client else None
        peer = Peer(token_hex(8), client, websocket.headers.get("user-agent"))
        socket = Socket(self._platform, api, version, peer, websocket.url.path)
        await websocket.accept()
        serving = asyncio.create_task(socket.serve(websocket, _objection(websocket, api, version)))
        self._open[socket] = serving
        try:
            await serving
        finally:
            del self._open[socket]

    async def ended(self) -> None:
        """Wait until those that are open now have closed."""
        if self._open:
            await asyncio.wait(self._open.values())

    async def close(self) -> None:
        """Tell every client that the server goes away (close code 1001)."""
        for socket in self._open:
            socket.connection.end(None, GOING_AWAY)
        with suppress(TimeoutError):
            await asyncio.wait_for(self.ended(), GOODBYE)


def _objection(websocket: WebSocket, api: Api, version: str) -> str | None:
    """Why a socket is closed at once: its address names a version or an organization that is not served here."""
    if version not in VERSIONS:
        return "unsupported_version"
    named = websocket.query_params.get("organization_id")
    if named is None and api.name == "agent":  # Agents' clients may leave that to the token.
        return None
    return None if named == ORGANIZATION_ID else "license_not_found"
