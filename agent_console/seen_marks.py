"""Telling visitors how far the agent has read."""

from datetime import datetime

from agent_console.deeds import Deeds
from agent_console.ledger import Ledger
from widget.rtm.background import begin
from widget.wire.customer import MarkEventsAsSeen

__all__ = ["SeenMarks"]


class SeenMarks:
    """The marks that were told over the present connection."""

    def __init__(self, ledger: Ledger, deeds: Deeds) -> None:
        self._ledger = ledger
        self._deeds = deeds
        self._told: dict[str, datetime] = {}

    def lost(self) -> None:
        """The connection is gone: a mark told over it may not have arrived."""
        self._told.clear()

    def mark(self, chat_id: str) -> None:
        """The agent has seen everything that is in a chat. Nobody hears it from one who only watches."""
        case = self._ledger.inbox.cases.get(chat_id)
        last = case.conversation.last if case else None
        if case is None or last is None or chat_id not in self._ledger.fresh or not case.has(self._ledger.inbox.me):
            return
        told = self._told.get(chat_id)
        if told is None or told < last.created_at:
            self._told[chat_id] = last.created_at
            self._ledger.mark_seen(case, last.created_at)
            request = MarkEventsAsSeen(chat_id=chat_id, seen_up_to=last.created_at)
            begin(self._deeds.tell("mark_events_as_seen", request.as_json()))
