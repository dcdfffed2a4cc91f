"""Storage, as the page has it: the frame's own, or what the site's page keeps for it (``static/stored.js``)."""

import js

__all__ = ["BrowserStorage"]


class BrowserStorage:
    """Texts by name that outlive the page, where the browser lets them; ``for_tab``: but not the tab."""

    def __init__(self, *, for_tab: bool = False) -> None:
        page = js.liveChatPage
        self._stored = page.storedForTab if for_tab else page.stored

    def get(self, name: str) -> str | None:
        """The text under a name."""
        text = self._stored.get(name)
        return text if isinstance(text, str) else None  # JavaScript's null is not None

    def set(self, name: str, text: str) -> None:
        """Keep a text."""
        self._stored.set(name, text)

    def remove(self, name: str) -> None:
        """Forget a text."""
        self._stored.remove(name)

    def names(self, start: str) -> list[str]:
        """All names that begin so."""
        return [str(name) for name in self._stored.names(start)]
