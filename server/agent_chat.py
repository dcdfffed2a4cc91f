"""The Agent Chat API: what an agent may ask for (spec: agent-api, sections 3 and 4)."""

from collections.abc import Sequence
from time import time

from sqlalchemy import ColumnElement, or_, select

from server import tables
from server.api import Action, Api, Nothing, SignedIn, read_payload
from server.audience import Audience, participants, staff, tell, watchers
from server.chats import deactivate, display_name, find_chat, find_thread, resume
from server.events import active_thread, mark_as_seen, say, send
from server.history import PageId, chats_page, threads_page
from server.membership import (
    Reason,
    active_chats,
    agents_in,
    join,
    leave,
    show_chat,
    takes_part,
    tell_transfer,
)
from server.organization import LICENSE_ID, ORGANIZATION_ID
from server.people import arrive, authenticate_agent, depart, find_customer
from server.routing import (
    agents_of_group,
    announce_routing_status,
    choose,
    reroute,
    routing_status,
    settle,
)
from server.transaction import Peer, Requester, Transaction
from server.views import connected, latest_thread
from widget.wire.agent import (
    AddUserToChat,
    AgentForTransfer,
    AgentLogin,
    AgentLoginResult,
    AgentProfile,
    AgentRoutingStatus,
    ChatFilters,
    ChatUnfollowed,
    FollowChat,
    GetCustomer,
    License,
    ListAgentChats,
    ListAgentChatsResult,
    ListAgentsForTransfer,
    ListRoutingStatuses,
    RemoveUserFromChat,
    SendTypingIndicator,
    SetRoutingStatus,
    TransferChat,
)
from widget.wire.base import Json
from widget.wire.chats import Chat, ChatSummary
from widget.wire.customer import (
    DeactivateChat,
    GetChat,
    IncomingTypingIndicator,
    ListThreads,
    ListThreadsResult,
    MarkEventsAsSeen,
    ResumeChat,
    ResumeChatResult,
    SendEvent,
    SendEventResult,
    TransferTarget,
    TypingIndicator,
)
from widget.wire.errors import Refused
from widget.wire.users import Customer

__all__ = ["AGENT_CHAT"]

CHATS_AT_LOGIN = 100
"""How many active chats the answer to ``login`` lists."""


# Signing in


def login(tx: Transaction, peer: Peer, payload: Json) -> SignedIn:
    """Sign an agent in; one who accepts chats gets those that wait. Raises Refused(authentication)."""
    request = read_payload(AgentLogin, payload)
    agent = authenticate_agent(tx.session, request.token)
    if request.away is not None:
        agent.accepting = not request.away
    requester = Requester(agent.id, peer.connection_id)
    arrived = arrive(tx, agent.id, "agent", peer)
    result = _login_result(tx, agent)
    if arrived or request.away is not None:
        announce_routing_status(tx, agent)
        settle(tx)
    return SignedIn(requester, result.as_json())


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


def authorize(tx: Transaction, authorization: str) -> Requester:
    """Who asks over HTTP. Raises Refused(authentication)."""
    return Requester(authenticate_agent(tx.session, authorization).id)


def logout(tx: Transaction, requester: Requester, request: Nothing) -> None:
    """Nothing is left to do but close the connection, which is the connection's part."""


# Which chats an agent may touch


def readable(agent_id: str) -> ColumnElement[bool]:
    """The condition for chats that an agent may read: those of the agent's groups, and those joined."""
    by_group = (
        select(tables.ChatGroup.chat_id)
        .join(tables.GroupAgent, tables.GroupAgent.group_id == tables.ChatGroup.group_id)
        .where(tables.GroupAgent.agent_id == agent_id)
    )
    by_membership = select(tables.Member.chat_id).where(tables.Member.user_id == agent_id, tables.Member.takes_part)
    return or_(tables.Chat.id.in_(by_group), tables.Chat.id.in_(by_membership))


def readable_chat(tx: Transaction, requester: Requester, chat_id: str) -> tables.Chat:
    """A chat that the requester may read. Raises Refused(not_found), Refused(missing_access)."""
    chat = find_chat(tx.session, chat_id)
    if requester.user_id not in staff(tx.session, chat).agents:
        raise Refused("missing_access")
    return chat


