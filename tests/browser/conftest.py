"""The browser tests: a real server, real browsers, set up as playwright.config.json says.

    def test_the_shop_opens(site: Site, visitor: NewContext) -> None:
        page = visitor(viewport="phone").new_page()
        page.goto("/")

A test that fails leaves a picture of each page in test-results/, and shows what the server and the pages' consoles
said; with TRACE=1 in the environment, which slows them down, also a trace (`playwright show-trace`).

In the configuration, port 0 of `use.baseURL` means any free one; times are in milliseconds.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright, Request, expect, sync_playwright
from selenium.webdriver import WebKitGTK

from tests.browser.webkit import screen, started
from tools import browser as browsers
from tools.setup import ROOT

CONFIG: dict[str, Any] = json.loads((ROOT / "playwright.config.json").read_text(encoding="utf-8"))
RESULTS = ROOT / CONFIG["outputDir"]

NewContext = Callable[..., BrowserContext]
"""Opens a browser context, a person of their own: `viewport` names one of the configuration's, other options are
those of Playwright's new_context."""

PAGES = {"compiled": "0", "as-written": "1"}
"""The two forms of the widget's page, `make run`'s and `make dev`'s, each with its AS_WRITTEN."""

SERVER_LINES = 100
"""How much of the server's log is shown with a failed test."""

TRACING = os.environ.get("TRACE") == "1"
"""Whether everything that is done in the pages is noted."""


# The server


