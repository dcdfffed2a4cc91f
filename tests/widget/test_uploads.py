"""Files that the visitor has chosen, until the server has them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from tests.fakes import MemoryStorage, settle
from tests.widget.open_window import OpenWindow
from widget.customer_sdk.files import ChatFile, File, Progress
from widget.rtm.outbox import UploadedFile
from widget.ui.attaching import upload_row
from widget.ui.locale import Locale
from widget.ui.uploads import EMPTY, FAILED, LEFT, REFUSED, TOO_LARGE, Uploads
from widget.wire.errors import ChatError, CommandError
from widget.wire.file_limits import LARGEST


class Sized(File):
    """A file of which only the size matters."""

    def __init__(self, name: str, size: int) -> None:
        self.name, self._size = name, size

    @property
    def size(self) -> int:
        return self._size


class Server:
    """Takes a file when it is told to."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.stopped: list[str] = []
        self._progress: Progress = lambda part: None
        self._answer: asyncio.Future[None] = asyncio.Future()

    async def send(self, file: File, progress: Progress) -> UploadedFile:
        self.asked.append(file.name)
        self._progress, self._answer = progress, asyncio.Future()
        try:
            await self._answer
        except asyncio.CancelledError:
            self.stopped.append(file.name)
            raise
        return UploadedFile(url=f"https://files/{file.name}", name=file.name)

    async def goes(self, part: float) -> None:
        self._progress(part)
        await settle()

    async def answers(self, error: ChatError | None = None) -> None:
        if error is None:
            self._answer.set_result(None)
        else:
            self._answer.set_exception(error)
        await settle()


class Desk:
    """A window's files, with a server to take them."""

    def __init__(self, storage: MemoryStorage | None = None) -> None:
        self.server = Server()
        self.storage = storage or MemoryStorage()
        self.arrived: list[tuple[str, str]] = []
        self.uploads = Uploads(self.server.send, self._arrived, lambda: None, self.storage, "uploads")

    def _arrived(self, upload_id: str, file: UploadedFile) -> None:
        self.arrived.append((upload_id, file.url))

    async def choose(self, *names: str) -> list[str]:
        """Choose files. Returns their ids."""
        before = len(self.uploads.all)
        self.uploads.add([ChatFile(name, b"content") for name in names])
        await settle()
        return [upload.id for upload in self.uploads.all[before:]]


async def test_a_file_that_has_arrived_is_sent_under_its_id() -> None:
    desk = Desk()
    (photo,) = await desk.choose("photo.png")

    await desk.server.answers()

    assert desk.arrived == [(photo, "https://files/photo.png")]
    assert desk.uploads.all == ()


async def test_files_go_one_after_the_other_in_their_order() -> None:
    desk = Desk()
    await desk.choose("a.txt", "b.txt")
    assert desk.server.asked == ["a.txt"]

    await desk.server.answers()

    assert desk.server.asked == ["a.txt", "b.txt"]


async def test_how_much_has_gone_can_be_seen() -> None:
    desk = Desk()
    await desk.choose("photo.png")

    await desk.server.goes(0.42)

    assert desk.uploads.all[0].part == 0.42
    assert 'value="0.42"' in upload_row(desk.uploads.all[0], Locale()).markup


async def test_one_that_is_cancelled_stops_and_the_next_one_goes() -> None:
    desk = Desk()
    first, second = await desk.choose("a.txt", "b.txt")

    assert desk.uploads.cancel(first)
    await settle()

    assert desk.server.stopped == ["a.txt"]
    assert desk.server.asked == ["a.txt", "b.txt"]
    assert [upload.id for upload in desk.uploads.all] == [second]


async def test_one_that_did_not_arrive_can_be_sent_again() -> None:
    desk = Desk()
    (photo,) = await desk.choose("photo.png")
    await desk.server.answers(CommandError("UPLOAD_FAILED", "No network.", "Send it again."))
    assert desk.uploads.all[0].error == FAILED
    assert "Retry" in upload_row(desk.uploads.all[0], Locale()).markup

    assert desk.uploads.retry(photo)
    await settle()
    await desk.server.answers()

    assert desk.arrived == [(photo, "https://files/photo.png")]


@pytest.mark.parametrize(
    ("file", "error", "said"),
    [
        (Sized("film.mov", LARGEST + 1), TOO_LARGE, "film.mov is larger than 10 MB."),
        (Sized("nothing.txt", 0), EMPTY, "nothing.txt is empty."),
        (Sized("Setup.EXE", 5), REFUSED, "Files of this type cannot be sent."),
    ],
)
async def test_what_the_server_would_refuse_is_not_uploaded(file: File, error: str, said: str) -> None:
    desk = Desk()

    desk.uploads.add([file])
    await settle()

    assert desk.server.asked == []
    assert desk.uploads.all[0].error == error
    row = upload_row(desk.uploads.all[0], Locale()).markup
    assert said in row
    assert "Retry" not in row


async def test_what_the_server_refuses_holds_up_nothing() -> None:
    desk = Desk()
    await desk.choose("a.zip", "b.txt")

    await desk.server.answers(CommandError("ATTACHMENT_REFUSED", "No.", "Send another type."))

    assert [upload.error for upload in desk.uploads.all] == [REFUSED, None]
    assert desk.server.asked == ["a.zip", "b.txt"]


async def test_the_next_page_says_which_files_were_not_sent() -> None:
    desk = Desk()
    await desk.choose("a.txt", "b.txt", "c.txt")
    await desk.server.answers()

    next_page = Desk(desk.storage)

    assert [(upload.name, upload.error) for upload in next_page.uploads.all] == [("b.txt", LEFT), ("c.txt", LEFT)]
    assert "b.txt was not sent" in upload_row(next_page.uploads.all[0], Locale()).markup


async def test_it_says_so_until_the_visitor_has_read_it() -> None:
    desk = Desk()
    await desk.choose("a.txt", "b.txt")
    next_page = Desk(desk.storage)
    next_page.uploads.cancel(next_page.uploads.all[0].id)

    assert [upload.name for upload in Desk(desk.storage).uploads.all] == ["b.txt"]


@pytest.mark.parametrize("kept", ["", "{", "{}", "[1, null]", '"a"'])
async def test_what_cannot_be_read_of_an_earlier_page_is_nothing(kept: str) -> None:
    storage = MemoryStorage()
    storage.set("uploads", kept)

    assert Desk(storage).uploads.all == ()


@pytest.mark.parametrize("do", [Uploads.retry, Uploads.cancel])
async def test_what_is_no_file_is_left_to_others(do: Callable[[Uploads, str], bool]) -> None:
    assert not do(Desk().uploads, "a-text")


# In the window


async def test_a_chosen_file_becomes_a_message_of_the_chat() -> None:
    window = await OpenWindow().connected()

    window.window.attach([ChatFile("note.txt", b"content")])
    await settle(60)

    (event,) = window.world.platform.events
    assert (event["type"], event["url"]) == ("file", "https://files/note.txt")
    assert list(window.page.rows)[-1] == f"message-{event['custom_id']}"


async def test_where_nothing_can_be_written_nothing_can_be_attached() -> None:
    window = await OpenWindow().connected()
    window.window.show_threads()

    window.window.attach([ChatFile("note.txt", b"content")])
    await settle(60)

    assert window.world.platform.events == []
