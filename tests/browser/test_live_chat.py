"""``liveChat(command, argument, callback)``, as a site's own script calls it."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

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
        ("send", {"type": "BASIC", "message": "x" * 4097}, "TEXT_TOO_LONG"),
        ("send", {"type": "BASIC", "attachment": "/nowhere", "fileName": "x"}, "ATTACHMENT_UNREACHABLE"),
        ("show", 7, "INVALID_ARGUMENT"),
        ("logout", "now", "INVALID_ARGUMENT"),
        ("clear", 7, "INVALID_ARGUMENT"),
        ("set_theme", None, "MISSING_ARGUMENT"),
        ("set_theme", 7, "INVALID_ARGUMENT"),
        ("set_theme", "neon", "UNKNOWN_THEME"),
        ("set_theme", "toString", "UNKNOWN_THEME"),
        ("set_language", 7, "INVALID_ARGUMENT"),
        ("auth", None, "MISSING_ARGUMENT"),
        ("auth", "forged", "TOKEN_REFUSED"),
        ("show_thread", "nowhere", "THREAD_NOT_FOUND"),
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


# Who it is


def token_for(page: Page, person: str) -> str:
    """A token for a person, signed by the shop's server."""
    token: str = page.evaluate("async person => (await fetch(`/commands/token?person=${person}`)).text()", person)
    return token


def test_who_signs_in_sees_what_was_said_on_another_device(visitor: NewContext) -> None:
    phone, laptop = Visitor(visitor()), Visitor(visitor())
    person = f"{uuid4()}@example.com"
    phone.open().say("From the phone")
    phone.sent("From the phone")
    call(phone.page, "auth", token_for(phone.page, person))

    laptop.open().say("From the laptop")
    laptop.sent("From the laptop")
    assert call(laptop.page, "auth", token_for(laptop.page, person))["result"]

    laptop.sees("From the phone")
    laptop.sees("From the laptop")


def stored(page: Page) -> list[str]:
    """The names of all that the page's and the widget's origin keep."""
    names: list[str] = []
    for frame in page.frames:
        names += frame.evaluate(
            "() => { try { return Object.keys({ ...localStorage, ...sessionStorage }) } catch { return [] } }"
        )
    return names


@pytest.mark.parametrize(("command", "argument"), [("logout", None), ("clear", None), ("clear", WIDGET)])
def test_the_next_person_sees_nothing_of_the_last(visitor: NewContext, command: str, argument: str | None) -> None:
    shop = Visitor(visitor())
    call(shop.page, "auth", token_for(shop.page, f"{uuid4()}@example.com"))
    shop.open().say("A secret")
    shop.sent("A secret")
    shop.composer.fill("and a draft")
    shop.page.evaluate("window.stays = true")

    assert call(shop.page, command, argument)["result"] == {"command": command}

    expect(shop.window).to_have_count(0)
    expect(shop.launcher).to_be_visible()
    assert shop.page.evaluate("window.stays")
    shop.open().wait_for_python()
    expect(shop.composer).to_have_value("")
    expect(shop.said("A secret")).to_have_count(0)
    assert call(shop.page, "get_threads")["result"] == []
    shop.reload()
    shop.open().wait_for_python()
    assert call(shop.page, "get_threads")["result"] == []


def test_what_is_on_its_way_for_the_last_person_is_dropped_and_says_so(visitor: NewContext) -> None:
    shop = Visitor(visitor())
    shop.open().wait_for_python()
    codes = shop.page.evaluate("""() => {
      const say = n => liveChat('send', { type: 'BASIC', message: `text ${n}` })
      const sent = [1, 2, 3].map(n => say(n).then(() => 'sent', error => error.code))
      return Promise.all([...sent, liveChat('logout').then(() => 'left')])
    }""")

    assert codes == ["CLEARED", "CLEARED", "CLEARED", "left"]
    assert call(shop.page, "get_threads")["result"] == []


def test_another_widget_after_clear_and_not_before(visitor: NewContext) -> None:
    shop = Visitor(visitor())
    call(shop.page, "init", WIDGET)
    assert call(shop.page, "init", "another-widget")["error"]["code"] == "ALREADY_INITIALIZED"

    call(shop.page, "clear")

    assert call(shop.page, "init", "another-widget")["result"] == {"widgetId": "another-widget"}
    assert call(shop.page, "init", WIDGET)["error"]["code"] == "ALREADY_INITIALIZED"
    expect(shop.launcher).to_have_count(1)


def test_another_tab_forgets_too(visitor: NewContext) -> None:
    context = visitor()
    one = Visitor(context)
    one.open().say("A secret")
    one.sent("A secret")
    two = Visitor(context)
    two.sees("A secret")  # a window that was open is open on the next page

    call(one.page, "logout")

    expect(two.said("A secret")).to_have_count(0, timeout=STARTED)


def test_a_token_that_is_refused_changes_nothing(visitor: NewContext) -> None:
    shop = Visitor(visitor())
    shop.open().say("Hello")
    shop.sent("Hello")
    token = token_for(shop.page, f"{uuid4()}@example.com")
    head, body, signature = token.split(".")

    assert call(shop.page, "auth", f"{head}.{body}.{signature[::-1]}")["error"]["code"] == "TOKEN_REFUSED"

    shop.sees("Hello")
    shop.say("Still me")
    shop.sent("Still me")


