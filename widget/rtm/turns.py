"""What comes faster than it can be looked at, a slice at a time, so that a page can paint and hear its user between.

A socket that wakes up may bring a thousand frames at once, and a browser hands them over in one go.
"""

from collections import deque
from collections.abc import Callable

from widget.rtm.ports import Clock

__all__ = ["SLICE", "Turns"]

SLICE = 0.012
"""Seconds that may pass before others have their turn; what is begun is ended."""


class Turns:
    """Calls ``hear`` with each text in its order: at once while the turn is young, else in the turns that follow."""

    def __init__(self, clock: Clock, hear: Callable[[str], None]) -> None:
        self._clock = clock
        self._hear = hear
        self._waiting: deque[str] = deque()
        self._until: float | None = None

    @property
    def behind(self) -> bool:
        """Whether texts wait."""
        return bool(self._waiting)

    def add(self, text: str) -> None:
        """A text has come."""
        if self._until is None:
            self._begin()
        self._waiting.append(text)
        self._work()

    def finish(self) -> None:
        """Hear all that waits, now: nothing comes after it."""
        while self._waiting:
            self._hear(self._waiting.popleft())

    def drop(self) -> None:
        """Forget what waits."""
        self._waiting.clear()

    def _begin(self) -> None:
        self._until = self._clock.now() + SLICE
        self._clock.call_later(0, self._next)

    def _next(self) -> None:
        self._until = None
        if self._waiting:
            self._begin()
            self._work()

    def _work(self) -> None:
        while self._waiting and self._until is not None and self._clock.now() < self._until:
            self._hear(self._waiting.popleft())
