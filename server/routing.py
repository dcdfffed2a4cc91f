"""Who gets a chat.

A chat that starts goes to the agent with the fewest among those of its groups who are here, accept chats and have not
all hands full; among equals, to the one who has waited longest for a turn. A chat that is resumed goes to the agent
who had it last, if that is one of them. With nobody there it waits in the queue, oldest first.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from server import tables
from server.audience import all_agents, tell_agents
from server.events import moment, say
from server.membership import ROUTED, active_chats, enter, join, tell_transfer
from server.transaction import Transaction
from server.views import connected, latest_thread, place
from widget.wire.agent import RoutingStatus, RoutingStatusSet
from widget.wire.base import Wire
from widget.wire.customer import GroupAvailability, GroupsStatusUpdated, GroupStatus, QueuePositionUpdated

__all__ = [
    "Candidate",
    "agents_of_group",
    "announce_routing_status",
    "assign_or_queue",
    "availability",
    "candidates",
    "choose",
    "in_agents_words",
    "reroute",
    "routing_status",
    "settle",
]

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)

_PRIORITIES = ("first", "normal", "last")
"""The priorities in a group that lead to chats, the highest first."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An agent who is here and accepts chats, and how many are open."""

    agent: tables.Agent
    active_chats: int

    @property
    def has_time(self) -> bool:
        """Whether there is room for one more."""
        return self.active_chats < self.agent.max_chats


def routing_status(session: Session, agent: tables.Agent) -> RoutingStatus:
    """Whether chats may be given to an agent."""
    here = bool(agent.details.get("online")) if agent.is_bot else connected(session, agent.id)
    if not here or agent.suspended or agent.deleted:
        return "offline"
    return "accepting_chats" if agent.accepting else "not_accepting_chats"


def agents_of_group(session: Session, group_id: int) -> list[tables.Agent]:
    """The agents of a group."""
    query = select(tables.Agent).join(tables.GroupAgent, tables.GroupAgent.agent_id == tables.Agent.id)
    query = query.where(tables.GroupAgent.group_id == group_id, ~tables.Agent.deleted)
    return list(session.scalars(query.order_by(tables.Agent.id)))


def candidates(session: Session, group_ids: list[int]) -> list[Candidate]:
    """The agents of these groups who are here and accept chats, in the order in which it is their turn.

    Those of a higher priority come first as long as they have time; supervisors do not come at all.
    """
    query = select(tables.GroupAgent).where(tables.GroupAgent.group_id.in_(group_ids))
    ranks: dict[str, int] = {}
    for each in session.scalars(query):
        if each.priority in _PRIORITIES:
            ranks[each.agent_id] = min(_PRIORITIES.index(each.priority), ranks.get(each.agent_id, len(_PRIORITIES)))
    agents = [agent for agent_id in ranks if (agent := session.get(tables.Agent, agent_id))]
    accepting = [agent for agent in agents if routing_status(session, agent) == "accepting_chats"]
    return sorted(
        (Candidate(agent, active_chats(session, agent.id)) for agent in accepting),
        key=lambda c: (ranks[c.agent.id], c.active_chats, c.agent.assigned_at or _NEVER, c.agent.id),
    )


def choose(
    session: Session, group_ids: list[int], *, preferred: str | None = None, without: str | None = None
) -> tables.Agent | None:
    """The agent to give a chat of these groups to, or None when nobody has time for it."""
    free = [c.agent for c in candidates(session, group_ids) if c.has_time and c.agent.id != without]
    return next((agent for agent in free if agent.id == preferred), free[0] if free else None)


def assign_or_queue(tx: Transaction, chat: tables.Chat, thread: tables.Thread, preferred: str | None = None) -> None:
    """Give a thread that begins to an agent, or let it wait. Tells nobody: whoever began it tells of the whole chat."""
    agent = choose(tx.session, _groups(tx.session, chat), preferred=preferred)
    if agent is None:
        thread.queued_at = moment(chat)
    else:
        enter(tx.session, chat, thread, agent)


def reroute(tx: Transaction, chat: tables.Chat, without: str) -> None:
    """The last agent of an active chat has left: give it to another one, or queue it."""
    agent = choose(tx.session, _groups(tx.session, chat), without=without)
    if agent is not None:
        join(tx, chat, agent, ROUTED)
        tell_transfer(tx, chat, "assigned")
        return
    thread = latest_thread(tx.session, chat)
    thread.queued_at = moment(chat)
    tx.session.flush()
    say(tx, chat, thread, "routing.unassigned_other")
    tell_transfer(tx, chat, "unassigned")


