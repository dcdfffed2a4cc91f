"""The frames of the sidebar in a browser; ``static/console_frames.js`` makes them."""

import json
from collections.abc import Callable

import js
from pyodide.ffi import create_proxy

from widget.wire.base import Json

__all__ = ["BrowserFrames"]


class BrowserFrames:
    """Sandboxed frames on this page."""

    def __init__(self) -> None:
        self._script = js.consoleFrames

    def listen(self, heard: Callable[[str, str, str], None], loaded: Callable[[str], None]) -> None:
        """Call ``heard`` for what a frame posts, ``loaded`` when it has loaded."""
        self._script.listen(create_proxy(heard), create_proxy(loaded))  # for the life of the page

    def open(self, app_id: str, url: str, title: str) -> None:
        """Make a frame that goes to an address."""
        self._script.open(app_id, url, title)

    def close(self, app_id: str) -> None:
        """Remove a frame, and with it whatever runs in it."""
        self._script.close(app_id)

    def show(self, app_id: str | None) -> None:
        """Show one frame, or none."""
        self._script.show(app_id or "")

    def post(self, app_id: str, data: Json, origin: str) -> None:
        """Post to a frame, if what is in it is of this origin."""
        self._script.post(app_id, json.dumps(data), origin)

    def origin_of(self, url: str) -> str:
        """The origin of an app's address; ``null`` for one on the console's own, whose frame has none."""
        return "null" if self._script.isOurs(url) else str(js.URL.new(url).origin)

    def has_focus(self) -> bool:
        """Whether the agent is in one of the frames now."""
        return bool(self._script.hasFocus())

    def theme(self) -> str:
        """How the console looks."""
        return str(self._script.theme())

    def language(self) -> str:
        """The language that the console is in."""
        return str(js.document.documentElement.lang)
