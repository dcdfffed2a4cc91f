"""Bots: agents that are programs; their secrets and tokens, and the templates they are made after."""

from collections.abc import Iterable
from datetime import UTC, datetime
from secrets import token_hex
from typing import Final
from uuid import uuid4

from sqlalchemy import func, select

from server import tables
from server.access import check_role, find_agent
from server.audience import tell_agents
from server.configuration.agents import assign_groups, remove
from server.limits import check_length
from server.organization import CLIENT_ID, ORGANIZATION_ID
from server.routing import settle
from server.tokens import hashed, matches, new_secret
from server.transaction import Requester, Transaction
from widget.wire.base import Json
from widget.wire.configuration import (
    AgentOrBotNews,
    BotById,
    BotFields,
    BotTemplateById,
    CreateBot,
    CreateBotTemplate,
    GetBot,
    GroupPriority,
    IssueBotToken,
    ListBots,
    Owner,
    UpdateBot,
    UpdateBotTemplate,
)
from widget.wire.errors import Refused

__all__ = [
    "create_bot",
    "create_bot_template",
    "delete_bot",
    "delete_bot_template",
    "get_bot",
    "issue_bot_token",
    "list_bot_templates",
    "list_bots",
    "reset_bot_secret",
    "reset_bot_template_secret",
    "update_bot",
    "update_bot_template",
]

MOST_TEMPLATES: Final = 5
KEPT: Final = ("default_group_priority", "type", "work_scheduler", "timezone")


def create_bot(tx: Transaction, requester: Requester, request: CreateBot) -> Json:
    """A new bot; it takes chats when ``set_routing_status`` says so. The answer is the only place with its secret."""
    check_role(tx, requester, "administrator")
    bot, secret = _new(tx, token_hex(16), request.name, request.owner_client_id or CLIENT_ID)
    if request.groups is not None:
        assign_groups(tx, bot, request.groups)
    _take(bot, request)
    tell_agents(tx, "bot_created", _news(tx, bot))
    return {"id": bot.id, "secret": secret}


def _new(tx: Transaction, bot_id: str, name: str, owner: str) -> tuple[tables.Agent, str]:
    secret = new_secret()
    bot = tables.Agent(
        id=bot_id,
        account_id=str(uuid4()),
        opaque_id=token_hex(16),
        name=name,
        token_hash=hashed(secret),
        created_at=datetime.now(UTC),
        accepting=False,
        max_chats=6,
        is_bot=True,
        owner_client_id=owner,
        details={"type": "chatbot"},
    )
    tx.session.add(bot)
    tx.session.flush()
    groups = tx.session.scalars(select(tables.Group.id)).all()
    assign_groups(tx, bot, [GroupPriority(id=group_id) for group_id in groups])
    return bot, secret


def update_bot(tx: Transaction, requester: Requester, request: UpdateBot) -> None:
    """Change what is given."""
    check_role(tx, requester, "administrator")
    bot = _find(tx, request.id)
    if request.name is not None:
        bot.name = request.name
    if request.groups is not None:
        assign_groups(tx, bot, request.groups)
    _take(bot, request)
    tell_agents(tx, "bot_updated", _news(tx, bot))
    settle(tx)


def delete_bot(tx: Transaction, requester: Requester, request: BotById) -> None:
    """A bot comes no more; what it said stays."""
    check_role(tx, requester, "administrator")
    _delete(tx, _find(tx, request.id))


def _delete(tx: Transaction, bot: tables.Agent) -> None:
    bot.deleted, bot.details = True, {**bot.details, "online": False}
    remove(tx, bot)
    tell_agents(tx, "bot_deleted", AgentOrBotNews(id=bot.id))


def get_bot(tx: Transaction, requester: Requester, request: GetBot) -> Json:
    """A bot."""
    always = ("default_group_priority", "owner_client_id", "max_chats_count", "groups")
    return _shown(tx, _find(tx, request.id), [*always, *request.fields])


def list_bots(tx: Transaction, requester: Requester, request: ListBots) -> list[AgentOrBotNews]:
    """The bots: all, or those of this client."""
    query = select(tables.Agent).where(tables.Agent.is_bot, ~tables.Agent.deleted)
    if not request.all:
        query = query.where(tables.Agent.owner_client_id == CLIENT_ID)
    found = tx.session.scalars(query.order_by(tables.Agent.created_at))
    return [AgentOrBotNews.read(_shown(tx, bot, request.fields)) for bot in found]


def issue_bot_token(tx: Transaction, requester: Requester, request: IssueBotToken) -> Json:
    """A token for a day, for whoever has the secret. Raises Refused(authentication)."""
    bot = tx.session.get(tables.Agent, request.bot_id)
    right = (
        bot is not None
        and bot.is_bot
        and not bot.deleted
        and bot.owner_client_id == request.client_id
        and request.organization_id == ORGANIZATION_ID
        and matches(request.bot_secret, bot.token_hash)
    )
    if not right:
        raise Refused("authentication", "The bot, or its secret, is not right.")
    return {"token": tx.tokens.issue_to_bot(request.bot_id)}


def reset_bot_secret(tx: Transaction, requester: Requester, request: BotById) -> Json:
    """A new secret; the old one is good no more."""
    check_role(tx, requester, "administrator")
    secret = new_secret()
    _find(tx, request.id).token_hash = hashed(secret)
    return {"secret": secret}


