"""All that the window shows, as one value.

``window`` makes it into elements; nothing else decides what is on the screen. The text in the composer is not here:
it belongs to the textarea, which no rendering touches.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from widget.rtm.conversation import Conversation
from widget.rtm.outbox import Outgoing
from widget.ui.filling import NOTHING, Asking
from widget.ui.places import EVERYTHING, Place, Spot, Summary
from widget.ui.rating import Asked
from widget.ui.reel import Reel
from widget.ui.timeline import shown
from widget.ui.uploads import Upload
from widget.wire.users import Agent

__all__ = ["Around", "Notice", "WindowState"]


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
    """The window. ``customer_id`` tells the visitor's own events from the agents'; ``reel`` says which are shown.

    ``conversation`` is what is shown of it in ``place``; ``threads`` are there for the list of them.
    """

    notice: Notice | None = None
    customer_id: str | None = None
    conversation: Conversation = field(default_factory=Conversation)
    outgoing: tuple[Outgoing, ...] = ()
    agents_online: bool = True
    loading_older: bool = False
    menu_open: bool = False
    unread_below: int = 0
    reel: Reel | None = None
    following: bool = True
    place: Place = EVERYTHING
    threads: tuple[Summary, ...] = ()
    several: bool = False
    closed: bool = False
    uploads: tuple[Upload, ...] = ()
    asked: Asked | None = None
    filling: Asking = NOTHING

    def around(self) -> "Around":
        """What stands around the rows."""
        chat = self.conversation
        at_oldest = self.reel is None or self.reel.start == 0
        return Around(
            notice=self.notice,
            agents=tuple(chat.agents()),
            agents_online=self.agents_online,
            queue_position=chat.queue_position,
            active=chat.active,
            menu_open=self.menu_open,
            older=(at_oldest or self.place.spot is Spot.LIST) and chat.older is not None,
            beginning=at_oldest and chat.older is None and self.place.spot is not Spot.THREAD,
            empty=not self.outgoing
            and not self.uploads
            and not any(shown(e.event, "userMessage") for e in chat.entries),
            loading_older=at_oldest and self.loading_older,
            unread_below=self.unread_below,
            following=self.following,
            place=self.place.spot,
            threads=self.threads,
            several=self.several,
            closed=self.closed or self.filling.ended,
            asked=self.asked,
            filling=self.filling,
        )


@dataclass(frozen=True, slots=True)
class Around:
    """All of the window but the rows of its log. It seldom changes, and is drawn only then.

    ``older``: more can be fetched before the first row; ``beginning``: nothing is before it; ``following``: the reader
    is at the newest row, so that new ones are to be read out. ``several``: there are threads to choose
    from; ``closed``: the one that is shown has ended.
    """

    notice: Notice | None
    agents: tuple[Agent, ...]
    agents_online: bool
    queue_position: int | None
    active: bool
    menu_open: bool
    older: bool
    beginning: bool
    empty: bool
    loading_older: bool
    unread_below: int
    following: bool
    place: Spot = Spot.EVERYTHING
    threads: tuple[Summary, ...] = ()
    several: bool = False
    closed: bool = False
    asked: Asked | None = None
    filling: Asking = NOTHING

    @property
    def can_write(self) -> bool:
        """Whether there is a composer."""
        in_log = self.place is not Spot.LIST and self.filling.before is None
        return in_log and not self.closed and self.notice is not Notice.ENDED
