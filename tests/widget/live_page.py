"""A site's page with a chat behind it: the whole of ``widget.live_chat`` over a small platform."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.fakes import settle, until
from tests.widget.test_session import SmallPlatform, World, new_world
from widget.customer_sdk.files import File, Progress
from widget.live_chat.attachments import Uploads
from widget.live_chat.bridge import Bridge
from widget.live_chat.commands import Commands
from widget.live_chat.news import News
from widget.rtm.ports import HttpResponse
from widget.wire.base import Json
from widget.wire.users import Page

__all__ = ["FakeUploads", "FakeWindow", "LivePage"]


@dataclass
class FakeWindow:
    """A window that notes what is done to it."""

    composed: str = ""
    done: list[str] = field(default_factory=list)
    theme: Json | None = None
    language: str = "en-US"

    def show(self, *, visible: bool) -> None:
        self.done.append("show" if visible else "hide")

    def focus(self) -> None:
        self.done.append("focus")

    def dress(self, theme: Json | None) -> None:
        self.theme = theme

    def offer_draft(self, text: str) -> bool:
        if self.composed:
            return False
        self.composed = text
        return True

    def show_threads(self) -> None:
        self.done.append("threads")

    def show_thread(self, thread_id: str) -> None:
        self.done.append(f"thread {thread_id}")

    def show_new_thread(self) -> None:
        self.done.append("new thread")

    async def set_language(self, tag: str) -> str:
        self.language = tag
        return tag


@dataclass
class FakeUploads:
    """A server that takes files, or says why not."""

    answer: HttpResponse | OSError = field(
        default_factory=lambda: HttpResponse(200, '{"url": "https://files/1/note.txt"}')
    )
    bodies: list[bytes] = field(default_factory=list)

    async def __call__(self, verb: str, url: str, headers: Mapping[str, str], body: bytes | None) -> HttpResponse:
        self.bodies.append(body or b"")
        if isinstance(self.answer, OSError):
            raise self.answer
        return self.answer

    async def send_file(self, url: str, headers: dict[str, str], file: File, progress: Progress) -> HttpResponse:
        """A file of the browser's."""
        progress(0.5)
        return await self("POST", url, headers, file.name.encode())


class LivePage:
    """The site's page, and the frame's end of its channel."""

    def __init__(self, platform: SmallPlatform | None = None) -> None:
        self.world: World = new_world(platform)
        self.session = self.world.session
        self.platform = self.world.platform
        self.window, self.server = FakeWindow(), FakeUploads()
        self.told: list[Json] = []
        self.visits: list[tuple[Page, str | None]] = []
        self._calls = 0
        uploads = Uploads("https://api/upload", self.session.token, self.server, self.server.send_file)
        self.commands = Commands.of(self.session, self.window, uploads, self.window, "widget")
        self.bridge = Bridge(self.window, self.commands, self._visit, self.told.append)
        self.session.watch(self.commands.context.changed)
        self.session.watch(News(self.session, self.told.append).changed)

    def _visit(self, page: Page, referrer: str | None) -> None:
        self.visits.append((page, referrer))

    def call(self, command: Any, argument: Any = None, call_id: str | None = None) -> str:
        """Call a command. Returns the id of the call."""
        self._calls += 1
        call_id = call_id or f"call-{self._calls}"
        self.bridge.hear({"type": "command", "id": call_id, "command": command, "argument": argument})
        return call_id

    def answers(self, call_id: str) -> list[Any]:
        """What came back for a call."""
        return [m for m in self.told if m["type"] == "result" and m["id"] == call_id]

    async def ask(self, command: str, argument: Any = None, call_id: str | None = None) -> Any:
        """Call a command and wait for its answer."""
        call_id = self.call(command, argument, call_id)
        await until(lambda: bool(self.answers(call_id)), self.world.open_sockets)
        return self.answers(call_id)[-1]

    async def refused(self, command: str, argument: Any = None) -> str:
        """Call a command that is refused. Returns the code."""
        answer = await self.ask(command, argument)
        assert "result" not in answer
        assert answer["error"]["message"]
        assert answer["error"]["hint"]
        return str(answer["error"]["code"])

    async def connected(self) -> LivePage:
        """Until the chat is in step with the server."""
        await self.world.connect()
        return self

    async def settled(self) -> LivePage:
        """Until nothing moves."""
        await settle(60)
        return self

    def messages(self) -> list[Any]:
        """What the page was told of messages."""
        return [m for m in self.told if m["type"] == "message"]

    def sent(self, action: str) -> list[Any]:
        """The payloads of an action."""
        return [f["payload"] for f in self.world.network.socket.sent if f["action"] == action]

    def dump(self) -> str:
        """All that the page was told, as JSON."""
        return json.dumps(self.told)
