"""What the site's own page pays for the chat: bytes, time it stands still, and how soon a click can be typed into."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import BrowserContext, Page, Playwright

from bench.boot import LIMIT, ROUNDS, SETTLING, opened, profile
from bench.results import Row, row
from server.organization import WIDGET_ID
from tools.setup import ready_node

__all__ = ["Places", "host"]

LOADER = "*/widget.js"
"""What a page is left without, to see what it costs."""

ROCKET_CHAT = 2_700
"""Bytes of Rocket.Chat's loader, compressed: a constant, since this bench asks nobody outside this machine."""

WARM_UPS = 3


@dataclass(frozen=True, slots=True)
class Places:
    """Addresses: of the shop, of the widget's origin (another site), and of the folder of the baselines' pages."""

    shop: str
    widget: str
    baselines: str


def host(playwright: Playwright, options: dict[str, Any], places: Places) -> dict[str, Row]:
    """The rows. ``options`` start the browser."""
    return {
        **cost(playwright, options, places.shop),
        **blocking(options, places.shop),
        "click_to_typing": typing(playwright, options, places),
        **stops(playwright, options, places),
    }


# Bytes, requests and storage before anybody wants to chat


def cost(playwright: Playwright, options: dict[str, Any], shop: str) -> dict[str, Row]:
    """What the shop's page loads and stores with the snippet's script, minus without it."""
    ours, plain = (loaded(playwright, options, shop, without=without) for without in ([], [LOADER]))
    bytes_, requests, writes = (a - b for a, b in zip(ours, plain, strict=True))
    return {
        "host_bytes": Row(bytes_, ROCKET_CHAT, round(bytes_ / ROCKET_CHAT, 3), "bytes", goal=3_000),
        "host_requests": Row(requests, 1, None, "requests", goal=1),
        "host_writes": Row(writes, 0, None, "storage writes", goal=0),
    }


def loaded(playwright: Playwright, options: dict[str, Any], shop: str, *, without: list[str]) -> tuple[int, int, int]:
    """Bytes of the bodies as they came over the network, answered requests, and texts in storage."""
    with profile(playwright, options) as context, opened(context) as page:
        network = context.new_cdp_session(page)
        headers: dict[str, int] = {}
        bodies: dict[str, int] = {}

        def answered(event: dict[str, Any]) -> None:
            headers[event["requestId"]] = event["response"]["encodedDataLength"]

        def finished(event: dict[str, Any]) -> None:
            bodies[event["requestId"]] = event["encodedDataLength"] - headers[event["requestId"]]

        network.on("Network.responseReceived", answered)
        network.on("Network.loadingFinished", finished)
        network.send("Network.enable")
        network.send("Network.setBlockedURLs", {"urls": without})
        page.goto(shop, wait_until="networkidle")
        written = page.evaluate("localStorage.length + sessionStorage.length") + len(context.cookies())
        return sum(bodies.values()), len(bodies), written


# How long the shop's page stands still while it loads, by Lighthouse


def blocking(options: dict[str, Any], shop: str) -> dict[str, Row]:
    """Total blocking time with the snippet's script minus without, on the phone that Lighthouse emulates.

    Published for other chats: Crisp 33 ms of main thread, LiveChat 1,116, Intercom 1,433.
    """
    script = Path(__file__).with_name("lighthouse.mjs")
    chromium = [options["executable_path"], json.dumps(["--no-sandbox", *options["args"]])]
    command = [ready_node().node, script, *chromium, shop, LOADER, str(ROUNDS)]
    found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    ours, plain = (median(run["blocked"] for run in found[which]) for which in ("with", "without"))
    tasks, others = (median(run["tasks"] for run in found[which]) for which in ("with", "without"))
    return {
        "host_blocking": Row(round(ours - plain), round(plain), None, "ms", goal=10),
        "host_blocking_tasks": Row(tasks, others, None, "tasks over 50 ms", goal=0),
    }


# From a click to a composer that takes typing

CLICKED = (
    "addEventListener('pointerup', event => { window.clickedAt = performance.timeOrigin + event.timeStamp }, true)"
)
TYPED = "addEventListener('input', event => { window.typedAt ??= performance.timeOrigin + event.timeStamp }, true)"
NOTES = f"{CLICKED}\n{TYPED}"
KEYS = 5000
"""That are pressed until one arrives, at most."""


