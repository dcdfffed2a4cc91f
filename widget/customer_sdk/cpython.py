"""The Customer SDK's world on CPython: sockets by ``websockets``, HTTP by ``httpx``, storage while the program runs."""

from collections.abc import AsyncIterator, Mapping

import httpx

from widget.customer_sdk.client import World
from widget.customer_sdk.files import Progress
from widget.platform_sdk.cpython import WebSocket
from widget.rtm.clock import LoopClock
from widget.rtm.ports import HttpResponse, Storage

__all__ = ["Memory", "world"]

TIMEOUT = 15.0
"""Seconds until a request is given up: as long as the platform itself takes for one."""

CHUNK = 64 * 1024
"""How much of a file goes at once, in bytes."""


class Memory:
    """Texts by name, kept while the program runs. A client with the same storage is the same customer."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}

    def get(self, name: str) -> str | None:
        """The text kept under a name."""
        return self._texts.get(name)

    def set(self, name: str, text: str) -> None:
        """Keep a text."""
        self._texts[name] = text

    def remove(self, name: str) -> None:
        """Forget a text."""
        self._texts.pop(name, None)


class HttpxHttp:
    """Requests by httpx. No cookies are kept: the token is, in the storage."""

    async def post(self, url: str, body: str, headers: Mapping[str, str], *, credentials: bool) -> HttpResponse:
        """Post a text. Raises OSError when no answer came."""
        return await _post(url, dict(headers), body.encode())


async def send_file(url: str, headers: dict[str, str], body: bytes, progress: Progress) -> HttpResponse:
    """Post a form with a file in it. Raises OSError when no answer came."""
    length = {"Content-Length": str(len(body))}
    return await _post(url, headers | length, _in_chunks(body, progress))


async def _in_chunks(body: bytes, progress: Progress) -> AsyncIterator[bytes]:
    progress(0.0)
    for start in range(0, len(body), CHUNK):
        yield body[start : start + CHUNK]
        progress(min(1.0, (start + CHUNK) / len(body)))


async def _post(url: str, headers: dict[str, str], content: bytes | AsyncIterator[bytes]) -> HttpResponse:
    try:
        async with httpx.AsyncClient(timeout=TIMEOUT) as client:
            response = await client.post(url, headers=headers, content=content)
    except httpx.HTTPError as error:
        raise OSError(str(error) or type(error).__name__) from error
    return HttpResponse(response.status_code, response.text)


def world(storage: Storage | None = None) -> World:
    """A client's world. A storage that outlives the program lets it come back as the same customer."""
    return World(WebSocket, HttpxHttp(), send_file, storage or Memory(), LoopClock())
