"""What the site told of the visit, beside the conversation (``send_contextual_data``)."""

import json

from htpy import Element, dd, div, dl, dt, h3, section

from widget.live_chat.context import CONTEXTUAL_DATA
from widget.rtm.conversation import Conversation
from widget.ui.locale import Locale
from widget.wire.events import CustomEvent

__all__ = ["Facts", "context_card", "facts"]

Facts = tuple[tuple[str, str], ...]
"""Names and values, as they are shown."""

LONGEST_VALUE = 400
"""Characters of a value that the card shows."""


def facts(conversation: Conversation) -> Facts:
    """What was told in a conversation. What was told last of a name counts."""
    told: dict[str, str] = {}
    for entry in conversation.entries:
        content = entry.event.content if isinstance(entry.event, CustomEvent) else None
        data = content.get(CONTEXTUAL_DATA) if isinstance(content, dict) else None
        for name, value in (data if isinstance(data, dict) else {}).items():
            told.pop(name, None)
            told[name] = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return tuple((name, value[:LONGEST_VALUE]) for name, value in told.items())


def context_card(told: Facts, locale: Locale) -> Element | None:
    """The card, if there is anything to tell."""
    if not told:
        return None
    name = locale.text("About this conversation")
    return section(".facts", aria_label=name)[
        h3[name],
        dl[[div[dt(dir="auto")[term], dd(dir="auto")[value]] for term, value in told]],
    ]
