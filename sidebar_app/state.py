"""All that the app shows, as one value."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sidebar_app.replies import STARTERS, Reply
from widget.agent_app.profile import CustomerProfile

__all__ = ["Access", "PageSeen", "PastChat", "Record", "State"]


class Access(StrEnum):
    """Whether the app may ask the platform for more than it is told."""

    UNKNOWN = "unknown"
    WANTED = "wanted"
    REFUSED = "refused"
    GRANTED = "granted"


@dataclass(frozen=True, slots=True)
class PageSeen:
    """A page that the customer has opened."""

    url: str
    title: str
    opened_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PastChat:
    """A thread: when it began, and what was said in it, each by ``customer`` or ``agent``."""

    id: str
    began_at: datetime | None
    said: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """What the platform knows of a customer beside their profile. ``of``: whose it is."""

    of: str = ""
    loading: bool = False
    failed: str = ""
    visits: int | None = None
    pages: tuple[PageSeen, ...] = ()
    chats: tuple[PastChat, ...] = ()


@dataclass(frozen=True, slots=True)
class State:
    """The app. ``refused``: why it cannot start at all; ``put``: the reply that was put into the message last."""

    profile: CustomerProfile | None = None
    record: Record = field(default_factory=Record)
    access: Access = Access.UNKNOWN
    replies: tuple[Reply, ...] = STARTERS
    wanted: str = ""
    put: str = ""
    failed: str = ""
    refused: str = ""
