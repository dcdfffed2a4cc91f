"""The words of customer-sdk 2: what its methods return and its events carry, made of the wire's.

Moments are Unix milliseconds. ``order`` grows from thread to thread; it is the moment a thread began, in microseconds.
"""

from datetime import UTC, datetime, timedelta
from typing import Any, NotRequired

from typing_extensions import TypeAliasType, TypedDict

from widget.customer_sdk import shapes
from widget.customer_sdk.shapes import fields_of, files_own, is_readable, milliseconds, own_fields, present
from widget.platform_sdk.shapes import Json
from widget.wire import chats, users
from widget.wire import events as wire_events

__all__ = [
    "Chat",
    "ChatSummary",
    "ChatsSummary",
    "Event",
    "Thread",
    "ThreadSummary",
    "User",
    "chat",
    "chat_summary",
    "chats_summary",
    "event",
    "events",
    "thread",
    "thread_of",
    "thread_summary",
    "user",
]

Event = TypeAliasType("Event", dict[str, Any])
"""``{id, author, timestamp, thread, properties, custom_id?, type, ...}``; the platform's own have ``author`` system."""

User = TypeAliasType("User", dict[str, Any])
"""An agent ``{id, type, name, avatar, job_title}`` or a customer ``{id, type, fields, name?, email?}``."""


class Access(TypedDict):
    """The groups that may see a chat."""

    groups: list[int]


class Chat(TypedDict):
    """A chat that has begun, with the events of its thread."""

    id: str
    access: Access
    users: list[User]
    last_seen_timestamps: dict[str, int | None]
    threads: list[str]
    thread: str
    events: list[Event]
    properties: Json


class ChatSummary(TypedDict):
    """A chat in a list."""

    id: str
    active: bool
    access: Access
    order: int
    users: list[str]
    last_event: NotRequired[Event]
    last_events_per_type: NotRequired[dict[str, Event]]
    last_seen_timestamps: dict[str, int | None]
    last_thread: str | None
    properties: Json


class ChatsSummary(TypedDict):
    """Chats, and how many there are in all."""

    chats_summary: list[ChatSummary]
    total_chats: int


class Thread(TypedDict):
    """A thread with its events."""

    id: str
    chat: str
    active: bool
    order: int
    users: list[str]
    last_seen_timestamps: dict[str, int | None]
    events: list[Event]
    properties: Json


class ThreadSummary(TypedDict):
    """A thread without its events."""

    id: str
    active: bool
    order: int
    total_events: int


def user(given: users.User) -> User:
    """A user."""
    if isinstance(given, users.Agent):
        return {
            "id": given.id,
            "type": "agent",
            "name": given.name,
            "avatar": given.avatar,
            "job_title": given.job_title,
        }
    return {
        "id": given.id,
        "type": "customer",
        "fields": fields_of(given.session_fields),
        **present(name=given.name, email=given.email),
    }


def event(given: wire_events.Event, thread_id: str) -> Event:
    """An event."""
    return {
        "id": given.id,
        "author": given.author_id or "system",
        "timestamp": milliseconds(given.created_at),
        "thread": thread_id,
        "properties": given.properties or {},
        **present(custom_id=given.custom_id),
        "type": given.type,
        **_own(given.type, own_fields(given)),
    }


def _own(type_: str, own: Json) -> Json:
    if type_ == "file":
        return files_own(own)
    if type_ == "rich_message":
        return {"template": own.get("template_id"), "elements": [_element(each) for each in _objects(own, "elements")]}
    return own


def _element(given: Json) -> Json:
    element = present(title=given.get("title"), subtitle=given.get("subtitle"), image=given.get("image"))
    if given.get("buttons"):
        element["buttons"] = [_button(each) for each in _objects(given, "buttons")]
    return element


def _button(given: Json) -> Json:
    return {
        "text": given.get("text"),
        "postback": given.get("postback_id"),
        "users": given.get("user_ids") or [],
        **present(type=given.get("type"), value=given.get("value")),
    }


def _objects(given: Json, name: str) -> list[Json]:
    found = given.get(name)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def events(given: chats.Thread) -> list[Event]:
    """The events of a thread, from the oldest to the newest."""
    return [event(each, given.id) for each in given.events if is_readable(each)]


def _access(given: chats.Access | None) -> Access:
    return {"groups": given.group_ids if given is not None else []}


def _order(began: datetime | None) -> int:
    return 0 if began is None else (began - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def _seen(given: list[users.User]) -> dict[str, int | None]:
    return {who: None if at is None else milliseconds(at) for who, at in shapes.seen_by(given).items()}


def chat(given: chats.Chat) -> Chat:
    """A chat with one thread."""
    newest = given.thread
    return {
        "id": given.id,
        "access": _access(given.access),
        "users": [user(each) for each in given.users],
        "last_seen_timestamps": _seen(given.users),
        "threads": [newest.id] if newest is not None else [],
        "thread": newest.id if newest is not None else "",
        "events": events(newest) if newest is not None else [],
        "properties": dict(given.properties or {}),
    }


def thread(given: chats.Thread, chat_id: str, seen: dict[str, int | None]) -> Thread:
    """A thread; ``seen`` is what the users of the chat have seen."""
    return {
        "id": given.id,
        "chat": chat_id,
        "active": given.active,
        "order": _order(given.created_at),
        "users": given.user_ids,
        "last_seen_timestamps": {who: seen.get(who) for who in given.user_ids},
        "events": events(given),
        "properties": dict(given.properties or {}),
    }


def thread_of(given: chats.Chat) -> list[Thread]:
    """The thread of a chat, if it has one."""
    return [] if given.thread is None else [thread(given.thread, given.id, _seen(given.users))]


def thread_summary(given: chats.Thread) -> ThreadSummary:
    """A thread without its events."""
    return {
        "id": given.id,
        "active": given.active,
        "order": _order(given.created_at),
        "total_events": len(given.events),
    }


def chat_summary(given: chats.ChatSummary) -> ChatSummary:
    """A chat in a list."""
    summary: ChatSummary = {
        "id": given.id,
        "active": bool(given.active),
        "access": _access(given.access),
        "order": _order(given.last_thread_created_at),
        "users": [each.id for each in given.users],
        "last_seen_timestamps": _seen(given.users),
        "last_thread": given.last_thread_id,
        "properties": dict(given.properties or {}),
    }
    newest = {type_: event(each, thread_id) for type_, (each, thread_id) in shapes.newest(given).items()}
    if newest:
        summary["last_events_per_type"] = newest
        summary["last_event"] = [*newest.values()][-1]
    return summary


def chats_summary(listed: list[chats.ChatSummary], total: int) -> ChatsSummary:
    """Chats in a list, those where something was said last first."""
    return {"chats_summary": [chat_summary(each) for each in listed], "total_chats": total}
