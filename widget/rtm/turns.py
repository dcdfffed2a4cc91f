"""What comes faster than it can be looked at, a slice at a time, so that a page can paint and hear its user between.

A socket that wakes up may bring a thousand frames at once, and a browser hands them over in one go.
"""

from collections import deque
from collections.abc import Callable
from math import inf

from widget.rtm.ports import Clock

__all__ = ["PAUSE", "SLICE", "Turns"]

SLICE = 0.016
"""Seconds that may pass before others have their turn; what is begun is ended."""

PAUSE = 0.004
"""Seconds without a text after which others have had it."""


class Turns:
    """Calls ``hear`` with each text in its order: at once while the turn is young, else in the turns that follow.

    It is told the time, too.
    """

    def __init__(self, clock: Clock, hear: Callable[[str, float], None]) -> None:
        self._clock = clock
        self._hear = hear
        self._waiting: deque[str] = deque()
        self._until = self._heard_at = -inf
        self._put_off = False

    @property
    def behind(self) -> bool:
        """Whether texts wait."""
        return bool(self._waiting)

    def add(self, *texts: str) -> None:
        """Texts have come."""
        self._waiting.extend(texts)
        if not self._put_off:
            self._work()

    def finish(self) -> None:
        """Hear all that waits, now: nothing comes after it."""
        while self._waiting:
            self._hear(self._waiting.popleft(), self._clock.now())

    def drop(self) -> None:
        """Forget what waits."""
        self._waiting.clear()

    def _work(self) -> None:
        now = self._clock.now()
        if now - self._heard_at > PAUSE:
            self._until = now + SLICE
        try:
            while self._waiting and now < self._until:
                self._hear(self._waiting.popleft(), now)
                now = self._heard_at = self._clock.now()
        finally:  # also when one could not be heard
            if self._waiting and not self._put_off:
                self._put_off = True
                self._clock.call_later(0, self._next)

    def _next(self) -> None:
        self._put_off = False
        self._until = self._clock.now() + SLICE
        self._work()