class Site:
    """The server, as `livechat-widget serve` starts it, with a folder of its own for what it keeps."""

    def __init__(self, data: Path, page: str = "compiled") -> None:
        self.data = data
        self._as_written = PAGES[page]
        self._port = urlsplit(CONFIG["use"]["baseURL"]).port or free_port()
        self._lines: list[str] = []
        self._ready = threading.Event()
        self.start()

    @property
    def url(self) -> str:
        """The shop's address."""
        return f"http://127.0.0.1:{self._port}/"

    @property
    def widget_origin(self) -> str:
        """The origin of the widget's frame: another site than the shop's, though the same port."""
        return f"http://localhost:{self._port}"

    @property
    def log(self) -> str:
        """All the server has said so far, restarts included."""
        return "".join(self._lines)

    def start(self) -> None:
        """Start it, and wait for the line that says it is ready."""
        self._ready.clear()
        self._process = subprocess.Popen(
            [Path(sys.executable).with_name("livechat-widget"), "serve"],
            cwd=ROOT,
            env=environment(PORT=str(self._port), DATA=str(self.data), AS_WRITTEN=self._as_written),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._reader = threading.Thread(target=self._read, args=[self._process], daemon=True)
        self._reader.start()
        limit = CONFIG["webServer"]["timeout"] / 1000
        if not self._ready.wait(limit) or self._process.poll() is not None:
            self.stop()
            raise RuntimeError(f"the server was not ready within {limit:g} s; it said:\n{self.log}")

    def stop(self) -> None:
        """Ask it to end (SIGTERM), and end it when it does not."""
        self._process.terminate()
        try:
            self._process.wait(CONFIG["webServer"]["gracefulShutdown"] / 1000)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._reader.join()

    def start_over(self) -> None:
        """Start it with nothing in its folder: nobody has ever been here."""
        self.stop()
        shutil.rmtree(self.data)
        self.start()

    def restart(self) -> None:
        """Stop it and start it again: the same address, the same data."""
        self.stop()
        self.start()

    def _read(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout
        with process.stdout as lines:
            for line in lines:
                self._lines.append(line)
                if re.match(r"Ready: http", line):
                    self._ready.set()
        self._ready.set()  # it has ended: nobody need wait any longer


def environment(**changed: str) -> dict[str, str]:
    """This environment without what would make the server another one, and with some variables of ours."""
    kept = {name: value for name, value in os.environ.items() if name not in ("WIDGET_ORIGIN", "AS_WRITTEN")}
    return kept | {"PYTHONUNBUFFERED": "1"} | changed


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test marked `both_pages` runs against both forms of the widget's page, any other against the compiled one.

    PyScript takes long to start: --page as-written has all tests run against it.
    """
    if "site" in metafunc.fixturenames:
        both = PAGES if metafunc.definition.get_closest_marker("both_pages") else ["compiled"]
        chosen = metafunc.config.getoption("page")
        metafunc.parametrize("site", [chosen] if chosen else both, indirect=True, scope="session")


@pytest.fixture(scope="session")
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The running server, one for all tests against one form of the page."""
    server = Site(tmp_path_factory.mktemp("data"), request.param)
    yield server
    server.stop()


@pytest.fixture(autouse=True)
def nothing_is_left_of_a_first_try(request: pytest.FixtureRequest) -> None:
    """A test that is tried again finds the server as the first try did, or it would fail for what that left."""
    if getattr(request.node, "execution_count", 1) > 1 and "site" in request.fixturenames:
        request.getfixturevalue("site").start_over()


# The browser


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The program to start. Never a skip: without a browser these tests have not passed."""
    found = browsers.find()
    if found is None:
        pytest.fail(browsers.MISSING, pytrace=False)
    return found.path


@pytest.fixture(scope="session")
def playwright(chromium: Path) -> Iterator[Playwright]:
    """Playwright itself; after `chromium`, which may have to ask a Playwright of its own."""
    with sync_playwright() as it:
        expect.set_options(timeout=CONFIG["expect"]["timeout"])
        yield it


@pytest.fixture(scope="session")
def browser(playwright: Playwright, chromium: Path) -> Iterator[Browser]:
    """Chromium, without a window."""
    it = playwright.chromium.launch(executable_path=chromium, args=CONFIG["browsers"]["chromium"]["args"])
    yield it
    it.close()


@pytest.fixture(scope="session")
def firefox(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Firefox, without a window.

    The configuration has it keep frames of other sites in one process with the page: what Playwright does by mouse
    and keyboard does not reach a frame in another.
    """
    command = [sys.executable, ROOT / "tests" / "browser" / "firefox.py", other(browsers.FIREFOX)]
    program = tmp_path_factory.mktemp("firefox") / "firefox"
    program.write_text(f'#!/bin/sh\nexec {shlex.join(map(str, command))} "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    preferences = CONFIG["browsers"]["firefox"]["firefoxUserPrefs"]
    it = playwright.firefox.launch(channel="moz-firefox", executable_path=program, firefox_user_prefs=preferences)
    yield it
    it.close()


@pytest.fixture(scope="session")
def display() -> Iterator[str]:
    """A screen that nobody sees."""
    with screen() as name:
        yield name


@pytest.fixture
def webkit(request: pytest.FixtureRequest) -> Iterator[WebKitGTK]:
    """WebKitGTK, on a screen that nobody sees; a picture of it is kept of a test that failed."""
    program = other(browsers.WEBKIT)
    with started(program, request.getfixturevalue("display")) as driver:
        yield driver
        if request.node.stash.get(FAILED, False):
            files = RESULTS / slug(request.node)
            files.mkdir(parents=True, exist_ok=True)
            driver.save_screenshot(str(files / "webkit.png"))


def other(engine: browsers.Engine) -> Path:
    """The program of an engine beside Chromium. Skips the test where the machine has none."""
    found = browsers.find(engine)
    if found is None:
        pytest.skip(engine.missing)
    return found.path


# People


@pytest.fixture
def visitor(request: pytest.FixtureRequest, browser: Browser, site: Site) -> Iterator[NewContext]:
    """Opens contexts for visitors; "/" is the shop."""
    with contexts(request.node, browser, "visitor", site.url) as new:
        yield new


@pytest.fixture
def agent(request: pytest.FixtureRequest, browser: Browser, site: Site) -> Iterator[NewContext]:
    """Opens contexts for agents; "/agent/" is the console, which signs them in by itself."""
    with contexts(request.node, browser, "agent", site.url) as new:
        yield new


@contextmanager
def contexts(node: pytest.Item, browser: Browser, who: str, base_url: str | None = None) -> Iterator[NewContext]:
    """A factory of contexts, all closed at the end of the test, with pictures of them if it failed."""
    opened: list[BrowserContext] = []

    def new(*, viewport: str = "desktop", **options: Any) -> BrowserContext:
        usual = {name: CONFIG["use"][name] for name in ("locale", "timezoneId")}
        named = pythonic(usual | CONFIG["viewports"][viewport])
        context = browser.new_context(**{"base_url": base_url, **named, **options})
        context.set_default_timeout(CONFIG["use"]["actionTimeout"])
        context.set_default_navigation_timeout(CONFIG["use"]["navigationTimeout"])
        if TRACING:
            context.tracing.start(screenshots=True, snapshots=True)
        opened.append(context)
        context.on("request", lambda request: note_whole(request, node))
        listen(context, f"{who}-{len(opened)}", node.stash.setdefault(CONSOLE, []))
        return context

    yield new
    for number, context in enumerate(opened, start=1):
        if context in browser.contexts:  # the test may have closed it
            close(context, failed=node.stash.get(FAILED, False), files=RESULTS / slug(node), name=f"{who}-{number}")
    if not node.get_closest_marker("whole"):
        assert node.stash.get(WHOLE, []) == [], "the image leaves out what this test needed (tools/trim.py)"


def note_whole(request: Request, node: pytest.Item) -> None:
    """Note when a page starts again because its image leaves something out."""
    if request.is_navigation_request() and "whole" in parse_qs(urlsplit(request.url).query, keep_blank_values=True):
        node.stash.setdefault(WHOLE, []).append(request.url)


def listen(context: BrowserContext, name: str, console: list[str]) -> None:
    """Note what the context's pages write to their consoles, and what they fail with."""
    context.on("console", lambda message: console.append(f"{name} {message.type}: {message.text}"))
    context.on("weberror", lambda error: console.append(f"{name} uncaught: {error.error}"))


def close(context: BrowserContext, *, failed: bool, files: Path, name: str) -> None:
    """Close a context; after a failed test keep a picture of each page, and the trace if there is one."""
    if failed:
        for number, page in enumerate(context.pages, start=1):
            page.screenshot(path=files / f"{name}-page-{number}.png")
        if TRACING:
            context.tracing.stop(path=files / f"{name}-trace.zip")
    context.close()


def pythonic(options: dict[str, Any]) -> dict[str, Any]:
    """Playwright's options under the names that they have in Python: `isMobile` is `is_mobile`."""
    return {re.sub(r"[A-Z]", lambda letter: f"_{letter[0].lower()}", name): v for name, v in options.items()}


def slug(node: pytest.Item) -> str:
    """A test's id as the name of a folder."""
    return re.sub(r"[^\w-]+", "-", node.nodeid.removeprefix("tests/browser/")).strip("-")


# What is kept of a test that failed

FAILED = pytest.StashKey[bool]()
CONSOLE = pytest.StashKey[list[str]]()
WHOLE = pytest.StashKey[list[str]]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Note that a test failed, and show with it what the consoles and the server said."""
    report = yield
    if call.when == "call" and report.failed:
        item.stash[FAILED] = True
        console = item.stash.setdefault(CONSOLE, [])
        report.sections.append(("Browser consoles", "\n".join(console)))
        if isinstance(server := getattr(item, "funcargs", {}).get("site"), Site):
            report.sections.append(("Server", "\n".join(server.log.splitlines()[-SERVER_LINES:])))
    return report
