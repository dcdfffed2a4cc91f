"""When the visitor is told that the agent types."""

import pytest

from agent_console.typing_signal import TypingSignal
from tests.fakes import FakeClock

Sent = list[tuple[str, bool]]


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def sent() -> Sent:
    return []


@pytest.fixture
def signal(clock: FakeClock, sent: Sent) -> TypingSignal:
    return TypingSignal(clock, lambda chat_id, is_typing: sent.append((chat_id, is_typing)))


def test_the_first_key_is_told_and_the_next_ones_are_not(signal: TypingSignal, sent: Sent) -> None:
    for text in ("H", "He", "Hel"):
        signal.typed("A", text)

    assert sent == [("A", True)]


def test_while_typing_goes_on_it_is_told_every_five_seconds(signal: TypingSignal, clock: FakeClock, sent: Sent) -> None:
    for second in range(11):
        signal.typed("A", "H" * (second + 1))
        clock.advance(1)

    assert sent == [("A", True)] * 3


def test_five_seconds_of_silence_end_it(signal: TypingSignal, clock: FakeClock, sent: Sent) -> None:
    signal.typed("A", "H")
    clock.advance(4.9)
    assert sent == [("A", True)]

    clock.advance(0.1)
    assert sent == [("A", True), ("A", False)]


def test_emptying_the_text_ends_it_at_once(signal: TypingSignal, sent: Sent) -> None:
    signal.typed("A", "H")
    signal.typed("A", " ")

    assert sent == [("A", True), ("A", False)]


def test_what_was_sent_is_over_and_nothing_is_told_later(signal: TypingSignal, clock: FakeClock, sent: Sent) -> None:
    signal.typed("A", "H")
    signal.stop()
    clock.advance(60)

    assert sent == [("A", True), ("A", False)]


def test_in_another_chat_it_begins_anew(signal: TypingSignal, sent: Sent) -> None:
    signal.typed("A", "H")
    signal.typed("B", "H")

    assert sent == [("A", True), ("A", False), ("B", True)]
