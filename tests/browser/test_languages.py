"""The window in the languages of the people at it."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, FrameLocator, Locator, Page, expect

from server.catalogues import compiled
from tests.browser.conftest import NewContext, Site
from tests.browser.people import STARTED, Agent, Visitor, held_back
from tests.browser.test_live_chat import call
from widget.ui.languages import ENGLISH

PYTHON = re.compile(r"pyodide\.asm\.wasm")
WORDS = re.compile(r"/languages[^/]*/[\w-]+\.json")
WIDGET = "00000000-0000-4000-8000-000000000001"

FOR_EVER = """
const sheet = new CSSStyleSheet()
sheet.replaceSync('* { animation-play-state: paused !important }')
document.adoptedStyleSheets = [sheet]
"""
"""The time of style sheets stands still."""


class Speaker(Visitor):
    """Somebody on the shop whose window is in another language than English."""

    def __init__(self, context: BrowserContext, tag: str) -> None:
        self.words: dict[str, Any] = json.loads(compiled(tag))
        super().__init__(context)

    @property
    def window(self) -> Locator:
        return self.page.locator("live-chat iframe")

    @property
    def frame(self) -> FrameLocator:
        return self.page.frame_locator("live-chat iframe")

    @property
    def composer(self) -> Locator:
        return self.frame.get_by_role("textbox", name=self.words["Message"], exact=True)

    @property
    def log(self) -> Locator:
        return self.frame.get_by_role("log", name=self.words["Conversation"], exact=True)

    def button(self, english: str) -> Locator:
        """A button of the window."""
        return self.frame.get_by_role("button", name=self.words[english], exact=True)

    def launcher_named(self, english: str) -> Locator:
        """The button in the corner, by its name."""
        return self.page.get_by_role("button", name=self.words[english], exact=True)

    def reach(self) -> Speaker:
        """Open the chat by its launcher, whatever that is called yet."""
        self.page.locator("live-chat").get_by_role("button").click()
        return self

    def say(self, text: str) -> Speaker:
        self.composer.fill(text)
        self.button("Send").click()
        return self

    def sent(self, text: str) -> None:
        marks = re.compile(f"^({self.words['Sent']}|{self.words['Seen']})$")
        expect(self.said(text).get_by_text(marks)).to_be_attached(timeout=STARTED)


def asked_for_words(page: Page) -> list[str]:
    """The files of words that a page asks for from now on, as long as it is open."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if WORDS.search(request.url) else None)
    return asked


@pytest.mark.both_pages
def test_the_window_speaks_the_browsers_language_before_python_and_after(visitor: NewContext) -> None:
    yuki = Speaker(visitor(locale="ja-JP"), "ja-JP")
    asked = asked_for_words(yuki.page)
    waiting = held_back(yuki.page, PYTHON)

    yuki.reach()

    expect(yuki.frame.get_by_role("heading", name=yuki.words["Chat with us"])).to_be_visible()
    expect(yuki.composer).to_have_attribute("placeholder", yuki.words["Write a message…"])
    expect(yuki.frame.locator("html")).to_have_attribute("data-live-chat", "starting")
    yuki.say("こんにちは")
    expect(yuki.said("こんにちは").get_by_text(yuki.words["Sending"])).to_be_attached()
    for request in waiting:
        request.continue_()
    yuki.page.unroute(PYTHON)
    yuki.sent("こんにちは")
    expect(yuki.frame.get_by_text("今日")).to_be_attached()
    assert len(asked) == 1
    assert "ja-JP.json" in asked[0]


def test_no_english_is_seen_while_the_words_are_on_their_way_and_the_composer_takes_typing(visitor: NewContext) -> None:
    context = visitor(locale="ja-JP")
    context.add_init_script(FOR_EVER)  # after some seconds anything is better than nothing
    yuki = Speaker(context, "ja-JP")
    waiting = held_back(yuki.page, WORDS)

    yuki.reach()
    box = yuki.frame.get_by_role("textbox")
    expect(box).to_be_focused()
    yuki.page.keyboard.type("Early")

    expect(yuki.frame.get_by_text("Chat with us")).to_be_hidden()
    expect(yuki.frame.get_by_text("Hello! How can we help?")).to_be_hidden()
    for request in waiting:
        request.continue_()
    expect(yuki.frame.get_by_text(yuki.words["Hello! How can we help?"])).to_be_visible()
    expect(yuki.composer).to_have_value("Early")


