"""Which agents hear of a customer."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from server import tables
from server.audience import staff
from server.chats import chat_of

__all__ = ["observers"]


def observers(session: Session, customer: tables.Customer) -> frozenset[str]:
    """The agents who may read the customer's chat, who follow, and who watch all customers of the groups."""
    chat = chat_of(session, customer.id)
    query = select(tables.ChatGroup.group_id).where(tables.ChatGroup.chat_id == (chat and chat.id))
    groups = set(session.scalars(query)) or {customer.group_id}
    followers = select(tables.CustomerFollower.agent_id).where(tables.CustomerFollower.customer_id == customer.id)
    readers = staff(session, chat).agents if chat else frozenset()
    return readers | frozenset(session.scalars(followers)) | _watching(session, groups)


def _watching(session: Session, groups: set[int]) -> frozenset[str]:
    monitoring = (
        select(tables.Connection.user_id)
        .join(tables.GroupAgent, tables.GroupAgent.agent_id == tables.Connection.user_id)
        .where(tables.Connection.monitoring == "online", tables.GroupAgent.group_id.in_(groups))
    )
    subscribed = session.scalars(select(tables.Subscription))
    return frozenset(session.scalars(monitoring)) | {
        each.agent_id for each in subscribed if groups & set(each.group_ids)
    }
