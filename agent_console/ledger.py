"""The inbox as it is now, and the order in which answers and pushes count.

An answer may be older than what is pushed while it is on its way. So who fetches something listens meanwhile, and the
pushes that were heard count once more after the answer.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType

from agent_console.inbox import Case, Inbox
from agent_console.news import received
from widget.wire.frames import Push

__all__ = ["Ledger", "Overheard"]


@dataclass(eq=False, slots=True)
class Overheard:
    """The pushes that come while something is fetched."""

    pushes: list[Push] = field(default_factory=list)


class Ledger:
    """One agent's inbox. ``fresh`` are the chats whose history was fetched over the present connection."""

    def __init__(self) -> None:
        self.inbox = Inbox()
        self.fresh: set[str] = set()
        self._overheard: set[Overheard] = set()

    def receive(self, push: Push) -> Inbox:
        """Take a push up. Returns the inbox as it was before; the same object when nothing is different."""
        for overheard in self._overheard:
            overheard.pushes.append(push)
        before, self.inbox = self.inbox, received(self.inbox, push)
        return before

    @contextmanager
    def listening(self) -> Iterator[Overheard]:
        """Note the pushes that come meanwhile."""
        overheard = Overheard()
        self._overheard.add(overheard)
        try:
            yield overheard
        finally:
            self._overheard.discard(overheard)

    def take(self, inbox: Inbox, overheard: Overheard) -> None:
        """Have the inbox that an answer made, and after it what was heard since the question."""
        for push in overheard.pushes:
            inbox = received(inbox, push)
        self.inbox = inbox

    def put(self, case: Case) -> None:
        """A chat as it is now."""
        self.inbox = replace(self.inbox, cases=MappingProxyType({**self.inbox.cases, case.id: case}))

    def drop(self, chat_id: str) -> None:
        """A chat that the agent may not read any more."""
        left = {other: case for other, case in self.inbox.cases.items() if other != chat_id}
        self.inbox = replace(self.inbox, cases=MappingProxyType(left))

    def mark_seen(self, case: Case, moment: datetime) -> None:
        """The agent has seen a chat up to a moment."""
        marks = MappingProxyType({**case.conversation.seen, self.inbox.me: moment})
        self.put(replace(case, conversation=replace(case.conversation, seen=marks)))

    def nobody_types(self) -> None:
        """While nothing is heard, nobody is known to type."""
        for case in self.inbox.cases.values():
            if case.peeking or case.conversation.typing:
                self.put(replace(case, conversation=replace(case.conversation, typing=frozenset()), peeking=False))
