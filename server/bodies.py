"""The bodies of HTTP requests, as far as they are read at all."""

from starlette.requests import Request

from server.limits import MAX_BODY
from server.strict_json import parse
from widget.wire.base import Json

__all__ = ["BodyTooLarge", "read_object", "read_text"]


class BodyTooLarge(ValueError):
    """The body is longer than MAX_BODY."""


async def read_object(request: Request) -> Json:
    """The JSON object in the body, whatever type it claims to be; nothing counts as ``{}``. Raises ValueError."""
    body = await _read(request)
    value = parse(body) if body.strip() else {}
    if not isinstance(value, dict):
        raise ValueError("the body is not a JSON object")
    return value


async def read_text(request: Request) -> str:
    """The text in the body. Raises ValueError."""
    return (await _read(request)).decode()


async def _read(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            raise BodyTooLarge(f"the body is longer than {MAX_BODY} bytes")
    return bytes(body)
