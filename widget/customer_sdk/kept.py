"""The end of a conversation as it was last seen, for the visitor's next page.

It stands in the window until the server has told how things are, and nothing of it stays then: what is kept may lie in
the site's storage (``static/stored.js``), where anybody could write it.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Self

from pydantic import Field

from widget.rtm.conversation import Conversation, Entry, with_chat, with_threads
from widget.wire.base import Wire
from widget.wire.chats import Chat, Thread
from widget.wire.users import User

__all__ = ["KEPT_EVENTS", "KeptConversation"]

KEPT_EVENTS = 30
"""How many events are kept, at most: more than a window shows at once."""


class KeptConversation(Wire):
    """The last events, by threads, and the people of one customer's chat. ``more``: there is history before them."""

    customer_id: str
    agents_online: bool = True
    users: list[User] = Field(default_factory=list)
    threads: list[Thread] = Field(default_factory=list)
    more: bool = False

    @classmethod
    def of(cls, conversation: Conversation, customer_id: str, *, agents_online: bool) -> Self:
        """What is worth keeping of a conversation."""
        entries = conversation.entries[-KEPT_EVENTS:]
        return cls(
            customer_id=customer_id,
            agents_online=agents_online,
            users=list(conversation.users.values()),
            threads=list(_threads(entries, conversation)),
            more=conversation.older is not None or len(entries) < len(conversation.entries),
        )

    def conversation(self) -> Conversation:
        """The conversation to show. It has no chat: which one is the customer's is the server's to say."""
        people = with_chat(Conversation(), Chat(id="", users=self.users))
        return replace(with_threads(people, self.threads, "" if self.more else None), chat_id=None)


def _threads(entries: Iterable[Entry], conversation: Conversation) -> Iterable[Thread]:
    events: dict[str, Thread] = {}
    for entry in entries:
        active = conversation.active and entry.thread_id == conversation.thread_id
        events.setdefault(entry.thread_id, Thread(id=entry.thread_id, active=active)).events.append(entry.event)
    return events.values()
