"""Files on their way to the platform: how far they are, and how to stop them."""

import asyncio
from collections.abc import Awaitable, Callable, Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from typing_extensions import TypedDict

from widget.rtm.ports import HttpResponse
from widget.wire.errors import ChatError
from widget.wire.file_limits import LARGEST

__all__ = [
    "ChatFile",
    "File",
    "Progress",
    "SendFile",
    "TooBigFile",
    "Upload",
    "UploadCanceled",
    "UploadFailed",
    "Uploaded",
    "check_size",
]

Progress = Callable[[float], object]
"""Is told how much of a file has gone: 0 to 1."""

R = TypeVar("R")


class File:
    """A file to send, as far as the client has to know it. Its content is for whoever sends it: a ``SendFile``."""

    __slots__ = ()

    name: str
    type: str

    @property
    def size(self) -> int:
        """How large it is, in bytes."""
        raise NotImplementedError


class Uploaded(TypedDict):
    """Where a file is."""

    url: str


class SendFile(Protocol):
    """Posts a form with a file in it, as its part ``file`` (RFC 7578)."""

    async def __call__(self, url: str, headers: dict[str, str], file: File, progress: Progress) -> HttpResponse:
        """The answer, of whatever status. Raises OSError when none came."""


class TooBigFile(ChatError):
    """The file is larger than the platform takes. Nothing was sent."""

    code = "TOO_BIG_FILE"
    sentence = "The file is too big (max size is 10.00 MB)."
    hint = "Send a smaller file."


class UploadFailed(ChatError):
    """The file did not arrive."""

    code = "UPLOAD_FAILED"
    sentence = "The file did not arrive."
    hint = "Send it again when there is a connection."


class UploadCanceled(ChatError):
    """The upload was cancelled."""

    code = "UPLOAD_CANCELED"
    sentence = "Upload cancelled."


@dataclass(frozen=True, slots=True)
class ChatFile(File):
    """A file whose content is at hand."""

    name: str
    content: bytes
    type: str = "application/octet-stream"

    @property
    def size(self) -> int:
        """How large it is, in bytes."""
        return len(self.content)

    @classmethod
    def read(cls, path: str | Path, type: str = "application/octet-stream") -> "ChatFile":
        """A file of this machine."""
        path = Path(path)
        return cls(path.name, path.read_bytes(), type)


def check_size(file: File) -> None:
    """Raises TooBigFile."""
    if file.size > LARGEST:
        raise TooBigFile


class Upload(Awaitable[R], Generic[R]):
    """A file that is being sent: await it, or cancel it."""

    def __init__(self, send: Callable[[], Awaitable[str]], finish: Callable[[str], Awaitable[R]]) -> None:
        """``send`` gets the file to the server and gives its address; ``finish`` makes the result of that."""
        self._canceled = False
        self._sending = asyncio.ensure_future(send())
        self._work = asyncio.ensure_future(self._live(finish))

    def cancel(self) -> None:
        """Stop sending. Whoever awaits it gets UploadCanceled. Does nothing once the file is there."""
        if not self._sending.done():
            self._canceled = True
            self._sending.cancel()

    def __await__(self) -> Generator[None, None, R]:
        return asyncio.shield(self._work).__await__()

    async def _live(self, finish: Callable[[str], Awaitable[R]]) -> R:
        try:
            url = await self._sending
        except asyncio.CancelledError:
            if self._canceled:
                raise UploadCanceled from None
            raise
        return await finish(url)
