"""Canned replies: found by a word after #, put in its place, with what stands for the visitor and the agent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_console.completing import looked_for
from agent_console.replies import filled, found, names_in
from tests.agent_console.stage import FakeOrganization, Stage, at_work, reply
from widget.wire.canned_responses import CannedResponse
from widget.wire.users import Customer

ANN, NOBODY = Customer(id="V", name="Ann Lee", email="ann@example.com"), Customer(id="V")

REPLIES = [
    reply(1, "Hello %name%! How can I help you?", "hello", "hi"),
    reply(2, "One moment, please. I say hello to my colleague.", "moment"),
    reply(3, "Have a nice day", "bye"),
]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("#", ""),
        ("#he", "he"),
        ("Dear, #he", "he"),
        ("two\n#he", "he"),
        ("no. 5#he", None),
        ("#he llo", None),
        ("", None),
    ],
)
def test_a_word_after_a_hash_is_looked_for(text: str, word: str | None) -> None:
    assert looked_for(text, len(text)) == word


def test_what_stands_after_the_caret_does_not_count() -> None:
    assert looked_for("#hello there", 3) == "he"


def test_names_come_before_words_of_the_text() -> None:
    known = tuple(CannedResponse.read(each) for each in REPLIES)

    assert [each.id for each in found(known, "HEL")] == [1, 2]
    assert [each.id for each in found(known, "")] == [1, 2, 3]


def test_a_reply_is_filled_for_the_visitor_and_what_nobody_told_goes() -> None:
    assert filled("Hello %name%, I am %agent%.", ANN, "Sam") == "Hello Ann, I am Sam."
    assert filled("Thank you, %name%!", NOBODY, "Sam") == "Thank you!"


@given(st.text())
def test_names_are_words_without_hashes_each_once(text: str) -> None:
    names = names_in(text)

    assert len(names) == len(set(names))
    assert not any(name.startswith("#") or " " in name or "," in name or not name for name in names)


async def writing(text: str, *replies: dict[str, object]) -> Stage:
    """A chat of ours in front, and something typed in the composer."""
    stage = await at_work(organization=FakeOrganization(replies=[*replies]))
    stage.console.act("open", "A")
    await stage.go_on()
    type_(stage, text)
    return stage


def type_(stage: Stage, text: str) -> None:
    stage.page.fields["message"] = text
    stage.console.typed("message")
    stage.paint()


async def test_a_hash_offers_the_replies_and_enter_takes_one() -> None:
    stage = await writing("Good day. #h", *REPLIES)
    assert 'aria-activedescendant="canned-1"' in stage.page.areas["talk"]

    assert stage.console.picks("message", "Enter")
    assert stage.page.fields["message"] == "Good day. Hello! How can I help you?"
    assert not stage.console.picks("message", "Enter"), "the next Enter sends"


async def test_arrows_choose_among_them_and_a_click_takes_one() -> None:
    stage = await writing("#", *REPLIES)
    assert stage.console.picks("message", "ArrowDown")
    stage.paint()
    assert 'aria-activedescendant="canned-1"' in stage.page.areas["talk"]

    stage.console.act("canned", "2")
    assert stage.page.fields["message"] == "One moment, please. I say hello to my colleague."


async def test_escape_leaves_what_was_typed_and_offers_nothing_more_for_this_word() -> None:
    stage = await writing("#h", *REPLIES)
    assert stage.console.picks("message", "Escape")
    type_(stage, "#he")
    assert "listbox" not in stage.page.areas["talk"]

    type_(stage, "#he now #b")
    assert "Have a nice day" in stage.page.areas["talk"]


async def test_a_word_that_nothing_is_called_leaves_the_keys_alone() -> None:
    stage = await writing("#5 is the answer, #nothinglikeit", *REPLIES)

    assert not stage.console.picks("message", "Enter")
    assert not stage.console.picks("message", "ArrowDown")


async def test_without_replies_the_way_to_some_is_told_and_enter_sends() -> None:
    stage = await writing("#")

    assert "There are no canned replies yet" in stage.page.areas["talk"]
    assert not stage.console.picks("message", "Enter")


async def test_what_was_put_in_is_a_draft() -> None:
    stage = await writing("#bye", *REPLIES)
    stage.console.picks("message", "Tab")
    stage.console.act("open", "B")
    stage.console.act("open", "A")

    assert stage.page.fields["message"] == "Have a nice day"


async def test_a_colleagues_change_is_found_when_they_are_used_after_a_while() -> None:
    stage = await writing("", *REPLIES)
    stage.organization.replies.append(reply(9, "Back soon", "back"))
    stage.desk.clock.advance(61)
    await stage.go_on()

    type_(stage, "#b")
    await stage.go_on()
    assert "Back soon" in stage.page.areas["talk"]
