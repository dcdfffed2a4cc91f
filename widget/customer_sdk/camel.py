"""Between JavaScript's names and Python's: ``customId`` is ``custom_id``.

Only the SDK's own names change. What the site names itself, such as properties, goes through as it is, and so do the
keys of what is kept by the ids of users or the types of events.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

__all__ = ["camel", "snake", "to_javascript", "to_python"]

NAMED_BY_THE_SITE = {
    "chat_properties",
    "content",
    "properties",
    "session_fields",
    "text_vars",
    "thread_properties",
}
"""What is under these names is the site's, whatever it is."""

BY_ID_OR_TYPE = {"events_seen_up_to_map", "last_events_per_type", "last_seen_timestamps"}
"""What is under these names has keys that are no names."""

Change = Callable[[str], str]


UNDERSCORE = re.compile(r"(?<=[a-z0-9])_([a-z0-9])")
CAPITAL = re.compile(r"(?<!^)([A-Z])")

REMEMBERED = 1024
"""How many names are kept in mind: more than there are in the SDK, and few enough for what others may send."""


@lru_cache(REMEMBERED)
def camel(name: str) -> str:
    """The name in JavaScript."""
    return UNDERSCORE.sub(lambda letter: letter[1].upper(), name)


@lru_cache(REMEMBERED)
def snake(name: str) -> str:
    """The name in Python."""
    return CAPITAL.sub(lambda letter: f"_{letter[1].lower()}", name)


def to_javascript(value: Any) -> Any:
    """What Python has, with JavaScript's names."""
    return _renamed(value, camel)


def to_python(value: Any) -> Any:
    """What JavaScript has, with Python's names."""
    return _renamed(value, snake)


def _renamed(value: Any, change: Change) -> Any:
    if isinstance(value, dict):
        return {change(name): _under(snake(name), inner, change) for name, inner in value.items()}
    if isinstance(value, list):
        return [_renamed(each, change) for each in value]
    return value


def _under(name: str, value: Any, change: Change) -> Any:
    # A customer's fields are one object, named by the site; those of a form are a list, and ours.
    if name in NAMED_BY_THE_SITE or (name == "fields" and isinstance(value, dict)):
        return value
    if name in BY_ID_OR_TYPE and isinstance(value, dict):
        return {key: _renamed(inner, change) for key, inner in value.items()}
    return _renamed(value, change)
