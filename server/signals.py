"""What is told and not kept: who types or thinks, what is being written, calls to colleagues, pressed buttons."""

from datetime import UTC, datetime
from time import time

from sqlalchemy import select

from server import tables
from server.access import joined_chat, own_chat, reachable_chat
from server.audience import Audience, all_agents, everyone, participants, tell, watchers
from server.chats import find_thread
from server.events import active_thread, find_event
from server.limits import check_length
from server.transaction import Requester, Transaction
from widget.wire.agent import IncomingSneakPeek, SendTypingIndicator, SneakPeek
from widget.wire.agent_requests import (
    IncomingEventPreview,
    IncomingMulticast,
    IncomingPostback,
    IncomingThinkingIndicator,
    Multicast,
    SendEventPreview,
    SendPostback,
    SendThinkingIndicator,
)
from widget.wire.base import format_timestamp
from widget.wire.customer import IncomingTypingIndicator, SendSneakPeek, TypingIndicator
from widget.wire.errors import Refused
from widget.wire.events import Visibility

__all__ = [
    "multicast",
    "send_event_preview",
    "send_postback",
    "send_sneak_peek",
    "send_thinking_indicator",
    "send_typing_indicator",
]


def send_sneak_peek(tx: Transaction, requester: Requester, request: SendSneakPeek) -> None:
    """Let the agents see what the customer is typing."""
    check_length("sneak_peek_text", request.sneak_peek_text)
    chat = own_chat(tx, requester, request.chat_id)
    thread = active_thread(tx.session, chat)
    peek = SneakPeek(author_id=requester.user_id, text=request.sneak_peek_text, timestamp=int(time()))
    tell(
        tx,
        watchers(tx.session, chat),
        "incoming_sneak_peek",
        lambda view: IncomingSneakPeek(chat_id=chat.id, thread_id=thread.id, sneak_peek=peek),
    )


def send_typing_indicator(tx: Transaction, requester: Requester, request: SendTypingIndicator) -> None:
    """Let the others know that the requester types, or no longer."""
    chat = joined_chat(tx, requester, request.chat_id)
    thread = active_thread(tx.session, chat)
    tell(
        tx,
        _others(tx, chat, requester, request.visibility),
        "incoming_typing_indicator",
        lambda view: IncomingTypingIndicator(
            chat_id=chat.id,
            thread_id=thread.id,
            typing_indicator=TypingIndicator(
                author_id=view.user_id(requester.user_id),
                is_typing=request.is_typing,
                timestamp=int(time()),
                visibility=request.visibility if view is tx.for_agents else None,
            ),
        ),
    )


def _others(tx: Transaction, chat: tables.Chat, requester: Requester, visibility: Visibility) -> Audience:
    audience = participants if visibility == "all" else watchers
    return audience(tx.session, chat).but(requester.user_id)


def send_thinking_indicator(tx: Transaction, requester: Requester, request: SendThinkingIndicator) -> None:
    """Let the others know that the requester works on an answer."""
    for field in ("title", "description", "custom_id"):
        check_length(field, getattr(request, field) or "")
    chat = joined_chat(tx, requester, request.chat_id)
    thread = active_thread(tx.session, chat)
    tell(
        tx,
        _others(tx, chat, requester, request.visibility),
        "incoming_thinking_indicator",
        lambda view: IncomingThinkingIndicator(
            chat_id=chat.id,
            thread_id=thread.id,
            author_id=view.user_id(requester.user_id),
            sent_at=datetime.now(UTC),
            title=request.title,
            description=request.description,
            custom_id=request.custom_id,
        ),
    )


def send_event_preview(tx: Transaction, requester: Requester, request: SendEventPreview) -> None:
    """Show the customer the beginning of a longer answer."""
    if request.event.visibility == "agents":
        raise Refused("validation", "`event.visibility` must be all")
    check_length("event.text", request.event.text)
    chat = joined_chat(tx, requester, request.chat_id)
    thread = active_thread(tx.session, chat)
    now = format_timestamp(datetime.now(UTC))
    tell(
        tx,
        _others(tx, chat, requester, "all"),
        "incoming_event_preview",
        lambda view: IncomingEventPreview(
            chat_id=chat.id,
            thread_id=thread.id,
            event={**request.event.as_json(), "author_id": view.user_id(requester.user_id), "created_at": now},
        ),
    )


def send_postback(tx: Transaction, requester: Requester, request: SendPostback) -> None:
    """A button of a rich message was pressed, or let go. Told only in the active thread."""
    chat = reachable_chat(tx, requester, request.chat_id)
    thread = find_thread(tx.session, chat, request.thread_id)
    event = find_event(tx.session, chat, thread.id, request.event_id)
    check_length("postback", request.postback.as_json())
    if event.type != "rich_message":
        raise Refused("validation", "the event is not a rich message")
    if not thread.active:
        return
    tell(
        tx,
        everyone(tx.session, chat),
        "incoming_rich_message_postback",
        lambda view: IncomingPostback(
            user_id=view.user_id(requester.user_id),
            chat_id=chat.id,
            thread_id=thread.id,
            event_id=event.id,
            postback=request.postback,
        ),
        news_of=chat,
    )


def multicast(tx: Transaction, requester: Requester, request: Multicast) -> None:
    """Tell agents, or customers, something that is not about a chat."""
    check_length("content", request.content)
    agents, customers = request.recipients.agents, request.recipients.customers
    if agents is None and customers is None:
        raise Refused("validation", "give `recipients.agents`")
    named = set(agents.ids) if agents else set()
    groups = select(tables.GroupAgent.agent_id).where(tables.GroupAgent.group_id.in_(agents.groups if agents else []))
    found = named & all_agents(tx.session).agents | set(tx.session.scalars(groups))
    audience = Audience(
        customers=frozenset(customers.ids if customers else ()),
        agents=all_agents(tx.session).agents if agents and agents.all else frozenset(found),
    )
    tell(
        tx,
        audience,
        "incoming_multicast",
        lambda view: IncomingMulticast(
            author_id=view.user_id(requester.user_id), content=request.content, type=request.type
        ),
    )
