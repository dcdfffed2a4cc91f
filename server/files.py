"""Files that people send: taken in, looked at, kept, and given out so that they can do no harm.

A file comes first (``upload_file``) and is named by an event later; one that no event names within a day is thrown away
(spec: customer-web, section 2). Its address cannot be guessed. What browsers would run is only ever downloaded.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from secrets import token_urlsafe
from typing import Final
from urllib.parse import quote, unquote, urlsplit

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from server import tables
from server.file_types import Picture, content_type, is_executable, picture, small_copy
from server.transaction import Requester, Transaction
from widget.wire.base import Json
from widget.wire.errors import Refused
from widget.wire.new_events import NewFile

__all__ = ["FileStore", "Upload", "check_quota", "keep", "look_at", "sweep", "use"]

UNUSED_FOR: Final = timedelta(hours=24)
"""How long a file waits for an event to name it."""

MOST_UNUSED: Final = 50
"""How many such files one user may have."""

MAX_NAME: Final = 200

SMALL: Final = {"thumbnail_url": 300, "thumbnail2x_url": 600}
"""The longer side of the small copies of pictures, in pixels."""


class FileStore:
    """The folder that holds the files, by id."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def path(self, file_id: str, side: int | None = None) -> Path:
        """Where a file is, or its small copy."""
        return self._folder / (file_id if side is None else f"{file_id}.{side}")

    def forget(self, file_id: str) -> None:
        """Throw a file away with its small copies."""
        for side in (None, *SMALL.values()):
            self.path(file_id, side).unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that has come and was looked at."""

    id: str
    name: str
    content_type: str
    size: int
    picture: Picture | None


def look_at(store: FileStore, name: str, content: bytes) -> Upload:
    """Say what a file is and write it to the store. Raises Refused. Takes a while: not for the event loop."""
    plain = name.replace("\\", "/").rpartition("/")[2].strip() or "file"
    clean = "".join(letter for letter in plain if letter.isprintable())[-MAX_NAME:]
    if is_executable(clean, content):
        raise Refused("validation", "Executable files are not taken.")
    found = picture(content)
    upload = Upload(
        id=token_urlsafe(24),
        name=clean,
        content_type=found.content_type if found else content_type(clean),
        size=len(content),
        picture=found,
    )
    store.path(upload.id).write_bytes(content)
    for side in SMALL.values() if found and found.can_be_scaled else ():
        if (copy := small_copy(content, side)) is not None:
            store.path(upload.id, side).write_bytes(copy)
    return upload


def check_quota(tx: Transaction, requester: Requester) -> None:
    """Raises Refused(limit_reached) for who has uploaded too much that no event names."""
    waiting = select(func.count()).select_from(tables.File)
    waiting = waiting.where(tables.File.owner_id == requester.user_id, ~tables.File.used)
    if tx.session.scalars(waiting).one() >= MOST_UNUSED:
        raise Refused("limit_reached", "Send the files that you have uploaded first.")


def keep(tx: Transaction, requester: Requester, upload: Upload, origin: str) -> str:
    """Remember a file, and return its address."""
    tx.session.add(
        tables.File(
            id=upload.id,
            owner_id=requester.user_id,
            name=upload.name,
            content_type=upload.content_type,
            size=upload.size,
            width=upload.picture and upload.picture.width,
            height=upload.picture and upload.picture.height,
            created_at=datetime.now(UTC),
        )
    )
    return f"{origin}/files/{upload.id}/{quote(upload.name)}"


def use(tx: Transaction, author_id: str, new: NewFile) -> Json:
    """What an event says of a file, which from now on is kept. Raises Refused(validation) for any other address."""
    parts = urlsplit(new.url)
    steps = parts.path.split("/")
    file = tx.session.get(tables.File, steps[2]) if len(steps) == 4 and steps[1] == "files" else None
    if file is None or unquote(steps[3]) != file.name or parts.scheme not in ("http", "https"):
        raise Refused("validation", "`event.url` must be the address of a file that was uploaded")
    if not file.used and file.owner_id != author_id:
        raise Refused("validation", "`event.url` is the address of a file that somebody else uploaded")
    file.used = True
    origin = f"{parts.scheme}://{parts.netloc}"
    content: Json = {
        "url": f"{origin}{parts.path}",
        "name": file.name,
        "content_type": file.content_type,
        "size": file.size,
    }
    if file.width is not None and file.height is not None:
        content |= {"width": file.width, "height": file.height}
        content |= {field: f"{content['url']}?side={side}" for field, side in SMALL.items()}
    if new.alternative_text is not None:
        content["alternative_text"] = new.alternative_text
    return content


def sweep(session: Session) -> list[str]:
    """Forget the files that no event has named in time; returns their ids, for the store."""
    late = select(tables.File.id).where(~tables.File.used, tables.File.created_at < datetime.now(UTC) - UNUSED_FOR)
    ids = list(session.scalars(late))
    session.execute(delete(tables.File).where(tables.File.id.in_(ids)))
    return ids
