"""The browser's WebSocket."""

import js
from pyodide.ffi import JsProxy, create_proxy

from widget.rtm.ports import Socket, SocketListener

__all__ = ["BrowserSocket", "open_socket"]

NEVER_OPENED = 1006
"""The close code of a socket that broke (RFC 6455, section 7.1.5)."""


def open_socket(url: str, listener: SocketListener) -> Socket:
    """Begin to open a WebSocket; a failure, also of the address, is told by ``closed``."""
    return BrowserSocket(url, listener)


class BrowserSocket:
    """One WebSocket. Its listeners are JavaScript's to call, so they are kept alive until it is closed."""

    def __init__(self, url: str, listener: SocketListener) -> None:
        self._listener = listener
        self._proxies = {
            "open": create_proxy(lambda _: listener.opened()),
            "message": create_proxy(self._received),
            "close": create_proxy(self._closed),
        }
        self._socket: JsProxy = js.WebSocket.new(url)
        for event, proxy in self._proxies.items():
            self._socket.addEventListener(event, proxy)

    def send(self, text: str) -> None:
        """Send a text; on a socket that is closing it is lost, which ``closed`` will tell."""
        self._socket.send(text)

    def close(self, code: int = 1000) -> None:
        """Close it and listen no more."""
        self._deafen()
        self._socket.close(code)

    def _received(self, event: JsProxy) -> None:
        text = event.data  # each look at it copies it
        if isinstance(text, str):
            self._listener.received(text)

    def _closed(self, event: JsProxy) -> None:
        code, reason = int(event.code), str(event.reason)
        self._deafen()
        self._listener.closed(code, reason)

    def _deafen(self) -> None:
        for event, proxy in self._proxies.items():
            self._socket.removeEventListener(event, proxy)
            proxy.destroy()
        self._proxies = {}
