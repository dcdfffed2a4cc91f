"""Webhooks: which addresses are told of what (Configuration API). ``server.webhooks`` tells them."""

from secrets import token_hex
from typing import Final

from sqlalchemy import func, select

from server import tables
from server.access import check_role
from server.organization import CLIENT_ID, LICENSE_ID
from server.transaction import Requester, Transaction
from server.webhooks import WEBHOOKS
from widget.wire.base import Json, Wire
from widget.wire.configuration import ListWebhookNames, Owner, RegisterWebhook, WebhookById
from widget.wire.errors import Refused

__all__ = [
    "disable_license_webhooks",
    "enable_license_webhooks",
    "get_license_webhooks_state",
    "list_webhook_names",
    "list_webhooks",
    "register_webhook",
    "unregister_webhook",
]

MOST: Final = 3
"""How many addresses of one client may be told of one action."""


class Registered(Wire):
    """A webhook, without its secret."""

    id: str


class WebhookName(Wire):
    """An action that webhooks can be registered for."""

    action: str
    filters: list[str] | None = None
    additional_data: list[str] | None = None


def register_webhook(tx: Transaction, requester: Requester, request: RegisterWebhook) -> Registered:
    """Tell an address of an action from now on. Raises Refused(limit_reached) for a client's fourth."""
    check_role(tx, requester, "administrator")
    if request.action not in WEBHOOKS:
        raise Refused("validation", f"`action`: there is no webhook {request.action[:50]!r}")
    for name in request.filters:
        if name not in WEBHOOKS[request.action]:
            raise Refused("validation", f"`filters`: {request.action} has no filter {name[:50]!r}")
    same = (tables.Webhook.owner_client_id == request.owner_client_id, tables.Webhook.action == request.action)
    if tx.session.scalars(select(func.count()).select_from(tables.Webhook).where(*same)).one() >= MOST:
        raise Refused("limit_reached", f"A client registers {MOST} webhooks for an action at most.")
    hook = tables.Webhook(
        id=token_hex(16),
        action=request.action,
        url=request.url,
        secret_key=request.secret_key,
        owner_client_id=request.owner_client_id,
        type=request.type,
        description=request.description,
        additional_data=[*request.additional_data],
        filters=request.filters,
    )
    tx.session.add(hook)
    return Registered(id=hook.id)


def list_webhooks(tx: Transaction, requester: Requester, request: Owner) -> list[Registered]:
    """The webhooks of a client, without their secrets."""
    check_role(tx, requester, "administrator")
    owner = request.owner_client_id or CLIENT_ID
    found = tx.session.scalars(select(tables.Webhook).where(tables.Webhook.owner_client_id == owner))
    return [Registered.read(_shown(hook)) for hook in found]


def _shown(hook: tables.Webhook) -> Json:
    shown: Json = {
        "id": hook.id,
        "url": hook.url,
        "action": hook.action,
        "owner_client_id": hook.owner_client_id,
        "type": hook.type,
    }
    more: Json = {
        "description": hook.description,
        "filters": hook.filters or None,
        "additional_data": [*hook.additional_data] or None,
    }
    return shown | {name: value for name, value in more.items() if value is not None}


def unregister_webhook(tx: Transaction, requester: Requester, request: WebhookById) -> None:
    """Tell an address no more."""
    check_role(tx, requester, "administrator")
    hook = tx.session.get(tables.Webhook, request.id)
    if hook is None or request.owner_client_id not in (None, hook.owner_client_id):
        raise Refused("not_found", "There is no such webhook.")
    tx.session.delete(hook)


def list_webhook_names(tx: Transaction, requester: Requester, request: ListWebhookNames) -> list[WebhookName]:
    """The actions that webhooks can be registered for."""
    return [
        WebhookName(
            action=action,
            filters=[*filters],
            additional_data=["chat_properties", "chat_presence_user_ids"] if "chat_presence" in filters else None,
        )
        for action, filters in WEBHOOKS.items()
    ]


def enable_license_webhooks(tx: Transaction, requester: Requester, request: Owner) -> None:
    """Let the webhooks of the licence be told again."""
    _set(tx, requester, enabled=True)


def disable_license_webhooks(tx: Transaction, requester: Requester, request: Owner) -> None:
    """Let the webhooks of the licence be told nothing until further notice."""
    _set(tx, requester, enabled=False)


def _set(tx: Transaction, requester: Requester, *, enabled: bool) -> None:
    check_role(tx, requester, "administrator")
    tx.session.get_one(tables.License, LICENSE_ID).webhooks_enabled = enabled


def get_license_webhooks_state(tx: Transaction, requester: Requester, request: Owner) -> Json:
    """Whether the webhooks of the licence are told."""
    check_role(tx, requester, "administrator")
    return {"license_webhooks_enabled": tx.session.get_one(tables.License, LICENSE_ID).webhooks_enabled}
