"""Emoji in both composers: fetched when they are wanted, chosen by keys and by the pointer, put where the caret is."""

from __future__ import annotations

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from tests.browser.conftest import NewContext
from tests.browser.people import Agent, Visitor

EMOJI = "**/emoji*"


def open_emoji(where: Page | FrameLocator) -> None:
    """Press the button, and wait for what it opens."""
    where.get_by_role("button", name="Emoji", exact=True).click()
    expect(where.get_by_role("dialog", name="Emoji")).to_be_visible()


@pytest.mark.both_pages
def test_a_visitor_puts_an_emoji_where_the_caret_is(visitor: NewContext) -> None:
    shop = Visitor(visitor()).open().wait_for_python()
    fetched: list[str] = []
    shop.page.on("request", lambda request: fetched.append(request.url))
    shop.composer.fill("Hi!")
    shop.composer.press("ArrowLeft")
    assert not [url for url in fetched if "emoji" in url]

    shop.page.context.route(EMOJI, lambda route: route.abort())
    shop.frame.get_by_role("button", name="Emoji", exact=True).click()
    expect(shop.frame.get_by_role("alert").filter(has_text="could not be loaded")).to_be_visible()
    shop.page.context.unroute(EMOJI)

    open_emoji(shop.frame)
    shop.page.keyboard.press("Escape")
    expect(shop.frame.get_by_role("dialog", name="Emoji")).to_have_count(0)
    expect(shop.composer).to_be_focused()

    open_emoji(shop.frame)
    expect(shop.frame.get_by_role("searchbox", name="Search emoji")).to_be_focused()
    shop.page.keyboard.type("party pop")
    expect(shop.frame.get_by_role("option")).to_have_count(1)
    shop.page.keyboard.press("Enter")
    expect(shop.composer).to_have_value("Hi🎉!")
    expect(shop.composer).to_be_focused()
    shop.page.keyboard.press("Enter")
    shop.sees("Hi🎉!")


def test_an_agent_finds_them_by_arrows_and_what_is_chosen_belongs_to_the_draft(
    visitor: NewContext, agent: NewContext
) -> None:
    Visitor(visitor()).open().say("It has arrived").sent("It has arrived")
    sam = Agent(agent()).ready().open("It has arrived")
    sam.composer.fill("Well done ")

    open_emoji(sam.page)
    sam.page.keyboard.type("thumbs")
    sam.page.keyboard.press("ArrowDown")
    expect(sam.page.get_by_role("option", name="thumbs up", exact=True)).to_be_focused()
    sam.page.keyboard.press("ArrowRight")
    expect(sam.page.get_by_role("option", name="thumbs down", exact=True)).to_be_focused()
    sam.page.keyboard.press("ArrowLeft")
    sam.page.keyboard.press("Enter")
    expect(sam.composer).to_have_value("Well done 👍")
    sam.page.reload()
    expect(sam.ready().composer).to_have_value("Well done 👍")  # it is a part of the draft
