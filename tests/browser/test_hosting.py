"""A release on a host that only has files, with the platform elsewhere; and what visitors see of an update."""

from __future__ import annotations

import json
import os
import re
import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Request, Route, expect

from server.settings import Settings
from server.snippet import snippet
from tests.browser.conftest import NewContext, Site
from tests.browser.people import Agent, Visitor
from tools import freeze
from tools.release import write_release
from tools.release_parts import Parts, collect, contents
from tools.setup import ROOT, ready_node

GREETING = "Hello! How can we help?"
NEW_GREETING = "Good morning! What is it?"


def hardly(coding: str, content: bytes) -> bytes:
    """Compression that costs no time: this host sends no compressed copies."""
    return b""


class Host:
    """Files on a port: a site's page, and in the folder ``chat`` a release of the widget."""

    def __init__(self, folder: Path) -> None:
        self.chat = folder / "chat"
        self.missed: list[str] = []
        self._server = ThreadingHTTPServer(("", 0), partial(Files, self, directory=str(folder)))
        port = self._server.server_port
        self.url = f"http://127.0.0.1:{port}/"
        self.widget_origin = f"http://localhost:{port}"
        code = snippet(f"{self.widget_origin}/chat")
        page = f'<!doctype html><title>A site</title><link rel="icon" href="data:,"><h1>A site</h1>{code}'
        (folder / "index.html").write_text(page, encoding="utf-8")
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def put(self, parts: Parts, platform: str) -> None:
        """Put a release in place of what is there."""
        write_release(parts, self.chat, {"api": platform, "accounts": platform}, image=hardly)

    def stop(self) -> None:
        """Serve no more."""
        self._server.shutdown()
        self._server.server_close()


class Files(SimpleHTTPRequestHandler):
    """Python's own file server, which sends the headers that the release lists."""

    def __init__(self, host: Host, *arguments: object, **options: object) -> None:
        self._host = host
        super().__init__(*arguments, **options)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Send a file; its date alone does not tell whether it is another one than a second ago."""
        del self.headers["If-Modified-Since"]
        super().do_GET()

    def end_headers(self) -> None:
        """Add what the release says."""
        listed = json.loads((self._host.chat / "files.json").read_text(encoding="utf-8"))
        for name, value in listed.get(self.path.partition("?")[0].removeprefix("/chat/"), {}).items():
            if name != "Content-Type":
                self.send_header(name, value)
        super().end_headers()

    def send_error(self, *arguments: object, **options: object) -> None:
        """Note what was asked for and is not there."""
        self._host.missed.append(self.path)
        super().send_error(*arguments, **options)  # type: ignore[arg-type]

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def build_1() -> Parts:
    """The widget as it is."""
    return collect()


@pytest.fixture(scope="module")
def build_2(build_1: Parts, tmp_path_factory: pytest.TempPathFactory) -> Parts:
    """The widget with another greeting."""
    project = tmp_path_factory.mktemp("project")
    for folder in (*freeze.PACKAGES, "static", "tools"):
        shutil.copytree(ROOT / folder, project / folder, ignore=shutil.ignore_patterns("__pycache__"))
    changed = [file for file in (project / "widget").rglob("*.py") if GREETING in file.read_text(encoding="utf-8")]
    for file in changed:
        file.write_text(file.read_text(encoding="utf-8").replace(GREETING, NEW_GREETING), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(freeze, "ROOT", project)
        freeze.freeze(project / "frozen", ready_node().node)
    roles = json.loads((project / "frozen" / "manifest.json").read_text(encoding="utf-8"))
    frozen = {name: contents(project / "frozen" / name) for name in roles.values()}
    window = build_1.programs["widget"]
    changed_window = replace(window, page=window.page.replace(GREETING, NEW_GREETING))
    return replace(build_1, programs={**build_1.programs, "widget": changed_window}, frozen=frozen, roles=roles)


@pytest.fixture
def host(tmp_path: Path, build_1: Parts, site: Site) -> Iterator[Host]:
    """A host with the first build, whose platform is our server."""
    # What make has compressed need not be compressed again.
    shutil.copytree(Settings(data=tmp_path).release, tmp_path / "host" / "chat", copy_function=os.link)
    it = Host(tmp_path / "host")
    it.put(build_1, site.url.rstrip("/"))
    yield it
    it.stop()


def complaints(context: BrowserContext) -> list[str]:
    """Errors and warnings in the pages' consoles, from now on."""
    texts: list[str] = []
    context.on("console", lambda message: texts.append(message.text) if message.type in ("error", "warning") else None)
    context.on("weberror", lambda error: texts.append(str(error.error)))
    return texts


