"""Where in the console the agent is: in which place, at which chat, thread or visitor, and where the focus goes."""

from collections.abc import Callable

from agent_console import shown
from agent_console.composing import Composing
from agent_console.inbox import Case
from agent_console.page import Page
from agent_console.painting import Painting
from agent_console.session import AgentSession
from agent_console.state import InFront, Place

__all__ = ["Whereabouts"]

_ENTRANCES = {Place.CHATS: "chat-list", Place.ARCHIVES: "archive-query"}
"""Where the focus goes in a place; elsewhere it is the place itself."""


class Whereabouts:
    """``visitor`` is who was chosen among those on the site. ``paint`` paints at once, ``changed`` soon."""

    def __init__(
        self,
        page: Page,
        composing: Composing,
        painting: Painting,
        paint: Callable[[], None],
        changed: Callable[[], None],
    ) -> None:
        self.place = Place.CHATS
        self.visitor: str | None = None
        self._page = page
        self._composing = composing
        self._painting = painting
        self._paint = paint
        self._changed = changed

    def front(self, session: AgentSession) -> InFront:
        """Whom the agent has turned to."""
        return shown.in_front(session, self.place, self.visitor)

    def case(self, session: AgentSession | None) -> Case | None:
        """The conversation in front: a chat, or an archived thread."""
        if session is None or self.place not in (Place.CHATS, Place.ARCHIVES):
            return None
        return session.open_case if self.place is Place.CHATS else session.archives.opened

    def follow_address(self, session: AgentSession) -> None:
        """Go to what the page's address names."""
        where = self._page.in_address()
        place = (where or "").partition("/")[0]
        self._enter(session, Place(place) if place in list(Place) else Place.CHATS)
        if self.place is Place.CHATS:
            session.open(None if where == Place.CHATS else where)
        self._changed()

    def go_to(self, session: AgentSession, place: Place) -> None:
        """Go to a place, or in the chats to the list."""
        if place is self.place is Place.CHATS:
            self.to_list(session)
            return
        self._enter(session, place)
        self._page.go_to(session.opened if place is Place.CHATS else place.value)
        self._paint()
        self._page.focus(_ENTRANCES.get(place, place.value))

    def open(self, session: AgentSession, chat_id: str | None, *, focus: str = "") -> None:
        """Bring a chat to the front."""
        self._enter(session, Place.CHATS)
        session.open(chat_id)
        self._page.go_to(chat_id)
        self._paint()
        if focus and not (focus == "message" and self._page.narrow()):
            self._page.focus(focus)

    def open_archived(self, session: AgentSession, thread_id: str) -> None:
        """Bring an archived thread to the front."""
        session.archives.open(thread_id)
        self.to_end()

    def choose_visitor(self, customer_id: str) -> None:
        """Turn to somebody on the site."""
        self.visitor = customer_id
        self._painting.details_open = self._page.drawer()
        self._paint()
        if self._page.drawer():
            self._page.focus("close-details")

    def to_list(self, session: AgentSession) -> None:
        """From the conversation back to the list."""
        opened = session.opened
        if self._page.narrow():
            self.open(session, None)
        self._page.focus(f"open-{opened}" if opened else "chat-list")

    def step(self, session: AgentSession, step: int, focus: str) -> None:
        """To the next or the previous chat of the list."""
        chat_id = shown.next_to(session, step)
        if chat_id is not None:
            self.open(session, chat_id, focus=focus or f"open-{chat_id}")

    def escape(self, session: AgentSession, *, writing: bool) -> bool:
        """One step back. Whether there was one."""
        if self._painting.details_open and self._page.drawer():
            self.toggle_details()
        elif writing and session.opened is not None:
            self._page.focus(f"open-{session.opened}")
        else:
            return False
        return True

    def toggle_details(self) -> None:
        """Open or close the drawer, and move the focus with it; where there is room, details are always there."""
        if not self._page.drawer():
            self._page.focus("details-body")
            return
        self._painting.details_open = not self._painting.details_open
        self._paint()
        self._page.focus("close-details" if self._painting.details_open else "to-details")

    def to_end(self) -> None:
        """Show the end of the conversation."""
        self._paint()
        self._page.scroll_to_end()
        self._changed()

    def _enter(self, session: AgentSession, place: Place) -> None:
        """Be somewhere else; the composer is a new one when one comes back."""
        if place is not self.place:
            self._composing.forget()
        self.place = place
        if place is Place.ARCHIVES:
            session.archives.enter()
