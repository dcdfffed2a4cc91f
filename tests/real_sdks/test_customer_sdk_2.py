"""customer-sdk 2.0.0-alpha.3, unmodified, in Chromium against this server: API 3.0, SockJS, and the hidden frame."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from tests.real_sdks.clients import InBrowser, Rejected
from tests.real_sdks.conftest import Packages
from tests.real_sdks.tls import TlsServer
from tests.server.platform import Person

PACKAGE = "@livechat/customer-sdk==2.0.0-alpha.3"
SCRIPT = "node_modules/@livechat/customer-sdk/dist/customer-sdk.js"
HELLO = {"type": "message", "text": "Hello"}


@pytest.fixture
def agent(server: TlsServer) -> Person:
    return server.agent()


@pytest.fixture
def sdk(agent: Person, server: TlsServer, registry_packages: Packages) -> Iterator[InBrowser]:
    """A customer who has connected; an agent is there."""
    client = InBrowser(registry_packages(PACKAGE) / SCRIPT, server)
    client.event("connected")
    yield client
    client.close()


@pytest.fixture
def chat(sdk: InBrowser) -> dict[str, Any]:
    """A chat that the customer began."""
    started: dict[str, Any] = sdk.call("startChat", {"events": [HELLO]})
    return started


def test_a_whole_conversation(sdk: InBrowser, agent: Person, chat: dict[str, Any]) -> None:
    ids = chat["id"], chat["thread"]
    assert agent.told("incoming_chat")["chat"]["id"] == chat["id"]
    assert [event["text"] for event in chat["events"]] == ["Hello"]

    sent = sdk.call("sendEvent", chat["id"], {"type": "message", "text": "Are you there?"})
    assert sent["text"] == "Are you there?"
    agent.ask("send_typing_indicator", {"chat_id": chat["id"], "is_typing": True})
    assert sdk.event("user_is_typing")["chat"] == chat["id"]
    agent.say(chat["id"], "Yes")
    assert sdk.event("new_event")["event"]["text"] == "Yes"

    assert sdk.call("updateLastSeenTimestamp", chat["id"])["timestamp"] > 0
    assert sdk.call("updateLastSeenTimestamp", chat["id"])["timestamp"] > 0
    sdk.call("setSneakPeek", chat["id"], "Do you")
    assert agent.told("incoming_sneak_peek")["sneak_peek"]["text"] == "Do you"

    value = {"test": {"string_property": "x"}}
    assert sdk.call("updateChatProperties", chat["id"], value) == {"success": True}
    assert sdk.call("deleteChatProperties", chat["id"], {"test": ["string_property"]}) == {"success": True}
    assert sdk.call("updateChatThreadProperties", *ids, value) == {"success": True}
    assert sdk.call("deleteChatThreadProperties", *ids, {"test": ["string_property"]}) == {"success": True}
    assert sdk.call("updateEventProperties", *ids, sent["id"], value)["event_id"] == sent["id"]
    assert sdk.call("rateChat", chat["id"], {"score": 1}) == {"success": True}
    assert sdk.call("cancelRate", chat["id"]) == {"success": True}

    assert sdk.call("closeThread", chat["id"]) == {"success": True}
    again = sdk.call("sendEvent", chat["id"], {"type": "message", "text": "One more thing"})
    assert (again["text"], again["thread"] == chat["thread"]) == ("One more thing", False)


def test_lists_forms_and_groups(sdk: InBrowser, chat: dict[str, Any]) -> None:
    assert [each["id"] for each in sdk.call("getChatsSummary", {})["chatsSummary"]] == [chat["id"]]
    threads = sdk.call("getChatThreadsSummary", chat["id"], {})
    assert [(each["id"], each["totalEvents"]) for each in threads["threadsSummary"]] == [(chat["thread"], 1)]
    assert sdk.call("getChatThreads", chat["id"], [chat["thread"]])[0]["events"][0]["text"] == "Hello"
    assert sdk.call("getForm", 0, "prechat") == {"enabled": False}
    assert sdk.call("getGroupsStatus") == {"0": "online"}
    assert sdk.call("getPredictedAgent")["agent"]["name"] == "Sam Rivera"


def test_history_comes_in_pages(sdk: InBrowser, chat: dict[str, Any]) -> None:
    for number in range(60):
        sdk.call("sendEvent", chat["id"], {"type": "message", "text": f"Line {number}"})
    sdk.call("closeThread", chat["id"])
    sdk.call("activateChat", chat["id"], {"events": [HELLO]})

    history = sdk.call("getChatHistory", chat["id"])["object"]
    said: list[str] = []
    done = False
    while not done:
        page = sdk.call("next", of=history)
        said, done = [event["text"] for event in page["value"] if event["type"] == "message"] + said, page["done"]

    assert said == ["Hello", *(f"Line {number}" for number in range(60)), "Hello"]


def test_a_file(sdk: InBrowser, agent: Person, chat: dict[str, Any]) -> None:
    sent = sdk.evaluate(
        f"sdk.sendFile('{chat['id']}', {{ file: new File(['hi'], 'note.txt') }}).then(({{ url }}) => url)"
    )

    assert sent.endswith("/note.txt")
    assert sdk.event("new_event")["event"]["contentType"] == "text/plain"


def test_what_the_customer_says_of_himself(sdk: InBrowser, agent: Person, chat: dict[str, Any]) -> None:
    sdk.call("updateCustomer", {"name": "Ada", "fields": {"plan": "gold"}})

    told = agent.told("customer_updated")
    assert (told["name"], told["session_fields"]) == ("Ada", [{"plan": "gold"}])
    sdk.call("updateCustomerPage", {"url": "https://shop.example/cup", "title": "A cup"})
    assert agent.told("customer_page_updated")["title"] == "A cup"


def test_errors(sdk: InBrowser, chat: dict[str, Any]) -> None:
    with pytest.raises(Rejected, match="VALIDATION"):
        sdk.call("sendEvent", chat["id"], {"type": "message"})
    with pytest.raises(Rejected, match="REQUEST_FAILED"):
        sdk.call("startChat", {})


def test_the_same_customer_comes_back(agent: Person, server: TlsServer, registry_packages: Packages) -> None:
    with closing(InBrowser(registry_packages(PACKAGE) / SCRIPT, server)) as client:
        first = client.event("customer_id")
        client.reload()

        assert client.event("customer_id") == first


def test_without_websockets_it_polls(agent: Person, server: TlsServer, registry_packages: Packages) -> None:
    with closing(InBrowser(registry_packages(PACKAGE) / SCRIPT, server, "delete window.WebSocket")) as client:
        client.event("connected")
        chat = client.call("startChat", {"events": [HELLO]})
        agent.say(chat["id"], "Hello!")

        assert client.event("new_event")["event"]["text"] == "Hello!"
        server.cut_off(client.event("customer_id"))  # Who polls would be missed only after a while.
