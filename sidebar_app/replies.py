"""Replies at hand: texts that an agent often needs, with the customer's name where it belongs."""

import json
import re
from dataclasses import dataclass

from widget.agent_app.profile import CustomerProfile
from widget.ui.locale import Locale, later

__all__ = ["STARTERS", "Reply", "filled", "found", "name_told", "read_replies", "starters"]


@dataclass(frozen=True, slots=True)
class Reply:
    """A text under a short name. ``{name}`` in it stands for the customer's first name."""

    name: str
    text: str


STARTERS = (
    Reply(later("hello"), later("Hello {name}! How can I help you?")),
    Reply(later("one moment"), later("One moment, please. I am looking into it.")),
    Reply(later("more"), later("Could you tell me a little more about it?")),
    Reply(later("done"), later("That is done. Is there anything else I can do for you?")),
    Reply(later("bye"), later("Thank you for getting in touch, {name}. Have a nice day!")),
)
"""Those of an organization that has none of its own."""


def starters(locale: Locale) -> tuple[Reply, ...]:
    """The same in the agent's language, which is the likeliest to be the customer's."""
    return tuple(Reply(locale.text(each.name), locale.text(each.text)) for each in STARTERS)


def name_told(profile: CustomerProfile) -> str:
    """The name that the customer has told; empty for what the Agent App calls somebody who has not."""
    name = profile.get("name", "")
    return "" if name.startswith("Visitor") else name


def filled(reply: Reply, profile: CustomerProfile | None) -> str:
    """The text for a customer; without the name, and the comma before it, when nobody has told theirs."""
    told = name_told(profile) if profile else ""
    if told:
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
