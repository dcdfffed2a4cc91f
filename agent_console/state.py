"""All that the console shows, as values: one for each area of the page, so that only what differs is painted.

The text in the composer is not here: it belongs to the textarea, which no painting touches.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from agent_console.attaching import Attachment
from agent_console.completing import Offer
from agent_console.deeds import Deed, Failure
from agent_console.delivery import Sending
from agent_console.inbox import Case, Inbox, Section
from agent_console.sidebar.sidebar import AppPane
from agent_console.sidebar.sidebar import Section as AppSection
from agent_console.tagging import TagField
from widget.agent_app.profile import Source
from widget.ui.state import Notice
from widget.wire.agent import AgentProfile
from widget.wire.users import Customer, User

__all__ = [
    "MAY_CHANGE",
    "ArchivesPage",
    "Aside",
    "Details",
    "Idle",
    "InFront",
    "Listing",
    "Notices",
    "Notifications",
    "Place",
    "Rail",
    "SignInForm",
    "Talk",
    "VisitorRow",
    "VisitorsPage",
    "WhyNot",
    "Writing",
]

MAY_CHANGE = ("owner", "viceowner", "administrator")
"""Who may change what the organization has set."""


class Place(StrEnum):
    """Where in the console an agent is."""

    CHATS = "chats"
    ARCHIVES = "archives"
    VISITORS = "visitors"
    SETTINGS = "settings"


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

    place: Place = Place.CHATS
    profile: AgentProfile | None = None
    accepting: bool = False
    switching: bool = False
    unread: int = 0
    muted: bool = False
    notifications: Notifications = Notifications.UNASKED


@dataclass(frozen=True, slots=True)
class Listing:
    """The list of chats. ``now`` is exact to the minute, for how long chats have waited; ``taking``: the chats that are
    about to be the agent's."""

    inbox: Inbox = field(default_factory=Inbox)
    opened: str | None = None
    known: bool = False
    loading_more: bool = False
    now: datetime | None = None
    taking: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Idle:
    """No conversation is in front. ``quiet``: there is none at all."""

    quiet: bool = True
    accepting: bool = True


@dataclass(frozen=True, slots=True)
class Writing:
    """The composer, but for the text. ``note``: it writes for agents only; ``offer``: canned replies to choose from."""

    note: bool = False
    offer: Offer | None = None
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Talk:
    """The conversation in front. ``archived``: it is only read; ``tag_field``: where a tag is entered, if one is."""

    case: Case
    me: str
    people: Mapping[str, User]
    section: Section
    sendings: tuple[Sending, ...] = ()
    writing: Writing = field(default_factory=Writing)
    tag_field: TagField | None = None
    known: bool = False
    details_open: bool = False
    busy: frozenset[Deed] = frozenset()
    unread_below: int = 0
    archived: bool = False

    @property
    def customer(self) -> Customer | None:
        """The visitor, with all that is known of them."""
        known = self.people.get(self.case.customer.id) if self.case.customer else None
        return known if isinstance(known, Customer) else self.case.customer


@dataclass(frozen=True, slots=True)
class Details:
    """What is known of the visitor in front, and what apps add to it.

    ``context``: what the site told of the visit; ``tabs``: the column has a head already; ``alone``: no conversation
    stands beside it, in which something could be done with the visitor.
    """

    customer: Customer | None = None
    context: tuple[tuple[str, str], ...] = ()
    sections: tuple[AppSection, ...] = ()
    tabs: bool = False
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Aside:
    """What stands beside the conversation: apps, if the organization has any, and what they add to the details."""

    pane: AppPane = field(default_factory=AppPane)
    sections: tuple[AppSection, ...] = ()


@dataclass(frozen=True, slots=True)
class ArchivesPage:
    """What was found in the archives; ``count`` is how much there is, ``more`` whether it is not all here."""

    query: str = ""
    found: tuple[Case, ...] = ()
    opened: Case | None = None
    count: int = 0
    known: bool = False
    loading: bool = False
    more: bool = False
    me: str = ""
    now: datetime | None = None


@dataclass(frozen=True, slots=True)
class VisitorRow:
    """Somebody on the site; ``chat`` is the chat with them, and ``section`` where it stands."""

    customer: Customer
    chat: Case | None = None
    section: Section | None = None
    busy: bool = False


@dataclass(frozen=True, slots=True)
class VisitorsPage:
    """Everybody on the site. ``now`` is exact to the minute, for how long they have been there."""

    rows: tuple[VisitorRow, ...] = ()
    chosen: str | None = None
    known: bool = False
    now: datetime | None = None


@dataclass(frozen=True, slots=True)
class InFront:
    """Whom the agent has turned to, in which place, and the chat with them."""

    customer: Customer | None = None
    case: Case | None = None
    source: Source = "chats"


@dataclass(frozen=True, slots=True)
class Notices:
    """What the console says about itself. ``reason`` is the platform's word for why it ended."""

    notice: Notice | None = None
    reason: str | None = None
    failures: tuple[Failure, ...] = ()
    said: str = ""
