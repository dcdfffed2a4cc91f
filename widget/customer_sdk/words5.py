"""The words of customer-sdk 4 and 5: what its methods return and its events carry, made of the wire's.

Moments are texts (RFC 3339).
"""

from typing import Any, NotRequired

from typing_extensions import TypeAliasType, TypedDict

from widget.customer_sdk.shapes import (
    fields_of,
    files_own,
    is_readable,
    newest,
    own_fields,
    present,
    seen_by,
    text_of,
)
from widget.platform_sdk.shapes import Json
from widget.wire import chats, users
from widget.wire import customer as wire
from widget.wire import events as wire_events
from widget.wire.customer_requests import IncomingGreeting, UrlInfo

__all__ = [
    "Chat",
    "ChatSummary",
    "Chats",
    "Event",
    "Thread",
    "Threads",
    "User",
    "chat",
    "chats_of",
    "customer",
    "event",
    "form",
    "greeting",
    "predicted_agent",
    "somebody",
    "thread",
    "threads_of",
    "transfer",
    "url_info",
    "user",
]

Event = TypeAliasType("Event", dict[str, Any])
"""``{id, author_id, created_at, thread_id, properties, custom_id?, type, ...}``; the platform's own: author system."""

User = TypeAliasType("User", dict[str, Any])
"""``{id, type, name?, email?, avatar?, present, ...}``; a customer has ``session_fields`` as one object."""


class Access(TypedDict):
    """The groups that may see it."""

    group_ids: list[int]


class Queue(TypedDict):
    """A place in the queue; ``wait_time`` in seconds."""

    position: int
    wait_time: int
    queued_at: NotRequired[str | None]


class Thread(TypedDict):
    """A thread with its events, from the oldest to the newest."""

    id: str
    chat_id: str
    active: bool
    access: Access
    created_at: str | None
    user_ids: list[str]
    events: list[Event]
    properties: Json
    previous_thread_id: str | None
    next_thread_id: str | None
    queue: Queue | None


class Chat(TypedDict):
    """A chat with one of its threads."""

    id: str
    access: Access
    users: list[User]
    properties: Json
    events_seen_up_to_map: dict[str, str | None]
    thread: Thread | None


class ChatSummary(TypedDict):
    """A chat in a list."""

    id: str
    active: bool
    access: Access
    users: list[User]
    properties: Json
    last_thread_id: str | None
    last_thread_created_at: str | None
    events_seen_up_to_map: dict[str, str | None]
    last_events_per_type: NotRequired[dict[str, Event]]
    last_event: NotRequired[Event]


class Chats(TypedDict):
    """A page of chats."""

    chats_summary: list[ChatSummary]
    total_chats: int
    users: list[User]
    previous_page_id: str | None
    next_page_id: str | None


class Threads(TypedDict):
    """A page of threads."""

    threads: list[Thread]
    previous_page_id: str | None
    next_page_id: str | None


def user(given: users.User) -> User:
    """Somebody in a chat."""
    common = present(id=given.id, type=given.type, name=given.name, email=given.email, avatar=given.avatar)
    common["present"] = bool(given.present)
    if isinstance(given, users.Agent):
        return common | present(job_title=given.job_title, is_bot=given.is_bot)
    return {**common, "session_fields": fields_of(given.session_fields)}


def somebody(given: User) -> User:
    """Somebody, whatever chat he may be in."""
    return {name: value for name, value in given.items() if name != "present"}


def customer(given: users.Customer) -> Json:
    """The customer himself."""
    told = present(id=given.id, type="customer", name=given.name, email=given.email, avatar=given.avatar)
    told["session_fields"] = dict(fields_of(given.session_fields))
    if given.statistics is not None:
        told["statistics"] = given.statistics.as_json()
    return told


def event(given: wire_events.Event, thread_id: str) -> Event:
    """An event."""
    told: Event = {
        "id": given.id,
        "author_id": given.author_id or "system",
        "created_at": text_of(given.created_at),
        "thread_id": thread_id,
        "properties": given.properties or {},
    }
    if given.custom_id is not None:
        told["custom_id"] = given.custom_id
    told["type"] = given.type
    told.update(_own(given.type, own_fields(given)))
    return told


def _own(type_: str, own: Json) -> Json:
    if type_ == "file":
        return files_own(own)
    if type_ != "rich_message":
        return own
    elements = own.get("elements")
    return {
        "template": own.get("template_id"),
        "elements": [_element(each) for each in elements if isinstance(each, dict)]
        if isinstance(elements, list)
        else [],
    }


def _element(given: Json) -> Json:
    buttons = given.get("buttons")
    made = [_button(each) for each in buttons if isinstance(each, dict)] if isinstance(buttons, list) else None
    return present(
        title=given.get("title"), subtitle=given.get("subtitle"), image=given.get("image"), buttons=made or None
    )


def _button(given: Json) -> Json:
    return {
        "text": given.get("text"),
        "postback_id": given.get("postback_id"),
        "user_ids": given.get("user_ids") or [],
        "role": given.get("role") or "default",
        **present(
            type=given.get("type"),
            value=given.get("value"),
            target=given.get("target"),
            webview_height=given.get("webview_height"),
        ),
    }