def windows(context: BrowserContext) -> list[str]:
    """The documents that the widget's frame loads, from now on."""
    urls: list[str] = []

    def note(request: Request) -> None:
        if request.is_navigation_request() and "/widget/" in request.url:
            urls.append(request.url)

    context.on("request", note)
    return urls


def test_a_visitor_of_a_static_host_chats_with_an_agent(host: Host, visitor: NewContext, agent: NewContext) -> None:
    context = visitor(base_url=host.url)
    complained = complaints(context)
    alex = Agent(agent()).ready()

    ann = Visitor(context).open().wait_for_python()
    ann.say("From a folder of files")
    alex.open("From a folder of files").say("Your files have arrived")

    ann.sees("Your files have arrived")
    assert ann.page.frames[1].url.startswith(f"{host.widget_origin}/chat/widget/index.html?id=")
    assert (complained, host.missed) == ([], [])


REACHES = """async urls => {
  const answers = await Promise.allSettled(urls.map(url => fetch(url, { mode: 'no-cors' })))
  return answers.map(({ status }) => status)
}"""


def test_the_page_of_a_static_host_may_connect_to_its_platform_and_nowhere_else(
    host: Host, site: Site, visitor: NewContext
) -> None:
    ann = Visitor(visitor(base_url=host.url)).open().wait_for_python()

    reaches = ann.page.frames[1].evaluate(REACHES, [f"{site.url}healthz", f"{site.widget_origin}/healthz"])

    assert reaches == ["fulfilled", "rejected"]


def test_a_static_host_starts_python_the_ordinary_way_too(host: Host, visitor: NewContext) -> None:
    context = visitor(base_url=host.url)
    context.route(re.compile("/frozen/"), lambda route: route.abort())

    ann = Visitor(context).open().wait_for_python()
    ann.say("Without the ice")

    ann.sent("Without the ice")
    assert host.missed == []


def test_an_update_reaches_a_visitor_on_the_next_page(
    host: Host, site: Site, build_2: Parts, visitor: NewContext
) -> None:
    context = visitor(base_url=host.url)
    ann = Visitor(context).open().wait_for_python()
    expect(ann.frame.get_by_text(GREETING)).to_be_visible()
    complained, loaded = complaints(context), windows(context)

    host.put(build_2, site.url.rstrip("/"))
    ann.page.reload()
    ann.open().wait_for_python()

    expect(ann.frame.get_by_text(NEW_GREETING)).to_be_visible()
    assert len(loaded) == 1
    assert (complained, host.missed) == ([], [])


def test_a_page_that_was_open_during_an_update_gets_the_new_window(
    host: Host, site: Site, build_2: Parts, visitor: NewContext
) -> None:
    context = visitor(base_url=host.url)
    ann = Visitor(context)
    complained, loaded = complaints(context), windows(context)
    expect(ann.launcher).to_be_visible()

    host.put(build_2, site.url.rstrip("/"))
    ann.open().wait_for_python()
    ann.say("Old page, new window")

    ann.sent("Old page, new window")
    assert len(loaded) == 1
    assert (complained, host.missed) == ([], [])


def test_a_window_that_was_starting_during_an_update_is_of_one_build(
    host: Host, site: Site, build_2: Parts, visitor: NewContext
) -> None:
    ann = Visitor(visitor(base_url=host.url))

    def update(route: Route) -> None:
        host.put(build_2, site.url.rstrip("/"))
        route.continue_()

    ann.page.route(re.compile(r"/frozen/widget"), update, times=1)
    ann.open().wait_for_python()

    expect(ann.frame.get_by_text(GREETING)).to_be_visible()
    assert host.missed == []
