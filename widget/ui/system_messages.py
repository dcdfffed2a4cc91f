"""What the platform tells, in the reader's words.

The wire carries a type and variables; the platform's own English text is only for types we do not know.
Spec: customer-rtm, section 9 (system message types).
"""

from widget.ui.locale import Locale
from widget.wire.events import SystemMessage

__all__ = ["system_text"]


def system_text(event: SystemMessage, locale: Locale) -> str:
    """One line about what happened."""
    names = {"agent": "", "customer": "", "initiator": "", "targets": "", **(event.text_vars or {})}
    texts = _texts(locale)
    text = texts.get(event.system_message_type)
    if text is None:
        return event.text or ""
    return text.format_map(names)


def _texts(locale: Locale) -> dict[str, str]:
    t = locale.text
    return {
        "agent_added": t("{agent} joined the chat"),
        "agent_joined": t("{agent} joined the chat"),
        "agent_left": t("{agent} left the chat"),
        "agent_removed": t("{agent} left the chat"),
        "chat_transferred": t("The chat was passed to {targets}"),
        "manual_archived_agent": t("{agent} closed the chat"),
        "manual_archived_customer": t("{customer} closed the chat"),
        "system_archived": t("The chat was closed"),
        "routing.archived_inactive": t("The chat was closed because nobody wrote for a while"),
        "routing.archived_disconnected": t("The chat was closed because the connection was lost"),
        "routing.archived_offline": t("The chat was closed because nobody was there"),
        "routing.assigned_other": t("The chat was passed to {agent}"),
        "routing.idle": t("The chat is waiting for an answer"),
    }
