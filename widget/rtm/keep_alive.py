"""Is the other end still there?

Browsers send no WebSocket pings, and a socket whose network has gone may never say so. So the client asks: a JSON
``ping`` when it has sent nothing for 15 s (the platform closes after 30 s of silence), and if then nothing at all is
heard for 10 s, the socket is dead.
"""

from dataclasses import dataclass

__all__ = ["INTERVAL", "PATIENCE", "PROBE_PATIENCE", "KeepAlive"]

INTERVAL = 15.0
PATIENCE = 10.0
PROBE_PATIENCE = 3.0


@dataclass(slots=True)
class KeepAlive:
    """The silence on one socket; times in seconds on the caller's clock."""

    sent_at: float
    overdue_at: float | None = None

    def sent(self, now: float) -> None:
        """Something was sent."""
        self.sent_at = now

    def heard(self) -> None:
        """Something came: the other end is there."""
        self.overdue_at = None

    def asked(self, now: float, patience: float) -> None:
        """A ping was sent; an answer to an earlier one may still be due sooner."""
        self.sent_at = now
        due = now + patience
        self.overdue_at = due if self.overdue_at is None else min(self.overdue_at, due)

    def must_ask(self, now: float) -> bool:
        """Whether it is time for a ping."""
        return self.overdue_at is None and now >= self.sent_at + INTERVAL

    def dead(self, now: float) -> bool:
        """Whether the answer to a ping is overdue."""
        return self.overdue_at is not None and now >= self.overdue_at

    def next_at(self) -> float:
        """When to look again."""
        return self.sent_at + INTERVAL if self.overdue_at is None else self.overdue_at