def joined_chat(
    tx: Transaction, requester: Requester, chat_id: str, *, ignore_presence: bool | None = False
) -> tables.Chat:
    """A chat that the requester is in. Raises Refused(not_found), Refused(missing_access)."""
    chat = readable_chat(tx, requester, chat_id)
    if not ignore_presence and not takes_part(tx.session, chat, requester.user_id):
        raise Refused("missing_access", "You are not in this chat.")
    return chat


def find_agent(tx: Transaction, agent_id: str) -> tables.Agent:
    """The agent with this id. Raises Refused(not_found)."""
    agent = tx.session.get(tables.Agent, agent_id)
    if agent is None:
        raise Refused("not_found", "There is no agent with this id.")
    return agent


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
    if filters.group_ids is None:
        return scope
    groups = set(filters.group_ids) & set(tx.session.scalars(select(tables.Group.id)))
    return scope & tables.Chat.id.in_(select(tables.ChatGroup.chat_id).where(tables.ChatGroup.group_id.in_(groups)))


def _summaries(tx: Transaction, agent_id: str, chats: Sequence[tables.Chat]) -> list[ChatSummary]:
    query = select(tables.Follower.chat_id).where(tables.Follower.agent_id == agent_id)
    followed = set(tx.session.scalars(query.where(tables.Follower.chat_id.in_([chat.id for chat in chats]))))
    return [tx.for_agents.summary(chat, followed=chat.id in followed) for chat in chats]


def list_threads(tx: Transaction, requester: Requester, request: ListThreads) -> ListThreadsResult:
    """A page of a chat's history."""
    return threads_page(tx.session, tx.for_agents, readable_chat(tx, requester, request.chat_id), request)


def get_chat(tx: Transaction, requester: Requester, request: GetChat) -> Chat:
    """A chat with one of its threads."""
    chat = readable_chat(tx, requester, request.chat_id)
    return tx.for_agents.chat(chat, find_thread(tx.session, chat, request.thread_id))


def get_customer(tx: Transaction, requester: Requester, request: GetCustomer) -> Customer:
    """A customer with the visit and the statistics."""
    return tx.for_agents.customer(find_customer(tx.session, request.id))


# Talking


def resume_chat(tx: Transaction, requester: Requester, request: ResumeChat) -> ResumeChatResult:
    """A new thread in a chat that had come to an end; the requester has it."""
    chat = readable_chat(tx, requester, request.chat.id or "")
    thread, event_ids = resume(tx, requester, chat, request.chat, active=request.active, continuous=request.continuous)
    return ResumeChatResult(thread_id=thread.id, event_ids=event_ids or None)


def deactivate_chat(tx: Transaction, requester: Requester, request: DeactivateChat) -> None:
    """End the active thread."""
    chat = joined_chat(tx, requester, request.id, ignore_presence=request.ignore_requester_presence)
    deactivate(tx, requester, chat)


def send_event(tx: Transaction, requester: Requester, request: SendEvent) -> SendEventResult:
    """Say something, to all or with ``visibility: agents`` among colleagues."""
    chat = joined_chat(tx, requester, request.chat_id)
    event = send(tx, chat, requester, request.event, attach_to_last_thread=request.attach_to_last_thread)
    return SendEventResult(event_id=event.id)


