"""The window at work: what the visitor does goes to the session, what the session becomes goes to the screen.

One direction: action -> session -> state -> markup -> screen. It owns no conversation and no element; it decides what
the state of the window is, and when to paint it.
"""

from collections.abc import Callable
from typing import Protocol

from widget.customer_sdk.session import ChatSession
from widget.rtm.connection import State
from widget.rtm.ports import Clock, Timer
from widget.ui.locale import Locale
from widget.ui.state import Notice, WindowState
from widget.ui.window import LONGEST_TEXT, window
from widget.wire.base import Json
from widget.wire.events import File, Message

__all__ = ["ChatWindow", "Host", "Screen"]

UNNOTICED = 2.0
"""Seconds of lost connection that are not worth a word."""


class Screen(Protocol):
    """The page that the window is painted on."""

    def paint(self, markup: str) -> None:
        """Put this in place of what is there."""

    def composed(self) -> str:
        """What stands in the composer."""

    def compose(self, text: str) -> None:
        """Put a text into the composer."""

    def focus_composer(self) -> None:
        """Let the visitor write."""

    def at_end(self) -> bool:
        """Whether the end of the log can be seen."""

    def scroll_to_end(self) -> None:
        """Show the end of the log."""

    def attended(self) -> bool:
        """Whether the page itself is in front."""

    def online(self) -> bool:
        """Whether the browser believes to have a network."""

    def keep_draft(self, text: str) -> None:
        """Keep what is being written for the next page."""


class Host(Protocol):
    """The site's page around the frame."""

    def tell(self, message: Json) -> None:
        """Send it a message."""


class ChatWindow:
    """The window of one visitor."""

    def __init__(self, session: ChatSession, screen: Screen, host: Host, clock: Clock, locale: Locale) -> None:
        self._session = session
        self._screen = screen
        self._host = host
        self._clock = clock
        self._locale = locale
        self._visible = False
        self._menu_open = False
        self._painting: Timer | None = None
        self._lost_at: float | None = None
        self._unread = 0
        self._known = False
        self._actions: dict[str, Callable[[str], None]] = {
            "hide": lambda _: self._hide(),
            "menu": lambda _: self._toggle_menu(),
            "end": lambda _: self._end(),
            "retry": session.retry,
            "discard": session.discard,
            "older": lambda _: session.load_older(),
            "bottom": lambda _: self._to_end(),
            "reconnect": lambda _: self._reconnect(),
        }

    # What the page tells

    def act(self, action: str, target: str) -> None:
        """A button was pressed; ``target`` is the id of what it stands on."""
        do = self._actions.get(action)
        if do is not None:
            do(target)

    def submit(self) -> None:
        """The visitor sends what is in the composer. Too long a text stays there."""
        text = self._screen.composed().strip()
        if text and len(text) <= LONGEST_TEXT:
            self._screen.compose("")
            self._screen.keep_draft("")
            self._session.send(text)
            self._clock.call_later(0, self._to_end)

    def typed(self) -> None:
        """The text in the composer has changed."""
        text = self._screen.composed()
        self._screen.keep_draft(text)
        self._session.type(text)

    def escape(self) -> None:
        """The visitor wants out of what is open: the menu, then the window."""
        if self._menu_open:
            self._toggle_menu()
        else:
            self._hide()

    def scrolled(self, *, at_start: bool) -> None:
        """The log was scrolled; at its start, what came before is fetched."""
        if at_start:
            self._session.load_older()
        self.changed()

    def attention(self) -> None:
        """The page came to the front, or the network changed."""
        self._session.probe()
        self.changed()

    def show(self, *, visible: bool) -> None:
        """The window was opened or closed. Opened, it connects."""
        self._visible = visible
        if visible:
            self._session.connect()
            # A window that was not drawn has no place where it was scrolled to.
            self._clock.call_later(0, self._to_end)
        self.changed()

    def focus(self) -> None:
        """The visitor opened the window by hand, and may write at once."""
        self._screen.focus_composer()

    def changed(self) -> None:
        """Something is different: paint, once, after all that happens now."""
        if self._painting is None:
            self._painting = self._clock.call_later(0, self._paint)

    # Private

    def _paint(self) -> None:
        self._painting = None
        self._count_unread()
        self._screen.paint(str(window(self._state(), self._locale)))
        self._tell_host()

    def _state(self) -> WindowState:
        session = self._session
        return WindowState(
            notice=self._notice(),
            customer_id=session.customer_id,
            conversation=session.conversation,
            outgoing=session.outbox.waiting,
            agents_online=session.agents_online,
            loading_older=session.loading_older,
            menu_open=self._menu_open,
            unread_below=0 if self._screen.at_end() else self._unread,
        )

    def _notice(self) -> Notice | None:
        session = self._session
        match session.state:
            case State.ENDED:
                return Notice.ENDED
            case State.PAUSED:
                return Notice.PAUSED
            case State.CONNECTED:
                self._lost_at = None
                return Notice.BEHIND if session.error else None
            case State.IDLE:
                return None
        if not self._screen.online():
            return Notice.OFFLINE
        return self._while_away()

    def _while_away(self) -> Notice | None:
        """A drop that mends itself at once is not mentioned."""
        now = self._clock.now()
        if self._lost_at is None:
            self._lost_at = now
            self._clock.call_later(UNNOTICED, self.changed)
        if now - self._lost_at < UNNOTICED:
            return Notice.CONNECTING
        return Notice.RECONNECTING if self._session.customer_id is not None else Notice.UNREACHABLE

    def _count_unread(self) -> None:
        session = self._session
        seen = session.conversation.seen.get(session.customer_id or "")
        theirs = [
            entry.event
            for entry in session.conversation.entries
            if isinstance(entry.event, Message | File) and entry.event.author_id != session.customer_id
        ]
        self._unread = sum(1 for event in theirs if seen is None or event.created_at > seen)
        if self._visible and self._screen.attended() and self._screen.at_end():
            session.mark_seen()
            self._unread = 0

    def _tell_host(self) -> None:
        self._host.tell({"type": "unread", "count": 0 if self._visible else self._unread})
        if self._session.conversation.chat_id is not None and not self._known:
            self._known = True
            self._host.tell({"type": "known"})

    def _hide(self) -> None:
        self._host.tell({"type": "hide"})

    def _toggle_menu(self) -> None:
        self._menu_open = not self._menu_open
        self.changed()

    def _end(self) -> None:
        self._menu_open = False
        self._session.end()
        self.changed()

    def _to_end(self) -> None:
        self._screen.scroll_to_end()
        self.changed()

    def _reconnect(self) -> None:
        if self._session.error is not None:
            self._session.catch_up()
        else:
            self._session.connect()
