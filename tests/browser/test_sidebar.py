"""Apps beside the conversation: the ready one, one's own out of the documentation, and those that misbehave."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import FrameLocator, Locator, expect

from tests.browser.conftest import NewContext, Site
from tests.browser.people import STARTED, Agent, Visitor
from tests.browser.test_accessibility import violations
from tools.setup import ROOT

GUIDE = (ROOT / "docs" / "sidebar-apps.md").read_text(encoding="utf-8")


class Console(Agent):
    """An agent who has apps beside the conversation."""

    @property
    def apps(self) -> Locator:
        """The apps in the settings."""
        return self.page.get_by_role("list", name="Sidebar apps")

    def open(self, text: str) -> Console:
        """Open the chat whose last line is this."""
        super().open(text)
        return self

    def go_to(self, place: str) -> None:
        """Go somewhere else in the console; in the settings, to the apps."""
        self.page.get_by_role("link", name=place).click()
        if place == "Settings":
            self.page.get_by_role("button", name="Sidebar apps").click()

    def add_app(self, name: str, url: str) -> Console:
        """Add an app in the settings, and come back."""
        self.go_to("Settings")
        self.page.get_by_role("textbox", name="Name").fill(name)
        self.page.get_by_role("textbox", name="Address").fill(url)
        self.page.get_by_role("button", name="Add", exact=True).click()
        expect(self.apps).to_contain_text(name)
        self.go_to("Chats")
        return self

    def remove_apps(self) -> None:
        """Remove all of them."""
        self.go_to("Settings")
        expect(self.page.get_by_role("heading", name="Sidebar apps")).to_be_visible()
        removals = self.page.get_by_role("button", name=re.compile("^Remove "))
        for left in range(removals.count() - 1, -1, -1):
            removals.first.click()
            expect(removals).to_have_count(left)

    def bring_to_front(self, name: str) -> None:
        """Show an app."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def app(self, name: str) -> FrameLocator:
        """What is in an app's frame."""
        return self.page.frame_locator(f'iframe[title="{name}"]')


@pytest.fixture
def sam(agent: NewContext) -> Iterator[Console]:
    """An agent; the apps that were added are removed in the end."""
    console = Console(agent())
    console.ready()
    yield console
    console.remove_apps()


@pytest.fixture
def question(request: pytest.FixtureRequest) -> str:
    """What a visitor asks; in each test something else, for they share a server."""
    return f"Is the blue one back? ({request.node.name})"


@pytest.fixture
def ann(visitor: NewContext, question: str) -> Visitor:
    """A visitor who has asked something."""
    shop = Visitor(visitor()).open()
    shop.say(question)
    return shop


def test_the_ready_app_knows_the_customer_and_has_a_reply_at_hand(sam: Console, ann: Visitor, question: str) -> None:
    sam.open(question)
    sam.go_to("Settings")
    sam.page.get_by_role("button", name="Add the app Customer").click()
    expect(sam.apps).to_contain_text("Customer")
    sam.go_to("Chats")
    sam.bring_to_front("Customer")

    app = sam.app("Customer")
    expect(app.get_by_role("heading", level=1)).to_contain_text("Visitor", timeout=STARTED)
    expect(app.get_by_role("heading", name="Pages")).to_be_visible()
    expect(app.get_by_text("This is the first one.")).to_be_visible()
    app.get_by_role("searchbox", name="Find a reply").fill("one moment")
    app.get_by_role("list", name="Replies").get_by_role("button").click()

    expect(sam.composer).to_have_value("One moment, please. I am looking into it.")
    expect(sam.composer).to_be_focused()
    expect(sam.said("One moment, please.")).to_have_count(0)
    sam.page.keyboard.press("Enter")
    ann.sees("One moment, please. I am looking into it.")


def test_the_ready_app_has_what_was_said_before(sam: Console, ann: Visitor, question: str, site: Site) -> None:
    sam.open(question)
    sam.page.get_by_role("button", name="Close chat").click()
    ann.say("And the red one then?")
    sam.open("And the red one then?").add_app("Customer", f"{site.widget_origin}/sidebar/")
    sam.bring_to_front("Customer")

    past = sam.app("Customer").get_by_role("group")
    expect(past).to_have_count(1, timeout=STARTED)
    past.get_by_text("Today").click()
    expect(past.get_by_role("listitem").filter(has_text=question)).to_be_visible()


