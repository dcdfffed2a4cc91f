"""HTTP that blocks, by the standard library; in the browser ``pyodide-http`` lets it use the browser's requests."""

import sys
import urllib.request
from collections.abc import Mapping
from urllib.error import HTTPError

from widget.rtm.ports import HttpResponse

__all__ = ["TIMEOUT", "urllib_fetch"]

TIMEOUT = 15.0
"""Seconds until a request is given up: as long as the platform itself takes for one."""


def urllib_fetch(verb: str, url: str, headers: Mapping[str, str], body: bytes | None) -> HttpResponse:
    """The answer, of whatever status. Raises OSError when none came."""
    request = urllib.request.Request(url, data=body, headers=dict(headers), method=verb)
    send = _send_from_browser if sys.platform == "emscripten" else _send
    return send(request)


def _send(request: urllib.request.Request) -> HttpResponse:
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as response:
            return HttpResponse(response.status, response.read().decode(errors="replace"))
    except HTTPError as refused:
        with refused:
            return HttpResponse(refused.code, refused.read().decode(errors="replace"))


def _send_from_browser(request: urllib.request.Request) -> HttpResponse:
    import pyodide_http  # imports the browser's `js`

    pyodide_http.patch_urllib()
    try:
        return _send(request)
    except OSError:
        raise
    except Exception as error:  # the browser's own, which no name here can say
        raise OSError(f"{request.full_url} could not be reached: {error}") from error
