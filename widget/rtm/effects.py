"""What a connection wants done, and what it tells: the answers of ``Connection`` to what happens."""

from dataclasses import dataclass

from widget.rtm.state import State
from widget.wire.errors import ProtocolError
from widget.wire.frames import Payload, Push

__all__ = [
    "CloseSocket",
    "Effect",
    "LoggedIn",
    "NeedToken",
    "OpenSocket",
    "Pushed",
    "SendText",
    "StateChanged",
    "Unreadable",
]


@dataclass(frozen=True, slots=True)
class NeedToken:
    """Get a token and give it to ``token_arrived``; ``fresh``: not the one you have."""

    fresh: bool


@dataclass(frozen=True, slots=True)
class OpenSocket:
    """Open a socket."""


@dataclass(frozen=True, slots=True)
class SendText:
    """Send a text frame."""

    text: str


@dataclass(frozen=True, slots=True)
class CloseSocket:
    """Close the socket and listen to it no more."""


@dataclass(frozen=True, slots=True)
class StateChanged:
    """The state is another one now; ``reason`` is the platform's word for why, or ours."""

    state: State
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class LoggedIn:
    """The server has let us in; ``payload`` is its answer to ``login``."""

    payload: Payload


@dataclass(frozen=True, slots=True)
class Pushed:
    """The server told something."""

    push: Push


@dataclass(frozen=True, slots=True)
class Unreadable:
    """The server sent what cannot be read."""

    error: ProtocolError


Effect = NeedToken | OpenSocket | SendText | CloseSocket | StateChanged | LoggedIn | Pushed | Unreadable
