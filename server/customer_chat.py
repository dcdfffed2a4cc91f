"""The Customer Chat API: what a visitor may ask for (spec: customer-rtm, sections 5 and 6)."""

from time import time

from sqlalchemy import ColumnElement, exists, select

from server import tables
from server.api import Action, Api, Nothing, SignedIn, read_payload
from server.audience import staff, tell, watchers
from server.chats import chat_of, check_group, deactivate, find_thread, resume, start
from server.events import active_thread, mark_as_seen, send
from server.history import PageId, chats_page, threads_page
from server.limits import check_length
from server.people import (
    arrive,
    authenticate_customer,
    depart,
    find_customer,
    open_page,
    update_customer,
    visit,
)
from server.routing import availability, candidates
from server.transaction import Peer, Requester, Transaction
from server.views import latest_thread
from widget.wire.agent import IncomingSneakPeek, SneakPeek
from widget.wire.base import Json
from widget.wire.chats import Chat, NewChat
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
    ResumeChat,
    ResumeChatResult,
    SendEvent,
    SendEventResult,
    SendSneakPeek,
    SetCustomerSessionFields,
    StartChat,
    StartChatResult,
    UpdateCustomer,
    UpdateCustomerPage,
)
from widget.wire.errors import Refused
from widget.wire.users import Customer, Page

__all__ = ["CUSTOMER_CHAT"]


# Signing in


def login(tx: Transaction, peer: Peer, payload: Json) -> SignedIn:
    """Sign a customer in and note the visit. Raises Refused(authentication), Refused(group_not_found)."""
    request = read_payload(Login, payload)
    customer, expires_at = authenticate_customer(tx, request.token)
    arrived = arrive(tx, customer.id, "customer", peer)
    visit(tx.session, customer, peer, request.referrer)
    _take_note(tx, customer, request)
    chat = chat_of(tx.session, customer.id)
    if arrived and chat is not None:
        tx.push("incoming_customer", tx.for_agents.customer(customer), staff(tx.session, chat).agents)
    return SignedIn(Requester(customer.id, peer.connection_id), _login_result(tx, customer).as_json(), expires_at)


def _take_note(tx: Transaction, customer: tables.Customer, request: Login) -> None:
    """What a client says of its customer when it signs in."""
    if request.group_id is not None:
        check_group(tx.session, request.group_id)
        customer.group_id = request.group_id
    if request.customer is not None:
        update_customer(tx, customer, request.customer)
    if request.customer_page is not None:
        open_page(tx, customer, request.customer_page)


def _login_result(tx: Transaction, customer: tables.Customer) -> LoginResult:
    chat = chat_of(tx.session, customer.id)
    chats = [] if chat is None else [_login_chat(tx, chat)]
    return LoginResult(
        customer=_with_statistics(tx, customer),
        has_active_thread=any(each.has_active_thread for each in chats),
        chats=chats,
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
    groups = tx.session.scalars(select(tables.Group.id).order_by(tables.Group.id))
    online = [group_id for group_id in groups if availability(tx.session, group_id) != "offline"]
    config: Json = {"customer_groups": {"monitoring": {"id": customer.group_id}}}
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


def own_chat(tx: Transaction, requester: Requester, chat_id: str) -> tables.Chat:
    """The requester's chat. Raises Refused(not_found) for any other, whether it exists or not."""
    chat = chat_of(tx.session, requester.user_id)
    if chat is None or chat.id != chat_id:
        raise Refused("not_found", "You have no chat with this id.")
    return chat


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
    customer = find_customer(tx.session, requester.user_id)
    group_id = customer.group_id if request.group_id is None else request.group_id
    check_group(tx.session, group_id)
    here = candidates(tx.session, [group_id])
    if not here:
        raise Refused("group_offline")
    free = [candidate for candidate in here if candidate.has_time]
    agent = tx.for_customers.agent((free or here)[0].agent)
    return PredictedAgent(agent=agent, queue=not free)


# Talking


def start_chat(tx: Transaction, requester: Requester, request: StartChat) -> StartChatResult:
    """The requester's first chat."""
    thread, event_ids = start(
        tx,
        requester,
        find_customer(tx.session, requester.user_id),
        request.chat or NewChat(),
        active=request.active,
        continuous=request.continuous,
    )
    return StartChatResult(chat_id=thread.chat_id, thread_id=thread.id, event_ids=event_ids or None)


def resume_chat(tx: Transaction, requester: Requester, request: ResumeChat) -> ResumeChatResult:
    """A new thread in a chat that had come to an end."""
    chat = own_chat(tx, requester, request.chat.id or "")
    thread, event_ids = resume(tx, requester, chat, request.chat, active=request.active, continuous=request.continuous)
    return ResumeChatResult(thread_id=thread.id, event_ids=event_ids or None)


def deactivate_chat(tx: Transaction, requester: Requester, request: DeactivateChat) -> None:
    """End the active thread."""
    deactivate(tx, requester, own_chat(tx, requester, request.id))


def send_event(tx: Transaction, requester: Requester, request: SendEvent) -> SendEventResult:
    """Say something."""
    chat = own_chat(tx, requester, request.chat_id)
    event = send(tx, chat, requester, request.event, attach_to_last_thread=request.attach_to_last_thread)
    return SendEventResult(event_id=event.id)


def send_sneak_peek(tx: Transaction, requester: Requester, request: SendSneakPeek) -> None:
    """Let the agents see what is being typed."""
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
    open_page(tx, find_customer(tx.session, requester.user_id), Page(url=request.url, title=request.title))


CUSTOMER_CHAT = Api(
    name="customer",
    login=login,
    authorize=authorize,
    depart=depart,
    actions={
        "deactivate_chat": Action(DeactivateChat, deactivate_chat),
        "get_chat": Action(GetChat, get_chat),
        "get_customer": Action(Nothing, get_customer),
        "get_predicted_agent": Action(GetPredictedAgent, get_predicted_agent),
        "list_chats": Action(ListChats, list_chats),
        "list_group_statuses": Action(ListGroupStatuses, list_group_statuses),
        "list_threads": Action(ListThreads, list_threads),
        "mark_events_as_seen": Action(MarkEventsAsSeen, mark_events_as_seen),
        "resume_chat": Action(ResumeChat, resume_chat),
        "send_event": Action(SendEvent, send_event),
        "send_sneak_peek": Action(SendSneakPeek, send_sneak_peek),
        "set_customer_session_fields": Action(SetCustomerSessionFields, set_session_fields),
        "start_chat": Action(StartChat, start_chat),
        "update_customer": Action(UpdateCustomer, update_requester),
        "update_customer_page": Action(UpdateCustomerPage, update_page, over_http=False),
    },
)
