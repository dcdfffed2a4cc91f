"""Who is told what (spec: agent-api section 4, "Delivery rules").

An agent hears of the key changes in every chat of the agent's groups, and of everything in chats joined or followed.
A customer hears of everything in the chat but what agents keep to themselves.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from server import tables
from server.transaction import Transaction
from server.views import View
from widget.wire.base import Wire

__all__ = ["Audience", "all_agents", "everyone", "participants", "staff", "tell", "tell_agents", "watchers"]


@dataclass(frozen=True, slots=True)
class Audience:
    """The users whom a push is for, by the side they are on."""

    customers: frozenset[str] = frozenset()
    agents: frozenset[str] = frozenset()

    def but(self, user_id: str) -> "Audience":
        """All of them but one."""
        return Audience(self.customers - {user_id}, self.agents - {user_id})


def watchers(session: Session, chat: tables.Chat) -> Audience:
    """The agents who are in a chat or follow it."""
    members = select(tables.Member.user_id).where(
        tables.Member.chat_id == chat.id, tables.Member.kind == "agent", tables.Member.takes_part
    )
    followers = select(tables.Follower.agent_id).where(tables.Follower.chat_id == chat.id)
    return Audience(agents=frozenset(session.scalars(members.union(followers))))


def staff(session: Session, chat: tables.Chat) -> Audience:
    """The agents who may read a chat: those of its groups, and those who were added to it."""
    query = (
        select(tables.GroupAgent.agent_id)
        .join(tables.ChatGroup, tables.ChatGroup.group_id == tables.GroupAgent.group_id)
        .where(tables.ChatGroup.chat_id == chat.id)
    )
    return Audience(agents=frozenset(session.scalars(query)) | watchers(session, chat).agents)


def participants(session: Session, chat: tables.Chat) -> Audience:
    """The customer, and the agents who are in the chat or follow it."""
    return Audience(frozenset({chat.customer_id}), watchers(session, chat).agents)


def everyone(session: Session, chat: tables.Chat) -> Audience:
    """The customer, and the agents who may read the chat."""
    return Audience(frozenset({chat.customer_id}), staff(session, chat).agents)


def all_agents(session: Session) -> Audience:
    """Every agent of the organization."""
    return Audience(agents=frozenset(session.scalars(select(tables.Agent.id))))


def tell_agents(tx: Transaction, action: str, payload: Wire) -> None:
    """Tell every agent, and the webhooks, of something that concerns the organization as a whole."""
    tx.report(action, payload)
    tx.push(action, payload, all_agents(tx.session).agents)


def tell(
    tx: Transaction,
    audience: Audience,
    action: str,
    payload: Callable[[View], Wire],
    news_of: tables.Chat | None = None,
    *,
    unasked: bool = False,
) -> None:
    """Push the same news to both sides, to each as it sees it; and to webhooks, if it is news of a chat.

    What is ``unasked`` does not carry the id of the request that led to it.
    """
    if news_of is not None:
        tx.report(action, payload(tx.for_agents), news_of.id)
    if audience.customers:
        tx.push(action, payload(tx.for_customers), audience.customers, unasked=unasked)
    if audience.agents:
        tx.push(action, payload(tx.for_agents), audience.agents, unasked=unasked)
