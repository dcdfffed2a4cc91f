"""The Agent Chat API: what an agent may ask for (spec: agent-api, sections 3 and 4)."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select

from server import tables
from server.access import find_agent, joined_chat, readable, readable_chat
from server.api import Nothing, SignedIn, read_payload
from server.chats import check_group, deactivate, find_thread, resume, start
from server.events import mark_as_seen, send
from server.filters import property_filter
from server.history import PageId, chats_page, threads_page
from server.organization import LICENSE_ID, ORGANIZATION_ID
from server.people import arrive, authenticate_agent, find_customer, new_customer
from server.routing import announce_routing_status, routing_status, settle
from server.transaction import Peer, Requester, Transaction
from server.views import connected
from server.visitors import monitor, seen_by
from widget.wire.agent import (
    AgentLogin,
    AgentLoginResult,
    AgentProfile,
    ChatFilters,
    GetCustomer,
    License,
    ListAgentChats,
    ListAgentChatsResult,
)
from widget.wire.agent_requests import ListAgentThreads, UpdateSession
from widget.wire.base import Json
from widget.wire.chats import Access, Chat, ChatSummary
from widget.wire.customer import (
    DeactivateChat,
    GetChat,
    ListThreadsResult,
    MarkEventsAsSeen,
    ResumeChatResult,
    SendEventResult,
    StartChatResult,
)
from widget.wire.errors import Refused
from widget.wire.new_events import ResumeAnyChat, SendAnyEvent, StartAnyChat
from widget.wire.users import Customer

__all__ = [
    "authorize",
    "deactivate_chat",
    "get_chat",
    "get_customer",
    "keep_quiet",
    "list_chats",
    "list_threads",
    "login",
    "logout",
    "mark_events_as_seen",
    "resume_chat",
    "send_event",
    "speaker",
    "start_chat",
    "update_session",
]

CHATS_AT_LOGIN = 100
"""How many active chats the answer to ``login`` lists."""

MOST_OTHERS = 4
"""How many colleagues a chat may begin with."""


# Signing in


def login(tx: Transaction, peer: Peer, payload: Json) -> SignedIn:
    """Sign an agent in; one who accepts chats gets those that wait. Raises Refused(authentication)."""
    request = read_payload(AgentLogin, payload)
    agent = authenticate_agent(tx, request.token)
    if request.away is not None:
        agent.accepting = not request.away
    requester = Requester(agent.id, peer.connection_id)
    arrived = arrive(tx, agent.id, "agent", peer)
    result = _login_result(tx, agent)
    if arrived or request.away is not None:
        announce_routing_status(tx, agent)
        settle(tx)
    monitor(tx, requester, request.customer_monitoring_level or "my")
    return SignedIn(requester, result.as_json())


def authorize(tx: Transaction, authorization: str) -> Requester:
    """Who asks over HTTP. Raises Refused(authentication)."""
    return Requester(authenticate_agent(tx, authorization).id)


def speaker(tx: Transaction, requester: Requester, author_id: str) -> Requester:
    """The bot that an agent speaks for. Raises Refused(authorization) for anybody else."""
    bot = tx.session.get(tables.Agent, author_id)
    if bot is None or not bot.is_bot or bot.deleted:
        raise Refused("authorization", "`author_id` is not the id of a bot.")
    return Requester(bot.id, requester.connection_id)


def update_session(tx: Transaction, requester: Requester, request: UpdateSession) -> None:
    """The connection goes on under another token of the same agent. Raises Refused(authentication)."""
    if authenticate_agent(tx, request.token).id != requester.user_id:
        raise Refused("authentication", "The access token is another agent's.")


def _login_result(tx: Transaction, agent: tables.Agent) -> AgentLoginResult:
    active = PageId(of="", sort_order="desc", limit=CHATS_AT_LOGIN, active=True)
    return AgentLoginResult(
        license=License(id=str(LICENSE_ID), organization_id=ORGANIZATION_ID),
        my_profile=AgentProfile(
            id=agent.id,
            name=agent.name,
            email=agent.id,
            avatar=agent.avatar,
            job_title=agent.job_title,
            present=True,
            routing_status=routing_status(tx.session, agent),
            permission=agent.permission,
        ),
        chats_summary=_summaries(tx, agent.id, chats_page(tx.session, active, readable(agent.id)).chats),
    )


def logout(tx: Transaction, requester: Requester, request: Nothing) -> None:
    """Close the requester's connections. Over a socket that one closes by itself, when it has been answered.

    Raises Refused(requester_already_offline) over HTTP for an agent who has none.
    """
    if requester.connection_id is not None:
        return
    if not connected(tx.session, requester.user_id):
        raise Refused("requester_already_offline")
    tx.disconnect({requester.user_id}, "agent_logged_out_remotely")


def keep_quiet(tx: Transaction, requester: Requester, request: Nothing) -> None:
    """Notifications on telephones, which are not sent from here (API 3.4 and before)."""


# Reading


def list_chats(tx: Transaction, requester: Requester, request: ListAgentChats) -> ListAgentChatsResult:
    """A page of the chats that the requester may read."""
    filters = request.filters or ChatFilters()
    of = f"chats of {requester.user_id}, groups {filters.group_ids}"
    first = PageId(of=of, sort_order=request.sort_order, limit=request.limit, active=_wanted_activity(filters))
    page = PageId.read(request.page_id, of) if request.page_id else first
    found = chats_page(tx.session, page, _scope(tx, requester, filters))
    return ListAgentChatsResult(
        chats_summary=_summaries(tx, requester.user_id, found.chats),
        found_chats=found.total,
        next_page_id=found.next_page_id,
        previous_page_id=found.previous_page_id,
    )


def _wanted_activity(filters: ChatFilters) -> bool | None:
    """API 3.6 asks for ``active`` chats or for the others; 3.5 and earlier can only leave active ones out."""
    if filters.active is None and filters.include_active is False:
        return False
    return filters.active


def _scope(tx: Transaction, requester: Requester, filters: ChatFilters) -> ColumnElement[bool]:
    scope = readable(requester.user_id)
    if filters.properties is not None:
        scope &= property_filter(tables.Chat.properties, filters.properties)
    if filters.group_ids is None:
        return scope
    groups = set(filters.group_ids) & set(tx.session.scalars(select(tables.Group.id)))
    return scope & tables.Chat.id.in_(select(tables.ChatGroup.chat_id).where(tables.ChatGroup.group_id.in_(groups)))


def _summaries(tx: Transaction, agent_id: str, chats: Sequence[tables.Chat]) -> list[ChatSummary]:
    query = select(tables.Follower.chat_id).where(tables.Follower.agent_id == agent_id)
    followed = set(tx.session.scalars(query.where(tables.Follower.chat_id.in_([chat.id for chat in chats]))))
    return [tx.for_agents.summary(chat, followed=chat.id in followed) for chat in chats]


def list_threads(tx: Transaction, requester: Requester, request: ListAgentThreads) -> ListThreadsResult:
    """A page of a chat's history."""
    return threads_page(tx.session, tx.for_agents, readable_chat(tx, requester, request.chat_id), request)


