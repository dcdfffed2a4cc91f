"""The Customer Chat API: what a visitor may ask for (spec: customer-rtm, sections 5 and 6)."""

from datetime import UTC, datetime
from typing import Final
from uuid import uuid4

from sqlalchemy import ColumnElement, exists, select

from server import tables
from server.access import own_chat
from server.api import Nothing, SignedIn, read_payload
from server.audience import everyone, tell
from server.auto_access import group_for
from server.chats import chat_of, check_group, deactivate, find_thread, resume, start
from server.events import find_event, mark_as_seen, send
from server.forms import shown_forms
from server.greetings import end_greetings, greet, shown_greeting
from server.history import PageId, chats_page, threads_page
from server.limits import check_length
from server.observers import observers
from server.people import arrive, authenticate_customer, find_customer, open_page, update_customer, visit
from server.routing import availability, candidates
from server.transaction import Peer, Requester, Transaction
from server.views import latest_thread
from server.widget_configuration import online_groups
from widget.wire.agent_requests import EventDeleted
from widget.wire.base import Json, format_timestamp
from widget.wire.chats import Chat
from widget.wire.customer import (
    DeactivateChat,
    GetChat,
    GetPredictedAgent,
    ListChats,
    ListChatsResult,
    ListGroupStatuses,
    ListGroupStatusesResult,
    ListThreads,
    ListThreadsResult,
    Login,
    LoginChat,
    LoginResult,
    MarkEventsAsSeen,
    PredictedAgent,
    ResumeChatResult,
    SendEventResult,
    SetCustomerSessionFields,
    StartChatResult,
    UpdateCustomer,
    UpdateCustomerPage,
)
from widget.wire.customer_requests import (
    CheckGoals,
    EmailVerification,
    IncomingWelcomeMessage,
    RequestWelcomeMessage,
    WelcomeMessage,
)
from widget.wire.errors import Refused
from widget.wire.new_events import ResumeAnyChat, SendAnyEvent, StartAnyChat
from widget.wire.users import Customer, Page

__all__ = [
    "authorize",
    "check_goals",
    "deactivate_chat",
    "delete_event",
    "get_chat",
    "get_customer",
    "get_predicted_agent",
    "list_chats",
    "list_group_statuses",
    "list_threads",
    "login",
    "mark_events_as_seen",
    "request_email_verification",
    "request_welcome_message",
    "resume_chat",
    "send_event",
    "set_session_fields",
    "start_chat",
    "stay",
    "update_page",
    "update_requester",
]

WELCOME: Final = "Hello. How may I help you?"
"""What an agent says first."""

# Signing in


def login(tx: Transaction, peer: Peer, payload: Json) -> SignedIn:
    """Sign a customer in and note the visit. Raises Refused(authentication), Refused(group_not_found)."""
    request = read_payload(Login, payload)
    customer, expires_at = authenticate_customer(tx, request.token)
    arrived = arrive(tx, customer.id, "customer", peer)
    visit(tx.session, customer, peer, request.referrer)
    _take_note(tx, customer, request)
    if arrived:
        tx.push("incoming_customer", tx.for_agents.customer(customer), observers(tx.session, customer))
    greet(tx, customer)
    return SignedIn(Requester(customer.id, peer.connection_id), _login_result(tx, customer).as_json(), expires_at)


def _take_note(tx: Transaction, customer: tables.Customer, request: Login) -> None:
    """What a client says of its customer when it signs in."""
    if request.group_id is not None:
        check_group(tx.session, request.group_id)
        customer.group_id = request.group_id
    if request.customer is not None:
        update_customer(tx, customer, request.customer)
    if request.customer_page is not None:
        _go_to(tx, customer, request.customer_page)


def _go_to(tx: Transaction, customer: tables.Customer, page: Page) -> None:
    """A customer is on a page; which one may decide to which group he comes."""
    open_page(tx, customer, page)
    group_id = group_for(tx.session, page.url)
    if group_id is not None and chat_of(tx.session, customer.id) is None:
        customer.group_id = group_id


def _login_result(tx: Transaction, customer: tables.Customer) -> LoginResult:
    chat = chat_of(tx.session, customer.id)
    chats = [] if chat is None else [_login_chat(tx, chat)]
    return LoginResult(
        customer=_with_statistics(tx, customer),
        has_active_thread=any(each.has_active_thread for each in chats),
        chats=chats,
        greeting=shown_greeting(tx, customer),
        dynamic_config=_dynamic_config(tx, customer),
    )


