"""What the app asks the platform about a customer: the visit, and what was said before (Agent Chat, over HTTP)."""

from datetime import datetime
from typing import Any

from sidebar_app.replies import Reply, read_replies
from sidebar_app.state import PageSeen, PastChat, Record
from widget.agent_app.profile import CustomerProfile
from widget.platform_sdk import Agent, Configuration, Token
from widget.platform_sdk.requests import Fetch

__all__ = ["ASKED", "Platform"]

ASKED = (Agent.Web.get_customer, Agent.Web.list_threads, Configuration.Web.list_license_properties)
"""The methods of the platform that the app calls."""

CHATS = 10
"""How many past chats are shown."""

PAGES = 10


class Platform:
    """The platform, for one agent. Every method raises ChatError."""

    def __init__(self, fetch: Fetch, token: Token, base_url: str) -> None:
        self._chats = Agent.Web(fetch, lambda: token, base_url=base_url)
        self._settings = Configuration.Web(fetch, lambda: token, base_url=base_url)

    async def record(self, profile: CustomerProfile) -> Record:
        """What is known of a customer."""
        customer: Any = await self._chats.get_customer(profile["id"])
        chat_id = profile["chat"].get("chat_id")
        threads: Any = await self._chats.list_threads(chat_id, limit=CHATS + 1) if chat_id else {}
        return Record(
            of=profile["id"],
            visits=(customer.get("statistics") or {}).get("visits_count"),
            pages=_pages(customer),
            chats=_chats(threads, profile),
        )

    async def replies(self) -> tuple[Reply, ...]:
        """The organization's replies; none when it has none of its own."""
        found: Any = await self._settings.list_license_properties("agent_app")
        return read_replies(found.get("agent_app", {}).get("canned_replies"))


def _pages(customer: dict[str, Any]) -> tuple[PageSeen, ...]:
    """Those of the present visit, the newest first."""
    listed = (customer.get("visit") or {}).get("last_pages") or []
    pages = [PageSeen(str(p["url"]), str(p.get("title") or p["url"]), _moment(p.get("opened_at"))) for p in listed]
    return tuple(reversed(pages))[:PAGES]


def _chats(threads: dict[str, Any], profile: CustomerProfile) -> tuple[PastChat, ...]:
    """All threads but the present one, the newest first."""
    present = profile["chat"].get("id")
    past = [thread for thread in threads.get("threads", []) if thread["id"] != present]
    return tuple(_chat(thread, profile["id"]) for thread in past)


def _chat(thread: dict[str, Any], customer_id: str) -> PastChat:
    said = tuple(
        ("customer" if event.get("author_id") == customer_id else "agent", str(event["text"]))
        for event in thread.get("events", [])
        if event.get("type") == "message" and event.get("visibility") != "agents" and event.get("text")
    )
    return PastChat(str(thread["id"]), _moment(thread.get("created_at")), said)


def _moment(text: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(text))
    except ValueError:
        return None