def get_chat(tx: Transaction, requester: Requester, request: GetChat) -> Chat:
    """A chat with one of its threads."""
    chat = readable_chat(tx, requester, request.chat_id)
    return tx.for_agents.chat(chat, find_thread(tx.session, chat, request.thread_id))


def get_customer(tx: Transaction, requester: Requester, request: GetCustomer) -> Customer:
    """A customer with the visit and the statistics."""
    return seen_by(tx, requester, find_customer(tx.session, request.id))


# Talking


def start_chat(tx: Transaction, requester: Requester, request: StartAnyChat) -> StartChatResult:
    """The first chat of a customer, whom the requester names or who is not known yet; the requester has it.

    Raises Refused(missing_access) for groups that the requester is not in.
    """
    users = request.chat.users or []
    customers = [user.id for user in users if user.type == "customer"]
    if len(customers) > 1 or len(users) - len(customers) > MOST_OTHERS:
        raise Refused("validation", f"`chat.users` may be one customer and {MOST_OTHERS} agents")
    colleagues = [find_agent(tx, user.id) for user in users if user.type == "agent"]
    customer = find_customer(tx.session, customers[0]) if customers else new_customer(tx.session)[0]
    new = request.chat.model_copy(update={"access": Access(group_ids=_groups_of(tx, requester, request))})
    thread, event_ids = start(
        tx, requester, customer, new, active=request.active, continuous=request.continuous, colleagues=colleagues
    )
    return StartChatResult(chat_id=thread.chat_id, thread_id=thread.id, event_ids=event_ids or None)


def _groups_of(tx: Transaction, requester: Requester, request: StartAnyChat) -> list[int]:
    query = select(tables.GroupAgent.group_id).where(tables.GroupAgent.agent_id == requester.user_id)
    own = tx.session.scalars(query.order_by(tables.GroupAgent.group_id)).all()
    wanted = request.chat.access.group_ids if request.chat.access else []
    for group_id in wanted:
        check_group(tx.session, group_id)
    if not own or not set(wanted) <= set(own):
        raise Refused("missing_access", "You are not in these groups.")
    return wanted or [own[0]]


def resume_chat(tx: Transaction, requester: Requester, request: ResumeAnyChat) -> ResumeChatResult:
    """A new thread in a chat that had come to an end; the requester has it."""
    chat = readable_chat(tx, requester, request.chat.id or "")
    thread, event_ids = resume(tx, requester, chat, request.chat, active=request.active, continuous=request.continuous)
    return ResumeChatResult(thread_id=thread.id, event_ids=event_ids or None)


def deactivate_chat(tx: Transaction, requester: Requester, request: DeactivateChat) -> None:
    """End the active thread."""
    chat = joined_chat(tx, requester, request.id, ignore_presence=request.ignore_requester_presence)
    deactivate(tx, requester, chat)


def send_event(tx: Transaction, requester: Requester, request: SendAnyEvent) -> SendEventResult:
    """Say something, to all or with ``visibility: agents`` among colleagues."""
    chat = joined_chat(tx, requester, request.chat_id, ignore_presence=request.ignore_requester_presence)
    event = send(tx, chat, requester, request.event, attach_to_last_thread=request.attach_to_last_thread)
    return SendEventResult(event_id=event.id)


def mark_events_as_seen(tx: Transaction, requester: Requester, request: MarkEventsAsSeen) -> None:
    """The requester has seen everything up to a moment."""
    mark_as_seen(tx, joined_chat(tx, requester, request.chat_id), requester.user_id, request.seen_up_to)
