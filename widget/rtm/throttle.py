"""At most one call in so many seconds: the first at once, the last one after the wait, the ones between never."""

from collections.abc import Callable
from typing import Generic, TypeVar

from widget.rtm.ports import Clock, Timer

__all__ = ["Throttle"]

T = TypeVar("T")


class Throttle(Generic[T]):
    """Calls ``send`` with the newest value, at most once in ``interval`` seconds."""

    def __init__(self, clock: Clock, interval: float, send: Callable[[T], None]) -> None:
        self._clock = clock
        self._interval = interval
        self._send = send
        self._free_at = 0.0
        self._timer: Timer | None = None
        self._value: list[T] = []

    def offer(self, value: T) -> None:
        """Send this value now, or when the interval is over, unless a newer one comes."""
        self._value = [value]
        wait = self._free_at - self._clock.now()
        if wait <= 0:
            self._flush()
        elif self._timer is None:
            self._timer = self._clock.call_later(wait, self._flush)

    def drop(self) -> None:
        """Forget the value that waits."""
        self._value = []

    def _flush(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._value:
            (value,), self._value = self._value, []
            self._free_at = self._clock.now() + self._interval
            self._send(value)
