"""Customer Chat 3.0, for clients of that age: other names, other questions, the same conversation.

What is answered and pushed becomes 3.0's in ``server.version_30``. Spec: customer-rtm, section 11.
"""

from datetime import UTC, datetime

from pydantic import Field
from sqlalchemy import func, select

from server import customer_chat, property_actions, signals, tables
from server.access import own_chat
from server.api import Action, Answer, Api, Errand, SignedIn, read_payload
from server.chats import chat_of, find_thread
from server.events import mark_as_seen, send
from server.forms import get_form
from server.link_previews import get_url_info
from server.people import depart
from server.speaking import send_or_resume
from server.transaction import Peer, Requester, Transaction
from server.version_30 import order
from widget.wire import property_requests as properties
from widget.wire.agent_requests import SendPostback
from widget.wire.base import Json, Wire, format_timestamp
from widget.wire.customer import (
    DeactivateChat,
    EventsMarkedAsSeen,
    GetPredictedAgent,
    ListGroupStatuses,
    SendSneakPeek,
    SetCustomerSessionFields,
    UpdateCustomer,
    UpdateCustomerPage,
)
from widget.wire.customer_requests import CheckGoals, GetForm, GetUrlInfo
from widget.wire.new_events import AnyNewEvent, ResumeAnyChat, StartAnyChat

__all__ = ["CUSTOMER_CHAT_30"]


class Page(Wire):
    """Which part of a list is asked for."""

    offset: int = Field(default=0, ge=0, le=100_000)
    limit: int = Field(default=10, ge=1, le=25)


class ThreadsPage(Page):
    """Which part of the list of a chat's threads."""

    chat_id: str
    limit: int = Field(default=25, ge=1, le=100)


class GetChatThreads(Wire):
    """``get_chat_threads``."""

    chat_id: str
    thread_ids: list[str] = Field(min_length=1, max_length=25)


class CloseThread(Wire):
    """``close_thread``."""

    chat_id: str


class SendEvent30(Wire):
    """``send_event``: in a chat that has come to an end it begins a new thread, unless forbidden."""

    chat_id: str
    event: AnyNewEvent
    attach_to_last_thread: bool = False
    require_active_thread: bool = False


class ChatProperties(Wire):
    """``update_chat_properties``; later the chat's id was called ``id``."""

    chat_id: str
    properties: Json


class LastSeen(Wire):
    """``update_last_seen_timestamp``, in Unix seconds; without one everything is seen."""

    chat_id: str
    timestamp: int | None = Field(default=None, ge=0, lt=2**33)


class CustomerFields(Wire):
    """``update_customer`` and ``set_customer_fields``."""

    name: str | None = None
    email: str | None = None
    avatar: str | None = None
    fields: dict[str, str] | None = None


class GroupsStatus(Wire):
    """``get_groups_status``."""

    all: bool | None = None
    groups: list[int] | None = None
    group_ids: list[int] | None = None


class Goals(Wire):
    """``check_goals``."""

    page_url: str
    group_id: int = 0
    customer_fields: dict[str, str] | None = None


def login(tx: Transaction, peer: Peer, payload: Json) -> SignedIn:
    """Sign a customer in. Raises Refused(authentication)."""
    asked = dict(payload)
    if isinstance(customer := asked.get("customer"), dict) and "fields" in customer:
        fields = read_payload(CustomerFields, customer).fields or {}
        asked["customer"] = {**customer, "session_fields": [{name: value} for name, value in fields.items()]}
    signed_in = customer_chat.login(tx, peer, asked)
    answer = signed_in.payload
    assert isinstance(answer, dict)
    return SignedIn(
        signed_in.requester,
        {
            "customer_id": signed_in.requester.user_id,
            "has_active_thread": answer["has_active_thread"],
            "chats": answer["chats"],
            "__priv_dynamic_config": answer["__priv_dynamic_config"],
        },
        signed_in.expires_at,
    )


def _listed(fields: dict[str, str] | None) -> list[dict[str, str]] | None:
    return None if fields is None else [{name: value} for name, value in fields.items()]


