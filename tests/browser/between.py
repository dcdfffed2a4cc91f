"""What stands between browsers and the server: it loses or damages files, and has the frame note what it warns of.

It works alike for every browser, whatever its driver can do.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

__all__ = ["Fate", "cut_off", "flipped", "gone", "stand_between"]

NOTE = b"""
window.warned = []
const warn = console.warn
console.warn = (...words) => { warned.push(words.join(' ')); warn(...words) }
"""


@dataclass(frozen=True, slots=True)
class Fate:
    """What happens to the files of an address: `change` makes their content another; None is 404."""

    address: re.Pattern[str]
    change: Callable[[bytes], bytes | None]


def gone(_: bytes) -> None:
    """The server has it no more."""


def flipped(content: bytes) -> bytes:
    """One bit is wrong, far behind the header."""
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


def cut_off(content: bytes) -> bytes:
    """The second half is missing."""
    return content[: len(content) // 8 * 4]


def noting(page: bytes) -> bytes:
    """The widget's page, which notes what it warns of before anything else."""
    return page.replace(b"<head>", b'<head><script src="/note.js"></script>', 1)


def stand_between(app: FastAPI, *fates: Fate) -> FastAPI:
    """Let these fates befall what a server answers. Returns the server."""
    changes = [*fates, Fate(re.compile(r"^/widget/(index\.html)?$"), noting)]

    @app.middleware("http")
    async def change(request: Request, answer: Callable[[Request], Awaitable[StreamingResponse]]) -> Response:
        fate = next((fate for fate in changes if fate.address.search(request.url.path)), None)
        if fate is None:
            return await answer(request)
        request.scope["headers"] = [(name, value) for name, value in request.headers.raw if name != b"accept-encoding"]
        response = await answer(request)
        chunks = [chunk.encode() if isinstance(chunk, str) else bytes(chunk) async for chunk in response.body_iterator]
        return changed(response, fate.change(b"".join(chunks)))

    @app.get("/note.js")
    def note() -> Response:
        return Response(NOTE, media_type="text/javascript")

    return app


def changed(response: StreamingResponse, content: bytes | None) -> Response:
    """The same answer with this content; none is 404."""
    if content is None:
        return Response(status_code=404)
    headers = {name: value for name, value in response.headers.items() if name != "content-length"}
    return Response(content, response.status_code, headers)
