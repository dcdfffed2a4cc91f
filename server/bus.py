"""How a push finds the connections of those it is for.

The rest of the server knows only the port: to tell somebody something is to name them and publish. Several processes
could share conversations with another implementation of it, over a broker; nothing else would change.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from widget.wire.frames import Payload

__all__ = ["Bus", "Cause", "Delivery", "LocalBus", "Mailbox"]


@dataclass(frozen=True, slots=True)
class Delivery:
    """A push and whom it is for. With ``connection_id`` only that connection gets it; who gets one that ``ends`` is
    disconnected, and the push is the reason. What is ``unasked`` is nobody's answer, whatever led to it."""

    action: str
    payload: Payload
    users: frozenset[str]
    connection_id: str | None = None
    ends: str | None = None
    unasked: bool = False


@dataclass(frozen=True, slots=True)
class Cause:
    """The request that led to a push; its connection gets the push with the request's id."""

    connection_id: str | None = None
    request_id: str | None = None


class Mailbox(Protocol):
    """A connection, as the bus sees it."""

    @property
    def id(self) -> str:
        """What tells it from other connections."""
        ...

    def deliver(self, push: Delivery, request_id: str | None) -> None:
        """Take a push. Must not wait for the network, and must not raise."""
        ...


class Bus(Protocol):
    """The port through which pushes go."""

    def join(self, user_id: str, mailbox: Mailbox) -> None:
        """From now on the mailbox gets what is for this user."""
        ...

    def leave(self, user_id: str, mailbox: Mailbox) -> None:
        """It gets nothing any more; calling twice does no harm."""
        ...

    def publish(self, pushes: Iterable[Delivery], cause: Cause) -> None:
        """Hand the pushes to all connections they are for, in order. Never waits."""
        ...


class LocalBus:
    """The bus of a server that is one process. Belongs to the event loop's thread."""

    def __init__(self) -> None:
        self._mailboxes: defaultdict[str, dict[str, Mailbox]] = defaultdict(dict)

    def join(self, user_id: str, mailbox: Mailbox) -> None:
        """See Bus."""
        self._mailboxes[user_id][mailbox.id] = mailbox

    def leave(self, user_id: str, mailbox: Mailbox) -> None:
        """See Bus."""
        boxes = self._mailboxes.get(user_id, {})
        boxes.pop(mailbox.id, None)
        if not boxes:
            self._mailboxes.pop(user_id, None)

    def publish(self, pushes: Iterable[Delivery], cause: Cause) -> None:
        """See Bus."""
        for push in pushes:
            for mailbox in self._recipients(push):
                answers = mailbox.id == cause.connection_id and not push.unasked
                mailbox.deliver(push, cause.request_id if answers else None)

    def _recipients(self, push: Delivery) -> list[Mailbox]:
        return [
            mailbox
            for user_id in push.users
            for mailbox in self._mailboxes.get(user_id, {}).values()
            if push.connection_id in (None, mailbox.id)
        ]
