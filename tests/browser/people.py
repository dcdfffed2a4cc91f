"""What people do on the pages, in their words: roles and names, as a reader's assistive technology has them."""

from __future__ import annotations

import re

from playwright.sync_api import BrowserContext, FrameLocator, Locator, Page, Route, expect

__all__ = ["Agent", "Visitor", "held_back"]

STARTED = 60_000
"""Milliseconds that Python may take to start on a machine that is busy with other tests."""


class Visitor:
    """Somebody on the shop."""

    def __init__(self, context: BrowserContext, path: str = "/") -> None:
        self.page: Page = context.new_page()
        self.page.goto(path)

    @property
    def frame(self) -> FrameLocator:
        """The chat's window."""
        return self.page.frame_locator('iframe[title="Chat"]')

    @property
    def window(self) -> Locator:
        """The frame that the window is in."""
        return self.page.locator('iframe[title="Chat"]')

    @property
    def launcher(self) -> Locator:
        """The button in the corner, open or closed."""
        return self.page.get_by_role("button", name=re.compile("^(Open|Close) chat"))

    @property
    def composer(self) -> Locator:
        """Where one writes."""
        return self.frame.get_by_role("textbox", name="Message")

    @property
    def log(self) -> Locator:
        """What was said."""
        return self.frame.get_by_role("log", name="Conversation")

    def open(self) -> Visitor:
        """Open the chat by its launcher."""
        self.page.get_by_role("button", name=re.compile("^Open chat")).click()
        return self

    def wait_for_python(self) -> Visitor:
        """Until Python has taken over the frame."""
        expect(self.frame.locator("html")).to_have_attribute("data-live-chat", "ready", timeout=STARTED)
        return self

    def say(self, text: str) -> Visitor:
        """Write something and send it."""
        self.composer.fill(text)
        self.frame.get_by_role("button", name="Send", exact=True).click()
        return self

    def type(self, text: str) -> Visitor:
        """Type something and press Enter, wherever the focus is."""
        self.page.keyboard.type(text)
        self.page.keyboard.press("Enter")
        return self

    def said(self, text: str) -> Locator:
        """A message in the log."""
        return self.log.get_by_role("listitem").filter(has_text=text)

    def sees(self, text: str) -> None:
        """Wait until this stands in the log, once."""
        expect(self.said(text)).to_have_count(1, timeout=STARTED)

    def sent(self, text: str) -> None:
        """Wait until the server has this."""
        expect(self.said(text).get_by_text(re.compile("^(Sent|Seen)$"))).to_be_attached(timeout=STARTED)

    def reload(self) -> None:
        """Load the page again."""
        self.page.reload()

    def warned(self) -> list[str]:
        """What the frame has warned of in its console, where the page notes it (`tests.browser.between`)."""
        warned: list[str] = self.frame.locator("html").evaluate("() => warned")
        return warned


class Agent:
    """Somebody at the console."""

    def __init__(self, context: BrowserContext) -> None:
        self.page: Page = context.new_page()
        self.page.goto("/agent/")

    @property
    def chats(self) -> Locator:
        """The list of chats."""
        return self.page.get_by_role("list", name="Chats")

    @property
    def log(self) -> Locator:
        """What was said in the chat that is open."""
        return self.page.get_by_role("log", name="Conversation")

    @property
    def composer(self) -> Locator:
        """Where one writes."""
        return self.page.get_by_role("textbox", name="Message")

    def ready(self) -> Agent:
        """Until the console has signed in and shows its list."""
        expect(self.chats.first).to_be_attached(timeout=STARTED)
        return self

    def chat(self, text: str) -> Locator:
        """The chat in the list whose last line is this."""
        return self.page.get_by_role("button").filter(has_text=text).first

    def open(self, text: str) -> Agent:
        """Open the chat whose last line is this."""
        self.chat(text).click(timeout=STARTED)
        self.sees(text)
        return self

    def say(self, text: str) -> Agent:
        """Write something and send it."""
        self.composer.fill(text)
        self.page.get_by_role("button", name="Send", exact=True).click()
        return self

    def said(self, text: str) -> Locator:
        """A message in the log."""
        return self.log.get_by_role("listitem").filter(has_text=text)

    def sees(self, text: str) -> None:
        """Wait until this stands in the log, once."""
        expect(self.said(text)).to_have_count(1, timeout=STARTED)


# What they have to wait for


def held_back(page: Page, address: re.Pattern[str]) -> list[Route]:
    """Requests for an address wait until they are continued."""
    waiting: list[Route] = []
    page.route(address, lambda route: waiting.append(route))  # noqa: PLW0108 (Playwright marks what it is given)
    return waiting
