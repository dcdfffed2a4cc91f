"""What can be checked of accessibility by machine, on every screen: axe-core finds nothing."""

from __future__ import annotations

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
