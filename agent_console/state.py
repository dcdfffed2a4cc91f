"""All that the console shows, as values: one for each area of the page, so that only what differs is painted.

The text in the composer is not here: it belongs to the textarea, which no painting touches.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from agent_console.deeds import Deed, Failure
from agent_console.delivery import Sending
from agent_console.inbox import Case, Inbox, Section
from widget.ui.state import Notice
from widget.wire.agent import AgentProfile
from widget.wire.users import Customer, User

__all__ = ["Details", "Idle", "Listing", "Notices", "Notifications", "Rail", "SignInForm", "Talk", "WhyNot"]


class WhyNot(StrEnum):
    """Why an agent is asked to sign in (again)."""

    ACCOUNT_MISSING = "account"
    TOKEN_MISSING = "token"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"


class Notifications(StrEnum):
    """What the browser does with desktop notifications."""

    UNASKED = "default"
    ON = "granted"
    OFF = "denied"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True, slots=True)
class SignInForm:
    """The form; ``account`` is what was entered before. ``reason``: the platform's word for its refusal."""

    account: str = ""
    why: WhyNot | None = None
    reason: str = ""
    busy: bool = False


@dataclass(frozen=True, slots=True)
class Rail:
    """The strip at the side: who the agent is, and whether they accept chats."""

    profile: AgentProfile | None = None
    accepting: bool = False
    switching: bool = False
    unread: int = 0
    muted: bool = False
    notifications: Notifications = Notifications.UNASKED


@dataclass(frozen=True, slots=True)
class Listing:
    """The list of chats. ``now`` is exact to the minute, for how long chats have waited."""

    inbox: Inbox = field(default_factory=Inbox)
    opened: str | None = None
    known: bool = False
    loading_more: bool = False
    now: datetime | None = None


@dataclass(frozen=True, slots=True)
class Idle:
    """No conversation is in front. ``quiet``: there is none at all."""

    quiet: bool = True
    accepting: bool = True


@dataclass(frozen=True, slots=True)
class Talk:
    """The conversation in front; ``note``: the composer writes for agents only."""

    case: Case
    me: str
    people: Mapping[str, User]
    section: Section
    sendings: tuple[Sending, ...] = ()
    note: bool = False
    known: bool = False
    details_open: bool = False
    busy: frozenset[Deed] = frozenset()
    unread_below: int = 0

    @property
    def customer(self) -> Customer | None:
        """The visitor, with all that is known of them."""
        known = self.people.get(self.case.customer.id) if self.case.customer else None
        return known if isinstance(known, Customer) else self.case.customer


@dataclass(frozen=True, slots=True)
class Details:
    """What is known of the visitor in front. ``context``: what the site told of the visit."""

    customer: Customer | None = None
    context: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Notices:
    """What the console says about itself. ``reason`` is the platform's word for why it ended."""

    notice: Notice | None = None
    reason: str | None = None
    failures: tuple[Failure, ...] = ()
    said: str = ""