# Reading


def get_chats_summary(tx: Transaction, requester: Requester, request: Page) -> Json:
    """The requester's chats: one at most."""
    chat = chat_of(tx.session, requester.user_id)
    listed = [] if chat is None or request.offset else [_summary(tx, chat)]
    return {"chats_summary": [*listed], "total_chats": int(chat is not None)}


def _summary(tx: Transaction, chat: tables.Chat) -> Json:
    summary = tx.for_customers.summary(chat).as_json()
    began = str(summary.pop("last_thread_created_at"))
    return {**summary, "order": order(began) // 1_000_000}


def get_chat_threads_summary(tx: Transaction, requester: Requester, request: ThreadsPage) -> Json:
    """The threads of a chat without their events, the newest first."""
    chat = own_chat(tx, requester, request.chat_id)
    of_chat = tables.Thread.chat_id == chat.id
    query = select(tables.Thread).where(of_chat).order_by(tables.Thread.number.desc())
    threads = tx.session.scalars(query.offset(request.offset).limit(request.limit)).all()
    return {
        "threads_summary": [
            {
                "id": thread.id,
                "order": order(format_timestamp(thread.created_at)),
                "total_events": _count(tx, thread),
                "active": thread.active,
            }
            for thread in threads
        ],
        "total_threads": tx.session.scalars(select(func.count()).select_from(tables.Thread).where(of_chat)).one(),
    }


def _count(tx: Transaction, thread: tables.Thread) -> int:
    count = select(func.count()).select_from(tables.Event)
    return tx.session.scalars(count.where(tables.Event.thread_id == thread.id, tx.for_customers.readable())).one()


def get_chat_threads(tx: Transaction, requester: Requester, request: GetChatThreads) -> Json:
    """Some threads of a chat with their events."""
    chat = own_chat(tx, requester, request.chat_id)
    threads = [find_thread(tx.session, chat, thread_id) for thread_id in request.thread_ids]
    whole = tx.for_customers.chat(chat, threads[0]).as_json()
    whole.pop("thread")
    return {"chat": {**whole, "threads": [thread.as_json() for thread in tx.for_customers.threads(chat, threads)]}}


def get_groups_status(tx: Transaction, requester: Requester, request: GroupsStatus) -> Answer:
    """Whether groups take chats."""
    ids = request.group_ids if request.group_ids is not None else request.groups
    return customer_chat.list_group_statuses(tx, requester, ListGroupStatuses(all=request.all, group_ids=ids))


# Talking


def start_chat(tx: Transaction, requester: Requester, request: StartAnyChat) -> Json:
    """The requester's first chat. Clients wait for the push, which has the whole of it."""
    return {"chat": {"id": customer_chat.start_chat(tx, requester, request).chat_id}}


def activate_chat(tx: Transaction, requester: Requester, request: ResumeAnyChat) -> Json:
    """A new thread in a chat that had come to an end."""
    customer_chat.resume_chat(tx, requester, request)
    return {"chat": {"id": request.chat.id}}


def close_thread(tx: Transaction, requester: Requester, request: CloseThread) -> None:
    """End the active thread."""
    customer_chat.deactivate_chat(tx, requester, DeactivateChat(id=request.chat_id))


def send_event(tx: Transaction, requester: Requester, request: SendEvent30) -> Json:
    """Say something."""
    chat = own_chat(tx, requester, request.chat_id)
    if request.attach_to_last_thread or request.require_active_thread:
        attach = request.attach_to_last_thread
        return {"event_id": send(tx, chat, requester, request.event, attach_to_last_thread=attach).id}
    return {"event_id": send_or_resume(tx, requester, chat, request.event)}


def update_last_seen_timestamp(tx: Transaction, requester: Requester, request: LastSeen) -> None:
    """The requester has seen everything up to a moment. Clients wait for the push even if that is no news."""
    chat = own_chat(tx, requester, request.chat_id)
    mark = chat.latest if request.timestamp is None else datetime.fromtimestamp(request.timestamp + 1, UTC)
    if mark_as_seen(tx, chat, requester.user_id, mark) or requester.connection_id is None:
        return
    member = tx.session.get_one(tables.Member, (chat.id, requester.user_id))
    news = EventsMarkedAsSeen(user_id=requester.user_id, chat_id=chat.id, seen_up_to=member.seen_up_to or chat.latest)
    tx.push("events_marked_as_seen", news, {requester.user_id}, requester.connection_id)


def update_chat_properties(tx: Transaction, requester: Requester, request: ChatProperties) -> None:
    """Set some properties of a chat."""
    given = read_payload(properties.UpdateChatProperties, {"id": request.chat_id, "properties": request.properties})
    property_actions.update_chat_properties(tx, requester, given)


def delete_chat_properties(tx: Transaction, requester: Requester, request: ChatProperties) -> None:
    """Delete some properties of a chat."""
    given = read_payload(properties.DeleteChatProperties, {"id": request.chat_id, "properties": request.properties})
    property_actions.delete_chat_properties(tx, requester, given)


# About oneself


def update_customer(tx: Transaction, requester: Requester, request: CustomerFields) -> None:
    """Change what is given."""
    given = UpdateCustomer(
        name=request.name, email=request.email, avatar=request.avatar, session_fields=_listed(request.fields)
    )
    customer_chat.update_requester(tx, requester, given)


def set_customer_fields(tx: Transaction, requester: Requester, request: CustomerFields) -> None:
    """Replace the session fields."""
    given = SetCustomerSessionFields(session_fields=_listed(request.fields) or [])
    customer_chat.set_session_fields(tx, requester, given)


def check_goals(tx: Transaction, requester: Requester, request: Goals) -> None:
    """Where a customer is who has no connection."""
    given = CheckGoals(
        page_url=request.page_url, group_id=request.group_id, session_fields=_listed(request.customer_fields)
    )
    customer_chat.check_goals(tx, requester, given)


CUSTOMER_CHAT_30 = Api(
    name="customer",
    login=login,
    authorize=customer_chat.authorize,
    depart=depart,
    versions=("3.0",),
    actions={
        "activate_chat": Action(ResumeAnyChat, activate_chat),
        "check_goals": Action(Goals, check_goals),
        "close_thread": Action(CloseThread, close_thread),
        "delete_chat_properties": Action(ChatProperties, delete_chat_properties),
        "delete_chat_thread_properties": Action(
            properties.DeleteThreadProperties, property_actions.delete_thread_properties
        ),
        "delete_event_properties": Action(properties.DeleteEventProperties, property_actions.delete_event_properties),
        "get_chat_threads": Action(GetChatThreads, get_chat_threads),
        "get_chat_threads_summary": Action(ThreadsPage, get_chat_threads_summary),
        "get_chats_summary": Action(Page, get_chats_summary),
        "get_form": Action(GetForm, get_form),
        "get_groups_status": Action(GroupsStatus, get_groups_status),
        "get_predicted_agent": Action(GetPredictedAgent, customer_chat.get_predicted_agent),
        "get_url_details": Errand(GetUrlInfo, get_url_info),
        "send_event": Action(SendEvent30, send_event),
        "send_rich_message_postback": Action(SendPostback, signals.send_postback),
        "send_sneak_peek": Action(SendSneakPeek, signals.send_sneak_peek),
        "set_customer_fields": Action(CustomerFields, set_customer_fields),
        "start_chat": Action(StartAnyChat, start_chat),
        "update_chat_properties": Action(ChatProperties, update_chat_properties),
        "update_chat_thread_properties": Action(
            properties.UpdateThreadProperties, property_actions.update_thread_properties
        ),
        "update_customer": Action(CustomerFields, update_customer),
        "update_customer_page": Action(UpdateCustomerPage, customer_chat.update_page, over_http=False),
        "update_event_properties": Action(properties.UpdateEventProperties, property_actions.update_event_properties),
        "update_last_seen_timestamp": Action(LastSeen, update_last_seen_timestamp),
    },
)
