"""The agent's other tabs, in a browser: a channel that only pages of this origin are on."""

from collections.abc import Callable

import js
from pyodide.ffi import JsProxy, create_proxy

__all__ = ["BrowserTabs"]


class BrowserTabs:
    """All pages of the console in this browser."""

    def __init__(self) -> None:
        self._channel = js.BroadcastChannel.new("live-chat-agent")

    def tell(self, message: str) -> None:
        """Tell the others."""
        self._channel.postMessage(message)

    def listen(self, heard: Callable[[str], None]) -> None:
        """Call for every text that one of the others tells."""

        def take(event: JsProxy) -> None:
            if isinstance(event.data, str):
                heard(event.data)

        self._channel.onmessage = create_proxy(take)  # for the life of the page, or of whoever listens next
