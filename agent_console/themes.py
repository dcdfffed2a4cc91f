"""The themes of the widgets: what each is made of, and changing them (``/widgets``, which is this server's own).

Fetched when somebody looks at them.
"""

import json
import re
from dataclasses import dataclass
from typing import Final, Protocol
from urllib.parse import quote

from agent_console.deeds import Deeds
from widget.platform_sdk.requests import Fetch, read_answer
from widget.ui.colors import Chosen
from widget.wire.base import Json, JsonValue
from widget.wire.errors import NotConnected

__all__ = ["BUILT_IN", "COLOR", "MOST", "NAME", "AskWidgets", "Theme", "Themes", "ThemesPage", "WidgetsApi"]

BUILT_IN: Final = ("auto", "dark", "light")
"""Names that every widget has (``server/themes.py``)."""

MOST: Final = 50
"""Themes of a widget, at most."""

NAME: Final = re.compile(r"[\w -]{1,64}")
COLOR: Final = re.compile(r"#[0-9a-fA-F]{6}")

_LIST, _SAVE, _DELETE = "list_themes", "save_theme", "delete_theme"


class AskWidgets(Protocol):
    """Asks what is configured for widgets, or changes it."""

    async def __call__(self, verb: str, *path: str, body: Json | None = None) -> Json:
        """The answer. Raises ChatError."""


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme of a widget."""

    name: str
    chosen: Chosen


@dataclass(frozen=True, slots=True)
class ThemesPage:
    """The themes of one widget. ``known``: the server has told them."""

    widgets: tuple[str, ...] = ()
    widget: str = ""
    themes: tuple[Theme, ...] = ()
    known: bool = False
    may_change: bool = False
    busy: bool = False


@dataclass(frozen=True, slots=True)
class WidgetsApi:
    """Asks the server over HTTP, for one agent; ``authorization`` is the value of that header."""

    fetch: Fetch
    platform: str
    authorization: str

    async def __call__(self, verb: str, *path: str, body: Json | None = None) -> Json:
        """The answer. Raises Refused, NotConnected."""
        url = f"{self.platform}/widgets/{'/'.join(quote(step, safe='') for step in path)}"
        headers = {"Authorization": self.authorization, "Content-Type": "application/json"}
        content = None if body is None else json.dumps(body).encode()
        try:
            response = await self.fetch(verb, url, headers, content)
        except OSError as error:
            raise NotConnected(f"No answer from {url}: {error}") from error
        answer = read_answer(response)
        return answer if isinstance(answer, dict) else {}


class Themes:
    """``widget`` is the one whose themes these are; ``known``: they have been told."""

    def __init__(self, ask: AskWidgets, deeds: Deeds) -> None:
        self.widgets: tuple[str, ...] = ()
        self.widget = ""
        self.all: tuple[Theme, ...] = ()
        self.known = False
        self._ask = ask
        self._deeds = deeds

    @property
    def busy(self) -> bool:
        """Whether a change is under way."""
        return bool({(_SAVE, ""), (_DELETE, "")} & self._deeds.busy)

    def theme(self, name: str) -> Theme | None:
        """The theme of a name."""
        return next((theme for theme in self.all if theme.name == name), None)

    def load(self) -> None:
        """Somebody looks at them."""
        self._deeds.attempt(_LIST, "", self._load)

    def turn_to(self, widget: str) -> None:
        """Look at those of another widget."""
        if widget in self.widgets and widget != self.widget:
            self.widget, self.all, self.known = widget, (), False
            self.load()

    def save(self, theme: Theme, former: str | None = None) -> None:
        """Configure a theme; ``former`` is what it was called, and is gone when it has another name now."""
        self._deeds.attempt(_SAVE, "", lambda: self._save(theme, former))

    def delete(self, name: str) -> None:
        """Have a theme no longer."""
        self._deeds.attempt(_DELETE, "", lambda: self._delete(name))

    # Private

    async def _load(self) -> None:
        told = (await self._ask("GET")).get("widgets")
        self.widgets = tuple(each for each in told if isinstance(each, str)) if isinstance(told, list) else ()
        if self.widget not in self.widgets:
            self.widget = self.widgets[0] if self.widgets else ""
        if self.widget:
            self._take(await self._ask("GET", self.widget, "themes"))

    async def _save(self, theme: Theme, former: str | None) -> None:
        chosen = theme.chosen
        body: Json = {
            "base": chosen.base, "accent": chosen.accent, "background": chosen.paper, "text": chosen.ink
        }  # fmt: skip
        self._take(await self._ask("PUT", self.widget, "themes", theme.name, body=body))
        if former is not None and former != theme.name:
            await self._delete(former)

    async def _delete(self, name: str) -> None:
        self._take(await self._ask("DELETE", self.widget, "themes", name))

    def _take(self, answer: Json) -> None:
        themes = answer.get("themes")
        read = (_theme(name, value) for name, value in sorted(themes.items())) if isinstance(themes, dict) else ()
        self.all, self.known = tuple(theme for theme in read if theme is not None), True


def _theme(name: str, value: JsonValue) -> Theme | None:
    """A theme as the server tells it; None for one that cannot be read."""
    colors = value.get("colors") if isinstance(value, dict) else None
    base = value.get("base") if isinstance(value, dict) else None
    if not isinstance(colors, dict) or base not in ("light", "dark"):
        return None
    accent, paper, ink = (colors.get(each) for each in ("--accent", "--paper", "--ink"))
    if not all(isinstance(each, str) and COLOR.fullmatch(each) for each in (accent, paper, ink)):
        return None
    return Theme(name, Chosen("dark" if base == "dark" else "light", str(accent), str(paper), str(ink)))
