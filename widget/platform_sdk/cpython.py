"""The world outside the browser: WebSockets by ``websockets``, HTTP by ``httpx``. Each is imported when first used."""

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING

from widget.rtm.ports import HttpResponse, SocketListener

if TYPE_CHECKING:
    from websockets.asyncio.client import ClientConnection

__all__ = ["WebSocket", "fetch"]

TIMEOUT = 15.0
"""Seconds until a request is given up: as long as the platform itself takes for one."""

CLOSED_ABNORMALLY = 1006
"""The close code of a socket that broke or never opened (RFC 6455, section 7.1.5)."""


class WebSocket:
    """A WebSocket that is opening or open, by the library ``websockets``."""

    def __init__(self, url: str, listener: SocketListener) -> None:
        self._url = url
        self._listener = listener
        self._outgoing: asyncio.Queue[str] = asyncio.Queue()
        self._task = asyncio.ensure_future(self._live())

    def send(self, text: str) -> None:
        """Send a text; on a socket that is closing it is lost, which ``closed`` will tell."""
        self._outgoing.put_nowait(text)

    def close(self, code: int = 1000) -> None:
        """Close it, and tell its listener nothing more."""
        self._listener = _Nobody()
        self._task.cancel()  # on its way out it says goodbye

    async def _live(self) -> None:
        from websockets.asyncio.client import connect
        from websockets.exceptions import WebSocketException

        try:
            socket = await connect(self._url, max_size=None)
            try:
                self._listener.opened()
                await self._talk(socket)
            finally:
                await _say_goodbye(socket)
            code, reason = socket.close_code, socket.close_reason
        except (OSError, WebSocketException, TimeoutError) as error:
            code, reason = CLOSED_ABNORMALLY, str(error)
        self._listener.closed(code or CLOSED_ABNORMALLY, reason or "")

    async def _talk(self, socket: "ClientConnection") -> None:
        """Until it closes."""
        writing = asyncio.ensure_future(self._write(socket))
        try:
            async for text in socket:
                if isinstance(text, str):
                    self._listener.received(text)
        finally:
            writing.cancel()

    async def _write(self, socket: "ClientConnection") -> None:
        from websockets.exceptions import ConnectionClosed

        try:
            while True:
                await socket.send(await self._outgoing.get())
        except ConnectionClosed:
            return  # the reader tells


async def _say_goodbye(socket: "ClientConnection") -> None:
    try:
        await socket.close()
    finally:
        socket.transport.abort()  # where the program ends, nobody waits for the other side's goodbye


class _Nobody:
    """Listens to a socket that was let go."""

    def opened(self) -> None: ...

    def received(self, *texts: str) -> None: ...

    def closed(self, code: int, reason: str) -> None: ...


async def fetch(verb: str, url: str, headers: Mapping[str, str], body: bytes | None) -> HttpResponse:
    """The answer, of whatever status. Raises OSError when none came."""
    import httpx

    try:
        async with httpx.AsyncClient(timeout=TIMEOUT) as client:
            response = await client.request(verb, url, headers=dict(headers), content=body)
    except httpx.HTTPError as error:
        raise OSError(str(error) or type(error).__name__) from error
    return HttpResponse(response.status_code, response.text)
