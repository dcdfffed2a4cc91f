"""Long lists, page by page.

A page's id says where the page begins and in which direction it goes. So nothing has to be remembered between two
requests, and a list that grows meanwhile shows nothing twice and leaves nothing out.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field, ValidationError
from sqlalchemy import BigInteger, ColumnElement, Select, exists, func, select, type_coerce
from sqlalchemy.orm import Session, aliased

from server import tables
from server.tables import microseconds
from server.views import View
from widget.wire.agent_requests import ListAgentThreads
from widget.wire.customer import ListThreads, ListThreadsResult
from widget.wire.errors import Refused

__all__ = ["ChatsPage", "PageId", "chats_page", "threads_page"]

DEFAULT_THREADS = 3
MOST_THREADS = 100
"""How many threads a page may have when it is measured in events."""


_began = type_coerce(tables.Thread.created_at, BigInteger)
"""When a thread began, in microseconds: no two begin at the same."""


class PageId(BaseModel):
    """What a page's id stands for, packed into text that clients pass back as it is.

    ``edge`` is the place next to which the page begins: a thread's number, or the time of a chat's last thread in
    microseconds. A page that goes ``backwards`` ends there.
    """

    of: str
    sort_order: Literal["asc", "desc"]
    limit: int | None = Field(default=None, ge=1, le=100)
    min_events_count: int | None = Field(default=None, ge=1, le=100)
    active: bool | None = None
    filters: str | None = None
    sort_by: str | None = None
    start: int | None = Field(default=None, ge=0, lt=2**63)
    end: int | None = Field(default=None, ge=0, lt=2**63)
    edge: int | None = Field(default=None, ge=0, lt=2**63)
    backwards: bool = False

    @property
    def rising(self) -> bool:
        """Whether rows are read from the lowest to the highest."""
        return (self.sort_order == "asc") is not self.backwards

    def text(self) -> str:
        """The id."""
        return urlsafe_b64encode(self.model_dump_json(exclude_defaults=True).encode()).decode()

    @classmethod
    def read(cls, text: str, of: str) -> "PageId":
        """What an id stands for. Raises Refused(validation) for what is no id of a page of this list."""
        try:
            page = cls.model_validate_json(urlsafe_b64decode(text.encode()))
        except (ValueError, ValidationError) as error:
            raise Refused("validation", "`page_id` is not the id of a page") from error
        if page.of != of:
            raise Refused("validation", "`page_id` is the id of another list's page")
        return page

    def beside(self, edge: int, *, backwards: bool) -> str:
        """The id of the page before or after a row."""
        return self.model_copy(update={"edge": edge, "backwards": backwards}).text()


# Threads of a chat


def threads_page(session: Session, view: View, chat: tables.Chat, request: ListThreads) -> ListThreadsResult:
    """A page of a chat's threads, with what this side may read of them. Raises Refused(validation)."""
    page = PageId.read(request.page_id, chat.id) if request.page_id else _first_page(chat, request)
    within = _within(chat, page)
    threads = _threads(session, view, within, page)
    total = select(func.count()).select_from(tables.Thread).where(within)
    return ListThreadsResult(
        threads=view.threads(chat, threads),
        found_threads=session.scalars(total).one(),
        next_page_id=_thread_beside(session, within, page, threads[-1], backwards=False) if threads else None,
        previous_page_id=_thread_beside(session, within, page, threads[0], backwards=True) if threads else None,
    )


def _first_page(chat: tables.Chat, request: ListThreads) -> PageId:
    if request.limit is not None and request.min_events_count is not None:
        raise Refused("validation", "give `limit` or `min_events_count`, not both")
    limit = None if request.min_events_count is not None else request.limit or DEFAULT_THREADS
    first = PageId(of=chat.id, sort_order=request.sort_order, limit=limit, min_events_count=request.min_events_count)
    period = request.filters if isinstance(request, ListAgentThreads) else None
    if period is None:
        return first
    if request.min_events_count is not None:
        raise Refused("validation", "give `filters` or `min_events_count`, not both")
    return first.model_copy(update={"start": _microseconds(period.start), "end": _microseconds(period.end)})


