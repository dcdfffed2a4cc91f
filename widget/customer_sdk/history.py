"""The history of a chat, page by page, from the newest to the oldest.

``next`` may be called again while a page is loading: the calls wait in line, and each gets a page of its own.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Generic, NamedTuple, Self, TypedDict, TypeVar

__all__ = ["History", "Page", "Step"]

T = TypeVar("T")


class Step(TypedDict, Generic[T]):
    """What ``next`` gives. ``done`` comes with the last value; after it there is no value any more."""

    done: bool
    value: T | None


class Page(NamedTuple, Generic[T]):
    """A page, and the id of the one before it, which is older."""

    value: T
    next_page_id: str | None


class History(Generic[T]):
    """Loads with ``load``, which is given the id of a page, or None for the newest."""

    def __init__(self, load: Callable[[str | None], Awaitable[Page[T]]]) -> None:
        self._load = load
        self._line: deque[asyncio.Future[Step[T]]] = deque()
        self._loaded: deque[Step[T]] = deque()
        self._page_id: str | None = None
        self._done = False
        self._ended = False
        self._work: asyncio.Task[None] | None = None

    async def next(self) -> Step[T]:
        """The next page. When it cannot be loaded, all who wait in line fail, and the one who asks next tries again.

        Raises what the request for the page raises: NotConnected, ConnectionLost, Refused ...
        """
        place: asyncio.Future[Step[T]] = asyncio.get_running_loop().create_future()
        self._line.append(place)
        if self._work is None:
            self._work = asyncio.ensure_future(self._serve())
        return await place

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> T:
        if self._ended:
            raise StopAsyncIteration
        step = await self.next()
        self._ended = step["done"]
        if step["value"] is None:
            raise StopAsyncIteration
        return step["value"]

    async def _serve(self) -> None:
        try:
            while place := self._first():
                step = self._loaded.popleft() if self._loaded else await self._step()
                # Whoever asked may have gone while it was loading: the page is the next one's.
                self._give(step, place)
        except Exception as error:
            self._fail(error)
        finally:
            self._work = None

    def _first(self) -> "asyncio.Future[Step[T]] | None":
        while self._line and self._line[0].done():
            self._line.popleft()
        return self._line[0] if self._line else None

    def _give(self, step: Step[T], place: "asyncio.Future[Step[T]]") -> None:
        if place.done():
            self._loaded.append(step)
        else:
            self._line.popleft()
            place.set_result(step)

    def _fail(self, error: Exception) -> None:
        line, self._line = self._line, deque()
        for place in line:
            if not place.done():
                place.set_exception(error)

    async def _step(self) -> Step[T]:
        if self._done:
            return {"done": True, "value": None}
        page = await self._load(self._page_id)
        self._page_id, self._done = page.next_page_id, page.next_page_id is None
        return {"done": self._done, "value": page.value}
