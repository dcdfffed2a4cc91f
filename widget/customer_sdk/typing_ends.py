"""How long somebody who typed and went silent is shown as typing."""

from collections.abc import Callable

from widget.rtm.ports import Clock, Timer

__all__ = ["TYPING_LASTS", "TypingEnds"]

TYPING_LASTS = 15.0
"""Seconds after which an agent who typed and went silent is no longer shown as typing."""


class TypingEnds:
    """The end of each one's typing, put off whenever they type on."""

    def __init__(self, clock: Clock, stopped: Callable[[str], None]) -> None:
        self._clock = clock
        self._stopped = stopped
        self._timers: dict[str, Timer] = {}

    def types(self, author: str) -> None:
        """Somebody types."""
        if author in self._timers:
            self._timers.pop(author).cancel()
        self._timers[author] = self._clock.call_later(TYPING_LASTS, lambda: self._end(author))

    def _end(self, author: str) -> None:
        self._timers.pop(author, None)
        self._stopped(author)
