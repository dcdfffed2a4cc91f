"""The Customer SDK's world on CPython: sockets by ``websockets``, HTTP by ``httpx``, storage while the program runs."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

import httpx

from widget.customer_sdk.client import World
from widget.customer_sdk.files import ChatFile, File, Progress
from widget.platform_sdk.cpython import WebSocket
from widget.rtm.clock import LoopClock
from widget.rtm.ports import HttpResponse, Storage

__all__ = ["Memory", "world"]

TIMEOUT = 15.0
"""Seconds until a request is given up: as long as the platform itself takes for one."""


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
        return await _post(url, headers, content=body.encode())


class _Reading(BytesIO):
    """A file that tells how much of it has been read; httpx reads it piece by piece as it sends."""

    def __init__(self, content: bytes, progress: Progress) -> None:
        super().__init__(content)
        self._size = len(content)
        self._progress = progress

    def read(self, size: int | None = -1, /) -> bytes:
        piece = super().read(size)
        self._progress(self.tell() / self._size if self._size else 1.0)
        return piece


async def send_file(url: str, headers: dict[str, str], file: File, progress: Progress) -> HttpResponse:
    """Post a form with a file in it. Raises OSError when no answer came."""
    if not isinstance(file, ChatFile):
        raise TypeError(f"On CPython a file to send is a ChatFile, and not {type(file).__name__}.")
    progress(0.0)
    part = (file.name, _Reading(file.content, progress), file.type)
    return await _post(url, headers, files={"file": part})


async def _post(url: str, headers: Mapping[str, str], **body: Any) -> HttpResponse:
    try:
        async with httpx.AsyncClient(timeout=TIMEOUT) as client:
            response = await client.post(url, headers=headers, **body)
    except httpx.HTTPError as error:
        raise OSError(str(error) or type(error).__name__) from error
    return HttpResponse(response.status_code, response.text)


def world(storage: Storage | None = None) -> World:
    """A client's world. A storage that outlives the program lets it come back as the same customer."""
    return World(WebSocket, HttpxHttp(), send_file, storage or Memory(), LoopClock())
