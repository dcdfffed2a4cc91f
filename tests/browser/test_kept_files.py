"""Files that an agent has attached and not sent are there after a reload, once, and in one tab."""

from __future__ import annotations

from playwright.sync_api import FilePayload, Locator, expect

from tests.browser.conftest import NewContext
from tests.browser.people import STARTED, Agent, Visitor

INVOICE: FilePayload = {"name": "invoice.txt", "mimeType": "text/plain", "buffer": b"12 cups"}


def attached(agent: Agent) -> Locator:
    """What is attached in the chat in front."""
    return agent.page.get_by_role("list", name="Attached files").get_by_role("listitem")


def test_what_was_attached_outlives_a_reload_and_is_sent_once(visitor: NewContext, agent: NewContext) -> None:
    shop = Visitor(visitor()).open().say("May I have the invoice?")
    context = agent()
    sam = Agent(context).ready().open("May I have the invoice?")
    sam.page.locator("#files").set_input_files([INVOICE])
    expect(attached(sam)).to_contain_text("invoice.txt")

    also_sam = Agent(context).ready().open("May I have the invoice?")
    expect(also_sam.log.get_by_text("May I have the invoice?")).to_be_visible()
    expect(attached(also_sam)).to_have_count(0)

    sam.page.reload()
    expect(attached(sam.ready())).to_contain_text("invoice.txt", timeout=STARTED)
    sam.page.get_by_role("button", name="Send", exact=True).click()
    expect(shop.log.get_by_role("link", name="invoice.txt")).to_have_count(1, timeout=STARTED)
    sam.page.reload()
    expect(sam.ready().log.get_by_text("invoice.txt")).to_be_visible(timeout=STARTED)
    expect(attached(sam)).to_have_count(0)
