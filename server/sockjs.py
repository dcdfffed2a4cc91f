"""SockJS, the transport of Customer Chat 3.0: frames in arrays, over a WebSocket or by long polling.

The two transports that the platform's clients of that age use: ``websocket`` and ``xhr-polling``
(https://github.com/sockjs/sockjs-protocol). To the rest of the server a session is a socket like any other.
"""

import asyncio
import json
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from secrets import randbelow
from typing import Final

from fastapi import APIRouter, Request, WebSocket
from starlette.responses import JSONResponse, Response
from starlette.types import Message

from server.api import Api
from server.bodies import BodyTooLarge, read_text
from server.rtm import Sockets
from server.strict_json import parse

__all__ = ["sockjs"]

HEARTBEAT: Final = 25.0
"""Seconds after which an idle connection gets a heartbeat, so that nothing between takes it for dead."""

GONE_AFTER: Final = 10.0
"""Seconds without a poll after which a polling client has gone."""

MOST_SESSIONS: Final = 1000

GONE: Final[Message] = {"type": "websocket.disconnect", "code": 1005}


def _texts(frame: str | None) -> list[str]:
    """The messages in what a client sent: one, or an array of them. Raises ValueError."""
    if not frame:
        return []
    value = parse(frame)
    found = value if isinstance(value, list) else [value]
    if not all(isinstance(text, str) for text in found):
        raise ValueError("messages must be texts")
    return [str(text) for text in found]


def _closed(code: int, reason: str | None) -> str:
    return f"c{json.dumps([code, reason or 'Go away!'])}"


# Over a WebSocket


