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
from bench.results import Row, table, write
from bench.sdk import sdk
from tests.browser.conftest import CONFIG, Site
from tools import browser
from tools.setup import ROOT

RESULTS = Path(__file__).with_name("results.json")
PICTURE = ROOT / "docs" / "measured.svg"
WIDGET = "00000000-0000-4000-8000-000000000001"


def main() -> None:
    """All of it, some minutes; or the parts that the command line names."""
    found = browser.find()
    if found is None:
        sys.exit(browser.MISSING)
    options = {"executable_path": found.path, "args": CONFIG["browsers"]["chromium"]["args"]}
    rows: dict[str, Row] = {}
    with TemporaryDirectory() as data, baselines() as folder, sync_playwright() as playwright:
        site = Site(Path(data))
        parts = {
            "host": lambda: host(playwright, options, Places(site.url, site.widget_origin, folder)),
            "boot": lambda: boot(playwright, options, f"{site.widget_origin}/widget/?id={WIDGET}", pages(folder)),
            "conversation": lambda: conversation(playwright, options, site),
            "history": lambda: history(playwright, options, site),
            "sdk": lambda: sdk(playwright, options, folder),
        }
        try:
            if unknown := set(sys.argv[1:]) - parts.keys():
                sys.exit(f"There is no {', '.join(unknown)}; there are {', '.join(parts)}.")
            for part in sys.argv[1:] or parts:
                rows |= parts[part]()
        finally:
            site.stop()
    write(rows, RESULTS)
    plot(RESULTS, PICTURE)
    print(table(rows))


def pages(folder: str) -> dict[str, str]:
    """The addresses of the baselines' pages."""
    return {name: f"{folder}/{name}.html" for name in PAGES}


main()