def test_english_needs_no_words(visitor: NewContext) -> None:
    ann = Visitor(visitor(locale="en-GB"))
    asked = asked_for_words(ann.page)

    ann.open().wait_for_python()

    expect(ann.composer).to_be_visible()
    assert asked == []


def test_words_that_cannot_be_had_leave_the_window_in_english(visitor: NewContext) -> None:
    ann = Visitor(visitor(locale="de-DE"))
    ann.page.route(WORDS, lambda route: route.abort())

    ann.open().wait_for_python()

    expect(ann.frame.get_by_role("heading", name="Chat with us")).to_be_visible()
    ann.say("Trotzdem")
    ann.sent("Trotzdem")


@pytest.fixture
def alone(site: Site, visitor: NewContext) -> Page:
    """The window as a page of its own, for a visitor with a Japanese browser."""
    return visitor(base_url=site.widget_origin, locale="ja-JP").new_page()


def speaks(page: Page, tag: str) -> None:
    """Wait until the window is in a language, and Python in it."""
    expect(page.locator("html")).to_have_attribute("data-live-chat", "ready", timeout=STARTED)
    words = json.loads(compiled(tag)) if tag != ENGLISH.tag else {"": "en-US", "Message": "Message"}
    expect(page.locator("html")).to_have_attribute("lang", words[""])
    expect(page.get_by_role("textbox", name=words["Message"], exact=True)).to_be_visible()


@pytest.mark.parametrize(
    ("asked", "tag"), [("de-AT", "de-DE"), ("es-MX", "es-LA"), ("zh-TW", "zh-TW"), ("nl", "en-US")]
)
def test_what_the_site_asks_for_counts_more_than_the_browser(alone: Page, asked: str, tag: str) -> None:
    alone.goto(f"/widget/?id={WIDGET}&lang={asked}")

    speaks(alone, tag)


def test_what_was_chosen_last_counts_more_than_the_browser(alone: Page) -> None:
    alone.goto(f"/widget/?id={WIDGET}")
    speaks(alone, "ja-JP")
    alone.evaluate("([name, tag]) => { localStorage[name] = tag }", [f"live-chat:{WIDGET}:language", "sl-SI"])

    alone.reload()

    speaks(alone, "sl-SI")


def test_it_is_found_where_the_sites_page_keeps_it(visitor: NewContext) -> None:
    """Chromium denies a frame of another site its storage: the site's page keeps the frame's texts."""
    mara = Speaker(visitor(), "sl-SI")
    name = f"live-chat:{WIDGET}/live-chat:{WIDGET}:language"
    mara.page.evaluate("([name, tag]) => { localStorage[name] = tag }", [name, "sl-SI"])

    mara.reach()

    expect(mara.frame.get_by_role("heading", name=mara.words["Chat with us"])).to_be_visible()


STAYS = """element => {
  element.selectionStart = 2
  element.selectionEnd = 5
  window.same = element
}"""
STAYED = "element => [window.same === element, element.value, element.selectionStart, element.selectionEnd]"


def test_set_language_changes_everything_at_once_and_loses_nothing(visitor: NewContext) -> None:
    ann = Visitor(visitor()).open().wait_for_python()
    for number in range(20):
        ann.say(f"Message {number}")
    ann.sent("Message 19")
    ann.composer.fill("A draft")
    ann.composer.evaluate(STAYS)
    words = json.loads(compiled("pl-PL"))

    assert call(ann.page, "set_language", "pl")["result"] == {"language": "pl-PL"}

    window = ann.page.frame_locator("live-chat iframe")
    composer = window.get_by_role("textbox", name=words["Message"], exact=True)
    expect(composer).to_have_attribute("placeholder", words["Write a message…"])
    expect(composer).to_be_focused()
    assert composer.evaluate(STAYED) == [True, "A draft", 2, 5]
    log = window.get_by_role("log", name=words["Conversation"], exact=True)
    expect(log.get_by_role("listitem").filter(has_text="Message 19").get_by_text(words["Sent"])).to_be_attached()
    expect(window.get_by_role("button", name=words["Close chat"], exact=True)).to_be_visible()
    expect(ann.page.get_by_role("button", name=words["Close chat"], exact=True)).to_be_visible()

    ann.page.reload()
    expect(composer).to_have_value("A draft")
    expect(ann.page.get_by_role("button", name=words["Close chat"], exact=True)).to_be_visible()


