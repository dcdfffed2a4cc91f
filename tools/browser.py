"""The browser that the tests drive: one the machine has, else one that is installed for them.

In this order: the system's Chromium or Chrome, the build that Playwright keeps for itself, and, for root on a
machine with apt, the distribution's package.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import sync_playwright

COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),)

MISSING = (
    "There is no browser for the tests: this machine has no Chromium or Chrome, and none could be installed. "
    "Install one of them, then run make again."
)


@dataclass(frozen=True, slots=True)
class Browser:
    """A browser that starts."""

    path: Path
    version: str  # as it says itself: "Chromium 156.0.8078.73"


def find() -> Browser | None:
    """The browser to use, if one is here. Installs nothing."""
    return next(filter(None, map(started, candidates())), None)


def candidates() -> Iterator[Path]:
    """Where a browser may be, the preferred first."""
    for command in COMMANDS:
        if path := shutil.which(command):
            yield Path(path)
    yield from PLACES
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    yield Path(path)


def started(path: Path) -> Browser | None:
    """The browser at `path`, if it runs: a missing library or an empty wrapper shows here."""
    try:
        said = subprocess.run([path, "--version"], capture_output=True, text=True, check=True, timeout=30).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    return Browser(path, said.strip())


def installed() -> Browser | None:
    """A browser that was just installed, by the first way that works."""
    for commands in ways():
        if all(map(succeeds, commands)) and (browser := find()):
            return browser
    return None


def ways() -> Iterator[list[list[str]]]:
    """The ways to install one, each as its commands; says what it tries."""
    print("Installing Playwright's Chromium for the tests ...", flush=True)
    yield [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing the distribution's package chromium for the tests ...", flush=True)
        yield [["apt-get", "update"], ["apt-get", "install", "--yes", "--no-install-recommends", "chromium"]]


def succeeds(command: list[str]) -> bool:
    """Run a command in silence. Whether it went well."""
    return not subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False).returncode


def main() -> None:
    """Make sure that there is a browser, and say which."""
    browser = find() or installed()
    if browser is None:
        sys.exit(MISSING)
    print(f"The browser tests use {browser.version}, {browser.path}.")


if __name__ == "__main__":
    main()
