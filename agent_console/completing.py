"""Canned replies in the composer: a ``#`` begins a word that is looked for, and a choice takes the word's place."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from agent_console.composing import Composing
from agent_console.page import Page
from agent_console.picking import Picker, step_of
from agent_console.replies import Replies, filled, found
from agent_console.session import AgentSession
from widget.wire.canned_responses import CannedResponse

__all__ = ["MOST_SHOWN", "Completing", "Offer", "looked_for"]

MOST_SHOWN = 8
"""How many replies are offered at a time."""

_WORD = re.compile(r"(?:^|(?<=\s))#(\S*)$")


@dataclass(frozen=True, slots=True)
class Offer:
    """The replies that are offered, and which one would be taken. ``none_yet``: there are none at all."""

    replies: tuple[CannedResponse, ...] = ()
    picker: Picker = field(default_factory=Picker)
    none_yet: bool = False


def looked_for(text: str, caret: int) -> str | None:
    """The word that is being looked for, without its ``#``; None when none is."""
    word = _WORD.search(text[:caret])
    return word[1] if word else None


class Completing:
    """``offer`` is what is offered now."""

    def __init__(self, page: Page, composing: Composing, changed: Callable[[], None]) -> None:
        self.offer: Offer | None = None
        self._page = page
        self._composing = composing
        self._changed = changed
        self._replies: Replies | None = None
        self._refused: str | None = None

    def begin(self, replies: Replies) -> None:
        """Somebody signs in, whose replies these are."""
        self._replies = replies

    def typed(self) -> None:
        """The text in the composer, or the place in it, has changed."""
        word = looked_for(self._page.entered("message"), self._page.caret("message"))
        if self._refused is not None and (word is None or not word.startswith(self._refused)):
            self._refused = None
        self._look(word if self._refused is None else None)

    def look(self) -> None:
        """Other replies may have come."""
        if self.offer is not None:
            self.typed()

    def forget(self) -> None:
        """Nothing is being looked for any more."""
        self._look(None)

    def pressed(self, session: AgentSession, key: str) -> bool:
        """A key, while replies are offered. Whether it was for them."""
        if self.offer is None or (key != "Escape" and not self.offer.replies):
            return False
        if key == "Escape":
            self._refused = looked_for(self._page.entered("message"), self._page.caret("message"))
            self._look(None)
        elif step_of(key):
            self.offer = Offer(self.offer.replies, self.offer.picker.moved(step_of(key)))
            self._changed()
        elif key in ("Enter", "Tab"):
            self.take(session, self.offer.picker.active or "")
        else:
            return False
        return True

    def take(self, session: AgentSession, reply_id: str) -> None:
        """Put a reply in the place of the word."""
        reply = self._replies.reply(reply_id) if self._replies is not None else None
        text, caret = self._page.entered("message"), self._page.caret("message")
        word = looked_for(text, caret)
        self._look(None)
        if reply is None or word is None:
            return
        case = session.open_case
        customer = session.inbox.customer_of(case) if case is not None else None
        agent = (session.profile and session.profile.name) or ""
        self._composing.replace(session, caret - len(word) - 1, caret, filled(reply.text, customer, agent))
        self._page.focus("message")

    def _look(self, word: str | None) -> None:
        before, self.offer = self.offer, None
        if word is not None and self._replies is not None:
            self._replies.refresh()
            there = self._replies.all
            here = found(there, word)[:MOST_SHOWN]
            picker = (before.picker if before else Picker()).among(str(reply.id) for reply in here)
            if here or not there:
                self.offer = Offer(here, picker, none_yet=not there)
        if self.offer != before:
            self._changed()
