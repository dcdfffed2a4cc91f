"""The areas of the page: each is painted when it shows something else than before, and only then."""

from collections.abc import Callable
from typing import TypeVar

from agent_console.page import Page
from widget.ui.locale import Locale

__all__ = ["Areas"]

S = TypeVar("S")


class Areas:
    """Remembers what each area shows."""

    def __init__(self, page: Page, locale: Locale) -> None:
        self._page = page
        self._locale = locale
        self._painted: dict[str, object] = {}

    def forget(self) -> None:
        """The page is a new one."""
        self._painted.clear()

    def put(self, area: str, state: S, view: Callable[[S, Locale], object]) -> None:
        """Have an area show a state."""
        if area not in self._painted or self._painted[area] != state:
            self._painted[area] = state
            self._page.paint(area, str(view(state, self._locale)))
