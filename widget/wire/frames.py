"""The envelope: requests, responses and pushes (spec: customer-rtm, section 3).

``read_frame`` never raises for what a server may add: it returns None for a frame that is neither response nor push.
"""

import json
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, JsonValue, Tag, TypeAdapter, ValidationError

from widget.wire.base import Wire
from widget.wire.errors import ErrorBody, ProtocolError

__all__ = ["Payload", "Push", "Request", "Response", "error_response", "read_frame", "response"]

Payload = dict[str, JsonValue] | list[JsonValue]
"""A payload is an object, or for a few agent actions an array."""


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
    payload: Payload = Field(default_factory=dict)

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
    payload: Payload = Field(default_factory=dict)


def response(request: Request, payload: Payload) -> Response:
    """The answer to a request that succeeded."""
    return Response(request_id=request.request_id, action=request.action, payload=payload)


def error_response(request: Request, error: ErrorBody) -> Response:
    """The answer to a request that was refused."""
    payload: Payload = {"error": error.as_json()}
    return Response(request_id=request.request_id, action=request.action, success=False, payload=payload)


def _kind(value: Any) -> Any:
    return value.get("type") if isinstance(value, dict) else getattr(value, "type", None)


_FRAME: TypeAdapter[Response | Push] = TypeAdapter(
    Annotated[Annotated[Response, Tag("response")] | Annotated[Push, Tag("push")], Discriminator(_kind)]
)


def read_frame(text: str) -> Response | Push | None:
    """The frame that a server sent, or None for JSON that is no frame of ours.

    Raises ProtocolError for text that is not JSON at all.
    """
    try:
        value = json.loads(text)
    except ValueError as error:
        raise ProtocolError(f"The server sent text that is not JSON: {error}") from error
    try:
        return _FRAME.validate_python(value)
    except ValidationError:
        return None
