"""JSON from strangers: only what could be sent on to others as it came."""

import json

from pydantic import JsonValue
from pydantic_core import from_json

__all__ = ["parse"]


def parse(text: str | bytes) -> JsonValue:
    """The value of a JSON text. Raises ValueError, also for half characters and for numbers or nesting without end."""
    value: JsonValue = from_json(text, allow_inf_nan=False)
    json.dumps(value, allow_nan=False)  # 1e999 reads as infinity, which JSON cannot say.
    return value
