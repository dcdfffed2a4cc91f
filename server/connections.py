"""The sending half of a socket: frames wait here until the client reads them, but not for ever."""

import asyncio
import json
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from typing import Protocol

from starlette.types import Message
from starlette.websockets import WebSocketDisconnect

from server.bus import Delivery
from server.limits import FRAMES_WAITING
from server.versions import for_version, has_push
from widget.wire.frames import Payload, Push, Response

__all__ = ["Connection", "Transport"]

GRACE = 5.0
"""Seconds that the last frames have to get through to a client that was told to go."""


class Transport(Protocol):
    """What a socket needs of a transport. Starlette's WebSocket is one."""

    async def receive(self) -> Message:
        """The next message of the client, or that it has gone."""
        ...

    async def send_text(self, data: str) -> None:
        """Send a frame; may wait for the network."""
        ...

    async def close(self, code: int = 1000, reason: str | None = None) -> None:
        """Say goodbye."""
        ...


class Connection:
    """One client's socket, as everything that wants to send over it sees it.

    Nothing here waits for the network except ``write_to``, which one task runs for as long as the socket is open.
    """

    def __init__(self, connection_id: str, version: str, disconnected: str) -> None:
        self._id = connection_id
        self._version = version
        self._disconnected = disconnected
        self._wanted: dict[str, Sequence[str]] = {version: ["all"]}
        self._frames: deque[str] = deque()
        self._news = asyncio.Event()
        self._code: int | None = None
        self._writer: asyncio.Task[None] | None = None

    @property
    def id(self) -> str:
        """What tells it from other connections."""
        return self._id

    @property
    def waiting(self) -> int:
        """How many frames wait for the client to read them."""
        return len(self._frames)

    @property
    def code(self) -> int | None:
        """What the server has closed it with, or is about to; None while it has not done with it."""
        return self._code

    def want(self, pushes: dict[str, list[str]] | None) -> None:
        """Deliver only the pushes of these names: the ``pushes`` of ``login``, by version.

        A connection may want pushes of newer versions than its own; then it gets one that both have twice.
        """
        if pushes is not None:
            self._wanted = {version: names for version, names in pushes.items() if version >= self._version}

    def deliver(self, push: Delivery, request_id: str | None) -> None:
        """Send a push, if it is wanted; or close the connection, if that is what it is about."""
        if push.ends is not None:
            self.end(push.ends)
            return
        for version, names in self._wanted.items():
            if has_push(push.action, version) and ("all" in names or push.action in names):
                self.send(self._push(push.action, push.payload, request_id, version), version)

    def send(self, frame: Response | Push, version: str | None = None) -> None:
        """Send a frame, of the connection's version or of another. A client that has let too many pile up is told to go
        instead."""
        if self._code is not None:
            return
        if len(self._frames) >= FRAMES_WAITING:
            self._frames.clear()
            self.end("connection_evicted")
            return
        self._put(frame, version)

    def end(self, reason: str | None, code: int = 1000) -> None:
        """Close the socket after what waits has been sent; with a reason, the client is told it first."""
        if self._code is not None:
            return
        if reason is not None:
            self._put(self._push(self._disconnected, {"reason": reason}))
        self._code = code
        self._news.set()
        if self._writer is not None:
            asyncio.get_running_loop().call_later(GRACE, self._writer.cancel)

    def _push(self, action: str, payload: Payload, request_id: str | None = None, version: str | None = None) -> Push:
        return Push(action=action, payload=payload, request_id=request_id, version=version or self._version)

    def _put(self, frame: Response | Push, version: str | None = None) -> None:
        value = for_version(frame.as_json(), version or self._version)
        self._frames.append(json.dumps(value, ensure_ascii=False, separators=(",", ":")))
        self._news.set()

    async def write_to(self, socket: Transport) -> None:
        """Send the frames as fast as the client reads them, until ``end`` or until the client has gone."""
        self._writer = asyncio.current_task()
        # uvicorn raises RuntimeError when it has itself closed the socket of a client that answered no ping.
        with suppress(WebSocketDisconnect, RuntimeError):
            while self._code is None or self._frames:
                await self._news.wait()
                self._news.clear()
                while self._frames:
                    await socket.send_text(self._frames.popleft())
            await socket.close(self._code)
