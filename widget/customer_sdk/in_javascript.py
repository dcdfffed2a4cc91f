"""Errors in JavaScript's words: ``sendEvent: `event.customId`: Input should be a valid string``."""

import re

from widget.customer_sdk.camel import camel
from widget.platform_sdk.shapes import Json
from widget.wire.errors import ChatError, Refused, WrongArgument

__all__ = ["error_json"]

WORDS = {
    "None": "null",
    "valid dictionary": "valid object",
    "valid list": "valid array",
    "keyword argument": "argument",
    "keyword-only argument": "argument",
}
"""What is said there."""

NAMES = re.compile(r"^\w+(?=: )|`[^`]*`|argument:? '\w+'|(?<=with )[\w, ]+$")
"""Where a message names the method and the argument."""

SAYINGS = re.compile(rf"\b({'|'.join(WORDS)})\b")


def error_json(error: ChatError) -> Json:
    """An error as a page gets it: ``{code, message, hint, data?}``."""
    message = _translated(error.message) if isinstance(error, WrongArgument) else error.message
    told: Json = {"code": error.code, "message": message, "hint": error.hint}
    return told | ({"data": error.data} if isinstance(error, Refused) and error.data is not None else {})


def _translated(message: str) -> str:
    said = SAYINGS.sub(lambda found: WORDS[found[0]], message)
    return NAMES.sub(lambda found: camel(found[0]), said)
