"""What the page asks by ``liveChat``, and the messages around it."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.fakes import settle
from widget.live_chat.bridge import Bridge
from widget.live_chat.commands import Commands
from widget.rtm.conversation import Entry
from widget.wire.base import Json
from widget.wire.errors import CommandError, Refused
from widget.wire.events import Message
from widget.wire.users import Page


class FakeChat:
    def __init__(self) -> None:
        self.sent: list[str] = []

    async def deliver(self, text: str) -> Entry:
        if text == "refuse me":
            raise Refused("validation")
        self.sent.append(text)
        return Entry("T", Message(id="T_1", created_at=datetime(2026, 5, 3, 9, tzinfo=UTC), text=text))


class FakeWindow:
    def __init__(self) -> None:
        self.done: list[str] = []

    def show(self, *, visible: bool) -> None:
        self.done.append("show" if visible else "hide")

    def focus(self) -> None:
        self.done.append("focus")


class Site:
    """The site's page, and the frame's end of its channel."""

    def __init__(self) -> None:
        self.chat, self.window = FakeChat(), FakeWindow()
        self.answers: list[Json] = []
        self.visits: list[tuple[Page, str | None]] = []
        visit = lambda page, referrer: self.visits.append((page, referrer))  # noqa: E731
        self.bridge = Bridge(self.window, Commands(self.chat), visit, self.answers.append)

    async def ask(self, argument: Any, command: str = "send") -> Json:
        self.bridge.hear({"type": "command", "id": 1, "command": command, "argument": argument})
        await settle()
        (answer,) = self.answers
        return answer


async def test_send_answers_with_the_message_as_the_server_has_it() -> None:
    answer = await Site().ask({"type": "BASIC", "message": "Hello"})

    message = {"id": "T_1", "type": "BASIC", "moment": "2026-05-03T09:00:00.000000Z", "content": {"text": "Hello"}}
    assert answer == {"type": "result", "id": 1, "result": {"message": message, "threadId": "T"}}


@pytest.mark.parametrize(
    "argument",
    [
        None,
        "Hello",
        7,
        [],
        {},
        {"type": "BASIC"},
        {"type": "BASIC", "message": ""},
        {"type": "BASIC", "message": 7},
        {"type": "SHOUT", "message": "Hello"},
        {"type": "BASIC", "message": "x" * 4097},
        {"type": "BASIC", "message": "Hello", "colour": "red"},
    ],
)
async def test_a_wrong_argument_is_refused_with_what_to_do_and_nothing_is_sent(argument: Any) -> None:
    site = Site()

    error = (await site.ask(argument))["error"]

    assert isinstance(error, dict)
    assert error["code"] == "INVALID_ARGUMENT"
    assert error["message"]
    assert "liveChat('send'" in str(error["hint"])
    assert site.chat.sent == []


async def test_the_platforms_refusal_reaches_the_page() -> None:
    answer = await Site().ask({"type": "BASIC", "message": "refuse me"})

    assert isinstance(answer["error"], dict)
    assert answer["error"]["code"] == "VALIDATION"


async def test_a_command_nobody_knows_is_refused() -> None:
    answer = await Site().ask(None, command="dance")

    assert isinstance(answer["error"], dict)
    assert answer["error"]["code"] == "UNKNOWN_COMMAND"


def test_the_page_opens_closes_and_moves() -> None:
    site = Site()

    site.bridge.hear({"type": "visible", "visible": True})
    site.bridge.hear({"type": "focus"})
    site.bridge.hear({"type": "visible", "visible": False})
    site.bridge.hear({"type": "page", "url": "https://shop/mugs", "title": "Mugs", "referrer": ""})

    assert site.window.done == ["show", "focus", "hide"]
    assert site.visits == [(Page(url="https://shop/mugs", title="Mugs"), None)]


@pytest.mark.parametrize(
    "message", [{}, {"type": "teleport"}, {"type": "visible"}, {"type": "page"}, {"type": "command"}]
)
def test_messages_that_make_no_sense_are_dropped(message: Json) -> None:
    site = Site()

    site.bridge.hear(message)

    assert (site.window.done, site.answers) == ([], [])


def test_a_command_error_says_what_to_do() -> None:
    error = CommandError("CODE", "What went wrong.", "What to do.")

    assert (error.code, error.message, error.hint) == ("CODE", "What went wrong.", "What to do.")
