"""The frozen start, and what happens without it, in the three engines that browsers are made of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol

import pytest
from selenium.webdriver import WebKitGTK

from server.app import create_app, prepare
from server.settings import Settings
from tests.browser.between import Fate, flipped, gone, stand_between
from tests.browser.conftest import contexts
from tests.browser.people import Visitor
from tests.browser.webkit import WebKitVisitor
from tests.server.platform import RunningServer

IMAGE = re.compile(r"^/widget/assets/frozen/widget")


class Someone(Protocol):
    """A visitor, in whichever browser."""

    def open(self) -> Someone: ...
    def wait_for_python(self) -> Someone: ...
    def say(self, text: str) -> Someone: ...
    def type(self, text: str) -> Someone: ...
    def sees(self, text: str) -> None: ...
    def sent(self, text: str) -> None: ...
    def reload(self) -> None: ...
    def warned(self) -> list[str]: ...


Serve = Callable[..., RunningServer]
Arrive = Callable[[RunningServer], Someone]


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Starts a server that fates befall; `as_written` for the page as written."""
    with ExitStack() as running:

        def start(*fates: Fate, as_written: bool = False) -> RunningServer:
            settings = Settings(data=tmp_path / "var", port=0, as_written=as_written)
            prepare(settings)
            server = RunningServer(settings, stand_between(create_app(settings), *fates))
            running.callback(server.stop)
            return server

        yield start


@pytest.fixture(params=["chromium", "firefox", "webkit"])
def arrive(request: pytest.FixtureRequest) -> Iterator[Arrive]:
    """Brings a visitor to the shop of a server."""
    if request.param == "webkit":
        driver: WebKitGTK = request.getfixturevalue("webkit")
        yield lambda server: WebKitVisitor(driver, f"http://127.0.0.1:{server.port}/")
        return
    browser = request.getfixturevalue("browser" if request.param == "chromium" else "firefox")
    with contexts(request.node, browser, "visitor") as new:
        yield lambda server: Visitor(new(base_url=f"http://127.0.0.1:{server.port}/"))


def converse(server: RunningServer, ann: Someone) -> None:
    """A visitor asks while the chat is still starting, and an agent answers."""
    sam = server.agent()
    ann.open().say("Is it glazed inside?")
    ann.wait_for_python().sent("Is it glazed inside?")

    chat = sam.told("incoming_chat")["chat"]
    assert [event["text"] for event in chat["thread"]["events"]] == ["Is it glazed inside?"]
    sam.say(chat["id"], "Yes, in white.")
    ann.sees("Yes, in white.")


def test_the_frozen_start_carries_a_conversation_through_a_reload(serve: Serve, arrive: Arrive) -> None:
    server = serve()
    ann = arrive(server)

    converse(server, ann)
    assert ann.warned() == []
    ann.reload()

    ann.sees("Is it glazed inside?")
    ann.sees("Yes, in white.")


@pytest.mark.parametrize("change", [gone, flipped])
def test_without_the_image_the_same_conversation_starts_the_slow_way(
    serve: Serve, arrive: Arrive, change: Callable[[bytes], bytes | None]
) -> None:
    server = serve(Fate(IMAGE, change))
    ann = arrive(server)

    converse(server, ann)

    (line,) = ann.warned()
    assert line.startswith("The chat starts the slow way: ")


def test_who_opens_the_window_can_type_at_once(serve: Serve, arrive: Arrive) -> None:
    ann = arrive(serve()).open().wait_for_python()

    ann.type("Without a click")

    ann.sent("Without a click")


def test_the_page_as_written_starts_too(serve: Serve, arrive: Arrive) -> None:
    server = serve(as_written=True)

    converse(server, arrive(server))
