"""What stands in the log, row by row: days, messages in groups, what happened, and what is still on its way.

A pure function from events to rows, so that the views only have to draw them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from widget.rtm.conversation import Entry
from widget.rtm.outbox import Outgoing
from widget.ui.filled import is_filled
from widget.ui.locale import Dates
from widget.ui.rich import read_rich
from widget.wire.events import CustomEvent, Event, File, Message, SystemMessage, UnknownEvent

__all__ = ["DayRow", "EventRow", "OutgoingRow", "Row", "SystemRow", "Words", "shown", "timeline", "words_about"]

ALL = slice(None)

GROUP_WITHIN = 300
"""Seconds between two messages of one author that still belong together."""


Words = Literal["agentMessage", "userMessage"]
"""Which words of a page's data are for the reader (``widget.live_chat.sending``)."""


@dataclass(frozen=True, slots=True)
class DayRow:
    """A new day begins."""

    moment: datetime


@dataclass(frozen=True, slots=True)
class EventRow:
    """Something said. ``first`` and ``last`` tell its place in a group of one author; ``seen`` by the other side.

    ``words``: what the reader is told about data; ``answered``: a button of it was pressed.
    """

    event: Message | File | CustomEvent | UnknownEvent
    mine: bool
    first: bool = True
    last: bool = True
    seen: bool = False
    words: str | None = None
    answered: bool = False


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
    entries: Sequence[Entry],
    outgoing: Sequence[Outgoing],
    *,
    me: Iterable[str],
    seen_up_to: datetime | None,
    dates: Dates,
    part: slice = ALL,
    words: Words = "agentMessage",
) -> list[Row]:
    """The rows of a log. ``me``: whose messages are on this side; ``seen_up_to``: how far the other side has read.

    ``part``: the entries to make rows of; those around it still tell where a group and a day begin and end. What is on
    its way comes after the newest entry.
    """
    start, stop, _ = part.indices(len(entries))
    before = _nearest(entries, range(start - 1, -1, -1), words)
    after = _nearest(entries, range(stop, len(entries)), words)
    events = [e.event for e in entries[start:stop] if shown(e.event, words)]
    rows = _rows(before, events, after, frozenset(me), seen_up_to, dates, words)
    rows = _with_answers(rows, [*(e.event for e in entries[start:]), *outgoing])
    if stop < len(entries):
        return rows
    sent = {e.event.custom_id for e in entries[start:stop]}
    return [*rows, *(OutgoingRow(o) for o in outgoing if o.custom_id not in sent and _has_words(o, words))]


def shown(event: Event, words: Words = "agentMessage") -> bool:
    """Whether an event has a row."""
    if type(event) in _SHOWN:
        return True
    if isinstance(event, CustomEvent):
        return words_about(event.content, words) is not None
    return is_filled(event) or read_rich(event) is not None


_SHOWN = {Message, File, SystemMessage}


def words_about(content: object, words: Words) -> str | None:
    """What the reader is told about data that a page has sent; None for nothing."""
    text = content.get(words) if isinstance(content, dict) else None
    return text if isinstance(text, str) and text else None


def _has_words(outgoing: Outgoing, words: Words) -> bool:
    return outgoing.content is None or words_about(outgoing.content, words) is not None


def _nearest(entries: Sequence[Entry], places: Iterable[int], words: Words) -> Event | None:
    """The first event in these places that has a row."""
    return next((entries[place].event for place in places if shown(entries[place].event, words)), None)


def _rows(
    before: Event | None,
    events: Sequence[Event],
    after: Event | None,
    mine: frozenset[str],
    seen_up_to: datetime | None,
    dates: Dates,
    words: Words,
) -> list[Row]:
    rows: list[Row] = []
    day = dates.day_key(before.created_at) if before else ""
    joined = before is not None and bool(events) and _together(before, events[0], dates)
    for event, following in zip(events, [*events[1:], after], strict=False):
        if (key := dates.day_key(event.created_at)) != day:
            day = key
            rows.append(DayRow(event.created_at))
        goes_on = following is not None and _together(event, following, dates)
        rows.append(_row(event, mine, seen_up_to, words, first=not joined, last=not goes_on))
        joined = goes_on
    return rows


def _row(
    event: Event, mine: frozenset[str], seen_up_to: datetime | None, words: Words, *, first: bool, last: bool
) -> Row:
    if isinstance(event, SystemMessage):
        return SystemRow(event)
    seen = seen_up_to is not None and event.created_at <= seen_up_to
    about = words_about(event.content, words) if isinstance(event, CustomEvent) else None
    return EventRow(event, mine=event.author_id in mine, first=first, last=last, seen=seen, words=about)


def _with_answers(rows: list[Row], said: Sequence[Event | Outgoing]) -> list[Row]:
    """The same rows; those of rich messages know whether they were answered."""
    if not any(isinstance(row, EventRow) and isinstance(row.event, UnknownEvent) for row in rows):
        return rows
    postbacks = (each.postback for each in said if isinstance(each, Message | Outgoing))
    answered = {postback.event_id for postback in postbacks if postback is not None}
    return [
        replace(row, answered=True) if isinstance(row, EventRow) and row.event.id in answered else row for row in rows
    ]


def _together(one: Event, two: Event, dates: Dates) -> bool:
    if one.author_id != two.author_id or one.visibility != two.visibility or SystemMessage in {type(one), type(two)}:
        return False
    near = (two.created_at - one.created_at).total_seconds() < GROUP_WITHIN
    return near and dates.day_key(one.created_at) == dates.day_key(two.created_at)
