"""When the frame, and Python in it, starts: ``liveChat('init', {widgetId, boot})``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewContext, Site
from tests.browser.people import Visitor

WIDGET = "00000000-0000-4000-8000-000000000001"

INIT = """([loader, options]) => {
  window.liveChat ??= function () { (liveChat.q ??= []).push(arguments) }
  liveChat('init', options)
  return new Promise(resolve => {
    document.head.append(Object.assign(document.createElement('script'), { src: loader, onload: resolve }))
  })
}"""

IDLE = "() => new Promise(resolve => requestIdleCallback(() => requestIdleCallback(() => resolve())))"


def site_with(site: Site, visitor: NewContext, boot: str | None = None, **person: Any) -> Page:
    """A page with nothing but the snippet on it, loaded, and idle for a moment."""
    page = visitor(**person).new_page()
    page.goto("/healthz")
    options = {"widgetId": WIDGET} | ({"boot": boot} if boot else {})
    page.evaluate(INIT, [f"{site.widget_origin}/widget.js", options])
    page.evaluate(IDLE)
    return page


def has_started(page: Page) -> bool:
    """Whether the frame is there; it is made before what asks for it returns."""
    return page.locator('iframe[title="Chat"]').count() == 1


def launcher_place(page: Page) -> tuple[float, float]:
    """A point on the launcher."""
    box = page.get_by_role("button", name="Open chat").bounding_box()
    assert box is not None
    return box["x"] + 20, box["y"] + 20


def nothing(page: Page) -> None:
    """The page was loaded, and that is all."""


def hover(page: Page) -> None:
    """The pointer comes to the launcher."""
    page.mouse.move(*launcher_place(page))


def tab(page: Page) -> None:
    """The keyboard comes to the launcher."""
    page.get_by_role("button", name="Open chat").focus()


def touch(page: Page) -> None:
    """A finger comes down on the launcher, and is not lifted."""
    x, y = launcher_place(page)
    touches = {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]}
    page.context.new_cdp_session(page).send("Input.dispatchTouchEvent", touches)


def press(page: Page) -> None:
    """A script presses the launcher: no pointer, no focus before."""
    page.get_by_role("button", name="Open chat").dispatch_event("click")


def show(page: Page) -> None:
    """The page asks for the window."""
    page.evaluate("liveChat('show')")


def send(page: Page) -> None:
    """The page sends a message; it is not waited for."""
    page.evaluate("() => void liveChat('send', { type: 'BASIC', message: 'Hello' })")


@pytest.mark.parametrize("doing", [nothing, hover, tab, touch, press, show, send])
@pytest.mark.parametrize("boot", ["click", "intent", "idle", "load"])
def test_each_boot_starts_when_it_says(
    site: Site, visitor: NewContext, boot: str, doing: Callable[[Page], None]
) -> None:
    from_then_on = {"click": [press, show, send], "intent": [hover, tab, touch]}
    page = site_with(site, visitor, boot, has_touch=doing is touch)

    doing(page)

    expected = boot in {"idle", "load"} or doing in from_then_on["click"] or doing in from_then_on.get(boot, [])
    assert has_started(page) == expected


def test_a_snippet_that_says_nothing_means_intent(site: Site, visitor: NewContext) -> None:
    page = site_with(site, visitor)
    assert not has_started(page)

    hover(page)

    assert has_started(page)


COSTLY = {
    "data are to be saved": "Object.defineProperty(navigator, 'connection', { value: { saveData: true } })",
    "a phone network": "Object.defineProperty(navigator, 'connection', { value: { type: 'cellular' } })",
    "a slow network": "Object.defineProperty(navigator, 'connection', { value: { effectiveType: '3g' } })",
    "a small device": "Object.defineProperty(navigator, 'deviceMemory', { value: 2 })",
}


@pytest.mark.parametrize("why", COSTLY)
def test_an_idle_moment_is_not_enough_where_megabytes_are_dear(site: Site, visitor: NewContext, why: str) -> None:
    context = visitor()
    context.add_init_script(COSTLY[why])

    page = site_with(site, lambda: context, "idle")
    assert not has_started(page)

    hover(page)
    assert has_started(page)


def test_a_boot_that_there_is_not_is_refused_and_the_error_names_those_there_are(
    site: Site, visitor: NewContext
) -> None:
    page = site_with(site, visitor)

    for boot in ("soon", 1, None):
        error = page.evaluate("boot => liveChat('init', { boot }).catch(({ code, hint }) => ({ code, hint }))", boot)
        assert error == {"code": "INVALID_ARGUMENT", "hint": "Use click, intent, idle, load."}


def test_a_visitor_who_has_written_before_hears_from_us_whatever_the_boot(site: Site, visitor: NewContext) -> None:
    page = site_with(site, visitor, "click")
    page.evaluate("localStorage['live-chat'] = JSON.stringify({ known: true })")

    page.reload()
    page.evaluate(INIT, [f"{site.widget_origin}/widget.js", {"widgetId": WIDGET, "boot": "click"}])

    assert has_started(page)
    expect(page.locator('iframe[title="Chat"]')).to_be_hidden()


def test_a_window_that_was_open_is_open_on_the_next_page_whatever_the_boot(site: Site, visitor: NewContext) -> None:
    ann = Visitor(visitor()).open().wait_for_python()
    ann.say("Hello")
    ann.sent("Hello")

    ann.page.goto("/healthz")
    ann.page.evaluate(INIT, [f"{site.widget_origin}/widget.js", {"widgetId": WIDGET, "boot": "click"}])

    expect(ann.composer).to_be_visible()
