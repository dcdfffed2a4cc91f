"""The chat of one visitor, against a small platform that does what the real one does."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.fakes import FakeClock, FakeHttp, FakeNetwork, FakeSocket, MemoryStorage, settle, until
from widget.customer_sdk.auth import CustomerAuth, Platform
from widget.customer_sdk.session import ChatSession, Visit
from widget.rtm.outbox import Outbox
from widget.rtm.ports import HttpResponse
from widget.rtm.state import State
from widget.wire.base import format_timestamp
from widget.wire.customer import Application
from widget.wire.errors import ProtocolError, Refused
from widget.wire.events import Message

PLATFORM = Platform("https://api", "https://accounts", "org", "demo")
TOKEN = '{"access_token": "dal:abc", "entity_id": "me", "expires_in": 28800, "token_type": "Bearer"}'


@dataclass
class SmallPlatform:
    """One customer's chat on a server, answering over fake sockets."""

    events: list[dict[str, Any]] = field(default_factory=list)
    active: bool = False
    started: bool = False
    refuse: dict[str, list[str]] = field(default_factory=dict)
    deaf: set[str] = field(default_factory=set)
    seen: list[str] = field(default_factory=list)
    forms: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    tells_forms: bool = True
    online: bool = True
    known_as: dict[str, Any] = field(default_factory=dict)

    def hear(self, socket: FakeSocket, frame: dict[str, Any]) -> None:
        action, payload = frame["action"], frame.get("payload", {})
        self.seen.append(action)
        refusals = self.refuse.get(action, [])
        if refusals:
            body = {"error": {"type": refusals.pop(0), "message": "no"}}
            return self.answer(socket, frame, body, success=False)
        if action in self.deaf:
            return None
        do: Callable[..., Any] = getattr(self, action, lambda *_: {})
        result = do(socket, frame, payload)
        return None if result is None else self.answer(socket, frame, result)

    def answer(self, socket: FakeSocket, frame: dict[str, Any], payload: Any, *, success: bool = True) -> None:
        reply = {"request_id": frame["request_id"], "action": frame["action"], "type": "response", "success": success}
        socket.receive({**reply, "payload": payload})

    def push(self, socket: FakeSocket, action: str, payload: Any, request_id: str | None = None) -> None:
        frame = {"action": action, "type": "push", "payload": payload}
        socket.receive(frame if request_id is None else {**frame, "request_id": request_id})

    def store(self, event: dict[str, Any], author: str = "me") -> dict[str, Any]:
        known = next(
            (e for e in self.events if e.get("custom_id") == event.get("custom_id") and event.get("custom_id")), None
        )
        if known is None:
            at = datetime(2026, 5, 3, 9, tzinfo=UTC) + timedelta(seconds=len(self.events))
            known = {
                **event,
                "id": f"T_{len(self.events) + 1}",
                "author_id": author,
                "created_at": format_timestamp(at),
            }
            self.events.append(known)
        return known

    def chat(self) -> dict[str, Any]:
        thread = {"id": "T", "active": self.active, "events": list(self.events)}
        return {"id": "C", "users": [{"id": "me", "type": "customer"}], "thread": thread}

    # actions

    def login(self, *_: Any) -> Any:
        chats = [{"chat_id": "C", "has_unread_events": False}] if self.started else []
        return {
            "customer": {"id": "me", "type": "customer", **self.known_as},
            "chats": chats,
            "__priv_dynamic_config": {
                **({"online_groups_ids": [0]} if self.online else {}),
                **({"forms": [*self.forms]} if self.tells_forms else {}),
            },
        }

    def get_form(self, _: FakeSocket, __: dict[str, Any], payload: Any) -> Any:
        fields = self.forms.get(payload["type"])
        return {"enabled": False} if fields is None else {"enabled": True, "form": {"id": "f", "fields": fields}}

    def get_chat(self, *_: Any) -> Any:
        return self.chat()

    def list_chats(self, *_: Any) -> Any:
        return {"chats_summary": [{"id": "C"}] if self.started else [], "total_chats": 1}

    def list_threads(self, *_: Any) -> Any:
        return {"threads": [self.chat()["thread"]], "found_threads": 1}

    def start_chat(self, socket: FakeSocket, frame: dict[str, Any], payload: Any) -> Any:
        self.active = self.started = True
        for event in payload["chat"]["thread"]["events"]:
            self.store(event)
        self.push(socket, "incoming_chat", {"chat": self.chat()}, frame["request_id"])
        return {"chat_id": "C", "thread_id": "T"}

    resume_chat = start_chat

    def send_event(self, socket: FakeSocket, frame: dict[str, Any], payload: Any) -> Any:
        event = self.store(payload["event"])
        self.push(socket, "incoming_event", {"chat_id": "C", "thread_id": "T", "event": event}, frame["request_id"])
        return {"event_id": event["id"]}

    def ping(self, *_: Any) -> Any:
        return {}