def test_an_app_follows_the_agent_from_chat_to_chat(
    sam: Console, ann: Visitor, question: str, visitor: NewContext, site: Site
) -> None:
    Visitor(visitor(), "/help").open().say("Do you ship to Norway?")
    serve(site, "names", "heard.textContent = `${profile.chat.chat_id}, told ${heard.dataset.count} times`")
    sam.open(question).add_app("Names", f"{site.widget_origin}/apps/names/").bring_to_front("Names")
    heard = sam.app("Names").get_by_role("status")
    expect(heard).to_have_text(re.compile("^[A-Z0-9]+, told 1 times$"))
    first = heard.inner_text().split(",")[0]

    sam.open("Do you ship to Norway?")

    expect(heard).to_have_text(re.compile(f"^(?!{first})[A-Z0-9]+, told 2 times$"))


def test_an_own_app_runs_as_the_documentation_says(sam: Console, ann: Visitor, question: str, site: Site) -> None:
    html, python = (re.search(rf"```{kind}\n(.*?)```", GUIDE, re.DOTALL) for kind in ("html", "python"))
    assert html
    assert python
    folder = site.data / "apps" / "hello"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_text(html[1], encoding="utf-8")
    (folder / "app.py").write_text(python[1], encoding="utf-8")

    sam.open(question).add_app("Hello", f"{site.widget_origin}/apps/hello/").bring_to_front("Hello")
    app = sam.app("Hello")
    expect(app.get_by_role("heading", level=1)).to_contain_text("Visitor", timeout=STARTED)
    app.get_by_role("button", name="Greet").click()

    expect(sam.composer).to_have_value(re.compile("^Hello Visitor .*!$"))


def test_an_app_that_does_not_answer_says_so_and_can_be_tried_again(
    agent: NewContext, ann: Visitor, question: str, site: Site
) -> None:
    folder = site.data / "apps" / "silent"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_text("<!doctype html><title>Silent</title>", encoding="utf-8")
    context = agent()
    context.clock.install()
    console = Console(context)
    console.ready()
    console.open(question).add_app("Silent", f"{site.widget_origin}/apps/silent/")
    console.bring_to_front("Silent")
    expect(console.page.get_by_text("Silent is loading…")).to_be_visible()

    console.page.clock.run_for(31_000)
    expect(console.page.get_by_text("Silent does not answer")).to_be_visible()

    console.page.get_by_role("button", name="Retry").click()
    expect(console.page.get_by_text("Silent is loading…")).to_be_visible()
    console.remove_apps()


def test_an_app_that_floods_is_stopped_and_the_console_goes_on(
    sam: Console, ann: Visitor, question: str, site: Site
) -> None:
    serve(site, "flood", "for (let i = 0; i < 5000; i++) tell('track', {})")
    sam.open(question).add_app("Flood", f"{site.widget_origin}/apps/flood/").bring_to_front("Flood")

    expect(sam.page.get_by_text("Flood was stopped")).to_be_visible()
    sam.say("Still here")
    ann.sees("Still here")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_settings_and_apps_have_no_violations(agent: NewContext, visitor: NewContext, site: Site, scheme: str) -> None:
    sam = Console(agent(color_scheme=scheme, bypass_csp=True))  # axe is a script of ours
    sam.ready()
    Visitor(visitor()).open().say(f"In {scheme}, what else?")
    sam.open(f"In {scheme}, what else?").add_app("Customer", f"{site.widget_origin}/sidebar/")
    sam.bring_to_front("Customer")
    expect(sam.app("Customer").get_by_role("heading", name="Past chats")).to_be_visible(timeout=STARTED)
    frame = next(frame for frame in sam.page.frames if "/sidebar/" in frame.url)

    assert list(violations(frame)) == []
    assert list(violations(sam.page.main_frame)) == []
    sam.go_to("Settings")
    assert list(violations(sam.page.main_frame)) == []
    sam.remove_apps()


# Apps of a few lines, in the oldest dialect


def serve(site: Site, name: str, on_profile: str) -> None:
    """Put an app into the server's folder; it does something whenever it is told of a customer."""
    folder = site.data / "apps" / name
    folder.mkdir(parents=True, exist_ok=True)
    page = '<!doctype html><title>App</title><p role="status" data-count="0"></p><script src="app.js"></script>'
    (folder / "index.html").write_text(page, encoding="utf-8")
    script = f"""
const plugin_id = new URLSearchParams(location.search).get('plugin_id')
const tell = (message, data) => parent.postMessage({{ message, data, plugin_id }}, '*')
const heard = document.querySelector('p')
addEventListener('message', ({{ data }}) => {{
  if (data.event_name !== 'livechat:customer_profile') return
  const profile = data.event_data
  heard.dataset.count++
  {on_profile}
}})
tell('plugin_inited')
"""
    (folder / "app.js").write_text(script, encoding="utf-8")