def _login_chat(tx: Transaction, chat: tables.Chat) -> LoginChat:
    seen_up_to = tx.session.get_one(tables.Member, (chat.id, chat.customer_id)).seen_up_to
    unread = exists().where(
        tables.Event.chat_id == chat.id,
        tx.for_customers.readable(),
        tables.Event.author_id.is_distinct_from(chat.customer_id),
        *([] if seen_up_to is None else [tables.Event.created_at > seen_up_to]),
    )
    return LoginChat(
        chat_id=chat.id,
        has_unread_events=bool(tx.session.scalar(select(unread))),
        has_active_thread=latest_thread(tx.session, chat).active,
    )


def _dynamic_config(tx: Transaction, customer: tables.Customer) -> Json:
    """What the platform's SDK cannot do without: it takes the organization for offline without online groups."""
    online = online_groups(tx)
    config: Json = {"customer_groups": {"monitoring": {"id": customer.group_id}}}
    config["forms"] = [*shown_forms(tx, customer.group_id)]  # this server's own: who is told of none need not ask
    if online:
        config["online_groups_ids"] = [*online]
    return config


def _with_statistics(tx: Transaction, customer: tables.Customer) -> Customer:
    view = tx.for_customers.customer(customer)
    view.statistics = tx.for_customers.statistics(customer)
    return view


def authorize(tx: Transaction, authorization: str) -> Requester:
    """Who asks over HTTP. Raises Refused(authentication)."""
    customer, _ = authenticate_customer(tx, authorization)
    return Requester(customer.id)


# Reading


def list_chats(tx: Transaction, requester: Requester, request: ListChats) -> ListChatsResult:
    """The requester's chats: one at most."""
    of = f"chats of {requester.user_id}"
    first = PageId(of=of, sort_order=request.sort_order, limit=request.limit)
    page = PageId.read(request.page_id, of) if request.page_id else first
    scope: ColumnElement[bool] = tables.Chat.customer_id == requester.user_id
    found = chats_page(tx.session, page, scope)
    return ListChatsResult(
        chats_summary=[tx.for_customers.summary(chat) for chat in found.chats],
        total_chats=found.total,
        next_page_id=found.next_page_id,
        previous_page_id=found.previous_page_id,
    )


def list_threads(tx: Transaction, requester: Requester, request: ListThreads) -> ListThreadsResult:
    """A page of a chat's history."""
    chat = own_chat(tx, requester, request.chat_id)
    return threads_page(tx.session, tx.for_customers, chat, request)


def get_chat(tx: Transaction, requester: Requester, request: GetChat) -> Chat:
    """A chat with one of its threads."""
    chat = own_chat(tx, requester, request.chat_id)
    return tx.for_customers.chat(chat, find_thread(tx.session, chat, request.thread_id))


def get_customer(tx: Transaction, requester: Requester, request: Nothing) -> Customer:
    """What is known of the requester."""
    return _with_statistics(tx, find_customer(tx.session, requester.user_id))


def list_group_statuses(tx: Transaction, requester: Requester, request: ListGroupStatuses) -> ListGroupStatusesResult:
    """Whether groups take chats."""
    if not request.all and request.group_ids is None:
        raise Refused("validation", "give `all` or `group_ids`")
    groups = tx.session.scalars(select(tables.Group.id).order_by(tables.Group.id)).all()
    wanted = groups if request.all else [group_id for group_id in groups if group_id in (request.group_ids or [])]
    return ListGroupStatusesResult(
        groups_status={str(group_id): availability(tx.session, group_id) for group_id in wanted}
    )


def get_predicted_agent(tx: Transaction, requester: Requester, request: GetPredictedAgent) -> PredictedAgent:
    """Who would get a chat that started now. Raises Refused(group_offline)."""
    agent, queue = _predicted(tx, requester, request.group_id)
    return PredictedAgent(agent=tx.for_customers.agent(agent), queue=queue)


def _predicted(tx: Transaction, requester: Requester, wanted: int | None) -> tuple[tables.Agent, bool]:
    """Who would get a chat of a group, and whether it would wait. Raises Refused(group_offline), groups_offline."""
    group_id = find_customer(tx.session, requester.user_id).group_id if wanted is None else wanted
    check_group(tx.session, group_id)
    here = candidates(tx.session, [group_id])
    if not here:
        raise Refused("group_offline" if online_groups(tx) or wanted is not None else "groups_offline")
    free = [candidate for candidate in here if candidate.has_time]
    return (free or here)[0].agent, not free


