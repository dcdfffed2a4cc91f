"""@livechat/widget-core 1.4.1 and its adapter for React, unmodified, in Chromium.

They load https://cdn.livechatinc.com/tracking.js and know no other script; the browser is told that this name is our
server's.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, Route, expect, sync_playwright

from server.app import prepare
from server.organization import LICENSE_ID, ORGANIZATION_ID
from server.settings import Settings
from tests.real_sdks.clients import PUBLIC
from tests.real_sdks.conftest import Packages
from tests.real_sdks.tls import TlsServer
from tests.server.platform import Person
from tools import browser as browsers
from tools.setup import BUILD

CORE = "@livechat/widget-core==1.4.1"
REACT = "@livechat/widget-react==1.4.0 react==18.3.1 react-dom==18.3.1"
STARTED = 60_000

HANDLERS = """{
  onReady: data => told.push(['ready', data]),
  onAvailabilityChanged: data => told.push(['availability', data]),
  onVisibilityChanged: data => told.push(['visibility', data]),
  onCustomerStatusChanged: data => told.push(['status', data]),
  onNewEvent: data => told.push(['event', data]),
}"""

OpenPage = Callable[[str, dict[str, Path]], Page]


@pytest.fixture(scope="module")
def shop_server(certificate: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TlsServer]:
    """A server of ours; it serves the compiled widget where there is one."""
    as_written = not (BUILD / "release" / "widget" / "index.html").is_file()
    settings = Settings(data=tmp_path_factory.mktemp("widget_core") / "var", port=0, as_written=as_written)
    prepare(settings)
    running = TlsServer(settings, certificate)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def chromium(shop_server: TlsServer) -> Iterator[Browser]:
    """A browser for which LiveChat's names are our server's."""
    found = browsers.find()
    assert found is not None, browsers.MISSING
    rules = f"MAP *.livechatinc.com 127.0.0.1:{shop_server.tls_port}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=found.path,
            args=["--disable-gpu", "--no-sandbox", f"--host-resolver-rules={rules}", PUBLIC],
        )
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[OpenPage]:
    """Opens a page of another site, with scripts of packages on it."""
    context = chromium.new_context(ignore_https_errors=True)

    def open_it(body: str, scripts: dict[str, Path]) -> Page:
        page = context.new_page()
        tags = "".join(f'<script src="/{name}"></script>' for name in scripts)
        head = "<!doctype html><title>Shop</title><div id=root></div><script>window.told = []</script>"
        html = f"{head}{tags}<script>{body}</script>"
        page.route("http://shop.test/", lambda route: route.fulfill(body=html, content_type="text/html"))
        for name, script in scripts.items():
            page.route(f"http://shop.test/{name}", partial(fulfil, script))
        page.goto("http://shop.test/")
        return page

    yield open_it
    context.close()


def fulfil(script: Path, route: Route) -> None:
    """Answer with a script of a package, as it is."""
    route.fulfill(path=script)


@pytest.fixture
def agent(shop_server: TlsServer) -> Iterator[Person]:
    """Somebody who answers."""
    here = shop_server.agent()
    yield here
    here.leave()


def heard(page: Page, name: str) -> Any:
    """What the first event of a name told, when it comes."""
    wanted = "name => told.some(([each]) => each === name)"
    page.wait_for_function(wanted, arg=name, timeout=STARTED)
    return page.evaluate("name => told.find(([each]) => each === name)[1]", name)


def window(page: Page) -> FrameLocator:
    return page.frame_locator('iframe[title="Chat"]')


def core(page_of: OpenPage, packages: Packages, config: dict[str, Any], more: str = "") -> Page:
    """A page with widget-core on it, and its widget begun."""
    script = packages(CORE) / "node_modules/@livechat/widget-core/dist/widget-core.umd.js"
    made = f"LiveChatWidgetCore.createWidget({{ ...{json.dumps(config)}, ...{HANDLERS} }})"
    body = f"window.widget = {made}; widget.init(); {more}"
    return page_of(body, {"widget-core.js": script})


def test_widget_core_has_our_widget_and_is_told_when_it_is_ready(
    open_page: OpenPage, registry_packages: Packages, agent: Person
) -> None:
    page = core(open_page, registry_packages, {"organizationId": ORGANIZATION_ID, "visibility": "maximized"})

    ready = heard(page, "ready")

    assert ready["state"] == {"availability": "online", "visibility": "maximized"}
    assert ready["customerData"]["status"] == "browsing"
    expect(page.get_by_role("button", name="Close chat")).to_be_visible()
    assert page.evaluate("LiveChatWidget.get('state')") == ready["state"]
    assert page.evaluate("LiveChatWidget.get('customer_data').id") == ready["customerData"]["id"]


def test_visibility_goes_both_ways(open_page: OpenPage, registry_packages: Packages) -> None:
    page = core(open_page, registry_packages, {"license": str(LICENSE_ID), "visibility": "minimized"})
    launcher = page.get_by_role("button", name="Open chat")
    heard(page, "ready")

    launcher.click()
    assert heard(page, "visibility") == {"visibility": "maximized"}
    page.evaluate("told.length = 0; widget.updateVisibility('hidden')")

    assert heard(page, "visibility") == {"visibility": "hidden"}
    expect(launcher).to_be_hidden()
    page.evaluate("widget.updateVisibility('minimized')")
    expect(launcher).to_be_visible()


def test_what_the_page_knows_of_the_customer_reaches_the_agent(
    open_page: OpenPage, registry_packages: Packages, agent: Person
) -> None:
    config = {
        "organizationId": ORGANIZATION_ID,
        "customerName": "Ana",
        "customerEmail": "ana@example.com",
        "sessionVariables": {"plan": "gold"},
    }
    page = core(open_page, registry_packages, config)
    customer_id = heard(page, "ready")["customerData"]["id"]
    known = """() => {
      const { name, sessionVariables } = LiveChatWidget.get('customer_data')
      return name === 'Ana' && sessionVariables.plan === 'gold'
    }"""
    page.wait_for_function(known, timeout=STARTED)

    customer = agent.ask("get_customer", {"id": customer_id})

    assert (customer["name"], customer["email"]) == ("Ana", "ana@example.com")
    assert customer["session_fields"] == [{"plan": "gold"}]


def test_messages_are_told_both_ways(open_page: OpenPage, registry_packages: Packages, agent: Person) -> None:
    page = core(open_page, registry_packages, {"organizationId": ORGANIZATION_ID, "visibility": "maximized"})
    heard(page, "ready")
    agent.forget()

    window(page).get_by_role("textbox", name="Message").fill("Hello")
    window(page).get_by_role("button", name="Send", exact=True).click()
    mine = heard(page, "event")
    chat = agent.told("incoming_chat")["chat"]
    page.evaluate("told.length = 0")
    agent.say(chat["id"], "Hi, this is Sam")
    theirs = heard(page, "event")

    assert (mine["type"], mine["author"]["type"]) == ("message", "customer")
    assert (theirs["type"], theirs["author"]["type"]) == ("message", "agent")
    assert page.evaluate("LiveChatWidget.get('chat_data').chatId") == chat["id"]


def test_destroy_takes_it_away(open_page: OpenPage, registry_packages: Packages) -> None:
    page = core(open_page, registry_packages, {"organizationId": ORGANIZATION_ID})
    heard(page, "ready")

    page.evaluate("widget.destroy()")

    expect(page.locator("live-chat")).to_have_count(0)


def test_the_adapter_for_react_draws_it_and_follows_its_properties(
    open_page: OpenPage, registry_packages: Packages, agent: Person
) -> None:
    modules = registry_packages(REACT) / "node_modules"
    scripts = {
        "react.js": modules / "react/umd/react.production.min.js",
        "react-dom.js": modules / "react-dom/umd/react-dom.production.min.js",
        "widget-core.js": modules / "@livechat/widget-core/dist/widget-core.umd.js",
        "widget-react.js": modules / "@livechat/widget-react/dist/widget-react.umd.js",
    }
    body = f"""
      const {{ LiveChatWidget: Chat }} = LiveChatWidgetReact
      const root = ReactDOM.createRoot(document.querySelector('#root'))
      const properties = {{ organizationId: '{ORGANIZATION_ID}', ...{HANDLERS} }}
      window.draw = visibility => root.render(React.createElement(Chat, {{ ...properties, visibility }}))
      draw('minimized')
      window.leave = () => root.unmount()
    """
    page = open_page(body, scripts)
    assert heard(page, "ready")["state"] == {"availability": "online", "visibility": "minimized"}

    page.evaluate("draw('maximized')")

    expect(page.get_by_role("button", name="Close chat")).to_be_visible()
    window(page).get_by_role("textbox", name="Message").fill("From React")
    window(page).get_by_role("button", name="Send", exact=True).click()
    assert heard(page, "event")["author"]["type"] == "customer"
    page.evaluate("leave()")
    expect(page.locator("live-chat")).to_have_count(0)
