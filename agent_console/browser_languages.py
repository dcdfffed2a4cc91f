"""The languages that the console's page offers, and the one that the agent has chosen, which this browser keeps."""

import json

import js
from pyodide.ffi import JsException

from widget.rtm.ports import Storage
from widget.ui.languages import LANGUAGES

__all__ = ["BrowserLanguages"]


class BrowserLanguages:
    """``static/language.js`` reads the choice when the page loads; what it has begun with is ``shown``."""

    def __init__(self, storage: Storage) -> None:
        page = js.liveChatLanguage
        self.offered: tuple[str, ...] = tuple(
            json.loads(str(js.document.getElementById("languages").textContent))["whole"]
        )
        self.shown = str(page.tag)
        self._name = str(page.name)
        self._storage = storage

    @property
    def chosen(self) -> str | None:
        """The agent's own choice; None is the browser's language."""
        kept = self._storage.get(self._name)
        return kept if kept in LANGUAGES else None

    async def choose(self, tag: str | None) -> None:
        """Load the page again in a language. Raises OSError, and nothing is changed, when its words cannot be had."""
        if tag is None:
            self._storage.remove(self._name)
        else:
            await self._fetch(tag)
            self._storage.set(self._name, tag)
        js.location.reload()

    async def _fetch(self, tag: str) -> None:
        try:
            await js.liveChatLanguage.load(tag)
        except JsException as error:
            raise OSError(str(error)) from error
