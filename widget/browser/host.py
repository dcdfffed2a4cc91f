"""The site's page around the frame, by the channel that the loader opened.

Messages are JSON texts both ways, so no object of one side is ever held by the other. ::

    page -> frame  {"type": "page", url, title, referrer}  {"type": "visible", visible}  {"type": "focus"}
                   {"type": "command", id, command, argument}  {"type": "theme", theme}
    frame -> page  {"type": "hide"}  {"type": "unread", count, texts, known}  {"type": "known"}
                   {"type": "result", id, result | error}
                   {"type": "state", availability, customer, chat}  {"type": "message", message, thread, author}
                   {"type": "form_submitted", form}
"""

import json
from collections.abc import Callable

import js
from pyodide.ffi import JsProxy, create_proxy

from widget.wire.base import Json

__all__ = ["HostPage"]


class HostPage:
    """The page around us, or nobody when the chat is a page of its own."""

    def __init__(self, hear: Callable[[Json], None]) -> None:
        self._hear = hear
        self._port: JsProxy | None = None
        self._told: dict[str, Json] = {}

    @property
    def embedded(self) -> bool:
        """Whether we are in a frame."""
        return bool(js.window.parent != js.window)

    def connect(self) -> None:
        """Listen to the channel, now or as soon as it is there."""
        if not self._listen() and self.embedded:
            listen = create_proxy(lambda _: self._listen())
            js.window.addEventListener("live-chat:connected", listen)

    def tell(self, message: Json) -> None:
        """Send a message; one that says the same as the last of its type is not sent."""
        kind = str(message["type"])
        if kind in {"unread", "known"} and self._told.get(kind) == message:
            return
        self._told[kind] = message
        if self._port is not None:
            self._port.postMessage(json.dumps(message))

    def _listen(self) -> bool:
        port = js.liveChatPage.port()
        if not port or self._port is not None:  # JavaScript's null is false, and not None
            return False
        self._port = port
        port.onmessage = create_proxy(self._received)
        return True

    def _received(self, event: JsProxy) -> None:
        try:
            message = json.loads(event.data)
        except (TypeError, ValueError):
            return  # not from the loader
        if isinstance(message, dict):
            self._hear(message)
