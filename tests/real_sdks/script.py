"""One script for two clients: customer-sdk 4.0.2 and ours, each on a server of its own, with an agent there.

A ``Side`` plays it in the package's words and writes down, in ours, what came of each call and what was told.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from server.organization import ORGANIZATION_ID
from tests.real_sdks.calls import snake
from tests.real_sdks.clients import PATIENCE, Events, InNode, Rejected
from tests.real_sdks.recorder import Asked
from tests.real_sdks.scene import Recorded
from tests.real_sdks.tls import TlsServer
from tests.server.platform import Person
from widget.customer_sdk.start import init
from widget.wire.errors import ChatError

__all__ = ["Played", "Side", "ours", "play", "theirs"]


class Client(Protocol):
    """A client that connects when it is made."""

    events: Events

    def call(self, method: str, *args: Any, of: str = "sdk") -> Any:
        """Call a method and wait for its promise. Raises Rejected."""

    def close(self) -> None:
        """End it."""


@dataclass(frozen=True)
class Played:
    """What a client has sent, what it was given, and what it was told; all in snake case."""

    frames: list[tuple[str, Any]]
    results: list[tuple[str, Any]]
    events: list[tuple[str, Any]]


@dataclass
class Side:
    """A client in front of its server."""

    client: Client
    recorded: Recorded
    agent: Person
    results: list[tuple[str, Any]] = field(default_factory=list)
    events: list[tuple[str, Any]] = field(default_factory=list)

    def call(self, method: str, argument: Mapping[str, Any] | None = None, of: str = "sdk") -> Any:
        """Call a method; what it gives, or the code that it is rejected with, is written down."""
        try:
            given = in_snake_case(self.client.call(method, *([] if argument is None else [argument]), of=of))
        except Rejected as rejected:
            given = {"rejected": rejected.code}
        if not (isinstance(given, dict) and given.keys() == {"object"}):
            self.results.append((method, given))
        return given

    def wait(self, *names: str) -> None:
        """Wait until these events have been told, and write them down."""
        for name in names:
            self.events.append((name, in_snake_case(self.client.events.take(name))))

    def customer_id(self) -> str:
        """Who the client is, as the agent knows it."""
        (chat,) = self.agent.ask("list_chats", {"filters": {"active": True}})["chats_summary"]
        return str(next(user["id"] for user in chat["users"] if user["type"] == "customer"))

    def played(self) -> Played:
        """All of it."""
        self.events += [(name, in_snake_case(value)) for name, value in self.client.events.rest()]
        asked = [each for each in self.recorded.recorder.asked if _is_of_the_client(each)]
        frames = [(each.action, {"path": each.path, "payload": each.payload or {}}) for each in asked]
        return Played(frames, self.results, sorted(self.events, key=lambda event: event[0]))


def _is_of_the_client(asked: Asked) -> bool:
    return "/customer/rtm/" in asked.path and asked.action != "ping"


def in_snake_case(value: Any) -> Any:
    """A value of the package with the names that ours has."""
    if isinstance(value, list | tuple):
        return [in_snake_case(item) for item in value]
    if not isinstance(value, Mapping):
        return value
    return {snake(key): in_snake_case(item) for key, item in value.items()}


# The two of them


class InThread:
    """Our client on an event loop of its own, asked as the package is."""

    def __init__(self, address: str) -> None:
        self.events = Events()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._objects: dict[str, Any] = {"sdk": self._wait(self._begin(f"http://{address}"))}

    async def _begin(self, address: str) -> Any:
        sdk = init(organization_id=ORGANIZATION_ID, client_id="demo", base_url=address)
        sdk.on("*", lambda name, value=None: self.events.add(name, value))
        return sdk

    def _wait(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE)

    def call(self, method: str, *args: Any, of: str = "sdk") -> Any:
        """Call a method with the fields of its object as arguments. Raises Rejected."""

        async def ask() -> Any:
            given = getattr(self._objects[of], snake(method))(**in_snake_case(args[0] if args else {}))
            return await given if asyncio.iscoroutine(given) else given

        try:
            value = self._wait(ask())
        except ChatError as error:
            raise Rejected(error.code, error.message) from error
        if not hasattr(value, "next"):
            return value
        name = f"object-{len(self._objects)}"
        self._objects[name] = value
        return {"object": name}

    def close(self) -> None:
        """End it."""

        async def end() -> None:
            self._objects["sdk"].destroy()
            await asyncio.sleep(0.05)  # the socket says goodbye

        self._wait(end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(PATIENCE)
        self._loop.close()


def theirs(folder: Path, recorded: Recorded) -> Played:
    """The script played by customer-sdk 4.0.2."""
    assert isinstance(recorded.server, TlsServer)
    server = recorded.server
    return _played(lambda: InNode(folder, server), recorded)


def ours(recorded: Recorded) -> Played:
    """The script played by ours."""
    return _played(lambda: InThread(recorded.address), recorded)


def _played(make: Callable[[], Client], recorded: Recorded) -> Played:
    agent = recorded.server.agent()
    client = make()
    side = Side(client, recorded, agent)
    try:
        play(side)
        return side.played()
    finally:
        client.close()


# The script

HELLO = {"type": "message", "text": "Hello"}
VALUES = {"properties": {"test": {"string_property": "x"}}}
NAMES = {"properties": {"test": ["string_property"]}}
SEEN = "2026-01-01T00:00:00.000000Z"
BUTTON = {"type": "message", "text": "Yes", "value": "y", "postback_id": "yes", "user_ids": []}
CARD = {
    "type": "rich_message",
    "template_id": "cards",
    "elements": [{"title": "Well?", "subtitle": "Yes or no", "buttons": [BUTTON]}],
}


def play(it: Side) -> None:
    """Everything that both have, in an order that could be somebody's."""
    it.wait("connected")
    _before_the_chat(it)
    chat = _a_chat(it)
    _properties(it, chat)
    _the_agent(it, chat)
    _reading(it, chat)
    _the_end_and_again(it, chat)
    _what_is_refused(it, chat)


