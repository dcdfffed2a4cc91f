"""Telling an agent who looks elsewhere that there is something to attend to: in words, by a sound, on the desktop."""

from collections.abc import Callable

from agent_console.arrivals import Arrival
from agent_console.names import name_of
from agent_console.page import Page
from agent_console.session import AgentSession
from agent_console.state import Notifications
from widget.rtm.ports import Clock, Storage, Timer
from widget.ui.locale import Locale
from widget.wire.events import Message

__all__ = ["Announcing"]

SAID_FOR = 3.0
"""Seconds until an announcement is taken away, so that the next one is heard (BotFramework-WebChat's finding: not less
than one)."""

_MUTED = "live-chat-agent:muted"


class Announcing:
    """``said`` is what assistive technology reads out now."""

    def __init__(self, page: Page, storage: Storage, clock: Clock, locale: Locale, changed: Callable[[], None]) -> None:
        self.said = ""
        self.muted = storage.get(_MUTED) is not None
        self._page = page
        self._storage = storage
        self._clock = clock
        self._locale = locale
        self._changed = changed
        self._saying: Timer | None = None

    def arrived(self, session: AgentSession, arrival: Arrival) -> None:
        """Something has come; what happens before the agent's eyes needs no announcement."""
        if self._page.attended() and arrival.chat_id == session.opened:
            return
        case = session.inbox.cases[arrival.chat_id]
        name = name_of(session.inbox.customer_of(case), self._locale)
        text = arrival.event.text if isinstance(arrival.event, Message) else self._locale.text("A new chat")
        self.say(self._locale.text("{name}: {text}", name=name, text=text))
        if not self._page.attended():
            if not self.muted:
                self._page.chime(arrival.event.id if arrival.event else arrival.chat_id)
            if self._page.notifications() == Notifications.ON:
                self._page.notify(name, text, arrival.chat_id)

    def say(self, text: str) -> None:
        """Have something read out."""
        self.said = text
        if self._saying is not None:
            self._saying.cancel()
        self._saying = self._clock.call_later(SAID_FOR, self._said_it)
        self._changed()

    def mute(self) -> None:
        """No sounds, or sounds again: then one is heard at once."""
        self.muted = not self.muted
        if self.muted:
            self._storage.set(_MUTED, "yes")
        else:
            self._storage.remove(_MUTED)
            self._page.chime("test")
        self._changed()

    def _said_it(self) -> None:
        self.said = ""
        self._changed()
