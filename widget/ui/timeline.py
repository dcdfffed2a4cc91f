"""What stands in the log, row by row: days, messages in groups, what happened, and what is still on its way.

A pure function from events to rows, so that the views only have to draw them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from widget.rtm.conversation import Entry
from widget.rtm.outbox import Outgoing
from widget.ui.locale import Dates
from widget.wire.events import Event, File, Message, SystemMessage

__all__ = ["DayRow", "EventRow", "OutgoingRow", "Row", "SystemRow", "timeline"]

GROUP_WITHIN = 300
"""Seconds between two messages of one author that still belong together."""


@dataclass(frozen=True, slots=True)
class DayRow:
    """A new day begins."""

    moment: datetime


@dataclass(frozen=True, slots=True)
class EventRow:
    """Something said. ``first`` and ``last`` tell its place in a group of one author; ``seen`` by the other side."""

    event: Message | File
    mine: bool
    first: bool = True
    last: bool = True
    seen: bool = False


@dataclass(frozen=True, slots=True)
class SystemRow:
    """Something that happened."""

    event: SystemMessage


@dataclass(frozen=True, slots=True)
class OutgoingRow:
    """A text of ours that the server does not have yet."""

    outgoing: Outgoing


Row = DayRow | EventRow | SystemRow | OutgoingRow


def timeline(
    entries: Iterable[Entry],
    outgoing: Sequence[Outgoing],
    *,
    me: Iterable[str],
    seen_up_to: datetime | None,
    dates: Dates,
) -> list[Row]:
    """The rows of a log. ``me``: whose messages are on this side; ``seen_up_to``: how far the other side has read."""
    mine = frozenset(me)
    rows: list[Row] = []
    day = ""
    events = [e.event for e in entries if _shown(e.event)]
    for before, event, after in zip([None, *events], events, [*events[1:], None], strict=False):
        if (key := dates.day_key(event.created_at)) != day:
            day = key
            rows.append(DayRow(event.created_at))
        rows.append(_row(before, event, after, mine, seen_up_to, dates))
    sent = {e.custom_id for e in events}
    return [*rows, *(OutgoingRow(o) for o in outgoing if o.custom_id not in sent)]


def _shown(event: Event) -> bool:
    return isinstance(event, Message | File | SystemMessage)


def _row(
    before: Event | None,
    event: Event,
    after: Event | None,
    mine: frozenset[str],
    seen_up_to: datetime | None,
    dates: Dates,
) -> Row:
    if isinstance(event, SystemMessage):
        return SystemRow(event)
    assert isinstance(event, Message | File)
    return EventRow(
        event,
        mine=event.author_id in mine,
        first=not _together(before, event, dates),
        last=not _together(event, after, dates),
        seen=seen_up_to is not None and event.created_at <= seen_up_to,
    )


def _together(one: Event | None, two: Event | None, dates: Dates) -> bool:
    if one is None or two is None or SystemMessage in {type(one), type(two)}:
        return False
    near = (two.created_at - one.created_at).total_seconds() < GROUP_WITHIN
    same_day = dates.day_key(one.created_at) == dates.day_key(two.created_at)
    return one.author_id == two.author_id and one.visibility == two.visibility and near and same_day
