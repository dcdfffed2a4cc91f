"""What each area of the page shows, out of the session: functions from one to the other, and nothing else."""

from datetime import UTC, datetime, timedelta

from agent_console.inbox import Section, section, sections, unread
from agent_console.session import AgentSession
from agent_console.state import Aside, Details, Idle, Listing, Notifications, Place, Rail, Talk

__all__ = ["details", "listing", "next_to", "rail", "talk", "unread_of_mine"]


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
    now = datetime.now(UTC)
    return Listing(
        inbox=session.inbox,
        opened=session.opened,
        known=session.in_step,
        loading_more=("list_chats", "") in session.deeds.busy,
        now=now - timedelta(seconds=now.second, microseconds=now.microsecond),
    )


def details(session: AgentSession, aside: Aside) -> Details:
    """What is known of the visitor in front."""
    case = session.open_case
    customer = session.inbox.customer_of(case) if case is not None else None
    return Details(customer, aside.sections, tabs=bool(aside.pane.apps))


def talk(session: AgentSession, *, note: bool, details_open: bool, at_end: bool) -> Talk | Idle:
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
        note=note,
        known=session.is_fresh(case.id) or case.whole,
        details_open=details_open,
        busy=frozenset(deed for deed, chat_id in session.deeds.busy if chat_id == case.id),
        unread_below=0 if at_end else unread(case, session.me),
    )
