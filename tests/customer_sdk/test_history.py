"""The history's iterator: calls wait in line, and each gets the next page."""

import asyncio

import pytest

from tests.fakes import settle
from widget.customer_sdk.history import History, Page
from widget.wire.errors import ConnectionLost


class Archive:
    """Pages "1" to "n"; each waits for its gate, and fails while ``broken``."""

    def __init__(self, pages: int) -> None:
        self.pages = pages
        self.gates: list[asyncio.Event] = []
        self.loaded: list[int] = []
        self.broken = False

    async def load(self, page_id: str | None) -> Page[int]:
        number = int(page_id or 1)
        gate = asyncio.Event()
        self.gates.append(gate)
        await gate.wait()
        if self.broken:
            raise ConnectionLost
        self.loaded.append(number)
        return Page(number, str(number + 1) if number < self.pages else None)

    async def open(self) -> None:
        """Let the page that is loading come."""
        await settle()
        self.gates[-1].set()
        await settle()


async def test_done_comes_with_the_last_page_and_stays() -> None:
    archive = Archive(2)
    history = History(archive.load)

    steps = [asyncio.ensure_future(history.next()) for _ in range(3)]
    await archive.open()
    await archive.open()

    assert [await step for step in steps] == [
        {"done": False, "value": 1},
        {"done": True, "value": 2},
        {"done": True, "value": None},
    ]


async def test_one_page_is_loaded_at_a_time() -> None:
    archive = Archive(5)
    history = History(archive.load)

    steps = [asyncio.ensure_future(history.next()) for _ in range(3)]
    await settle()

    assert len(archive.gates) == 1
    for step in steps:
        step.cancel()


async def test_a_failure_is_everybodys_who_waits_and_the_next_call_tries_again() -> None:
    archive = Archive(3)
    history = History(archive.load)
    steps = [asyncio.ensure_future(history.next()) for _ in range(3)]
    await settle()

    archive.broken = True
    await archive.open()
    assert all(step.done() for step in steps)
    for step in steps:
        with pytest.raises(ConnectionLost):
            await step

    archive.broken = False
    again = asyncio.ensure_future(history.next())
    await archive.open()
    assert await again == {"done": False, "value": 1}


async def test_a_page_whose_caller_has_gone_is_the_next_ones() -> None:
    archive = Archive(3)
    history = History(archive.load)
    gone = asyncio.ensure_future(history.next())
    await settle()

    gone.cancel()
    await archive.open()

    assert await history.next() == {"done": False, "value": 1}
    assert archive.loaded == [1]


async def test_async_for_gives_every_page() -> None:
    async def load(page_id: str | None) -> Page[int]:
        number = int(page_id or 1)
        return Page(number, str(number + 1) if number < 4 else None)

    assert [page async for page in History(load)] == [1, 2, 3, 4]


async def test_each_history_begins_with_the_newest_page() -> None:
    archive = Archive(2)
    for _ in range(2):
        step = asyncio.ensure_future(History(archive.load).next())
        await archive.open()
        assert await step == {"done": False, "value": 1}