def _before_the_chat(it: Side) -> None:
    it.call("getCustomer")
    it.call("listChats", {})
    it.call("listGroupStatuses", {})
    it.call("listGroupStatuses", {"groupIds": [0]})
    it.call("getPredictedAgent", {})
    it.call("getPredictedAgent", {"groupId": 0})
    it.call("getForm", {"groupId": 0, "type": "prechat"})
    it.call("updateCustomer", {"name": "Ada", "email": "ada@example.com", "sessionFields": {"plan": "gold"}})
    it.wait("customer_updated")
    it.call("setCustomerSessionFields", {"sessionFields": {"seats": "7"}})


def _a_chat(it: Side) -> dict[str, str]:
    first = {**HELLO, "customId": "first", "properties": {"test": {"string_property": "y"}}}
    begun = it.call("startChat", {"chat": {"properties": VALUES["properties"], "thread": {"events": [first]}}})["chat"]
    it.agent.push("incoming_chat")
    event = it.call("sendEvent", {"chatId": begun["id"], "event": {"type": "message", "text": "Are you there?"}})
    it.call("sendEvent", {"chatId": begun["id"], "event": {"type": "custom", "content": {"cups": 2}}})
    it.call("updateCustomerPage", {"url": "https://shop.example/cup", "title": "A cup"})
    it.agent.push("customer_page_updated")
    it.call("setSneakPeek", {"chatId": begun["id"], "sneakPeekText": "Do you"})
    it.agent.push("incoming_sneak_peek")
    return {"chatId": begun["id"], "threadId": begun["thread"]["id"], "eventId": event["id"]}


