"""What the window says about its connection, in the one notice that is worth it now."""

from collections.abc import Callable

from widget.customer_sdk.session import ChatSession
from widget.rtm.ports import Clock
from widget.rtm.state import State
from widget.ui.state import Notice

__all__ = ["Noticing"]

UNNOTICED = 2.0
"""Seconds of lost connection that are not worth a word."""


class Noticing:
    """Remembers since when there is no connection."""

    def __init__(self, session: ChatSession, clock: Clock, changed: Callable[[], None]) -> None:
        self._session = session
        self._clock = clock
        self._changed = changed
        self._lost_at: float | None = None

    def notice(self, *, online: bool) -> Notice | None:
        """What is to be said. ``online``: whether the browser believes to have a network."""
        session = self._session
        match session.state:
            case State.ENDED:
                return Notice.ENDED
            case State.PAUSED:
                return Notice.PAUSED
            case State.CONNECTED:
                self._lost_at = None
                return Notice.BEHIND if session.error else None
            case State.IDLE:
                return None
        return self._while_away() if online else Notice.OFFLINE

    def _while_away(self) -> Notice | None:
        """A drop that mends itself at once is not mentioned."""
        now = self._clock.now()
        if self._lost_at is None:
            self._lost_at = now
            self._clock.call_later(UNNOTICED, self._changed)
        if now - self._lost_at < UNNOTICED:
            return Notice.CONNECTING
        return Notice.RECONNECTING if self._session.customer_id is not None else Notice.UNREACHABLE
