"""All that the window shows, as one value.

``window`` makes it into elements; nothing else decides what is on the screen. The text in the composer is not here:
it belongs to the textarea, which no rendering touches.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from widget.rtm.conversation import Conversation
from widget.rtm.outbox import Outgoing

__all__ = ["Notice", "WindowState"]


class Notice(StrEnum):
    """What the window must say about itself, one at a time."""

    CONNECTING = "connecting"
    UNREACHABLE = "unreachable"
    RECONNECTING = "reconnecting"
    OFFLINE = "offline"
    PAUSED = "paused"
    ENDED = "ended"
    BEHIND = "behind"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class WindowState:
    """The window. ``customer_id`` tells the visitor's own events from the agents'."""

    notice: Notice | None = None
    customer_id: str | None = None
    conversation: Conversation = field(default_factory=Conversation)
    outgoing: tuple[Outgoing, ...] = ()
    agents_online: bool = True
    loading_older: bool = False
    menu_open: bool = False
    unread_below: int = 0
