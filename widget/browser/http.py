"""HTTP by ``fetch``, which never blocks the page."""

from collections.abc import Mapping

import js
from pyodide.ffi import JsException, to_js

from widget.rtm.ports import HttpResponse

__all__ = ["BrowserHttp", "fetch"]


class BrowserHttp:
    """Requests from this page."""

    async def post(self, url: str, body: str, headers: Mapping[str, str], *, credentials: bool) -> HttpResponse:
        """Post a text. Raises OSError when no answer came, whatever the reason; a browser does not say."""
        options = {
            "method": "POST",
            "body": body,
            "headers": dict(headers),
            "credentials": "include" if credentials else "omit",
            "cache": "no-store",
        }
        return await _ask(url, options)


async def fetch(verb: str, url: str, headers: Mapping[str, str], body: bytes | None) -> HttpResponse:
    """Send a request for ``widget.platform_sdk``. Raises OSError when no answer came."""
    sent = {} if body is None else {"body": body}
    return await _ask(url, {"method": verb, "headers": dict(headers), "credentials": "omit", **sent})


async def _ask(url: str, options: Mapping[str, object]) -> HttpResponse:
    try:
        response = await js.fetch(url, to_js(options, dict_converter=js.Object.fromEntries))
        return HttpResponse(int(response.status), str(await response.text()))
    except JsException as error:
        raise OSError(f"{url} could not be reached: {error}") from error
