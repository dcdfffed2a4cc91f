"""The visitor says how they found a chat that has ended."""

from __future__ import annotations

from typing import Any

from tests.widget.open_window import OpenWindow
from tests.widget.test_session import SmallPlatform
from widget.wire.base import Json

SAM: Json = {"id": "a", "type": "agent", "name": "Sam"}
RATED = {"type": "system_message", "system_message_type": "rating.chat_rated", "text_vars": {"score": "good"}}


async def ended(platform: SmallPlatform | None = None) -> OpenWindow:
    """A chat with an answer, that has ended."""
    window = await OpenWindow(platform).connected()
    await window.says("Hello")
    await window.pushed("user_added_to_chat", {"chat_id": "C", "thread_id": "T", "user": SAM})
    await window.hears({"type": "message", "text": "Good morning"})
    await window.pushed("chat_deactivated", {"chat_id": "C", "thread_id": "T", "user_id": "a"})
    return window


def rated(window: OpenWindow) -> list[Any]:
    return [payload["properties"]["rating"] for payload in window.asked("update_thread_properties")]


async def test_nobody_is_asked_while_the_chat_goes_on() -> None:
    window = await OpenWindow().connected()
    await window.says("Hello")

    assert "How was this chat?" not in window.page.around


async def test_a_chat_that_has_ended_can_be_rated_and_commented() -> None:
    window = await ended()
    assert "How was this chat?" in window.page.around

    await window.presses("rate", "1")
    assert 'data-id="1" aria-pressed="true"' in window.page.around
    await window.presses("rating-form", " Quick and kind ")

    assert rated(window) == [{"score": 1}, {"comment": "Quick and kind"}]
    assert "Thank you for your rating." in window.page.around


async def test_who_changes_their_mind_rates_again() -> None:
    window = await ended()

    await window.presses("rate", "1")
    await window.presses("rate", "0")

    assert rated(window) == [{"score": 1}, {"score": 0}]
    assert 'data-id="0" aria-pressed="true"' in window.page.around


async def test_a_rating_that_is_refused_says_so_and_can_be_given_again() -> None:
    window = await ended(SmallPlatform(refuse={"update_thread_properties": ["internal"]}))

    await window.presses("rate", "1")
    assert "The rating could not be sent." in window.page.around
    await window.presses("rate", "1")

    assert "The rating could not be sent." not in window.page.around
    assert 'data-id="1" aria-pressed="true"' in window.page.around


async def test_an_empty_comment_is_not_sent() -> None:
    window = await ended()
    await window.presses("rate", "1")

    await window.presses("rating-form", "   ")

    assert rated(window) == [{"score": 1}]


async def test_what_was_rated_on_another_page_is_not_asked_about_again() -> None:
    window = await OpenWindow().connected()
    await window.says("Hello")
    await window.pushed("user_added_to_chat", {"chat_id": "C", "thread_id": "T", "user": SAM})
    await window.hears({"type": "message", "text": "Good morning"})
    await window.hears(RATED, author="")
    await window.pushed("chat_deactivated", {"chat_id": "C", "thread_id": "T", "user_id": "a"})

    assert "How was this chat?" not in window.page.around


async def test_a_chat_without_an_answer_is_not_asked_about() -> None:
    window = await OpenWindow().connected()
    await window.says("Hello")
    await window.pushed("chat_deactivated", {"chat_id": "C", "thread_id": "T", "user_id": "me"})

    assert "How was this chat?" not in window.page.around
