"""What each push says in today's words: events, each with its payload."""

from collections.abc import Callable
from typing import Any, Literal

from widget.customer_sdk import words5
from widget.customer_sdk.reading import read
from widget.customer_sdk.shapes import fields_of, is_readable, present, text_of
from widget.platform_sdk.shapes import Json
from widget.wire import customer as wire
from widget.wire.base import Wire
from widget.wire.customer_requests import IncomingGreeting, IncomingWelcomeMessage
from widget.wire.frames import Push
from widget.wire.users import Customer

__all__ = ["NAMES", "SAY", "EventName", "availability"]

EventName = Literal[
    "availability_updated",
    "chat_deactivated",
    "chat_properties_deleted",
    "chat_properties_updated",
    "chat_transferred",
    "connected",
    "customer_id",
    "customer_updated",
    "disconnected",
    "event_deleted",
    "event_properties_deleted",
    "event_properties_updated",
    "event_updated",
    "events_marked_as_seen",
    "greeting_accepted",
    "greeting_canceled",
    "identity_changed",
    "incoming_chat",
    "incoming_event",
    "incoming_event_preview",
    "incoming_greeting",
    "incoming_multicast",
    "incoming_rich_message_postback",
    "incoming_thinking_indicator",
    "incoming_typing_indicator",
    "incoming_welcome_message",
    "queue_position_updated",
    "thread_properties_deleted",
    "thread_properties_updated",
    "user_added_to_chat",
    "user_data",
    "user_removed_from_chat",
]

NAMES: frozenset[EventName] = frozenset(EventName.__args__)  # type: ignore[attr-defined]

Said = list[tuple[EventName, Any]]


def availability(config: Json) -> str:
    """Whether the customer's group is online (spec: customer-rtm, section 6)."""
    online, groups = config.get("online_groups_ids"), config.get("customer_groups")
    monitoring = groups.get("monitoring") if isinstance(groups, dict) else None
    group_id = monitoring.get("id") if isinstance(monitoring, dict) else None
    return "online" if isinstance(online, list) and group_id in online else "offline"


class PropertiesChanged(Wire):
    """Properties have changed; which ids there are says whose."""

    chat_id: str
    thread_id: str | None = None
    event_id: str | None = None
    properties: Any


class EventGone(Wire):
    """An event was taken back."""

    chat_id: str
    thread_id: str
    event_id: str


class PostbackPressed(Wire):
    """A button of a rich message was pressed."""

    user_id: str
    chat_id: str
    thread_id: str
    event_id: str
    postback: Json


class GreetingNews(Wire):
    """A greeting was accepted, or canceled."""

    unique_id: str


def _incoming_chat(push: Push) -> Said:
    chat = words5.chat(read(wire.IncomingChat, push.payload).chat)
    users: Said = [("user_data", words5.somebody(user)) for user in chat["users"]]
    return [*users, ("incoming_chat", {"chat": chat})]


def _event(name: EventName) -> "Callable[[Push], Said]":
    def say(push: Push) -> Said:
        news = read(wire.IncomingEvent, push.payload)
        if not is_readable(news.event):
            return []
        told: Json = {"chat_id": news.chat_id, "event": words5.event(news.event, news.thread_id)}
        return [(name, told if name != "event_updated" else {**told, "thread_id": news.thread_id})]

    return say


def _deactivated(push: Push) -> Said:
    return [("chat_deactivated", {"chat_id": read(wire.ChatDeactivated, push.payload).chat_id})]


def _transferred(push: Push) -> Said:
    return [("chat_transferred", words5.transfer(read(wire.ChatTransferred, push.payload)))]


def _user_added(push: Push) -> Said:
    news = read(wire.UserAddedToChat, push.payload)
    user = words5.user(news.user)
    told = {"chat_id": news.chat_id, "user": user, "present": user["present"]}
    return [("user_data", words5.somebody(user)), ("user_added_to_chat", told)]


