"""customer-sdk 4.0.2, unmodified, in Chromium: tokens by POST with cookies, and uploads."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from server.organization import ORGANIZATION_ID
from tests.real_sdks.clients import InBrowser, Rejected
from tests.real_sdks.conftest import Packages
from tests.real_sdks.tls import TlsServer
from tests.server.platform import Person

PACKAGE = "@livechat/customer-sdk==4.0.2 ws==8.18.3"
SCRIPT = "node_modules/@livechat/customer-sdk/dist/customer-sdk.js"
HELLO = {"type": "message", "text": "Hello"}


@pytest.fixture
def agent(server: TlsServer) -> Person:
    return server.agent()


@pytest.fixture
def sdk(agent: Person, server: TlsServer, registry_packages: Packages) -> Iterator[InBrowser]:
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


HEARD = "name => heard.filter(([by]) => by === name).map(([, value]) => value.event.text)"
LISTEN = """(() => {
  window.heard = []
  window.on = value => heard.push(['on', value])
  window.once = value => heard.push(['once', value])
  sdk.on('incoming_event', on)
  sdk.once('incoming_event', once)
})()"""


def test_handlers_are_called_until_they_are_taken_off(sdk: InBrowser, agent: Person) -> None:
    chat_id = sdk.call("startChat", {"chat": {"thread": {"events": [HELLO]}}})["chat"]["id"]
    agent.push("incoming_chat")
    sdk.evaluate(LISTEN)
    for text in ("one", "two"):
        agent.say(chat_id, text)
        sdk.event("incoming_event")
    sdk.evaluate("sdk.off('incoming_event', on)")
    agent.say(chat_id, "three")
    sdk.event("incoming_event")

    assert sdk.evaluate(f"({HEARD})('on')") == ["one", "two"]
    assert sdk.evaluate(f"({HEARD})('once')") == ["one"]


def test_it_goes_and_comes_back_when_it_is_told_to(sdk: InBrowser) -> None:
    sdk.evaluate("sdk.disconnect()")
    with pytest.raises(Rejected, match="NO_CONNECTION"):
        sdk.call("listChats", {})
    sdk.evaluate("sdk.connect()")

    assert sdk.event("connected")["availability"] == "online"


def test_once_destroyed_it_does_nothing_more(sdk: InBrowser) -> None:
    sdk.evaluate("sdk.destroy()")

    with pytest.raises(Rejected, match="SDK_DESTROYED"):
        sdk.call("listChats", {})


def test_the_token_can_be_had(sdk: InBrowser) -> None:
    token = sdk.evaluate("sdk.auth.getToken()")

    assert (token["entityId"], token["tokenType"]) == (sdk.event("customer_id"), "Bearer")
    assert token["organizationId"] == ORGANIZATION_ID


@pytest.mark.parametrize(("happens", "name"), [("offline", "connection_unstable"), ("online", "connection_recovered")])
def test_a_network_that_comes_and_goes_is_told(sdk: InBrowser, happens: str, name: str) -> None:
    sdk.evaluate("void dispatchEvent(new Event('offline'))")
    if happens == "online":
        sdk.evaluate("void dispatchEvent(new Event('online'))")
        sdk.call("listChats", {})  # something comes, so the socket lives

    assert sdk.event(name) is None
