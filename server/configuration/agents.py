"""Agents: who they are, in which groups, and whether they may come in (Configuration API)."""

from collections.abc import Iterable
from datetime import UTC, datetime
from secrets import token_hex
from typing import Final
from uuid import uuid4

from sqlalchemy import delete, select

from server import tables
from server.access import ROLES, check_role, find_agent, role_of
from server.api import Nothing
from server.audience import tell_agents
from server.chats import check_group
from server.limits import check_length
from server.membership import Reason, agents_in, leave
from server.organization import GROUP_ID
from server.routing import announce_routing_status, reroute, settle
from server.tokens import hashed, new_secret
from server.transaction import Requester, Transaction
from widget.wire.base import Json, format_timestamp
from widget.wire.configuration import (
    AgentById,
    AgentFields,
    AgentOrBotNews,
    CreateAgent,
    GetAgent,
    GroupPriority,
    ListAgents,
    ReactivateEmail,
    UpdateAgent,
)
from widget.wire.errors import Refused

__all__ = [
    "approve_agent",
    "assign_groups",
    "create_agent",
    "delete_agent",
    "find_human",
    "get_agent",
    "list_agents",
    "reactivate_email",
    "remove",
    "request_agent_unsuspension",
    "suspend_agent",
    "unsuspend_agent",
    "update_agent",
]

KEPT: Final = ("mobile", "notifications", "email_subscriptions", "work_scheduler")
"""What is kept of an agent and means nothing to this server."""


def create_agent(tx: Transaction, requester: Requester, request: CreateAgent) -> Json:
    """A new agent, who has no token yet. Raises Refused(already_exists)."""
    check_role(tx, requester, "administrator")
    _check_role_given(tx, requester, request.role)
    known = tx.session.get(tables.Agent, request.id)
    if known is not None and not known.deleted:
        raise Refused("already_exists", "There is an agent with this id.")
    agent = known or tables.Agent(
        id=request.id, account_id=str(uuid4()), opaque_id=token_hex(16), created_at=datetime.now(UTC), max_chats=6
    )
    agent.name, agent.permission, agent.token_hash = request.name, request.role, hashed(new_secret())
    agent.deleted, agent.suspended, agent.awaiting_approval = False, False, request.awaiting_approval
    agent.accepting, agent.is_bot, agent.details = False, False, {}
    tx.session.add(agent)
    tx.session.flush()
    assign_groups(tx, agent, [GroupPriority(id=GROUP_ID)] if request.groups is None else request.groups)
    _take(agent, request)
    tell_agents(tx, "agent_created", _news(tx, agent))
    return {"id": agent.id}


def get_agent(tx: Transaction, requester: Requester, request: GetAgent) -> Json:
    """An agent."""
    return _shown(tx, find_human(tx, request.id), request.fields)


def list_agents(tx: Transaction, requester: Requester, request: ListAgents) -> list[AgentOrBotNews]:
    """The agents, without bots."""
    query = select(tables.Agent).where(~tables.Agent.is_bot, ~tables.Agent.deleted)
    filters = request.filters
    if filters is not None and filters.suspended is not None:
        query = query.where(tables.Agent.suspended == filters.suspended)
    if filters is not None and filters.group_ids is not None:
        inside = select(tables.GroupAgent.agent_id).where(tables.GroupAgent.group_id.in_(filters.group_ids))
        query = query.where(tables.Agent.id.in_(inside))
    found = tx.session.scalars(query.order_by(tables.Agent.id))
    return [AgentOrBotNews.read(_shown(tx, agent, request.fields)) for agent in found]


def update_agent(tx: Transaction, requester: Requester, request: UpdateAgent) -> None:
    """Change what is given; of colleagues only as an administrator. Raises Refused(authorization)."""
    agent = find_human(tx, request.id)
    if agent.id != requester.user_id or request.role is not None or request.groups is not None:
        check_role(tx, requester, "administrator")
    if request.role is not None:
        _check_role_given(tx, requester, request.role)
        _check_not_owner(agent)
        agent.permission = request.role
    if request.name is not None:
        agent.name = request.name
    if request.groups is not None:
        assign_groups(tx, agent, request.groups)
    _take(agent, request)
    tx.session.flush()
    tell_agents(tx, "agent_updated", _news(tx, agent))
    settle(tx)


def delete_agent(tx: Transaction, requester: Requester, request: AgentById) -> None:
    """An agent comes no more; what he said stays."""
    agent = find_human(tx, request.id)
    if agent.id != requester.user_id:
        check_role(tx, requester, "administrator")
    _check_not_owner(agent)
    agent.deleted, agent.token_hash = True, hashed(new_secret())
    remove(tx, agent)
    tell_agents(tx, "agent_deleted", AgentOrBotNews(id=agent.id))


def suspend_agent(tx: Transaction, requester: Requester, request: AgentById) -> None:
    """An agent may not come in until further notice."""
    check_role(tx, requester, "administrator")
    agent = find_human(tx, request.id)
    _check_not_owner(agent)
    agent.suspended = True
    remove(tx, agent)
    tell_agents(tx, "agent_suspended", AgentOrBotNews(id=agent.id))


