"""Rich messages: what is read of them, how they are shown, and how a visitor answers."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.widget.open_window import OpenWindow
from widget.ui.cards import rich_content
from widget.ui.locale import Locale
from widget.ui.rich import Button, Card, RichMessage, button_of, read_rich
from widget.wire.events import Event, read_event

PRICES = {"text": "Prices", "postback_id": "p1", "type": "message", "value": "What does it cost?"}
SHOP = {"text": "To the shop", "postback_id": "p2", "type": "url", "value": "https://shop.example/"}
CALL = {"text": "Call us", "postback_id": "p3", "type": "phone", "value": "+47 123"}
LATER = {"text": "Later", "postback_id": "p4", "type": "cancel"}
CARD = {
    "title": "Moon jar",
    "subtitle": "Stoneware",
    "image": {"url": "https://shop.example/jar.jpg", "alternative_text": "A white jar"},
    "buttons": [PRICES, SHOP, CALL, LATER],
}


def rich(elements: Any, template: str = "cards") -> dict[str, Any]:
    return {"type": "rich_message", "template_id": template, "elements": elements}


def event(elements: Any, template: str = "cards") -> Event:
    return read_event({"id": "T_1", "created_at": "2026-05-03T09:00:00.000000Z", **rich(elements, template)})


def drawn(elements: Any, template: str = "cards", *, live: bool = True) -> str:
    message = read_rich(event(elements, template))
    assert message is not None
    return str(rich_content(message, "T_1", Locale(), live=live))


# What is read


def test_a_card_has_a_picture_words_and_buttons() -> None:
    message = read_rich(event([CARD]))

    assert message is not None
    (card,) = message.cards
    assert (card.title, card.subtitle, card.image) == ("Moon jar", "Stoneware", "https://shop.example/jar.jpg")
    assert [button.text for button in card.buttons] == ["Prices", "To the shop", "Call us", "Later"]


def test_what_does_not_fit_is_left_out_and_nothing_else() -> None:
    odd = {
        "title": 7,
        "subtitle": "Here",
        "image": {"url": "javascript:alert(1)"},
        "buttons": [None, {"text": "No id"}],
    }

    assert read_rich(event([odd, "no card", {}])) == RichMessage((Card(subtitle="Here"),))


def test_what_has_nothing_to_show_is_no_rich_message() -> None:
    assert read_rich(event([])) is None
    assert read_rich(event("none")) is None


def test_a_button_opens_pages_and_calls_and_nothing_else() -> None:
    def leads_to(kind: str, value: str) -> str | None:
        return Button("Text", "id", kind, value).leads_to

    assert leads_to("url", "https://shop.example") == "https://shop.example"
    assert leads_to("url", "javascript:alert(1)") is None
    assert leads_to("webview", "data:text/html,") is None
    assert leads_to("phone", "+47 123") == "tel:+47 123"
    assert leads_to("message", "https://shop.example") is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["title", "image", "url", "buttons", "text", "postback_id", "type"]), inner)
    ),
    max_leaves=12,
)


@given(elements=JSON, template=JSON)
def test_nothing_that_an_agents_program_sends_breaks_the_window(elements: Any, template: Any) -> None:
    message = read_rich(event(elements, template))

    if message is not None:
        assert "<div" in str(rich_content(message, "T_1", Locale(), live=True))
        assert button_of(event(elements, template), "9/9") is None


# How it is shown


def test_cards_are_shown_with_their_pictures_texts_and_ways_out() -> None:
    markup = drawn([CARD])

    assert 'alt="A white jar"' in markup
    assert '<button type="button" data-action="postback" data-id="T_1 0/0"' in markup
    assert 'href="https://shop.example/" target="_blank" rel="noopener noreferrer nofollow"' in markup
    assert 'aria-label="Choose an answer"' in markup


def test_quick_replies_are_gone_when_one_was_chosen() -> None:
    quick = [{"title": "Which one?", "buttons": [PRICES]}]

    assert "Prices" in drawn(quick, "quick_replies")
    assert "Prices" not in drawn(quick, "quick_replies", live=False)
    assert "disabled" in drawn(quick, "cards", live=False)


# How a visitor answers


async def test_a_button_that_says_something_sends_it_with_where_it_stood() -> None:
    window = await OpenWindow().connected()
    await window.says("Hello")
    asked = await window.hears(rich([{"title": "How can we help?", "buttons": [PRICES, LATER]}], "quick_replies"))
    assert "How can we help?" in window.log

    await window.presses("postback", f"{asked} 0/0")

    sent = window.asked("send_event")[-1]["event"]
    assert sent["text"] == "What does it cost?"
    assert sent["postback"] == {
        "id": "p1", "thread_id": "T", "event_id": asked, "type": "message", "value": "What does it cost?"
    }  # fmt: skip
    assert "Later" not in window.log


async def test_a_button_that_says_nothing_is_told_of_all_the_same() -> None:
    window = await OpenWindow().connected()
    await window.says("Hello")
    asked = await window.hears(rich([CARD]))

    await window.presses("postback", f"{asked} 0/3")

    assert window.asked("send_rich_message_postback") == [
        {"chat_id": "C", "thread_id": "T", "event_id": asked, "postback": {"id": "p4", "toggled": True}}
    ]
    assert window.asked("send_event") == []


async def test_a_press_while_offline_is_told_once_when_there_is_a_connection() -> None:
    window = await OpenWindow().connected()
    await window.says("Hello")
    asked = await window.hears(rich([CARD]))
    window.world.network.socket.drop()
    for _ in range(2):
        await window.presses("postback", f"{asked} 0/3")
    assert "Sending" not in window.log

    await window.world.reconnect()
    assert len(window.asked("send_rich_message_postback")) == 1
    assert window.world.session.outbox.waiting == ()


async def test_a_press_that_is_refused_says_so_and_can_be_tried_again() -> None:
    window = await OpenWindow().connected()
    await window.says("Hello")
    asked = await window.hears(rich([CARD]))
    window.world.platform.refuse["send_rich_message_postback"] = ["validation"]
    await window.presses("postback", f"{asked} 0/3")
    assert "failed" in window.log

    await window.presses("retry", window.world.session.outbox.waiting[0].custom_id)
    assert "failed" not in window.log
    assert len(window.asked("send_rich_message_postback")) == 2


async def test_a_button_that_is_not_there_does_nothing() -> None:
    window = await OpenWindow().connected()
    await window.says("Hello")

    for target in ("", "T_9 0/0", "T_1 0/0", "T_1 x"):
        await window.presses("postback", target)

    assert window.asked("send_event") == []
