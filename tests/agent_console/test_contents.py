"""What stands in the log beside texts: pictures, files, cards, quick replies, answers in a form."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from agent_console.inbox import Inbox, Section
from agent_console.news import with_chat
from agent_console.state import Talk
from agent_console.views import log
from tests.agent_console.platform_fake import ME, agent, chat, message
from widget.ui.locale import Locale
from widget.wire.chats import Chat

ENGLISH = Locale()


def drawn(*events: dict[str, Any]) -> str:
    """The log with these events in it."""
    known = with_chat(Inbox(me=ME), Chat.read(chat("A", agent(ME), events=[*events])))
    return str(log.log(Talk(known.cases["A"], ME, known.people, Section.MINE, known=True), ENGLISH))


def event(minute: int, kind: str, **fields: Any) -> dict[str, Any]:
    plain = message("A", minute, "")
    return {**{name: plain[name] for name in ("id", "created_at", "author_id")}, "type": kind, **fields}


def file(**fields: Any) -> dict[str, Any]:
    return event(1, "file", **{"url": "https://chat.example/files/x/a", "name": "a", "size": 2_500_000, **fields})


def test_a_picture_is_shown_small_with_its_place_kept_and_leads_to_the_whole() -> None:
    small = {"thumbnail2x_url": "https://chat.example/files/x/a?side=600"}
    markup = drawn(file(name="cat.png", content_type="image/png", width=1200, height=600, **small))

    assert 'src="https://chat.example/files/x/a?side=600"' in markup
    assert 'width="1200" height="600"' in markup
    assert 'alt="Picture: cat.png"' in markup
    assert 'href="https://chat.example/files/x/a"' in markup


def test_any_other_file_tells_its_name_and_size() -> None:
    markup = drawn(file(name="return.pdf", content_type="application/pdf"))

    assert "return.pdf" in markup
    assert "2.4 MB" in markup


def test_an_address_that_does_not_lead_to_the_web_is_neither_fetched_nor_followed() -> None:
    script = {"url": "javascript:alert(1)", "content_type": "image/png", "width": 1, "height": 1}
    markup = drawn(file(**script), event(2, "rich_message", template_id="cards", elements=[{"image": script}]))

    assert "<a" not in markup
    assert "<img" not in markup


def test_cards_show_their_picture_words_and_buttons() -> None:
    buttons = [
        {"text": "Yes", "postback_id": "yes", "user_ids": []},
        {"text": "See it", "postback_id": "see", "type": "url", "value": "https://shop.example/mug"},
    ]
    picture = {"url": "https://shop.example/mug.png", "alternative_text": "A mug"}
    card = {"title": "Blue mug", "subtitle": "24 €", "image": picture, "buttons": buttons}
    markup = drawn(event(1, "rich_message", template_id="cards", elements=[card, {"title": "Red mug"}]))

    for text in ("Blue mug", "24 €", 'alt="A mug"', "Yes", 'href="https://shop.example/mug"', "Red mug"):
        assert text in markup


def test_a_filled_form_shows_what_was_answered() -> None:
    fields = [
        {"type": "name", "id": "1", "label": "Your name", "answer": "Mary"},
        {"type": "checkbox", "id": "2", "label": "About", "answers": [{"id": "0", "label": "Returns"}]},
        {"type": "email", "id": "3", "label": "E-mail", "answer": None},
    ]
    markup = drawn(event(1, "filled_form", form_id="f", fields=fields))

    for text in ("Your name", "Mary", "About", "Returns", "E-mail"):
        assert text in markup


def test_a_file_among_notes_is_for_agents_only() -> None:
    picture = {"content_type": "image/png", "width": 1, "height": 1}
    for kind in ({}, picture):
        assert "Note by" in drawn(file(visibility="agents", **kind))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(JSON, st.sampled_from(["rich_message", "filled_form"]))
def test_whatever_stands_in_them_the_log_is_drawn(value: Any, kind: str) -> None:
    odd = event(1, kind, template_id=value, elements=value, fields=value)

    assert "Hello" in drawn(odd, message("A", 2, "Hello"))
