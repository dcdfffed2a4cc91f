"""Chats and their threads.

A chat is the lasting conversation of a customer; it is cut into threads, of which at most the newest is active.
"""

from pydantic import Field

from widget.wire.base import Properties, Timestamp, Wire
from widget.wire.events import NewEvent, ReadEvent
from widget.wire.users import User

__all__ = [
    "Access",
    "Chat",
    "ChatSummary",
    "LastEvent",
    "NewChat",
    "NewThread",
    "Queue",
    "Thread",
    "ThreadSummary",
]


class Access(Wire):
    """The groups whose agents may read a chat."""

    group_ids: list[int] = Field(default_factory=list)


class Queue(Wire):
    """A place in the queue: ``position`` from 1, ``wait_time`` in seconds."""

    position: int
    wait_time: int
    queued_at: Timestamp | None = None


class Thread(Wire):
    """One stretch of a chat, from its start to its end, with its events from oldest to newest."""

    id: str
    active: bool = False
    created_at: Timestamp | None = None
    user_ids: list[str] = Field(default_factory=list)
    events: list[ReadEvent] = Field(default_factory=list)
    properties: Properties | None = None
    access: Access | None = None
    tags: list[str] | None = None
    queue: Queue | None = None
    previous_thread_id: str | None = None
    next_thread_id: str | None = None


class Chat(Wire):
    """A chat with one of its threads; ``thread`` is absent in a chat that has none yet."""

    id: str
    users: list[User] = Field(default_factory=list)
    access: Access | None = None
    properties: Properties | None = None
    thread: Thread | None = None


class LastEvent(Wire):
    """The newest event of one type in a chat."""

    thread_id: str
    thread_created_at: Timestamp | None = None
    event: ReadEvent | None = None


class ThreadSummary(Wire):
    """The newest thread of a chat, as agents list it."""

    id: str
    active: bool = False
    created_at: Timestamp | None = None
    user_ids: list[str] = Field(default_factory=list)
    properties: Properties | None = None
    tags: list[str] | None = None
    queue: Queue | None = None


class ChatSummary(Wire):
    """A chat in a list. Customers get ``last_thread_id`` and ``active``, agents ``last_thread_summary``."""

    id: str
    users: list[User] = Field(default_factory=list)
    access: Access | None = None
    properties: Properties | None = None
    active: bool | None = None
    last_thread_id: str | None = None
    last_thread_created_at: Timestamp | None = None
    last_thread_summary: ThreadSummary | None = None
    last_event_per_type: dict[str, LastEvent] | None = None
    is_followed: bool | None = None


class NewThread(Wire):
    """The first events and properties of a thread that is being started."""

    events: list[NewEvent] | None = None
    properties: Properties | None = None


class NewChat(Wire):
    """What a start or resume of a chat may bring with it; ``id`` names the chat to resume."""

    id: str | None = None
    access: Access | None = None
    properties: Properties | None = None
    thread: NewThread | None = None
