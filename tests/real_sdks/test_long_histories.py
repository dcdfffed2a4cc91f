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
from tests.real_sdks.clients import InBrowser, InNode
from tests.real_sdks.conftest import Packages
from tests.server.platform import RunningServer
from widget.customer_sdk.cpython import Memory, world
from widget.customer_sdk.start import init

THREADS = 300
IN_EACH = 25
"""Texts in a thread: as many as make a page."""

SAID = [f"{thread}.{place}" for thread in range(THREADS) for place in range(IN_EACH)]


def remember(server: RunningServer, authorization: str) -> str:
    """Have it all said, by the customer whose token it is, from elsewhere; returns the id of the chat."""

    def ask(action: str, payload: dict[str, Any]) -> Any:
        where = f"/v3.6/customer/action/{action}?organization_id={ORGANIZATION_ID}"
        answer = server.http.post(where, json=payload, headers={"Authorization": authorization})
        assert answer.status_code == 200, answer.text
        return answer.json()

    chat_id = ""
    for thread in range(THREADS):
        events = [{"type": "message", "text": text} for text in SAID[thread * IN_EACH : (thread + 1) * IN_EACH]]
        if chat_id:
            ask("resume_chat", {"chat": {"id": chat_id, "thread": {"events": events}}})
        else:
            chat_id = ask("start_chat", {"chat": {"thread": {"events": events}}, "continuous": True})["chat_id"]
        ask("deactivate_chat", {"id": chat_id})
    return chat_id


def texts(events: list[dict[str, Any]]) -> list[str]:
    """What people said."""
    return [event["text"] for event in events if event["type"] == "message"]


def test_version_4_reads_hundreds_of_threads(server: RunningServer, registry_packages: Packages) -> None:
    sdk = InNode(registry_packages("@livechat/customer-sdk==4.0.2 ws==8.18.3"), server)
    sdk.events.take("connected")
    history = sdk.call("getChatHistory", {"chatId": remember(server, sdk.token)})["object"]

    threads: list[Any] = []
    done = False
    while not done:
        page = sdk.call("next", of=history)
        threads, done = page["value"]["threads"] + threads, page["done"]
    sdk.close()

    assert len(threads) == THREADS
    assert [text for thread in threads for text in texts(thread["events"])] == SAID


ALL = """async ([chat]) => {
  const history = sdk.getChatHistory(chat)
  const pages = []
  for (let page = { done: false }; !page.done; pages.unshift(...page.value ?? [])) page = await history.next()
  return pages.filter(event => event.type === 'message').map(event => event.text)
}"""


def test_version_2_reads_hundreds_of_threads(server: RunningServer, registry_packages: Packages) -> None:
    package = registry_packages("@livechat/customer-sdk==2.0.0-alpha.3")
    sdk = InBrowser(package / "node_modules/@livechat/customer-sdk/dist/customer-sdk.js", server)
    sdk.event("connected")
    token = sdk.evaluate("sdk.auth.getToken().then(({ accessToken }) => accessToken)")
    chat_id = remember(server, f"Bearer {token}")

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
        token = await sdk.auth.get_token()
        history = sdk.get_chat_history(chat_id=remember(hurried, token.header))
        pages = [page async for page in history]

    threads = [thread for page in reversed(pages) for thread in page["threads"]]
    assert [text for thread in threads for text in texts(thread["events"])] == SAID
