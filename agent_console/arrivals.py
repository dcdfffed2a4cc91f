"""What an agent has to attend to: the news in a push, if there are any for them."""

from dataclasses import dataclass

from agent_console.inbox import NOBODYS, Case, Section, section
from widget.wire.events import Event, File, Message
from widget.wire.frames import Push

__all__ = ["Arrival", "arrival"]


@dataclass(frozen=True, slots=True)
class Arrival:
    """Something new for the agent: a visitor's message, or with ``event`` None a chat that waits."""

    chat_id: str
    event: Event | None


def arrival(case: Case, known: Case | None, me: str, push: Push) -> Arrival | None:
    """What there is to attend to after a push: a message in a chat of ours, or a chat that is ours or nobody's now.

    ``known`` is the chat as it was before.
    """
    now, was = section(case, me), section(known, me) if known else Section.CLOSED
    if push.action == "incoming_event":
        event = case.conversation.last
        is_new = known is None or known.conversation.last is not event
        return Arrival(case.id, event) if now is Section.MINE and is_new and _is_theirs(event, case) else None
    payload = push.payload if isinstance(push.payload, dict) else {}
    if now is was or payload.get("requester_id") == me:
        return None
    if now is Section.MINE:
        return Arrival(case.id, case.newest)
    return Arrival(case.id, None) if now in NOBODYS and was not in NOBODYS else None


def _is_theirs(event: Event | None, case: Case) -> bool:
    """Whether the visitor said this."""
    return isinstance(event, Message | File) and case.customer is not None and event.author_id == case.customer.id
