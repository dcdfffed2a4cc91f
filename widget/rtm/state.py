"""Where a connection stands."""

from enum import StrEnum

__all__ = ["State"]


class State(StrEnum):
    """Where a connection stands."""

    IDLE = "idle"
    SIGNING_IN = "signing_in"
    CONNECTING = "connecting"
    LOGGING_IN = "logging_in"
    CONNECTED = "connected"
    WAITING = "waiting"
    PAUSED = "paused"
    ENDED = "ended"
