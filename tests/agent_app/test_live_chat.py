"""``LiveChat`` in a frame, with a page around that only remembers what it was told."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.fakes import FakeClock, settle
from widget.agent_app.connection import HAND_WAITED_FOR, Address, Connection
from widget.agent_app.envelope import Frame, Kind
from widget.agent_app.sdk import LiveChat
from widget.agent_app.widgets import DetailsWidget
from widget.rtm.background import begin
from widget.wire.base import Json
from widget.wire.errors import NotConnected, Refused, UntrustedPage, WrongArgument

CONSOLE = "http://127.0.0.1:8000"
APP = Address("http://localhost:8000", "P")


@dataclass(slots=True)
class FakeParent:
    """The console around the frame: it shakes hands at once, and answers every call with ``refusal`` or consent."""

    address: Address = APP
    embedded: bool = True
    origin: str | None = CONSOLE
    trusted: bool = True
    refusal: str | None = None
    posted: list[Any] = field(default_factory=list)
    told: list[tuple[str, Any]] = field(default_factory=list)
    hear: Callable[[object, str, bool], None] | None = None

    def listen(self, hear: Callable[[object, str, bool], None]) -> None:
        self.hear = hear
        if self.trusted:
            hear(Frame(Kind.HANDSHAKE, "page", 0, {}).as_json(), CONSOLE, True)

    def post(self, data: Any, origin: str) -> None:
        if data.get("type") != "call":
            self.posted.append(data)
            return
        self.posted.append(data["data"]["args"][0])
        error = {"real": True, "error": {"message": self.refusal}}
        result = {"error": True, "result": error} if self.refusal else {"error": False}
        self._say(Frame(Kind.RESPONSE, "page", 0, result, data["request"]).as_json())

    def tell(self, name: str, data: Any) -> None:
        self.told.append((name, data))

    def event(self, name: str, data: Any) -> None:
        event = {"event_name": f"livechat:{name}", "event_data": data}
        self._say(Frame(Kind.CALL, "page", 0, {"method": "handle", "args": [event]}, 0).as_json())

    def _say(self, data: object) -> None:
        assert self.hear
        self.hear(data, CONSOLE, False)

    @property
    def messages(self) -> list[tuple[str, Any]]:
        return [(each["message"], each["data"]) for each in self.posted if "message" in each]


async def started(parent: FakeParent) -> LiveChat:
    live_chat = LiveChat(Connection(parent, FakeClock()))
    await live_chat.init()
    return live_chat


async def test_an_app_hears_of_the_customer_and_offers_a_message() -> None:
    parent = FakeParent()
    live_chat = await started(parent)
    profiles: list[Any] = []
    live_chat.on("customer_profile", profiles.append)

    parent.event("customer_profile", {"id": "S1", "name": "Mary Brown"})
    await live_chat.put_message("Hello Mary!")
    await settle()

    assert profiles == [{"id": "S1", "name": "Mary Brown"}]
    assert live_chat.get_customer_profile() == profiles[0]
    assert parent.messages == [("plugin_inited", None), ("put_message", "Hello Mary!")]


async def test_the_names_of_the_documentations_javascript_work() -> None:
    parent = FakeParent()
    live_chat = await started(parent)

    live_chat.putMessage("Hello!")
    live_chat.refreshSessionId()

    assert live_chat.getSessionId() is None
    assert [name for name, _ in parent.messages] == ["plugin_inited", "put_message", "plugin_loaded"]


async def test_the_session_id_is_the_hosts_and_another_after_a_refresh() -> None:
    parent = FakeParent()
    live_chat = await started(parent)
    parent.event("session", {"session_id": "one"})
    assert live_chat.get_session_id() == "one"

    live_chat.refresh_session_id()
    assert live_chat.get_session_id() is None

    parent.event("session", {"session_id": "two"})
    assert live_chat.get_session_id() == "two"


async def test_a_page_that_shakes_no_hand_is_spoken_to_as_of_old() -> None:
    parent, clock = FakeParent(trusted=False), FakeClock()
    live_chat = LiveChat(Connection(parent, clock))
    starting = begin(live_chat.init())
    await settle()
    assert not starting.done()

    clock.advance(HAND_WAITED_FOR)
    await starting
    live_chat.put_message("Hello!")

    assert parent.posted == [
        {"message": "plugin_inited", "data": None, "plugin_id": "P"},
        {"message": "put_message", "data": "Hello!", "plugin_id": "P"},
    ]


async def test_who_asks_for_plain_messages_waits_for_no_hand() -> None:
    parent, clock = FakeParent(address=Address(APP.origin, "P", plain=True), trusted=False), FakeClock()
    starting = begin(LiveChat(Connection(parent, clock)).init())
    await settle()
    clock.advance(0)
    await settle()

    assert starting.done()


async def test_in_no_frame_it_says_so() -> None:
    with pytest.raises(NotConnected, match="no frame"):
        await started(FakeParent(embedded=False))


async def test_in_a_strangers_frame_it_says_so_and_tells_nothing() -> None:
    parent = FakeParent(origin="https://elsewhere.example", trusted=False)

    with pytest.raises(UntrustedPage, match=r"elsewhere\.example"):
        await started(parent)
    assert parent.posted == []


async def test_what_the_agent_app_does_not_take_raises_its_reason() -> None:
    parent = FakeParent()
    live_chat = await started(parent)
    parent.refusal = "No chat is open."

    with pytest.raises(Refused, match="No chat is open"):
        await live_chat.put_message("Hello!")


async def test_before_init_nothing_can_be_sent() -> None:
    with pytest.raises(NotConnected, match="init"):
        LiveChat(Connection(FakeParent(), FakeClock())).put_message("Hello!")


async def test_a_section_that_cannot_be_shown_is_not_sent() -> None:
    parent = FakeParent()
    live_chat = await started(parent)

    with pytest.raises(WrongArgument):
        live_chat.modify_customer_details_section({"title": "Orders", "components": []})
    assert len(parent.messages) == 1


async def test_a_handler_that_fails_is_reported_and_does_not_stop_the_others() -> None:
    failures: list[Any] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: failures.append(context["exception"]))
    parent = FakeParent()
    live_chat = await started(parent)
    heard: list[Any] = []
    live_chat.on("customer_profile", lambda profile: profile["no such field"])
    live_chat.on("customer_profile", heard.append)

    parent.event("customer_profile", {"id": "S1"})
    await settle()

    assert heard == [{"id": "S1"}]
    assert [type(each) for each in failures] == [KeyError]


async def test_a_charge_is_told_before_and_after() -> None:
    parent = FakeParent()
    widget = DetailsWidget(Connection(parent, FakeClock()))
    await widget.ready()

    async def charge(intent: Json) -> Json:
        return {"id": "charge-1"}

    await widget.start_transaction(charge, {"name": "Pro", "price": 100})

    names = [name for name, _ in parent.messages]
    assert names == ["plugin_inited", "register_transaction_pending", "register_transaction_success"]
