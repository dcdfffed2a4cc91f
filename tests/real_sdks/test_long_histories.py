"""Histories of hundreds of threads, each so long that it is a page of its own, read from end to end."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from server import rtm
from server.app import prepare
from server.limits import Allowance
from server.organization import ORGANIZATION_ID
from server.settings import Settings
from tests.browser.past import THREAD, remember
from tests.real_sdks.clients import InBrowser, InNode
from tests.real_sdks.conftest import Packages
from tests.real_sdks.tls import TlsServer
from tests.server.platform import RunningServer
from widget.customer_sdk.cpython import Memory, world
from widget.customer_sdk.start import init

THREADS = 200

SAID = [f"event {number}" for number in range(THREADS * THREAD)] + ["Hello"]
HELLO: Any = {"type": "message", "text": "Hello"}


def remember_long(server: RunningServer, chat_id: str) -> str:
    """Have it all said before what has been said in a chat, whose id is returned."""
    remember(server.settings.data, chat_id, THREADS * THREAD)
    return chat_id


def texts(events: list[dict[str, Any]]) -> list[str]:
    """What people said."""
    return [event["text"] for event in events if event["type"] == "message"]


def test_version_4_reads_hundreds_of_threads(server: TlsServer, registry_packages: Packages) -> None:
    sdk = InNode(registry_packages("@livechat/customer-sdk==4.0.2 ws==8.18.3"), server)
    sdk.events.take("connected")
    begun = sdk.call("startChat", {"continuous": True, "chat": {"thread": {"events": [HELLO]}}})
    history = sdk.call("getChatHistory", {"chatId": remember_long(server, begun["chat"]["id"])})["object"]

    threads: list[Any] = []
    done = False
    while not done:
        page = sdk.call("next", of=history)
        threads, done = page["value"]["threads"] + threads, page["done"]
    sdk.close()

    assert len(threads) == THREADS + 1
    assert [text for thread in threads for text in texts(thread["events"])] == SAID


ALL = """async ([chat]) => {
  const history = sdk.getChatHistory(chat)
  const pages = []
  for (let page = { done: false }; !page.done; pages.unshift(...page.value ?? [])) page = await history.next()
  return pages.filter(event => event.type === 'message').map(event => event.text)
}"""


def test_version_2_reads_hundreds_of_threads(server: TlsServer, registry_packages: Packages) -> None:
    package = registry_packages("@livechat/customer-sdk==2.0.0-alpha.3")
    sdk = InBrowser(package / "node_modules/@livechat/customer-sdk/dist/customer-sdk.js", server)
    sdk.event("connected")
    chat_id = remember_long(server, sdk.call("startChat", {"events": [HELLO]})["id"])

    said = sdk.evaluate(f"({ALL})(['{chat_id}'])")
    sdk.close()

    assert said == SAID


@pytest.fixture
def hurried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RunningServer]:
    """A server without TLS, and with less patience: it refuses at once what comes too soon."""
    monkeypatch.setattr(rtm, "Allowance", partial(Allowance, burst=50, per_second=100, debt=0))
    settings = Settings(data=tmp_path / "var", port=0, as_written=True)
    prepare(settings)
    running = RunningServer(settings)
    yield running
    running.stop()


async def test_ours_reads_hundreds_of_threads(hurried: RunningServer) -> None:
    """And goes on where it is told that it asked too soon."""
    address = f"http://127.0.0.1:{hurried.port}"
    sdk = init(organization_id=ORGANIZATION_ID, client_id="demo", base_url=address, world=world(Memory()))
    async with sdk:
        begun = await sdk.start_chat(chat={"thread": {"events": [HELLO]}}, continuous=True)
        history = sdk.get_chat_history(chat_id=remember_long(hurried, begun["chat"]["id"]))
        pages = [page async for page in history]

    threads = [thread for page in reversed(pages) for thread in page["threads"]]
    assert [text for thread in threads for text in texts(thread["events"])] == SAID