def settle(tx: Transaction, left_queue: datetime | None = None) -> None:
    """Something changed who is free: serve the queue, and tell the others of it.

    ``left_queue`` is since when a chat had waited that has just left the queue in another way.
    """
    tx.session.flush()
    served = _serve_queue(tx)
    vacated = min((since for since in (left_queue, served) if since is not None), default=None)
    if vacated is not None:
        _tell_positions(tx, vacated)
    _announce_groups(tx)


def _serve_queue(tx: Transaction) -> datetime | None:
    """Give waiting chats to agents, the oldest first. Returns since when the first of them had waited."""
    served: datetime | None = None
    while (chat := _next_in_queue(tx.session)) is not None:
        agent = choose(tx.session, _groups(tx.session, chat))
        if agent is None:
            break
        served = served or latest_thread(tx.session, chat).queued_at
        join(tx, chat, agent, ROUTED)
        tell_transfer(tx, chat, "assigned")
    return served


def _next_in_queue(session: Session) -> tables.Chat | None:
    """The chat that has waited longest of those for which somebody has time."""
    groups = session.scalars(select(tables.Group.id)).all()
    free = [group_id for group_id in groups if availability(session, group_id) == "online"]
    if not free:
        return None
    query = (
        select(tables.Chat)
        .join(tables.Thread, tables.Thread.chat_id == tables.Chat.id)
        .where(
            tables.Thread.queued_at.is_not(None),
            exists().where(tables.ChatGroup.chat_id == tables.Chat.id, tables.ChatGroup.group_id.in_(free)),
        )
    )
    return session.scalars(query.order_by(tables.Thread.queued_at).limit(1)).first()


def _tell_positions(tx: Transaction, since: datetime) -> None:
    """Tell those who had waited shorter than somebody who has left the queue of their new places."""
    ahead = select(func.count()).select_from(tables.Thread).where(tables.Thread.queued_at < since)
    behind = (
        select(tables.Thread, tables.Chat)
        .join(tables.Chat, tables.Chat.id == tables.Thread.chat_id)
        .where(tables.Thread.queued_at >= since)
        .order_by(tables.Thread.queued_at)
    )
    moved: list[Wire] = []
    for position, (thread, chat) in enumerate(tx.session.execute(behind), 1 + tx.session.scalars(ahead).one()):
        news = QueuePositionUpdated(chat_id=chat.id, thread_id=thread.id, queue=place(position, thread))
        tx.push("queue_position_updated", news, {chat.customer_id})
        moved.append(news)
    if moved:
        tx.push("queue_positions_updated", moved, all_agents(tx.session).agents)


def _groups(session: Session, chat: tables.Chat) -> list[int]:
    query = select(tables.ChatGroup.group_id).where(tables.ChatGroup.chat_id == chat.id)
    return list(session.scalars(query.order_by(tables.ChatGroup.group_id)))


# What others are told of who is free


def availability(session: Session, group_id: int) -> GroupAvailability:
    """Whether a group's agents take chats, as customers are told it."""
    here = candidates(session, [group_id])
    if not here:
        return "offline"
    return "online" if any(candidate.has_time for candidate in here) else "online_for_queue"


def _announce_groups(tx: Transaction) -> None:
    for group in tx.session.scalars(select(tables.Group).order_by(tables.Group.id)).all():
        status = availability(tx.session, group.id)
        if status == group.status:
            continue
        group.status = status
        customers = select(tables.Connection.user_id).where(tables.Connection.kind == "customer")
        tx.push("groups_status_updated", _group_news(group.id, status), tx.session.scalars(customers))
        news = _group_news(group.id, in_agents_words(tx.session, group.id))
        tx.push("groups_status_updated", news, all_agents(tx.session).agents)


def _group_news(group_id: int, status: str) -> GroupsStatusUpdated:
    return GroupsStatusUpdated(groups=[GroupStatus(id=group_id, status=status)])


def in_agents_words(session: Session, group_id: int) -> RoutingStatus:
    """Whether a group's agents take chats, as agents are told it."""
    if availability(session, group_id) != "offline":
        return "accepting_chats"
    here = any(routing_status(session, agent) != "offline" for agent in agents_of_group(session, group_id))
    return "not_accepting_chats" if here else "offline"


def announce_routing_status(tx: Transaction, agent: tables.Agent) -> None:
    """Tell the agents whether chats may be given to one of them."""
    tell_agents(tx, "routing_status_set", RoutingStatusSet(agent_id=agent.id, status=routing_status(tx.session, agent)))