def _access(given: chats.Access | None) -> Access:
    return {"group_ids": given.group_ids if given is not None else []}


def _seen(given: list[users.User]) -> dict[str, str | None]:
    return {who: text_of(at) for who, at in seen_by(given).items()}


def queue(given: chats.Queue | None) -> Queue | None:
    """A place in the queue."""
    if given is None:
        return None
    place: Queue = {"position": given.position, "wait_time": given.wait_time}
    if given.queued_at is not None:
        place["queued_at"] = text_of(given.queued_at)
    return place


def thread(given: chats.Thread, chat_id: str) -> Thread:
    """A thread."""
    return {
        "id": given.id,
        "chat_id": chat_id,
        "active": given.active,
        "access": _access(given.access),
        "created_at": text_of(given.created_at),
        "user_ids": given.user_ids,
        "events": [event(each, given.id) for each in given.events if is_readable(each)],
        "properties": dict(given.properties or {}),
        "previous_thread_id": given.previous_thread_id,
        "next_thread_id": given.next_thread_id,
        "queue": queue(given.queue),
    }


def threads_of(given: wire.ListThreadsResult, chat_id: str) -> Threads:
    """A page of threads."""
    return {
        "threads": [thread(each, chat_id) for each in given.threads],
        "previous_page_id": given.previous_page_id,
        "next_page_id": given.next_page_id,
    }


def chat(given: chats.Chat) -> Chat:
    """A chat."""
    return {
        "id": given.id,
        "access": _access(given.access),
        "users": [user(each) for each in given.users],
        "properties": dict(given.properties or {}),
        "events_seen_up_to_map": _seen(given.users),
        "thread": None if given.thread is None else thread(given.thread, given.id),
    }


def chat_summary(given: chats.ChatSummary) -> ChatSummary:
    """A chat in a list."""
    summary: ChatSummary = {
        "id": given.id,
        "active": bool(given.active),
        "access": _access(given.access),
        "users": [user(each) for each in given.users],
        "properties": dict(given.properties or {}),
        "last_thread_id": given.last_thread_id,
        "last_thread_created_at": text_of(given.last_thread_created_at),
        "events_seen_up_to_map": _seen(given.users),
    }
    last = {type_: event(each, thread_id) for type_, (each, thread_id) in newest(given).items()}
    if last:
        summary["last_events_per_type"] = last
        summary["last_event"] = [*last.values()][-1]
    return summary


def chats_of(given: wire.ListChatsResult) -> Chats:
    """A page of chats, with everybody who is in them."""
    everybody = {each.id: user(each) for chat in given.chats_summary for each in chat.users}
    return {
        "chats_summary": [chat_summary(each) for each in given.chats_summary],
        "total_chats": given.total_chats,
        "users": [*everybody.values()],
        "previous_page_id": given.previous_page_id,
        "next_page_id": given.next_page_id,
    }


def predicted_agent(given: wire.PredictedAgent) -> Json:
    """Who would get a chat that started now, and whether one would have to wait for him."""
    return {"agent": agent(given.agent), "queue": given.queue}


def agent(given: users.Agent) -> Json:
    """An agent outside a chat."""
    told = present(id=given.id, type="agent", name=given.name, avatar=given.avatar, job_title=given.job_title)
    return {**told, "is_bot": bool(given.is_bot)}


def url_info(given: UrlInfo) -> Json:
    """What a page says of itself."""
    image = given.image_url
    return present(
        url=given.url,
        title=given.title,
        description=given.description,
        image_url=image if image is None or "://" in image else f"https://{image}",
        image_width=given.image_width,
        image_height=given.image_height,
    )


def form(given: Json) -> Json:
    """A form; fields without an id are known by their place."""
    asked = given.get("form")
    if not given.get("enabled") or not isinstance(asked, dict):
        return {"enabled": False}
    fields = asked.get("fields")
    named = [
        {"id": str(place), **each}
        for place, each in enumerate(fields if isinstance(fields, list) else [])
        if isinstance(each, dict)
    ]
    return {"enabled": True, "form": {"id": asked.get("id"), "fields": named}}


def greeting(given: IncomingGreeting) -> Json:
    """A greeting to show."""
    return {
        "id": given.id,
        "unique_id": given.unique_id,
        "displayed_first_time": given.displayed_first_time,
        "accepted": bool(given.accepted),
        "addon": given.addon,
        "subtype": given.subtype or "greeting",
        "event": dict(given.event),
        "agent": agent(given.agent),
    }


def transfer(given: wire.ChatTransferred) -> Json:
    """Who has a chat now."""
    told = present(
        chat_id=given.chat_id,
        thread_id=given.thread_id,
        reason=given.reason,
        requester_id=given.requester_id,
        transferred_to=given.transferred_to.as_json(),
    )
    place = queue(given.queue)
    return {**told, "queue": None if place is None else dict(place)}