class OverWebSocket:
    """A SockJS session on a WebSocket."""

    def __init__(self, websocket: WebSocket) -> None:
        self._websocket = websocket
        self._waiting: deque[str] = deque()
        self._heartbeat: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Begin: the client waits for that."""
        await self._websocket.accept()
        await self._websocket.send_text("o")
        self._heartbeat = asyncio.create_task(self._beat())

    async def _beat(self) -> None:
        with suppress(Exception):  # The connection has gone; whoever reads from it sees that.
            while True:
                await asyncio.sleep(HEARTBEAT)
                await self._websocket.send_text("h")

    async def receive(self) -> Message:
        """The next message."""
        while not self._waiting:
            message = await self._websocket.receive()
            if message["type"] == "websocket.disconnect":
                return message
            try:
                self._waiting.extend(_texts(message.get("text")))
            except ValueError:
                await self.close(1002, "Broken framing")
                return GONE
        return {"type": "websocket.receive", "text": self._waiting.popleft()}

    async def send_text(self, data: str) -> None:
        """Send a frame."""
        await self._websocket.send_text(f"a{json.dumps([data])}")

    async def close(self, code: int = 1000, reason: str | None = None) -> None:
        """Say goodbye."""
        self.stop()
        await self._websocket.send_text(_closed(code, reason))
        await self._websocket.close(code)

    def stop(self) -> None:
        """No more heartbeats."""
        if self._heartbeat is not None:
            self._heartbeat.cancel()


# By polling


class Polled:
    """A SockJS session whose client asks again and again for what has come."""

    def __init__(self) -> None:
        self._received: asyncio.Queue[Message] = asyncio.Queue()
        self._frames: deque[str] = deque()
        self._news = asyncio.Event()
        self._end: str | None = None
        self._polling = False
        self._absence: asyncio.TimerHandle | None = None
        self._wait_for_poll()

    async def receive(self) -> Message:
        """The next message."""
        return await self._received.get()

    async def send_text(self, data: str) -> None:
        """Keep a frame for the next poll."""
        self._frames.append(data)
        self._news.set()

    async def close(self, code: int = 1000, reason: str | None = None) -> None:
        """Tell the next poll that this is the end."""
        self._end = _closed(code, reason)
        self._news.set()

    def take(self, body: str) -> None:
        """Take what the client sent. Raises ValueError."""
        for text in _texts(body):
            self._received.put_nowait({"type": "websocket.receive", "text": text})

    async def poll(self) -> str:
        """What has come since the last poll; waits for it, but not longer than until a heartbeat."""
        if self._polling:
            return _closed(2010, "Another connection still open")
        self._polling = True
        if self._absence is not None:
            self._absence.cancel()
        try:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), HEARTBEAT)
            return self._take_frames()
        finally:
            self._polling = False
            self._wait_for_poll()

    def _take_frames(self) -> str:
        if self._frames:
            frames = list(self._frames)
            self._frames.clear()
            if self._end is None:
                self._news.clear()
            return f"a{json.dumps(frames)}"
        return "h" if self._end is None else self._end

    def _wait_for_poll(self) -> None:
        """A client that does not ask for a while has gone."""
        gone: Callable[[Message], None] = self._received.put_nowait
        self._absence = asyncio.get_running_loop().call_later(GONE_AFTER, gone, GONE)

    def stop(self) -> None:
        """Nobody waits for polls any more."""
        if self._absence is not None:
            self._absence.cancel()


# The addresses


def sockjs(api: Api, version: str) -> APIRouter:
    """The addresses of SockJS under which an API is served."""
    router = APIRouter()
    sessions: dict[str, Polled] = {}

    @router.get("")
    @router.get("/")
    async def greeting() -> Response:
        return Response("Welcome to SockJS!\n", media_type="text/plain; charset=UTF-8")

    @router.get("/info")
    async def info(request: Request) -> Response:
        about = {"websocket": True, "origins": ["*:*"], "cookie_needed": False, "entropy": randbelow(2**32)}
        return _shared(request, JSONResponse(about))

    @router.options("/info")
    @router.options("/{server}/{session}/{transport}")
    async def leave_to_ask(request: Request) -> Response:
        return _shared(request, Response(status_code=204))

    @router.websocket("/{server}/{session}/websocket")
    async def over_websocket(websocket: WebSocket, server: str, session: str) -> None:
        sockets: Sockets = websocket.state.sockets
        transport = OverWebSocket(websocket)
        await transport.open()
        try:
            await sockets.serve_over(transport, websocket, api, version)
        finally:
            transport.stop()

    @router.post("/{server}/{session}/xhr")
    async def poll(request: Request, server: str, session: str) -> Response:
        known = sessions.get(session)
        frame = "o" if known is None else await known.poll()
        if known is None and len(sessions) >= MOST_SESSIONS:
            frame = _closed(1013, "Too many sessions")
        elif known is None:
            _begin(request, session)
        return _shared(request, Response(f"{frame}\n", media_type="application/javascript; charset=UTF-8"))

    @router.post("/{server}/{session}/xhr_send")
    async def send(request: Request, server: str, session: str) -> Response:
        known = sessions.get(session)
        if known is None:
            return _shared(request, Response(status_code=404))
        try:
            known.take(await read_text(request))
        except BodyTooLarge:
            return _shared(request, Response("Payload too large.", 413))
        except ValueError:
            return _shared(request, Response("Broken JSON encoding.", 500))
        return _shared(request, Response(status_code=204, media_type="text/plain; charset=UTF-8"))

    def _begin(request: Request, session: str) -> None:
        polled = sessions[session] = Polled()
        sockets: Sockets = request.state.sockets

        async def serve() -> None:
            try:
                await sockets.serve_over(polled, request, api, version)
            finally:
                polled.stop()
                asyncio.get_running_loop().call_later(GONE_AFTER, sessions.pop, session, None)

        task = asyncio.create_task(serve())
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    tasks: set[asyncio.Task[None]] = set()
    return router


def _shared(request: Request, response: Response) -> Response:
    """Pages of any site may read the answer; SockJS clients send cookies along, so the site is named."""
    origin = request.headers.get("origin")
    response.headers["Cache-Control"] = "no-store, no-cache, no-transform, must-revalidate, max-age=0"
    response.headers["Access-Control-Allow-Origin"] = origin or "*"
    response.headers["Vary"] = "Origin"
    if origin:
        response.headers["Access-Control-Allow-Credentials"] = "true"
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = "OPTIONS, POST, GET"
        response.headers["Access-Control-Allow-Headers"] = request.headers.get(
            "access-control-request-headers", "Content-Type"
        )
        response.headers["Access-Control-Max-Age"] = "31536000"
    return response
