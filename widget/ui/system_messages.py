"""What the platform tells, in the reader's words.

The wire carries a type and variables; the platform's own English text is only for types we do not know.
Spec: customer-rtm, section 9 (system message types).
"""

from widget.ui.locale import Locale, later
from widget.wire.events import SystemMessage

__all__ = ["system_text", "told_to_visitor"]

_JOINED = later("{agent} joined the chat")
_LEFT = later("{agent} left the chat")
_PASSED = later("The chat was passed to {agent}")
_CLOSED = later("The chat was closed")
_DISCONNECTED = later("The chat was closed because the connection was lost")
_NOBODY_THERE = later("The chat was closed because nobody was there")
_UNASSIGNED = later("The chat is waiting for an agent")

_TEXTS = {
    "agent_added": _JOINED,
    "agent_joined": _JOINED,
    "agent_left": _LEFT,
    "agent_removed": _LEFT,
    "archived_customer_disconnected": _DISCONNECTED,
    "chat_transferred": later("The chat was passed to {targets}"),
    "manual_archived_agent": later("{agent} closed the chat"),
    "manual_archived_customer": later("{customer} closed the chat"),
    "routing.archived_deleted": _CLOSED,
    "routing.archived_disconnected": _DISCONNECTED,
    "routing.archived_inactive": later("The chat was closed because nobody wrote for a while"),
    "routing.archived_offline": _NOBODY_THERE,
    "routing.archived_other": _CLOSED,
    "routing.archived_remotely_signed_out": _NOBODY_THERE,
    "routing.archived_signed_out": _NOBODY_THERE,
    "routing.assigned_deleted": _PASSED,
    "routing.assigned_disconnected": _PASSED,
    "routing.assigned_inactive": _PASSED,
    "routing.assigned_other": _PASSED,
    "routing.assigned_remotely_signed_out": _PASSED,
    "routing.assigned_signed_out": _PASSED,
    "routing.idle": later("The chat is waiting for an answer"),
    "routing.unassigned_deleted": _UNASSIGNED,
    "routing.unassigned_disconnected": _UNASSIGNED,
    "routing.unassigned_other": _UNASSIGNED,
    "routing.unassigned_remotely_signed_out": _UNASSIGNED,
    "routing.unassigned_signed_out": _UNASSIGNED,
    "system_archived": _CLOSED,
    "transcript_requested": later("The transcript will be sent to {email}"),
    "transcript_sent": later("The transcript was sent to {email}"),
}

_OF_THE_VISITOR = {
    "manual_archived_customer": later("You ended the chat"),
    "rating.chat_commented": later("You left a comment: {comment}"),
    "rating.chat_rated": later("You rated the chat"),
    "rating.chat_rating_canceled": later("You took your rating back"),
}
"""What visitors did themselves."""

_UNSAID = dict.fromkeys(("agent", "comment", "customer", "email", "targets"), "")


def system_text(event: SystemMessage, locale: Locale) -> str:
    """One line about what happened, for somebody who looks on: an agent."""
    return _text(event, locale, _TEXTS)


def told_to_visitor(event: SystemMessage, locale: Locale) -> str:
    """One line about what happened, for the visitor whose chat it is."""
    return _text(event, locale, _TEXTS | _OF_THE_VISITOR)


def _text(event: SystemMessage, locale: Locale, texts: dict[str, str]) -> str:
    text = texts.get(event.system_message_type)
    if text is None:
        return event.text or ""
    return locale.text(text, **_UNSAID | (event.text_vars or {}))
