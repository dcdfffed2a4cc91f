"""The list of conversations, and one of them alone."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from tests.widget.test_views import conversation, event
from widget.rtm.conversation import Conversation, with_threads
from widget.rtm.outbox import Outgoing
from widget.ui.locale import Locale
from widget.ui.places import EVERYTHING, NEW, THE_LIST, Browsing, Place, Spot, on_its_way, summaries
from widget.ui.state import WindowState
from widget.ui.window import window
from widget.wire.chats import Thread

ONE = Place(Spot.THREAD, "OLD")


def two_threads() -> Conversation:
    """One that has ended, and one that goes on."""
    old: dict[str, Any] = {"id": "OLD", "active": False, "events": [event(-9, "me", id="OLD_1"), event(-8, id="OLD_2")]}
    return with_threads(conversation(event(1, "me"), event(2)), [Thread.read(old)], None)


def shown(state: WindowState) -> str:
    return str(window(state, Locale()))


def test_the_list_has_the_newest_first_with_its_last_words() -> None:
    listed = summaries(two_threads())

    assert [(s.thread_id, s.open, s.last and s.last.id) for s in listed] == [
        ("T", True, "T_2"),
        ("OLD", False, "OLD_2"),
    ]


def test_a_thread_that_has_ended_can_only_be_read() -> None:
    browsing = Browsing()
    browsing.go(ONE)
    seen = browsing.shown(two_threads())

    page = shown(WindowState(conversation=seen, place=browsing.place, closed=browsing.closed(seen), customer_id="me"))

    assert [e.event.id for e in seen.entries] == ["OLD_1", "OLD_2"]
    assert "This conversation has ended." in page
    assert 'data-action="new-thread"' in page
    assert 'id="composer" data-action="send" novalidate hidden' in page


def test_a_thread_that_goes_on_is_written_in() -> None:
    browsing = Browsing()
    browsing.go(Place(Spot.THREAD, "T"))
    seen = browsing.shown(two_threads())

    assert (seen.active, browsing.closed(seen), browsing.at_newest(two_threads())) == (True, False, True)


def test_a_new_thread_is_empty_until_its_first_text_has_arrived() -> None:
    browsing = Browsing()
    browsing.go(NEW)
    browsing.begins("first")
    before = browsing.shown(two_threads())
    assert (before.entries, before.active, browsing.place) == ((), False, NEW)

    begun: dict[str, Any] = {"id": "NEW", "active": True, "events": [event(9, "me", id="NEW_1", custom_id="first")]}
    after = browsing.shown(with_threads(two_threads(), [Thread.read(begun)], None))

    assert browsing.place == Place(Spot.THREAD, "NEW")
    assert [e.event.id for e in after.entries] == ["NEW_1"]


def test_another_visitor_is_not_in_a_thread_of_the_last_one() -> None:
    browsing = Browsing()
    browsing.go(ONE)

    browsing.shown(Conversation())

    assert browsing.place == EVERYTHING


def test_what_is_shown_is_worked_out_once() -> None:
    browsing, whole = Browsing(), two_threads()
    browsing.go(ONE)

    assert browsing.shown(whole) is browsing.shown(whole)
    assert browsing.shown(replace(whole)) is not None


def test_nothing_is_on_its_way_into_what_has_ended() -> None:
    sending = (Outgoing(custom_id="a", text="x", created_at=datetime(2026, 5, 3, tzinfo=UTC)),)

    assert on_its_way(sending, ONE, closed=True) == on_its_way(sending, THE_LIST, closed=False) == ()
    assert on_its_way(sending, NEW, closed=False) == sending


def test_the_list_stands_in_place_of_the_log_which_stays_in_the_page() -> None:
    whole = two_threads()

    page = shown(WindowState(conversation=whole, place=THE_LIST, threads=tuple(summaries(whole)), customer_id="me"))

    assert 'aria-label="Conversations"' in page
    assert 'data-action="thread" data-id="OLD"' in page
    assert 'id="scroll" tabindex="0" hidden' in page
    assert 'id="message"' in page


def test_the_way_to_the_list_is_there_when_there_is_a_choice() -> None:
    whole = two_threads()

    assert 'data-action="threads"' in shown(WindowState(conversation=whole, several=True))
    assert 'data-action="threads"' not in shown(WindowState(conversation=whole))
