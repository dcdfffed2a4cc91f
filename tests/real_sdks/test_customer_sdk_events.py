"""customer-sdk 4.0.2, unmodified, under Node: every event that it can tell, and what leads to it on this server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.real_sdks.clients import InNode
from tests.real_sdks.conftest import Packages
from tests.real_sdks.tls import TlsServer
from tests.server.platform import Person

PACKAGE = "@livechat/customer-sdk==4.0.2 ws==8.18.3"
BUTTON = {"type": "message", "text": "Yes", "value": "y", "postback_id": "yes", "user_ids": []}
CARD = {"type": "rich_message", "template_id": "cards", "elements": [{"title": "Well?", "buttons": [BUTTON]}]}
VALUES = {"test": {"string_property": "x"}}
NAMES = {"test": ["string_property"]}


@dataclass(frozen=True)
class Stage:
    """A customer in a chat with an agent; ``phone`` is the same customer elsewhere."""

    sdk: InNode
    agent: Person
    phone: Person
    server: TlsServer
    chat: str
    thread: str
    event: str

    @property
    def ids(self) -> dict[str, str]:
        return {"chat_id": self.chat, "thread_id": self.thread}

    def transfer(self) -> None:
        kim = self.server.agent("kim@example.com")
        self.agent.ask("transfer_chat", {"id": self.chat, "target": {"type": "agent", "ids": [kim.id]}})

    def resume(self) -> None:
        self.phone.ask("deactivate_chat", {"id": self.chat})
        self.phone.ask("resume_chat", {"chat": {"id": self.chat}})

    def press(self) -> None:
        card = self.agent.ask("send_event", {"chat_id": self.chat, "event": CARD})["event_id"]
        postback = {"id": "yes", "toggled": True}
        self.phone.ask("send_rich_message_postback", {**self.ids, "event_id": card, "postback": postback})

    def greet(self) -> dict[str, Any]:
        """A greeting that the phone is shown, and the other one with it."""
        rule = {"type": "url_current", "operator": "contains", "value": "cup"}
        greeting = {"type": "normal", "active": True, "name": "Cups", "group": 0, "rules": [rule]}
        self.server.configure("create_greeting", {**greeting, "properties": {"greeting-message_text": "Nice cups!"}})
        self.phone.ask("deactivate_chat", {"id": self.chat})
        self.phone.ask("update_customer_page", {"url": "https://shop.example/cup"})
        shown = self.phone.told("incoming_greeting")
        return {"greeting_id": shown["id"], "unique_id": shown["unique_id"]}

    def with_value(self, what: str, **ids: str) -> None:
        """Set a property, and take it away again."""
        self.phone.ask(f"update_{what}_properties", {**ids, "properties": VALUES})
        self.phone.ask(f"delete_{what}_properties", {**ids, "properties": NAMES})

    def tell(self, action: str, **payload: Any) -> None:
        """Something that nothing which this server does leads to."""
        self.server.tell(self.sdk.id, action, payload)


CAUSES: dict[str, Callable[[Stage], Any]] = {
    "availability_updated": lambda it: it.agent.ask("set_routing_status", {"status": "not_accepting_chats"}),
    "chat_deactivated": lambda it: it.phone.ask("deactivate_chat", {"id": it.chat}),
    "chat_properties_deleted": lambda it: it.with_value("chat", id=it.chat),
    "chat_properties_updated": lambda it: it.with_value("chat", id=it.chat),
    "chat_transferred": Stage.transfer,
    "customer_page_updated": lambda it: it.tell(
        "customer_page_updated", url="https://shop.example/", title="Shop", opened_at="2026-01-01T00:00:00.000000Z"
    ),
    "customer_updated": lambda it: it.phone.ask("update_customer", {"name": "Ada"}),
    "event_properties_deleted": lambda it: it.with_value("event", **it.ids, event_id=it.event),
    "event_properties_updated": lambda it: it.with_value("event", **it.ids, event_id=it.event),
    "event_updated": lambda it: it.tell(
        "event_updated",
        **it.ids,
        event={
            "id": it.event,
            "type": "message",
            "text": "Hello?",
            "author_id": it.sdk.id,
            "created_at": "2026-01-01T00:00:00.000000Z",
        },
    ),
    "events_marked_as_seen": lambda it: it.agent.ask(
        "mark_events_as_seen", {"chat_id": it.chat, "seen_up_to": datetime.now(UTC).isoformat()}
    ),
    "greeting_accepted": lambda it: it.phone.ask("accept_greeting", it.greet()),
    "greeting_canceled": lambda it: it.phone.ask("cancel_greeting", {"unique_id": it.greet()["unique_id"]}),
    "incoming_chat": Stage.resume,
    "incoming_event": lambda it: it.agent.say(it.chat, "Good day"),
    "incoming_greeting": Stage.greet,
    "incoming_multicast": lambda it: it.agent.ask(
        "multicast", {"recipients": {"customers": {"ids": [it.sdk.id]}}, "content": {"news": "none"}, "type": "news"}
    ),
    "incoming_rich_message_postback": Stage.press,
    "incoming_typing_indicator": lambda it: it.agent.ask(
        "send_typing_indicator", {"chat_id": it.chat, "is_typing": True}
    ),
    "queue_position_updated": lambda it: it.tell(
        "queue_position_updated", **it.ids, queue={"position": 1, "wait_time": 5}
    ),
    "thread_properties_deleted": lambda it: it.with_value("thread", **it.ids),
    "thread_properties_updated": lambda it: it.with_value("thread", **it.ids),
    "user_added_to_chat": Stage.transfer,
    "user_data": Stage.transfer,
    "user_removed_from_chat": Stage.transfer,
}


@pytest.fixture
def stage(server: TlsServer, registry_packages: Packages) -> Iterator[Stage]:
    agent = server.agent()
    sdk = InNode(registry_packages(PACKAGE), server)
    sdk.events.take("connected")
    begun = sdk.call("startChat", {"chat": {"thread": {"events": [{"type": "message", "text": "Hello"}]}}})["chat"]
    phone = server.visitor(sdk.token)
    agent.forget()
    sdk.events.clear()
    yield Stage(sdk, agent, phone, server, begun["id"], begun["thread"]["id"], begun["thread"]["events"][0]["id"])
    sdk.close()
    assert not {"uncaught", "unhandled"} & set(sdk.events.names())


@pytest.mark.parametrize("name", CAUSES)
def test_an_event_is_told(name: str, stage: Stage) -> None:
    CAUSES[name](stage)

    told = stage.sdk.events.take(name)

    of = {key: told[key] for key in ("chatId", "threadId", "eventId") if key in told}
    assert of.items() <= {"chatId": stage.chat, "threadId": stage.thread, "eventId": stage.event}.items() or (
        name == "incoming_rich_message_postback"
    )
