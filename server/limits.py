"""How much one client may ask for. The platform does not publish its numbers; these are generous."""

import json
from dataclasses import dataclass, field

from widget.wire.errors import Refused

__all__ = [
    "FRAMES_WAITING",
    "LOGIN_WITHIN",
    "MAX_BODY",
    "MAX_FRAME",
    "MAX_TEXT",
    "PENDING_REQUESTS",
    "REQUEST_WITHIN",
    "Allowance",
    "check_length",
]

MAX_FRAME = 1024 * 1024
"""The largest frame that a client may send, in bytes; a larger one closes its connection with 1009."""

MAX_BODY = MAX_FRAME
"""The same for the body of an HTTP request, which is refused."""

MAX_TEXT = 16 * 1024
"""How long a text may be, in bytes of UTF-8 (spec: customer-rtm, section 4); other values may be as long as JSON."""

LOGIN_WITHIN = 30.0
"""Seconds from the opening of a socket to its login."""

REQUEST_WITHIN = 15.0
"""Seconds that a request may take."""

PENDING_REQUESTS = 10
"""Requests of one connection that may wait for their answers."""

FRAMES_WAITING = 256
"""Frames that may wait for a client to read them. One that lets more pile up is cut off."""


def check_length(field: str, value: object, most: int = MAX_TEXT) -> None:
    """Raises Refused(validation) for a text, or another value as JSON, of more than so many bytes of UTF-8."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    if len(text.encode()) > most:
        raise Refused("validation", f"`{field}` must not be longer than {most} bytes")


@dataclass(slots=True)
class Allowance:
    """A bucket of tokens: so many requests at once, and so many a second in the long run.

    Who asks faster owes, and gets the answers later: a client that waits for them is slowed down and never refused.
    One that does not, and owes ``debt`` requests, is refused until it owes less.
    """

    burst: float = 60.0
    per_second: float = 40.0
    debt: float = 20.0
    _left: float = field(init=False)
    _since: float | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self._left = self.burst

    def take(self, now: float) -> float | None:
        """Seconds until one more request may be done, or None: too much is owed, and this one costs nothing.

        ``now`` is in seconds on any steady clock.
        """
        if self._since is not None:
            self._left = min(self.burst, self._left + (now - self._since) * self.per_second)
        self._since = now
        if self._left - 1 < -self.debt:
            return None
        self._left -= 1
        return max(0.0, -self._left / self.per_second)
