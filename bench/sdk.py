"""Our Customer SDK in the browser's Python beside customer-sdk 4.0.2 in the same browser, on the same server.

Both use the platform's own addresses, which stand for this machine here, and speak TLS as they do there. LiveChat's
package is fetched for it, as for the tests; it is not kept.
"""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Route

from bench.conversation import PAGE_OF_OURS
from bench.relay import Relay, relay
from bench.results import Row
from server.app import prepare
from server.limits import Allowance
from server.settings import Settings
from tests.real_sdks.conftest import install
from tests.real_sdks.tls import TlsDoor, make_certificate
from tests.server.platform import RunningServer
from tools.setup import ROOT
from widget.wire.ids import new_event_id

__all__ = ["sdk"]

PACKAGE = "@livechat/customer-sdk==4.0.2 ws==8.18.3"
SCRIPT = "node_modules/@livechat/customer-sdk/dist/customer-sdk.js"

ROUNDS = 5
TRIPS = 30
"""Events that are sent one after the other in a round."""

BURST = 1000
"""Pushes that come at once."""

MANY = 10_000
LIMIT = 120_000  # ms, for anything
SETTLED = 30.0
"""Seconds that the server may take to hand a burst to the network."""

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Chatting:
    """A page with a client in it that is in a chat."""

    page: Page
    chat: str
    thread: str
    customer: str


def sdk(playwright: Playwright, options: dict[str, Any], folder: str) -> dict[str, Row]:
    """The rows; none where LiveChat's package cannot be had. ``folder`` is the address of the runtime's files."""
    try:
        script = install(PACKAGE) / SCRIPT
    except pytest.skip.Exception as error:
        print(error)
        return {}
    trips: dict[str, list[float]] = {"theirs": [], "ours": []}
    rates: dict[str, list[float]] = {"theirs": [], "ours": []}
    with platform() as (server, network), browser(playwright, options, network) as chromium, ExitStack() as pages:
        both = {name: pages.enter_context(chatting(chromium, folder, name, script)) for name in trips}
        for number in range(1 + ROUNDS):  # the first to warm up
            for name, it in both.items():
                trip, rate = median(it.page.evaluate("trips", [it.chat, TRIPS])), burst(server, network, it)
                if number:
                    trips[name].append(trip)
                    rates[name].append(rate)
        before, after = memory(server, network, both["ours"])
    return {
        "send_event_round_trip": beside(trips["ours"], trips["theirs"], "ms", digits=2),
        "pushes_per_second": more(rates["ours"], rates["theirs"], "pushes/s"),
        "memory_10000_pushes": beside([after[0]], [before[0]], "bytes"),
        "memory_10000_pushes_objects": beside([after[1]], [before[1]], "Python objects"),
    }


def beside(values: list[float], baselines: list[float], unit: str, digits: int = 0) -> Row:
    """Ours and its baseline; less is better."""
    value, baseline = median(values), median(baselines)
    return Row(round(value, digits), round(baseline, digits), round(value / baseline, 3), unit)


def more(values: list[float], baselines: list[float], unit: str) -> Row:
    """Ours and its baseline where more is better: the ratio is how many times ours the baseline is."""
    value, baseline = median(values), median(baselines)
    return Row(round(value), round(baseline), round(baseline / value, 3), unit)


@contextmanager
def platform() -> Iterator[tuple[RunningServer, Relay]]:
    """A server that refuses nobody for being fast, behind TLS and a network that can be held."""
    unlimited = (
        patch("server.rtm.Allowance", partial(Allowance, burst=1e9)),
        patch("server.connections.FRAMES_WAITING", 10 * BURST),
    )
    with TemporaryDirectory(ignore_cleanup_errors=True) as data, ExitStack() as running:
        for each in unlimited:
            running.enter_context(each)
        settings = Settings(data=Path(data), port=0, as_written=True)
        prepare(settings)
        server = RunningServer(settings)
        running.callback(server.stop)
        door = running.enter_context(TlsDoor(server.port, make_certificate(Path(data))))
        yield server, running.enter_context(relay(door.port))