@dataclass
class World:
    session: ChatSession
    network: FakeNetwork
    clock: FakeClock
    platform: SmallPlatform
    storage: MemoryStorage

    def texts(self) -> list[str]:
        entries = self.session.conversation.entries
        return [e.event.text for e in entries if isinstance(e.event, Message)]

    async def open_sockets(self) -> None:
        await settle()
        if self.network.sockets and self.session.state is State.CONNECTING:
            self.network.socket.listener.opened()
        await settle()

    async def connect(self) -> None:
        self.session.connect()
        await until(lambda: self.session.in_step, self.open_sockets)

    async def reconnect(self) -> None:
        self.clock.advance(2.0)
        await until(lambda: self.session.in_step, self.open_sockets)


def new_world(platform: SmallPlatform | None = None, storage: MemoryStorage | None = None) -> World:
    platform, storage, clock = platform or SmallPlatform(), storage or MemoryStorage(), FakeClock()
    network = FakeNetwork(on_send=platform.hear)
    http = FakeHttp(lambda *_: HttpResponse(200, TOKEN))
    session = ChatSession(
        platform=PLATFORM,
        auth=CustomerAuth(PLATFORM, http, storage, page="https://shop"),
        outbox=Outbox(storage, "outbox"),
        open_socket=network,
        clock=clock,
        visit=Visit(),
        application=Application(name="test", version="1"),
    )
    return World(session, network, clock, platform, storage)


async def test_the_first_text_starts_the_chat() -> None:
    world = new_world()
    await world.connect()

    world.session.send("Hello")
    await settle()

    assert world.texts() == ["Hello"]
    assert world.session.outbox.waiting == ()
    assert "start_chat" in world.platform.seen


async def test_a_text_sent_before_there_is_a_connection_is_delivered_when_there_is() -> None:
    world = new_world()
    world.session.send("Too early")

    await until(lambda: world.session.in_step, world.open_sockets)
    await settle()

    assert world.texts() == ["Too early"]


async def test_texts_arrive_in_the_order_they_were_written() -> None:
    world = new_world()
    for number in range(5):
        world.session.send(f"{number}")

    await until(lambda: world.session.in_step, world.open_sockets)
    await settle(100)

    assert world.texts() == ["0", "1", "2", "3", "4"]


async def test_a_text_whose_answer_was_lost_is_not_shown_twice() -> None:
    world = new_world()
    await world.connect()
    world.session.send("Hello")
    await settle()
    server_keeps_it = world.platform.store
    world.platform.deaf = {"send_event"}
    outgoing = world.session.send("Are you there?")
    await settle()
    server_keeps_it({"type": "message", "text": "Are you there?", "custom_id": outgoing.custom_id})
    world.platform.deaf = set()

    world.network.socket.drop()
    await world.reconnect()
    await settle()

    assert world.texts() == ["Hello", "Are you there?"]
    assert world.platform.seen.count("send_event") == 1


async def test_a_text_that_was_lost_on_the_way_is_sent_again() -> None:
    world = new_world()
    await world.connect()
    world.session.send("Hello")
    await settle()
    world.platform.deaf = {"send_event"}
    world.session.send("Lost")
    await settle()
    world.platform.deaf = set()

    world.network.socket.drop()
    await world.reconnect()
    await settle()

    assert world.texts() == ["Hello", "Lost"]


async def test_a_text_without_an_answer_is_looked_for_before_it_is_sent_again() -> None:
    world = new_world()
    await world.connect()
    world.session.send("Hello")
    await settle()
    world.platform.deaf = {"send_event"}
    outgoing = world.session.send("Slow")
    await settle()
    world.platform.store({"type": "message", "text": "Slow", "custom_id": outgoing.custom_id})
    world.platform.deaf = set()

    world.clock.advance(15.0)
    await settle(50)

    assert world.texts() == ["Hello", "Slow"]
    assert world.platform.seen.count("send_event") == 1


async def test_a_text_to_a_chat_that_was_closed_meanwhile_opens_it_again() -> None:
    world = new_world()
    await world.connect()
    world.session.send("Hello")
    await settle()
    world.platform.active = False
    world.platform.refuse = {"send_event": ["chat_inactive"]}

    world.session.send("One more thing")
    await settle()
    world.clock.advance(5.0)
    await settle(50)

    assert "resume_chat" in world.platform.seen
    assert world.texts() == ["Hello", "One more thing"]


async def test_a_refused_text_stays_with_its_reason_and_can_be_tried_again() -> None:
    world = new_world()
    await world.connect()
    world.session.send("Hello")
    await settle()
    world.platform.refuse = {"send_event": ["validation"]}

    outgoing = world.session.send("Odd")
    await settle()
    assert [(o.text, o.error) for o in world.session.outbox.waiting] == [("Odd", "VALIDATION")]
    world.session.retry(outgoing.custom_id)
    await settle()

    assert world.texts() == ["Hello", "Odd"]


async def test_a_busy_server_is_asked_again_later() -> None:
    world = new_world()
    await world.connect()
    world.platform.refuse = {"start_chat": ["too_many_requests"]}

    world.session.send("Hello")
    await settle()
    assert world.texts() == []
    world.clock.advance(2.0)
    await settle()

    assert world.texts() == ["Hello"]


