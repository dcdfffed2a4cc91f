"""From navigation to Python ready, ours and the baselines by turns, in Chromium.

Warm: one browser profile that has seen the pages, so files and compiled code are in its caches. Cold: a profile for
each load, and a network as slow as a phone's.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import BrowserContext, CDPSession, Page, Playwright

from bench.results import Row, row

__all__ = ["boot"]

ROUNDS = 7
WARM_UPS = 3
SETTLING = 3000  # ms after a load in which the browser may keep what it has compiled
LIMIT = 120_000  # ms for one load

SLOW_NETWORK = {"offline": False, "latency": 40, "downloadThroughput": 10e6 / 8, "uploadThroughput": 10e6 / 8}
"""10 Mbit/s and 40 ms."""

NOTE_READY = """
  new MutationObserver(() => {
    if (document.documentElement?.dataset.liveChat === 'ready') window.readyAt ??= performance.now()
  }).observe(document, { attributes: true, childList: true, subtree: true })
"""


def boot(playwright: Playwright, options: dict[str, Any], ours: str, baselines: dict[str, str]) -> dict[str, Row]:
    """The rows. ``options`` start the browser; ``ours`` and ``baselines`` are addresses."""
    pages = {"ours": ours, **baselines}
    times = warm(playwright, options, pages)
    rows = {f"boot_warm_{name}": row(times["ours"], times[name]) for name in baselines}
    times, _ = cold(playwright, options, {name: pages[name] for name in ("ours", "packages")}, ROUNDS, slow=True)
    rows["boot_cold_packages"] = row(times["ours"], times["packages"])
    _, sizes = cold(playwright, options, {name: pages[name] for name in ("ours", "bare")}, 1, slow=False)
    return rows | {"boot_bytes": row(sizes["ours"], sizes["bare"], "bytes")}


def warm(playwright: Playwright, options: dict[str, Any], pages: dict[str, str]) -> dict[str, list[float]]:
    """The times of each page, in ms."""
    times: dict[str, list[float]] = {name: [] for name in pages}
    with profile(playwright, options) as context:
        for number in range(WARM_UPS + ROUNDS):
            for name, url in pages.items():
                with opened(context) as page:
                    times[name].append(load(page, url))
                    if number < WARM_UPS:
                        page.wait_for_timeout(SETTLING)
    return {name: series[WARM_UPS:] for name, series in times.items()}


def cold(
    playwright: Playwright, options: dict[str, Any], pages: dict[str, str], rounds: int, *, slow: bool
) -> tuple[dict[str, list[float]], dict[str, list[float]]]:
    """The times of each page, in ms, and the bytes that came over the network."""
    times: dict[str, list[float]] = {name: [] for name in pages}
    sizes: dict[str, list[float]] = {name: [] for name in pages}
    for _ in range(rounds):
        for name, url in pages.items():
            with profile(playwright, options) as context, opened(context) as page:
                network = context.new_cdp_session(page)
                received = count(network)
                if slow:
                    network.send("Network.emulateNetworkConditions", SLOW_NETWORK)
                times[name].append(load(page, url))
                sizes[name].append(sum(received))
    return times, sizes


def count(network: CDPSession) -> list[float]:
    """The bytes of each answer, headers included, from now on."""
    received: list[float] = []
    network.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    network.send("Network.enable")
    return received


def load(page: Page, url: str) -> float:
    """Go to a page and wait for its Python. Milliseconds from the navigation on."""
    page.goto(url)
    page.locator("html[data-live-chat=ready]").wait_for(state="attached", timeout=LIMIT)
    return float(page.evaluate("readyAt"))


@contextmanager
def profile(playwright: Playwright, options: dict[str, Any]) -> Iterator[BrowserContext]:
    """A browser that has seen nothing, with its caches on disk."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        context = playwright.chromium.launch_persistent_context(Path(folder), **options)
        context.add_init_script(NOTE_READY)
        yield context
        context.close()


@contextmanager
def opened(context: BrowserContext) -> Iterator[Page]:
    """A page for one load."""
    page = context.new_page()
    yield page
    page.close()
