"""The frames of the trusted dialect: what @livechat/postmessage puts around each message between a page and its frame.

A page shakes hands with the frame in it; after that each side calls the other's methods and is answered. Both sides of
it are built on this module: the apps in the frame (``widget.agent_app.protocol``), and the console around them.

::

    {"@@livechat/postmessenger": true, owner, instance, type, data, request}

``owner`` and ``instance`` name the page and which of its frames; the frame copies both from the handshake. ``request``
numbers what is asked, and comes back with the answer; some pages send handshakes without one.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from widget.wire.base import Json

__all__ = ["FOUR_WAY", "Frame", "Kind", "answer", "call", "failure", "message_of", "read_frame", "result_of"]

MARK = "@@livechat/postmessenger"
FOUR_WAY = "@@livechat/4way"
"""In the answer to a handshake: the frame waits for an echo, too (0.3.5)."""


class Kind(StrEnum):
    """What a frame is for."""

    HANDSHAKE = "handshake"
    ECHO = "handshake_echo"
    CALL = "call"
    RESPONSE = "response"
    EMIT = "emit"


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame. ``data`` is whatever its kind says, and not to be trusted."""

    kind: Kind
    owner: str
    instance: int
    data: Any = None
    request: int | None = None

    def as_json(self) -> Json:
        """What is posted."""
        return {
            MARK: True,
            "owner": self.owner,
            "instance": self.instance,
            "type": self.kind.value,
            "data": self.data,
            "request": self.request,
        }


def read_frame(data: object) -> Frame | None:
    """The frame that was posted; None for anything else, and for one that is not as it should be."""
    if not isinstance(data, dict) or data.get(MARK) is not True:
        return None
    kind, owner, instance, request = (data.get(name) for name in ("type", "owner", "instance", "request"))
    if kind not in list(Kind) or not isinstance(owner, str) or type(instance) is not int:
        return None
    if request is not None and type(request) is not int:
        return None
    return Frame(Kind(kind), owner, instance, data.get("data"), request)


# What is asked


def call(owner: str, instance: int, request: int, message: Json) -> Frame:
    """Give the other side a message. Both sides have one method, ``handle``, and nothing else is ever called."""
    return Frame(Kind.CALL, owner, instance, {"method": "handle", "args": [message]}, request)


def message_of(frame: Frame) -> Json | None:
    """The message in a call; None when another method is called, or it is called with something else."""
    data = frame.data
    if not isinstance(data, dict) or data.get("method") != "handle":
        return None
    args = data.get("args")
    message = args[0] if isinstance(args, list) and args else None
    return message if isinstance(message, dict) else None


# What is answered


def answer(frame: Frame, result: Json | None = None) -> Frame:
    """That went well."""
    return Frame(Kind.RESPONSE, frame.owner, frame.instance, {"error": False, "result": result}, frame.request)


def failure(frame: Frame, message: str) -> Frame:
    """That did not; the other side sees an Error with this message."""
    data = {"error": True, "result": {"real": True, "error": {"message": message}}}
    return Frame(Kind.RESPONSE, frame.owner, frame.instance, data, frame.request)


def result_of(frame: Frame) -> tuple[Any, str | None]:
    """What was answered: a result, and the sentence of an error if it was one."""
    data = frame.data if isinstance(frame.data, dict) else {}
    result = data.get("result")
    if data.get("error") is not True:
        return result, None
    error = result.get("error") if isinstance(result, dict) else None
    sentence = error.get("message") if isinstance(error, dict) else error
    return None, str(sentence or "The other side failed without saying why.")