async def test_what_was_said_while_we_were_away_is_here_after_the_reconnect() -> None:
    world = new_world()
    await world.connect()
    world.session.send("Hello")
    await settle()

    world.network.socket.drop()
    world.platform.store({"type": "message", "text": "Hi, this is Sam"}, author="agent")
    await world.reconnect()

    assert world.texts() == ["Hello", "Hi, this is Sam"]


async def test_that_the_chat_was_closed_while_we_were_away_is_known_after_the_reconnect() -> None:
    world = new_world()
    await world.connect()
    world.session.send("Hello")
    await settle()

    world.network.socket.drop()
    world.platform.active = False
    await world.reconnect()

    assert not world.session.conversation.active


async def test_a_failed_catch_up_is_told_and_can_be_tried_again() -> None:
    world = new_world(SmallPlatform(started=True))
    world.platform.refuse = {"get_chat": ["internal"]}
    world.session.connect()

    await until(lambda: world.session.error is not None, world.open_sockets)
    assert isinstance(world.session.error, Refused)
    world.session.catch_up()
    await settle()

    assert world.session.in_step


async def test_the_agent_sees_what_is_typed_at_most_every_two_seconds() -> None:
    world = new_world()
    await world.connect()
    world.session.send("Hello")
    await settle()

    for text in ("H", "He", "Hel"):
        world.session.type(text)
    await settle()
    assert world.platform.seen.count("send_sneak_peek") == 1
    world.clock.advance(2.0)
    await settle()

    peeks = [f["payload"]["sneak_peek_text"] for f in world.network.socket.sent if f["action"] == "send_sneak_peek"]
    assert peeks == ["H", "Hel"]


async def test_nothing_is_peeked_at_before_there_is_a_chat() -> None:
    world = new_world()
    await world.connect()

    world.session.type("Only thinking")
    await settle()

    assert "send_sneak_peek" not in world.platform.seen


async def test_of_a_thousand_events_that_come_at_once_each_is_there_once_and_in_order() -> None:
    world = new_world()
    await world.connect()
    world.session.send("Hello")
    await settle()
    said = [world.platform.store({"type": "message", "text": f"text {number}"}, "agent") for number in range(1000)]

    for event in [*said, *said[::100]]:
        world.platform.push(world.network.socket, "incoming_event", {"chat_id": "C", "thread_id": "T", "event": event})

    assert world.texts() == ["Hello", *(f"text {number}" for number in range(1000))]


async def test_seen_is_told_once_for_each_newest_event() -> None:
    world = new_world()
    await world.connect()
    world.session.send("Hello")
    await settle()

    for _ in range(3):
        world.session.mark_seen()
    await settle()

    assert world.platform.seen.count("mark_events_as_seen") == 1


async def test_the_page_is_told_when_its_text_has_arrived() -> None:
    world = new_world()
    await world.connect()

    entry = await world.session.deliver("From the page")

    assert (entry.thread_id, entry.event.id) == ("T", "T_1")


async def test_a_reload_sends_what_the_last_page_could_not() -> None:
    storage = MemoryStorage()
    first = new_world(storage=storage)
    first.session.send("Written in a tunnel")

    second = new_world(platform=first.platform, storage=storage)
    second.session.outbox.load()
    await second.connect()
    await settle()

    assert second.texts() == ["Written in a tunnel"]


async def test_the_typing_of_an_agent_who_went_silent_ends_by_itself() -> None:
    world = new_world()
    await world.connect()
    world.session.send("Hello")
    await settle()
    typing = {"chat_id": "C", "thread_id": "T", "typing_indicator": {"author_id": "agent", "is_typing": True}}

    world.platform.push(world.network.socket, "incoming_typing_indicator", typing)
    assert world.session.conversation.typing == {"agent"}
    world.clock.advance(15.0)

    assert world.session.conversation.typing == frozenset()


async def test_watchers_are_told() -> None:
    world = new_world()
    told: list[State] = []
    note: Callable[[], None] = lambda: told.append(world.session.state)  # noqa: E731
    world.session.watch(note)

    await world.connect()

    assert State.CONNECTED in told


async def test_an_answer_that_makes_no_sense_is_told_and_the_connection_lives_on() -> None:
    world = new_world(SmallPlatform(started=True))
    world.platform.get_chat = lambda *_: {"users": "nobody"}  # type: ignore[method-assign]
    world.session.connect()

    await until(lambda: world.session.error is not None, world.open_sockets)

    assert isinstance(world.session.error, ProtocolError)
    assert world.session.state is State.CONNECTED


async def test_agents_who_come_and_go_are_noticed() -> None:
    world = new_world()
    await world.connect()

    world.platform.push(world.network.socket, "groups_status_updated", {"groups": [{"id": 0, "status": "offline"}]})
    assert not world.session.agents_online
    world.platform.push(world.network.socket, "groups_status_updated", {"groups": 7})

    assert not world.session.agents_online
