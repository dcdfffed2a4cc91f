"""LiveChat's own SDKs for sidebar apps in frames of our console, and LiveChat's own host around our Python app.

The console stands under LiveChat's own address, because agent-app-widget-sdk 1.3.0 listens to nobody else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Frame, Locator, Page, expect, sync_playwright

from server import seed
from server.organization import ORGANIZATION_ID
from tests.real_sdks.agent_app_pages import Pages, bundle
from tests.real_sdks.conftest import Packages
from tests.real_sdks.tls import TlsServer
from tests.server.platform import text
from tools import browser as browsers

CONSOLE, APPS, HOST = "https://my.livechatinc.com", "https://apps.test", "https://my.text.com"

PATIENCE = 30_000
"""Milliseconds after which what should come is given up."""

POLLING = 100
"""Milliseconds between two looks into a frame: one that is not shown paints nothing to look at in between."""

STARTED = 90_000
"""Milliseconds that Python may take to start beside other tests."""

# Each app tells everything it hears in `told`, and does what the tests ask for by `live`.
LEGACY = """
import LiveChat from '@livechat/agent-app-widget-sdk'
window.told = []
for (const name of ['customer_profile', 'customer_profile_hidden', 'messages']) {
  LiveChat.on(name, data => { told.push([name, data]) })
}
window.live = LiveChat
LiveChat.init()
"""
WIDGET_SDK_3 = """
import LiveChat from '@livechat/agent-app-widget-sdk'
window.told = []
for (const name of ['customer_profile', 'message', 'customer_details_section_button_click']) {
  LiveChat.on(name, data => { told.push([name, data]) })
}
LiveChat.init().then(() => { window.live = LiveChat })
"""
APP_SDK = """
import { createDetailsWidget } from '@livechat/agent-app-sdk'
window.told = []
createDetailsWidget().then(widget => {
  for (const name of ['customer_profile', 'message', 'customer_details_section_button_click']) {
    widget.on(name, data => { told.push([name, data]) })
  }
  const first = widget.getCustomerProfile()
  if (first) told.push(['customer_profile', first])
  const old = { refreshSessionId: widget.refreshSession, modifyCustomerDetailsSection: widget.modifySection }
  window.live = { ...widget, ...old }
})
"""
PARENT = """
import { createIframe } from '@livechat/postmessage'
window.heard = []
window.begin = url => {
  const made = createIframe({ container: document.body, url }, { handle: message => { heard.push(message) } })
  made.frame.title = 'Customer'
  made.promise.then(api => { window.api = api }, error => { window.failed = String(error) })
}
"""

PACKAGES = {
    "legacy": ("@livechat/agent-app-widget-sdk==1.3.0", LEGACY),
    "trusted3": ("@livechat/agent-app-widget-sdk==3.0.1", WIDGET_SDK_3),
    "trusted": ("@livechat/agent-app-sdk==1.16.0", APP_SDK),
    "parent0010": ("@livechat/postmessage==0.0.10", PARENT),
    "parent032": ("@livechat/postmessage==0.3.2", PARENT),
    "parent035": ("@livechat/postmessage==0.3.5", PARENT),
}
ADDRESSES = {
    "legacy": f"{APPS}/legacy",
    "trusted3": f"{APPS}/trusted3",
    "trusted": f"{APPS}/trusted",
    "plain": f"{APPS}/trusted?connection=plain",
}


@pytest.fixture(scope="module")
def pages(registry_packages: Packages, certificate: Path) -> Iterator[Pages]:
    """The apps and hosts, each with its package."""
    scripts = {name: bundle(entry, registry_packages(which), name) for name, (which, entry) in PACKAGES.items()}
    served = Pages(scripts, certificate)
    yield served
    served.stop()


@pytest.fixture(scope="module")
def chromium(only_server: TlsServer, pages: Pages) -> Iterator[Browser]:
    """A browser that finds these names on this machine."""
    found = browsers.find()
    assert found is not None, browsers.MISSING
    rules = [
        f"MAP my.livechatinc.com 127.0.0.1:{only_server.tls_port}",
        f"MAP ready.test 127.0.0.1:{only_server.tls_port}",
        f"MAP apps.test 127.0.0.1:{pages.port}",
        f"MAP my.text.com 127.0.0.1:{pages.port}",
    ]
    with sync_playwright() as playwright:
        args = ["--disable-gpu", "--no-sandbox", f"--host-resolver-rules={','.join(rules)}"]
        browser = playwright.chromium.launch(executable_path=found.path, args=args)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """Somebody's browser."""
    context = chromium.new_context(ignore_https_errors=True, viewport={"width": 1280, "height": 800})
    context.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    yield context
    context.close()


