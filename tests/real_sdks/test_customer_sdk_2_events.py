"""customer-sdk 2.0.0-alpha.3, unmodified, in Chromium: all its events, and the methods that are left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest

from server import link_previews
from tests.real_sdks.clients import InBrowser, Rejected
from tests.real_sdks.conftest import Packages
from tests.real_sdks.tls import TlsServer
from tests.server.platform import Person

PACKAGE = "@livechat/customer-sdk==2.0.0-alpha.3"
SCRIPT = "node_modules/@livechat/customer-sdk/dist/customer-sdk.js"
HELLO = {"type": "message", "text": "Hello"}
VALUES = {"test": {"string_property": "x"}}
NAMES = {"test": ["string_property"]}

KEEP_SOCKETS = """
  window.sockets = []
  window.WebSocket = class extends WebSocket {
    constructor(...given) { super(...given); sockets.push(this) }
  }
"""


@dataclass(frozen=True)
class Stage:
    """A customer in a chat with an agent, who has told nothing yet."""

    sdk: InBrowser
    agent: Person
    server: TlsServer
    customer: str
    chat: str
    thread: str
    event: str

    @property
    def ids(self) -> dict[str, str]:
        return {"chat_id": self.chat, "thread_id": self.thread}

    def transfer(self) -> None:
        kim = self.server.agent("kim@example.com")
        self.agent.ask("transfer_chat", {"id": self.chat, "target": {"type": "agent", "ids": [kim.id]}})

    def types(self, *, is_typing: bool) -> None:
        self.agent.ask("send_typing_indicator", {"chat_id": self.chat, "is_typing": is_typing})

    def with_value(self, what: str, **ids: str) -> None:
        """Set a property, and take it away again."""
        self.agent.ask(f"update_{what}_properties", {**ids, "properties": VALUES})
        self.agent.ask(f"delete_{what}_properties", {**ids, "properties": NAMES})

    def tell(self, action: str, **payload: Any) -> None:
        """Something that nothing which this server does leads to."""
        self.server.tell(self.customer, action, payload)

    def drop(self) -> None:
        """The network takes the socket away."""
        self.sdk.evaluate("sockets.at(-1).close()")

    def resume(self) -> None:
        """A new thread begins."""
        self.agent.ask("deactivate_chat", {"id": self.chat})
        self.agent.ask("resume_chat", {"chat": {"id": self.chat}})


CAUSES: dict[str, Callable[[Stage], Any]] = {
    "chat_properties_deleted": lambda it: it.with_value("chat", id=it.chat),
    "chat_properties_updated": lambda it: it.with_value("chat", id=it.chat),
    "chat_thread_properties_deleted": lambda it: it.with_value("thread", **it.ids),
    "chat_thread_properties_updated": lambda it: it.with_value("thread", **it.ids),
    "connection_lost": Stage.drop,
    "connection_restored": Stage.drop,
    "customer_page_updated": lambda it: it.tell(
        "customer_page_updated", url="https://shop.example/", title="Shop", opened_at="2026-01-01T00:00:00.000000Z"
    ),
    "customer_updated": lambda it: it.agent.ask("update_customer", {"id": it.customer, "name": "Ada"}),
    "disconnected": lambda it: it.server.cut_off(it.customer),
    "event_properties_deleted": lambda it: it.with_value("event", **it.ids, event_id=it.event),
    "event_updated": lambda it: it.tell(
        "event_updated",
        **it.ids,
        event={
            "id": it.event,
            "type": "message",
            "text": "Hello?",
            "author_id": it.customer,
            "created_at": "2026-01-01T00:00:00.000000Z",
        },
    ),
    "incoming_multicast": lambda it: it.agent.ask(
        "multicast", {"recipients": {"customers": {"ids": [it.customer]}}, "content": {"news": "none"}, "type": "news"}
    ),
    "last_seen_timestamp_updated": lambda it: it.agent.ask(
        "mark_events_as_seen", {"chat_id": it.chat, "seen_up_to": datetime.now(UTC).isoformat()}
    ),
    "new_event": lambda it: it.agent.say(it.chat, "Good day"),
    "thread_closed": lambda it: it.agent.ask("deactivate_chat", {"id": it.chat}),
    "thread_summary": Stage.resume,
    "user_data": Stage.transfer,
    "user_is_typing": lambda it: it.types(is_typing=True),
    "user_joined_chat": Stage.transfer,
    "user_left_chat": Stage.transfer,
    "user_stopped_typing": lambda it: it.types(is_typing=False),
}


@pytest.fixture(scope="module")
def browser(certificate: Any, only_server: TlsServer, registry_packages: Packages) -> Iterator[InBrowser]:
    """One for all: most of a test is its start."""
    only_server.agent()
    client = InBrowser(registry_packages(PACKAGE) / SCRIPT, only_server, KEEP_SOCKETS)
    client.event("connected")
    yield client
    client.close()
    only_server.forget_everything()


@pytest.fixture
def stage(browser: InBrowser, server: TlsServer) -> Iterator[Stage]:
    agent = server.agent()
    browser.reload()
    browser.event("connected")
    customer = browser.event("customer_id")
    begun = browser.call("startChat", {"events": [HELLO]})
    agent.forget()
    browser.evaluate("void (told.length = 0)")
    yield Stage(browser, agent, server, customer, begun["id"], begun["thread"], begun["events"][0]["id"])
    browser.evaluate("sdk.disconnect()")


@pytest.mark.parametrize("name", CAUSES)
def test_an_event_is_told(name: str, stage: Stage) -> None:
    CAUSES[name](stage)

    told = stage.sdk.event(name)

    assert name == "connection_lost" or told is not None


# Methods whose answers nobody has looked at elsewhere


def test_properties_of_an_event_are_deleted_in_its_own_way(stage: Stage) -> None:
    """It asks to delete the thread's, and names the event: so nothing of the event goes, here as on the platform."""
    assert stage.sdk.call("updateEventProperties", stage.chat, stage.thread, stage.event, VALUES)
    assert stage.sdk.call("updateChatThreadProperties", stage.chat, stage.thread, VALUES) == {"success": True}

    assert stage.sdk.call("deleteEventProperties", stage.chat, stage.thread, stage.event, NAMES) == {"success": True}


