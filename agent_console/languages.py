"""The language of the console: the browser's, or the one that the agent has chosen for this browser."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from agent_console.page import Page
from widget.rtm.background import begin
from widget.ui.languages import LANGUAGES

__all__ = ["FIELD", "LanguagePage", "Languages", "Speaking"]

FIELD = "language"
"""The field in which a language is chosen."""


class Languages(Protocol):
    """The languages as the page has them; ``agent_console.browser_languages`` implements it."""

    offered: tuple[str, ...]
    """The tags of those in which nothing is left in English."""
    shown: str
    """The tag of the one that the page is in."""

    @property
    def chosen(self) -> str | None:
        """The agent's own choice; None is the browser's language."""

    async def choose(self, tag: str | None) -> None:
        """Load the page again in a language. Raises OSError, and nothing is changed, when its words cannot be had."""


@dataclass(frozen=True, slots=True)
class LanguagePage:
    """The choice. ``failed``: the words of what was chosen could not be had."""

    offered: tuple[str, ...] = ()
    shown: str = ""
    chosen: str | None = None
    busy: bool = False
    failed: bool = False


class Speaking:
    """What the agent does about the language."""

    def __init__(self, page: Page, languages: Languages, changed: Callable[[], None]) -> None:
        self._page = page
        self._languages = languages
        self._changed = changed
        self._busy = False
        self._failed = False

    def shown(self) -> LanguagePage:
        """The choice as it is now."""
        known = self._languages
        return LanguagePage(known.offered, known.shown, known.chosen, self._busy, self._failed)

    def choose(self) -> None:
        """Have the console in the language that stands in the field. All that is being written is kept."""
        if not self._busy:
            self._busy = True
            begin(self._choose(self._page.entered(FIELD)))
            self._changed()

    async def _choose(self, tag: str) -> None:
        try:
            await self._languages.choose(tag if tag in LANGUAGES else None)
            self._failed = False
        except OSError:
            self._failed = True
        finally:
            self._busy = False
            self._changed()
