"""When somebody who typed and went silent is no longer shown as typing: nobody tells that they have stopped."""

from collections.abc import Callable
from dataclasses import replace

from agent_console.ledger import Ledger
from agent_console.news import chat_id_of
from widget.rtm.ports import Clock, Timer
from widget.wire.frames import Push

__all__ = ["TYPING_LASTS", "TypingEnds"]

TYPING_LASTS = 15.0
"""Seconds of silence after which somebody who typed is no longer shown as typing."""


class TypingEnds:
    """Who types says so again and again; after a silence they have stopped."""

    def __init__(self, ledger: Ledger, clock: Clock, changed: Callable[[], None]) -> None:
        self._ledger = ledger
        self._clock = clock
        self._changed = changed
        self._ends: dict[tuple[str, str], Timer] = {}

    def heard(self, push: Push) -> None:
        """A push has come."""
        chat_id = chat_id_of(push)
        if chat_id is None or push.action not in {"incoming_sneak_peek", "incoming_typing_indicator"}:
            return
        key = (chat_id, push.action)
        if key in self._ends:
            self._ends.pop(key).cancel()
        self._ends[key] = self._clock.call_later(TYPING_LASTS, lambda: self._stop(*key))

    def _stop(self, chat_id: str, action: str) -> None:
        self._ends.pop((chat_id, action), None)
        case = self._ledger.inbox.cases.get(chat_id)
        if case is None:
            return
        if action == "incoming_sneak_peek":
            self._ledger.put(replace(case, peeking=False))
        else:
            self._ledger.put(replace(case, conversation=replace(case.conversation, typing=frozenset())))
        self._changed()
