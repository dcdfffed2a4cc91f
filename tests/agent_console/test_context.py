"""What the site told of the visit, for the agent to see beside the conversation."""

from datetime import UTC, datetime, timedelta
from typing import Any

from agent_console.views.context import context_card, facts
from widget.rtm.conversation import Conversation, Entry
from widget.ui.locale import Locale
from widget.wire.events import CustomEvent

START = datetime(2026, 5, 3, 9, tzinfo=UTC)


def told(*contents: Any) -> Conversation:
    """A conversation with these custom events."""
    events = (
        CustomEvent(id=f"T_{n}", created_at=START + timedelta(seconds=n), content=c) for n, c in enumerate(contents)
    )
    return Conversation(entries=tuple(Entry("T", event) for event in events))


def test_what_was_told_last_of_a_name_counts() -> None:
    conversation = told(
        {"contextual_data": {"color": "green", "size": "M"}},
        {"contextual_data": {"color": "red", "basket": {"pieces": 3}}},
    )

    assert facts(conversation) == (("size", "M"), ("color", "red"), ("basket", '{"pieces": 3}'))


def test_other_events_tell_nothing() -> None:
    assert facts(told({"customData": {"a": 1}}, None, "text", {"contextual_data": []}, {"contextual_data": None})) == ()
    assert context_card((), Locale()) is None


def test_what_a_page_tells_is_text_and_never_markup() -> None:
    card = str(context_card(facts(told({"contextual_data": {"<b>": "<script>"}})), Locale()))

    assert "<b>" not in card
    assert "<script" not in card
    assert "&lt;script&gt;" in card
