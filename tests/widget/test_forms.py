"""A visitor fills in the forms of their group: before a chat, after it, and when nobody is there."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes import MemoryStorage, settle, until
from tests.widget.open_window import OpenWindow
from tests.widget.test_session import SmallPlatform
from widget.customer_sdk.forms import Form, Question, filled, read_form
from widget.rtm.outbox import Draft
from widget.ui.filling import LONGEST_FORM, Wrong, wrong_answers
from widget.wire.base import Json

NAME: dict[str, Any] = {"type": "name", "id": "n", "label": "Your name", "required": True}
EMAIL: dict[str, Any] = {"type": "email", "id": "e", "label": "Your e-mail"}
ABOUT: dict[str, Any] = {
    "type": "checkbox",
    "id": "a",
    "label": "What is it about?",
    "options": [{"id": "0", "label": "An order"}, {"id": "1", "label": "A return"}],
}
TEAM: dict[str, Any] = {
    "type": "group_chooser",
    "id": "g",
    "label": "Whom do you want to talk to?",
    "options": [{"id": "0", "label": "Sales", "group_id": 0}, {"id": "1", "label": "Support", "group_id": 3}],
}
FIELDS = [{"type": "header", "id": "h", "label": "Welcome to Potter’s"}, NAME, EMAIL, ABOUT]
SAM: Json = {"id": "a", "type": "agent", "name": "Sam"}

MARY = [("1", "Mary"), ("2", "mary@example.com"), ("3", "1")]
"""What the page says was entered: by the places of the questions."""


def platform(**forms: Any) -> SmallPlatform:
    return SmallPlatform(forms=forms)


async def asked(window: OpenWindow, type: str = "prechat") -> None:
    """Until the form is there."""
    await until(lambda: f'id="form-{type}"' in window.page.around, settle)


def said(window: OpenWindow) -> list[tuple[str, str]]:
    """What the server has, in its order: the type of each event, and its text or the type of the form."""
    return [(e["type"], e.get("text") or e.get("form_type", "")) for e in window.world.platform.events]


class WatchedStorage(MemoryStorage):
    """Remembers what was in it after each change."""

    def __init__(self) -> None:
        super().__init__()
        self.moments: list[str] = []

    def set(self, name: str, text: str) -> None:
        super().set(name, text)
        self.moments.append(" ".join(self.texts.values()))

    def remove(self, name: str) -> None:
        super().remove(name)
        self.moments.append(" ".join(self.texts.values()))


# Before a chat


async def test_who_has_no_form_is_asked_for_nothing_and_asks_for_nothing() -> None:
    window = await OpenWindow().connected()
    await window.says("Hello")

    assert "form-prechat" not in window.page.around
    assert "get_form" not in window.world.platform.seen
    assert said(window) == [("message", "Hello")]


async def test_a_filled_form_starts_the_chat_and_tells_who_the_visitor_is() -> None:
    window = await OpenWindow(platform(prechat=FIELDS)).connected()
    await asked(window)

    window.window.fill_in("prechat", MARY)
    await settle(60)

    assert window.asked("update_customer") == [{"name": "Mary", "email": "mary@example.com"}]
    event = window.asked("start_chat")[0]["chat"]["thread"]["events"][0]
    assert (event["type"], event["form_id"], event["form_type"]) == ("filled_form", "f", "prechat")
    assert event["fields"] == [
        {"type": "name", "id": "n", "label": "Your name", "answer": "Mary"},
        {"type": "email", "id": "e", "label": "Your e-mail", "answer": "mary@example.com"},
        {"type": "checkbox", "id": "a", "label": "What is it about?", "answers": [{"id": "1", "label": "A return"}]},
    ]
    assert "form-prechat" not in window.page.around
    assert "mary@example.com" in window.log
    assert {"type": "form_submitted", "form": "prechat"} in window.page.told


async def test_what_is_not_filled_in_as_it_must_be_stays_and_says_so_by_the_field() -> None:
    window = await OpenWindow(platform(prechat=FIELDS)).connected()
    await asked(window)

    window.window.fill_in("prechat", [("1", "  "), ("2", "mary@nowhere")])
    assert window.page.focused == "prechat-1"
    assert "Please answer this." in window.page.around
    assert "Enter an e-mail address" in window.page.around
    window.window.entered("prechat", [("1", "Mary"), ("2", "mary@nowhere")])

    assert "Please answer this." not in window.page.around
    assert "Enter an e-mail address" in window.page.around
    assert window.asked("start_chat") == []


async def test_what_is_known_of_the_visitor_stands_in_the_form() -> None:
    here = platform(prechat=FIELDS)
    here.known_as = {"name": "Mary", "email": "mary@example.com"}
    window = await OpenWindow(here).connected()
    await asked(window)

    assert 'value="Mary"' in window.page.around
    assert 'value="mary@example.com"' in window.page.around


async def test_what_was_filled_in_is_there_again_on_the_next_page() -> None:
    window = await OpenWindow(platform(prechat=FIELDS)).connected()
    await asked(window)
    window.window.entered("prechat", [("1", "Ma"), ("3", "0")])

    after = OpenWindow(platform(prechat=FIELDS), storage=window.world.storage)
    await asked(await after.connected())

    assert 'value="Ma"' in after.page.around
    assert 'value="0" checked' in after.page.around


async def test_what_was_filled_in_is_kept_at_every_moment() -> None:
    storage = WatchedStorage()
    window = await OpenWindow(platform(prechat=FIELDS), storage=storage).connected()
    await asked(window)
    window.window.entered("prechat", MARY)
    storage.moments.clear()

    window.window.fill_in("prechat", MARY)

    assert storage.moments
    assert all("mary@example.com" in moment for moment in storage.moments)


async def test_a_form_that_was_sent_while_offline_arrives_and_is_kept_until_then() -> None:
    window = await OpenWindow(platform(prechat=FIELDS)).connected()
    await asked(window)
    window.world.network.socket.drop()
    window.window.fill_in("prechat", MARY)
    await settle()

    assert json.loads(window.world.storage.texts["outbox"])[0]["form"]["form_type"] == "prechat"
    assert "form-prechat" not in window.page.around
    await window.world.reconnect()
    await until(lambda: not window.world.session.outbox.waiting, settle)
    assert said(window) == [("filled_form", "prechat")]


async def test_what_was_sent_before_the_form_was_known_goes_after_it() -> None:
    window = OpenWindow(platform(prechat=FIELDS))
    window.world.session.send("Where is my order?")
    await window.connected()
    await asked(window)

    assert "Where is my order?" in window.page.around
    assert window.asked("start_chat") == []
    window.window.fill_in("prechat", MARY)
    await until(lambda: not window.world.session.outbox.waiting, settle)
    assert said(window) == [("filled_form", "prechat"), ("message", "Where is my order?")]


async def test_who_is_writing_may_write_first() -> None:
    window = OpenWindow(platform(prechat=FIELDS))
    window.page.text = "Where is"
    await window.connected()
    await settle(60)
    assert "form-prechat" not in window.page.around

    await window.says("Where is my order?")

    assert "Where is my order?" in window.page.around
    assert window.page.focused == "prechat-1"
    assert window.asked("start_chat") == []


async def test_a_page_s_draft_is_sent_with_the_form() -> None:
    window = await OpenWindow(platform(prechat=FIELDS)).connected()
    await asked(window)
    assert window.window.offer_draft("About order 4711")

    window.window.fill_in("prechat", MARY)
    await settle(60)

    assert said(window) == [("filled_form", "prechat"), ("message", "About order 4711")]
    assert window.page.text == ""


async def test_what_the_site_s_page_says_is_sent_without_a_form() -> None:
    window = await OpenWindow(platform(prechat=FIELDS)).connected()
    await asked(window)

    await window.world.session.deliver(Draft(text="Order 4711"))
    await settle(60)

    assert said(window) == [("message", "Order 4711")]
    assert "form-prechat" not in window.page.around


async def test_a_form_pressed_twice_is_sent_once() -> None:
    window = await OpenWindow(platform(prechat=FIELDS)).connected()
    await asked(window)

    window.page.next_frame = lambda call: None  # type: ignore[method-assign]  # nothing is painted in between
    window.window.fill_in("prechat", MARY)
    window.window.fill_in("prechat", MARY)
    await settle(60)

    assert said(window) == [("filled_form", "prechat")]


async def test_who_chooses_a_group_talks_to_that_group() -> None:
    window = await OpenWindow(platform(prechat=[TEAM])).connected()
    await asked(window)

    window.window.fill_in("prechat", [("0", "1")])
    await settle(60)

    assert window.asked("start_chat")[0]["chat"]["access"] == {"group_ids": [3]}


async def test_a_name_that_the_platform_does_not_take_holds_up_nothing() -> None:
    window = await OpenWindow(
        SmallPlatform(forms={"prechat": FIELDS}, refuse={"update_customer": ["validation"]})
    ).connected()
    await asked(window)

    window.window.fill_in("prechat", MARY)
    await settle(60)

    assert said(window) == [("filled_form", "prechat")]


# Against LiveChat's cloud, whose login tells nothing of forms


async def test_a_platform_that_does_not_tell_is_asked_when_the_window_is_open() -> None:
    window = OpenWindow(SmallPlatform(forms={"prechat": FIELDS}, tells_forms=False))
    await window.world.connect()
    await settle(60)
    assert "get_form" not in window.world.platform.seen

    window.window.show(visible=True)
    await asked(window)

    assert window.asked("get_form") == [{"group_id": 0, "type": "prechat"}]


async def test_a_platform_that_refuses_to_tell_has_no_form() -> None:
    window = await OpenWindow(SmallPlatform(tells_forms=False, refuse={"get_form": ["internal"]})).connected()
    await window.says("Hello")

    assert said(window) == [("message", "Hello")]


# When the chat has ended


async def ended(here: SmallPlatform) -> OpenWindow:
    """A chat with an answer, that has ended."""
    window = await OpenWindow(here).connected()
    if "prechat" in here.forms:
        await asked(window)
        window.window.fill_in("prechat", MARY)
        await settle(60)
    await window.says("Hello")
    await window.pushed("user_added_to_chat", {"chat_id": "C", "thread_id": "T", "user": SAM})
    await window.hears({"type": "message", "text": "Good morning"})
    here.active = False
    await window.pushed("chat_deactivated", {"chat_id": "C", "thread_id": "T", "user_id": "a"})
    return window


async def test_after_a_chat_its_form_can_be_filled_in_once() -> None:
    window = await ended(platform(postchat=[{"type": "question", "id": "q", "label": "What can we do better?"}]))
    await asked(window, "postchat")
    assert "How was this chat?" in window.page.around

    window.window.fill_in("postchat", [("0", "Nothing")])
    await settle(60)

    assert window.asked("send_event")[-1]["attach_to_last_thread"] is True
    assert said(window)[-1] == ("filled_form", "postchat")
    assert "Thank you for your answers." in window.page.around
    assert "form-postchat" not in window.page.around


async def test_who_skips_the_form_after_a_chat_is_not_asked_again() -> None:
    here = platform(postchat=[ABOUT])
    window = await ended(here)
    await asked(window, "postchat")

    await window.presses("skip-form")
    after = await OpenWindow(here, storage=window.world.storage).connected()
    await settle(60)

    assert "form-postchat" not in window.page.around
    assert "form-postchat" not in after.page.around


async def test_another_chat_can_begin_when_the_form_after_the_last_one_is_out_of_the_way() -> None:
    window = await ended(platform(prechat=FIELDS, postchat=[ABOUT]))
    await asked(window, "postchat")
    assert "Start a new conversation" not in window.page.around

    await window.presses("skip-form")

    assert "Start a new conversation" in window.page.around


async def test_before_another_chat_the_form_is_asked_again() -> None:
    window = await ended(platform(prechat=FIELDS))
    assert "This conversation has ended." in window.page.around
    assert "form-prechat" not in window.page.around

    await window.presses("new-thread")
    await asked(window)
    window.window.fill_in("prechat", MARY)
    await settle(60)

    assert len(window.asked("resume_chat")) == 1


# When nobody is there


async def test_when_nobody_is_there_a_message_can_be_left_and_the_visitor_is_told_that_it_arrived() -> None:
    window = await OpenWindow(
        SmallPlatform(forms={"prechat": FIELDS, "ticket": [NAME, EMAIL]}, online=False)
    ).connected()
    await asked(window, "ticket")
    assert "form-prechat" not in window.page.around

    window.window.fill_in("ticket", [("0", "Mary"), ("1", "mary@example.com")])
    await settle(60)

    assert said(window) == [("filled_form", "ticket")]
    assert window.asked("start_chat")[0]["active"] is window.asked("start_chat")[0]["continuous"] is True
    assert "Thank you. We have your message" in window.page.around


async def test_a_form_that_is_being_filled_in_stays_when_the_last_agent_goes() -> None:
    window = await OpenWindow(platform(prechat=FIELDS, ticket=[EMAIL])).connected()
    await asked(window)
    window.window.entered("prechat", [("1", "Ma")])

    await window.pushed("groups_status_updated", {"groups": [{"id": 0, "status": "offline"}]})

    assert "form-prechat" in window.page.around
    assert "form-ticket" not in window.page.around


@pytest.mark.parametrize(("here", "other"), [(True, "offline"), (False, "online")])
async def test_another_group_that_comes_or_goes_says_nothing_about_the_visitor_s(here: bool, other: str) -> None:
    window = await OpenWindow(SmallPlatform(online=here)).connected()

    await window.pushed("groups_status_updated", {"groups": [{"id": 7, "status": other}]})

    assert window.world.session.agents_online is here


# Whatever comes


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
KNOWN = st.fixed_dictionaries(
    {"type": st.sampled_from(["name", "checkbox", "header", "select", "rating", "seance"])},
    optional={"id": VALUES, "label": VALUES, "required": VALUES, "options": VALUES},
)


@given(VALUES | st.fixed_dictionaries({"fields": st.lists(KNOWN | VALUES, max_size=6), "id": VALUES}))
def test_whatever_a_platform_tells_of_a_form_it_can_be_filled_in_or_is_none(told: Any) -> None:
    form = read_form("prechat", {"enabled": True, "form": told})

    if form is not None:
        answers = {question.id: tuple(c.id for c in question.choices) or ("x",) for question in form.questions}
        assert wrong_answers(form, answers) == {}
        assert len(filled(form, answers)["fields"]) <= len(form.questions)  # type: ignore[arg-type]


def test_more_than_the_platform_takes_is_said_before_it_is_sent() -> None:
    form = Form("prechat", "f", (Question("name", "n", "Name"), Question("textarea", "t", "Tell us all")))

    assert wrong_answers(form, {"n": ("Mary",), "t": ("ä" * LONGEST_FORM,)}) == {"t": Wrong.TOO_LONG}


@pytest.mark.parametrize("kept", ["", "[", "7", '{"n": 3}', '{"n": [null]}'])
async def test_what_somebody_else_wrote_into_the_storage_does_no_harm(kept: str) -> None:
    storage = MemoryStorage()
    storage.set("form:prechat", kept)
    window = await OpenWindow(platform(prechat=FIELDS), storage=storage).connected()

    await asked(window)
