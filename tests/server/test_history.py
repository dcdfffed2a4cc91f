"""Long lists, page by page."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import true
from sqlalchemy.orm import Session

from server import tables
from server.database import open_engine
from server.history import PageId, chats_page, threads_page
from server.views import CustomerView
from tests.server.platform import RunningServer
from widget.wire.customer import ListThreads
from widget.wire.errors import Refused

Order = Literal["asc", "desc"]

NOON = datetime(2026, 5, 3, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """Twelve customers with a chat each. The first chat has twelve threads, of no events to eleven."""
    engine = open_engine(Path(tmp_path_factory.mktemp("history")) / "db.sqlite3")
    tables.Table.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(tables.Group(id=0, name="General"))
        session.flush()
        for number in range(12):
            _add_chat(session, number)
        for number in range(12):
            _add_thread(session, "CHAT0", number + 1, events=number)
        session.commit()
        yield session
    engine.dispose()


def _add_chat(session: Session, number: int) -> None:
    began = NOON + timedelta(minutes=number)
    session.add(tables.Customer(id=f"c{number}", secret_hash="", group_id=0, created_at=began))
    session.flush()
    session.add(tables.Chat(id=f"CHAT{number}", customer_id=f"c{number}", created_at=began, latest=began))
    session.flush()
    if number > 0:
        _add_thread(session, f"CHAT{number}", 1, events=0)


def _add_thread(session: Session, chat_id: str, number: int, *, events: int) -> None:
    began = NOON + timedelta(minutes=number, seconds=int(chat_id.removeprefix("CHAT")))
    thread_id = f"{chat_id}T{number}"
    session.add(tables.Thread(id=thread_id, chat_id=chat_id, number=number, active=False, created_at=began))
    session.flush()
    for count in range(events):
        session.add(
            tables.Event(
                id=f"{thread_id}_{count}",
                chat_id=chat_id,
                thread_id=thread_id,
                created_at=began + timedelta(microseconds=count),
                type="message",
                author_id="c0",
                visibility="all" if count % 2 == 0 else "agents",
                content={"text": str(count)},
            )
        )


unhurried = settings(deadline=None, max_examples=50)
"""The disk is slow at times, and that is no failure."""

orders = st.sampled_from(["asc", "desc"])
sizes = st.one_of(
    st.fixed_dictionaries({"limit": st.integers(1, 100)}),
    st.fixed_dictionaries({"min_events_count": st.integers(1, 100)}),
)


def thread_pages(session: Session, order: Order, size: dict[str, int], page_id: str | None = None) -> list[list[str]]:
    """All pages from one on, by the threads' ids."""
    chat = session.get_one(tables.Chat, "CHAT0")
    request = ListThreads(chat_id=chat.id, sort_order=order, page_id=page_id, **size)
    page = threads_page(session, CustomerView(session), chat, request)
    rest = thread_pages(session, order, size, page.next_page_id) if page.next_page_id else []
    return [[thread.id for thread in page.threads], *rest]


@unhurried
@given(order=orders, size=sizes)
def test_the_pages_together_are_all_threads_whatever_their_size(
    session: Session, order: Order, size: dict[str, int]
) -> None:
    pages = thread_pages(session, order, size)

    everything = [f"CHAT0T{number}" for number in range(1, 13)]
    assert [thread for page in pages for thread in page] == (everything if order == "asc" else everything[::-1])
    assert all(pages)


@unhurried
@given(order=orders, limit=st.integers(1, 100))
def test_going_back_shows_the_same_pages(session: Session, order: Order, limit: int) -> None:
    chat, view = session.get_one(tables.Chat, "CHAT0"), CustomerView(session)
    first = ListThreads(chat_id=chat.id, sort_order=order, limit=limit)
    pages = [threads_page(session, view, chat, first)]
    while pages[-1].next_page_id:
        pages.append(threads_page(session, view, chat, ListThreads(chat_id=chat.id, page_id=pages[-1].next_page_id)))

    back = pages[-1]
    for page in reversed(pages[:-1]):
        back = threads_page(session, view, chat, ListThreads(chat_id=chat.id, page_id=back.previous_page_id))
        assert back.threads == page.threads
    assert back.previous_page_id is None


@unhurried
@given(least=st.integers(1, 100))
def test_a_page_that_is_measured_in_events_has_enough_and_not_a_thread_more(session: Session, least: int) -> None:
    chat = session.get_one(tables.Chat, "CHAT0")

    page = threads_page(session, CustomerView(session), chat, ListThreads(chat_id=chat.id, min_events_count=least))

    counts = [len(thread.events) for thread in page.threads]
    assert sum(counts) >= least or page.next_page_id is None
    assert sum(counts[:-1]) < least


@unhurried
@given(order=orders, limit=st.integers(1, 25))
def test_the_pages_together_are_all_chats(session: Session, order: Order, limit: int) -> None:
    page = chats_page(session, PageId(of="chats", sort_order=order, limit=limit), true())
    found = [chat.id for chat in page.chats]
    while page.next_page_id:
        page = chats_page(session, PageId.read(page.next_page_id, "chats"), true())
        found += [chat.id for chat in page.chats]

    # The first chat's last thread is the twelfth, and began last of all.
    everything = [*(f"CHAT{number}" for number in range(1, 12)), "CHAT0"]
    assert set(found) == set(everything)
    assert len(found) == page.total == 12
    assert found[-1 if order == "asc" else 0] == "CHAT0"


@given(text=st.text())
def test_what_is_no_page_id_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        PageId.read(text, "chats")


def test_a_page_id_is_good_for_its_own_list_only() -> None:
    page_id = PageId(of="CHAT1", sort_order="asc", limit=1, edge=1).text()

    with pytest.raises(Refused):
        PageId.read(page_id, "CHAT2")


@pytest.mark.parametrize("change", [{"edge": 2**70}, {"limit": -1}, {"limit": 10**9}, {"limit": 0}])
def test_a_forged_page_id_is_refused(change: dict[str, int]) -> None:
    page_id = PageId(of="CHAT1", sort_order="asc", limit=1).model_copy(update=change).text()

    with pytest.raises(Refused):
        PageId.read(page_id, "CHAT1")


def test_a_visitor_reads_the_history_page_by_page(server: RunningServer) -> None:
    visitor = server.visitor()
    chat_id = visitor.start_chat("0")
    for number in range(1, 5):
        visitor.ask("deactivate_chat", {"id": chat_id})
        events = [{"type": "message", "text": str(number)}]
        visitor.ask("resume_chat", {"chat": {"id": chat_id, "thread": {"events": events}}})

    newest = visitor.ask("list_threads", {"chat_id": chat_id})
    older = visitor.ask("list_threads", {"chat_id": chat_id, "page_id": newest["next_page_id"]})

    assert [thread["events"][0]["text"] for thread in newest["threads"]] == ["4", "3", "2"]
    assert [thread["events"][0]["text"] for thread in older["threads"]] == ["1", "0"]
    assert newest["found_threads"] == older["found_threads"] == 5
    assert newest["threads"][0]["previous_thread_id"] == newest["threads"][1]["id"]
    assert "next_page_id" not in older
    assert visitor.refused("list_threads", {"chat_id": chat_id, "limit": 1, "min_events_count": 1}) == "validation"