def _properties(it: Side, chat: dict[str, str]) -> None:
    of_thread = {name: chat[name] for name in ("chatId", "threadId")}
    for what, ids in (("Chat", {"id": chat["chatId"]}), ("Thread", of_thread), ("Event", chat)):
        it.call(f"update{what}Properties", {**ids, **VALUES})
        it.wait(f"{what.lower()}_properties_updated")
        it.call(f"delete{what}Properties", {**ids, **NAMES})
        it.wait(f"{what.lower()}_properties_deleted")
    it.call("rateChat", {"chatId": chat["chatId"], "rating": {"score": 1, "comment": "Quick"}})
    it.wait("thread_properties_updated")
    it.call("cancelRate", {"chatId": chat["chatId"]})
    it.wait("thread_properties_deleted")


def _the_agent(it: Side, chat: dict[str, str]) -> None:
    chat_id = chat["chatId"]
    it.wait("incoming_event", "incoming_event")  # what the platform says of the rating
    it.agent.ask("send_typing_indicator", {"chat_id": chat_id, "is_typing": True})
    it.wait("incoming_typing_indicator")
    it.agent.say(chat_id, "Yes")
    it.wait("incoming_event")
    card = it.agent.ask("send_event", {"chat_id": chat_id, "event": CARD})["event_id"]
    it.wait("incoming_event")
    press = {"chatId": chat_id, "threadId": chat["threadId"], "eventId": card}
    it.call("sendRichMessagePostback", {**press, "postback": {"id": "yes", "toggled": True}})
    it.agent.push("incoming_rich_message_postback")
    it.agent.ask("mark_events_as_seen", {"chat_id": chat_id, "seen_up_to": SEEN})
    it.call("markEventsAsSeen", {"chatId": chat_id, "seenUpTo": SEEN})
    it.agent.ask("multicast", {"recipients": {"customers": {"ids": [it.customer_id()]}}, "content": {"a": 1}})
    it.wait("incoming_multicast")


def _reading(it: Side, chat: dict[str, str]) -> None:
    it.call("getChat", {"chatId": chat["chatId"]})
    it.call("getChat", {"chatId": chat["chatId"], "threadId": chat["threadId"]})
    it.call("listThreads", {"chatId": chat["chatId"], "sortOrder": "asc", "limit": 2})
    it.call("listThreads", {"chatId": chat["chatId"], "minEventsCount": 1})
    it.call("listChats", {"limit": 5})


def _the_end_and_again(it: Side, chat: dict[str, str]) -> None:
    for number in range(3):
        it.call("deactivateChat", {"id": chat["chatId"]})
        it.wait("chat_deactivated")
        event = {"type": "message", "text": f"Again {number}"}
        it.call("resumeChat", {"chat": {"id": chat["chatId"], "thread": {"events": [event]}}})
    first = it.call("listThreads", {"chatId": chat["chatId"], "limit": 2})
    it.call("listThreads", {"chatId": chat["chatId"], "pageId": first["next_page_id"]})
    history = it.call("getChatHistory", {"chatId": chat["chatId"]})["object"]
    while not it.call("next", of=history)["done"]:
        pass
    it.call("next", of=history)


def _what_is_refused(it: Side, chat: dict[str, str]) -> None:
    it.call("startChat", {})
    it.call("sendEvent", {"chatId": "X", "event": HELLO})
    it.call("acceptGreeting", {"greetingId": 1, "uniqueId": "X"})
    it.call("cancelGreeting", {"uniqueId": "X"})
    it.call("getForm", {"groupId": 99, "type": "prechat"})
    it.call("getUrlInfo", {"url": "http://127.0.0.1/"})
    it.call("getChat", {"chatId": "X"})
    it.call("deactivateChat", {"id": chat["chatId"]})
    it.wait("chat_deactivated")
    it.call("sendEvent", {"chatId": chat["chatId"], "event": HELLO})
    it.call("sendEvent", {"chatId": chat["chatId"], "event": HELLO, "attachToLastThread": True})
    it.call("getCustomer")  # when it is answered, all that was to be told has been
