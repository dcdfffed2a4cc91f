"""Measure, print the table, and write ``bench/results.json`` and the picture of it, ``docs/measured.svg``."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from bench.baselines import PAGES, baselines
from bench.boot import boot
from bench.conversation import conversation
from bench.history import history
from bench.host import Places, host
from bench.plot import plot
from bench.results import table, write
from bench.sdk import sdk
from tests.browser.conftest import CONFIG, Site
from tools import browser
from tools.setup import ROOT

RESULTS = Path(__file__).with_name("results.json")
PICTURE = ROOT / "docs" / "measured.svg"
WIDGET = "00000000-0000-4000-8000-000000000001"


def main() -> None:
    """All of it: some minutes."""
    found = browser.find()
    if found is None:
        sys.exit(browser.MISSING)
    options = {"executable_path": found.path, "args": CONFIG["browsers"]["chromium"]["args"]}
    with TemporaryDirectory() as data, baselines() as folder, sync_playwright() as playwright:
        site = Site(Path(data))
        try:
            ours = f"{site.widget_origin}/widget/?id={WIDGET}"
            rows = host(playwright, options, Places(site.url, site.widget_origin, folder))
            rows |= boot(playwright, options, ours, {name: f"{folder}/{name}.html" for name in PAGES})
            rows |= conversation(playwright, options, site)
            rows |= history(playwright, options, site)
            rows |= sdk(playwright, options, folder)
        finally:
            site.stop()
    write(rows, RESULTS)
    plot(RESULTS, PICTURE)
    print(table(rows))


main()
