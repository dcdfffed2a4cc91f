"""What is said in a chat: stored once, told to whom it concerns."""

from datetime import UTC, datetime, timedelta

from pydantic import JsonValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from server import tables
from server.audience import Audience, everyone, participants, staff, tell
from server.files import use
from server.limits import MAX_TEXT, check_length
from server.transaction import Requester, Transaction
from server.views import latest_thread
from widget.wire.base import Json, Properties
from widget.wire.customer import EventsMarkedAsSeen, IncomingEvent
from widget.wire.errors import Refused
from widget.wire.events import NewMessage, NewSystemMessage, Visibility
from widget.wire.ids import new_event_id
from widget.wire.new_events import AnyNewEvent, NewFile, NewForm, NewRichMessage

__all__ = ["active_thread", "add", "find_event", "mark_as_seen", "moment", "repeat", "say", "see", "send", "stored"]

MAX_CUSTOM_ID = 256

MAX_CARDS = 64 * 1024
"""How long the cards of a rich message may be, in bytes: ten of them hold more than one text."""

_COMMON = {"type", "custom_id", "visibility", "properties"}

_SYSTEM_MESSAGES = {
    "agent_added": "%initiator% added %agent% to the chat",
    "agent_joined": "%agent% joined the chat",
    "agent_left": "%agent% left the chat",
    "agent_removed": "%initiator% removed %agent% from the chat",
    "chat_transferred": "%initiator% transferred the chat to %targets%",
    "manual_archived_agent": "%agent% archived the chat",
    "manual_archived_customer": "%customer% archived the chat",
    "customer_banned": "Customer banned for %duration% days by %agent%",
    "rating.chat_commented": "%customer% left a comment: %comment%",
    "rating.chat_rated": "%customer% rated the chat as %score%",
    "rating.chat_rating_canceled": "%customer% canceled the chat rating",
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


def find_event(session: Session, chat: tables.Chat, thread_id: str, event_id: str) -> tables.Event:
    """The event with this id in a thread of a chat. Raises Refused(not_found)."""
    event = session.get(tables.Event, event_id)
    if event is None or event.chat_id != chat.id or event.thread_id != thread_id:
        raise Refused("not_found", "The thread has no event with this id.")
    return event


def add(tx: Transaction, chat: tables.Chat, thread: tables.Thread, author_id: str, new: AnyNewEvent) -> tables.Event:
    """Store an event that somebody sent. Tells nobody. Raises Refused for what may not be said, or is too long."""
    by_customer = author_id == chat.customer_id
    if by_customer and isinstance(new, NewForm):
        raise Refused("validation", "`event.type`: customers fill forms in, and do not send them")
    tx.for_agents.registry.check("customer" if by_customer else "agent", "event", _properties(new))
    _check_lengths(new)
    return _store(
        tx,
        chat,
        thread,
        type=new.type,
        author_id=author_id,
        custom_id=new.custom_id or None,
        visibility="all" if by_customer else new.visibility or "all",
        content=use(tx, author_id, new) if isinstance(new, NewFile) else _content(new),
        properties=_properties(new),
    )


def _properties(new: AnyNewEvent) -> Properties:
    return {} if isinstance(new, NewSystemMessage) else new.properties or {}


def _content(new: AnyNewEvent) -> Json:
    """The fields of an event's type. What else a client sends is not taken: ids, times, authors."""
    sent = new.as_json()
    return {name: sent[name] for name in sorted((type(new).model_fields.keys() & sent.keys()) - _COMMON)}


def _check_lengths(new: AnyNewEvent) -> None:
    if isinstance(new, NewMessage) and not new.text:
        raise Refused("validation", "`event.text` must not be empty")
    check_length("event.custom_id", new.custom_id or "", MAX_CUSTOM_ID)
    check_length("event.properties", _properties(new))
    for name, value in _content(new).items():
        check_length(f"event.{name}", value, MAX_CARDS if isinstance(new, NewRichMessage) else MAX_TEXT)


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
    tx: Transaction, chat: tables.Chat, requester: Requester, new: AnyNewEvent, *, attach_to_last_thread: bool = False
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
        news_of=chat,
        # The platform's clients take an event with the id of their request for what they sent themselves.
        unasked=event.author_id is None,
    )


def see(session: Session, chat: tables.Chat, user_id: str, seen_up_to: datetime) -> bool:
    """Move a user's mark forward, never back. False when it stood there already, or for no user of the chat."""
    member = session.get(tables.Member, (chat.id, user_id))
    if member is None or (member.seen_up_to is not None and member.seen_up_to >= seen_up_to):
        return False
    member.seen_up_to = seen_up_to
    return True


def mark_as_seen(tx: Transaction, chat: tables.Chat, user_id: str, seen_up_to: datetime) -> bool:
    """A user has seen everything up to a moment; a moment to come counts as the newest. It is told if it is news.

    Returns whether it was.
    """
    if not see(tx.session, chat, user_id, min(seen_up_to, chat.latest)):
        return False
    member = tx.session.get_one(tables.Member, (chat.id, user_id))
    mark = member.seen_up_to or chat.latest
    audience = participants(tx.session, chat)
    tell(
        tx,
        audience if member.visibility == "all" else Audience(agents=audience.agents),
        "events_marked_as_seen",
        lambda view: EventsMarkedAsSeen(user_id=view.user_id(user_id), chat_id=chat.id, seen_up_to=mark),
        news_of=chat,
    )
    return True
