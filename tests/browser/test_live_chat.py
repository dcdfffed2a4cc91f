"""``liveChat(command, argument, callback)``, as a site's own script calls it."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewContext, Site
from tests.browser.people import STARTED, Visitor

WIDGET = "00000000-0000-4000-8000-000000000001"

CALL = """([command, argument]) => new Promise(resolve => liveChat(command, argument, (...outcome) => {
  const [error, result] = outcome
  resolve({
    arguments: outcome.length,
    error: error && { isError: error instanceof Error, code: error.code, message: error.message, hint: error.hint },
    result,
    exactlyOne: (error === undefined) !== (result === undefined),
  })
}))"""


def call(page: Page, command: Any, argument: Any = None) -> dict[str, Any]:
    """Call a command and wait for its callback. No argument is undefined, as when a page leaves it out."""
    page.wait_for_function("() => window.liveChat?.loaded")
    outcome: dict[str, Any] = page.evaluate(CALL, [command] if argument is None else [command, argument])
    assert outcome["exactlyOne"], outcome
    return outcome


def bare_page(site: Site, visitor: NewContext, before: str = "") -> Page:
    """A page of the shop's origin with nothing on it but the loader; ``before`` is a script that runs first."""
    page = visitor().new_page()
    page.goto("/healthz")
    if before:
        page.add_script_tag(content=before)
    page.add_script_tag(url=f"{site.widget_origin}/widget.js")
    return page


def test_show_and_hide_open_and_close_the_window_however_often_they_come(visitor: NewContext) -> None:
    shop = Visitor(visitor())

    for _ in range(2):
        assert call(shop.page, "show")["result"]
    expect(shop.composer).to_be_visible()
    for _ in range(2):
        assert call(shop.page, "hide")["result"]
    expect(shop.window).to_be_hidden()


def test_hide_launcher_takes_the_window_along_and_show_launcher_does_not_bring_it_back(visitor: NewContext) -> None:
    shop = Visitor(visitor())
    call(shop.page, "show")

    call(shop.page, "hide_launcher")
    expect(shop.launcher).to_be_hidden()
    expect(shop.window).to_be_hidden()
    call(shop.page, "show_launcher")

    expect(shop.launcher).to_be_visible()
    expect(shop.window).to_be_hidden()


@pytest.mark.both_pages
def test_send_is_answered_when_the_server_has_the_message(visitor: NewContext) -> None:
    shop = Visitor(visitor())

    outcome = call(shop.page, "send", {"type": "BASIC", "message": "From the page's script"})

    assert outcome["result"]["message"]["content"] == {"text": "From the page's script"}
    assert outcome["result"]["message"]["id"].startswith(outcome["result"]["threadId"])
    shop.open().sees("From the page's script")


@pytest.mark.parametrize(
    ("command", "argument", "code"),
    [
        ("dance", None, "UNKNOWN_COMMAND"),
        ("toString", None, "UNKNOWN_COMMAND"),
        (7, None, "UNKNOWN_COMMAND"),
        ("send", None, "MISSING_ARGUMENT"),
        ("send", "Hello", "INVALID_ARGUMENT"),
        ("send", {"type": "BASIC", "message": ""}, "INVALID_ARGUMENT"),
        ("send", {"type": "BASIC", "message": "x" * 4097}, "INVALID_ARGUMENT"),
        ("init", 7, "INVALID_ARGUMENT"),
        ("init", "another-widget", "ALREADY_INITIALIZED"),
    ],
)
def test_a_wrong_call_gets_an_error_with_code_message_and_what_to_do(
    visitor: NewContext, command: Any, argument: Any, code: str
) -> None:
    error = call(Visitor(visitor()).page, command, argument)["error"]

    assert error["isError"]
    assert error["code"] == code
    assert error["message"]
    assert error["hint"]


def test_a_command_before_init_is_refused(site: Site, visitor: NewContext) -> None:
    page = bare_page(site, visitor)

    error = call(page, "show")["error"]

    assert error["code"] == "NOT_INITIALIZED"
    assert "init" in error["hint"]


