"""The sockets: one endpoint for customers and agents, whose APIs differ only in their actions.

Each socket has one task that reads and one that writes. Requests are taken up in the order in which they come; a bad
one is refused, and neither it nor a client that is too slow harms anybody else.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from secrets import token_hex
from time import time
from typing import Any

from starlette.requests import HTTPConnection
from starlette.websockets import WebSocket

from server.api import Api, Errand, SignedIn, refusal
from server.bus import Cause
from server.connections import Connection, Transport
from server.limits import LOGIN_WITHIN, PENDING_REQUESTS, REQUEST_WITHIN, Allowance
from server.organization import LICENSE_ID, ORGANIZATION_ID
from server.platform import Platform
from server.strict_json import parse
from server.transaction import Peer, Requester, Transaction
from server.versions import VERSIONS, from_version, has_action
from widget.wire.base import Json
from widget.wire.customer import Login
from widget.wire.errors import Refused
from widget.wire.frames import Payload, Request, error_response, response

__all__ = ["Sockets", "names_organization", "read_request"]

log = logging.getLogger(__name__)

GOING_AWAY = 1001
GOODBYE = 0.5
"""Seconds for telling clients that the server goes away."""

TOO_BIG = 1009


Done = Callable[[Payload | SignedIn], None]
Work = Callable[[Done], Awaitable[object]]
"""What a request asks for; it calls what it is given with the result as soon as there is one."""


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
    version, author_id = value.get("version"), value.get("author_id")
    return Request(
        action=echo.action,
        request_id=echo.request_id,
        payload=payload or {},
        version=version if isinstance(version, str) else None,
        author_id=author_id if isinstance(author_id, str) else None,
    )


class Socket:
    """One open socket, from its first frame to its last."""

    def __init__(self, platform: Platform, api: Api, version: str, peer: Peer, path: str) -> None:
        self._platform = platform
        self._api = api
        self._version = version
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

    async def serve(self, socket: Transport, objection: str | None) -> None:
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

    async def _read_from(self, socket: Transport) -> None:
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
        depart = self._api.depart
        assert depart is not None
        self._platform.perform_later(lambda tx: depart(tx, requester))

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
            wait = self._allowed_after()
            if request.action == "ping":
                self.connection.send(response(request, {}))
                return
            work = self._work_for(request)
        except Refused as refused:
            self._refuse(request, refused)
            return
        task = asyncio.create_task(self._answer(request, work, wait))
        self._pending.add(task)
        task.add_done_callback(self._pending.discard)

    def _allowed_after(self) -> float:
        """Seconds until one more request may be done; each has to wait at least as long as the one before.

        Raises Refused(too_many_requests), Refused(pending_requests_limit_reached).
        """
        wait = self._allowance.take(asyncio.get_running_loop().time())
        if wait is None:
            raise Refused("too_many_requests")
        if len(self._pending) >= PENDING_REQUESTS:
            raise Refused("pending_requests_limit_reached")
        return wait

    def _work_for(self, request: Request) -> Work:
        """What a request asks for. Raises Refused when it may not."""
        if request.action == "login":
            return self._perform(request, self._login(request))
        if self._requester is None:
            raise Refused("authentication", "Sign in first: send `login`.")
        version = self._version_of(request)
        action, requester = self._api.action(request.action), self._requester
        if not has_action(self._api.name, request.action, version) or not getattr(action, "over_socket", True):
            raise Refused("validation", f"API {version} has no action {request.action!r} here.")
        payload = from_version(self._api.name, request.payload, version)
        if isinstance(action, Errand):
            return self._run(action, payload)
        return self._perform(
            request, lambda tx: action(tx, self._api.asks(tx, requester, request.author_id, version), payload)
        )

    def _version_of(self, request: Request) -> str:
        """A request may be of a newer version than its connection, and of no older one."""
        version = request.version or self._version
        if version not in (self._version, *VERSIONS) or version < self._version:
            raise Refused("unsupported_version")
        return version

    def _login(self, request: Request) -> Callable[[Transaction], SignedIn]:
        if self._requester is not None or self._signing_in:
            raise Refused("validation", "This connection has signed in already.")
        self._signing_in = True
        login = self._api.login
        assert login is not None
        return lambda tx: login(tx, self._peer, request.payload)

    def _perform(self, request: Request, work: Callable[[Transaction], Payload | SignedIn]) -> Work:
        return lambda done: self._platform.perform(work, Cause(self.connection.id, request.request_id), done)

    def _run(self, errand: Errand[Any], payload: Json) -> Work:
        async def run(done: Done) -> None:
            done(await errand(payload))

        return run

    async def _answer(self, request: Request, work: Work, wait: float) -> None:
        """Do what was asked, after so many seconds, and answer, or say why not."""
        task = asyncio.current_task()
        if wait:
            await asyncio.sleep(wait)

        def done(result: Payload | SignedIn) -> None:
            in_time = task in self._pending and not self._closed
            if isinstance(result, SignedIn):
                self._signed_in(request, result) if in_time else self._depart(result.requester)
            elif in_time:
                self._succeed(request, result)

        try:
            async with asyncio.timeout(REQUEST_WITHIN):
                await work(done)
        except Exception as error:
            self._refuse(request, refusal(error, request.action))
        finally:
            if request.action == "login":
                self._signing_in = False

    def _succeed(self, request: Request, payload: Payload) -> None:
        self.connection.send(response(request, payload), request.version)
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
    return Login.read({"token": "", "pushes": request.payload.get("pushes")}).pushes


class Sockets:
    """The sockets that are open, so that the server can close them when it stops."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._open: dict[Socket, asyncio.Task[None]] = {}

    async def serve(self, websocket: WebSocket, api: Api, version: str) -> None:
        """Serve a WebSocket of an API until it closes."""
        await websocket.accept()
        await self.serve_over(websocket, websocket, api, version)

    async def serve_over(self, transport: Transport, asked: HTTPConnection, api: Api, version: str) -> None:
        """Serve a client whose frames go over any transport; ``asked`` is the request that it began with."""
        client = asked.client.host if asked.client else None
        peer = Peer(token_hex(8), client, asked.headers.get("user-agent"))
        socket = Socket(self._platform, api, version, peer, asked.url.path)
        serving = asyncio.create_task(socket.serve(transport, _objection(asked, api, version)))
        self._open[socket] = serving
        try:
            await serving
        finally:
            del self._open[socket]

    @property
    def frames_waiting(self) -> int:
        """How many frames wait for clients to read them."""
        return sum(socket.connection.waiting for socket in self._open)

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


def _objection(asked: HTTPConnection, api: Api, version: str) -> str | None:
    """Why a socket is closed at once: its address names a version or an organization that is not served here."""
    if version not in api.versions:
        return "unsupported_version"
    if names_organization(asked.query_params):
        return None
    named = {"organization_id", "license_id"} & asked.query_params.keys()
    return None if api.name == "agent" and not named else "license_not_found"  # Agents may leave that to the token.


def names_organization(query: Mapping[str, str]) -> bool:
    """Whether an address names the organization: by its id or, as up to API 3.3, by its licence."""
    if "organization_id" in query:
        return query["organization_id"] == ORGANIZATION_ID
    return query.get("license_id") == str(LICENSE_ID)
