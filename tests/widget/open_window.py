"""The visitor's window on a page that only remembers what is painted, over a small platform."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.fakes import MemoryStorage, settle
from tests.widget.test_session import SmallPlatform, World, new_world
from widget.customer_sdk.files import File, Progress
from widget.rtm.outbox import UploadedFile
from widget.ui.app import ChatWindow
from widget.ui.filling import Kept
from widget.ui.languages import Language
from widget.ui.locale import Locale
from widget.ui.painting import Change
from widget.ui.ports import Files
from widget.wire.base import Json

__all__ = ["OpenWindow"]


class RememberingPage:
    """The screen, the site and the languages."""

    def __init__(self) -> None:
        self.around = ""
        self.rows: dict[str, str] = {}
        self.text = ""
        self.focused = ""
        self.told: list[Json] = []

    def next_frame(self, call: Callable[[], None]) -> None:
        call()

    def paint(self, change: Change) -> None:
        self.around = change.around or self.around
        if change.order is not None:
            self.rows = {row: change.fresh.get(row) or self.rows[row] for row in change.order}

    def composed(self) -> str:
        return self.text

    def compose(self, text: str) -> None:
        self.text = text

    def keep_draft(self, text: str) -> None:
        pass

    def focus_composer(self) -> None:
        pass

    def focus_field(self, field: str, *, instead: bool = False) -> None:
        self.focused = field

    def focus_list(self) -> None:
        pass

    def dress(self, theme: Json | None) -> None:
        pass

    def room(self) -> tuple[float, float]:
        return 10_000, 10_000

    def held(self) -> bool:
        return False

    def scroll_to_start(self) -> None:
        pass

    def in_place(self) -> bool:
        return False

    def attended(self) -> bool:
        return True

    def online(self) -> bool:
        return True

    def tell(self, message: Json) -> None:
        self.told.append(message)

    async def locale(self, language: Language) -> Locale:
        return Locale(language.tag)

    def chosen(self, locale: Locale) -> None:
        pass


class OpenWindow:
    """A window that is open, with a visitor who is connected."""

    def __init__(self, platform: SmallPlatform | None = None, storage: MemoryStorage | None = None) -> None:
        self.page = RememberingPage()
        self.world: World = new_world(platform, storage)
        self.window = ChatWindow(
            session=self.world.session,
            screen=self.page,
            host=self.page,
            clock=self.world.clock,
            locale=Locale(),
            languages=self.page,
            files=Files(self._upload, MemoryStorage(), "uploads"),
            kept=Kept(self.world.storage, "form"),
        )
        self.world.session.watch(self.window.changed)

    async def _upload(self, file: File, progress: Progress) -> UploadedFile:
        return UploadedFile(url=f"https://files/{file.name}", name=file.name)

    async def connected(self) -> OpenWindow:
        """Until the chat is in step with the server."""
        await self.world.connect()
        self.window.show(visible=True)
        return self

    async def says(self, text: str) -> None:
        """The visitor writes something and sends it."""
        self.page.text = text
        self.window.submit()
        await settle(60)

    async def presses(self, action: str, target: str = "") -> None:
        """The visitor presses a button."""
        self.window.act(action, target)
        await settle(60)

    async def hears(self, event: dict[str, Any], author: str = "a") -> str:
        """Somebody says something in the chat. Returns the id of the event."""
        platform, socket = self.world.platform, self.world.network.socket
        stored = platform.store(event, author)
        platform.push(socket, "incoming_event", {"chat_id": "C", "thread_id": "T", "event": stored})
        await settle(60)
        return str(stored["id"])

    async def pushed(self, action: str, payload: Json) -> None:
        """The server tells something."""
        self.world.platform.push(self.world.network.socket, action, payload)
        await settle(60)

    def asked(self, action: str) -> list[Any]:
        """What the server was asked for, of an action."""
        return [frame["payload"] for frame in self.world.network.socket.sent if frame["action"] == action]

    @property
    def log(self) -> str:
        """The rows, as markup."""
        return "".join(self.page.rows.values())
