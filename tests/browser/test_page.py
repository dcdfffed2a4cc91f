"""The chat on a site's page: the snippet, the launcher, the window, and what it costs before anybody wants it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewContext, Site
from tests.browser.people import Visitor, held_back
from tools.setup import ROOT


def test_the_shop_embeds_the_snippet_that_the_readme_publishes(site: Site, visitor: NewContext) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    snippet = re.search(r"```html\n(<script>.*?)\n```", readme, re.DOTALL)
    assert snippet is not None

    served = Visitor(visitor()).page.request.get("/").text()

    assert snippet[1].replace("http://localhost:8000", site.widget_origin) in served


def test_before_anybody_reaches_for_it_the_chat_is_one_request_and_no_storage(site: Site, visitor: NewContext) -> None:
    context = visitor()
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))

    shop = Visitor(context)
    expect(shop.launcher).to_be_visible()
    shop.page.wait_for_load_state("networkidle")

    of_the_chat = [url for url in asked if url.startswith(site.widget_origin)]
    assert of_the_chat == [f"{site.widget_origin}/widget.js"]
    assert shop.page.evaluate("Object.keys(localStorage).filter(name => name.startsWith('live-chat'))") == []
    assert context.cookies() == []


def test_the_window_is_on_another_origin_in_a_process_of_its_own(site: Site, visitor: NewContext) -> None:
    shop = Visitor(visitor())
    with shop.page.expect_response(re.compile("/widget/")) as answered:
        shop.open()

    url = urlsplit(answered.value.url)
    assert f"{url.scheme}://{url.netloc}" == site.widget_origin
    assert answered.value.headers["origin-agent-cluster"] == "?1"


@pytest.mark.both_pages
def test_the_window_opens_and_closes_and_the_focus_goes_along(visitor: NewContext) -> None:
    shop = Visitor(visitor()).open().wait_for_python()
    expect(shop.composer).to_be_focused()

    shop.frame.get_by_role("button", name="Close chat").click()
    expect(shop.window).to_be_hidden()
    expect(shop.launcher).to_be_focused()

    shop.page.keyboard.press("Enter")
    expect(shop.composer).to_be_focused()
    shop.page.keyboard.press("Escape")
    expect(shop.window).to_be_hidden()


def test_a_page_that_loads_never_takes_the_focus(visitor: NewContext) -> None:
    shop = Visitor(visitor()).open().wait_for_python()
    shop.say("Hello")
    shop.sent("Hello")

    shop.page.reload()
    shop.wait_for_python()

    expect(shop.composer).to_be_visible()
    assert shop.page.evaluate("document.activeElement === document.body")


@pytest.mark.both_pages
def test_what_is_written_while_python_is_still_starting_is_delivered(visitor: NewContext) -> None:
    shop = Visitor(visitor())
    python = held_back(shop.page, re.compile(r"pyodide\.asm\.wasm"))
    shop.open()

    shop.say("Before there was Python")
    shop.composer.fill("and a draft")
    shop.sees("Before there was Python")
    expect(shop.frame.locator("html")).to_have_attribute("data-live-chat", "starting")
    for request in python:
        request.continue_()
    shop.page.unroute(re.compile(r"pyodide\.asm\.wasm"))

    shop.sent("Before there was Python")
    expect(shop.composer).to_have_value("and a draft")


def test_what_is_written_before_python_survives_a_reload(visitor: NewContext) -> None:
    shop = Visitor(visitor())
    held_back(shop.page, re.compile(r"pyodide\.asm\.wasm"))
    shop.open()
    shop.say("Written, then reloaded")
    shop.sees("Written, then reloaded")
    shop.page.unroute(re.compile(r"pyodide\.asm\.wasm"))

    shop.page.reload()
    shop.open()

    shop.sent("Written, then reloaded")


@pytest.mark.both_pages
def test_when_python_cannot_start_the_window_says_so(visitor: NewContext) -> None:
    shop = Visitor(visitor())
    shop.page.route(re.compile(r"/frozen/|python_stdlib\.zip"), lambda route: route.abort())
    shop.open()

    expect(shop.frame.get_by_role("alert")).to_contain_text("could not start")
    expect(shop.frame.get_by_role("button", name="Try again")).to_be_visible()
    expect(shop.frame.locator("html")).to_have_attribute("data-live-chat", "failed")


def test_after_try_again_the_window_belongs_to_its_page_again(visitor: NewContext) -> None:
    shop = Visitor(visitor())
    everything = re.compile(r"/frozen/|python_stdlib\.zip")
    shop.page.route(everything, lambda route: route.abort())
    shop.open()
    expect(shop.frame.get_by_role("alert")).to_be_visible()
    shop.page.unroute(everything)

    shop.frame.get_by_role("button", name="Try again").click()
    shop.wait_for_python()
    shop.say("At the second attempt")
    shop.sent("At the second attempt")

    shop.frame.get_by_role("button", name="Close chat").click()
    expect(shop.window).to_be_hidden()


def test_on_a_phone_the_window_fills_the_screen_and_nothing_zooms(visitor: NewContext) -> None:
    shop = Visitor(visitor(viewport="phone")).open().wait_for_python()

    box = shop.page.locator('iframe[title="Chat"]').bounding_box()
    assert box == {"x": 0, "y": 0, "width": 390, "height": 844}
    assert shop.composer.evaluate("element => getComputedStyle(element).fontSize") == "16px"


@pytest.mark.both_pages
def test_the_chat_is_a_page_of_its_own_too(site: Site, visitor: NewContext) -> None:
    page = visitor(base_url=site.widget_origin).new_page()
    page.goto("/widget/?id=00000000-0000-4000-8000-000000000001")
    expect(page.locator("html")).to_have_attribute("data-live-chat", "ready", timeout=60_000)

    page.get_by_role("textbox", name="Message").fill("Without a frame")
    page.get_by_role("button", name="Send", exact=True).click()

    expect(page.get_by_role("log").get_by_text("Sent")).to_be_attached()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_window_follows_the_colours_of_the_system(visitor: NewContext, scheme: str) -> None:
    shop = Visitor(visitor(color_scheme=scheme)).open()

    paper = shop.frame.locator("body").evaluate("element => getComputedStyle(element).backgroundColor")

    red, green, blue = (int(part) for part in re.findall(r"\d+", paper)[:3])
    assert (red + green + blue > 382) == (scheme == "light")


def test_the_composer_takes_typing_before_any_script_has_come(visitor: NewContext) -> None:
    shop = Visitor(visitor())
    held_back(shop.page, re.compile(r"/assets/"))

    shop.open()
    expect(shop.composer).to_be_focused()
    shop.page.keyboard.type("At once")

    expect(shop.composer).to_have_value("At once")


@pytest.mark.parametrize("send", ["the button", "Enter"])
def test_what_is_sent_before_any_script_has_come_is_delivered(visitor: NewContext, send: str) -> None:
    shop = Visitor(visitor())
    scripts = held_back(shop.page, re.compile(r"/assets/"))
    shop.open()
    shop.composer.fill("Quicker than the scripts")

    if send == "Enter":
        shop.composer.press("Enter")
    else:
        shop.frame.get_by_role("button", name="Send", exact=True).click()
    expect(shop.composer).to_have_value(re.compile("Quicker than the scripts"))
    for script in scripts:
        script.continue_()
    shop.page.unroute(re.compile(r"/assets/"))

    shop.sent("Quicker than the scripts")
    expect(shop.composer).to_have_value("")
