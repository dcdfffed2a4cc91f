"""How long to wait before the next attempt to connect.

It doubles from 0.3 s to 60 s, spread by 30 % to either side so that the clients of a server that comes back do not
all come at once (the figures of LiveChat's client; spec: customer-rtm, section 13).
"""

from collections.abc import Callable
from dataclasses import dataclass
from random import random

__all__ = ["Backoff"]


@dataclass(slots=True)
class Backoff:
    """The delays of one connection. All figures in seconds; ``jitter`` is a share of the delay."""

    first: float = 0.3
    most: float = 60.0
    jitter: float = 0.3
    random: Callable[[], float] = random
    attempts: int = 0

    def next(self) -> float:
        """The delay before the attempt that comes now, in seconds."""
        # 2.0 ** 1100 would overflow long before anybody waits for it.
        delay = min(self.most, self.first * 2.0 ** min(self.attempts, 30))
        self.attempts += 1
        return delay * (1 + self.jitter * (2 * self.random() - 1))

    def reset(self) -> None:
        """The attempt succeeded: start from the first delay again."""
        self.attempts = 0
