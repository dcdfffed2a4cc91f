"""An administrator makes a theme in the console, and a page of the site wears it."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import NewContext
from tests.browser.people import Agent, Visitor
from tests.browser.test_accessibility import violations
from tests.browser.test_live_chat import call


def test_a_theme_that_is_made_in_the_console_is_there_for_the_sites_pages(
    agent: NewContext, visitor: NewContext
) -> None:
    sam = Agent(agent(bypass_csp=True)).ready()  # axe is a script of ours in the page
    sam.page.get_by_role("link", name="Settings").click()
    sam.page.get_by_role("button", name="Themes").click()
    sam.page.get_by_role("button", name="New theme").click()
    sam.page.get_by_label("Name", exact=True).fill("plum")
    sam.page.get_by_label("Accent").fill("#c8a2c8")
    warning = sam.page.get_by_role("listitem").filter(has_text="The accent on the background")
    expect(warning).to_be_visible()
    assert list(violations(sam.page.main_frame)) == []

    warning.get_by_role("button").click()
    expect(sam.page.get_by_text("Everybody can read this.")).to_be_visible()
    sam.page.get_by_role("button", name="Save").click()

    expect(sam.page.get_by_role("button", name="Edit plum")).to_be_visible()
    assert call(Visitor(visitor()).page, "set_theme", "plum")["result"] == {"theme": "plum"}
