"""Ids that look like the platform's.

Chats and threads have ten upper-case base-36 characters (``PJ0MRSHTDG``), an event is its thread's id and a count
(``K600PKZON8_3``), customers and organizations are UUIDs, request and client-made ids are random base 36.
"""

import secrets
import string
from uuid import uuid4

__all__ = [
    "new_chat_id",
    "new_custom_id",
    "new_customer_id",
    "new_event_id",
    "new_request_id",
    "new_thread_id",
]

_UPPER = string.ascii_uppercase + string.digits
_LOWER = string.ascii_lowercase + string.digits


def _random(alphabet: str, length: int) -> str:
    # One number for all the letters: in the browser every random number is a question to JavaScript.
    number, letters = secrets.randbelow(len(alphabet) ** length), []
    for _ in range(length):
        number, letter = divmod(number, len(alphabet))
        letters.append(alphabet[letter])
    return "".join(letters)


def new_chat_id() -> str:
    """An id for a chat; it starts with a letter, as the platform's do."""
    return secrets.choice(string.ascii_uppercase) + _random(_UPPER, 9)


new_thread_id = new_chat_id


def new_event_id(thread_id: str, count: int) -> str:
    """The id of the ``count``-th event (from 1) of a thread."""
    return f"{thread_id}_{count}"


def new_customer_id() -> str:
    """An id for a customer: a random UUID."""
    return str(uuid4())


def new_request_id() -> str:
    """An id that pairs a request with its answers on one connection."""
    return _random(_LOWER, 11)


def new_custom_id() -> str:
    """The id a client gives to an event before the server has seen it; it is how a resent event is recognised."""
    return _random(_LOWER, 16)
