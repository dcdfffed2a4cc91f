"""The browser's WebSocket.

A call from the browser into Python costs more than most frames do, and a socket that wakes up may bring a thousand at
once. So the browser collects them with a function of its own, ``push`` of an array, and calls Python with the first of
them only. Python then takes what has come, turn after turn, until there is nothing, and waits to be called again.
"""

import asyncio

import js
from pyodide.ffi import JsProxy, create_proxy

from widget.rtm.ports import Socket, SocketListener

__all__ = ["BrowserSocket", "open_socket"]


def open_socket(url: str, listener: SocketListener) -> Socket:
    """Begin to open a WebSocket; a failure, also of the address, is told by ``closed``."""
    return BrowserSocket(url, listener)


class BrowserSocket:
    """One WebSocket. Its listeners are JavaScript's to call, so they are kept alive until it is closed."""

    def __init__(self, url: str, listener: SocketListener) -> None:
        self._listener = listener
        self._events = js.Array.new()
        self._collect = js.Array.prototype.push.bind(self._events)
        self._data_of: JsProxy | None = None
        self._proxies = {
            "open": create_proxy(lambda _: listener.opened()),
            "message": create_proxy(lambda _: self._look()),
            "close": create_proxy(self._closed),
        }
        self._socket: JsProxy = js.WebSocket.new(url)
        self._socket.addEventListener("message", self._collect)
        for event in self._proxies:
            self._listen(event)

    def send(self, text: str) -> None:
        """Send a text; on a socket that is closing it is lost, which ``closed`` will tell."""
        self._socket.send(text)

    def close(self, code: int = 1000) -> None:
        """Close it and listen no more."""
        self._deafen()
        self._socket.close(code)

    def _listen(self, event: str) -> None:
        self._socket.addEventListener(event, self._proxies[event], once=True)

    def _look(self) -> None:
        """Hand over what has come, and look again; when nothing has, wait for the next frame."""
        if not self._proxies:
            return  # closed meanwhile
        if self._events.length:
            asyncio.get_running_loop().call_soon(self._look)
            self._hand_over()
        else:
            self._listen("message")

    def _hand_over(self) -> None:
        events = self._events.splice(0)
        if events.length:
            self._data_of = self._data_of or _getter(events[0], "data")
            data = events.map(self._data_of).to_py()
            self._listener.received(*(text for text in data if isinstance(text, str)))

    def _closed(self, event: JsProxy) -> None:
        code, reason = int(event.code), str(event.reason)
        self._hand_over()
        if self._proxies:  # unless what was handed over made us close it
            self._deafen()
            self._listener.closed(code, reason)

    def _deafen(self) -> None:
        self._socket.removeEventListener("message", self._collect)
        for event, proxy in self._proxies.items():
            self._socket.removeEventListener(event, proxy)
            proxy.destroy()
        self._proxies = {}


def _getter(example: JsProxy, name: str) -> JsProxy:
    """The browser's own function that gets a property of whatever is of the example's kind."""
    prototype = js.Object.getPrototypeOf(example)
    return js.Function.prototype.call.bind(js.Object.getOwnPropertyDescriptor(prototype, name).get)