# Templates


def create_bot_template(tx: Transaction, requester: Requester, request: CreateBotTemplate) -> Json:
    """A new template. Raises Refused(limit_reached) for a client's sixth."""
    check_role(tx, requester, "administrator")
    owner = request.owner_client_id or CLIENT_ID
    count = select(func.count()).select_from(tables.BotTemplate).where(tables.BotTemplate.owner_client_id == owner)
    if tx.session.scalars(count).one() >= MOST_TEMPLATES:
        raise Refused("limit_reached", f"A client has {MOST_TEMPLATES} templates at most.")
    secret = new_secret()
    template = tables.BotTemplate(
        id=token_hex(16), owner_client_id=owner, secret_hash=hashed(secret), details=_details(request)
    )
    tx.session.add(template)
    if request.affect_existing_installations:
        bot, _ = _new(tx, template.id, request.name, owner)
        bot.token_hash = template.secret_hash
        _take(bot, request)
        tell_agents(tx, "bot_created", _news(tx, bot))
    return {"id": template.id, "secret": secret}


def update_bot_template(tx: Transaction, requester: Requester, request: UpdateBotTemplate) -> None:
    """Change what is given, and if wished the bot that was made after it."""
    check_role(tx, requester, "administrator")
    template = _find_template(tx, request.id)
    template.details = {**template.details, **_details(request)}
    bot = tx.session.get(tables.Agent, template.id)
    if request.affect_existing_installations and bot is not None and not bot.deleted:
        bot.name = request.name or bot.name
        _take(bot, request)
        tell_agents(tx, "bot_updated", _news(tx, bot))


def delete_bot_template(tx: Transaction, requester: Requester, request: BotTemplateById) -> None:
    """Delete a template, and if wished the bot that was made after it."""
    check_role(tx, requester, "administrator")
    template = _find_template(tx, request.id)
    bot = tx.session.get(tables.Agent, template.id)
    if request.affect_existing_installations and bot is not None and not bot.deleted:
        _delete(tx, bot)
    tx.session.delete(template)


def list_bot_templates(tx: Transaction, requester: Requester, request: Owner) -> list[AgentOrBotNews]:
    """The templates of a client."""
    owner = request.owner_client_id or CLIENT_ID
    found = tx.session.scalars(select(tables.BotTemplate).where(tables.BotTemplate.owner_client_id == owner))
    return [
        AgentOrBotNews.read({**each.details, "id": each.id, "owner_client_id": each.owner_client_id}) for each in found
    ]


def reset_bot_template_secret(tx: Transaction, requester: Requester, request: BotTemplateById) -> Json:
    """A new secret, and if wished for the bot that was made after it, too."""
    check_role(tx, requester, "administrator")
    template, secret = _find_template(tx, request.id), new_secret()
    template.secret_hash = hashed(secret)
    bot = tx.session.get(tables.Agent, template.id)
    if request.affect_existing_installations and bot is not None:
        bot.token_hash = template.secret_hash
    return {"secret": secret}


# What they have in common


def _find(tx: Transaction, bot_id: str) -> tables.Agent:
    bot = find_agent(tx, bot_id)
    if not bot.is_bot:
        raise Refused("not_found", "There is no bot with this id.")
    return bot


def _find_template(tx: Transaction, template_id: str) -> tables.BotTemplate:
    template = tx.session.get(tables.BotTemplate, template_id)
    if template is None:
        raise Refused("not_found", "There is no template with this id.")
    return template


def _details(given: CreateBotTemplate | UpdateBotTemplate) -> Json:
    check_length("template", given.as_json())
    left_out = {"id", "owner_client_id", "affect_existing_installations"}
    details = {name: value for name, value in given.as_json().items() if name not in left_out}
    if "avatar" in details:
        details["avatar_path"] = details.pop("avatar")
    return details


def _take(bot: tables.Agent, given: BotFields) -> None:
    check_length("bot", given.as_json())
    if given.avatar is not None:
        bot.avatar = given.avatar
    if given.max_chats_count is not None:
        bot.max_chats = given.max_chats_count
    if given.job_title is not None:
        bot.job_title = given.job_title
    kept = {name: value for name in KEPT if (value := getattr(given, name, None)) is not None}
    bot.details = {**bot.details, **kept}


def _shown(tx: Transaction, bot: tables.Agent, fields: Iterable[str]) -> Json:
    query = select(tables.GroupAgent).where(tables.GroupAgent.agent_id == bot.id)
    groups = tx.session.scalars(query.order_by(tables.GroupAgent.group_id))
    more: Json = {
        **bot.details,
        "groups": [{"id": each.group_id, "priority": each.priority} for each in groups],
        "job_title": bot.job_title,
        "max_chats_count": bot.max_chats,
        "owner_client_id": bot.owner_client_id,
    }
    usual: Json = {"id": bot.id, "name": bot.name}
    if bot.avatar is not None:
        usual["avatar_path"] = bot.avatar
    return usual | {name: more[name] for name in fields if more.get(name) is not None}


def _news(tx: Transaction, bot: tables.Agent) -> AgentOrBotNews:
    return AgentOrBotNews.read(_shown(tx, bot, ("groups", "job_title", "max_chats_count", "owner_client_id", *KEPT)))
