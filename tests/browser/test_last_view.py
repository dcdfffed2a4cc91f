"""From page to page with the window open: what was there is there again before Python is."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import NewContext, Site
from tests.browser.past import remember
from tests.browser.people import Agent, Visitor, held_back

PYTHON = re.compile(r"pyodide\.asm\.wasm")

KEPT = """text => Object.entries(sessionStorage).some(([name, kept]) =>
  name.endsWith(':view') && kept.includes(text) && !kept.includes('Sending'))"""

CHANGE = """([end, change]) => {
  for (const area of [localStorage, sessionStorage]) {
    const name = Object.keys(area).find(name => name.endsWith(end))
    if (name) area[name] = change
  }
}"""

STORED = "end => Object.entries(sessionStorage).find(([name]) => name.endsWith(end))?.[1] ?? null"


def someone_who_said(visitor: NewContext, *texts: str) -> Visitor:
    """A visitor with an open window and a conversation in it, which has been kept."""
    ann = Visitor(visitor()).open().wait_for_python()
    for text in texts:
        ann.say(text)
        ann.sent(text)
    ann.page.wait_for_function(KEPT, arg=texts[-1])
    return ann


SLOWLY_DRAWN = """
  if (window !== top) {
    const later = setTimeout
    requestAnimationFrame = () => 0
    setTimeout = (call, ms, ...more) => later(call, ms === 100 ? 1500 : ms, ...more)  // without frames: static/paint.js
  }