def request_welcome_message(tx: Transaction, requester: Requester, request: RequestWelcomeMessage) -> WelcomeMessage:
    """Who would answer, and what he would say first; that comes as a push and is not kept."""
    found, queue = _predicted(tx, requester, request.group_id)
    agent = tx.for_customers.agent(found)
    message_id = request.id or str(uuid4())
    check_length("id", message_id, 256)
    event: Json = {
        "created_at": format_timestamp(datetime.now(UTC)),
        "type": "message",
        "text": WELCOME,
        "author_id": agent.id,
        "properties": {"lc2": {"welcome_message": True}},
    }
    if requester.connection_id is not None:
        news = IncomingWelcomeMessage(id=message_id, event=event)
        tx.push("incoming_welcome_message", news, {requester.user_id}, requester.connection_id)
    return WelcomeMessage(id=message_id, predicted_agent=agent, queue=queue)


# Talking


def start_chat(tx: Transaction, requester: Requester, request: StartAnyChat) -> StartChatResult:
    """The requester's first chat."""
    customer = find_customer(tx.session, requester.user_id)
    thread, event_ids = start(
        tx, requester, customer, request.chat, active=request.active, continuous=request.continuous
    )
    end_greetings(tx, customer, tell=False)
    return StartChatResult(chat_id=thread.chat_id, thread_id=thread.id, event_ids=event_ids or None)


def resume_chat(tx: Transaction, requester: Requester, request: ResumeAnyChat) -> ResumeChatResult:
    """A new thread in a chat that had come to an end."""
    chat = own_chat(tx, requester, request.chat.id or "")
    thread, event_ids = resume(tx, requester, chat, request.chat, active=request.active, continuous=request.continuous)
    return ResumeChatResult(thread_id=thread.id, event_ids=event_ids or None)


def deactivate_chat(tx: Transaction, requester: Requester, request: DeactivateChat) -> None:
    """End the active thread."""
    deactivate(tx, requester, own_chat(tx, requester, request.id))


def send_event(tx: Transaction, requester: Requester, request: SendAnyEvent) -> SendEventResult:
    """Say something."""
    chat = own_chat(tx, requester, request.chat_id)
    event = send(tx, chat, requester, request.event, attach_to_last_thread=request.attach_to_last_thread)
    return SendEventResult(event_id=event.id)


def delete_event(tx: Transaction, requester: Requester, request: EventDeleted) -> None:
    """Take back what the requester said. Raises Refused(not_allowed) for what others said."""
    chat = own_chat(tx, requester, request.chat_id)
    event = find_event(tx.session, chat, request.thread_id, request.event_id)
    if event.author_id != requester.user_id:
        raise Refused("not_allowed", "Only its author takes an event back.")
    if event.deleted:
        return
    event.deleted = True
    news = EventDeleted(chat_id=chat.id, thread_id=event.thread_id, event_id=event.id)
    tell(tx, everyone(tx.session, chat), "event_deleted", lambda view: news, news_of=chat)


def mark_events_as_seen(tx: Transaction, requester: Requester, request: MarkEventsAsSeen) -> None:
    """The requester has seen everything up to a moment."""
    mark_as_seen(tx, own_chat(tx, requester, request.chat_id), requester.user_id, request.seen_up_to)


# About oneself


def update_requester(tx: Transaction, requester: Requester, request: UpdateCustomer) -> None:
    """Change what is given."""
    if all(field is None for field in (request.name, request.email, request.avatar, request.session_fields)):
        raise Refused("validation", "give `name`, `email`, `avatar` or `session_fields`")
    update_customer(tx, find_customer(tx.session, requester.user_id), request)


def set_session_fields(tx: Transaction, requester: Requester, request: SetCustomerSessionFields) -> None:
    """Replace the session fields."""
    given = UpdateCustomer(session_fields=request.session_fields)
    update_customer(tx, find_customer(tx.session, requester.user_id), given)


def update_page(tx: Transaction, requester: Requester, request: UpdateCustomerPage) -> None:
    """The requester is on a page."""
    customer = find_customer(tx.session, requester.user_id)
    _go_to(tx, customer, Page(url=request.url, title=request.title))
    greet(tx, customer)


def stay(tx: Transaction, requester: Requester, request: Nothing) -> None:
    """The customer looks at the page, or no longer; nothing here depends on it."""


def check_goals(tx: Transaction, requester: Requester, request: CheckGoals) -> None:
    """Where a customer is who has no connection. There are no goals here to be reached."""
    check_group(tx.session, request.group_id)
    if request.session_fields is not None:
        given = UpdateCustomer(session_fields=request.session_fields)
        update_customer(tx, find_customer(tx.session, requester.user_id), given)


def request_email_verification(tx: Transaction, requester: Requester, request: EmailVerification) -> None:
    """No mail is sent from here. Raises Refused(validation) for a customer without an address, else not_allowed."""
    if not request.callback_uri.startswith(("http://", "https://")):
        raise Refused("validation", "`callback_uri` must be the address of a page")
    raise Refused("not_allowed", "This server sends no mail.")
