"""Requests in flight: who waits for which answer.

LiveChat answers a request twice: with a response, and with a push that carries the same ``request_id`` to the
connection that asked. Which of the two settles it depends on the action (spec: customer-rtm, section 8). A request
that is settled by its response may come as a push too; the push then settles nobody.

A request that came too soon was not done: it goes again, a few times, and nobody has to know.
"""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from widget.wire.errors import ChatError, Refused, RequestTimeout
from widget.wire.frames import Payload, Push, Response

__all__ = ["LIMIT", "SETTLED_BY_PUSH", "TOO_SOON", "InFlight", "Outcome", "Pending"]

Outcome = Payload | ChatError
"""What became of a request: its payload, or why there is none."""

LIMIT = 10
"""How many requests may wait on one connection; the server refuses the eleventh (spec: customer-rtm, section 4)."""

SETTLED_BY_PUSH = {
    "start_chat": "incoming_chat",
    "resume_chat": "incoming_chat",
    "send_event": "incoming_event",
}
"""Actions whose answer is a push, because only the push has the whole chat or event."""

TOO_SOON = frozenset({"pending_requests_limit_reached", "too_many_requests"})
"""Refusals that say nothing but that a request came too soon: "It'll be unblocked automatically after some time"."""

TRIES = 8
"""How often a request that comes too soon is sent, before whoever asked is told: for most of a minute."""


@dataclass(slots=True)
class Pending:
    """A request that is not settled. ``deadline`` in seconds on the caller's clock; ``place`` in the line of all."""

    request_id: str
    action: str
    text: str
    deadline: float
    settle: Callable[[Outcome], None]
    place: int = 0
    tries: int = 0


class InFlight:
    """The requests of one connection.

    Pure bookkeeping: it never sends, sleeps or logs. At most ``limit`` are in flight; the rest wait in line.
    ``settled_by_push`` names the actions whose caller wants the push and not the response.
    """

    def __init__(self, limit: int = LIMIT, settled_by_push: Mapping[str, str] = SETTLED_BY_PUSH) -> None:
        self._limit = limit
        self._settled_by_push = settled_by_push
        self._waiting: deque[Pending] = deque()
        self._sent: dict[str, Pending] = {}
        self._added = 0

    def add(self, pending: Pending) -> None:
        """Put a request in line."""
        pending.place, self._added = self._added, self._added + 1
        self._waiting.append(pending)

    def add_sent(self, pending: Pending) -> None:
        """A request goes out past the line: something that is not counted."""
        self._sent[pending.request_id] = pending

    def put_back(self, refused: Response, deadline: float) -> bool:
        """Put a request that came too soon in line again, at its place, with another deadline.

        False when it is another refusal, or when it has been sent often enough.
        """
        pending = self._sent.get(refused.request_id or "")
        error = refused.error()
        if pending is None or error is None or error.type not in TOO_SOON or pending.tries >= TRIES:
            return False
        del self._sent[pending.request_id]
        pending.deadline = deadline
        self._waiting.append(pending)
        self._waiting = deque(sorted(self._waiting, key=lambda waiting: waiting.place))
        return True

    def sendable(self) -> list[str]:
        """The texts of the requests that may go now, in their order; they are in flight from here on."""
        texts = []
        while self._waiting and len(self._sent) < self._limit:
            pending = self._waiting.popleft()
            pending.tries += 1
            self._sent[pending.request_id] = pending
            texts.append(pending.text)
        return texts

    def receive(self, frame: Response | Push) -> bool:
        """Settle what this frame answers. False when it answers nobody."""
        pending = self._sent.get(frame.request_id or "")
        if pending is None or not self._settles(pending.action, frame):
            return False
        del self._sent[pending.request_id]
        pending.settle(_outcome(frame))
        return True

    def fail(self, request_id: str, error: ChatError) -> None:
        """The answer to a request has come and cannot be read."""
        pending = self._sent.pop(request_id, None)
        if pending is not None:
            pending.settle(error)

    def expire(self, now: float) -> None:
        """Fail every request whose deadline has passed, sent or not."""
        late = [p for p in (*self._sent.values(), *self._waiting) if p.deadline <= now]
        for pending in late:
            self._forget(pending)
            pending.settle(RequestTimeout())

    def next_deadline(self) -> float | None:
        """When the next request expires."""
        return min((p.deadline for p in (*self._sent.values(), *self._waiting)), default=None)

    def drop(self, sent: ChatError, unsent: ChatError) -> None:
        """Fail them all: those that were sent with one error, those still in line with the other."""
        lost, never_sent = list(self._sent.values()), list(self._waiting)
        self._sent.clear()
        self._waiting.clear()
        for pending in lost:
            pending.settle(sent)
        for pending in never_sent:
            pending.settle(unsent)

    def _forget(self, pending: Pending) -> None:
        if self._sent.pop(pending.request_id, None) is None:
            self._waiting.remove(pending)

    def _settles(self, action: str, frame: Response | Push) -> bool:
        if isinstance(frame, Push):
            return self._settled_by_push.get(action) == frame.action
        return not frame.success or action not in self._settled_by_push


def _outcome(frame: Response | Push) -> Outcome:
    error = frame.error() if isinstance(frame, Response) else None
    return frame.payload if error is None else Refused.of(error)
