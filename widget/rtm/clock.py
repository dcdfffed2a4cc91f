"""Time by the event loop, on CPython and in the browser, where it is ``setTimeout``."""

import asyncio
from collections.abc import Callable

from widget.rtm.ports import Timer

__all__ = ["LoopClock"]


class LoopClock:
    """The running loop's clock, in seconds."""

    def __init__(self) -> None:
        self._loop = asyncio.get_event_loop()

    def now(self) -> float:
        """Seconds that never go back."""
        return self._loop.time()

    def call_later(self, delay: float, call: Callable[[], None]) -> Timer:
        """Call once, after ``delay`` seconds."""
        return self._loop.call_later(delay, call)