def _user_removed(push: Push) -> Said:
    news = read(wire.UserRemovedFromChat, push.payload)
    return [("user_removed_from_chat", {"chat_id": news.chat_id, "user_id": news.user_id})]


def _seen(push: Push) -> Said:
    news = read(wire.EventsMarkedAsSeen, push.payload)
    told = {"chat_id": news.chat_id, "user_id": news.user_id, "seen_up_to": text_of(news.seen_up_to)}
    return [("events_marked_as_seen", told)]


def _typing(push: Push) -> Said:
    news = read(wire.IncomingTypingIndicator, push.payload)
    indicator = {"author_id": news.typing_indicator.author_id, "is_typing": news.typing_indicator.is_typing}
    return [("incoming_typing_indicator", {"chat_id": news.chat_id, "typing_indicator": indicator})]


def _queue(push: Push) -> Said:
    news = read(wire.QueuePositionUpdated, push.payload)
    told = {"chat_id": news.chat_id, "thread_id": news.thread_id, "queue": words5.queue(news.queue)}
    return [("queue_position_updated", told)]


def _groups(push: Push) -> Said:
    groups = read(wire.GroupsStatusUpdated, push.payload).groups
    return [("availability_updated", {"availability": groups[0].status})] if groups else []


def _customer_updated(push: Push) -> Said:
    changed = read(Customer, push.payload)
    told = present(id=changed.id, name=changed.name, email=changed.email, avatar=changed.avatar)
    if changed.session_fields is not None:
        told["session_fields"] = dict(fields_of(changed.session_fields))
    return [("customer_updated", told)]


def _greeting(push: Push) -> Said:
    return [("incoming_greeting", words5.greeting(read(IncomingGreeting, push.payload)))]


def _welcome_message(push: Push) -> Said:
    news = read(IncomingWelcomeMessage, push.payload)
    return [("incoming_welcome_message", {"id": news.id, "event": news.event})]


def _as_it_is(name: EventName, model: type[Wire]) -> "Callable[[Push], Said]":
    return lambda push: [(name, read(model, push.payload).as_json())]


SAY: "dict[str, Callable[[Push], Said]]" = {
    "chat_deactivated": _deactivated,
    "chat_properties_deleted": _as_it_is("chat_properties_deleted", PropertiesChanged),
    "chat_properties_updated": _as_it_is("chat_properties_updated", PropertiesChanged),
    "chat_transferred": _transferred,
    "customer_updated": _customer_updated,
    "event_deleted": _as_it_is("event_deleted", EventGone),
    "event_properties_deleted": _as_it_is("event_properties_deleted", PropertiesChanged),
    "event_properties_updated": _as_it_is("event_properties_updated", PropertiesChanged),
    "event_updated": _event("event_updated"),
    "events_marked_as_seen": _seen,
    "greeting_accepted": _as_it_is("greeting_accepted", GreetingNews),
    "greeting_canceled": _as_it_is("greeting_canceled", GreetingNews),
    "groups_status_updated": _groups,
    "incoming_chat": _incoming_chat,
    "incoming_event": _event("incoming_event"),
    "incoming_event_preview": _event("incoming_event_preview"),
    "incoming_greeting": _greeting,
    "incoming_multicast": _as_it_is("incoming_multicast", Wire),
    "incoming_rich_message_postback": _as_it_is("incoming_rich_message_postback", PostbackPressed),
    "incoming_thinking_indicator": _as_it_is("incoming_thinking_indicator", Wire),
    "incoming_typing_indicator": _typing,
    "incoming_welcome_message": _welcome_message,
    "queue_position_updated": _queue,
    "thread_properties_deleted": _as_it_is("thread_properties_deleted", PropertiesChanged),
    "thread_properties_updated": _as_it_is("thread_properties_updated", PropertiesChanged),
    "user_added_to_chat": _user_added,
    "user_removed_from_chat": _user_removed,
}
