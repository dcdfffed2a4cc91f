"""The catalogues: each is whole, nothing that is seen stays outside them, and what is amiss is found."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from babel.messages import Message

from server import catalogues
from server.catalogues import CONSOLE, all_words, categories, compiled, whole
from server.snippet import launcher_words
from tests.catalogues import Marked, outside, spoken_by
from tools.setup import ROOT
from tools.texts import AS_IN_ENGLISH, DOMAINS, amiss, extracted, problems, update, written
from widget.customer_sdk.forms import Choice, Form, Question
from widget.rtm.conversation import Conversation, with_chat
from widget.rtm.outbox import Outgoing
from widget.ui import system_messages
from widget.ui.filling import Asking, FormAsked, Thanks, Wrong
from widget.ui.languages import ENGLISH, LANGUAGES
from widget.ui.locale import Locale
from widget.ui.places import THE_LIST, Place, Spot, Summary
from widget.ui.rating import Asked
from widget.ui.shell import fill
from widget.ui.state import Notice, WindowState
from widget.ui.uploads import EMPTY, FAILED, LEFT, REFUSED, TOO_LARGE, Upload
from widget.ui.window import launcher_texts, window
from widget.wire import events
from widget.wire.chats import Chat

OTHERS = [tag for tag in LANGUAGES if tag != ENGLISH.tag]


@pytest.mark.parametrize("domain", DOMAINS)
@pytest.mark.parametrize("tag", OTHERS)
def test_a_catalogue_is_whole(tag: str, domain: str) -> None:
    assert list(problems(tag, domain)) == []


@pytest.mark.parametrize("domain", DOMAINS)
@pytest.mark.parametrize("tag", OTHERS)
def test_a_catalogue_is_written_as_the_tool_writes_it(
    tag: str, domain: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = catalogues.catalogue(tag, domain).read_text("utf-8")
    (tmp_path / domain).mkdir(exist_ok=True)
    (tmp_path / domain / f"{tag}.po").write_text(before, "utf-8")
    monkeypatch.setattr(catalogues, "LOCALES", tmp_path)

    update(tag, domain)

    assert (tmp_path / domain / f"{tag}.po").read_text("utf-8") == before


def test_a_new_language_begins_with_every_text_untranslated(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(catalogues, "LOCALES", tmp_path)

    update("pl-PL")

    assert len(list(problems("pl-PL"))) == len([message for message in extracted() if message.id])


# What is amiss

ONE, MANY = "{count} new message", "{count} new messages"


def found(english: str | tuple[str, str], translated: str | tuple[str, ...], tag: str = "pl-PL", note: str = "") -> str:
    """What is wrong with a translation, in one line."""
    return "; ".join(amiss(tag, Message(english), Message(english, translated, user_comments=[note])))


@pytest.mark.parametrize(
    ("english", "translated", "said"),
    [
        ("Send", "", "no translation"),
        ("Send", "Send", "is in English"),
        ("{name} is typing", "pisze", "{name}"),
        ("{name} is typing", "{nme} pisze", "{nme}"),
        ("{name} is typing", "{name pisze", "differ"),
        ("Loading…", "Wczytywanie", "as the English text does"),
        ("as for `send`", "jak dla `wyślij`", "other code"),
        ("Send", " Wyślij", "as the English text does"),
        ((ONE, MANY), ("{count} a", "{count} b", "{count} c", ""), "a form for each of one, few, many, other"),
        ((ONE, MANY), ("{count} a", "{count} b"), "a form for each of one, few, many, other"),
        ((ONE, MANY), ("jedna", "{count} b", "c", "{count} d"), "'c'"),
        ((ONE, MANY), (ONE, "{count} b", "{count} c", "{count} d"), "one is in English"),
    ],
)
def test_what_is_amiss_is_said(english: str | tuple[str, str], translated: str | tuple[str, ...], said: str) -> None:
    assert said in found(english, translated)


def test_a_form_for_one_number_alone_may_say_it_by_its_word() -> None:
    forms = ("لا رسائل", "رسالة واحدة", "رسالتان", "{count} رسائل", "{count} رسالة", "{count} رسالة")

    assert found((ONE, MANY), forms, "ar-AE") == ""


def test_a_text_may_be_the_same_in_both_languages_where_the_translator_says_so() -> None:
    assert found("Chat", "Chat", note=AS_IN_ENGLISH) == ""


# What the browser gets


@pytest.mark.parametrize("tag", OTHERS)
def test_the_words_of_a_language_have_every_text_and_every_form(tag: str) -> None:
    words = json.loads(compiled(tag))

    assert words.pop("") == LANGUAGES[tag].spoken
    assert len(words) == len([message for message in extracted() if message.id])
    assert {*words[ONE]} == {*categories(tag)}


def test_the_words_of_no_language_cost_more_than_a_small_picture() -> None:
    assert {name for name, content in all_words().items() if len(content) > 16_000} == set()


@pytest.mark.parametrize("tag", OTHERS)
def test_the_words_of_the_console_have_those_that_it_shares_with_the_window(tag: str) -> None:
    words = json.loads(compiled(tag, CONSOLE))

    assert {*json.loads(compiled(tag))} <= {*words}
    assert {str(message.id) for message in extracted(CONSOLE) if isinstance(message.id, str)} <= {*words}


def test_only_languages_with_every_word_are_offered_to_agents(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert whole(CONSOLE) == [*LANGUAGES]

    shutil.copytree(catalogues.LOCALES / CONSOLE, tmp_path / CONSOLE)
    monkeypatch.setattr(catalogues, "LOCALES", tmp_path)
    lacking = catalogues.read("pl-PL", CONSOLE)
    lacking["Archives"].string = ""
    catalogues.catalogue("pl-PL", CONSOLE).write_bytes(written("pl-PL", lacking))

    assert {*LANGUAGES} - {*whole(CONSOLE)} == {"pl-PL"}


# Nothing that is seen stays outside


MARKED = Locale(words=Marked())


def event(number: int, **more: object) -> dict[str, object]:
    at = f"2026-05-03T09:{number:02}:00.000000Z"
    return {"id": f"T_{number}", "type": "message", "text": "1", "author_id": "a", "created_at": at} | more


def busy() -> Conversation:
    """A conversation with everything in it that the window can show."""
    kinds = [*system_messages._TEXTS, *system_messages._OF_THE_VISITOR]
    told = [
        event(number, type="system_message", system_message_type=kind, author_id=None, text_vars={"agent": "7"})
        for number, kind in enumerate(kinds, start=2)
    ]
    file = event(1, type="file", url="https://1.test/2", name="3.4", content_type="image/png", id="T_F")
    users = [
        {"id": "me", "type": "customer", "events_seen_up_to": "2026-05-03T09:00:00.000000Z"},
        {"id": "a", "type": "agent", "name": "7", "present": False, "events_seen_up_to": "2026-05-03T09:01:00.000000Z"},
    ]
    card = {"title": "1", "buttons": [{"text": "2", "postback_id": "3"}]}
    rich = event(51, type="rich_message", template_id="cards", elements=[card])
    events = [event(0, author_id="me"), file, *told, event(50, author_id="me"), rich]
    thread = {"id": "T", "active": True, "events": events, "queue": {"position": 3, "wait_time": 1, "queued_at": None}}
    chat = with_chat(Conversation(), Chat.read({"id": "C", "users": users, "thread": thread}))
    return replace(chat, typing=frozenset({"a"}))


def listed() -> Iterator[Summary]:
    """Threads with all kinds of last words."""
    file = events.File.read(event(1, type="file", url="https://1.test/2", content_type=""))
    for number, last in enumerate((None, file, events.Message.read(event(2)))):
        yield Summary(f"{number}", last, datetime(2026, 5, 3, tzinfo=UTC), open=number == 0)


SENDING = Outgoing(custom_id="1", text="1", created_at=datetime(2026, 5, 3, tzinfo=UTC))
RATINGS = (Asked(), Asked(failed=True), Asked(score=1), Asked(thanked=True))
WHY_NOT = (None, TOO_LARGE, EMPTY, REFUSED, FAILED, LEFT)
CHOICES = (Choice("0", "1"), Choice("1", "2"))
QUESTIONS = tuple(
    Question(kind, kind, "1", required=True, choices=CHOICES)
    for kind in ("header", "name", "email", "textarea", "radio", "checkbox", "select")
)
WRONG = (("name", Wrong.MISSING), ("email", Wrong.NO_EMAIL), ("textarea", Wrong.TOO_LONG))
FORMS = (
    *(Asking(before=FormAsked(Form(type, "1", QUESTIONS), wrong=WRONG, held=("1",))) for type in ("prechat", "ticket")),
    Asking(after=FormAsked(Form("postchat", "1", QUESTIONS)), thanks=Thanks.ANSWERS),
    Asking(ended=True, thanks=Thanks.MESSAGE),
)
STATES = [
    WindowState(),
    WindowState(agents_online=False),
    WindowState(loading_older=True),
    *(WindowState(notice=notice) for notice in Notice),
    WindowState(outgoing=(SENDING, SENDING.model_copy(update={"custom_id": "2", "error": "VALIDATION"}))),
    WindowState(conversation=busy(), customer_id="me", menu_open=True, unread_below=1, following=False),
    WindowState(conversation=busy(), customer_id="me", unread_below=5, agents_online=False),
    WindowState(place=THE_LIST),
    WindowState(place=THE_LIST, threads=tuple(listed()), loading_older=True),
    WindowState(conversation=busy(), place=Place(Spot.THREAD, "T"), closed=True),
    WindowState(conversation=busy(), several=True),
    *(WindowState(asked=asked) for asked in RATINGS),
    *(WindowState(filling=filling) for filling in FORMS),
    WindowState(uploads=tuple(Upload(f"{at}", "1.2", error=why) for at, why in enumerate(WHY_NOT))),
]


@pytest.mark.parametrize("state", STATES)
def test_every_text_of_the_window_is_in_the_catalogues(state: WindowState) -> None:
    assert outside(str(window(state, MARKED))) == []


def test_every_text_before_python_is_in_the_catalogues() -> None:
    assert outside(fill("<!-- shell --><!-- templates -->", MARKED)) == []


def test_every_text_of_the_launcher_is_in_the_catalogues() -> None:
    for unread in (0, 1, 3):
        said = launcher_texts(unread, MARKED)
        assert [name for name, text in said.items() if name != "lang" and not re.fullmatch("⟦.*⟧", text)] == []


def test_a_text_outside_would_be_found() -> None:
    assert outside('<button aria-label="⟦Send⟧">⟦Send⟧<i>now</i></button>') == ["now"]
    assert outside('<img alt="A face">') == ["A face"]


@pytest.mark.parametrize("file", sorted((ROOT / "widget" / "ui").rglob("*.py")), ids=lambda file: file.stem)
def test_no_view_writes_a_text_itself(file: Path) -> None:
    assert list(spoken_by(file)) == []


SET_BY_SCRIPT = re.compile(
    r"(?:textContent|innerText|ariaLabel|title|placeholder|alt)\s*=\s*(['\"`])([^'\"`]*[A-Za-z][^'\"`]*)\1"
)


def test_no_script_writes_a_text_itself() -> None:
    scripts = [*(ROOT / "static").glob("*.js"), *(ROOT / "sidebar_app").glob("*.js")]

    assert [found for file in scripts for found in SET_BY_SCRIPT.findall(file.read_text("utf-8"))] == []


@pytest.mark.parametrize("tag", OTHERS)
def test_a_site_may_say_the_launchers_words_in_its_language_as_the_window_will(tag: str) -> None:
    words = json.loads(compiled(tag))

    assert launcher_words(tag) == launcher_texts(0, Locale(language=tag, words=words))


def test_the_loaders_first_words_are_the_catalogues() -> None:
    said = re.search(r"const TEXTS = \{(.*?)\}", (ROOT / "static" / "loader.js").read_text("utf-8"))
    assert said is not None

    words = dict(re.findall(r"(\w+): '(.*?)'", said[1]))

    assert words == launcher_texts(0, Locale()) | {"lang": "en"}
