"""A site's page that uses the Customer SDK, and what its script has seen."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from playwright.sync_api import BrowserContext, Page, WebSocket

from server.organization import LICENSE_ID, ORGANIZATION_ID
from tests.browser.conftest import Site
from tests.browser.people import STARTED

__all__ = ["FIRST", "TODAY", "SdkPage", "another_site", "classic", "module", "page_with"]

FIRST = f"{{ license: {LICENSE_ID}, clientId: 'demo' }}"
TODAY = f"{{ organizationId: '{ORGANIZATION_ID}', clientId: 'demo' }}"

BEGIN = """
    window.heard = []
    window.errors = []
    addEventListener('error', event => { event.preventDefault(); errors.push(event.error) })
    window.begin = config => {
      window.sdk = CustomerSDK.init(config)
      sdk.on('*', (name, payload) => heard.push([name, payload]))
    }
"""


@contextmanager
def another_site(html: str) -> Iterator[str]:
    """A site with one page; its address. A real one: browsers let no page from nowhere connect to this machine."""

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(html.encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def page_with(script: str) -> str:
    """A page that has the SDK by this, and a function ``begin``."""
    return f'<!doctype html><title>A site</title><link rel="icon" href="data:,">{script}<script>{BEGIN}</script>'


def classic(site: Site) -> str:
    """The SDK as a script."""
    return f'<script crossorigin src="{site.widget_origin}/customer-sdk.js"></script>'


def module(site: Site) -> str:
    """The SDK as a module."""
    return f"""<script type="module">
        import * as CustomerSDK from '{site.widget_origin}/customer-sdk.mjs'
        window.CustomerSDK = CustomerSDK
    </script>"""


class SdkPage:
    """A page with the SDK, from another site than its own; ``frames`` is what it sends to the server."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.frames: list[dict[str, Any]] = []
        self.page: Page = context.new_page()
        self.page.on("websocket", self._note)
        self.page.goto(url)
        self.wait("window.CustomerSDK")

    def begin(self, config: str = FIRST) -> SdkPage:
        """Make the client, the variable ``sdk``."""
        self.page.evaluate(f"() => begin({config})")
        return self

    def connected(self, config: str = FIRST) -> SdkPage:
        """Make the client, and wait until it has connected."""
        self.begin(config).event("connected")
        return self

    def run(self, script: str, argument: Any = None) -> Any:
        """Run the body of an asynchronous function. Returns what it returns; its argument is ``given``."""
        return self.page.evaluate(f"async given => {{ {script} }}", argument)

    def call(self, expression: str) -> Any:
        """What a promise gives."""
        return self.run(f"return await {expression}")

    def failure(self, expression: str) -> dict[str, Any]:
        """What a promise fails with."""
        caught: dict[str, Any] = self.run(f"""
            try {{ return {{ value: await {expression} }} }} catch (error) {{
              return {{ isError: error instanceof Error, code: error.code, message: error.message, hint: error.hint }}
            }}
        """)
        return caught

    def event(self, name: str, number: int = 1) -> Any:
        """Wait until an event was told so many times. Returns its newest payload."""
        self.wait(f"heard.filter(([name]) => name === '{name}').length >= {number}")
        return self.page.evaluate("name => heard.findLast(event => event[0] === name)[1]", name)

    def wait(self, condition: str) -> None:
        """Wait until something is so."""
        self.page.wait_for_function(f"() => {condition}", timeout=STARTED)

    def names(self) -> list[str]:
        """The names of the events so far."""
        names: list[str] = self.page.evaluate("() => heard.map(([name]) => name)")
        return names

    def sent(self, action: str) -> list[dict[str, Any]]:
        """What was asked for of the server, for one action."""
        return [frame["payload"] for frame in self.frames if frame["action"] == action]

    def _note(self, socket: WebSocket) -> None:
        socket.on("framesent", lambda payload: self.frames.append(json.loads(payload)))
