"""An administrator writes forms in the console, visitors fill them in, and agents read what they answered."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewContext, Site
from tests.browser.people import STARTED, Agent, Visitor
from tests.browser.test_accessibility import violations


@pytest.fixture(autouse=True)
def no_form_is_left(site: Site) -> Iterator[None]:
    """Other tests begin their chats with a message."""
    yield
    site.start_over()


def edit(page: Page, form: str) -> None:
    """Open the dialog of a form."""
    page.get_by_role("link", name="Settings").click()
    page.get_by_role("button", name="Forms").click()
    page.get_by_role("button", name=f"Edit: {form}").click()
    expect(page.get_by_role("dialog")).to_be_visible()


def save(page: Page) -> None:
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_text("Shown", exact=True)).to_be_visible()


def test_a_form_is_written_filled_in_by_keyboard_and_read(agent: NewContext, visitor: NewContext) -> None:
    sam = Agent(agent(bypass_csp=True)).ready()  # axe is a script of ours in the page
    edit(sam.page, "Before a chat")
    sam.page.get_by_label("Another question").select_option(label="List to choose from")
    sam.page.get_by_role("button", name="Add", exact=True).click()
    question = sam.page.get_by_role("list", name="Questions").get_by_role("listitem").last
    expect(question.get_by_role("textbox", name="Question")).to_be_focused()
    sam.page.keyboard.type("What is it about?")
    sam.page.get_by_role("button", name="Save").click()
    expect(question.get_by_text("Write at least two choices")).to_be_visible()
    question.get_by_role("textbox", name="Choices").fill("An order\nA return")
    question.get_by_label("Must be answered").check()
    sam.page.get_by_role("button", name="Move up: What is it about?").press("Enter")
    expect(sam.page.get_by_role("button", name="Move up: What is it about?")).to_be_focused()
    assert list(violations(sam.page.main_frame)) == []
    save(sam.page)

    mary = Visitor(visitor(bypass_csp=True)).open()
    name = mary.frame.get_by_role("textbox", name="Your name")
    expect(name).to_be_focused(timeout=STARTED)
    mary.page.keyboard.type("Mary")
    mary.page.keyboard.press("Enter")
    about = mary.frame.get_by_role("combobox", name="What is it about?")
    expect(about).to_be_focused()
    expect(about).to_have_accessible_description("Please answer this.")
    mary.page.keyboard.type("A r")  # a list goes to what is typed
    mary.page.keyboard.press("Tab")
    mary.page.keyboard.type("mary@nowhere")
    mary.reload()
    mary.open()
    address = mary.frame.get_by_role("textbox", name="Your e-mail address")
    expect(address).to_have_value("mary@nowhere", timeout=STARTED)
    expect(about).to_have_value("1")
    address.press("Enter")
    expect(address).to_be_focused()
    expect(address).to_have_accessible_description("Enter an e-mail address, like name@example.com.")
    frame = next(each for each in mary.page.frames if each.parent_frame is not None)
    assert list(violations(frame)) == []
    address.fill("mary@example.com")
    address.press("Enter")
    expect(mary.composer).to_be_focused()
    mary.type("It is broken")
    mary.sent("It is broken")

    sam.page.get_by_role("link", name="Chats").first.click()
    sam.open("It is broken")
    sam.sees("A return")
    expect(sam.page.get_by_role("heading", name="Mary").first).to_be_visible()


def test_who_comes_when_nobody_is_there_leaves_a_message_that_agents_find(
    agent: NewContext, visitor: NewContext
) -> None:
    sam = Agent(agent()).ready()
    edit(sam.page, "When nobody is there")
    save(sam.page)
    sam.page.close()

    mary = Visitor(visitor()).open()
    mary.frame.get_by_role("textbox", name="Your name").fill("Mary", timeout=STARTED)
    mary.frame.get_by_role("textbox", name="Your e-mail address").fill("mary@example.com")
    mary.frame.get_by_role("textbox", name="Your message").fill("Do you ship to Norway?")
    mary.frame.get_by_role("button", name="Send", exact=True).click()
    expect(mary.frame.get_by_text("Thank you. We have your message")).to_be_visible()
    mary.sent("Do you ship to Norway?")

    kim = Agent(agent()).ready()
    kim.open("Do you ship to Norway?")