"""


def go_on(ann: Visitor, path: str = "/help") -> list[Route]:
    """To another page of the site, on which Python waits until it is released."""
    waiting = held_back(ann.page, PYTHON)
    ann.page.goto(path)
    return waiting


def release(page: Page, waiting: list[Route]) -> None:
    """Let Python come."""
    for request in waiting:
        request.continue_()
    page.unroute(PYTHON)


def starting(ann: Visitor) -> None:
    """Python is not there."""
    expect(ann.frame.locator("html")).to_have_attribute("data-live-chat", "starting")


def test_what_is_drawn_long_after_it_came_is_kept_as_it_is_then(visitor: NewContext) -> None:
    context = visitor()
    context.add_init_script(SLOWLY_DRAWN)

    someone_who_said(lambda: context, "Sent before it was seen")


def test_the_conversation_is_there_before_python_and_can_be_gone_on_with(visitor: NewContext) -> None:
    ann = someone_who_said(visitor, "Do you ship to Norway?", "And to Sweden: https://example.com/se ?")

    waiting = go_on(ann)

    ann.sees("Do you ship to Norway?")
    expect(ann.frame.get_by_role("link", name="https://example.com/se")).to_have_attribute("target", "_blank")
    ann.say("Never mind, I have found it")
    ann.sees("Never mind, I have found it")
    starting(ann)
    release(ann.page, waiting)
    ann.sent("Never mind, I have found it")
    expect(ann.said("Do you ship to Norway?")).to_have_count(1)


def test_of_a_long_conversation_the_last_rows_are_there(site: Site, visitor: NewContext, agent: NewContext) -> None:
    sam = Agent(agent()).ready()
    ann = someone_who_said(visitor, "After a long time")
    sam.open("After a long time")
    remember(site.data, sam.page.url.split("#")[1], events=200)
    ann.reload()
    ann.wait_for_python().sees("event 199")
    ann.page.wait_for_function(KEPT, arg="event 199")

    go_on(ann)

    ann.sees("event 199")
    ann.sees("After a long time")
    starting(ann)


def test_python_takes_over_beneath_it_and_no_row_is_drawn_anew(visitor: NewContext) -> None:
    ann = someone_who_said(visitor, "One", "Two", "Three")
    waiting = go_on(ann)
    ann.sees("Three")
    watch = """log => {
      window.changes = 0
      new MutationObserver(found => { changes += found.length }).observe(log, { childList: true, subtree: true })
    }"""
    ann.log.evaluate(watch)

    release(ann.page, waiting)
    ann.wait_for_python()
    expect(ann.frame.get_by_role("status")).to_be_hidden()
    ann.page.wait_for_function("() => performance.now() > 0")
    ann.frame.get_by_label("More").click()  # Python answers: it has painted
    expect(ann.frame.get_by_role("button", name="End chat")).to_be_visible()

    assert ann.log.evaluate("() => changes") == 0


def test_the_log_stands_where_it_was_left(visitor: NewContext) -> None:
    ann = someone_who_said(visitor, *(f"Message {number:02}" for number in range(14)))
    scroll = ann.frame.locator("#scroll")
    scroll.evaluate("element => { element.scrollTop = 150 }")
    ann.page.wait_for_function(KEPT, arg='"place":{')
    row = ann.said("Message 04")
    before = row.bounding_box()

    waiting = go_on(ann)
    ann.sees("Message 04")
    assert row.bounding_box() == before

    release(ann.page, waiting)
    ann.wait_for_python()
    ann.frame.get_by_label("More").click()
    expect(ann.frame.get_by_role("button", name="End chat")).to_be_visible()
    assert row.bounding_box() == before


def test_another_tab_of_the_same_visitor_waits_for_python(visitor: NewContext) -> None:
    """What is kept lasts as long as the tab: nothing of a conversation is left in a browser that was closed."""
    ann = someone_who_said(visitor, "Only in this tab")
    other = ann.page.context.new_page()
    waiting = held_back(other, PYTHON)
    other.goto("/help")
    window = other.frame_locator('iframe[title="Chat"]')

    expect(window.get_by_role("textbox", name="Message")).to_be_visible()
    other.wait_for_function("() => document.readyState === 'complete'")

    expect(window.locator("html")).to_have_attribute("data-live-chat", "starting")
    expect(window.get_by_text("Only in this tab")).to_have_count(0)
    assert "Only in this tab" not in ann.page.evaluate("JSON.stringify(localStorage)")
    release(other, waiting)


@pytest.mark.parametrize("token", ["null", json.dumps({"entityId": "somebody-else"})])
def test_it_is_for_nobody_but_the_customer_whose_token_is_here(visitor: NewContext, token: str) -> None:
    ann = someone_who_said(visitor, "My address is 12 Mill Lane")
    ann.page.evaluate(CHANGE, ["@@lc_auth_token:00000000-0000-4000-8000-0000000000aa", token])

    waiting = go_on(ann)

    ann.page.wait_for_function(f"() => ({STORED})(':view') === null")
    expect(ann.said("12 Mill Lane")).to_have_count(0)
    release(ann.page, waiting)


def kept_view(page: Page) -> dict[str, Any]:
    """What is kept for the next page."""
    view: dict[str, Any] = json.loads(page.evaluate(STORED, ":view"))
    return view


ATTACK = "top.attacked = true; window.attacked = true"

HOSTILE: dict[str, list[Any]] = {
    "script": ["li", {}, ["script", {}, ATTACK]],
    "frame": ["li", {}, ["iframe", {"srcdoc": f"<script>{ATTACK}</script>"}]],
    "handler": ["li", {}, ["img", {"src": "/nowhere.png", "onerror": ATTACK, "style": "position: fixed"}, "Look"]],
    "address": ["li", {}, ["a", {"href": "javascript:" + ATTACK}, "Look"]],
    "markup": ["li", {}, f"<img src=x onerror='{ATTACK}'>"],
    "composer": ["li", {"id": "message"}, ["div", {"id": "composer"}, ["span", {"id": "log"}, "Look"]]],
    "no text": ["li", {}, 7],
    "no attributes": ["li"],
}


@pytest.mark.parametrize("what", HOSTILE)
def test_what_a_page_has_made_of_it_neither_runs_nor_stops_the_start(visitor: NewContext, what: str) -> None:
    ann = someone_who_said(visitor, "Hello")
    view = kept_view(ann.page)
    view["rows"].append(HOSTILE[what])
    ann.page.evaluate(CHANGE, [":view", json.dumps(view)])

    waiting = go_on(ann)
    ann.say("Still here")
    ann.sees("Still here")
    for page in (ann.page, ann.frame.locator("html")):
        assert not page.evaluate("() => window.attacked")
    strange = "script, iframe, [onerror], [style], [href^=javascript], li[id=message], li [id=log], li [id=composer]"
    expect(ann.frame.locator("#chat").locator(strange)).to_have_count(0)

    release(ann.page, waiting)
    ann.sent("Still here")
    ann.sees("Hello")
    expect(ann.said("Look")).to_have_count(0)


DAMAGE: dict[str, Callable[[dict[str, Any]], Any]] = {
    "no JSON": lambda view: json.dumps(view)[:-5],
    "a number": lambda _: "7",
    "null": lambda _: "null",
    "no rows": lambda view: json.dumps({"conversation": view["conversation"]}),
    "a deep nest": lambda view: (
        json.dumps(view)[:-1] + ', "rows": ' + '["li", {}, ' * 20_000 + '"x"' + "]" * 20_000 + "}"
    ),
    "no events": lambda view: json.dumps(
        view | {"conversation": {"customer_id": view["conversation"]["customer_id"], "threads": 7}}
    ),
}


@pytest.mark.parametrize("what", DAMAGE)
def test_what_cannot_be_read_is_as_good_as_nothing(visitor: NewContext, what: str) -> None:
    ann = someone_who_said(visitor, "Hello")
    view = kept_view(ann.page)

    ann.page.evaluate(CHANGE, [":view", DAMAGE[what](view)])
    ann.page.goto("/help")
    ann.wait_for_python()

    ann.sees("Hello")
    ann.say("It goes on")
    ann.sent("It goes on")


def test_what_the_server_never_said_goes_when_it_answers(visitor: NewContext) -> None:
    ann = someone_who_said(visitor, "Hello")
    view = json.dumps(kept_view(ann.page)).replace("Hello", "Your card number, please")
    ann.page.evaluate(CHANGE, [":view", view])

    ann.page.goto("/help")

    ann.sees("Hello")
    expect(ann.said("Your card number, please")).to_have_count(0)


def test_the_chat_as_a_page_of_its_own_keeps_it_in_its_own_storage(site: Site, visitor: NewContext) -> None:
    page = visitor(base_url=site.widget_origin).new_page()
    page.goto("/widget/?id=00000000-0000-4000-8000-000000000001")
    page.get_by_role("textbox", name="Message").fill("Without a frame")
    page.get_by_role("button", name="Send", exact=True).click()
    page.wait_for_function(KEPT, arg="Sent")

    waiting = held_back(page, PYTHON)
    page.reload()

    expect(page.get_by_role("log").get_by_text("Without a frame")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("data-live-chat", "starting")
    release(page, waiting)
