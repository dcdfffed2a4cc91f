"""How the console stands with its connection, in the one word that is worth saying now."""

from collections.abc import Callable

from agent_console.session import AgentSession
from widget.rtm.ports import Clock
from widget.rtm.state import State
from widget.ui.state import Notice

__all__ = ["Standing"]

UNNOTICED = 2.0
"""Seconds without a connection that are not worth a word."""


class Standing:
    """Remembers since when there is no connection."""

    def __init__(self, clock: Clock, changed: Callable[[], None]) -> None:
        self._clock = clock
        self._changed = changed
        self._lost_at: float | None = None

    def notice(self, session: AgentSession, *, online: bool) -> Notice | None:
        """What is to be said. ``online``: whether the browser believes to have a network."""
        match session.state:
            case State.ENDED:
                return Notice.ENDED
            case State.PAUSED:
                return Notice.PAUSED
            case State.CONNECTED:
                self._lost_at = None
                return Notice.BEHIND if session.error else None
        return self._while_away(session) if online else Notice.OFFLINE

    def _while_away(self, session: AgentSession) -> Notice | None:
        """A drop that mends itself at once is not mentioned."""
        now = self._clock.now()
        if self._lost_at is None:
            self._lost_at = now
            self._clock.call_later(UNNOTICED, self._changed)
        if now - self._lost_at < UNNOTICED:
            return None
        return Notice.RECONNECTING if session.me else Notice.CONNECTING
