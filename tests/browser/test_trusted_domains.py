"""The chat on trusted domains only: what an administrator does, and what a foreign site and its visitors get."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.browser.conftest import NewContext, Site
from tests.browser.people import Agent, Visitor

QUEUED = """
  window.liveChat = function () { (liveChat.q ??= []).push(arguments) }
  window.answers = []
  liveChat('init', '00000000-0000-4000-8000-000000000001', (error, result) => answers.push(error?.code ?? result))
"""


def foreign_page(site: Site, visitor: NewContext, referrers: str = "origin") -> Page:
    """A page of another name, which still leads here, with the snippet on it."""
    page = visitor().new_page()
    page.goto(f"http://foreign.localhost:{urlsplit(site.url).port}/healthz")
    page.add_script_tag(content=QUEUED)
    page.evaluate(
        """([src, referrerPolicy]) => new Promise(resolve => {
          const script = document.createElement('script')
          document.head.append(Object.assign(script, { referrerPolicy, src, onload: resolve }))
        })""",
        [f"{site.widget_origin}/widget.js", referrers],
    )
    return page


def test_a_foreign_site_gets_no_widget_and_is_told_why(site: Site, visitor: NewContext, agent: NewContext) -> None:
    sam = Agent(agent()).ready()
    sam.page.get_by_role("link", name="Settings").click()
    sam.page.get_by_role("button", name="Trusted domains").click()
    sam.page.get_by_label("Domain, or the address of a page").fill("https://www.shop.example/cups")
    sam.page.keyboard.press("Enter")
    listed = sam.page.get_by_role("list", name="Trusted domains")
    expect(listed.get_by_text("shop.example")).to_be_visible()

    page = foreign_page(site, visitor)
    assert page.evaluate("answers") == ["DOMAIN_NOT_TRUSTED"]
    expect(page.locator("live-chat")).to_have_count(0)

    # Who does not say where they are has a launcher, until it is pressed and the browser leaves the frame out.
    silent = foreign_page(site, visitor, "no-referrer")
    with silent.expect_console_message(lambda message: "none of its trusted domains" in message.text):
        silent.get_by_role("button", name="Open chat").click()
    expect(silent.locator("live-chat")).to_have_count(0)
    assert silent.evaluate("liveChat('show').catch(({ code }) => code)") == "DOMAIN_NOT_TRUSTED"

    shop = Visitor(visitor()).open()
    expect(shop.composer).to_be_visible()

    sam.page.get_by_role("button", name="Remove shop.example").click()
    expect(sam.page.get_by_text("The chat runs on every site.")).to_be_visible()
    expect(foreign_page(site, visitor).get_by_role("button", name="Open chat")).to_be_visible()
