"""How much an app may say: enough for every app at work, too little to keep the console busy."""

from dataclasses import dataclass

__all__ = ["BURST", "RATE", "Allowance"]

RATE = 50.0
"""Messages a second, in the long run."""

BURST = 200.0
"""Messages at once, after a silence."""

SIZE = 4096
"""Characters that count as one more message."""


@dataclass(slots=True)
class Allowance:
    """A bucket that fills by the second. ``now`` in seconds on a clock that never goes back."""

    left: float = BURST
    at: float | None = None

    def spend(self, size: int, now: float) -> bool:
        """One more message of so many characters. False when that is too much."""
        if self.at is not None:
            self.left = min(BURST, self.left + (now - self.at) * RATE)
        self.at = now
        self.left -= 1 + size / SIZE
        return self.left >= 0