def test_a_button_is_pressed(stage: Stage) -> None:
    button = {"type": "message", "text": "Yes", "value": "y", "postback_id": "yes", "user_ids": []}
    card = {"type": "rich_message", "template_id": "cards", "elements": [{"title": "Well?", "buttons": [button]}]}
    stage.agent.ask("send_event", {"chat_id": stage.chat, "event": card})
    event = stage.sdk.event("new_event")["event"]

    stage.sdk.call("sendPostback", stage.chat, event["thread"], event["id"], {"id": "yes"})

    assert stage.agent.told("incoming_rich_message_postback")["postback"] == {"id": "yes", "toggled": True}


def test_fields_of_the_customer(stage: Stage) -> None:
    stage.sdk.evaluate("sdk.setCustomerFields({ plan: 'gold' })")

    assert stage.agent.told("customer_updated")["session_fields"] == [{"plan": "gold"}]


def test_what_a_page_says_of_itself(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    async def page(url: str) -> tuple[int, None, str]:
        picture = "<meta property='og:image' content='https://shop.example/cup.png'>"
        return 200, None, f"<title>Cups</title>{picture}"

    monkeypatch.setattr(link_previews, "_get", page)

    info = stage.sdk.call("getUrlDetails", "https://shop.example/")

    assert (info["title"], info["image"]["url"]) == ("Cups", "https://shop.example/cup.png")


def test_handlers_are_called_until_they_are_taken_off(stage: Stage) -> None:
    stage.sdk.evaluate("""(() => {
      window.heard = []
      window.on = ({ event }) => heard.push(`on ${event.text}`)
      sdk.on('new_event', on)
      sdk.once('new_event', ({ event }) => heard.push(`once ${event.text}`))
    })()""")
    for text in ("one", "two"):
        stage.agent.say(stage.chat, text)
        stage.sdk.event("new_event")
    stage.sdk.evaluate("sdk.off('new_event', on)")
    stage.agent.say(stage.chat, "three")
    stage.sdk.event("new_event")

    assert stage.sdk.evaluate("heard") == ["on one", "once one", "on two"]


def test_it_can_be_observed(stage: Stage) -> None:
    stage.sdk.evaluate("""(() => {
      window.heard = []
      const key = Reflect.ownKeys(sdk).find(key => typeof key === 'symbol' || key === '@@observable')
      window.end = sdk[key]().subscribe({ next: ([name]) => heard.push(name) })
    })()""")
    stage.agent.say(stage.chat, "one")
    stage.sdk.event("new_event")
    stage.sdk.evaluate("void end()")
    stage.agent.say(stage.chat, "two")
    stage.sdk.event("new_event")

    assert stage.sdk.evaluate("heard") == ["new_event"]


def test_the_token_can_be_had(stage: Stage) -> None:
    assert stage.sdk.evaluate("sdk.auth.getToken().then(({ entityId }) => entityId)") == stage.customer


def test_it_goes_and_comes_back_when_it_is_told_to(stage: Stage) -> None:
    stage.sdk.evaluate("sdk.disconnect()")
    with pytest.raises(Rejected, match="NO_CONNECTION"):
        stage.sdk.call("getGroupsStatus")
    stage.sdk.evaluate("sdk.connect()")

    assert stage.sdk.event("connection_restored")["totalChats"] == 1


def test_once_destroyed_it_does_nothing_more(stage: Stage) -> None:
    stage.sdk.evaluate("sdk.destroy()")

    with pytest.raises(Rejected, match="SDK_DESTROYED"):
        stage.sdk.call("getGroupsStatus")
