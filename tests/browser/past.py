"""What people said before the test: put straight into the server's database, because it is much."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from server import tables
from server.database import open_engine
from server.seed import FIRST_AGENT
from widget.wire.ids import new_event_id, new_thread_id

__all__ = ["remember"]

THREAD = 50
"""Events in a thread."""


def remember(data: Path, chat_id: str, events: int) -> None:
    """Put threads of earlier days before the one there is: ``event 0``, the oldest, to ``event N``.

    ``data``: the server's folder.
    """
    engine = open_engine(data / "live-chat.sqlite3")
    with Session(engine) as session, session.begin():
        threads = events // THREAD
        session.execute(
            update(tables.Thread).where(tables.Thread.chat_id == chat_id).values(number=tables.Thread.number + threads)
        )
        chat = session.scalars(select(tables.Chat).where(tables.Chat.id == chat_id)).one()
        for number in range(threads):
            start = chat.created_at - timedelta(days=threads - number)
            thread, events_of_it = thread_of(chat, number, start)
            session.add(thread)
            session.flush()
            session.add_all(events_of_it)
    engine.dispose()


def thread_of(chat: tables.Chat, number: int, start: datetime) -> tuple[tables.Thread, list[tables.Event]]:
    """A day's thread with its events, one a minute, the two speaking by turns of three."""
    thread = tables.Thread(
        id=new_thread_id(),
        chat_id=chat.id,
        number=number + 1,
        active=False,
        created_at=start,
        ended_at=start + timedelta(minutes=THREAD),
        user_ids=[chat.customer_id, FIRST_AGENT],
        events_count=THREAD,
    )
    said = [
        tables.Event(
            id=new_event_id(thread.id, place + 1),
            chat_id=chat.id,
            thread_id=thread.id,
            created_at=start + timedelta(minutes=place),
            type="message",
            author_id=FIRST_AGENT if place // 3 % 2 else chat.customer_id,
            visibility="all",
            content={"text": f"event {number * THREAD + place}"},
        )
        for place in range(THREAD)
    ]
    return thread, said