@pytest.fixture(scope="module", params=ADDRESSES)
def desk(request: pytest.FixtureRequest, context: BrowserContext, only_server: TlsServer) -> Iterator[Desk]:
    """An agent with an app of each kind, one after the other."""
    desk = Desk(context, only_server, request.param)
    yield desk
    desk.page.close()
    only_server.forget_everything()


@pytest.fixture
def rich(desk: Desk) -> Desk:
    """An app whose package has what came after version 1."""
    if desk.dialect == "legacy":
        pytest.skip("agent-app-widget-sdk 1.3.0 has no such method")
    return desk


class Desk:
    """An agent at the console, with two visitors' chats and one app beside them."""

    def __init__(self, context: BrowserContext, server: TlsServer, dialect: str) -> None:
        self.dialect = dialect
        self.visitors = [Visitor(server, said) for said in ("Is the blue one back?", "Do you ship to Norway?")]
        server.configure("update_license_properties", {"properties": apps(ADDRESSES[dialect])})
        self.page: Page = context.new_page()
        self.page.goto(f"{CONSOLE}/agent/")
        self.page.get_by_role("textbox", name="E-mail address").fill(seed.FIRST_AGENT, timeout=STARTED)
        self.page.get_by_label("Personal access token").fill(server.settings.agent_token.read_text().strip())
        self.page.get_by_role("button", name="Sign in").click()
        self.open("Is the blue one back?")
        self.page.get_by_role("button", name="App", exact=True).click()
        expect(self.page.get_by_text("App is loading…")).to_be_hidden()

    def open(self, said: str) -> None:
        """Turn to a chat."""
        self.page.get_by_role("button").filter(has_text=said).first.click()
        expect(self.page.get_by_role("log", name="Conversation")).to_contain_text(said)

    @property
    def composer(self) -> Locator:
        return self.page.get_by_role("textbox", name="Message")

    @property
    def frame(self) -> Frame:
        """The app's document."""
        return next(frame for frame in self.page.frames if frame.url.startswith(APPS))

    def live(self, call: str) -> Any:
        """Have the app call something."""
        self.frame.wait_for_function("() => window.live", polling=POLLING)
        return self.frame.evaluate(f"() => {{ live.{call} }}")

    def count(self, name: str) -> int:
        """How many events of a name were told so far."""
        return int(self.frame.evaluate("name => told.filter(each => each[0] === name).length", name))

    def told(self, name: str, count: int = 1) -> Any:
        """The payload of the last event of a name, when there are so many."""
        came = "([name, count]) => told.filter(each => each[0] === name).length >= count"
        self.frame.wait_for_function(came, arg=[name, count], polling=POLLING)
        return self.frame.evaluate("name => told.filter(each => each[0] === name).at(-1)[1]", name)


class Visitor:
    """Somebody who has said something."""

    def __init__(self, server: TlsServer, said: str) -> None:
        self._server = server
        self._token = server.token()
        self.chat_id = self._ask("start_chat", {"chat": {"thread": {"events": [text(said)]}}})["chat_id"]

    def say(self, said: str) -> None:
        """Say something more."""
        self._ask("send_event", {"chat_id": self.chat_id, "event": text(said)})

    def _ask(self, action: str, payload: dict[str, Any]) -> Any:
        url = f"/v3.6/customer/action/{action}?organization_id={ORGANIZATION_ID}"
        answer = self._server.http.post(url, json=payload, headers={"Authorization": self._token})
        assert answer.status_code == 200, answer.text
        return answer.json()