def typing(playwright: Playwright, options: dict[str, Any], places: Places) -> Row:
    """Ours beside the least that a frame can be, each in a browser that has seen nothing."""
    times: dict[str, list[float]] = {"ours": [], "plain": []}
    for _ in range(ROUNDS):
        for name, url in (("ours", places.shop), ("plain", f"{places.baselines}/plain_host.html")):
            with profile(playwright, options) as context:
                context.add_init_script(NOTES)
                with opened(context) as page:
                    page.goto(url, wait_until="networkidle")
                    times[name].append(click_and_type(context, page))
    return row(times["ours"], times["plain"], goal=100)


def click_and_type(context: BrowserContext, page: Page) -> float:
    """Milliseconds from the end of a click to the first key that arrives in the frame. Keys come until one does.

    The pointer appears on the button and presses at once, as a finger does: no hovering before.
    """
    devices = context.new_cdp_session(page)
    box = page.get_by_role("button", name="Open chat").bounding_box()
    assert box is not None
    where = {"x": box["x"] + 20, "y": box["y"] + 20, "button": "left", "clickCount": 1}
    for kind in ("mousePressed", "mouseReleased"):
        devices.send("Input.dispatchMouseEvent", {"type": kind, **where})
    for _ in range(KEYS // 10):
        for _ in range(10):
            page.keyboard.press("x")
        typed = next((at for frame in page.frames[1:] if (at := frame.evaluate("window.typedAt"))), None)
        if typed is not None:
            return float(typed - page.evaluate("clickedAt"))
    raise TimeoutError(f"none of {KEYS} keys arrived")


# How long the site's page stands still while Python starts in the frame

SNIPPET = """([loader, widget]) => new Promise(resolve => {
  window.liveChat = (...call) => { (liveChat.q ??= []).push(call) }
  liveChat('init', { widgetId: widget, boot: 'click' })
  document.head.append(Object.assign(document.createElement('script'), { src: loader, onload: resolve }))
})"""

WATCH = """() => {
  let last = performance.now()
  window.longest = 0
  const look = () => {
    const now = performance.now()
    longest = Math.max(longest, now - last)
    last = now
    setTimeout(look)
  }
  look()
}"""

FRAME = "address => document.body.append(Object.assign(document.createElement('iframe'), { src: address }))"


def stops(playwright: Playwright, options: dict[str, Any], places: Places) -> dict[str, Row]:
    """The longest stops, with the frame on another site, another origin of the same site, and the page's own origin."""
    shop, widget, blank = places.shop.rstrip("/"), places.widget, f"{places.baselines}/blank.html"
    ours = {
        "host_stop_other_site": (f"{shop}/healthz", widget, 50),
        "host_stop_same_site": (blank, shop, 50),
        "host_stop_same_origin": (f"{widget}/healthz", widget, 300),
    }
    longest: dict[str, list[float]] = {name: [] for name in (*ours, "pyscript")}
    with profile(playwright, options) as context:
        for number in range(WARM_UPS + ROUNDS):
            settle = SETTLING if number < WARM_UPS else 0
            for name, (page, origin, _) in ours.items():
                with standing(context, page, settle) as it:
                    it.evaluate(SNIPPET, [f"{origin}/widget.js", WIDGET_ID])
                    it.evaluate(WATCH)
                    it.evaluate("() => void liveChat('show')")
                    longest[name].append(longest_stop(it))
            with standing(context, blank, settle) as it:
                it.evaluate(WATCH)
                it.evaluate(FRAME, f"{places.baselines}/packages.html")
                longest["pyscript"].append(longest_stop(it))
    baseline = longest["pyscript"][WARM_UPS:]
    return {name: row(longest[name][WARM_UPS:], baseline, goal=goal) for name, (_, _, goal) in ours.items()}


@contextmanager
def standing(context: BrowserContext, url: str, settle: int) -> Iterator[Page]:
    """A page, open for one start, and so many ms longer for the browser to keep what it has compiled."""
    with opened(context) as page:
        page.goto(url)
        yield page
        page.wait_for_timeout(settle)


def longest_stop(page: Page) -> float:
    """Wait for Python in the page's frame; the longest time between two looks at the clock meanwhile, in ms."""
    page.frame_locator("iframe").locator("html[data-live-chat=ready]").wait_for(state="attached", timeout=LIMIT)
    return float(page.evaluate("longest"))
