"""A console on a page that only remembers what was painted on it, over a platform in a few dicts."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

from agent_console.app import Console
from agent_console.desk import Ports
from agent_console.kept_files import KeptFile
from agent_console.session import AgentSession
from agent_console.sign_in import Credentials, SignIn
from tests.agent_console.frames_fake import FakeFrames
from tests.agent_console.platform_fake import AT, ME, Desk, agent, chat, message
from tests.fakes import MemoryStorage, settle
from widget.customer_sdk.files import File, Progress
from widget.ui.locale import Locale
from widget.wire.base import Json
from widget.wire.errors import Refused

__all__ = ["FakeOrganization", "FakePage", "FakeUploads", "Stage", "at_work", "reply"]


@dataclass(slots=True)
class FakePage:
    """A page: what is painted on it, what stands in its fields, where the focus is."""

    areas: dict[str, str] = field(default_factory=dict)
    paintings: list[str] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    focused: str = ""
    title: str = ""
    address: str | None = None
    visible: bool = True
    end: bool = True
    phone: bool = False
    dialog: str = ""
    copied: str = ""
    has_clipboard: bool = True
    downloads: list[tuple[str, str]] = field(default_factory=list)
    permission: str = "default"
    chimes: list[str] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    front: str = "list"
    place: str = "chats"

    def paint(self, area: str, markup: str) -> None:
        self.paintings.append(area)
        self.areas[area] = markup

    def arrange(self, *, place: str, talking: bool, details: bool) -> None:
        self.place = place
        self.front = "talk" if talking else "list"

    def entered(self, field: str) -> str:
        return self.fields.get(field, "")

    def checked(self, field: str) -> bool:
        return self.fields.get(field) == "on"

    def enter(self, field: str, text: str, *, caret: int | None = None) -> None:
        self.fields[field] = text

    def caret(self, field: str) -> int:
        return len(self.fields.get(field, ""))

    def focus(self, element: str) -> None:
        self.focused = element

    def at_end(self) -> bool:
        return self.end

    def scroll_to_end(self) -> None:
        self.end = True

    def attended(self) -> bool:
        return self.visible

    def online(self) -> bool:
        return True

    def narrow(self) -> bool:
        return self.phone

    def drawer(self) -> bool:
        return self.phone

    def show_dialog(self, dialog: str, *, visible: bool) -> None:
        self.dialog = dialog if visible else ""

    async def copy(self, text: str) -> bool:
        self.copied = text
        return self.has_clipboard

    def download(self, name: str, text: str) -> None:
        self.downloads.append((name, text))

    def entitle(self, title: str, *, unread: bool) -> None:
        self.title = title

    def in_address(self) -> str | None:
        return self.address

    def go_to(self, where: str | None) -> None:
        self.address = where

    def host(self) -> str:
        return "chat.example"

    def ready_app(self) -> str:
        return "http://localhost:8000/sidebar/"

    def chime(self, arrival: str) -> None:
        self.chimes.append(arrival)

    def notify(self, title: str, text: str, chat_id: str) -> None:
        self.notes.append((title, text))

    def notifications(self) -> str:
        return self.permission

    async def ask_for_notifications(self) -> None:
        self.permission = "granted"


@dataclass(slots=True)
class FakeOrganization:
    """The Configuration API of an organization: answers what the console asks of it, and keeps what it changes."""

    properties: dict[str, Any] = field(default_factory=dict)
    agents: list[dict[str, Any]] = field(default_factory=list)
    groups: list[dict[str, Any]] = field(default_factory=list)
    tags: list[dict[str, Any]] = field(default_factory=list)
    replies: list[dict[str, Any]] = field(default_factory=list)
    bans: list[dict[str, Any]] = field(default_factory=list)
    forms: list[dict[str, Any]] = field(default_factory=list)
    domains: list[str] = field(default_factory=list)
    asked: list[tuple[str, Any]] = field(default_factory=list)
    refuse: dict[str, str] = field(default_factory=dict)

    async def __call__(self, action: str, payload: Any) -> Any:
        self.asked.append((action, payload))
        if action in self.refuse:
            raise Refused(self.refuse[action], f"Refused: {action}")
        answer = getattr(self, f"_{action}", None)
        return {} if answer is None else answer(payload)

    def requests(self, action: str) -> list[Any]:
        """What was asked for by an action."""
        return [payload for asked, payload in self.asked if asked == action]

    def _list_license_properties(self, payload: Any) -> Any:
        return self.properties

    def _update_license_properties(self, payload: Any) -> Any:
        self.properties |= payload["properties"]
        return self.properties

    def _list_agents(self, payload: Any) -> Any:
        return self.agents

    def _list_groups(self, payload: Any) -> Any:
        return self.groups

    def _update_group(self, payload: Any) -> None:
        group = next(group for group in self.groups if group["id"] == payload["id"])
        group |= payload

    def _create_group(self, payload: Any) -> Any:
        self.groups.append({"id": len(self.groups), **payload})
        return {"id": len(self.groups) - 1}

    def _list_tags(self, payload: Any) -> Any:
        return self.tags

    def _create_tag(self, payload: Any) -> None:
        self.tags.append(payload)

    def _list_forms(self, payload: Any) -> Any:
        return self.forms

    def _update_form(self, payload: Any) -> None:
        same = [each for each in self.forms if all(each[name] == payload[name] for name in ("group_id", "type"))]
        self.forms = [*(each for each in self.forms if each not in same), {**payload, "id": "new"}]

    def _list_customer_bans(self, payload: Any) -> Any:
        return self.bans

    def _unban_customer(self, payload: Any) -> None:
        self.bans = [ban for ban in self.bans if ban["customer_id"] != payload["customer_id"]]

    def _list_trusted_domains(self, payload: Any) -> Any:
        return [{"domain": each, "author_id": ME, "created_at": AT % 0} for each in self.domains]

    def _add_trusted_domain(self, payload: Any) -> Any:
        self.domains.append(payload["domain"])
        return payload

    def _remove_trusted_domain(self, payload: Any) -> None:
        self.domains.remove(payload["domain"])

    def _list_canned_responses(self, payload: Any) -> Any:
        return {"canned_responses": self.replies, "found_canned_responses": len(self.replies)}

    def _create_canned_response(self, payload: Any) -> Any:
        self.replies.append(reply(len(self.replies) + 1, payload["text"], *payload["tags"]))
        return self.replies[-1]

    def _update_canned_response(self, payload: Any) -> Any:
        found = next(each for each in self.replies if each["id"] == payload["id"])
        found |= payload
        return found

    def _delete_canned_response(self, payload: Any) -> None:
        self.replies = [each for each in self.replies if each["id"] != payload["id"]]


def reply(reply_id: int, text: str, *names: str) -> dict[str, Any]:
    """A canned reply as the platform has it."""
    by = {"author_id": ME, "created_at": AT % 0, "modified_by": ME, "modified_at": AT % 0}
    return {"id": reply_id, "text": text, "tags": [*names], "group_id": 0, "is_private": False, **by}


@dataclass(slots=True)
class FakeUploads:
    """Files on their way to the platform: each waits until it arrives, or does not."""

    progress: dict[str, Progress] = field(default_factory=dict)
    waiting: dict[str, asyncio.Future[str]] = field(default_factory=dict)

    async def __call__(self, file: File, progress: Progress) -> str:
        self.progress[file.name] = progress
        self.waiting[file.name] = asyncio.get_running_loop().create_future()
        return await self.waiting[file.name]

    def arrive(self, name: str) -> None:
        self.waiting[name].set_result(f"https://chat.example/files/x/{name}")

    def fail(self, name: str, error: Exception) -> None:
        self.waiting[name].set_exception(error)


@dataclass(slots=True)
class FakeKeptFiles:
    """A browser that keeps files; a ``full`` one keeps no more than their names."""

    full: bool = False
    kept: dict[str, tuple[str, KeptFile, File | None]] = field(default_factory=dict)

    def keep(self, agent: str, about: KeptFile, file: File) -> None:
        self.kept[about.id] = agent, about, None if self.full else file

    def forget(self, file_id: str) -> None:
        self.kept.pop(file_id, None)

    async def take_over(self, agent: str) -> list[tuple[KeptFile, File | None]]:
        return [(about, file) for whose, about, file in self.kept.values() if whose == agent]


@dataclass(slots=True)
class FakeWidgets:
    """What is configured for two widgets: their themes, as the server tells them."""

    themes: dict[str, dict[str, Any]] = field(default_factory=lambda: {"shop": {}, "blog": {}})
    asked: list[tuple[str, ...]] = field(default_factory=list)
    refusal: Exception | None = None

    async def __call__(self, verb: str, *path: str, body: Json | None = None) -> Json:
        self.asked.append((verb, *path))
        if self.refusal is not None and verb != "GET":
            raise self.refusal
        if not path:
            return {"widgets": [*self.themes]}
        themes = self.themes[path[0]]
        if verb == "PUT" and body is not None:
            colors = {"--accent": body["accent"], "--paper": body["background"], "--ink": body["text"]}
            themes[path[2]] = {"base": body["base"], "colors": colors}
        elif verb == "DELETE":
            del themes[path[2]]
        return {"themes": {**themes}}


@dataclass(slots=True)
class FakeLanguages:
    """The languages of a page: which one it would be loaded in again, and whether their words can be had."""

    offered: tuple[str, ...] = ("de-DE", "en-US")
    shown: str = "en-US"
    chosen: str | None = None
    can_be_had: bool = True

    async def choose(self, tag: str | None) -> None:
        if not self.can_be_had:
            raise OSError("there is no network")
        self.chosen = tag


@dataclass(slots=True)
class Stage:
    """A console on a fake page over a fake platform."""

    desk: Desk = field(default_factory=Desk)
    page: FakePage = field(default_factory=FakePage)
    tab: MemoryStorage = field(default_factory=MemoryStorage)
    offered: str | None = '{"account_id": "me@example.com", "token": "secret"}'
    frames: FakeFrames = field(default_factory=FakeFrames)
    organization: FakeOrganization = field(default_factory=FakeOrganization)
    uploads: FakeUploads = field(default_factory=FakeUploads)
    widgets: FakeWidgets = field(default_factory=FakeWidgets)
    languages: FakeLanguages = field(default_factory=FakeLanguages)
    kept_files: FakeKeptFiles = field(default_factory=FakeKeptFiles)
    ids: int = 0
    console: Console = field(init=False)

    async def start(self) -> Console:
        self.console = Console(
            who=SignIn(self.tab, self._get),
            new_session=self._session,
            new_configuration=lambda _: self.organization,
            new_upload=lambda _: self.uploads,
            new_widgets=lambda _: self.widgets,
            ports=Ports(
                page=self.page,
                frames=self.frames,
                storage=self.desk.storage,
                kept_files=self.kept_files,
                clock=self.desk.clock,
                languages=self.languages,
                locale=Locale(),
                new_id=self._new_id,
            ),
        )
        self.console.start()
        await settle()
        if self.desk.platform.network.sockets:
            await self.desk.let_in()
        self.paint()
        return self.console

    def _session(self, credentials: Credentials) -> AgentSession:
        return self.desk.new_session()

    def _new_id(self) -> str:
        self.ids += 1
        return f"id-{self.ids}"

    async def _get(self, url: str) -> str | None:
        return self.offered

    def paint(self) -> None:
        self.desk.clock.advance(0)

    def asked(self, action: str) -> dict[str, Any]:
        """What the platform was last asked for."""
        payload: dict[str, Any] = self.desk.platform.socket.last(action)["payload"]
        return payload

    async def go_on(self) -> None:
        await settle()
        self.paint()


async def at_work(**parts: Any) -> Stage:
    """Signed in, with two chats of ours and one that waits."""
    stage = Stage(**parts)
    waiting = chat("C", queue={"position": 1, "wait_time": 60, "queued_at": AT % 2})
    mine = [chat(name, agent(ME), events=[message(name, 1, f"Hello from {name}")]) for name in "AB"]
    stage.desk.platform.add(*mine, waiting)
    await stage.start()
    await stage.go_on()
    return stage