def unsuspend_agent(tx: Transaction, requester: Requester, request: AgentById) -> None:
    """An agent may come in again."""
    check_role(tx, requester, "administrator")
    agent = find_human(tx, request.id)
    agent.suspended = False
    tell_agents(tx, "agent_unsuspended", AgentOrBotNews(id=agent.id))


def approve_agent(tx: Transaction, requester: Requester, request: AgentById) -> None:
    """An agent who waited for that may come in."""
    check_role(tx, requester, "administrator")
    agent = find_human(tx, request.id)
    agent.awaiting_approval = False
    tell_agents(tx, "agent_approved", AgentOrBotNews(id=agent.id))


def request_agent_unsuspension(tx: Transaction, requester: Requester, request: Nothing) -> None:
    """For suspended agents only, who cannot ask for anything here: there is no mail to write to the owners."""
    raise Refused("not_allowed", "You are not suspended.")


def reactivate_email(tx: Transaction, requester: Requester, request: ReactivateEmail) -> None:
    """No mail is sent from here, so none has come back."""
    check_role(tx, requester, "administrator")
    find_human(tx, request.agent_id)


# What they have in common


def find_human(tx: Transaction, agent_id: str) -> tables.Agent:
    """The agent with this id, who is no bot. Raises Refused(not_found)."""
    agent = find_agent(tx, agent_id)
    if agent.is_bot:
        raise Refused("not_found", "There is no agent with this id.")
    return agent


def _check_role_given(tx: Transaction, requester: Requester, role: str) -> None:
    if [*ROLES].index(role_of(tx, requester)) < [str(each) for each in ROLES].index(role):
        raise Refused("authorization", "You cannot give a higher role than your own.")


def _check_not_owner(agent: tables.Agent) -> None:
    if agent.permission == "owner":
        raise Refused("not_allowed", "The owner stays.")


def remove(tx: Transaction, agent: tables.Agent) -> None:
    """Take an agent out of all chats, which go to others, and close his connections."""
    tx.session.execute(delete(tables.Connection).where(tables.Connection.user_id == agent.id))
    mine = select(tables.Member.chat_id).where(tables.Member.user_id == agent.id, tables.Member.takes_part)
    for chat in tx.session.scalars(select(tables.Chat).where(tables.Chat.id.in_(mine))).all():
        leave(tx, chat, agent.id, Reason("other"))
        thread = tx.session.scalars(
            select(tables.Thread).where(tables.Thread.chat_id == chat.id, tables.Thread.active)
        ).one_or_none()
        if thread is not None and not agents_in(tx.session, chat) and thread.queued_at is None:
            reroute(tx, chat, without=agent.id)
    announce_routing_status(tx, agent)
    settle(tx)
    tx.disconnect({agent.id}, "agent_logged_out_remotely")


def assign_groups(tx: Transaction, agent: tables.Agent, groups: Iterable[GroupPriority]) -> None:
    """Let an agent be in these groups and no others. Raises Refused(group_not_found)."""
    wanted = {each.id: each.priority for each in groups}
    for group_id in wanted:
        check_group(tx.session, group_id)
    tx.session.execute(delete(tables.GroupAgent).where(tables.GroupAgent.agent_id == agent.id))
    for group_id, priority in wanted.items():
        tx.session.add(tables.GroupAgent(group_id=group_id, agent_id=agent.id, priority=priority))
    tx.session.flush()


def _take(agent: tables.Agent, given: AgentFields) -> None:
    check_length("agent", given.as_json())
    if given.login_status is not None:
        agent.accepting = given.login_status == "accepting chats"
    if given.job_title is not None:
        agent.job_title = given.job_title
    if given.avatar_path is not None:
        agent.avatar = given.avatar_path
    if given.max_chats_count is not None:
        agent.max_chats = given.max_chats_count
    kept = {name: value for name in KEPT if (value := getattr(given, name)) is not None}
    agent.details = {**agent.details, **kept}


def _groups(tx: Transaction, agent: tables.Agent) -> list[tables.GroupAgent]:
    query = select(tables.GroupAgent).where(tables.GroupAgent.agent_id == agent.id)
    return list(tx.session.scalars(query.order_by(tables.GroupAgent.group_id)))


def _shown(tx: Transaction, agent: tables.Agent, fields: Iterable[str]) -> Json:
    """An agent: always the same few fields, and those that were asked for."""
    more: Json = {
        **agent.details,
        "groups": [{"id": each.group_id, "priority": each.priority} for each in _groups(tx, agent)],
        "job_title": agent.job_title,
        "max_chats_count": agent.max_chats,
        "suspended": agent.suspended,
        "awaiting_approval": agent.awaiting_approval,
        "last_logout": None if agent.last_logout is None else format_timestamp(agent.last_logout),
    }
    usual: Json = {
        "id": agent.id,
        "account_id": agent.account_id,
        "name": agent.name,
        "role": agent.permission,
        "login_status": "accepting chats" if agent.accepting else "not accepting chats",
    }
    if agent.avatar is not None:
        usual["avatar"] = usual["avatar_path"] = agent.avatar
    return usual | {name: more[name] for name in fields if more.get(name) is not None}


def _news(tx: Transaction, agent: tables.Agent) -> AgentOrBotNews:
    fields = ("groups", "job_title", "max_chats_count", *KEPT)
    return AgentOrBotNews.read(_shown(tx, agent, fields))
