"""Agents come into chats and leave them, and those concerned are told."""

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from server import tables
from server.audience import Audience, everyone, staff, tell
from server.events import moment
from server.transaction import Transaction
from server.views import latest_thread
from widget.wire.agent_requests import ChatAccessUpdated
from widget.wire.customer import (
    ChatTransferred,
    IncomingChat,
    TransferTarget,
    UserAddedToChat,
    UserRemovedFromChat,
)
from widget.wire.events import Visibility

__all__ = [
    "ROUTED",
    "Reason",
    "active_chats",
    "agents_in",
    "enter",
    "join",
    "leave",
    "move",
    "show_chat",
    "takes_part",
    "tell_transfer",
]


TransferReason = Literal["manual", "assigned", "unassigned"]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why somebody comes or goes: the platform's word, and the agent who wanted it if one did."""

    word: str
    requester_id: str | None = None


ROUTED = Reason("assigned")
"""The platform gave the chat to the agent."""


def member(session: Session, chat: tables.Chat, user_id: str) -> tables.Member | None:
    """A user of a chat, also one who has left."""
    return session.get(tables.Member, (chat.id, user_id))


def takes_part(session: Session, chat: tables.Chat, user_id: str) -> bool:
    """Whether a user is in a chat now."""
    found = member(session, chat, user_id)
    return found is not None and found.takes_part


def agents_in(session: Session, chat: tables.Chat) -> list[tables.Member]:
    """The agents who answer in a chat now, the last to come first. Those who only watch do not count."""
    query = select(tables.Member).where(
        tables.Member.chat_id == chat.id,
        tables.Member.kind == "agent",
        tables.Member.takes_part,
        tables.Member.visibility == "all",
    )
    return list(session.scalars(query.order_by(tables.Member.joined_at.desc())))


def active_chats(session: Session, agent_id: str) -> int:
    """How many chats an agent answers in now."""
    query = (
        select(func.count())
        .select_from(tables.Member)
        .join(tables.Thread, tables.Thread.chat_id == tables.Member.chat_id)
        .where(
            tables.Member.user_id == agent_id,
            tables.Member.takes_part,
            tables.Member.visibility == "all",
            tables.Thread.active,
        )
    )
    return session.scalars(query).one()


def enter(
    session: Session, chat: tables.Chat, thread: tables.Thread, agent: tables.Agent, visibility: Visibility = "all"
) -> tables.Member:
    """Make an agent a user of a chat; tells nobody."""
    found = member(session, chat, agent.id)
    if found is None:
        found = tables.Member(chat_id=chat.id, user_id=agent.id, kind="agent")
        session.add(found)
    found.takes_part = True
    found.visibility = visibility
    found.joined_at = moment(chat)
    if visibility == "all":
        thread.queued_at = None
        if agent.id not in thread.user_ids:
            thread.user_ids = [*thread.user_ids, agent.id]
        if thread.active:
            agent.assigned_at = found.joined_at
    session.flush()
    return found


def join(
    tx: Transaction,
    chat: tables.Chat,
    agent: tables.Agent,
    reason: Reason,
    visibility: Visibility = "all",
    transferred_from: TransferTarget | None = None,
) -> None:
    """An agent comes into a chat: everybody is told, and the agent is shown the chat."""
    thread = latest_thread(tx.session, chat)
    entered = enter(tx.session, chat, thread, agent, visibility)
    tell(
        tx,
        everyone(tx.session, chat) if visibility == "all" else staff(tx.session, chat),
        "user_added_to_chat",
        lambda view: UserAddedToChat(
            chat_id=chat.id,
            thread_id=thread.id if thread.active else None,
            user=view.user(entered),
            user_type="agent",
            reason=reason.word,
            requester_id=reason.requester_id and view.user_id(reason.requester_id),
        ),
        news_of=chat,
    )
    show_chat(tx, chat, Audience(agents=frozenset({agent.id})), reason.requester_id, transferred_from)


def leave(tx: Transaction, chat: tables.Chat, agent_id: str, reason: Reason) -> None:
    """An agent leaves a chat, and everybody is told; the agent stays listed among its users."""
    thread = latest_thread(tx.session, chat)
    audience = everyone(tx.session, chat)
    left = tx.session.get_one(tables.Member, (chat.id, agent_id))
    left.takes_part = False
    tell(
        tx,
        audience if left.visibility == "all" else Audience(agents=audience.agents),
        "user_removed_from_chat",
        lambda view: UserRemovedFromChat(
            chat_id=chat.id,
            thread_id=thread.id if thread.active else None,
            user_id=view.user_id(agent_id),
            user_type="agent",
            reason=reason.word,
            requester_id=reason.requester_id and view.user_id(reason.requester_id),
        ),
        news_of=chat,
    )


def show_chat(
    tx: Transaction,
    chat: tables.Chat,
    audience: Audience,
    requester_id: str | None = None,
    transferred_from: TransferTarget | None = None,
    *,
    begins: bool = False,
) -> None:
    """Tell an audience of a chat that is new to it, or to everybody when it begins."""
    thread = latest_thread(tx.session, chat)
    tell(
        tx,
        audience,
        "incoming_chat",
        lambda view: IncomingChat(
            requester_id=requester_id and view.user_id(requester_id),
            chat=view.chat(chat, thread),
            transferred_from=None if transferred_from is None else transferred_from.as_json(),
        ),
        news_of=chat if begins else None,
    )


def tell_transfer(tx: Transaction, chat: tables.Chat, reason: TransferReason, requester_id: str | None = None) -> None:
    """Tell everybody who has a chat now."""
    thread = latest_thread(tx.session, chat)
    agents = [found.user_id for found in agents_in(tx.session, chat)]
    tell(
        tx,
        everyone(tx.session, chat),
        "chat_transferred",
        lambda view: ChatTransferred(
            chat_id=chat.id,
            thread_id=thread.id if thread.active else None,
            requester_id=requester_id and view.user_id(requester_id),
            reason=reason,
            transferred_to=TransferTarget(
                agent_ids=[view.user_id(agent_id) for agent_id in agents] or None,
                group_ids=view.access(chat).group_ids,
            ),
            queue=view.queue(thread),
        ),
        news_of=chat,
    )


def move(tx: Transaction, chat: tables.Chat, groups: list[int]) -> None:
    """Let a chat be in these groups and no others, and tell the agents who could read it or now can."""
    if set(groups) == set(tx.for_agents.access(chat).group_ids):
        return
    before = staff(tx.session, chat).agents
    tx.session.execute(delete(tables.ChatGroup).where(tables.ChatGroup.chat_id == chat.id))
    tx.session.add_all(tables.ChatGroup(chat_id=chat.id, group_id=group_id) for group_id in set(groups))
    tx.session.flush()
    news = ChatAccessUpdated(id=chat.id, access=tx.for_agents.access(chat))
    tx.report("chat_access_updated", news, chat.id)
    tx.push("chat_access_updated", news, before | staff(tx.session, chat).agents)
