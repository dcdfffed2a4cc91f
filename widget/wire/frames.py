"""The envelope: requests, responses and pushes (spec: customer-rtm, section 3).

``read_frame`` never raises for what a server may add: it returns None for a frame that is neither response nor push.
"""

import json
import re
from itertools import groupby
from typing import Annotated, Literal

from pydantic import Field, Strict, TypeAdapter, ValidationError

from widget.wire.base import JsonValue, Wire
from widget.wire.errors import ErrorBody, ProtocolError

__all__ = [
    "DEEPEST",
    "MAX_FRAME",
    "MOST_NAMES",
    "Payload",
    "Push",
    "Request",
    "Response",
    "error_response",
    "read_frame",
    "request_id_in",
    "response",
]

MAX_FRAME = 8 * 1024 * 1024
"""The longest frame that is read, in characters: longer than any history that fits into a window."""

MOST_NAMES = 1000
"""How many different names the objects of a frame may have, all together; the platform's APIs have some hundreds.

Reading takes the square of it where names are made to collide, and in the browser it is known which do: the frozen
Python hashes alike in every window.
"""

DEEPEST = 100
"""How many objects and arrays of a frame may lie in each other. In the browser a reader that goes on runs out of stack,
and nothing tells it in time: all of Python ends there."""

Payload = dict[str, JsonValue] | list[JsonValue]
"""A payload is an object, or for a few agent actions an array."""


AnyPayload = Annotated[
    Annotated[dict[str, JsonValue], Strict()] | Annotated[list[JsonValue], Strict()],
    Field(union_mode="left_to_right"),
]


class Request(Wire):
    """What a client asks. ``version`` may be the connection's or newer; ``author_id`` names a bot."""

    action: str
    request_id: str | None = None
    payload: dict[str, JsonValue] = Field(default_factory=dict)
    version: str | None = None
    author_id: str | None = None


class Response(Wire):
    """The answer to a request; ``payload.error`` says why when ``success`` is false."""

    action: str
    request_id: str | None = None
    type: Literal["response"] = "response"
    success: bool = True
    payload: AnyPayload = Field(default_factory=dict)

    def error(self) -> ErrorBody | None:
        """The refusal, or None when the request succeeded."""
        if self.success:
            return None
        body = self.payload.get("error") if isinstance(self.payload, dict) else None
        return ErrorBody.read(body if isinstance(body, dict) else {})


class Push(Wire):
    """What the server tells. ``request_id`` is there only on the copy for the connection that caused it."""

    action: str
    request_id: str | None = None
    type: Literal["push"] = "push"
    version: str | None = None
    payload: AnyPayload = Field(default_factory=dict)


def response(request: Request, payload: Payload) -> Response:
    """The answer to a request that succeeded."""
    return Response(request_id=request.request_id, action=request.action, payload=payload)


def error_response(request: Request, error: ErrorBody) -> Response:
    """The answer to a request that was refused."""
    payload: Payload = {"error": error.as_json()}
    return Response(request_id=request.request_id, action=request.action, success=False, payload=payload)


_FRAME: TypeAdapter[Response | Push] = TypeAdapter(Annotated[Response | Push, Field(discriminator="type")])


def read_frame(text: str) -> Response | Push | None:
    """The frame that a server sent, or None for JSON that is no frame of ours.

    Raises ProtocolError for text that is not JSON at all, or that is made to take long to read.
    """
    _check_size(text)
    try:
        return _READ(text)  # type: ignore[no-any-return]
    except ValidationError:
        return _read_patiently(text)


_READ = _FRAME.validator.validate_json


def _read_patiently(text: str) -> Response | Push | None:
    """The frame of JSON that pydantic does not take: half a surrogate pair, such as an emoji that was cut in two."""
    try:
        return _FRAME.validate_python(json.loads(text))
    except ValidationError:
        return None
    except ValueError as error:
        raise ProtocolError(f"The server sent text that is not JSON: {error}") from error


def request_id_in(text: str) -> str:
    """The request that a frame answers which cannot be read, as far as its beginning says so; else nothing."""
    found = _REQUEST_ID.search(text, 0, 1000)
    return found[1] if found is not None else ""


_REQUEST_ID = re.compile(r'"request_id"\s*:\s*"([^"\\]*)"')

_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*+"|[\[\]{}]', re.DOTALL)
"""Each bracket of a JSON document; and its texts, in which there may be more."""

_TEXTS = re.compile(r'"((?:[^"\\]|\\.)*+)"\s*+(:?)', re.DOTALL)
"""Each text of a JSON document, and whether it is a name."""


def _check_size(text: str) -> None:
    if len(text) > MAX_FRAME:
        raise ProtocolError(f"The server sent a frame of {len(text):,} characters; {MAX_FRAME:,} are read.")
    if len(text) > MOST_NAMES and text.count(":") > MOST_NAMES and _count_names(text) > MOST_NAMES:
        raise ProtocolError(f"The server sent a frame with more than {MOST_NAMES:,} different names.")
    if text.count("[") + text.count("{") > DEEPEST and _depth(text) > DEEPEST:
        raise ProtocolError(f"The server sent a frame that is nested more than {DEEPEST} deep.")


def _depth(text: str) -> int:
    """How deep it is nested at its deepest."""
    depth = deepest = 0
    for token in _BRACKETS.findall(text):
        if token in {"[", "{"}:
            depth += 1
            deepest = max(deepest, depth)
        elif token in {"]", "}"}:
            depth -= 1
    return deepest


def _count_names(text: str) -> int:
    """How many different names there are. Sorted, and not hashed: hashing is what may take too long."""
    names = sorted(name for name, colon in _TEXTS.findall(text) if colon)
    return sum(1 for _ in groupby(names))
