"""What the sidebar needs of the page, as a protocol: frames to show apps in (``agent_console.browser_frames``)."""

from collections.abc import Callable
from typing import Protocol

from widget.wire.base import Json

__all__ = ["Frames"]


class Frames(Protocol):
    """Sandboxed frames, by the id of the app in them."""

    def listen(self, heard: Callable[[str, str, str], None], loaded: Callable[[str], None]) -> None:
        """Call ``heard`` with app, JSON text and origin for what a frame posts, ``loaded`` when it has loaded."""

    def open(self, app_id: str, url: str, title: str) -> None:
        """Make a frame that goes to an address."""

    def close(self, app_id: str) -> None:
        """Remove a frame, and with it whatever runs in it."""

    def show(self, app_id: str | None) -> None:
        """Show one frame, or none. Those that are not shown go on."""

    def post(self, app_id: str, data: Json, origin: str) -> None:
        """Post to a frame, if what is in it is of this origin."""

    def origin_of(self, url: str) -> str:
        """What the messages of a frame at this address come from: ``null`` for one that gets no origin of its own."""

    def has_focus(self) -> bool:
        """Whether the agent is in one of the frames now."""

    def theme(self) -> str:
        """How the console looks: ``light`` or ``dark``."""

    def language(self) -> str:
        """The tag of the language that the console is in."""
