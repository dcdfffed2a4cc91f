"""Groups: agents who share chats, and how soon each gets them (Configuration API)."""

from collections.abc import Iterable, Mapping
from typing import Final

from sqlalchemy import delete, exists, select, update

from server import tables
from server.access import check_role, find_agent
from server.audience import tell_agents
from server.chats import check_group
from server.organization import GROUP_ID
from server.routing import in_agents_words, settle
from server.transaction import Requester, Transaction
from widget.wire.base import Json, Wire
from widget.wire.configuration import CreateGroup, GetGroup, GroupById, ListGroups, UpdateGroup
from widget.wire.errors import Refused

__all__ = ["create_group", "delete_group", "get_group", "list_groups", "update_group"]

MOST_GROUPS: Final = 80


class GroupNews(Wire):
    """A group, or that it was created, changed or deleted."""

    id: int


def create_group(tx: Transaction, requester: Requester, request: CreateGroup) -> GroupNews:
    """A new group. Raises Refused(limit_reached), Refused(not_found) for agents that do not exist."""
    check_role(tx, requester, "administrator")
    ids = tx.session.scalars(select(tables.Group.id)).all()
    if len(ids) >= MOST_GROUPS:
        raise Refused("limit_reached", f"There are {MOST_GROUPS} groups at most.")
    group = tables.Group(id=max(ids) + 1, name=request.name, language_code=request.language_code, status="offline")
    tx.session.add(group)
    tx.session.flush()
    _assign(tx, group, request.agent_priorities)
    tell_agents(tx, "group_created", _shown(tx, group, ("agent_priorities",)))
    settle(tx)
    return GroupNews(id=group.id)


def update_group(tx: Transaction, requester: Requester, request: UpdateGroup) -> None:
    """Change what is given."""
    check_role(tx, requester, "administrator")
    group = _find(tx, request.id)
    group.name = request.name or group.name
    group.language_code = request.language_code or group.language_code
    if request.agent_priorities is not None:
        _assign(tx, group, request.agent_priorities)
    tell_agents(tx, "group_updated", _shown(tx, group, ("agent_priorities",)))
    settle(tx)


def delete_group(tx: Transaction, requester: Requester, request: GroupById) -> None:
    """Delete a group; its customers and chats come to the first one. Raises Refused(not_allowed) for that."""
    check_role(tx, requester, "administrator")
    group = _find(tx, request.id)
    if group.id == GROUP_ID:
        raise Refused("not_allowed", "The first group stays.")
    also_first = exists().where(tables.ChatGroup.chat_id == tables.Chat.id, tables.ChatGroup.group_id == GROUP_ID)
    only_here = select(tables.Chat.id).where(~also_first)
    here = tables.ChatGroup.group_id == group.id
    moved = tx.session.scalars(
        select(tables.ChatGroup.chat_id).where(here, tables.ChatGroup.chat_id.in_(only_here))
    ).all()
    tx.session.execute(delete(tables.ChatGroup).where(here))
    tx.session.add_all(tables.ChatGroup(chat_id=chat_id, group_id=GROUP_ID) for chat_id in moved)
    of_group = tables.Customer.group_id == group.id
    tx.session.execute(update(tables.Customer).where(of_group).values(group_id=GROUP_ID))
    for table in (tables.GroupAgent, tables.Greeting, tables.Form, tables.CannedResponse):
        tx.session.execute(delete(table).where(table.group_id == group.id))
    for tag in tx.session.scalars(select(tables.Tag)):
        tag.group_ids = [group_id for group_id in tag.group_ids if group_id != group.id]
    tx.session.delete(group)
    tell_agents(tx, "group_deleted", GroupNews(id=group.id))
    settle(tx)


def list_groups(tx: Transaction, requester: Requester, request: ListGroups) -> list[GroupNews]:
    """The groups."""
    groups = tx.session.scalars(select(tables.Group).order_by(tables.Group.id)).all()
    return [_shown(tx, group, request.fields) for group in groups]


def get_group(tx: Transaction, requester: Requester, request: GetGroup) -> GroupNews:
    """A group."""
    return _shown(tx, _find(tx, request.id), request.fields)


def _find(tx: Transaction, group_id: int) -> tables.Group:
    check_group(tx.session, group_id)
    return tx.session.get_one(tables.Group, group_id)


def _assign(tx: Transaction, group: tables.Group, priorities: Mapping[str, str]) -> None:
    for agent_id in priorities:
        find_agent(tx, agent_id)
    tx.session.execute(delete(tables.GroupAgent).where(tables.GroupAgent.group_id == group.id))
    for agent_id, priority in priorities.items():
        tx.session.add(tables.GroupAgent(group_id=group.id, agent_id=agent_id, priority=priority))
    tx.session.flush()


def _shown(tx: Transaction, group: tables.Group, fields: Iterable[str]) -> GroupNews:
    shown: Json = {"id": group.id, "name": group.name, "language_code": group.language_code}
    if "agent_priorities" in fields:
        query = select(tables.GroupAgent).where(tables.GroupAgent.group_id == group.id)
        shown["agent_priorities"] = {each.agent_id: each.priority for each in tx.session.scalars(query)}
    if "routing_status" in fields:
        shown["routing_status"] = in_agents_words(tx.session, group.id)
    return GroupNews.read(shown)
