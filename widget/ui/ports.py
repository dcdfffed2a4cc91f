"""What the window needs of whatever it runs in: a page to be painted on, a site around it, and languages."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from widget.rtm.ports import Storage
from widget.ui.languages import Language
from widget.ui.locale import Locale
from widget.ui.painting import Change
from widget.ui.uploads import Send
from widget.wire.base import Json

__all__ = ["Files", "Host", "Languages", "Screen"]


class Screen(Protocol):
    """The page that the window is painted on."""

    def next_frame(self, call: Callable[[], None]) -> None:
        """Call before the screen is drawn next; soon, when nobody sees it."""

    def paint(self, change: Change) -> None:
        """Change what is there."""

    def composed(self) -> str:
        """What stands in the composer."""

    def compose(self, text: str) -> None:
        """Put a text into the composer."""

    def focus_composer(self) -> None:
        """Let the visitor write."""

    def focus_field(self, field: str, *, instead: bool = False) -> None:
        """Let the visitor fill something in; ``instead``: only if the focus was in the composer, or nowhere."""

    def focus_list(self) -> None:
        """Let the visitor choose a conversation."""

    def dress(self, theme: Json | None) -> None:
        """Have these colours; None: the usual ones."""

    def room(self) -> tuple[float, float]:
        """Pixels that can be scrolled up and down; without end where nothing is drawn."""

    def held(self) -> bool:
        """Whether something in the log is selected or has the focus, so that no row may go."""

    def scroll_to_start(self) -> None:
        """Show the first row that is there."""

    def in_place(self) -> bool:
        """Whether the log stands further up, where the visitor left it on an earlier page."""

    def attended(self) -> bool:
        """Whether the page itself is in front."""

    def online(self) -> bool:
        """Whether the browser believes to have a network."""

    def keep_draft(self, text: str) -> None:
        """Keep what is being written for the next page."""


class Host(Protocol):
    """The site's page around the frame."""

    def tell(self, message: Json) -> None:
        """Send it a message."""


class Languages(Protocol):
    """The languages that the window can be in."""

    async def locale(self, language: Language) -> Locale:
        """The words and formats of a language. Raises OSError when they cannot be had."""

    def chosen(self, locale: Locale) -> None:
        """The window is in this language from now on, on the visitor's next pages too."""


@dataclass(frozen=True, slots=True)
class Files:
    """Where files go: ``send`` gets one to the server; ``names``, which lives as long as the tab, has under ``name``
    those that are still on their way."""

    send: Send
    names: Storage
    name: str
