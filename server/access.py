"""Who may touch what: customers their own chat, agents the chats of their groups, and by role the configuration."""

from typing import Final, Literal

from sqlalchemy import ColumnElement, or_, select

from server import tables
from server.audience import staff
from server.chats import chat_of, find_chat
from server.membership import takes_part
from server.properties import Side
from server.transaction import Requester, Transaction
from widget.wire.errors import Refused

__all__ = [
    "ROLES",
    "Role",
    "check_role",
    "find_agent",
    "joined_chat",
    "own_chat",
    "reachable_chat",
    "readable",
    "readable_chat",
    "role_of",
    "side_of",
]

Role = Literal["normal", "administrator", "viceowner", "owner"]

ROLES: Final[tuple[Role, ...]] = ("normal", "administrator", "viceowner", "owner")
"""From the one who may least to the one who may most."""


def side_of(tx: Transaction, requester: Requester) -> Side:
    """On which side somebody is."""
    return "agent" if tx.session.get(tables.Agent, requester.user_id) else "customer"


# Chats


def own_chat(tx: Transaction, requester: Requester, chat_id: str) -> tables.Chat:
    """The customer's chat. Raises Refused(not_found) for any other, whether it exists or not."""
    chat = chat_of(tx.session, requester.user_id)
    if chat is None or chat.id != chat_id:
        raise Refused("not_found", "You have no chat with this id.")
    return chat


def readable(agent_id: str) -> ColumnElement[bool]:
    """The condition for chats that an agent may read: those of the agent's groups, and those he is in or follows."""
    groups = select(tables.GroupAgent.group_id).where(tables.GroupAgent.agent_id == agent_id)
    member = select(tables.Member.chat_id).where(tables.Member.user_id == agent_id, tables.Member.takes_part)
    followed = select(tables.Follower.chat_id).where(tables.Follower.agent_id == agent_id)
    return or_(
        tables.Chat.id.in_(select(tables.ChatGroup.chat_id).where(tables.ChatGroup.group_id.in_(groups))),
        tables.Chat.id.in_(member),
        tables.Chat.id.in_(followed),
    )


def readable_chat(tx: Transaction, requester: Requester, chat_id: str) -> tables.Chat:
    """A chat that the agent may read. Raises Refused(not_found), Refused(missing_access)."""
    chat = find_chat(tx.session, chat_id)
    if requester.user_id not in staff(tx.session, chat).agents:
        raise Refused("missing_access")
    return chat


def joined_chat(
    tx: Transaction, requester: Requester, chat_id: str, *, ignore_presence: bool | None = False
) -> tables.Chat:
    """A chat that the agent is in. Raises Refused(not_found), Refused(missing_access)."""
    chat = readable_chat(tx, requester, chat_id)
    if not ignore_presence and not takes_part(tx.session, chat, requester.user_id):
        raise Refused("missing_access", "You are not in this chat.")
    return chat


def reachable_chat(tx: Transaction, requester: Requester, chat_id: str) -> tables.Chat:
    """A chat that somebody of either side may read. Raises Refused(not_found), Refused(missing_access)."""
    find = readable_chat if side_of(tx, requester) == "agent" else own_chat
    return find(tx, requester, chat_id)


# Agents


def find_agent(tx: Transaction, agent_id: str) -> tables.Agent:
    """The agent with this id. Raises Refused(not_found)."""
    agent = tx.session.get(tables.Agent, agent_id)
    if agent is None or agent.deleted:
        raise Refused("not_found", "There is no agent with this id.")
    return agent


def role_of(tx: Transaction, requester: Requester) -> Role:
    """The role of an agent."""
    permission = tx.session.get_one(tables.Agent, requester.user_id).permission
    return next((role for role in ROLES if role == permission), "normal")


def check_role(tx: Transaction, requester: Requester, least: Role) -> None:
    """Raises Refused(authorization) for an agent who may less than a role may."""
    if ROLES.index(role_of(tx, requester)) < ROLES.index(least):
        raise Refused("authorization", f"Only {least}s, and who may more, may do this.")
