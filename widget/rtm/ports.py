"""What the core needs from the world, as protocols: a socket, HTTP, storage, a clock.

``widget.browser`` implements them over the browser, tests with fakes, scripts on CPython with ``websockets`` and
``httpx``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

__all__ = ["Clock", "Http", "HttpResponse", "OpenSocket", "Socket", "SocketListener", "Storage", "Timer"]


class SocketListener(Protocol):
    """Who is told what happens to a socket. After ``closed`` nothing more is told."""

    def opened(self) -> None:
        """The socket can send."""

    def received(self, *texts: str) -> None:
        """Text frames have come, in this order."""

    def closed(self, code: int, reason: str) -> None:
        """The socket is gone; also when it could not be opened."""


class Socket(Protocol):
    """A WebSocket that is opening or open."""

    def send(self, text: str) -> None:
        """Send a text frame."""

    def close(self, code: int = 1000) -> None:
        """Close it, and tell its listener nothing more."""


class OpenSocket(Protocol):
    """Opens WebSockets."""

    def __call__(self, url: str, listener: SocketListener) -> Socket:
        """Begin to open a socket. Never raises: a failure is told by ``closed``."""


@dataclass(frozen=True, slots=True)
class HttpResponse:
    """An answer of whatever status."""

    status: int
    text: str


class Http(Protocol):
    """Requests over HTTP."""

    async def post(self, url: str, body: str, headers: Mapping[str, str], *, credentials: bool) -> HttpResponse:
        """Post a text. ``credentials``: cookies go along. Raises OSError when no answer came."""


class Storage(Protocol):
    """Texts by name that outlive the page, where the browser lets them; it never raises."""

    def get(self, name: str) -> str | None:
        """The text kept under a name."""

    def set(self, name: str, text: str) -> None:
        """Keep a text."""

    def remove(self, name: str) -> None:
        """Forget a text."""


class Timer(Protocol):
    """A call that has been put off."""

    def cancel(self) -> None:
        """Do not call any more."""


class Clock(Protocol):
    """Time, in seconds."""

    def now(self) -> float:
        """A clock that never goes back."""

    def call_later(self, delay: float, call: Callable[[], None]) -> Timer:
        """Call once, after ``delay`` seconds."""
