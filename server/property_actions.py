"""Setting and deleting the properties of chats, threads and events, on both sides (spec: customer-rtm, section 5)."""

from server import tables
from server.access import reachable_chat, side_of
from server.audience import everyone, staff, tell
from server.chats import display_name, find_thread
from server.events import find_event, say
from server.limits import check_length
from server.properties import Location, merged, without
from server.transaction import Requester, Transaction
from widget.wire.agent_requests import PropertiesNews
from widget.wire.base import Json, Properties
from widget.wire.property_requests import (
    DeleteChatProperties,
    DeleteEventProperties,
    DeleteThreadProperties,
    UpdateChatProperties,
    UpdateEventProperties,
    UpdateThreadProperties,
)

__all__ = [
    "delete_chat_properties",
    "delete_event_properties",
    "delete_thread_properties",
    "update_chat_properties",
    "update_event_properties",
    "update_thread_properties",
]

Owner = tables.Chat | tables.Thread | tables.Event
Names = dict[str, list[str]]


def update_chat_properties(tx: Transaction, requester: Requester, request: UpdateChatProperties) -> None:
    """Set some properties of a chat."""
    chat = reachable_chat(tx, requester, request.id)
    _update(tx, requester, "chat", chat, request.properties)
    _tell(tx, chat, "chat", "updated", PropertiesNews(chat_id=chat.id, properties=request.properties))


def delete_chat_properties(tx: Transaction, requester: Requester, request: DeleteChatProperties) -> None:
    """Delete some properties of a chat."""
    chat = reachable_chat(tx, requester, request.id)
    _delete(tx, requester, "chat", chat, request.properties)
    _tell(tx, chat, "chat", "deleted", PropertiesNews(chat_id=chat.id, properties=request.properties))


def update_thread_properties(tx: Transaction, requester: Requester, request: UpdateThreadProperties) -> None:
    """Set some properties of a thread. A rating of the customer is also said in the chat."""
    chat = reachable_chat(tx, requester, request.chat_id)
    thread = find_thread(tx.session, chat, request.thread_id)
    _update(tx, requester, "thread", thread, request.properties)
    news = PropertiesNews(chat_id=chat.id, thread_id=thread.id, properties=request.properties)
    _tell(tx, chat, "thread", "updated", news)
    _say_rating(tx, chat, thread, request.properties.get("rating", {}))


def _say_rating(tx: Transaction, chat: tables.Chat, thread: tables.Thread, rating: Json) -> None:
    customer = display_name(tx.session, chat.customer_id)
    if "score" in rating:
        score = "good" if rating["score"] == 1 else "bad"
        say(tx, chat, thread, "rating.chat_rated", {"customer": customer, "score": score})
    if rating.get("comment"):
        say(tx, chat, thread, "rating.chat_commented", {"customer": customer, "comment": str(rating["comment"])})


def delete_thread_properties(tx: Transaction, requester: Requester, request: DeleteThreadProperties) -> None:
    """Delete some properties of a thread."""
    chat = reachable_chat(tx, requester, request.chat_id)
    thread = find_thread(tx.session, chat, request.thread_id)
    rated = "score" in thread.properties.get("rating", {})
    _delete(tx, requester, "thread", thread, request.properties)
    news = PropertiesNews(chat_id=chat.id, thread_id=thread.id, properties=request.properties)
    _tell(tx, chat, "thread", "deleted", news)
    if rated and "score" in request.properties.get("rating", []):
        customer = display_name(tx.session, chat.customer_id)
        say(tx, chat, thread, "rating.chat_rating_canceled", {"customer": customer})


def update_event_properties(tx: Transaction, requester: Requester, request: UpdateEventProperties) -> None:
    """Set some properties of an event."""
    chat = reachable_chat(tx, requester, request.chat_id)
    event = _event(tx, requester, chat, request.thread_id, request.event_id)
    _update(tx, requester, "event", event, request.properties)
    news = PropertiesNews(chat_id=chat.id, thread_id=event.thread_id, event_id=event.id, properties=request.properties)
    _tell(tx, chat, "event", "updated", news, event)


def delete_event_properties(tx: Transaction, requester: Requester, request: DeleteEventProperties) -> None:
    """Delete some properties of an event."""
    chat = reachable_chat(tx, requester, request.chat_id)
    event = _event(tx, requester, chat, request.thread_id, request.event_id)
    _delete(tx, requester, "event", event, request.properties)
    news = PropertiesNews(chat_id=chat.id, thread_id=event.thread_id, event_id=event.id, properties=request.properties)
    _tell(tx, chat, "event", "deleted", news, event)


def _event(tx: Transaction, requester: Requester, chat: tables.Chat, thread_id: str, event_id: str) -> tables.Event:
    """An event that the requester may know of. Raises Refused(not_found)."""
    event = find_event(tx.session, chat, thread_id, event_id)
    hidden = event.visibility == "agents" or event.deleted
    return find_event(tx.session, chat, thread_id, "") if hidden and side_of(tx, requester) == "customer" else event


# What they have in common


def _update(tx: Transaction, requester: Requester, location: Location, owner: Owner, new: Properties) -> None:
    tx.for_agents.registry.check(side_of(tx, requester), location, new)
    owner.properties = merged(owner.properties, new)


def _delete(tx: Transaction, requester: Requester, location: Location, owner: Owner, names: Names) -> None:
    check_length("properties", names)
    tx.for_agents.registry.check_names(side_of(tx, requester), location, names)
    owner.properties = without(owner.properties, names)


def _tell(
    tx: Transaction,
    chat: tables.Chat,
    location: Location,
    verb: str,
    news: PropertiesNews,
    event: tables.Event | None = None,
) -> None:
    """Tell each side of the changes that it may read."""
    audience = staff(tx.session, chat) if event and event.visibility == "agents" else everyone(tx.session, chat)
    tell(
        tx,
        audience,
        f"{location}_properties_{verb}",
        lambda view: news.model_copy(update={"properties": view.changes(location, news.properties)}),
        news_of=chat,
    )
