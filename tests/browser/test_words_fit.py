"""Every text has room where it stands, in every language, on a desktop and on a phone.

The views are drawn here, with the catalogue of the language, and laid out by the browser with the real style sheets: so
every state of the window can be looked at in every language. Pictures of some are kept in test-results/languages.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page

from server.catalogues import compiled, plural_rule
from tests.browser.conftest import RESULTS, NewContext
from tools.setup import ROOT
from widget.customer_sdk.forms import Choice, Form, Question
from widget.rtm.conversation import Conversation, with_chat
from widget.rtm.outbox import Outgoing
from widget.ui.filling import Asking, FormAsked, Thanks, Wrong
from widget.ui.languages import ENGLISH, LANGUAGES
from widget.ui.locale import Locale
from widget.ui.places import THE_LIST, Place, Spot, Summary
from widget.ui.rating import Asked
from widget.ui.state import Notice, WindowState
from widget.ui.uploads import FAILED, LEFT, TOO_LARGE, Upload
from widget.ui.uploads import REFUSED as REFUSED_TYPE
from widget.ui.window import window
from widget.wire.base import Json
from widget.wire.chats import Chat

SIZES = {"desktop": (396, 660), "phone": (360, 740)}
"""The frame's on a desktop, and a small phone's."""

LOOKED_AT = ("de-DE", "ar-AE", "ja-JP", "th-TH", "ru-RU")
"""The languages whose pictures are kept, beside the one with the longest words."""


class Counted:
    """Numbers, with CLDR's rule for a language."""

    def __init__(self, tag: str) -> None:
        self._rule = plural_rule(tag)

    def written(self, number: int) -> str:
        return str(number)

    def category(self, number: int) -> str:
        return str(self._rule(number))


def locale(tag: str) -> Locale:
    """A language as the window has it."""
    words = {} if tag == ENGLISH.tag else json.loads(compiled(tag))
    return Locale(tag, LANGUAGES[tag].direction, numbers=Counted(tag), words=words)


def conversation() -> Conversation:
    """A long name, a question, an answer, what happened, and a place in the queue."""
    said: list[tuple[str | None, Json]] = [
        ("me", {"type": "message", "text": "Do you ship to Norway?"}),
        ("a", {"type": "message", "text": "We do. \u0646\u0639\u0645"}),
        (None, {"type": "system_message", "system_message_type": "agent_left", "text_vars": {"agent": "Sam Rivera"}}),
        (None, {"type": "system_message", "system_message_type": "routing.archived_inactive"}),
        ("me", {"type": "message", "text": "Thanks!"}),
    ]
    events = [
        {"id": f"T_{at}", "created_at": f"2026-05-03T09:0{at}:00.000000Z", "author_id": author, **what}
        for at, (author, what) in enumerate(said)
    ]
    users = [
        {"id": "me", "type": "customer"},
        {"id": "a", "type": "agent", "name": "Sam Rivera", "events_seen_up_to": "2026-05-03T09:00:00.000000Z"},
    ]
    thread = {"id": "T", "active": True, "events": events, "queue": {"position": 12, "wait_time": 1, "queued_at": None}}
    return with_chat(Conversation(), Chat.read({"id": "C", "users": users, "thread": thread}))


SENDING = Outgoing(custom_id="1", text="Hi", created_at=datetime(2026, 5, 3, tzinfo=UTC))
REFUSED = SENDING.model_copy(update={"custom_id": "2", "error": "VALIDATION"})
CHOICES = (Choice("0", "Hi"), Choice("1", "Hi"))
QUESTIONS = tuple(
    Question(kind, kind, "Hi", required=True, choices=CHOICES)
    for kind in ("header", "name", "email", "textarea", "radio", "checkbox", "select")
)
WRONG = (("name", Wrong.MISSING), ("email", Wrong.NO_EMAIL), ("textarea", Wrong.TOO_LONG))
STATES = {
    "here": WindowState(),
    "away": WindowState(agents_online=False),
    "talking": WindowState(
        conversation=conversation(), customer_id="me", outgoing=(SENDING, REFUSED), menu_open=True, unread_below=5,
        following=False,
    ),
    "threads": WindowState(
        place=THE_LIST,
        threads=(Summary("T", None, SENDING.created_at, open=True), Summary("U", None, SENDING.created_at, open=False)),
    ),
    "no-threads": WindowState(place=THE_LIST),
    "ended": WindowState(
        conversation=conversation(), customer_id="me", place=Place(Spot.THREAD, "T"), menu_open=True, closed=True
    ),
    "files": WindowState(
        uploads=tuple(
            Upload(f"{at}", "holiday.png", 0.4, why)
            for at, why in enumerate((None, TOO_LARGE, REFUSED_TYPE, FAILED, LEFT))
        )
    ),
    "rating": WindowState(conversation=conversation(), customer_id="me", asked=Asked(score=1, failed=True)),
    "rated": WindowState(conversation=conversation(), customer_id="me", asked=Asked(thanked=True)),
    "several": WindowState(conversation=conversation(), several=True, menu_open=True),
    "form": WindowState(filling=Asking(before=FormAsked(Form("ticket", "f", QUESTIONS), wrong=WRONG, held=("Hi",)))),
    "form-after": WindowState(
        conversation=conversation(), customer_id="me", asked=Asked(),
        filling=Asking(after=FormAsked(Form("postchat", "f", QUESTIONS))),
    ),
    "form-first": WindowState(filling=Asking(before=FormAsked(Form("prechat", "f", QUESTIONS)))),
    "form-sent": WindowState(conversation=conversation(), customer_id="me", filling=Asking(thanks=Thanks.MESSAGE)),
    **{f"notice-{notice}": WindowState(notice=notice) for notice in Notice},
}  # fmt: skip


