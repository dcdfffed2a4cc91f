"""Taking a file to the platform: ``upload_file`` of the Agent Chat API, over HTTP (spec: agent-api, section 3)."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from widget.customer_sdk.files import File, Progress, SendFile, UploadFailed
from widget.platform_sdk.addresses import action_url
from widget.platform_sdk.requests import read_answer

__all__ = ["Upload", "Uploader"]

Upload = Callable[[File, Progress], Awaitable[str]]
"""Uploads a file and returns its address. Raises ChatError; cancelling it stops the upload."""

VERSION: Final = "3.6"


@dataclass(frozen=True, slots=True)
class Uploader:
    """Uploads for one agent; ``authorization`` is the value of that header."""

    send: SendFile
    platform: str
    authorization: str

    async def __call__(self, file: File, progress: Progress) -> str:
        """The address of the file. Raises Refused, UploadFailed."""
        url = action_url(self.platform, "agent", VERSION, "upload_file")
        try:
            response = await self.send(url, {"Authorization": self.authorization}, file, progress)
        except OSError as error:
            raise UploadFailed from error
        answer = read_answer(response)
        address = answer.get("url") if isinstance(answer, dict) else None
        if not isinstance(address, str):
            raise UploadFailed
        return address