@contextmanager
def browser(playwright: Playwright, options: dict[str, Any], network: Relay) -> Iterator[Browser]:
    """Chromium, for which the platform's names stand for this machine."""
    names = f"--host-resolver-rules=MAP *.livechatinc.com 127.0.0.1:{network.port}"
    args = [*options["args"], names, PAGE_OF_OURS, "--js-flags=--expose-gc"]
    with playwright.chromium.launch(**{**options, "args": args}) as chromium:
        yield chromium


@contextmanager
def chatting(chromium: Browser, folder: str, name: str, script: Path) -> Iterator[Chatting]:
    """A page of theirs or of ours, with a chat begun."""
    context = chromium.new_context(ignore_https_errors=True)
    context.add_init_script(path=HERE / "sdk.js")
    page = context.new_page()
    serve(context, script)
    page.goto(f"{folder}/sdk_{name}.html")
    page.wait_for_function("window.ready", timeout=LIMIT)
    page.evaluate("ready")
    begun = page.evaluate("startChat()")
    yield Chatting(page, begun["chat"], begun["thread"], begun["customer"])
    context.close()


def serve(context: BrowserContext, script: Path) -> None:
    """The pages are of the same origin as the runtime's files, and are not among them."""
    bodies: dict[str, Callable[[], bytes]] = {
        "sdk_ours.html": (HERE / "sdk_ours.html").read_bytes,
        "sdk_ours.py": (HERE / "sdk_ours.py").read_bytes,
        "sdk_theirs.html": (HERE / "sdk_theirs.html").read_bytes,
        "customer-sdk.js": script.read_bytes,
        "widget.zip": widget,
    }
    types = {"html": "text/html; charset=utf-8", "js": "text/javascript", "py": "text/plain", "zip": "application/zip"}
    for name, body in bodies.items():
        content_type = types[name.rpartition(".")[2]]
        context.route(f"**/files/{name}", answer(body, content_type))


def answer(body: Callable[[], bytes], content_type: str) -> Callable[[Route], None]:
    """Answers a request."""
    return lambda route: route.fulfill(body=body(), content_type=content_type)


def widget() -> bytes:
    """The package ``widget``, as a zip file."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as zipped:
        for file in sorted((ROOT / "widget").rglob("*.py")):
            zipped.write(file, file.relative_to(ROOT))
    return packed.getvalue()


# Pushes


def burst(server: RunningServer, network: Relay, it: Chatting) -> float:
    """Let so many pushes come at once; how many a second the client has told its listener."""
    it.page.evaluate(f"window.heardAll = hear({BURST}); 0")
    network.hold()
    say(server, it, BURST)
    network.release()
    return BURST / (float(it.page.evaluate("heardAll")) / 1000)


def say(server: RunningServer, it: Chatting, count: int) -> None:
    """Push so many messages of an agent's, and wait until the network has them."""
    for number in range(count):
        event = {
            "id": new_event_id(it.thread, number + 10),
            "created_at": "2026-01-01T00:00:00.000000Z",
            "type": "message",
            "text": f"Message {number}: we have three of them left, in green and in blue.",
            "author_id": "b5657aff34dd32e198160d54666df9d8",
            "visibility": "all",
            "properties": {},
        }
        server.tell(it.customer, "incoming_event", {"chat_id": it.chat, "thread_id": it.thread, "event": event})
    deadline = time.monotonic() + SETTLED
    while server.frames_waiting() and time.monotonic() < deadline:
        time.sleep(0.01)
    time.sleep(0.2)  # and the relay, what has been written


def memory(server: RunningServer, network: Relay, it: Chatting) -> tuple[tuple[float, float], tuple[float, float]]:
    """What the page holds before and after very many pushes: bytes of JavaScript and Python, and objects of Python."""
    devtools = it.page.context.new_cdp_session(it.page)

    def held() -> tuple[float, float]:
        devtools.send("HeapProfiler.collectGarbage")
        used = devtools.send("Runtime.getHeapUsage")
        python = it.page.evaluate("python()")
        return float(used["usedSize"] + used["embedderHeapUsedSize"] + python["bytes"]), float(python["objects"])

    before = held()
    for _ in range(MANY // BURST):
        burst(server, network, it)
    return before, held()
