"""The window while people talk, beside a plain page that does the same in JavaScript (bench/plain.html).

Both sign in to the same server and hear of the same kind of messages; a relay between lets a thousand come at once.
Times are from the moment a frame has come to the first task after the browser's frame that shows it.
"""

from __future__ import annotations

import base64
import json
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
from playwright.sync_api import BrowserContext, Page, Playwright

from bench.relay import Relay, relay
from bench.results import Row, percentile, row
from server.seed import FIRST_AGENT
from tests.browser.conftest import Site

__all__ = ["Desk", "conversation", "opened", "window_of"]

MESSAGES = 60
WARM_UPS = 10
ROUNDS = 5
BURST = 1000
A_FEW_FRAMES = 0.05
"""Seconds within which a message is sent after the last, so that it comes at any time between two frames."""

LIMIT = 60_000  # ms
PAGE_OF_OURS = "--disable-features=LocalNetworkAccessChecks"
"""The plain page comes from here and not from the server, and may still talk to it."""

HERE = Path(__file__).parent
WIDGET = "00000000-0000-4000-8000-000000000001"


class Desk:
    """The agent, who answers over HTTP."""

    def __init__(self, site: Site) -> None:
        token = (site.data / "agent-token").read_text(encoding="utf-8").strip()
        basic = base64.b64encode(f"{FIRST_AGENT}:{token}".encode()).decode()
        self._http = httpx.Client(base_url=site.url, headers={"Authorization": f"Basic {basic}"})

    def ask(self, action: str, payload: dict[str, Any]) -> Any:
        """Ask, and return the answer. Raises httpx.HTTPStatusError when it is refused."""
        answer = self._http.post(f"v3.6/agent/action/{action}", json=payload)
        answer.raise_for_status()
        return answer.json()

    def join(self) -> str:
        """Enter the newest chat, and return its id."""
        chat_id: str = self.ask("list_chats", {"limit": 1})["chats_summary"][0]["id"]
        member = {"chat_id": chat_id, "user_id": FIRST_AGENT, "user_type": "agent", "visibility": "all"}
        self.ask("add_user_to_chat", member | {"ignore_requester_presence": True})
        return chat_id

    def say(self, chat_id: str, text: str) -> None:
        """Send a message."""
        self.ask("send_event", {"chat_id": chat_id, "event": {"type": "message", "text": text, "visibility": "all"}})


def conversation(playwright: Playwright, options: dict[str, Any], site: Site) -> dict[str, Row]:
    """The rows of messages that come one by one, and of those that come all at once."""
    singles: dict[str, list[float]] = {}
    bursts: dict[str, list[float]] = {}
    stops: dict[str, list[float]] = {}
    port = urlsplit(site.url).port or 80
    options = options | {"args": [*options["args"], PAGE_OF_OURS]}
    with relay(port) as network, playwright.chromium.launch(**options) as browser:
        for name, start_chat in PAGES.items():
            context = browser.new_context(locale="en-US")
            with opened(context, f"http://localhost:{network.port}", name) as page:
                desk = Desk(site)
                chat_id = start_chat(page, desk)
                singles[name] = one_by_one(page, desk, chat_id)
                bursts[name], stops[name] = all_at_once(page, desk, chat_id, network)
            context.close()
    p95 = {name: percentile(times, 95) for name, times in singles.items()}
    return {
        "event_to_paint": row(singles["ours"], singles["plain"]),
        "event_to_paint_p95": row([p95["ours"]], [p95["plain"]]),
        "burst": row(bursts["ours"], bursts["plain"]),
        "burst_longest_task": row(stops["ours"], stops["plain"], goal=50),
    }


def one_by_one(page: Page, desk: Desk, chat_id: str) -> list[float]:
    """Milliseconds from frame to paint, for each of some messages."""
    times = [shown(page, [f"single {number}"], desk, chat_id) for number in range(WARM_UPS + MESSAGES)]
    return times[WARM_UPS:]


def all_at_once(page: Page, desk: Desk, chat_id: str, network: Relay) -> tuple[list[float], list[float]]:
    """Milliseconds until all of a burst is painted, and the longest task meanwhile, for each of some bursts."""
    times, stops = [], []
    for number in range(ROUNDS):
        network.hold()
        page.evaluate("watch.longest()")
        times.append(shown(page, [f"burst {number}.{i}" for i in range(BURST)], desk, chat_id, network.release))
        stops.append(float(page.evaluate("watch.longest()")))
    return times, stops


def shown(page: Page, texts: list[str], desk: Desk, chat_id: str, then: Callable[[], None] = lambda: None) -> float:
    """Have texts said, and wait until the last is painted. Milliseconds since the first came."""
    time.sleep(random.uniform(0, A_FEW_FRAMES))
    page.evaluate(f"window.painted = watch.untilPainted({json.dumps(texts[0])}, {json.dumps(texts[-1])}); 0")
    for text in texts:
        desk.say(chat_id, text)
    then()
    return float(page.evaluate("painted"))


# The pages


def our_chat(page: Page, desk: Desk) -> str:
    """Say something in the widget, so that there is a chat, and have the agent join."""
    page.get_by_role("textbox", name="Message").fill("The compiled one")
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_role("listitem").get_by_text("Sent").wait_for(timeout=LIMIT)
    return desk.join()


def plain_chat(page: Page, desk: Desk) -> str:
    """The plain page has a chat by itself."""
    page.get_by_role("listitem").get_by_text("The plain one").wait_for(timeout=LIMIT)
    return desk.join()


PAGES: dict[str, Callable[[Page, Desk], str]] = {"plain": plain_chat, "ours": our_chat}


@contextmanager
def opened(context: BrowserContext, origin: str, name: str) -> Iterator[Page]:
    """A page of this name, watched, with its Python up."""
    context.add_init_script(path=HERE / "watch.js")
    page = context.new_page()
    page.route("**/plain", lambda route: route.fulfill(path=HERE / "plain.html"))
    page.goto(f"{origin}/plain" if name == "plain" else window_of(origin))
    page.locator("html[data-live-chat=ready]").wait_for(state="attached", timeout=LIMIT)
    yield page
    page.close()


def window_of(origin: str) -> str:
    """The address of the widget's window, alone in its page."""
    return f"{origin}/widget/?id={WIDGET}"
