"""Which part of a long conversation stands in the page: a run of entries around what is being read.

However long the history, the page has some dozens of rows. When the reader comes near an end of the run it is wound on
by a few entries, and those far behind are taken out. The run is held by the events at its two ends and not by numbers,
so it stays where it is when older ones are fetched, or newer ones come.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from widget.rtm.conversation import Entry, place_of
from widget.wire.events import Event

__all__ = ["KEPT", "MOST", "STEP", "Reel"]

MOST = 80
"""How many entries the run has at most while the reader is at the newest ones."""

KEPT = 40
"""How many it is cut to then, or begins with: more than a tall screen shows."""

STEP = 10
"""By how many it is wound on: they are drawn within a frame of the screen."""


@dataclass(frozen=True, slots=True)
class Reel:
    """The run ``entries[start:stop]``; ``fitted`` before it is used with other entries."""

    start: int = 0
    stop: int = 0
    at_newest: bool = True
    first: Event | None = None
    last: Event | None = None

    def fitted(self, entries: Sequence[Entry], *, follow: bool, cut: bool = True) -> "Reel":
        """The same run among the entries as they are now.

        ``follow``: the reader is at the newest entry and wants to see the next. Who reads further up gets new ones
        below while there is room. ``cut``: entries may be taken out.
        """
        if self.first is None or self.last is None:
            return self.newest(entries)
        start, stop = place_of(entries, self.first), _after(entries, self.last)
        if follow or (self.at_newest and len(entries) - start <= MOST):
            stop = len(entries)
        if follow and cut and stop - start > MOST:
            start = stop - KEPT
        return _run(entries, start, stop)

    def earlier(self, entries: Sequence[Entry], *, cut: bool) -> "Reel":
        """Wound towards the oldest entry. ``cut``: as many are taken out at the other end."""
        start = max(0, self.start - STEP)
        return _run(entries, start, self.stop - (self.start - start) if cut else self.stop)

    def later(self, entries: Sequence[Entry], *, cut: bool) -> "Reel":
        """Wound towards the newest entry."""
        stop = min(len(entries), self.stop + STEP)
        return _run(entries, self.start + (stop - self.stop) if cut else self.start, stop)

    def oldest(self, entries: Sequence[Entry]) -> "Reel":
        """At the first entry."""
        return _run(entries, 0, KEPT)

    def newest(self, entries: Sequence[Entry]) -> "Reel":
        """At the last entry."""
        return _run(entries, len(entries) - KEPT, len(entries))


def _run(entries: Sequence[Entry], start: int, stop: int) -> Reel:
    start, stop = max(0, start), min(stop, len(entries))
    if start >= stop:
        return Reel()
    return Reel(start, stop, stop == len(entries), entries[start].event, entries[stop - 1].event)


def _after(entries: Sequence[Entry], event: Event) -> int:
    place = place_of(entries, event)
    there = place < len(entries) and entries[place].event.id == event.id
    return place + 1 if there else place
