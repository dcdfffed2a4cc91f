"""What the site's page is told unasked: how things stand, and each message that comes or goes."""

from collections.abc import Callable, Iterator
from itertools import takewhile
from typing import Protocol

from widget.live_chat.sending import as_message
from widget.rtm.conversation import Conversation, Entry
from widget.wire.base import Json
from widget.wire.events import CustomEvent, Event, File, Message
from widget.wire.users import Customer

__all__ = ["News", "Session"]


class Session(Protocol):
    """The visitor's session (``widget.customer_sdk.session.ChatSession``)."""

    @property
    def in_step(self) -> bool:
        """Whether all is known that the server knows."""

    @property
    def conversation(self) -> Conversation:
        """What was said."""

    @property
    def customer(self) -> Customer | None:
        """Who the visitor is."""

    @property
    def agents_online(self) -> bool:
        """Whether somebody is there to answer."""


class News:
    """Tells the page, each thing once. What was there when the chat began is no news."""

    def __init__(self, session: Session, tell: Callable[[Json], None]) -> None:
        self._session = session
        self._tell = tell
        self._state: Json = {}
        self._last: str | None = None
        self._of: str | None = None

    def changed(self) -> None:
        """Something is different."""
        customer = self._session.customer
        if not self._session.in_step or customer is None:
            return
        state = self._now(customer)
        if state != self._state:
            self._state = state
            self._tell({"type": "state", **state})
        for entry in self._new(customer.id):
            self._tell({"type": "message", **_told(entry, customer.id, self._session.conversation)})

    def _new(self, customer_id: str) -> list[Entry]:
        entries = self._session.conversation.entries
        first, last = self._of != customer_id, self._last
        self._of, self._last = customer_id, entries[-1].event.id if entries else None
        if first or self._last == last:
            return []
        new = list(takewhile(lambda e: e.event.id != last, reversed(entries)))
        return [e for e in reversed(new) if _is_message(e.event)] if last is None or len(new) < len(entries) else []

    def _now(self, customer: Customer) -> Json:
        chat = self._session.conversation
        returning = customer.statistics is not None and customer.statistics.visits_count > 1
        return {
            "availability": "online" if self._session.agents_online else "offline",
            "customer": {
                "id": customer.id,
                "name": customer.name,
                "email": customer.email,
                "isReturning": returning,
                "status": _status(chat),
                "sessionVariables": dict(_variables(customer)),
            },
            "chat": {"chatId": chat.chat_id, "threadId": chat.thread_id},
        }


def _status(chat: Conversation) -> str:
    if not chat.active:
        return "browsing"
    return "chatting" if chat.queue_position is None else "queued"


def _variables(customer: Customer) -> Iterator[tuple[str, str]]:
    for each in customer.session_fields or []:
        yield from each.items()


def _is_message(event: Event) -> bool:
    if isinstance(event, CustomEvent):
        return isinstance(event.content, dict) and "customData" in event.content
    return isinstance(event, Message | File)


def _told(entry: Entry, customer_id: str, chat: Conversation) -> Json:
    status = "OPEN" if chat.active and chat.thread_id == entry.thread_id else "CLOSED"
    return {
        "message": as_message(entry.event),
        "thread": {"id": entry.thread_id, "conversationId": chat.chat_id, "status": status},
        "author": {
            "id": entry.event.author_id,
            "type": "customer" if entry.event.author_id == customer_id else "agent",
        },
    }
