"""Where in their conversations the visitor is: in all of them as one, in their list, in one, or in a new one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from widget.rtm.conversation import Conversation, Entry
from widget.rtm.outbox import Outgoing
from widget.ui.timeline import shown
from widget.wire.events import Event

__all__ = ["EVERYTHING", "NEW", "THE_LIST", "Browsing", "Place", "Spot", "Summary", "on_its_way", "part", "summaries"]


class Spot(StrEnum):
    """The kinds of places."""

    EVERYTHING = "everything"
    LIST = "list"
    THREAD = "thread"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Place:
    """A place; ``thread_id`` where it is one thread."""

    spot: Spot
    thread_id: str | None = None


EVERYTHING = Place(Spot.EVERYTHING)
THE_LIST = Place(Spot.LIST)
NEW = Place(Spot.NEW)


@dataclass(frozen=True, slots=True)
class Summary:
    """A thread in the list: its last words that the visitor can read, and when."""

    thread_id: str
    last: Event | None
    moment: datetime
    open: bool


class Browsing:
    """Which conversation the visitor looks at, and what is there of it."""

    def __init__(self) -> None:
        self.place = EVERYTHING
        self._begun: str | None = None
        self._of: tuple[Conversation, Place] | None = None
        self._part = Conversation()

    def go(self, place: Place) -> None:
        """Look at another."""
        self.place, self._begun = place, None

    def begins(self, custom_id: str) -> None:
        """The new thread begins with what has this id: from then on it is the one that is looked at."""
        self._begun = custom_id

    def shown(self, whole: Conversation) -> Conversation:
        """What is to be seen of a conversation. It is worked out again only when something is different."""
        if self.place == NEW and self._begun is not None:
            begun = next((e for e in reversed(whole.entries) if e.event.custom_id == self._begun), None)
            if begun is not None:
                self.go(Place(Spot.THREAD, begun.thread_id))
        if self.place.spot is Spot.THREAD and not whole.entries:
            self.go(EVERYTHING)  # another visitor: the thread is not theirs
        if self.place == EVERYTHING:
            return whole
        if self._of is None or self._of[0] is not whole or self._of[1] != self.place:
            self._of, self._part = (whole, self.place), part(whole, self.place)
        return self._part

    def closed(self, shown: Conversation) -> bool:
        """Whether it can only be read."""
        return self.place.spot is Spot.THREAD and not shown.active

    def at_newest(self, whole: Conversation) -> bool:
        """Whether what is said now is said here."""
        return self.place == EVERYTHING or (self.place.spot is Spot.THREAD and self.place.thread_id == whole.thread_id)


def part(conversation: Conversation, place: Place) -> Conversation:
    """The part of a conversation that is shown in a place."""
    match place.spot:
        case Spot.EVERYTHING | Spot.LIST:
            return conversation
        case Spot.NEW:
            return replace(conversation, entries=(), older=None, active=False, typing=frozenset(), queue_position=None)
        case Spot.THREAD:
            entries = tuple(e for e in conversation.entries if e.thread_id == place.thread_id)
            if conversation.thread_id == place.thread_id:
                return replace(conversation, entries=entries, older=None)
            return replace(
                conversation, entries=entries, older=None, active=False, typing=frozenset(), queue_position=None
            )


def on_its_way(outgoing: Sequence[Outgoing], place: Place, *, closed: bool) -> tuple[Outgoing, ...]:
    """What of the outbox is shown in a place: nothing is on its way into a thread that has ended.

    That a button was pressed is shown only when the server has refused to hear of it.
    """
    said = (each for each in outgoing if not each.pressed or each.error is not None)
    return () if closed or place.spot is Spot.LIST else tuple(said)


def summaries(conversation: Conversation) -> list[Summary]:
    """The threads that are here, the newest first."""
    last: dict[str, Entry] = {}
    words: dict[str, Event] = {}
    for entry in conversation.entries:
        last[entry.thread_id] = entry
        if shown(entry.event, "userMessage") and entry.event.type != "system_message":
            words[entry.thread_id] = entry.event
    newest = sorted(last.values(), key=lambda entry: entry.event.created_at, reverse=True)
    return [
        Summary(
            thread_id=entry.thread_id,
            last=words.get(entry.thread_id),
            moment=entry.event.created_at,
            open=conversation.active and entry.thread_id == conversation.thread_id,
        )
        for entry in newest
    ]
