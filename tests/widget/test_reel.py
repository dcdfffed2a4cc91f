"""Which part of a long conversation is in the page."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from widget.rtm.conversation import Entry, place_of
from widget.ui.reel import KEPT, MOST, STEP, Reel
from widget.wire.events import Message

START = datetime(2026, 5, 3, 9, 0, tzinfo=UTC)
SCREEN = 12
"""Rows that can be seen at once."""


def entry(minute: int) -> Entry:
    moment = START + timedelta(minutes=minute)
    return Entry("T", Message(id=f"T_{minute}", text=f"text {minute}", author_id="agent", created_at=moment))


def entries(first: int, stop: int) -> list[Entry]:
    return [entry(minute) for minute in range(first, stop)]


def test_a_long_conversation_begins_with_its_newest_entries() -> None:
    reel = Reel().fitted(entries(0, 1000), follow=True)

    assert (reel.start, reel.stop) == (1000 - KEPT, 1000)


def test_a_short_conversation_is_there_as_a_whole() -> None:
    reel = Reel().fitted(entries(0, 7), follow=True)

    assert (reel.start, reel.stop, reel.at_newest) == (0, 7, True)


def test_who_reads_further_up_keeps_the_place_when_a_thousand_come() -> None:
    said = entries(0, 500)
    reading = Reel().newest(said).earlier(said, cut=True)

    after = reading.fitted([*said, *entries(500, 1500)], follow=False)

    assert (after.start, after.stop, after.at_newest) == (reading.start, reading.stop, False)


def test_who_is_at_the_newest_sees_the_last_of_a_thousand_and_the_page_stays_small() -> None:
    said = entries(0, 500)

    after = Reel().newest(said).fitted([*said, *entries(500, 1500)], follow=True)

    assert after.stop == 1500
    assert after.stop - after.start <= MOST


def test_nothing_is_taken_out_while_somebody_holds_on_to_it() -> None:
    said = entries(0, 500)
    held = Reel().newest(said)

    after = held.fitted([*said, *entries(500, 1500)], follow=True, cut=False)

    assert (after.start, after.stop) == (held.start, 1500)


def test_older_entries_that_are_fetched_move_nothing() -> None:
    said = entries(0, 100)
    reading = Reel().oldest(said)

    after = reading.fitted([*entries(-50, 0), *said], follow=False)

    assert (after.start, after.stop) == (reading.start + 50, reading.stop + 50)


def test_another_conversation_is_begun_at_its_newest_entry() -> None:
    reel = Reel().fitted(entries(0, 100), follow=True).fitted([], follow=True).fitted(entries(200, 203), follow=True)

    assert (reel.start, reel.stop) == (0, 3)


@dataclass
class Reader:
    """A reader with a screen of so many rows: what is being read is the entry in its first row."""

    said: list[Entry] = field(default_factory=lambda: entries(0, 100))
    reel: Reel = field(default_factory=Reel)
    reading: Entry = field(default_factory=lambda: entry(99 - SCREEN))

    @property
    def place(self) -> int:
        return place_of(self.said, self.reading.event)

    @property
    def following(self) -> bool:
        return self.place >= len(self.said) - SCREEN - 1

    def come(self, count: int) -> None:
        following = self.following
        last = self.said[-1].event.created_at
        first = round((last - START) / timedelta(minutes=1)) + 1
        self.said += entries(first, first + count)
        if following:
            self.reading = self.said[-SCREEN]

    def fetch(self, count: int) -> None:
        first = round((self.said[0].event.created_at - START) / timedelta(minutes=1))
        self.said[:0] = entries(first - count, first)

    def scroll(self, rows: int) -> None:
        """By so many rows, but not past what is in the page."""
        place = self.place + rows
        self.reading = self.said[max(self.reel.start, min(place, self.reel.stop - SCREEN))]

    def paint(self) -> None:
        """As the window does, with rows for pixels."""
        self.reel = self.reel.fitted(self.said, follow=self.following)
        above = self.place - self.reel.start
        below = self.reel.stop - SCREEN - self.place
        if above < SCREEN and self.reel.start > 0:
            self.reel = self.reel.earlier(self.said, cut=below > 2 * SCREEN)
        elif below < SCREEN and not self.reel.at_newest:
            self.reel = self.reel.later(self.said, cut=above > 2 * SCREEN)


DOINGS = st.lists(
    st.tuples(st.sampled_from(["come", "fetch", "scroll"]), st.integers(min_value=-200, max_value=200)), max_size=30
)


@given(doings=DOINGS)
def test_whatever_comes_and_wherever_one_scrolls_what_is_being_read_stays_in_the_page(
    doings: list[tuple[str, int]],
) -> None:
    reader = Reader()
    reader.paint()
    for what, count in doings:
        if what == "scroll":
            reader.scroll(count)
        else:
            getattr(reader, what)(abs(count))
        before = reader.reading

        reader.paint()

        seen = reader.place
        assert reader.reading is before
        assert reader.reel.start <= seen <= seen + SCREEN <= reader.reel.stop
        assert reader.reel.stop - reader.reel.start <= MOST + STEP


@given(scrolls=st.lists(st.integers(min_value=-40, max_value=0), min_size=1, max_size=10))
def test_however_one_scrolls_up_the_first_entry_is_reached(scrolls: list[int]) -> None:
    reader = Reader()
    reader.paint()
    while reader.place > 0:
        before = reader.place
        for rows in [*scrolls, -1]:
            reader.scroll(rows)
            reader.paint()

        assert reader.place < before
