"""All chats as one agent sees them: who has which, which wait, which are over, and who the visitors are.

A value that never changes; ``agent_console.news`` gives the next one. Which section a chat belongs to is not kept
anywhere: it follows from the chat, so that no order of pushes can put one chat in two sections, or in none.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from types import MappingProxyType

from widget.rtm.conversation import Conversation
from widget.ui.filled import is_filled
from widget.wire.events import Event, File, Message
from widget.wire.users import Agent, Customer, User

__all__ = ["NOBODYS", "Case", "Inbox", "Section", "case_of", "section", "sections", "unread", "visitors"]

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class Section(StrEnum):
    """The parts of the list of chats, in their order."""

    MINE = "mine"
    WAITING = "waiting"
    UNASSIGNED = "unassigned"
    SUPERVISED = "supervised"
    OTHERS = "others"
    CLOSED = "closed"


NOBODYS = frozenset({Section.WAITING, Section.UNASSIGNED})
"""Where the chats are that no agent has."""


@dataclass(frozen=True, slots=True)
class Case:
    """One chat. ``glimpse`` is its newest event as a list of chats told it, before the history is here.

    ``queued_at``: since when nobody has it. ``peek``: what the visitor has typed and not sent; ``peeking``: and is
    typing still. ``whole``: the history is here without a gap, from ``conversation.older`` to the end.
    ``group_ids``: whose agents may read it. ``tags``: what its newest thread is labelled with. ``followed``: the agent
    supervises it.
    """

    conversation: Conversation
    started_at: datetime | None = None
    queued_at: datetime | None = None
    glimpse: Event | None = None
    peek: str = ""
    peeking: bool = False
    whole: bool = False
    group_ids: tuple[int, ...] = ()
    tags: tuple[str, ...] = ()
    followed: bool = False

    @property
    def id(self) -> str:
        """The chat's id."""
        return self.conversation.chat_id or ""

    @property
    def customer(self) -> Customer | None:
        """The visitor, as the chat told of them."""
        return next((u for u in self.conversation.users.values() if isinstance(u, Customer)), None)

    @property
    def newest(self) -> Event | None:
        """The last thing that was said or, where nothing was said, that happened."""
        events = (e.event for e in reversed(self.conversation.entries))
        said = next((event for event in events if isinstance(event, Message | File) or is_filled(event)), None)
        known = [e for e in (said, self.glimpse) if e is not None]
        return max(known, key=lambda e: e.created_at, default=self.conversation.last)

    @property
    def touched_at(self) -> datetime:
        """When something last happened here."""
        newest = self.conversation.last or self.glimpse
        return newest.created_at if newest else self.started_at or _LONG_AGO

    def has(self, agent_id: str) -> bool:
        """Whether an agent answers in this chat; one who only watches does not."""
        user = self.conversation.users.get(agent_id)
        return isinstance(user, Agent) and user.present is not False and user.visibility != "agents"

    def agents(self) -> list[Agent]:
        """The agents who answer in this chat."""
        return self.conversation.agents()


@dataclass(frozen=True, slots=True)
class Inbox:
    """The chats that an agent may read, and everybody in them. ``me``: the agent's id."""

    me: str = ""
    cases: Mapping[str, Case] = field(default_factory=lambda: MappingProxyType({}))
    people: Mapping[str, User] = field(default_factory=lambda: MappingProxyType({}))
    routing: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    older: str | None = None

    @property
    def accepting(self) -> bool:
        """Whether new chats may be given to the agent."""
        return self.routing.get(self.me) == "accepting_chats"

    def person(self, user_id: str | None) -> User | None:
        """Somebody, with all that is known of them."""
        return self.people.get(user_id or "")

    def customer_of(self, case: Case) -> Customer | None:
        """The visitor of a chat, with all that is known of them."""
        known = self.person(case.customer.id) if case.customer else None
        return known if isinstance(known, Customer) else case.customer


# What follows from it


def section(case: Case, me: str) -> Section:
    """Where a chat belongs in the list of one agent."""
    if not case.conversation.active:
        return Section.CLOSED
    if case.has(me):
        return Section.MINE
    if case.queued_at is not None:
        return Section.WAITING
    if not case.agents():
        return Section.UNASSIGNED
    return Section.SUPERVISED if case.followed else Section.OTHERS


def sections(inbox: Inbox) -> dict[Section, list[Case]]:
    """All chats, each once. Who has waited longest stands first; chats at work keep their place while people write."""
    parts: dict[Section, list[Case]] = {name: [] for name in Section}
    for case in inbox.cases.values():
        parts[section(case, inbox.me)].append(case)
    parts[Section.MINE].sort(key=_began, reverse=True)
    parts[Section.WAITING].sort(key=lambda case: (case.queued_at or _began(case), case.id))
    parts[Section.UNASSIGNED].sort(key=lambda case: (case.touched_at, case.id))
    parts[Section.SUPERVISED].sort(key=_began, reverse=True)
    parts[Section.OTHERS].sort(key=_began, reverse=True)
    parts[Section.CLOSED].sort(key=lambda case: (case.touched_at, case.id), reverse=True)
    return parts


def visitors(inbox: Inbox) -> list[Customer]:
    """Everybody who is on the site, who came last first."""
    here = [person for person in inbox.people.values() if isinstance(person, Customer) and person.online]
    return sorted(here, key=lambda each: (_came_at(each), each.id), reverse=True)


def addresses(inbox: Inbox) -> list[str]:
    """The addresses of the pages that visitors are on, as far as they are known."""
    pages = [each.visit.last_pages[-1] for each in visitors(inbox) if each.visit is not None and each.visit.last_pages]
    return [page.url for page in pages]


def case_of(inbox: Inbox, customer_id: str) -> Case | None:
    """The chat with a customer, if there is one."""
    return next((c for c in inbox.cases.values() if c.customer is not None and c.customer.id == customer_id), None)


def unread(case: Case, me: str) -> int:
    """How many messages of the visitor in the present thread an agent has neither seen nor answered."""
    read = case.conversation.seen.get(me, _LONG_AGO)
    count = 0
    for entry in reversed(case.conversation.entries):
        if entry.thread_id != case.conversation.thread_id or entry.event.created_at <= read:
            break
        if isinstance(entry.event, Message | File):
            if entry.event.author_id == me:
                break
            count += case.customer is not None and entry.event.author_id == case.customer.id
    return count


def _came_at(customer: Customer) -> datetime:
    visit = customer.visit
    return (visit and visit.started_at) or customer.created_at or _LONG_AGO


def _began(case: Case) -> datetime:
    return case.started_at or _LONG_AGO
