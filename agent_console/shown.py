"""What each area of the page shows, out of the session: functions from one to the other, and nothing else."""

from datetime import UTC, datetime, timedelta

from agent_console.deeds import Deed
from agent_console.inbox import Section, case_of, section, sections, unread
from agent_console.inbox import visitors as everybody_here
from agent_console.session import AgentSession
from agent_console.state import (
    ArchivesPage,
    Aside,
    Details,
    Idle,
    InFront,
    Listing,
    Notifications,
    Place,
    Rail,
    Talk,
    VisitorRow,
    VisitorsPage,
    Writing,
)
from agent_console.tagging import TagField
from agent_console.views.context import facts
from widget.wire.users import Customer

__all__ = [
    "archived_talk",
    "archives",
    "details",
    "in_front",
    "listing",
    "next_to",
    "rail",
    "talk",
    "unread_of_mine",
    "visitors",
]


def unread_of_mine(session: AgentSession) -> int:
    """How many messages wait for the agent in all."""
    return sum(unread(case, session.me) for case in sections(session.inbox)[Section.MINE])


def next_to(session: AgentSession, step: int) -> str | None:
    """The chat that is so many steps from the one in front, or else where the list ends; None in an empty list."""
    ids = [case.id for part in sections(session.inbox).values() for case in part]
    if not ids:
        return None
    here = ids.index(session.opened) if session.opened in ids else (-1 if step > 0 else len(ids))
    return ids[min(max(here + step, 0), len(ids) - 1)]


def rail(session: AgentSession, *, place: Place, muted: bool, notifications: str) -> Rail:
    """The strip at the side."""
    return Rail(
        place=place,
        profile=session.profile,
        accepting=session.inbox.accepting,
        switching=("set_routing_status", "") in session.deeds.busy,
        unread=unread_of_mine(session),
        muted=muted,
        notifications=Notifications(notifications),
    )


def listing(session: AgentSession) -> Listing:
    """The list of chats."""
    return Listing(
        inbox=session.inbox,
        opened=session.opened,
        known=session.in_step,
        loading_more=("list_chats", "") in session.deeds.busy,
        now=_this_minute(),
        taking=frozenset(chat_id for deed, chat_id in session.deeds.busy if deed == "add_user_to_chat"),
    )


def in_front(session: AgentSession, place: Place, visitor: str | None) -> InFront:
    """Whom the agent has turned to; ``visitor`` is who was chosen among those on the site."""
    inbox, case = session.inbox, session.open_case
    if place is Place.CHATS:
        return InFront(inbox.customer_of(case) if case is not None else None, case)
    if place is Place.ARCHIVES:
        case = session.archives.opened
        return InFront(case.customer if case is not None else None, case, "archives")
    person = inbox.person(visitor) if place is Place.VISITORS else None
    if not isinstance(person, Customer):
        return InFront()
    return InFront(person, case_of(inbox, person.id), "visitors")


def archives(session: AgentSession) -> ArchivesPage:
    """What was found in the archives."""
    kept = session.archives
    return ArchivesPage(
        query=kept.query,
        found=kept.found,
        opened=kept.opened,
        count=kept.count,
        known=kept.known,
        loading=kept.loading,
        more=kept.more,
        me=session.me,
        now=_this_minute(),
    )


def archived_talk(session: AgentSession, tag_field: TagField | None) -> Talk | Idle:
    """The archived thread in front."""
    case = session.archives.opened
    if case is None:
        return Idle(quiet=False, accepting=session.inbox.accepting)
    people = {**case.conversation.users, **session.inbox.people}
    return Talk(
        case=case,
        me=session.me,
        people=people,
        section=Section.CLOSED,
        tag_field=tag_field,
        known=True,
        busy=_busy(session, case.id),
        archived=True,
    )


def visitors(session: AgentSession, chosen: str | None) -> VisitorsPage:
    """Everybody on the site."""
    return VisitorsPage(
        rows=tuple(_row(session, customer) for customer in everybody_here(session.inbox)),
        chosen=chosen,
        known=session.in_step,
        now=_this_minute(),
    )


def _row(session: AgentSession, customer: Customer) -> VisitorRow:
    case = case_of(session.inbox, customer.id)
    busy = ("start_chat", customer.id) in session.deeds.busy
    return VisitorRow(customer, case, section(case, session.me) if case is not None else None, busy)


def details(front: InFront, aside: Aside) -> Details:
    """What is known of whom the agent has turned to."""
    context = facts(front.case.conversation) if front.case is not None else ()
    alone = front.source == "visitors"
    return Details(front.customer, context, aside.sections, tabs=bool(aside.pane.apps), alone=alone)


def talk(
    session: AgentSession, *, writing: Writing, tag_field: TagField | None, details_open: bool, at_end: bool
) -> Talk | Idle:
    """The conversation in front. ``at_end``: its end can be seen."""
    case = session.open_case
    if case is None:
        return Idle(quiet=not session.inbox.cases, accepting=session.inbox.accepting)
    return Talk(
        case=case,
        me=session.me,
        people=session.inbox.people,
        section=section(case, session.me),
        sendings=session.delivery.waiting(case.id) if session.delivery else (),
        writing=writing,
        tag_field=tag_field,
        known=session.is_fresh(case.id) or case.whole,
        details_open=details_open,
        busy=_busy(session, case.id),
        unread_below=0 if at_end else unread(case, session.me),
    )


def _busy(session: AgentSession, chat_id: str) -> frozenset[Deed]:
    return frozenset(deed for deed, about in session.deeds.busy if about == chat_id)


def _this_minute() -> datetime:
    now = datetime.now(UTC)
    return now - timedelta(seconds=now.second, microseconds=now.microsecond)
