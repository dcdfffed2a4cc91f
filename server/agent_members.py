"""Who is in a chat, who watches it, and who takes chats, as agents ask for it (spec: agent-api, section 3)."""

from sqlalchemy import select

from server import tables
from server.access import check_role, find_agent, joined_chat, readable_chat
from server.audience import Audience, staff, watchers
from server.chats import display_name
from server.events import active_thread, moment, say
from server.membership import Reason, active_chats, agents_in, join, leave, move, show_chat, takes_part, tell_transfer
from server.routing import agents_of_group, announce_routing_status, choose, reroute, routing_status, settle
from server.transaction import Requester, Transaction
from server.views import connected, latest_thread
from widget.wire.agent import (
    AddUserToChat,
    AgentForTransfer,
    AgentRoutingStatus,
    ChatUnfollowed,
    FollowChat,
    ListAgentsForTransfer,
    ListRoutingStatuses,
    RemoveUserFromChat,
    SetRoutingStatus,
    TransferChat,
)
from widget.wire.agent_requests import SetAwayStatus
from widget.wire.customer import TransferTarget
from widget.wire.errors import Refused

__all__ = [
    "add_user_to_chat",
    "follow_chat",
    "list_agents_for_transfer",
    "list_routing_statuses",
    "remove_user_from_chat",
    "set_away_status",
    "set_routing_status",
    "transfer_chat",
    "unfollow_chat",
]


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
    groups = _wanted_groups(tx, chat, request)
    agent = _transfer_goal(tx, chat, request, groups)
    came_from = tx.for_agents.access(chat).group_ids
    before = [each.user_id for each in agents_in(tx.session, chat) if agent is None or each.user_id != agent.id]
    left_queue = thread.queued_at
    for agent_id in before:
        leave(tx, chat, agent_id, Reason("transferred", requester.user_id))
    move(tx, chat, groups)
    if agent is None:
        thread.queued_at = left_queue or moment(chat)
        tx.session.flush()
    elif not takes_part(tx.session, chat, agent.id):
        source = TransferTarget(agent_ids=before or None, group_ids=came_from)
        join(tx, chat, agent, Reason("transferred", requester.user_id), transferred_from=source)
    targets = agent.name if agent else ", ".join(tx.session.get_one(tables.Group, each).name for each in groups)
    say(tx, chat, thread, "chat_transferred", {"initiator": _name(tx, requester), "targets": targets})
    tell_transfer(tx, chat, "manual", requester.user_id)
    settle(tx, left_queue if agent else None)


def _wanted_groups(tx: Transaction, chat: tables.Chat, request: TransferChat) -> list[int]:
    """The groups that a chat shall be in: those it is in, unless it goes to others. Raises Refused(group_not_found)."""
    if request.target is None or request.target.type == "agent":
        return tx.for_agents.access(chat).group_ids
    groups = [_group_id(group_id) for group_id in request.target.ids]
    if not set(groups) <= set(tx.session.scalars(select(tables.Group.id))):
        raise Refused("group_not_found")
    return groups


def _transfer_goal(tx: Transaction, chat: tables.Chat, request: TransferChat, groups: list[int]) -> tables.Agent | None:
    """Who gets a chat; None when nobody can and it may wait in the queue."""
    if request.target is not None and request.target.type == "agent":
        agent = find_agent(tx, str(request.target.ids[0]))
        if agent.id not in staff(tx.session, chat).agents:
            raise Refused("missing_access", "The agent is not in the groups of the chat.")
        if not request.ignore_agents_availability and routing_status(tx.session, agent) != "accepting_chats":
            raise Refused("agent_offline", "The agent does not accept chats now.")
        return agent
    here = agents_in(tx.session, chat)
    chosen = choose(tx.session, groups, without=here[0].user_id if here else None)
    if chosen is None and not request.ignore_agents_availability:
        raise Refused("group_unavailable")
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
        AgentForTransfer(agent_id=agent_id, total_active_chats=active_chats(tx.session, agent_id))
        for agent_id in staff(tx.session, chat).agents - inside
        if connected(tx.session, agent_id)
    ]
    return sorted(found, key=lambda each: (each.total_active_chats, each.agent_id))


# Who accepts chats


def set_routing_status(tx: Transaction, requester: Requester, request: SetRoutingStatus) -> None:
    """Whether chats may be given to an agent, the requester unless another one is named."""
    agent = find_agent(tx, request.agent_id or requester.user_id)
    if request.status == "offline" and not agent.is_bot:
        raise Refused("validation", "only bots can be set offline; an agent is offline when not connected")
    if agent.id != requester.user_id and not agent.is_bot:
        check_role(tx, requester, "administrator")
    _accept(tx, agent, accepting=request.status == "accepting_chats", here=request.status != "offline")


def set_away_status(tx: Transaction, requester: Requester, request: SetAwayStatus) -> None:
    """The requester gets no chats while away."""
    _accept(tx, find_agent(tx, requester.user_id), accepting=not request.away)


def _accept(tx: Transaction, agent: tables.Agent, *, accepting: bool, here: bool = True) -> None:
    agent.accepting = accepting
    if agent.is_bot:
        agent.details = {**agent.details, "online": here}
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