def test_init_without_a_widget_is_refused(site: Site, visitor: NewContext) -> None:
    page = bare_page(site, visitor)

    assert call(page, "init")["error"]["code"] == "MISSING_ARGUMENT"
    assert page.evaluate("liveChat('init', null).catch(error => error.code)") == "MISSING_ARGUMENT"


def test_init_takes_an_object_and_the_same_widget_twice(site: Site, visitor: NewContext) -> None:
    page = bare_page(site, visitor)

    assert call(page, "init", {"widgetId": WIDGET})["result"] == {"widgetId": WIDGET}
    assert call(page, "init", WIDGET)["result"] == {"widgetId": WIDGET}


def test_calls_made_before_the_script_are_kept_and_answered_in_their_order(site: Site, visitor: NewContext) -> None:
    stub = f"""
      window.liveChat ??= function () {{ (liveChat.q ??= []).push(arguments) }}
      window.answered = []
      const note = name => error => answered.push(error ? `${{name}}: ${{error.code}}` : name)
      liveChat('show', null, note('too early'))
      liveChat('init', '{WIDGET}', note('init'))
      liveChat('show', null, note('show'))
      liveChat('hide_launcher', null, note('hide_launcher'))
      liveChat('show_launcher', null, note('show_launcher'))
    """
    page = bare_page(site, visitor, stub)

    page.wait_for_function("() => answered.length === 5")

    expected = ["too early: NOT_INITIALIZED", "init", "show", "hide_launcher", "show_launcher"]
    assert page.evaluate("answered") == expected


def test_an_argument_that_is_no_json_is_refused(visitor: NewContext) -> None:
    page = Visitor(visitor()).page
    page.wait_for_function("() => window.liveChat?.loaded")
    circular = "const me = { type: 'BASIC', message: 'Hello' }; me.me = me"

    code = page.evaluate(f"() => {{ {circular}; return liveChat('send', me).catch(error => error.code) }}")

    assert code == "INVALID_ARGUMENT"


def test_what_other_scripts_left_in_the_sites_storage_does_no_harm(visitor: NewContext) -> None:
    shop = Visitor(visitor())
    shop.page.evaluate("localStorage['live-chat'] = 'null'")

    shop.page.reload()

    expect(shop.launcher).to_be_visible()


def test_without_a_callback_a_promise_tells(visitor: NewContext) -> None:
    page = Visitor(visitor()).page
    page.wait_for_function("() => window.liveChat?.loaded")

    assert page.evaluate("liveChat('show')") == {"command": "show"}
    assert page.evaluate("liveChat('dance').catch(error => error.code)") == "UNKNOWN_COMMAND"


def test_the_loader_twice_on_a_page_is_the_loader_once(site: Site, visitor: NewContext) -> None:
    shop = Visitor(visitor())
    expect(shop.launcher).to_be_visible()

    shop.page.add_script_tag(url=f"{site.widget_origin}/widget.js")

    expect(shop.launcher).to_have_count(1)
    assert call(shop.page, "show")["result"] == {"command": "show"}


@pytest.mark.both_pages
def test_only_the_page_around_the_frame_can_speak_to_it(site: Site, visitor: NewContext) -> None:
    """A window that opened the chat's page, and so can post to it, is not its parent."""
    shop = Visitor(visitor())
    with shop.page.expect_popup() as popup:
        shop.page.evaluate(f"window.chat = open('{site.widget_origin}/widget/?id={WIDGET}')")
    page = popup.value
    expect(page.locator("html")).to_have_attribute("data-live-chat", "ready", timeout=STARTED)

    shop.page.evaluate("""() => {
      const { port1, port2 } = new MessageChannel()
      chat.postMessage({ type: 'live-chat:connect', stored: {} }, '*', [port2])
      const argument = { type: 'BASIC', message: 'Forged' }
      port1.postMessage(JSON.stringify({ type: 'command', id: 1, command: 'send', argument }))
    }""")
    page.get_by_role("textbox", name="Message").fill("Mine")
    page.get_by_role("button", name="Send", exact=True).click()

    expect(page.get_by_role("log").get_by_text("Sent")).to_be_attached()
    expect(page.get_by_role("log").get_by_text("Forged")).to_have_count(0)
