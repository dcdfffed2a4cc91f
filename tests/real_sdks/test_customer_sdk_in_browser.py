"""customer-sdk 4.0.2, unmodified, in Chromium: tokens by POST with cookies, and uploads."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from server.organization import ORGANIZATION_ID
from tests.real_sdks.clients import InBrowser
from tests.real_sdks.conftest import Packages
from tests.server.platform import Person, RunningServer

PACKAGE = "@livechat/customer-sdk==4.0.2 ws==8.18.3"
SCRIPT = "node_modules/@livechat/customer-sdk/dist/customer-sdk.js"
HELLO = {"type": "message", "text": "Hello"}


@pytest.fixture
def agent(server: RunningServer) -> Person:
    return server.agent()


@pytest.fixture
def sdk(agent: Person, server: RunningServer, registry_packages: Packages) -> Iterator[InBrowser]:
    """A customer who has connected; an agent is there."""
    script = registry_packages(PACKAGE) / SCRIPT
    client = InBrowser(script, server, organization=f"organizationId: '{ORGANIZATION_ID}'")
    client.event("connected")
    yield client
    client.close()


def test_a_file_is_uploaded_and_sent(sdk: InBrowser, agent: Person) -> None:
    chat_id = sdk.call("startChat", {"chat": {"thread": {"events": [HELLO]}}})["chat"]["id"]
    given = "{ file: new File(['hi'], 'note.txt'), onProgress: part => { window.part = part } }"
    url = sdk.evaluate(f"sdk.uploadFile({given}).promise.then(answer => answer.url)")
    sent = sdk.call("sendEvent", {"chatId": chat_id, "event": {"type": "file", "url": url}})

    assert (sent["name"], sent["contentType"]) == ("note.txt", "text/plain")
    assert sdk.evaluate("window.part") == 1
    assert sdk.evaluate(f"fetch('{url}', {{ mode: 'no-cors' }}).then(() => true)")


def test_what_is_not_taken_says_so(sdk: InBrowser) -> None:
    program = "sdk.uploadFile({ file: new File(['MZ'], 'setup.exe') }).promise.catch(error => error.code)"

    assert sdk.evaluate(program) == "VALIDATION"


def test_the_same_customer_comes_back(sdk: InBrowser) -> None:
    first = sdk.event("customer_id")
    sdk.reload()

    assert sdk.event("customer_id") == first
