"""The browser's storage, where it lets us.

A frame whose storage is blocked gets an exception for the mere mention of it. Then everything is kept in this page
only: the chat works, and forgets when the page goes.
"""

import js
from pyodide.ffi import JsException

__all__ = ["BrowserStorage"]


class BrowserStorage:
    """``localStorage``, over a copy in memory that takes over where it fails."""

    def __init__(self) -> None:
        self._memory: dict[str, str] = {}

    def get(self, name: str) -> str | None:
        """The text under a name."""
        try:
            text = js.localStorage.getItem(name)
        except JsException:
            return self._memory.get(name)
        return str(text) if text is not None else self._memory.get(name)

    def set(self, name: str, text: str) -> None:
        """Keep a text: in storage, or when that is full or blocked, in this page."""
        try:
            js.localStorage.setItem(name, text)
            self._memory.pop(name, None)
        except JsException:
            self._memory[name] = text

    def remove(self, name: str) -> None:
        """Forget a text."""
        self._memory.pop(name, None)
        try:
            js.localStorage.removeItem(name)
        except JsException:
            return  # it was never there

    def names(self, start: str) -> list[str]:
        """All names that begin so."""
        try:
            names = [str(js.localStorage.key(i)) for i in range(js.localStorage.length)]
        except JsException:
            names = []
        return [name for name in {*names, *self._memory} if name.startswith(start)]
