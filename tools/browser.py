"""The browsers that the tests drive: those the machine has, else ones that are installed for them.

Chromium is needed. Firefox and WebKitGTK show that the chat starts in other engines too
(tests/browser/test_engines.py); where they cannot be had, those tests are left out, and a sentence says so.

A browser is looked for among the system's, then, Chromium only, where Playwright keeps its own. It is installed by
Playwright, Chromium only, then, for root on a machine with apt, as the distribution's package.
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


@dataclass(frozen=True, slots=True)
class Engine:
    """A kind of browser: what its program is called, and the distribution's packages that bring it."""

    name: str
    commands: tuple[str, ...]
    packages: tuple[str, ...]
    places: tuple[Path, ...] = ()
    beside: tuple[str, ...] = ()  # other programs it takes to run it
    asked: str = "--version"  # what it answers when it can start

    @property
    def missing(self) -> str:
        """The sentence for a machine without it."""
        return (
            f"The tests in {self.name} are left out: this machine does not have it, and it could not be installed "
            f"(root on Debian: apt-get install {' '.join(self.packages)})."
        )


CHROMIUM = Engine(
    "Chromium",
    ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
    ("chromium",),
    places=(Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),),
)
FIREFOX = Engine(
    "Firefox",
    ("firefox-esr", "firefox"),
    ("firefox-esr",),
    places=(Path("/Applications/Firefox.app/Contents/MacOS/firefox"),),
)
WEBKIT = Engine(
    "WebKitGTK",
    ("WebKitWebDriver",),
    ("webkit2gtk-driver", "xvfb"),
    beside=("Xvfb",),  # it has no mode without a screen
    asked="--help",
)

MISSING = (
    "There is no browser for the tests: this machine has no Chromium or Chrome, and none could be installed. "
    "Install one of them, then run make again."
)


@dataclass(frozen=True, slots=True)
class Browser:
    """A browser that starts."""

    path: Path
    version: str  # as it says itself: "Chromium 156.0.8078.73"


def find(engine: Engine = CHROMIUM) -> Browser | None:
    """The browser to use, if one is here. Installs nothing."""
    if not all(map(shutil.which, engine.beside)):
        return None
    return next(filter(None, (started(path, engine.asked) for path in candidates(engine))), None)


def candidates(engine: Engine) -> Iterator[Path]:
    """Where a browser may be, the preferred first."""
    for command in engine.commands:
        if path := shutil.which(command):
            yield Path(path)
    yield from engine.places
    if engine is CHROMIUM:
        with sync_playwright() as playwright:
            kept = playwright.chromium.executable_path
        yield Path(kept)


def started(path: Path, asked: str = "--version") -> Browser | None:
    """The browser at `path`, if it runs: a missing library or an empty wrapper shows here."""
    try:
        said = subprocess.run([path, asked], capture_output=True, text=True, check=True, timeout=30).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    return Browser(path, said.strip() if asked == "--version" else path.name)


def installed(engine: Engine = CHROMIUM) -> Browser | None:
    """A browser that was just installed, by the first way that works."""
    for commands in ways(engine):
        if all(map(succeeds, commands)) and (browser := find(engine)):
            return browser
    return None


def ways(engine: Engine) -> Iterator[list[list[str]]]:
    """The ways to install one, each as its commands; says what it tries."""
    if engine is CHROMIUM:
        print("Installing Playwright's Chromium for the tests ...", flush=True)
        yield [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"Installing {engine.name} for the tests, as the distribution's package ...", flush=True)
        yield [["apt-get", "update"], ["apt-get", "install", "--yes", "--no-install-recommends", *engine.packages]]


def succeeds(command: list[str]) -> bool:
    """Run a command in silence. Whether it went well."""
    return not subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False).returncode


def main() -> None:
    """Make sure that there is a browser, and say which; with --all, Firefox and WebKitGTK where they can be had."""
    others = (FIREFOX, WEBKIT) if "--all" in sys.argv[1:] else ()
    for engine in (CHROMIUM, *others):
        browser = find(engine) or installed(engine)
        if browser is not None:
            print(f"The browser tests use {browser.version}, {browser.path}.")
        elif engine is CHROMIUM:
            sys.exit(MISSING)
        else:
            print(engine.missing)


if __name__ == "__main__":
    main()
