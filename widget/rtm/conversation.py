"""A chat as one side knows it: its events in order, its people, who types, who has seen what.

A value that never changes; each function gives the next one. What comes twice counts once (events by id), what comes
late finds its place (events by time), and what is about another chat changes nothing.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType

from pydantic import ValidationError

from widget.wire import customer as wire
from widget.wire.chats import Chat, Thread
from widget.wire.events import Event
from widget.wire.frames import Push
from widget.wire.users import Agent, User

__all__ = ["Conversation", "Entry", "place_of", "received", "with_chat", "with_threads"]


@dataclass(frozen=True, slots=True)
class Entry:
    """An event and the thread it belongs to."""

    thread_id: str
    event: Event


@dataclass(frozen=True, slots=True)
class Conversation:
    """One chat. ``older`` is the page id of the history before ``entries``, None when there is none."""

    chat_id: str | None = None
    thread_id: str | None = None
    active: bool = False
    entries: tuple[Entry, ...] = ()
    users: Mapping[str, User] = field(default_factory=lambda: MappingProxyType({}))
    seen: Mapping[str, datetime] = field(default_factory=lambda: MappingProxyType({}))
    typing: frozenset[str] = frozenset()
    queue_position: int | None = None
    older: str | None = None

    @property
    def custom_ids(self) -> frozenset[str]:
        """The client-made ids of all events: what of an outbox has arrived."""
        return frozenset(e.event.custom_id for e in self.entries if e.event.custom_id)

    @property
    def last(self) -> Event | None:
        """The newest event."""
        return self.entries[-1].event if self.entries else None

    def agents(self) -> list[Agent]:
        """The agents who are in the chat and whom everybody may see."""
        agents = [u for u in self.users.values() if isinstance(u, Agent) and u.visibility != "agents"]
        return [agent for agent in agents if agent.present is not False]

    def knows_thread(self, thread_id: str) -> bool:
        """Whether events of this thread are here."""
        return any(e.thread_id == thread_id for e in reversed(self.entries))


def place_of(entries: Sequence[Entry], event: Event) -> int:
    """The index of an event; when it is not there, of the first one that is later.

    An event keeps its time for good, so nothing has to be remembered to find one among many thousands.
    """
    place = first = bisect_left(entries, event.created_at, key=_time)
    while place < len(entries) and entries[place].event.created_at == event.created_at:
        if entries[place].event.id == event.id:
            return place
        place += 1
    return first


def with_chat(conversation: Conversation, chat: Chat) -> Conversation:
    """What a whole chat tells: its people, and its thread with the events of it."""
    people = _with_users(replace(conversation, chat_id=chat.id), chat.users, keep=False)
    return people if chat.thread is None else _with_thread(people, chat.thread)


def with_threads(conversation: Conversation, threads: Iterable[Thread], older: str | None) -> Conversation:
    """A page of history; ``older`` is the page id of what is before it."""
    for thread in threads:
        conversation = _with_entries(conversation, thread.id, thread.events)
        if conversation.thread_id is None or thread.id == conversation.thread_id or _newer(thread, conversation):
            conversation = _with_thread(conversation, thread)
    return replace(conversation, older=older)


def received(conversation: Conversation, push: Push) -> Conversation:
    """What a push tells about this chat. A push about anything else, or one that cannot be read, changes nothing."""
    tell = _TELLERS.get(push.action)
    if tell is None or not isinstance(push.payload, dict):
        return conversation
    try:
        return tell(conversation, push.payload)
    except ValidationError:
        return conversation


# Private


def _incoming_chat(conversation: Conversation, payload: Mapping[str, object]) -> Conversation:
    chat = wire.IncomingChat.read(payload).chat
    return with_chat(conversation, chat) if conversation.chat_id in {None, chat.id} else conversation


def _incoming_event(conversation: Conversation, payload: Mapping[str, object]) -> Conversation:
    told = wire.IncomingEvent.read(payload)
    if told.chat_id != conversation.chat_id:
        return conversation
    with_event = _with_entries(conversation, told.thread_id, [told.event])
    return replace(with_event, typing=with_event.typing - {told.event.author_id or ""})


def _chat_deactivated(conversation: Conversation, payload: Mapping[str, object]) -> Conversation:
    told = wire.ChatDeactivated.read(payload)
    if told.chat_id != conversation.chat_id or told.thread_id != conversation.thread_id:
        return conversation
    return replace(conversation, active=False, typing=frozenset(), queue_position=None)


def _user_added(conversation: Conversation, payload: Mapping[str, object]) -> Conversation:
    told = wire.UserAddedToChat.read(payload)
    if told.chat_id != conversation.chat_id:
        return conversation
    joined = _with_users(conversation, [told.user], keep=True)
    return replace(joined, queue_position=None) if isinstance(told.user, Agent) else joined


def _user_removed(conversation: Conversation, payload: Mapping[str, object]) -> Conversation:
    told = wire.UserRemovedFromChat.read(payload)
    if told.chat_id != conversation.chat_id:
        return conversation
    left = conversation.users.get(told.user_id)
    gone = [] if left is None else [left.model_copy(update={"present": False})]  # what they said keeps their name
    without = replace(conversation, typing=conversation.typing - {told.user_id})
    return _with_users(without, gone, keep=True)


def _seen(conversation: Conversation, payload: Mapping[str, object]) -> Conversation:
    told = wire.EventsMarkedAsSeen.read(payload)
    if told.chat_id != conversation.chat_id:
        return conversation
    return _with_seen(conversation, told.user_id, told.seen_up_to)


def _typing(conversation: Conversation, payload: Mapping[str, object]) -> Conversation:
    told = wire.IncomingTypingIndicator.read(payload)
    if told.chat_id != conversation.chat_id:
        return conversation
    who = {told.typing_indicator.author_id}
    typing = conversation.typing | who if told.typing_indicator.is_typing else conversation.typing - who
    return replace(conversation, typing=typing)


def _queued(conversation: Conversation, payload: Mapping[str, object]) -> Conversation:
    told = wire.QueuePositionUpdated.read(payload)
    if told.chat_id != conversation.chat_id:
        return conversation
    return replace(conversation, queue_position=told.queue.position)


_TELLERS = {
    "queue_position_updated": _queued,
    "incoming_chat": _incoming_chat,
    "incoming_event": _incoming_event,
    "event_updated": _incoming_event,
    "chat_deactivated": _chat_deactivated,
    "user_added_to_chat": _user_added,
    "user_removed_from_chat": _user_removed,
    "events_marked_as_seen": _seen,
    "incoming_typing_indicator": _typing,
}


def _newer(thread: Thread, conversation: Conversation) -> bool:
    """Whether this thread began after all that is known of the present one: we missed its beginning."""
    present = next((e for e in conversation.entries if e.thread_id == conversation.thread_id), None)
    return thread.created_at is not None and present is not None and thread.created_at > present.event.created_at


def _with_thread(conversation: Conversation, thread: Thread) -> Conversation:
    known = _with_entries(conversation, thread.id, thread.events)
    return replace(
        known,
        thread_id=thread.id,
        active=thread.active,
        typing=known.typing if thread.active else frozenset(),
        queue_position=thread.queue.position if thread.queue else None,
    )


def _with_entries(conversation: Conversation, thread_id: str, events: Iterable[Event]) -> Conversation:
    entries = list(conversation.entries)
    for event in events:
        _put(entries, Entry(thread_id, _light(event)))
    return replace(conversation, entries=tuple(entries))


def _light(event: Event) -> Event:
    """The same event, sharing with others which fields were set: half of what an event weighs is that set."""
    fields = event.model_fields_set
    object.__setattr__(event, "__pydantic_fields_set__", _FIELDS.setdefault(frozenset(fields), fields))
    return event


_FIELDS: dict[frozenset[str], set[str]] = {}


def _put(entries: list[Entry], entry: Entry) -> None:
    """Put an entry at its time, in place of one with its id. Nearly always it is new, and that is the end."""
    if not entries or entries[-1].event.created_at < entry.event.created_at:
        entries.append(entry)
        return
    place = place_of(entries, entry.event)
    if place < len(entries) and entries[place].event.id == entry.event.id:
        entries[place] = entry
    else:
        entries.insert(bisect_right(entries, entry.event.created_at, key=_time), entry)


def _time(entry: Entry) -> datetime:
    return entry.event.created_at


def _with_users(conversation: Conversation, users: Iterable[User], *, keep: bool) -> Conversation:
    known = dict(conversation.users) if keep else {}
    for user in users:
        known[user.id] = user
    conversation = replace(conversation, users=MappingProxyType(known))
    for user in known.values():
        if user.events_seen_up_to is not None:
            conversation = _with_seen(conversation, user.id, user.events_seen_up_to)
    return conversation


def _with_seen(conversation: Conversation, user_id: str, moment: datetime) -> Conversation:
    known = conversation.seen.get(user_id)
    if known is not None and known >= moment:
        return conversation
    return replace(conversation, seen=MappingProxyType({**conversation.seen, user_id: moment}))