def _microseconds(moment: datetime | None) -> int | None:
    return None if moment is None else max(0, microseconds(moment))


def _within(chat: tables.Chat, page: PageId) -> ColumnElement[bool]:
    """The condition for the threads of a chat that began in the period which is asked for."""
    condition = tables.Thread.chat_id == chat.id
    if page.start is not None:
        condition &= _began >= page.start
    if page.end is not None:
        condition &= _began < page.end
    return condition


def _threads(session: Session, view: View, within: ColumnElement[bool], page: PageId) -> list[tables.Thread]:
    number = tables.Thread.number
    query = select(tables.Thread).where(within)
    if page.edge is not None:
        query = query.where(number > page.edge if page.rising else number < page.edge)
    rows = session.scalars(query.order_by(number if page.rising else number.desc()).limit(page.limit or MOST_THREADS))
    threads = list(rows)
    if page.min_events_count is not None:
        threads = _until_enough(session, view, threads, page.min_events_count)
    return threads[::-1] if page.backwards else threads


def _until_enough(
    session: Session, view: View, threads: Sequence[tables.Thread], min_events_count: int
) -> list[tables.Thread]:
    """As many threads as it takes to have so many events."""
    taken: list[tables.Thread] = []
    events = 0
    for thread in threads:
        taken.append(thread)
        count = select(func.count()).select_from(tables.Event)
        events += session.scalars(count.where(tables.Event.thread_id == thread.id, view.readable())).one()
        if events >= min_events_count:
            break
    return taken


def _thread_beside(
    session: Session, within: ColumnElement[bool], page: PageId, thread: tables.Thread, *, backwards: bool
) -> str | None:
    """The id of the page before or after a thread, if there is one."""
    rising = (page.sort_order == "asc") is not backwards
    neighbour = thread.number + (1 if rising else -1)
    query = select(exists().where(within, tables.Thread.number == neighbour))
    return page.beside(thread.number, backwards=backwards) if session.scalar(query) else None


# Chats


@dataclass(frozen=True, slots=True)
class ChatsPage:
    """Some chats, how many there are in all, and where the list goes on."""

    chats: list[tables.Chat]
    total: int
    next_page_id: str | None
    previous_page_id: str | None


def chats_page(session: Session, page: PageId, scope: ColumnElement[bool]) -> ChatsPage:
    """A page of the chats within a scope, sorted by when their last thread began."""
    query = _last_threads(scope, page.active)
    part = query if page.edge is None else _past(query, page.edge, rising=page.rising)
    rows = session.execute(part.order_by(_began if page.rising else _began.desc()).limit(page.limit)).all()
    rows = rows[::-1] if page.backwards else rows
    return ChatsPage(
        chats=[chat for chat, _ in rows],
        total=session.scalars(select(func.count()).select_from(query.subquery())).one(),
        next_page_id=_chats_beside(session, query, page, rows[-1][1], backwards=False) if rows else None,
        previous_page_id=_chats_beside(session, query, page, rows[0][1], backwards=True) if rows else None,
    )


def _last_threads(scope: ColumnElement[bool], active: bool | None) -> Select[tables.Chat, tables.Thread]:
    later = aliased(tables.Thread)
    query = (
        select(tables.Chat, tables.Thread)
        .join(tables.Thread, tables.Thread.chat_id == tables.Chat.id)
        .where(scope, ~exists().where(later.chat_id == tables.Thread.chat_id, later.number == tables.Thread.number + 1))
    )
    return query if active is None else query.where(tables.Thread.active == active)


def _past(query: Select[tables.Chat, tables.Thread], edge: int, *, rising: bool) -> Select[tables.Chat, tables.Thread]:
    """The rows on the far side of a place."""
    return query.where(_began > edge if rising else _began < edge)


def _chats_beside(
    session: Session,
    query: Select[tables.Chat, tables.Thread],
    page: PageId,
    thread: tables.Thread,
    *,
    backwards: bool,
) -> str | None:
    """The id of the page before or after a chat, if there is one."""
    edge = microseconds(thread.created_at)
    rising = (page.sort_order == "asc") is not backwards
    more = session.execute(_past(query, edge, rising=rising).limit(1)).first()
    return page.beside(edge, backwards=backwards) if more else None
