"""customer-sdk 4.0.2, unmodified, under Node against this server: every method, and the events they lead to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from server import link_previews
from tests.real_sdks.clients import InNode, Rejected
from tests.real_sdks.conftest import Packages
from tests.real_sdks.tls import TlsServer
from tests.server.platform import Person

HELLO = {"type": "message", "text": "Hello"}


@pytest.fixture
def agent(server: TlsServer) -> Person:
    return server.agent()


@pytest.fixture
def sdk(agent: Person, server: TlsServer, registry_packages: Packages) -> Iterator[InNode]:
    """A customer who has connected; an agent is there."""
    client = InNode(registry_packages("@livechat/customer-sdk==4.0.2 ws==8.18.3"), server)
    client.events.take("connected")
    yield client
    client.close()
    assert not {"uncaught", "unhandled"} & set(client.events.names())


@pytest.fixture
def chat(sdk: InNode) -> dict[str, Any]:
    """A chat that the customer began."""
    started: dict[str, Any] = sdk.call("startChat", {"chat": {"thread": {"events": [HELLO]}}})["chat"]
    return started


def test_it_connects_and_says_who_is_there(agent: Person, server: TlsServer, registry_packages: Packages) -> None:
    client = InNode(registry_packages("@livechat/customer-sdk==4.0.2 ws==8.18.3"), server)
    connected = client.events.take("connected")
    client.close()

    assert (connected["customer"]["id"], connected["availability"]) == (client.id, "online")


def test_a_chat_begins_and_the_agent_hears_of_it(sdk: InNode, agent: Person, chat: dict[str, Any]) -> None:
    told = agent.told("incoming_chat")["chat"]

    assert (told["id"], told["thread"]["events"][0]["text"]) == (chat["id"], "Hello")
    assert [event["text"] for event in chat["thread"]["events"]] == ["Hello"]


def test_both_sides_talk(sdk: InNode, agent: Person, chat: dict[str, Any]) -> None:
    sent = sdk.call("sendEvent", {"chatId": chat["id"], "event": {"type": "message", "text": "Are you there?"}})
    agent.ask("send_typing_indicator", {"chat_id": chat["id"], "is_typing": True})
    typing = sdk.events.take("incoming_typing_indicator")
    agent.say(chat["id"], "Yes")
    heard = sdk.events.take("incoming_event")

    assert sent["text"] == "Are you there?"
    assert typing["typingIndicator"]["isTyping"] is True
    assert heard["event"]["text"] == "Yes"


def test_notes_between_agents_stay_there(sdk: InNode, agent: Person, chat: dict[str, Any]) -> None:
    agent.say(chat["id"], "A difficult one", visibility="agents")
    agent.say(chat["id"], "Good day")

    assert sdk.events.take("incoming_event")["event"]["text"] == "Good day"


def test_a_chat_ends_and_goes_on(sdk: InNode, chat: dict[str, Any]) -> None:
    sdk.call("deactivateChat", {"id": chat["id"]})
    ended = sdk.events.take("chat_deactivated")
    resumed = sdk.call("resumeChat", {"chat": {"id": chat["id"]}})["chat"]

    assert ended == {"chatId": chat["id"]}
    assert resumed["thread"]["previousThreadId"] == chat["thread"]["id"]


def test_properties_of_chat_thread_and_event(sdk: InNode, chat: dict[str, Any]) -> None:
    ids = {"chatId": chat["id"], "threadId": chat["thread"]["id"]}
    event = {**ids, "eventId": chat["thread"]["events"][0]["id"]}
    value = {"properties": {"test": {"string_property": "x"}}}
    name = {"properties": {"test": ["string_property"]}}

    for what, where in (("Chat", {"id": chat["id"]}), ("Thread", ids), ("Event", event)):
        assert sdk.call(f"update{what}Properties", {**where, **value}) == {"success": True}
        assert sdk.events.take(f"{what.lower()}_properties_updated")["properties"] == value["properties"]
        assert sdk.call(f"delete{what}Properties", {**where, **name}) == {"success": True}
        assert sdk.events.take(f"{what.lower()}_properties_deleted")["properties"] == name["properties"]


def test_a_chat_is_rated_and_no_longer(sdk: InNode, agent: Person, chat: dict[str, Any]) -> None:
    sdk.call("rateChat", {"chatId": chat["id"], "rating": {"score": 1, "comment": "Quick"}})
    rated = agent.told("thread_properties_updated")["properties"]
    sdk.call("cancelRate", {"chatId": chat["id"]})

    assert rated == {"rating": {"score": 1, "comment": "Quick"}}
    assert agent.told("thread_properties_deleted")["properties"] == {"rating": ["score"]}


def test_history_over_many_threads(sdk: InNode, chat: dict[str, Any]) -> None:
    for number in range(30):
        sdk.call("deactivateChat", {"id": chat["id"]})
        event = {"type": "message", "text": f"Again {number}"}
        sdk.call("resumeChat", {"chat": {"id": chat["id"], "thread": {"events": [event]}}})

    history = sdk.call("getChatHistory", {"chatId": chat["id"]})["object"]
    threads: list[Any] = []
    done = False
    while not done:
        page = sdk.call("next", of=history)
        threads, done = page["value"]["threads"] + threads, page["done"]

    said = [event["text"] for thread in threads for event in thread["events"] if event["type"] == "message"]
    assert said == ["Hello", *(f"Again {number}" for number in range(30))]


def test_lists_and_single_chats(sdk: InNode, chat: dict[str, Any]) -> None:
    assert [each["id"] for each in sdk.call("listChats", {})["chatsSummary"]] == [chat["id"]]
    assert [each["id"] for each in sdk.call("listThreads", {"chatId": chat["id"]})["threads"]] == [chat["thread"]["id"]]
    assert sdk.call("getChat", {"chatId": chat["id"]})["thread"]["id"] == chat["thread"]["id"]


def test_what_was_seen(sdk: InNode, agent: Person, chat: dict[str, Any]) -> None:
    agent.say(chat["id"], "Read this")
    sdk.call("markEventsAsSeen", {"chatId": chat["id"], "seenUpTo": datetime.now(UTC).isoformat()})

    assert agent.told("events_marked_as_seen")["user_id"] == sdk.id


def test_what_is_known_of_the_customer(sdk: InNode, agent: Person, chat: dict[str, Any]) -> None:
    sdk.call("updateCustomer", {"name": "Ada", "email": "ada@example.com", "sessionFields": {"plan": "gold"}})
    agent.told("customer_updated")
    sdk.call("setCustomerSessionFields", {"sessionFields": {"seats": "7"}})
    customer = sdk.call("getCustomer")

    assert (customer["name"], customer["email"]) == ("Ada", "ada@example.com")
    assert customer["sessionFields"] == {"seats": "7"}
    assert customer["statistics"]["threadsCount"] == 1


def test_pages_and_sneak_peeks_reach_the_agent(sdk: InNode, agent: Person, chat: dict[str, Any]) -> None:
    sdk.call("updateCustomerPage", {"url": "https://shop.example/cup", "title": "A cup"})
    sdk.call("setSneakPeek", {"chatId": chat["id"], "sneakPeekText": "Do you have"})

    assert agent.told("customer_page_updated")["url"] == "https://shop.example/cup"
    assert agent.told("incoming_sneak_peek")["sneak_peek"]["text"] == "Do you have"


def test_who_would_answer(sdk: InNode) -> None:
    assert sdk.call("getPredictedAgent", {"groupId": 0})["agent"]["name"] == "Sam Rivera"
    assert sdk.call("listGroupStatuses", {}) == {"0": "online"}


def test_what_a_page_says_of_itself(sdk: InNode, monkeypatch: pytest.MonkeyPatch) -> None:
    async def page(url: str) -> tuple[int, None, str]:
        return 200, None, "<title>Cups</title><meta property='og:description' content='All of them'>"

    monkeypatch.setattr(link_previews, "_get", page)

    info = sdk.call("getUrlInfo", {"url": "https://shop.example/"})

    assert info == {"url": "https://shop.example/", "title": "Cups", "description": "All of them"}


def test_forms(sdk: InNode, server: TlsServer) -> None:
    field = {"type": "email", "id": "mail", "label": "Your e-mail", "required": True}
    assert sdk.call("getForm", {"groupId": 0, "type": "prechat"}) == {"enabled": False}
    server.configure("update_form", {"group_id": 0, "type": "prechat", "fields": [field]})

    form = sdk.call("getForm", {"groupId": 0, "type": "prechat"})

    assert (form["enabled"], form["form"]["fields"][0]["label"]) == (True, "Your e-mail")


def test_buttons_of_rich_messages(sdk: InNode, agent: Person, chat: dict[str, Any]) -> None:
    button = {"text": "Yes", "postback_id": "yes", "user_ids": []}
    card = {"type": "rich_message", "template_id": "cards", "elements": [{"title": "Well?", "buttons": [button]}]}
    agent.ask("send_event", {"chat_id": chat["id"], "event": card})
    event = sdk.events.take("incoming_event")["event"]
    ids = {"chatId": chat["id"], "threadId": event["threadId"], "eventId": event["id"]}

    sdk.call("sendRichMessagePostback", {**ids, "postback": {"id": "yes", "toggled": True}})

    assert event["elements"][0]["buttons"][0]["postbackId"] == "yes"
    assert agent.told("incoming_rich_message_postback")["postback"] == {"id": "yes", "toggled": True}


def test_greetings(sdk: InNode, server: TlsServer) -> None:
    rule = {"type": "url_current", "operator": "contains", "value": "cup"}
    greeting = {"type": "normal", "active": True, "name": "Cups", "group": 0, "rules": [rule]}
    server.configure("create_greeting", {**greeting, "properties": {"greeting-message_text": "Nice cups!"}})

    sdk.call("updateCustomerPage", {"url": "https://shop.example/cup", "title": "A cup"})
    shown = sdk.events.take("incoming_greeting")
    sdk.call("acceptGreeting", {"greetingId": shown["id"], "uniqueId": shown["uniqueId"]})
    accepted = sdk.events.take("greeting_accepted")
    sdk.call("cancelGreeting", {"uniqueId": shown["uniqueId"]})

    assert shown["event"]["text"] == "Nice cups!"
    assert accepted == sdk.events.take("greeting_canceled") == {"uniqueId": shown["uniqueId"]}


def test_a_transfer_is_told(sdk: InNode, agent: Person, server: TlsServer, chat: dict[str, Any]) -> None:
    kim = server.agent("kim@example.com")
    agent.ask("transfer_chat", {"id": chat["id"], "target": {"type": "agent", "ids": [kim.id]}})

    assert sdk.events.take("user_added_to_chat")["user"]["name"] == "Kim"
    assert sdk.events.take("chat_transferred")["reason"] == "manual"
    assert sdk.events.take("user_removed_from_chat")["chatId"] == chat["id"]


@pytest.mark.parametrize(
    ("method", "argument", "code"),
    [
        ("startChat", {}, "CHAT_LIMIT_REACHED"),
        ("sendEvent", {"chatId": "X", "event": HELLO}, "NOT_FOUND"),
        ("acceptGreeting", {"greetingId": 1, "uniqueId": "X"}, "GREETING_NOT_FOUND"),
        ("getForm", {"groupId": 99, "type": "prechat"}, "GROUP_NOT_FOUND"),
        ("getUrlInfo", {"url": "http://127.0.0.1/"}, "VALIDATION"),
        ("updateChatProperties", {"id": "X", "properties": {"a": {"b": 1}}}, "NOT_FOUND"),
    ],
)
def test_errors_keep_their_codes(sdk: InNode, chat: dict[str, Any], method: str, argument: Any, code: str) -> None:
    with pytest.raises(Rejected) as rejected:
        sdk.call(method, argument)

    assert rejected.value.code == code


def test_an_inactive_chat_takes_nothing_more(sdk: InNode, chat: dict[str, Any]) -> None:
    sdk.call("deactivateChat", {"id": chat["id"]})

    with pytest.raises(Rejected, match="CHAT_INACTIVE"):
        sdk.call("sendEvent", {"chatId": chat["id"], "event": HELLO})


def test_who_is_banned_is_told_so_and_out(sdk: InNode, agent: Person, chat: dict[str, Any]) -> None:
    agent.ask("ban_customer", {"id": sdk.id, "ban": {"days": 1}})

    assert sdk.events.take("disconnected") == {"reason": "customer_banned"}
    with pytest.raises(Rejected, match="SDK_DESTROYED"):
        sdk.call("listChats", {})


def test_it_comes_back_when_the_server_does_not_answer(sdk: InNode, agent: Person, server: TlsServer) -> None:
    server.cut_off(sdk.id)

    sdk.events.take("disconnected")
    assert sdk.events.take("connected")["customer"]["id"] == sdk.id
