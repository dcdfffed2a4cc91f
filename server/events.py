"""What is said in a chat: stored once, told to whom it concerns."""

from datetime import UTC, datetime, timedelta

from pydantic import JsonValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from server import tables
from server.audience import Audience, everyone, participants, staff, tell
from server.limits import check_length
from server.transaction import Requester, Transaction
from server.views import latest_thread
from widget.wire.base import Json
from widget.wire.customer import EventsMarkedAsSeen, IncomingEvent
from widget.wire.errors import Refused
from widget.wire.events import NewEvent, NewMessage, Visibility
from widget.wire.ids import new_event_id

__all__ = ["active_thread", "add", "mark_as_seen", "moment", "repeat", "say", "see", "send", "stored"]

MAX_CUSTOM_ID = 256

_COMMON = {"type", "custom_id", "visibility", "properties"}

_SYSTEM_MESSAGES = {
    "agent_added": "%initiator% added %agent% to the chat",
    "agent_joined": "%agent% joined the chat",
    "agent_left": "%agent% left the chat",
    "agent_removed": "%initiator% removed %agent% from the chat",
    "chat_transferred": "%initiator% transferred the chat to %targets%",
    "manual_archived_agent": "%agent% archived the chat",
    "manual_archived_customer": "%customer% archived the chat",
    "routing.unassigned_other": "Chat is unassigned",
}
"""The platform's own sentences (its documentation, "System messages"); clients put them in the reader's language."""


def moment(chat: tables.Chat) -> datetime:
    """The present, and later than every moment before it in this chat: so its events have one order."""
    chat.latest = max(datetime.now(UTC), chat.latest + timedelta(microseconds=1))
    return chat.latest


def stored(session: Session, chat: tables.Chat, author_id: str, custom_id: str | None) -> tables.Event | None:
    """The event that this author has already sent in this chat under this id."""
    if not custom_id:
        return None
    query = select(tables.Event).where(
        tables.Event.chat_id == chat.id, tables.Event.author_id == author_id, tables.Event.custom_id == custom_id
    )
    return session.scalars(query).one_or_none()


def add(tx: Transaction, chat: tables.Chat, thread: tables.Thread, author_id: str, new: NewEvent) -> tables.Event:
    """Store an event that somebody sent. Tells nobody. Raises Refused(validation) when it is too long."""
    sent = new.as_json()
    fields = type(new).model_fields.keys() & sent.keys()  # What else a client sends is not taken: ids, times, authors.
    _check_lengths(new, {name: sent[name] for name in fields})
    return _store(
        tx,
        chat,
        thread,
        type=new.type,
        author_id=author_id,
        custom_id=new.custom_id or None,
        visibility="all" if author_id == chat.customer_id else new.visibility or "all",
        content={name: sent[name] for name in sorted(fields - _COMMON)},
        properties=getattr(new, "properties", None) or {},
    )


def _check_lengths(new: NewEvent, content: Json) -> None:
    if isinstance(new, NewMessage) and not new.text:
        raise Refused("validation", "`event.text` must not be empty")
    check_length("event.custom_id", new.custom_id or "", MAX_CUSTOM_ID)
    for name, value in content.items():
        check_length(f"event.{name}", value)


def _store(tx: Transaction, chat: tables.Chat, thread: tables.Thread, **fields: object) -> tables.Event:
    thread.events_count += 1
    event = tables.Event(
        id=new_event_id(thread.id, thread.events_count),
        chat_id=chat.id,
        thread_id=thread.id,
        created_at=moment(chat),
        **fields,
    )
    tx.session.add(event)
    tx.session.flush()
    return event


def send(
    tx: Transaction, chat: tables.Chat, requester: Requester, new: NewEvent, *, attach_to_last_thread: bool = False
) -> tables.Event:
    """Store an event and tell everybody who may read it. Raises Refused(chat_inactive).

    An event that was sent before is not stored again: its author's connection is told the stored one, and nobody else.
    """
    known = stored(tx.session, chat, requester.user_id, new.custom_id)
    if known is not None:
        repeat(tx, requester, chat, known)
        return known
    thread = latest_thread(tx.session, chat) if attach_to_last_thread else active_thread(tx.session, chat)
    event = add(tx, chat, thread, requester.user_id, new)
    see(tx.session, chat, requester.user_id, event.created_at)
    _announce(tx, chat, event)
    return event


def active_thread(session: Session, chat: tables.Chat) -> tables.Thread:
    """The thread that goes on. Raises Refused(chat_inactive)."""
    thread = latest_thread(session, chat)
    if not thread.active:
        raise Refused("chat_inactive")
    return thread


def repeat(tx: Transaction, requester: Requester, chat: tables.Chat, event: tables.Event) -> None:
    """Tell the requester's connection, which did not hear the answer, of the event that it sent before."""
    if requester.connection_id is None:
        return
    view = tx.for_customers if requester.user_id == chat.customer_id else tx.for_agents
    news = IncomingEvent(chat_id=chat.id, thread_id=event.thread_id, event=view.event(event))
    tx.push("incoming_event", news, {requester.user_id}, requester.connection_id)


def say(
    tx: Transaction,
    chat: tables.Chat,
    thread: tables.Thread,
    what: str,
    names: dict[str, str] | None = None,
    visibility: Visibility = "all",
) -> None:
    """The platform speaks: store a system message and tell it. ``names`` fill the sentence."""
    text = _SYSTEM_MESSAGES[what]
    for name, value in (names or {}).items():
        text = text.replace(f"%{name}%", value)
    text_vars: JsonValue = {**names} if names else None
    content = {"text": text, "system_message_type": what, "text_vars": text_vars}
    event = _store(
        tx,
        chat,
        thread,
        type="system_message",
        visibility=visibility,
        content={name: value for name, value in content.items() if value is not None},
    )
    _announce(tx, chat, event)


def _announce(tx: Transaction, chat: tables.Chat, event: tables.Event) -> None:
    audience = everyone(tx.session, chat) if event.visibility == "all" else staff(tx.session, chat)
    tell(
        tx,
        audience,
        "incoming_event",
        lambda view: IncomingEvent(chat_id=event.chat_id, thread_id=event.thread_id, event=view.event(event)),
    )


def see(session: Session, chat: tables.Chat, user_id: str, seen_up_to: datetime) -> bool:
    """Move a user's mark forward, never back. False when it stood there already, or for no user of the chat."""
    member = session.get(tables.Member, (chat.id, user_id))
    if member is None or (member.seen_up_to is not None and member.seen_up_to >= seen_up_to):
        return False
    member.seen_up_to = seen_up_to
    return True


def mark_as_seen(tx: Transaction, chat: tables.Chat, user_id: str, seen_up_to: datetime) -> None:
    """A user has seen everything up to a moment, which is told if it is news; a moment to come counts as the newest."""
    if not see(tx.session, chat, user_id, min(seen_up_to, chat.latest)):
        return
    member = tx.session.get_one(tables.Member, (chat.id, user_id))
    mark = member.seen_up_to or chat.latest
    audience = participants(tx.session, chat)
    tell(
        tx,
        audience if member.visibility == "all" else Audience(agents=audience.agents),
        "events_marked_as_seen",
        lambda view: EventsMarkedAsSeen(user_id=view.user_id(user_id), chat_id=chat.id, seen_up_to=mark),
    )
