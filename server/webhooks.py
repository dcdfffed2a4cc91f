"""Telling other programs what happens: webhooks (spec: customer-web, section 4).

Which addresses are told is decided in the transaction that makes the news; they are called after it, and not again when
they do not answer. Nobody waits for them.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import httpx
from pydantic import JsonValue
from sqlalchemy import select

from server import tables
from server.organization import LICENSE_ID, ORGANIZATION_ID
from server.transaction import News, Transaction
from widget.wire.base import Json

__all__ = ["WEBHOOKS", "Call", "Webhooks", "calls_for"]

log = logging.getLogger(__name__)

ANSWER_WITHIN: Final = 10.0
"""Seconds that an address has to answer."""

MOST_WAITING: Final = 1000
"""Calls that wait for one address; more are left out, and the log says so."""

_IN_CHATS: Final = ("chat_presence", "only_my_chats", "source_type")

WEBHOOKS: Final[Mapping[str, tuple[str, ...]]] = {
    "incoming_chat": _IN_CHATS,
    "chat_deactivated": _IN_CHATS,
    "chat_access_updated": _IN_CHATS,
    "chat_transferred": _IN_CHATS,
    "user_added_to_chat": _IN_CHATS,
    "user_removed_from_chat": _IN_CHATS,
    "incoming_event": ("chat_presence", "author_type", "only_my_chats", "source_type"),
    "event_deleted": _IN_CHATS,
    "event_updated": ("chat_presence", "author_type", "only_my_chats", "source_type"),
    "incoming_rich_message_postback": _IN_CHATS,
    "chat_properties_updated": _IN_CHATS,
    "chat_properties_deleted": _IN_CHATS,
    "thread_properties_updated": _IN_CHATS,
    "thread_properties_deleted": _IN_CHATS,
    "event_properties_updated": _IN_CHATS,
    "event_properties_deleted": _IN_CHATS,
    "thread_tagged": _IN_CHATS,
    "thread_untagged": _IN_CHATS,
    "routing_status_set": ("agent_ids", "source_type"),
    "customer_session_fields_updated": ("chat_presence", "source_type"),
    "events_marked_as_seen": _IN_CHATS,
    "incoming_customer": ("source_type",),
    "group_created": ("source_type",),
    "group_updated": ("source_type",),
    "group_deleted": ("source_type",),
    "agent_created": ("source_type",),
    "agent_updated": ("source_type",),
    "agent_deleted": ("source_type",),
    "agent_suspended": ("source_type",),
    "agent_unsuspended": ("source_type",),
    "agent_approved": ("source_type",),
    "bot_created": ("source_type",),
    "bot_updated": ("source_type",),
    "bot_deleted": ("source_type",),
    "auto_accesses_updated": ("source_type",),
    "tag_created": ("source_type",),
    "tag_deleted": ("source_type",),
    "tag_updated": ("source_type",),
}
"""The actions that webhooks can be registered for, and the filters of each (the platform's documentation)."""


@dataclass(frozen=True, slots=True)
class Call:
    """What is told to which address."""

    url: str
    body: Json


def calls_for(tx: Transaction) -> Iterator[Call]:
    """The calls that the news of a transaction gives rise to."""
    actions = {news.action for news in tx.news} & WEBHOOKS.keys()
    if not actions:
        return
    registered = tx.session.scalars(select(tables.Webhook).where(tables.Webhook.action.in_(actions))).all()
    if registered and not tx.session.get_one(tables.License, LICENSE_ID).webhooks_enabled:
        registered = [hook for hook in registered if hook.type == "bot"]
    for news in tx.news if registered else ():
        for hook in registered:
            if hook.action == news.action and _wanted(tx, hook, news):
                yield Call(hook.url, _body(tx, hook, news))


def _body(tx: Transaction, hook: tables.Webhook, news: News) -> Json:
    return {
        "webhook_id": hook.id,
        "secret_key": hook.secret_key,
        "action": news.action,
        "organization_id": ORGANIZATION_ID,
        "payload": news.payload,
        "additional_data": _additional(tx, hook, news),
    }


def _additional(tx: Transaction, hook: tables.Webhook, news: News) -> Json:
    chat = tx.session.get(tables.Chat, news.chat_id) if news.chat_id else None
    if chat is None:
        return {}
    data: Json = {}
    if "chat_properties" in hook.additional_data:
        data["chat_properties"] = {**chat.properties}
    if "chat_presence_user_ids" in hook.additional_data:
        data["chat_presence_user_ids"] = [*sorted(_present(tx, chat.id))]
    return data


def _present(tx: Transaction, chat_id: str) -> set[str]:
    query = select(tables.Member.user_id).where(tables.Member.chat_id == chat_id, tables.Member.takes_part)
    return set(tx.session.scalars(query))


# Filters


def _wanted(tx: Transaction, hook: tables.Webhook, news: News) -> bool:
    """Whether news passes all filters of a webhook."""
    filters = hook.filters
    present = _present(tx, news.chat_id) if news.chat_id else set()
    return (
        _by_author(tx, filters.get("author_type"), news)
        and _by_presence(tx, hook, filters.get("chat_presence"), present)
        and _by_agent(filters.get("agent_ids"), news)
    )


def _by_author(tx: Transaction, wanted: JsonValue, news: News) -> bool:
    if wanted is None or not isinstance(news.payload, dict):
        return True
    event = news.payload.get("event")
    author = event.get("author_id") if isinstance(event, dict) else None
    if author is None:
        return False
    side = "customer" if tx.session.get(tables.Agent, str(author)) is None else "agent"
    return side == wanted


def _by_presence(tx: Transaction, hook: tables.Webhook, wanted: JsonValue, present: set[str]) -> bool:
    if not isinstance(wanted, dict):
        return True
    if wanted.get("my_bots") is True:
        bots = select(tables.Agent.id).where(tables.Agent.is_bot, tables.Agent.owner_client_id == hook.owner_client_id)
        if not present & set(tx.session.scalars(bots)):
            return False
    users = wanted.get("user_ids")
    return not isinstance(users, dict) or _among(users, present)


def _by_agent(wanted: JsonValue, news: News) -> bool:
    if not isinstance(wanted, dict) or not isinstance(news.payload, dict):
        return True
    return _among(wanted, {str(news.payload.get("agent_id"))})


def _among(users: Json, present: set[str]) -> bool:
    if isinstance(values := users.get("values"), list):
        return bool(present & set(map(str, values)))
    if isinstance(excluded := users.get("exclude_values"), list):
        return not present & set(map(str, excluded))
    return True


# Calling


class Webhooks:
    """Calls addresses: each one in the order of the news, and none has to wait for another."""

    def __init__(self) -> None:
        self._waiting: dict[str, deque[Call]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._client: httpx.AsyncClient | None = None

    def call(self, calls: Iterable[Call]) -> None:
        """Call these when those before them at the same address have been called. Never waits."""
        for call in calls:
            waiting = self._waiting.get(call.url)
            if waiting is None:
                self._waiting[call.url] = deque([call])
                task = asyncio.create_task(self._work(call.url))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)
            elif len(waiting) < MOST_WAITING:
                waiting.append(call)
            else:
                log.error("too many webhooks wait: %s is not told of %s", call.url[:80], call.body["action"])

    async def _work(self, url: str) -> None:
        """Make the calls that wait for an address, until there are none."""
        self._client = self._client or httpx.AsyncClient(timeout=ANSWER_WITHIN)
        waiting = self._waiting[url]
        while waiting:
            try:
                (await self._client.post(url, json=waiting.popleft().body)).raise_for_status()
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                log.warning("the webhook %s failed: %s", url[:80], error)
        del self._waiting[url]

    async def close(self) -> None:
        """Give up what still waits."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._client is not None:
            await self._client.aclose()