def test_a_language_that_was_set_before_the_window_opens_is_what_it_opens_in(visitor: NewContext) -> None:
    mara = Speaker(visitor(), "sl-SI")
    assert call(mara.page, "set_language", "sl_si")["result"] == {"language": "sl-SI"}
    assert call(mara.page, "set_language", "no way")["error"]["code"] == "UNKNOWN_LANGUAGE"
    held_back(mara.page, PYTHON)

    mara.reach()

    expect(mara.frame.get_by_role("heading", name=mara.words["Chat with us"])).to_be_visible()


def test_words_that_cannot_be_had_are_said_to_the_site_and_nothing_changes(visitor: NewContext) -> None:
    ann = Visitor(visitor()).open().wait_for_python()
    ann.page.route(WORDS, lambda route: route.abort())

    assert call(ann.page, "set_language", "de-DE")["error"]["code"] == "LANGUAGE_UNAVAILABLE"

    expect(ann.composer).to_be_visible()


def test_arabic_is_from_right_to_left_and_each_message_as_it_is_written(visitor: NewContext, agent: NewContext) -> None:
    amira = Speaker(visitor(locale="ar-EG"), "ar-AE")
    amira.reach().wait_for_python()
    amira.say("مرحبا")
    amira.sent("مرحبا")
    sam = Agent(agent()).ready().open("مرحبا")
    sam.say("Hello!")
    amira.sees("Hello!")

    expect(amira.frame.locator("html")).to_have_attribute("dir", "rtl")
    middle = amira.frame.locator("body").bounding_box()
    close = amira.button("Close chat").bounding_box()
    mine, theirs = (amira.said(text).bounding_box() for text in ("مرحبا", "Hello!"))
    assert middle is not None
    assert close is not None
    assert mine is not None
    assert theirs is not None
    centre = middle["x"] + middle["width"] / 2
    assert close["x"] < centre
    assert mine["x"] < theirs["x"]
    directions = "element => getComputedStyle(element).direction"
    assert amira.said("Hello!").get_by_text("Hello!").evaluate(directions) == "ltr"
    assert amira.said("مرحبا").get_by_text("مرحبا").evaluate(directions) == "rtl"
    launcher = amira.launcher_named("Close chat").bounding_box()
    assert launcher is not None
    assert launcher["x"] > middle["x"]


def test_the_launcher_says_its_name_in_the_language_and_on_the_next_page_at_once(visitor: NewContext) -> None:
    eva = Speaker(visitor(locale="de-DE"), "de-DE")
    eva.reach().wait_for_python()
    expect(eva.launcher_named("Close chat")).to_be_visible()
    eva.say("Guten Tag")
    eva.sent("Guten Tag")
    eva.button("Close chat").click()
    expect(eva.launcher_named("Open chat")).to_be_visible()
    held_back(eva.page, re.compile("/widget/"))

    eva.page.goto("/help")

    expect(eva.launcher_named("Open chat")).to_be_visible()


# The pages about commands


def test_an_example_is_pressed_on_a_page_in_arabic_and_the_chat_answers_in_it(visitor: NewContext) -> None:
    context = visitor(locale="de-DE")
    shop = Visitor(context, "/commands/show")
    launcher = shop.page.get_by_role("button", name="Chat öffnen")  # before anything of the chat has started
    expect(launcher).to_be_visible()

    shop.page.get_by_label("Sprache").select_option("العربية")
    expect(shop.page.locator("html")).to_have_attribute("dir", "rtl")
    shop.page.get_by_role("region", name="فتح النافذة").get_by_role("button", name="تشغيل").click()

    window = shop.page.frame_locator('iframe[title="الدردشة"]')
    expect(window.get_by_role("textbox", name="الرسالة")).to_be_visible(timeout=STARTED)
    expect(shop.page.get_by_role("status").filter(has_text='"show"')).to_be_visible()
    shop.page.get_by_role("link", name="set_theme").click()
    expect(shop.page.get_by_role("heading", name="set_theme")).to_be_visible()
    expect(shop.page.locator("html")).to_have_attribute("lang", "ar-AE")