def apps(url: str) -> dict[str, Any]:
    return {"agent_app": {"sidebar_apps": f'[{{"id": "P", "name": "App", "url": "{url}"}}]'}}


def test_an_app_hears_of_every_chat(desk: Desk) -> None:
    blue, norway = desk.visitors
    assert desk.told("customer_profile")["chat"]["chat_id"] == blue.chat_id

    desk.open("Do you ship to Norway?")
    profile = desk.told("customer_profile", 2)

    assert (profile["chat"]["chat_id"], profile["source"]) == (norway.chat_id, "chats")


def test_a_message_is_put_into_the_composer_and_not_sent(desk: Desk) -> None:
    desk.open("Do you ship to Norway?")
    desk.composer.fill("")

    desk.live("putMessage('Yes, to Norway too.')")

    expect(desk.composer).to_have_value("Yes, to Norway too.")
    expect(desk.page.get_by_role("log")).not_to_contain_text("Yes, to Norway too.")


def test_a_refresh_has_the_profile_told_again(desk: Desk) -> None:
    told = desk.count("customer_profile")

    desk.live("refreshSessionId()")

    assert desk.told("customer_profile", told + 1)["source"] == "chats"


def test_a_section_is_shown_and_its_button_tells(rich: Desk) -> None:
    section = "{title: 'Orders', components: [{type: 'button', data: {label: 'Refund', id: 'refund'}}]}"

    rich.live(f"modifyCustomerDetailsSection({section})")
    rich.page.get_by_role("button", name="Visitor", exact=True).click()
    rich.page.get_by_role("button", name="Refund").click()

    assert rich.told("customer_details_section_button_click")["buttonId"] == "refund"


def test_who_watches_hears_what_the_visitor_says(rich: Desk) -> None:
    rich.open("Is the blue one back?")
    rich.composer.fill("")
    rich.live("watchMessages()")
    rich.live("putMessage('Watching')")
    expect(rich.composer).to_have_value("Watching")  # so is what was asked before

    rich.visitors[0].say("In size 40?")

    told = rich.told("message")
    assert (told["message"], told["message_source"]) == ("In size 40?", "visitor")


@pytest.mark.parametrize("host", ["parent0010", "parent032", "parent035"])
def test_our_app_in_python_answers_livechats_own_host(context: BrowserContext, host: str) -> None:
    page = context.new_page()
    page.goto(f"{HOST}/{host}")
    page.evaluate("url => begin(url)", "https://ready.test/sidebar/?plugin_id=P")
    page.wait_for_function("() => window.api", timeout=STARTED)
    page.wait_for_function("() => heard.some(each => each.message === 'plugin_inited')", timeout=STARTED)
    # The greeting of old comes bare as well; this host hears only what is in its frames.
    assert page.evaluate("heard.map(each => [each.message, each.plugin_id])") == [["plugin_inited", "P"]]

    profile = {"id": "S1", "name": "Mary Brown", "email": "mary@example.com", "chat": {}, "source": "chats"}
    event = {"event_name": "livechat:customer_profile", "event_data": profile}
    page.evaluate("async event => { await api.call('handle', event) }", event)
    app = page.frame_locator("iframe")
    expect(app.get_by_role("heading", name="Mary Brown")).to_be_visible()

    app.get_by_role("button", name=re.compile("^hello")).click()
    page.wait_for_function("() => heard.some(each => each.message === 'put_message')")
    assert page.evaluate("heard.at(-1).data") == "Hello Mary! How can I help you?"
    expect(app.get_by_text("It is in your message. Send it there.")).to_be_visible()

    error = page.evaluate("api.call('eval', '1').then(() => null, error => error.message)")
    assert "handle" in error
