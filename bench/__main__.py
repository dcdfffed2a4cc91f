"""Measure, print the table and write ``bench/results.json``."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from bench.baselines import PAGES, baselines
from bench.boot import boot
from bench.results import table, write
from tests.browser.conftest import CONFIG, Site
from tools import browser

RESULTS = Path(__file__).with_name("results.json")
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
            rows = boot(playwright, options, ours, {name: f"{folder}/{name}.html" for name in PAGES})
        finally:
            site.stop()
    write(rows, RESULTS)
    print(table(rows))


main()
