"""From the site's page to the chat: what its messages mean.

A message that is not understood is logged and dropped: the page is not ours, and may be of another version.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from pydantic import BaseModel, JsonValue, ValidationError

from widget.live_chat.commands import Commands, error_json
from widget.rtm.background import begin
from widget.wire.base import Json
from widget.wire.errors import ChatError
from widget.wire.users import Page

__all__ = ["Bridge", "Window"]

log = logging.getLogger(__name__)


class Window(Protocol):
    """The window that the page opens and closes."""

    def show(self, *, visible: bool) -> None:
        """It was opened or closed."""

    def focus(self) -> None:
        """The visitor opened it by hand."""

    def dress(self, theme: Json | None) -> None:
        """It has these colours now."""


class PageMessage(BaseModel):
    """``page``: where the visitor is."""

    url: str
    title: str = ""
    referrer: str = ""


class VisibleMessage(BaseModel):
    """``visible``: the window was opened or closed."""

    visible: bool


class CommandMessage(BaseModel):
    """``command``: something that the page asks and waits for. In a new document it comes again with its ``id``."""

    id: str
    command: str
    argument: object = None


class ThemeMessage(BaseModel):
    """``theme``: the colours that the page wants (``static/theme.js`` reads them)."""

    theme: dict[str, JsonValue] | None


@dataclass(slots=True)
class Bridge:
    """The page's end inside the frame."""

    window: Window
    commands: Commands
    visit: Callable[[Page, str | None], None]
    answer: Callable[[Json], None]

    def hear(self, message: Json) -> None:
        """A message of the page."""
        try:
            match message.get("type"):
                case "page":
                    self._page(PageMessage.model_validate(message))
                case "visible":
                    self.window.show(visible=VisibleMessage.model_validate(message).visible)
                case "focus":
                    self.window.focus()
                case "theme":
                    self.window.dress(ThemeMessage.model_validate(message).theme)
                case "command":
                    begin(self._run(CommandMessage.model_validate(message)))
                case kind:
                    log.warning("The page sent a message of a type we do not know: %r", kind)
        except ValidationError as error:
            log.warning("The page sent a message we cannot read: %s", error)

    def _page(self, page: PageMessage) -> None:
        self.visit(Page(url=page.url, title=page.title or None), page.referrer or None)

    async def _run(self, asked: CommandMessage) -> None:
        try:
            result = await self.commands.run(asked.command, asked.argument, asked.id)
        except ChatError as error:
            self.answer({"type": "result", "id": asked.id, "error": error_json(error)})
        else:
            self.answer({"type": "result", "id": asked.id, "result": result})
