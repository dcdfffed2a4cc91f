"""People of a chat: customers and agents (spec: customer-rtm section 9, agent-api section 3)."""

from typing import Annotated, Literal

from pydantic import Discriminator, Tag

from widget.wire.base import Timestamp, Wire
from widget.wire.events import Visibility

__all__ = ["Agent", "Customer", "Page", "SessionFields", "Statistics", "User", "Visit"]

SessionFields = list[dict[str, str]]
"""An ordered list of one-key objects: ``[{"plan": "gold"}, {"seats": "7"}]``."""


class Statistics(Wire):
    """What the platform has counted about a customer."""

    chats_count: int = 0
    threads_count: int = 0
    visits_count: int = 0
    page_views_count: int = 0
    greetings_shown_count: int = 0
    greetings_accepted_count: int = 0


class Page(Wire):
    """A page that a customer has opened."""

    url: str
    title: str | None = None
    opened_at: Timestamp | None = None


class Visit(Wire):
    """A customer's visit to the site, as agents see it (API 3.6)."""

    id: int | None = None
    started_at: Timestamp | None = None
    ended_at: Timestamp | None = None
    referrer: str | None = None
    ip: str | None = None
    user_agent: str | None = None
    last_pages: list[Page] | None = None


class Customer(Wire):
    """A visitor. Which fields are there depends on who looks: agents see more than customers."""

    id: str
    type: Literal["customer"] = "customer"
    name: str | None = None
    email: str | None = None
    avatar: str | None = None
    session_fields: SessionFields | None = None
    statistics: Statistics | None = None
    present: bool | None = None
    events_seen_up_to: Timestamp | None = None
    created_at: Timestamp | None = None
    visit: Visit | None = None
    online: bool | None = None


class Agent(Wire):
    """An agent or a bot. Agents see an e-mail address as id, customers an opaque one."""

    id: str
    type: Literal["agent"] = "agent"
    name: str | None = None
    email: str | None = None
    avatar: str | None = None
    job_title: str | None = None
    is_bot: bool | None = None
    present: bool | None = None
    events_seen_up_to: Timestamp | None = None
    visibility: Visibility | None = None
    routing_status: str | None = None


def _kind(value: object) -> str:
    kind = value.get("type") if isinstance(value, dict) else getattr(value, "type", None)
    return "agent" if kind == "agent" else "customer"


User = Annotated[Annotated[Customer, Tag("customer")] | Annotated[Agent, Tag("agent")], Discriminator(_kind)]
