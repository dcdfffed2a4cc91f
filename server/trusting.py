"""Keeps the widget off sites that are none of the trusted domains, where requests for its files can tell.

A frame of its pages is left out by browsers, by ``frame-ancestors``. For the loader such a site gets a script that says
why. One that does not tell who it is gets the loader, whose frame is left out then.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.assets import current
from server.hosting import PICTURES, headers
from server.platform import Platform
from server.trusted_domains import frame_ancestors, may_run, site_of, trusted_domains

__all__ = ["Trusting"]

LOADERS: Final = ("/widget.js", "/tracking.js")
FRAMES: Final = ("/widget/", "/widget/index.html", "/widget/customer-sdk.html")


class Trusting:
    """``refused`` is the script that stands in for a loader."""

    def __init__(self, app: ASGIApp, refused: Path) -> None:
        self._app = app
        self._refused = refused

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        if scope["type"] != "http" or scope["path"] not in (*LOADERS, *FRAMES):
            return await self._app(scope, receive, send)
        request, domains = Request(scope), await _domains(scope)
        if request.url.path in FRAMES:
            return await self._app(_asking(scope, _mark(domains)), receive, _framed(request, domains, send))
        if may_run(domains, site_of(request), request.url.hostname):
            return await self._app(scope, receive, _varying(send) if domains else send)
        return await self._refusal(request)(scope, receive, send)

    def _refusal(self, request: Request) -> Response:
        return current(request, self._refused, {**headers("widget.js"), "Vary": "Referer"})


async def _domains(scope: Scope) -> Sequence[str]:
    """The list; nothing is on it where there is no platform, only its pages."""
    platform: Platform | None = scope.get("state", {}).get("platform")
    return () if platform is None else await platform.perform(lambda tx: trusted_domains(tx.session))


def _varying(send: Send) -> Send:
    """What is sent depends on who asks."""

    async def send_varying(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).add_vary_header("Referer")
        await send(message)

    return send_varying


def _framed(request: Request, domains: Sequence[str], send: Send) -> Send:
    """The page says who may have it in a frame; with https, also that it has pictures with https only."""
    ancestors = frame_ancestors(domains, request.url.hostname or "")
    pictures = f"; img-src {PICTURES}" if request.url.scheme == "https" else ""

    async def send_framed(message: Message) -> None:
        if message["type"] == "http.response.start":
            said = MutableHeaders(scope=message)
            policy = said.get("Content-Security-Policy", "")
            said["Content-Security-Policy"] = policy.replace("frame-ancestors *", ancestors + pictures)
            if tag := said.get("ETag"):
                said["ETag"] = f'{tag[:-1]}{_mark(domains)}"'
        await send(message)

    return send_framed


def _mark(domains: Sequence[str]) -> str:
    """What tells the page with these domains from the page with others: browsers keep headers with a page."""
    return f"-{hashlib.sha256(' '.join(domains).encode()).hexdigest()[:8]}" if domains else ""


def _asking(scope: Scope, mark: str) -> Scope:
    """The request, asking for the file; for one with another list it is not asked whether the file is still current."""
    asked = [
        (name, value.replace(f'{mark}"'.encode(), b'"') if mark else value)
        for name, value in scope["headers"]
        if name != b"if-none-match" or not mark or f'{mark}"'.encode() in value
    ]
    return {**scope, "headers": asked}
