"""Replies at hand: texts that an agent often needs, with the customer's name where it belongs."""

import json
import re
from dataclasses import dataclass

from widget.agent_app.profile import CustomerProfile

__all__ = ["STARTERS", "Reply", "filled", "found", "read_replies"]


@dataclass(frozen=True, slots=True)
class Reply:
    """A text under a short name. ``{name}`` in it stands for the customer's first name."""

    name: str
    text: str


STARTERS = (
    Reply("hello", "Hello {name}! How can I help you?"),
    Reply("one moment", "One moment, please. I am looking into it."),
    Reply("more", "Could you tell me a little more about it?"),
    Reply("done", "That is done. Is there anything else I can do for you?"),
    Reply("bye", "Thank you for getting in touch, {name}. Have a nice day!"),
)
"""Those of an organization that has none of its own."""


def filled(reply: Reply, profile: CustomerProfile | None) -> str:
    """The text for a customer; without the name, and the comma before it, when nobody has told theirs."""
    told = (profile or {}).get("name", "")
    if told and not told.startswith("Visitor"):
        return reply.text.replace("{name}", told.split()[0])
    return re.sub(r",? ?\{name\}", "", reply.text).strip()


def found(replies: tuple[Reply, ...], wanted: str) -> tuple[Reply, ...]:
    """Those whose name or text has all the words."""
    words = wanted.casefold().split()
    return tuple(r for r in replies if all(word in f"{r.name} {r.text}".casefold() for word in words))


def read_replies(text: object) -> tuple[Reply, ...]:
    """The replies that an organization keeps as JSON, ``[{"name": ..., "text": ...}]``. What is none is left out."""
    try:
        listed = json.loads(text) if isinstance(text, str) else []
    except ValueError:
        listed = []
    items = [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
    replies = [Reply(str(each.get("name") or ""), str(each.get("text") or "")) for each in items]
    return tuple(reply for reply in replies if reply.name and reply.text)