def style() -> str:
    """The window's style sheets in one."""
    sheets = (ROOT / "static" / name for name in ("tokens.css", "log.css", "threads.css", "form.css", "widget.css"))
    return re.sub("@import .*", "", "\n".join(sheet.read_text("utf-8") for sheet in sheets))


STYLE = style()


def page_of(state: WindowState, tag: str) -> str:
    """A page with the window in it."""
    language = LANGUAGES[tag]
    return (
        f'<!doctype html><html lang="{language.spoken}" dir="{language.direction}"><meta charset="utf-8">'
        f'<style>{STYLE}</style><body><div id="chat">{window(state, locale(tag))}</div>'
    )


NAMED = "button, summary, a, h1, textarea, strong, p, footer, [role=status] span, .day span, .system span"
"""What holds a text."""

CROWDED = """named => {
  const width = document.documentElement.clientWidth
  const seen = element => element.checkVisibility() && !element.closest('.visually-hidden')
  const isBox = element => getComputedStyle(element).display !== 'inline'
  const fits = element => {
    const { left, right } = element.getBoundingClientRect()
    const inside = element.scrollWidth <= element.clientWidth + 1 && element.scrollHeight <= element.clientHeight + 1
    return inside && left >= -1 && right <= width + 1
  }
  const said = element => element.ariaLabel || element.textContent || element.placeholder
  const boxes = [...document.querySelectorAll(named)].filter(seen).filter(isBox)
  const crowded = boxes.filter(element => !fits(element)).map(element => `${element.localName}: ${said(element)}`)
  const oneLine = [...document.querySelectorAll('button:not(:has(time)), textarea')].filter(seen)
  const tall = oneLine.filter(element => element.offsetHeight > 48).map(element => `two lines: ${said(element)}`)
  const wide = document.documentElement.scrollWidth > width ? ['the window is too wide'] : []
  return [...crowded, ...tall, ...wide]
}"""


def crowded(page: Page, tag: str) -> Iterator[str]:
    """What has no room, in every state of the window."""
    for name, state in STATES.items():
        page.set_content(page_of(state, tag))
        yield from (f"{name}: {said}" for said in page.evaluate(CROWDED, NAMED))


def longest() -> str:
    """The language whose words are the longest."""
    return max(LANGUAGES, key=lambda tag: len(str(page_of(STATES["talking"], tag)) + str(page_of(STATES["away"], tag))))


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_text_has_room(visitor: NewContext, tag: str) -> None:
    page = visitor().new_page()

    for size, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        assert (size, [*crowded(page, tag)]) == (size, [])


@pytest.mark.parametrize("tag", [*LOOKED_AT, longest()])
def test_pictures_of_the_languages_are_there_to_be_looked_at(visitor: NewContext, tag: str) -> None:
    page = visitor(device_scale_factor=2).new_page()
    (RESULTS / "languages").mkdir(parents=True, exist_ok=True)

    for size, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        for name in ("here", "talking", "threads", "ended", "notice-reconnecting"):
            page.set_content(page_of(STATES[name], tag))
            picture = RESULTS / "languages" / f"{tag}-{size}-{name}.png"
            assert page.screenshot(path=picture)


def test_a_text_without_room_would_be_found(visitor: NewContext) -> None:
    page = visitor().new_page()
    page.set_viewport_size({"width": 360, "height": 740})
    page.set_content(page_of(STATES["here"], "de-DE").replace("Schreiben Sie uns", "Donaudampfschifffahrt " * 9))

    assert [said for said in page.evaluate(CROWDED, NAMED) if said.startswith("h1: Donau")]
