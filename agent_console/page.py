"""What the console needs of the page that it is on, as a protocol; ``agent_console.browser`` implements it."""

from typing import Protocol

__all__ = ["Page"]


class Page(Protocol):
    """The page that the console is painted on."""

    def paint(self, area: str, markup: str) -> None:
        """Put this in place of what is in an area."""

    def arrange(self, *, place: str, talking: bool, details: bool) -> None:
        """What is in front: a place of the console and, where there is no room for all, the list or the conversation
        with the details over it."""

    def entered(self, field: str) -> str:
        """What stands in a field."""

    def checked(self, field: str) -> bool:
        """Whether a box is ticked."""

    def enter(self, field: str, text: str, *, caret: int | None = None) -> None:
        """Put a text into a field, and the caret where it is to be."""

    def caret(self, field: str) -> int:
        """How many characters of a field's text stand before the caret."""

    def focus(self, element: str) -> None:
        """Move the focus."""

    def at_end(self) -> bool:
        """Whether the end of the log can be seen."""

    def scroll_to_end(self) -> None:
        """Show the end of the log."""

    def attended(self) -> bool:
        """Whether the page is in front."""

    def online(self) -> bool:
        """Whether the browser believes to have a network."""

    def narrow(self) -> bool:
        """Whether list and conversation are two screens."""

    def drawer(self) -> bool:
        """Whether the visitor's details are a drawer over the conversation."""

    def show_dialog(self, dialog: str, *, visible: bool) -> None:
        """Open or close a dialog."""

    async def copy(self, text: str) -> bool:
        """Put a text where it can be pasted from. Whether the browser lets us."""

    def download(self, name: str, text: str) -> None:
        """Give the agent a text as a file."""

    def entitle(self, title: str, *, unread: bool) -> None:
        """The page's title, and its icon."""

    def in_address(self) -> str | None:
        """What the page's address names: a chat, or another place than the chats."""

    def go_to(self, where: str | None) -> None:
        """Let the page's address name it."""

    def host(self) -> str:
        """The name by which this page was found."""

    def ready_app(self) -> str:
        """The address of the sidebar app that the server brings."""

    def chime(self, arrival: str) -> None:
        """A soft sound, in one tab only."""

    def notify(self, title: str, text: str, chat_id: str) -> None:
        """A desktop notification."""

    def notifications(self) -> str:
        """What the browser does with desktop notifications."""

    async def ask_for_notifications(self) -> None:
        """Let the browser ask the agent."""
