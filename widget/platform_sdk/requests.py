"""An action as a request over HTTP, and what its answer says. Nothing here sends.

Spec: customer-web, section 1.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlencode
from uuid import uuid4

from widget.platform_sdk.addresses import action_url
from widget.platform_sdk.method import Call
from widget.platform_sdk.versions import Version
from widget.rtm.ports import HttpResponse
from widget.wire.errors import ErrorBody, ProtocolError, Refused, WrongArgument

__all__ = ["Endpoint", "Fetch", "HttpRequest", "SyncFetch", "read_answer"]


class Fetch(Protocol):
    """Sends requests."""

    async def __call__(self, verb: str, url: str, headers: Mapping[str, str], body: bytes | None) -> HttpResponse:
        """The answer, of whatever status. Raises OSError when none came."""


class SyncFetch(Protocol):
    """Sends requests, and blocks until they are answered."""

    def __call__(self, verb: str, url: str, headers: Mapping[str, str], body: bytes | None) -> HttpResponse:
        """The answer, of whatever status. Raises OSError when none came."""


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """A request to send."""

    verb: str
    url: str
    headers: dict[str, str]
    body: bytes | None


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where the actions of one API are asked for. ``author_id`` names the bot that asks."""

    base_url: str
    api: str
    version: Version
    author_id: str | None = None

    def request(self, call: Call, headers: Mapping[str, str], query: Mapping[str, str]) -> HttpRequest:
        """The request for an action; ``headers`` and ``query`` are those of every request."""
        headers = dict(headers) | ({"X-Author-Id": self.author_id} if self.author_id else {})
        url = action_url(self.base_url, self.api, self.version, call.action)
        if call.way == "GET":
            return HttpRequest("GET", _with(url, _in_query(call.payload) | dict(query)), headers, None)
        content_type, body = _form(**call.payload) if call.way == "UPLOAD" else _json(call.payload)
        return HttpRequest("POST", _with(url, query), headers | {"Content-Type": content_type}, body)


def read_answer(response: HttpResponse) -> Any:
    """The payload of an answer. Raises Refused, or ProtocolError for what is no answer of the platform's."""
    try:
        value = json.loads(response.text)
    except ValueError as error:
        raise ProtocolError(f"The server answered {response.status} with text that is not JSON.") from error
    if response.status < 400:
        return value
    body = value.get("error") if isinstance(value, dict) else None
    if not isinstance(body, dict) or not isinstance(body.get("type"), str):
        raise ProtocolError(f"The server answered {response.status} and did not say why.")
    return _refuse(body)


def _refuse(body: dict[str, Any]) -> Any:
    message = body.get("message")
    error = ErrorBody(type=body["type"], message=message if isinstance(message, str) else "", data=body.get("data"))
    raise Refused.of(error)


def _with(url: str, query: Mapping[str, str]) -> str:
    return f"{url}?{urlencode(query)}" if query else url


def _in_query(payload: Mapping[str, Any]) -> dict[str, str]:
    return {name: value if isinstance(value, str) else json.dumps(value) for name, value in payload.items()}


def _json(payload: dict[str, Any]) -> tuple[str, bytes]:
    try:
        return "application/json", json.dumps(payload, allow_nan=False).encode()
    except (TypeError, ValueError) as error:
        raise WrongArgument(f"payload: it cannot be JSON: {error}") from error


def _form(file: bytes, filename: str, content_type: str = "application/octet-stream") -> tuple[str, bytes]:
    """``multipart/form-data`` with the one part ``file`` (RFC 7578); the name escaped as browsers do."""
    boundary = uuid4().hex
    name = filename.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
    head = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        f"Content-Type: {content_type}\r\n\r\n"
    )
    return f"multipart/form-data; boundary={boundary}", head.encode() + file + f"\r\n--{boundary}--\r\n".encode()
