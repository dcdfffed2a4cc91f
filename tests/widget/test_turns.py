"""What comes all at once is looked at a slice at a time."""

import pytest

from tests.fakes import FakeClock
from widget.rtm.turns import PAUSE, SLICE, Turns


class SlowReader:
    """Takes somewhat more than a third of a slice for each text."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.heard: list[str] = []
        self.unheard = ""
        self.turns = Turns(self.clock, self._hear)

    def _hear(self, text: str, now: float) -> None:
        if text == self.unheard:
            raise LookupError(text)
        self.heard.append(text)
        self.clock.time += SLICE * 0.34

    def take_a_turn(self) -> None:
        """What was put off is done, and nothing that is put off meanwhile."""
        due, self.clock.timers = self.clock.timers, []
        for timer in due:
            timer.call()

    def gets(self, count: int) -> None:
        for number in range(count):
            self.turns.add(str(number))


def test_what_comes_alone_is_heard_at_once() -> None:
    reader = SlowReader()

    reader.gets(1)

    assert reader.heard == ["0"]


def test_no_turn_is_longer_than_a_slice_and_each_text_is_heard_once_in_order() -> None:
    reader = SlowReader()

    reader.gets(10)
    heard_by_turn = [len(reader.heard)]
    for _ in range(3):
        reader.take_a_turn()
        heard_by_turn.append(len(reader.heard) - sum(heard_by_turn))

    assert heard_by_turn == [3, 3, 3, 1]
    assert reader.heard == [str(number) for number in range(10)]


def test_what_comes_in_one_go_is_heard_a_slice_at_a_time_too() -> None:
    reader = SlowReader()

    reader.turns.add("0", "1", "2", "3", "4")
    heard_at_once = len(reader.heard)
    reader.take_a_turn()

    assert heard_at_once == 3
    assert reader.heard == ["0", "1", "2", "3", "4"]


def test_what_could_not_be_heard_keeps_nothing_behind_it_from_being_heard() -> None:
    reader = SlowReader()
    reader.unheard = "0"

    with pytest.raises(LookupError):
        reader.turns.add("0", "1")
    reader.take_a_turn()

    assert reader.heard == ["1"]


def test_what_comes_later_waits_behind_what_came_before() -> None:
    reader = SlowReader()
    reader.gets(5)

    reader.turns.add("late")
    reader.take_a_turn()

    assert reader.heard == ["0", "1", "2", "3", "4", "late"]


def test_one_after_the_other_needs_no_timer() -> None:
    reader = SlowReader()

    for number in range(10):
        reader.turns.add(str(number))
        reader.clock.time += 2 * PAUSE

    assert len(reader.heard) == 10
    assert reader.clock.timers == []


def test_before_an_end_all_is_heard() -> None:
    reader = SlowReader()
    reader.gets(10)

    reader.turns.finish()

    assert len(reader.heard) == 10
    assert not reader.turns.behind


def test_of_a_socket_that_is_let_go_nothing_more_is_heard() -> None:
    reader = SlowReader()
    reader.gets(10)

    reader.turns.drop()
    reader.take_a_turn()

    assert len(reader.heard) == 3