def send_typing_indicator(tx: Transaction, requester: Requester, request: SendTypingIndicator) -> None:
    """Let the others know that the requester types, or no longer."""
    chat = joined_chat(tx, requester, request.chat_id)
    thread = active_thread(tx.session, chat)
    audience = participants if request.visibility == "all" else watchers
    tell(
        tx,
        audience(tx.session, chat).but(requester.user_id),
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


def mark_events_as_seen(tx: Transaction, requester: Requester, request: MarkEventsAsSeen) -> None:
    """The requester has seen everything up to a moment."""
    mark_as_seen(tx, joined_chat(tx, requester, request.chat_id), requester.user_id, request.seen_up_to)


# Who is in a chat, and who watches it


def follow_chat(tx: Transaction, requester: Requester, request: FollowChat) -> None:
    """From now on the requester is told everything that happens in a chat."""
    chat = readable_chat(tx, requester, request.id)
    if requester.user_id in watchers(tx.session, chat).agents:
        return
    tx.session.add(tables.Follower(chat_id=chat.id, agent_id=requester.user_id))
    tx.session.flush()
    show_chat(tx, chat, Audience(agents=frozenset({requester.user_id})))


def unfollow_chat(tx: Transaction, requester: Requester, request: FollowChat) -> None:
    """The requester watches a chat no longer."""
    chat = readable_chat(tx, requester, request.id)
    follower = tx.session.get(tables.Follower, (chat.id, requester.user_id))
    if follower is not None:
        tx.session.delete(follower)
        tx.push("chat_unfollowed", ChatUnfollowed(chat_id=chat.id), {requester.user_id})


def add_user_to_chat(tx: Transaction, requester: Requester, request: AddUserToChat) -> None:
    """Bring an agent into a chat: the requester, or a colleague. Raises Refused(validation) for customers."""
    if request.user_type != "agent":
        raise Refused("validation", "a chat has one customer; only agents can be added")
    by_own_wish = request.user_id == requester.user_id
    presence_needed = not by_own_wish and not request.ignore_requester_presence
    chat = joined_chat(tx, requester, request.chat_id, ignore_presence=not presence_needed)
    agent = find_agent(tx, request.user_id)
    member = tx.session.get(tables.Member, (chat.id, agent.id))
    if member is not None and member.takes_part and member.visibility == request.visibility:
        return
    thread = latest_thread(tx.session, chat)
    left_queue = thread.queued_at
    others = [each for each in agents_in(tx.session, chat) if each.user_id != agent.id]
    join(tx, chat, agent, Reason("manual", requester.user_id), request.visibility)
    if others and thread.active:
        names = {"agent": agent.name} if by_own_wish else {"initiator": _name(tx, requester), "agent": agent.name}
        say(tx, chat, thread, "agent_joined" if by_own_wish else "agent_added", names, request.visibility)
    settle(tx, left_queue if thread.queued_at is None else None)


def _name(tx: Transaction, requester: Requester) -> str:
    return display_name(tx.session, requester.user_id)


def remove_user_from_chat(tx: Transaction, requester: Requester, request: RemoveUserFromChat) -> None:
    """Take an agent out of a chat. A chat that nobody has then goes to another agent, or to the queue."""
    chat = joined_chat(tx, requester, request.chat_id, ignore_presence=request.ignore_requester_presence)
    if request.user_type != "agent" or not takes_part(tx.session, chat, request.user_id):
        raise Refused("not_found", "No such agent is in this chat.")
    visibility = tx.session.get_one(tables.Member, (chat.id, request.user_id)).visibility
    leave(tx, chat, request.user_id, Reason("manual", requester.user_id))
    thread = latest_thread(tx.session, chat)
    if thread.active:
        name = display_name(tx.session, request.user_id)
        if request.user_id == requester.user_id:
            say(tx, chat, thread, "agent_left", {"agent": name}, visibility)
        else:
            say(tx, chat, thread, "agent_removed", {"initiator": _name(tx, requester), "agent": name}, visibility)
        if not agents_in(tx.session, chat) and thread.queued_at is None:
            reroute(tx, chat, without=request.user_id)
    settle(tx)


def transfer_chat(tx: Transaction, requester: Requester, request: TransferChat) -> None:
    """Hand an active chat over. Raises Refused(agent_offline), Refused(group_unavailable), Refused(chat_inactive)."""
    chat = joined_chat(tx, requester, request.id, ignore_presence=request.ignore_requester_presence)
    thread = active_thread(tx.session, chat)
    agent = _transfer_goal(tx, chat, request)
    before = [member.user_id for member in agents_in(tx.session, chat) if member.user_id != agent.id]
    left_queue = thread.queued_at
    for agent_id in before:
        leave(tx, chat, agent_id, Reason("transferred", requester.user_id))
    if not takes_part(tx.session, chat, agent.id):
        groups = tx.for_agents.access(chat).group_ids
        came_from = TransferTarget(agent_ids=before or None, group_ids=groups)
        join(tx, chat, agent, Reason("transferred", requester.user_id), transferred_from=came_from)
    say(tx, chat, thread, "chat_transferred", {"initiator": _name(tx, requester), "targets": agent.name})
    tell_transfer(tx, chat, "manual", requester.user_id)
    settle(tx, left_queue)


def _transfer_goal(tx: Transaction, chat: tables.Chat, request: TransferChat) -> tables.Agent:
    if request.target is not None and request.target.type == "agent":
        agent = find_agent(tx, str(request.target.ids[0]))
        if not request.ignore_agents_availability and routing_status(tx.session, agent) != "accepting_chats":
            raise Refused("agent_offline", "The agent does not accept chats now.")
        return agent
    chat_groups = tx.for_agents.access(chat).group_ids
    groups = chat_groups if request.target is None else [_group_id(group_id) for group_id in request.target.ids]
    if not set(groups) <= set(tx.session.scalars(select(tables.Group.id))):
        raise Refused("group_not_found")
    here = agents_in(tx.session, chat)
    chosen = choose(tx.session, groups, without=here[0].user_id if here else None)
    if chosen is None:
        raise Refused("group_unavailable")
    for group_id in set(groups) - set(chat_groups):
        tx.session.add(tables.ChatGroup(chat_id=chat.id, group_id=group_id))
    tx.session.flush()
    return chosen


def _group_id(text: str | int) -> int:
    return int(text) if str(text).isdecimal() else -1


def list_agents_for_transfer(
    tx: Transaction, requester: Requester, request: ListAgentsForTransfer
) -> list[AgentForTransfer]:
    """The colleagues who are here and may read the chat, those with the fewest chats first."""
    chat = readable_chat(tx, requester, request.chat_id)
    inside = {member.user_id for member in agents_in(tx.session, chat)}
    found = [
        AgentForTransfer(agent_id=agent_id, active_chats=active_chats(tx.session, agent_id))
        for agent_id in staff(tx.session, chat).agents - inside
        if connected(tx.session, agent_id)
    ]
    return sorted(found, key=lambda each: (each.active_chats, each.agent_id))


# Who accepts chats


def set_routing_status(tx: Transaction, requester: Requester, request: SetRoutingStatus) -> None:
    """Whether chats may be given to an agent, the requester unless another one is named."""
    if request.status == "offline":
        raise Refused("validation", "only bots can be set offline; an agent is offline when not connected")
    agent = find_agent(tx, request.agent_id or requester.user_id)
    agent.accepting = request.status == "accepting_chats"
    tx.session.flush()
    announce_routing_status(tx, agent)
    settle(tx)


def list_routing_statuses(
    tx: Transaction, requester: Requester, request: ListRoutingStatuses
) -> list[AgentRoutingStatus]:
    """Whether chats may be given to the agents, of some groups or of all."""
    wanted = request.filters.group_ids if request.filters else None
    groups = tx.session.scalars(select(tables.Group.id)).all()
    agents = {
        agent.id: agent
        for group_id in groups
        if wanted is None or group_id in wanted
        for agent in agents_of_group(tx.session, group_id)
    }
    return [AgentRoutingStatus(agent_id=key, status=routing_status(tx.session, agents[key])) for key in sorted(agents)]


AGENT_CHAT = Api(
    name="agent",
    login=login,
    authorize=authorize,
    depart=depart,
    actions={
        "add_user_to_chat": Action(AddUserToChat, add_user_to_chat),
        "deactivate_chat": Action(DeactivateChat, deactivate_chat),
        "follow_chat": Action(FollowChat, follow_chat),
        "get_chat": Action(GetChat, get_chat),
        "get_customer": Action(GetCustomer, get_customer),
        "list_agents_for_transfer": Action(ListAgentsForTransfer, list_agents_for_transfer),
        "list_chats": Action(ListAgentChats, list_chats),
        "list_routing_statuses": Action(ListRoutingStatuses, list_routing_statuses),
        "list_threads": Action(ListThreads, list_threads),
        "logout": Action(Nothing, logout, over_http=False),
        "mark_events_as_seen": Action(MarkEventsAsSeen, mark_events_as_seen),
        "remove_user_from_chat": Action(RemoveUserFromChat, remove_user_from_chat),
        "resume_chat": Action(ResumeChat, resume_chat),
        "send_event": Action(SendEvent, send_event),
        "send_typing_indicator": Action(SendTypingIndicator, send_typing_indicator),
        "set_routing_status": Action(SetRoutingStatus, set_routing_status),
        "transfer_chat": Action(TransferChat, transfer_chat),
        "unfollow_chat": Action(FollowChat, unfollow_chat),
    },
)
