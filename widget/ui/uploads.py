"""Files that the visitor has chosen: on their way to the server, one at a time and in their order, or refused.

What is in a file cannot be kept for the next page, but its name is, for as long as the tab: so the visitor reads there
which files were not sent. A file that the server has is in the outbox, and lost no more.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, replace

from widget.customer_sdk.files import File, Progress
from widget.rtm.background import begin
from widget.rtm.outbox import UploadedFile
from widget.rtm.ports import Storage
from widget.wire.errors import ChatError
from widget.wire.file_limits import LARGEST, PROGRAMS
from widget.wire.ids import new_custom_id

__all__ = ["EMPTY", "FAILED", "LEFT", "REFUSED", "TOO_LARGE", "Send", "Upload", "Uploads"]

TOO_LARGE = "ATTACHMENT_TOO_LARGE"
EMPTY = "ATTACHMENT_EMPTY"
REFUSED = "ATTACHMENT_REFUSED"
FAILED = "UPLOAD_FAILED"
LEFT = "PAGE_LEFT"
"""Why a file was not sent."""

STEP = 0.01
"""The smallest part of a file whose leaving is worth a painting."""


Send = Callable[[File, Progress], Awaitable[UploadedFile]]
"""Gets a file to the server. Raises ChatError."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that the server does not have yet. ``part`` of it has gone; ``error`` is the code of what stopped it."""

    id: str
    name: str
    part: float = 0.0
    error: str | None = None

    @property
    def can_be_retried(self) -> bool:
        """Whether it may arrive when it is sent once more."""
        return self.error == FAILED


class Uploads:
    """The files of one page. ``arrived`` is told of each that the server has, under the id that its message will have.

    ``storage`` lives as long as the tab; ``name`` is where the names are in it.
    """

    def __init__(
        self,
        send: Send,
        arrived: Callable[[str, UploadedFile], None],
        changed: Callable[[], None],
        storage: Storage,
        name: str,
    ) -> None:
        self.all: tuple[Upload, ...] = ()
        self._send = send
        self._arrived = arrived
        self._changed = changed
        self._storage = storage
        self._name = name
        self._files: dict[str, File] = {}
        self._under_way: tuple[str, asyncio.Task[None]] | None = None
        self.all = tuple(Upload(new_custom_id(), each, error=LEFT) for each in _read(storage.get(name)))

    def add(self, files: Iterable[File]) -> None:
        """Send these, after those that are there; one that cannot be sent says why."""
        for file in files:
            upload = Upload(new_custom_id(), file.name, error=wrong_with(file))
            if upload.error is None:
                self._files[upload.id] = file
            self._put((*self.all, upload))
        self._go()

    def retry(self, upload_id: str) -> bool:
        """Send one again. False when there is none of this id."""
        if upload_id not in self._files:
            return False
        self._change(upload_id, part=0.0, error=None)
        self._go()
        return True

    def cancel(self, upload_id: str) -> bool:
        """Stop one, or forget one that was not sent. False when there is none of this id."""
        if not any(upload.id == upload_id for upload in self.all):
            return False
        if self._under_way is not None and self._under_way[0] == upload_id:
            self._under_way[1].cancel()
        self._drop(upload_id)
        return True

    # Private

    def _go(self) -> None:
        upload = next((each for each in self.all if each.error is None), None)
        if self._under_way is None and upload is not None:
            self._under_way = upload.id, begin(self._upload(upload.id, self._files[upload.id]))

    async def _upload(self, upload_id: str, file: File) -> None:
        try:
            uploaded = await self._send(file, lambda part: self._gone(upload_id, part))
        except ChatError as error:
            self._change(upload_id, error=error.code if error.code in {TOO_LARGE, REFUSED} else FAILED)
        except Exception:
            self._change(upload_id, error=FAILED)
            raise
        else:
            self._drop(upload_id)
            self._arrived(upload_id, uploaded)
        finally:
            self._under_way = None
            self._go()

    def _gone(self, upload_id: str, part: float) -> None:
        upload = next((each for each in self.all if each.id == upload_id), None)
        if upload is not None and part - upload.part >= STEP:
            self._change(upload_id, part=part)

    def _drop(self, upload_id: str) -> None:
        self._files.pop(upload_id, None)
        self._put(tuple(each for each in self.all if each.id != upload_id))

    def _change(self, upload_id: str, part: float | None = None, error: str | None = None) -> None:
        self._put(
            tuple(
                replace(each, part=each.part if part is None else part, error=error) if each.id == upload_id else each
                for each in self.all
            )
        )

    def _put(self, uploads: tuple[Upload, ...]) -> None:
        before, names = _unsent(self.all), _unsent(uploads)
        self.all = uploads
        if names and names != before:
            self._storage.set(self._name, json.dumps(names))
        elif not names:
            self._storage.remove(self._name)
        self._changed()


def _unsent(uploads: Iterable[Upload]) -> list[str]:
    """The names of those that may still be sent, or were to be."""
    return [upload.name for upload in uploads if upload.error in {None, FAILED, LEFT}]


def wrong_with(file: File) -> str | None:
    """Why a file cannot be sent, as far as that can be said before."""
    if file.size > LARGEST:
        return TOO_LARGE
    if not file.size:
        return EMPTY
    dot = file.name.rfind(".")
    return REFUSED if dot > 0 and file.name[dot:].lower() in PROGRAMS else None


def _read(text: str | None) -> list[str]:
    """The names that an earlier page has kept; nothing when they cannot be read."""
    try:
        names = json.loads(text or "[]")
    except ValueError:
        return []
    return [name for name in names if isinstance(name, str)] if isinstance(names, list) else []
