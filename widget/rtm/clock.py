"""Time by the event loop, on CPython and in the browser, where it is ``setTimeout``."""

import asyncio
from collections.abc import Callable
from time import monotonic

from widget.rtm.ports import Timer

__all__ = ["LoopClock"]


class LoopClock:
    """The running loop's clock, in seconds."""

    def __init__(self) -> None:
        self._loop = asyncio.get_event_loop()

    now = staticmethod(monotonic)  # what loops take for ``time`` themselves

    def call_later(self, delay: float, call: Callable[[], None]) -> Timer:
        """Call once, after ``delay`` seconds."""
        return self._loop.call_later(delay, call)