# What it looks like


def test_a_theme_changes_window_and_launcher(visitor: NewContext) -> None:
    shop = Visitor(visitor(color_scheme="light"))
    shop.open().wait_for_python()
    background = "() => getComputedStyle(document.body).backgroundColor"
    light = shop.frame.locator("html").evaluate(background)

    assert call(shop.page, "set_theme", "dark")["result"] == {"theme": "dark"}
    expect(shop.frame.locator("html")).to_have_attribute("data-theme", "dark")
    assert shop.frame.locator("html").evaluate(background) != light

    assert call(shop.page, "set_theme", "clay")["result"] == {"theme": "clay"}
    expect(shop.launcher).to_have_css("background-color", "rgb(152, 74, 39)")
    expect(shop.frame.locator(".head")).to_have_css("background-color", "rgb(152, 74, 39)")

    call(shop.page, "set_theme", "auto")
    expect(shop.frame.locator("html")).not_to_have_attribute("data-theme", "dark")
    assert shop.frame.locator("html").evaluate(background) == light


def test_a_theme_that_was_chosen_before_is_there_when_the_window_opens(visitor: NewContext) -> None:
    shop = Visitor(visitor(color_scheme="light"))
    call(shop.page, "set_theme", "dark")

    shop.open()

    expect(shop.frame.locator("html")).to_have_attribute("data-theme", "dark")


# Several conversations


def test_conversations_are_listed_read_and_begun(visitor: NewContext) -> None:
    shop = Visitor(visitor())
    call(shop.page, "send", {"type": "BASIC", "message": "The first"})
    call(shop.page, "create_thread", {"type": "BASIC", "message": "The second"})

    call(shop.page, "show_thread_list")
    rows = shop.frame.get_by_role("list", name="Conversations").get_by_role("button")
    expect(rows).to_have_count(2)
    expect(rows.nth(0)).to_contain_text("The second")
    expect(rows.nth(0)).to_contain_text("Open")
    rows.nth(1).click()

    shop.sees("The first")
    expect(shop.said("The second")).to_have_count(0)
    expect(shop.composer).to_be_hidden()
    shop.frame.get_by_role("button", name="Start a new conversation").click()
    expect(shop.said("The first")).to_have_count(0)
    shop.say("The third")
    shop.sent("The third")

    assert [thread["status"] for thread in call(shop.page, "get_threads")["result"]] == ["OPEN", "CLOSED", "CLOSED"]
    shop.frame.get_by_role("button", name="All conversations").click()
    expect(rows).to_have_count(3)


def test_the_object_does_what_the_commands_do(visitor: NewContext) -> None:
    shop = Visitor(visitor())
    shop.page.wait_for_function("() => window.liveChat?.loaded")

    sent, refused, threads, opened = shop.page.evaluate("""async () => {
      const chat = new LiveChatSDK()
      const sent = await chat.sendMessage({ type: 'BASIC', message: 'By the object' })
      const refused = await chat.createThread({ type: 'DRAFT', message: 'No' })
      const threads = await chat.getThreads()
      return [sent, { ...refused, error: refused.error.code }, threads, await chat.getWidget().openNewThread()]
    }""")

    assert sent["data"]["message"]["content"] == {"text": "By the object"}
    assert refused == {"success": False, "error": "INVALID_ARGUMENT"}
    assert [thread["status"] for thread in threads["data"]] == ["OPEN"]
    assert opened == {"success": True, "data": {"command": "open_new_thread"}}
    expect(shop.window).to_be_visible()


# Messages


def test_an_attachment_from_the_sites_own_address_reaches_the_agent(visitor: NewContext) -> None:
    shop = Visitor(visitor())

    argument = {"type": "BASIC", "message": "See", "attachment": "/shop/favicon.svg", "fileName": "fern.svg"}
    outcome = call(shop.page, "send", argument)

    assert outcome["result"]["message"]["content"]["fileName"] == "fern.svg"
    shop.open().sees("See")
    shop.sees("fern.svg")


def test_a_message_is_sent_once_though_the_window_loads_anew(visitor: NewContext) -> None:
    shop = Visitor(visitor())
    shop.open().wait_for_python()
    shop.page.evaluate("window.done = liveChat('send', { type: 'BASIC', message: 'Once' }).then(() => 'sent')")
    shop.frame.locator("html").evaluate("() => { location.reload() }")

    assert shop.page.evaluate("done") == "sent"
    shop.sees("Once")


def test_nothing_is_fetched_for_the_first_commands(visitor: NewContext) -> None:
    page = visitor().new_page()
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto("/")
    page.wait_for_function("() => window.liveChat?.loaded")

    call(page, "hide_launcher")
    call(page, "show_launcher")

    assert not [url for url in fetched if "/widget/" in url]


def test_when_the_commands_cannot_be_fetched_the_error_says_so_and_they_can_later(visitor: NewContext) -> None:
    page = visitor().new_page()
    page.route("**/widget/commands.js", lambda route: route.abort())
    page.goto("/")
    assert call(page, "set_theme", "dark")["error"]["code"] == "COMMANDS_UNAVAILABLE"

    page.unroute("**/widget/commands.js")

    assert call(page, "set_theme", "dark")["result"] == {"theme": "dark"}


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
