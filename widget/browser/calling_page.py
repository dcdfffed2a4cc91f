"""The site's page that uses the Customer SDK, at the other end of the channel (``widget/customer_sdk/bridge.py``).

Messages are JSON texts both ways; only a file comes as what it is, and is read by nobody but the browser.
"""

import json
import logging
from collections.abc import Callable

import js
from pyodide.ffi import JsProxy, create_proxy

from widget.browser.upload import BrowserFile
from widget.customer_sdk.files import File
from widget.wire.base import Json

__all__ = ["CallingPage"]

log = logging.getLogger(__name__)

Hear = Callable[[Json, File | None], None]


class CallingPage:
    """The page around the hidden frame."""

    def __init__(self) -> None:
        self._frame = js.liveChatPage

    def listen(self, hear: Hear) -> None:
        """Hear what the page says, from its first word on."""
        self._frame.listen(create_proxy(lambda text, blob: _heard(hear, text, blob)))  # for the life of the frame

    def tell(self, message: Json) -> None:
        """Send a message."""
        self._frame.tell(json.dumps(message))

    def watch(self, back: Callable[[], None]) -> None:
        """Call when the network is there again, or somebody looks at the page again."""
        for target, event in ((js.window, "online"), (js.window, "pageshow"), (js.document, "visibilitychange")):
            target.addEventListener(event, create_proxy(lambda _: back()))

    def platform(self) -> dict[str, str]:
        """Where the platform is, as the frame's page says: ``api`` and ``accounts``; empty is the page's own origin."""
        said = json.loads(str(js.document.getElementById("platform").textContent))
        origin = str(js.location.origin)
        return {name: str(said.get(name) or origin) for name in ("api", "accounts")}


def _heard(hear: Hear, text: str, blob: JsProxy | None) -> None:
    try:
        message = json.loads(text)
    except ValueError:
        message = None
    if isinstance(message, dict):
        hear(message, BrowserFile(blob) if blob is not None else None)
    else:
        log.warning("The page sent something that is no message.")
