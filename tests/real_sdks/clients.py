"""LiveChat's Customer SDK as tests drive it: methods are called, events are waited for."""

from __future__ import annotations

import json
import queue
import subprocess
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from server.organization import LICENSE_ID, ORGANIZATION_ID
from tests.real_sdks.tls import TlsServer
from tools import browser as browsers
from tools.setup import ready_node

PATIENCE = 8.0
"""Seconds after which what should come is given up."""

DRIVER = Path(__file__).with_name("driver.cjs")


class Rejected(Exception):
    """A promise was rejected; ``code`` is the error's."""

    def __init__(self, code: str | None, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code


class Events:
    """What the SDK has told, until somebody asks for it."""

    def __init__(self) -> None:
        self._came: list[tuple[str, Any]] = []
        self._news = threading.Condition()

    def add(self, name: str, value: Any) -> None:
        """Something was told."""
        with self._news:
            self._came.append((name, value))
            self._news.notify_all()

    def take(self, name: str) -> Any:
        """The first event of this name, that came or comes."""
        with self._news:
            assert self._news.wait_for(lambda: name in self.names(), PATIENCE), f"no {name}; {self.names()}"
            event = next(each for each in self._came if each[0] == name)
            self._came.remove(event)
            return event[1]

    def clear(self) -> None:
        """Forget those that came."""
        with self._news:
            self._came.clear()

    def rest(self) -> list[tuple[str, Any]]:
        """Those that came and were not asked for."""
        with self._news:
            return [*self._came]

    def names(self) -> list[str]:
        """The names of those that came and were not asked for."""
        return [name for name, _ in self._came]


class InNode:
    """customer-sdk 4.0.2 under Node, signed in as a new customer."""

    def __init__(self, folder: Path, server: TlsServer) -> None:
        token = server.token_request().json()
        kept = {
            "accessToken": token["access_token"],
            "entityId": token["entity_id"],
            "expiresIn": token["expires_in"] * 1000,
            "tokenType": token["token_type"],
        }
        self.id: str = token["entity_id"]
        self.token = f"Bearer {token['access_token']}"
        self.events = Events()
        self._answers: dict[int, queue.SimpleQueue[dict[str, Any]]] = {}
        self._asked = 0
        sign_in = json.dumps({"token": kept, "organizationId": ORGANIZATION_ID})
        self._process = subprocess.Popen(
            [ready_node().node, DRIVER, folder, str(server.tls_port), sign_in],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={"NODE_TLS_REJECT_UNAUTHORIZED": "0", "PATH": ""},
        )
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def _listen(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            said = json.loads(line)
            if "event" in said:
                self.events.add(said["event"], said["value"])
            else:
                self._answers[said["id"]].put(said)

    def call(self, method: str, *args: Any, of: str = "sdk") -> Any:
        """Call a method and wait for its promise. Raises Rejected."""
        self._asked += 1
        answers = self._answers[self._asked] = queue.SimpleQueue()
        assert self._process.stdin
        self._process.stdin.write(json.dumps({"id": self._asked, "of": of, "method": method, "args": args}) + "\n")
        self._process.stdin.flush()
        said = answers.get(timeout=PATIENCE)
        if "error" in said:
            raise Rejected(said["error"].get("code"), said["error"]["message"])
        return said["value"]

    def members(self) -> set[str]:
        """The names of all that it has."""
        return set(self.call("keys", of="Object"))

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()
        self._listener.join(PATIENCE)
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe
            pipe.close()


PAGE = """<!doctype html><title>A shop</title><script src="/customer-sdk.js"></script>
<script>
window.told = []
window.sdk = CustomerSDK.init(%s)
sdk.on('*', (name, value) => told.push([name, value ?? null]))
window.objects = { sdk }
window.call = async ([of, method, args]) => {
  try {
    const value = await objects[of][method](...args)
    if (typeof value?.next !== 'function') return { value: value ?? null }
    const object = `object-${Object.keys(objects).length}`
    objects[object] = value
    return { value: { object } }
  } catch (error) {
    return { error: { code: error.code ?? null, message: String(error.message ?? error) } }
  }
}
</script>"""


PUBLIC = "--disable-features=LocalNetworkAccessChecks"
"""The platform's names stand for this machine here; pages of the web may not ask it unless told they may."""


class InBrowser:
    """The SDK as pages load it, in Chromium on a page of another site; ``organization`` is its way to name it."""

    def __init__(
        self, script: Path, server: TlsServer, prologue: str = "", organization: str = f"license: {LICENSE_ID}"
    ) -> None:
        self.events = Events()
        self._thread = ThreadPoolExecutor(1)  # Playwright's loop stays in the thread that began it.
        self._do(lambda: self._open(script, server, prologue, organization))

    def _do(self, work: Callable[[], Any]) -> Any:
        return self._thread.submit(work).result(60)

    def _open(self, script: Path, server: TlsServer, prologue: str, organization: str) -> None:
        found = browsers.find()
        assert found is not None, browsers.MISSING
        self._playwright = sync_playwright().start()
        rules = f"MAP *.livechatinc.com 127.0.0.1:{server.tls_port}"
        self._browser = self._playwright.chromium.launch(
            executable_path=found.path,
            args=["--disable-gpu", "--no-sandbox", f"--host-resolver-rules={rules}", PUBLIC],
        )
        self._page = self._browser.new_context(ignore_https_errors=True).new_page()
        self._page.add_init_script(prologue)
        page = PAGE % f"{{ {organization}, clientId: 'demo' }}"
        self._page.route("http://shop.test/", lambda route: route.fulfill(body=page, content_type="text/html"))
        self._page.route("http://shop.test/customer-sdk.js", lambda route: route.fulfill(path=script))
        self._page.goto("http://shop.test/")

    def call(self, method: str, *args: Any, of: str = "sdk") -> Any:
        """Call a method and wait for its promise. Raises Rejected."""
        said = self._do(lambda: self._page.evaluate("call", [of, method, list(args)]))
        if "error" in said:
            raise Rejected(said["error"]["code"], said["error"]["message"])
        return said["value"]

    def evaluate(self, code: str) -> Any:
        """The value of an expression on the page."""
        return self._do(lambda: self._page.evaluate(code))

    def reload(self) -> None:
        """Load the page again, with nothing but its cookies."""
        self.evaluate("localStorage.clear()")
        self._do(self._page.reload)

    def event(self, name: str) -> Any:
        """The first event of this name, that came or comes."""

        def come() -> Any:
            wanted = "name => { const i = told.findIndex(e => e[0] === name); return i >= 0 && told.splice(i, 1)[0] }"
            handle = self._page.wait_for_function(wanted, arg=name, timeout=PATIENCE * 1000)
            return handle.json_value()[1]

        return self._do(come)

    def members(self) -> set[str]:
        """The names of all that it has; a symbol's is its description."""
        return set(self.evaluate("Reflect.ownKeys(sdk).map(key => key.description ?? key)"))

    def close(self) -> None:
        """Close the browser."""
        self._do(self._browser.close)
        self._do(self._playwright.stop)
        self._thread.shutdown()
