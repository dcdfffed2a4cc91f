"""A conversation of years beside one of a few days: how long it takes to open, how it scrolls, what it weighs."""

from __future__ import annotations

from contextlib import closing
from itertools import pairwise
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from bench.conversation import HERE, Desk, our_chat, window_of
from bench.results import Row, row
from tests.browser.conftest import Site
from tests.browser.past import remember

__all__ = ["history"]

LONG = 20_000
SHORT = 200
ROUNDS = 5
SPEED = 240  # pixels a frame: as hard as one can push
SLOW_FRAME = 25  # ms: one of sixty in a second was left out
NEWEST = "The compiled one"

SCROLL = """
  speed => new Promise(done => {
    const scroller = document.querySelector('#scroll')
    watch.frames()
    const up = () => {
      if (document.querySelector('#log .text')?.textContent === 'event 0' && scroller.scrollTop === 0) {
        done(watch.frames())
      } else {
        scroller.scrollBy(0, -speed)
        requestAnimationFrame(up)
      }
    }
    up()
  })
"""


def history(playwright: Playwright, options: dict[str, Any], site: Site) -> dict[str, Row]:
    """The rows: ours is the long one, the baseline the short one."""
    opening: dict[int, list[float]] = {LONG: [], SHORT: []}
    dropped: dict[int, float] = {}
    weight: dict[int, float] = {}
    with closing(playwright.chromium.launch(**options)) as browser:
        contexts = {events: visitor(browser, site, events) for events in opening}
        for _ in range(ROUNDS):
            for events, context in contexts.items():
                page, took = opened(context, site)
                opening[events].append(took)
                page.close()
        for events, context in contexts.items():
            page, _ = opened(context, site)
            dropped[events] = scrolled_to_the_top(page)
            weight[events] = memory(context, page)
            context.close()
    return {
        "history": row(opening[LONG], opening[SHORT]),
        "history_memory": row([weight[LONG]], [weight[SHORT]], "bytes"),
        "history_slow_frames": row([dropped[LONG]], [dropped[SHORT]], "per mille"),
    }


def visitor(browser: Browser, site: Site, events: int) -> BrowserContext:
    """Somebody who has written and heard so much."""
    context = browser.new_context(locale="en-US")
    context.add_init_script(path=HERE / "watch.js")
    page = context.new_page()
    page.goto(window_of(site.widget_origin))
    remember(site.data, our_chat(page, Desk(site)), events)
    page.close()
    return context


def opened(context: BrowserContext, site: Site) -> tuple[Page, float]:
    """The widget's page, and the milliseconds from the navigation until the newest message is painted."""
    page = context.new_page()
    page.goto(window_of(site.widget_origin))
    return page, float(page.evaluate("text => watch.painted(text)", NEWEST))


def scrolled_to_the_top(page: Page) -> float:
    """Scroll to the first message of all. How many in a thousand frames came late."""
    frames: list[float] = page.evaluate(SCROLL, SPEED)
    gaps = [later - earlier for earlier, later in pairwise(frames)]
    return 1000 * sum(gap > SLOW_FRAME for gap in gaps) / len(gaps)


def memory(context: BrowserContext, page: Page) -> float:
    """Bytes that JavaScript and Python hold, in all."""
    devtools = context.new_cdp_session(page)
    devtools.send("HeapProfiler.collectGarbage")
    used = devtools.send("Runtime.getHeapUsage")
    return float(used["usedSize"] + used["embedderHeapUsedSize"] + page.evaluate("watch.python()"))
