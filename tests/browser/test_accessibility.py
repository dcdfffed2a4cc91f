"""What can be checked of accessibility by machine, on every screen: axe-core finds nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Frame, expect

from tests.browser.conftest import NewContext
from tests.browser.people import Agent, Visitor
from tools.setup import ROOT

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"


def violations(frame: Frame) -> Iterator[str]:
    """What axe has against a document, a line each."""
    frame.evaluate(AXE.read_text(encoding="utf-8"))
    found = frame.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    for violation in found["violations"]:
        places = [node["html"][:120] for node in violation["nodes"]]
        yield f"{violation['id']}: {violation['help']}: {places}"


def window(shop: Visitor) -> Frame:
    """The document inside the frame."""
    return next(frame for frame in shop.page.frames if "/widget/" in frame.url)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_shop_window_and_console_have_no_violations(visitor: NewContext, agent: NewContext, scheme: str) -> None:
    # axe is a script of ours in their pages: their policies would refuse it.
    shop = Visitor(visitor(color_scheme=scheme, bypass_csp=True)).open().wait_for_python()
    sam = Agent(agent(color_scheme=scheme, bypass_csp=True)).ready()
    assert list(violations(shop.page.main_frame)) == []
    assert list(violations(window(shop))) == []

    shop.say(f"In {scheme}, see https://example.com")
    sam.open(f"In {scheme}, see https://example.com").say("An answer")
    shop.sees("An answer")
    expect(sam.said("An answer").get_by_text("Seen")).to_be_attached()

    assert list(violations(window(shop))) == []
    assert list(violations(sam.page.main_frame)) == []
    shop.frame.get_by_role("button", name="Emoji", exact=True).click()
    expect(shop.frame.get_by_role("dialog", name="Emoji")).to_be_visible()
    assert list(violations(window(shop))) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_place_and_dialog_of_the_console_has_no_violations(
    visitor: NewContext, agent: NewContext, scheme: str
) -> None:
    text = f"A question in {scheme}"
    Visitor(visitor()).open().say(text).sent(text)
    sam = Agent(agent(color_scheme=scheme, bypass_csp=True)).ready()
    page = sam.page
    expect(sam.chat(text)).to_be_visible()  # until then there is no connection, and what needs one says so

    def check(what: str) -> None:
        found = list(violations(page.main_frame))
        assert found == [], what

    for place in ("Archives", "Visitors"):
        page.get_by_role("link", name=place).click()
        expect(page.get_by_role("heading", name=place)).to_be_visible()
        check(place)
    page.get_by_role("link", name="Settings").click()
    for part in ("Groups and agents", "Banned visitors", "Trusted domains", "Canned replies"):
        page.get_by_role("button", name=part, exact=True).click()
        expect(page.get_by_role("heading", name=part)).to_be_visible()
        check(part)
    page.get_by_role("button", name="New reply").click()
    expect(page.get_by_role("dialog", name="New canned reply")).to_be_visible()
    check("the form of a reply")
    page.get_by_role("textbox", name="Names").fill(f"#axe-{scheme}")
    page.get_by_role("textbox", name="Text").fill("It is ready")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Chats").click()

    sam.open(text).say("An answer")
    page.get_by_role("button", name="Transfer the chat").click()
    expect(page.get_by_role("dialog", name=re.compile("Transfer the chat"))).to_be_visible()
    check("transfer")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="More", exact=True).click()
    check("more")
    page.get_by_role("button", name="Ban the visitor…").click()
    expect(page.get_by_role("dialog", name=re.compile("^Ban"))).to_be_visible()
    check("ban")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Add a tag").click()
    sam.composer.press_sequentially(f"#axe-{scheme}")
    expect(page.get_by_role("option", name=re.compile(f"#axe-{scheme}"))).to_be_visible()
    check("tags and canned replies")
