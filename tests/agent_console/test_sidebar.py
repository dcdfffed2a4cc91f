"""Apps beside the conversation: hosted in all three dialects, told what they may know, stopped when they must be."""

import json
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_console.sidebar.allowance import BURST, RATE, Allowance
from agent_console.sidebar.apps import App, Wrong, as_properties, new_app, read_apps
from agent_console.sidebar.host import JUST_NOW, PATIENCE, State
from agent_console.sidebar.sidebar import Desk, Sidebar
from tests.agent_console.frames_fake import FakeFrames
from tests.fakes import FakeClock
from widget.agent_app.envelope import FOUR_WAY, Frame, Kind, answer, call, read_frame
from widget.agent_app.profile import CustomerProfile

SHOP = App(id="P", name="Orders", url="https://orders.example/app")
ORIGIN = "https://orders.example"
MARY: CustomerProfile = {"id": "S1", "name": "Mary", "chat": {"chat_id": "C1"}, "source": "chats"}
PAUL: CustomerProfile = {"id": "S2", "name": "Paul", "chat": {}, "source": "chats"}


@dataclass(slots=True)
class Stage:
    """A sidebar with one app, whose frame has loaded."""

    frames: FakeFrames = field(default_factory=FakeFrames)
    clock: FakeClock = field(default_factory=FakeClock)
    put: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    ids: int = 0
    app: App = SHOP
    sidebar: Sidebar = field(init=False)

    def __post_init__(self) -> None:
        desk = Desk(self.put.append, self.said.append, lambda: [{"message": "Hi"}], lambda: None)
        self.sidebar = Sidebar(self.frames, self.clock, desk, self._new_id)
        self.sidebar.configure([self.app])
        self.sidebar.bring_to_front("P")
        self.frames.loaded("P")

    def _new_id(self) -> str:
        self.ids += 1
        return f"id-{self.ids}"

    def state(self) -> State | None:
        return self.sidebar.pane.state

    def says(self, data: object, origin: str = ORIGIN) -> None:
        self.frames.heard("P", json.dumps(data), origin)

    def asks(self, message: str, data: object = None, plugin_id: str = "P", origin: str = ORIGIN) -> None:
        self.says({"message": message, "data": data, "plugin_id": plugin_id}, origin)

    @property
    def bare(self) -> list[tuple[object, object]]:
        """The events that went out bare."""
        return [(d["event_name"], d["event_data"]) for _, d, _ in self.frames.posts if "event_name" in d]

    @property
    def trusted(self) -> list[Frame]:
        return [frame for _, d, _ in self.frames.posts if (frame := read_frame(d))]

    def shake(self, **result: Any) -> None:
        self.says(answer(self.trusted[-1], result).as_json())

    def calls(self, message: str, data: Any = None, request: int = 0) -> Any:
        """What the app is answered."""
        hand = next(frame for frame in self.trusted if frame.kind is Kind.HANDSHAKE)
        content = {"plugin_id": "P", "message": message, "data": data}
        self.says(call(hand.owner, hand.instance, request, content).as_json())
        return next(f.data for f in self.trusted if f.kind is Kind.RESPONSE and f.request == request)


@pytest.fixture
def stage() -> Stage:
    return Stage()


def test_the_frame_is_told_who_it_is_and_how_the_console_looks(stage: Stage) -> None:
    assert stage.frames.opened["P"] == "https://orders.example/app?lang=en-US&plugin_id=P&theme=light"


def test_a_legacy_app_greets_and_is_told_of_the_customer(stage: Stage) -> None:
    stage.sidebar.turn_to(MARY)
    assert stage.state() is State.LOADING

    stage.asks("plugin_inited")

    assert stage.state() is State.READY
    session = {"session_id": "id-2"}
    assert stage.bare == [("livechat:session", session), ("livechat:customer_profile", MARY)]


def test_a_trusted_app_is_answered_before_it_is_told_anything(stage: Stage) -> None:
    stage.sidebar.turn_to(MARY)
    stage.shake()

    assert stage.calls("plugin_inited") == {"error": False, "result": None}

    kinds = [frame.kind for frame in stage.trusted]
    assert kinds == [Kind.HANDSHAKE, Kind.RESPONSE, Kind.CALL, Kind.CALL]
    told = [frame.data["args"][0]["event_name"] for frame in stage.trusted if frame.kind is Kind.CALL]
    assert told == ["livechat:session", "livechat:customer_profile"]


def test_an_app_that_waits_for_an_echo_gets_one(stage: Stage) -> None:
    stage.shake(**{FOUR_WAY: True, "data": {}})

    assert stage.trusted[-1].kind is Kind.ECHO


def test_a_hand_is_offered_until_it_is_taken(stage: Stage) -> None:
    stage.clock.advance(2)
    offered = len(stage.trusted)
    assert offered > 3

    stage.shake()
    stage.clock.advance(2)
    assert len(stage.trusted) == offered


def test_every_switch_is_told_and_that_nobody_is_in_front_too(stage: Stage) -> None:
    stage.asks("plugin_inited")
    for profile in (MARY, PAUL, None):
        stage.sidebar.turn_to(profile)

    assert stage.bare[1:] == [
        ("livechat:customer_profile", MARY),
        ("livechat:customer_profile", PAUL),
        ("livechat:customer_profile_hidden", PAUL),
    ]


def test_the_same_customer_is_not_told_twice(stage: Stage) -> None:
    stage.asks("plugin_inited")
    stage.sidebar.turn_to(MARY)
    stage.sidebar.turn_to({**MARY})

    assert len(stage.bare) == 2


def test_a_session_lives_as_long_as_the_frame_and_is_another_after_a_refresh(stage: Stage) -> None:
    stage.asks("plugin_inited")
    stage.sidebar.turn_to(MARY)
    stage.sidebar.turn_to(PAUL)
    stage.asks("plugin_loaded")

    sessions = [data for name, data in stage.bare if name == "livechat:session"]
    assert sessions == [{"session_id": "id-2"}, {"session_id": "id-3"}]
    assert stage.bare[-1] == ("livechat:customer_profile", PAUL)


def test_a_text_goes_to_the_composer(stage: Stage) -> None:
    stage.asks("plugin_inited")
    stage.asks("put_message", "Hello!")

    assert stage.put == ["Hello!"]


@pytest.mark.parametrize("data", [None, 7, "", "x" * 5000, {"text": "Hello!"}])
def test_what_is_no_text_goes_nowhere(stage: Stage, data: object) -> None:
    stage.asks("plugin_inited")
    stage.asks("put_message", data)

    assert stage.put == []


def test_another_origin_another_app_and_what_comes_too_early_are_not_heard(stage: Stage) -> None:
    stage.asks("put_message", "too early")
    stage.asks("plugin_inited")
    stage.asks("put_message", "from elsewhere", origin="https://evil.example")
    stage.asks("put_message", "another app's", plugin_id="Q")
    stage.frames.heard("unknown", '{"message": "put_message", "data": "nobody\'s", "plugin_id": "P"}', ORIGIN)
    stage.frames.heard("P", "{no json", ORIGIN)

    assert stage.put == []


def test_what_this_agent_app_does_not_have_is_answered_with_an_error(stage: Stage) -> None:
    stage.shake()
    stage.calls("plugin_inited")

    assert stage.calls("redirect", "https://example.com", request=1)["error"] is True


def test_who_watches_messages_is_told_of_them(stage: Stage) -> None:
    stage.asks("plugin_inited")
    stage.sidebar.told({"message": "before"})
    stage.asks("watch_messages")
    stage.sidebar.told({"message": "after"})

    assert [data for name, data in stage.bare if name == "livechat:message"] == [{"message": "after"}]


def test_a_section_stands_among_the_details_until_another_customer_does(stage: Stage) -> None:
    stage.sidebar.turn_to(MARY)
    stage.asks("plugin_inited")
    section = {"title": "Orders", "components": [{"type": "button", "data": {"label": "Refund", "id": "refund"}}]}
    stage.asks("customer_details_section", section)
    assert [each.content for each in stage.sidebar.sections] == [section]

    stage.sidebar.pressed("P", "refund")
    assert stage.bare[-1] == ("livechat:customer_details_section_button_click", {"buttonId": "refund"})

    stage.sidebar.turn_to(PAUL)
    assert stage.sidebar.sections == ()


def test_a_frame_that_never_answers_says_so_and_may_be_tried_again(stage: Stage) -> None:
    stage.clock.advance(PATIENCE + 1)
    assert stage.state() is State.SILENT

    stage.sidebar.retry("P")
    assert stage.state() is State.LOADING
    stage.asks("plugin_inited")
    assert stage.state() is State.READY


def test_a_frame_that_floods_is_removed_and_heard_no_more(stage: Stage) -> None:
    stage.asks("plugin_inited")
    for _ in range(int(BURST) + 1):
        stage.asks("track", {})

    assert stage.state() is State.STOPPED
    assert "P" not in stage.frames.opened
    stage.asks("put_message", "Hello!")
    assert stage.put == []


def test_a_frame_that_went_elsewhere_begins_anew(stage: Stage) -> None:
    stage.asks("plugin_inited")
    stage.clock.advance(JUST_NOW + 1)
    stage.frames.loaded("P")

    assert stage.state() is State.LOADING


def test_an_app_that_greets_before_its_page_has_loaded_again_is_there(stage: Stage) -> None:
    stage.asks("plugin_inited")
    stage.clock.advance(JUST_NOW + 1)
    stage.asks("plugin_inited")
    stage.frames.loaded("P")

    assert stage.state() is State.READY


def test_an_app_on_the_consoles_own_origin_has_none_in_its_frame() -> None:
    stage = Stage(app=App(id="P", name="Own", url="https://console.example/app"))

    stage.asks("plugin_inited", origin="https://console.example")
    assert stage.state() is State.LOADING

    stage.asks("plugin_inited", origin="null")
    assert stage.state() is State.READY
    assert stage.frames.posts[-1][2] == "*"


def test_an_app_that_is_removed_ends(stage: Stage) -> None:
    stage.sidebar.configure([])

    assert (stage.frames.opened, stage.sidebar.pane.front) == ({}, None)


def test_a_dark_console_is_told(stage: Stage) -> None:
    stage.asks("plugin_inited")
    stage.frames.look = "dark"
    stage.sidebar.look()
    stage.sidebar.look()

    assert [data for name, data in stage.bare if name == "livechat:change_theme"] == [{"theme": "dark"}]


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
messages = st.fixed_dictionaries(
    {
        "message": st.sampled_from(["plugin_inited", "put_message", "watch_messages", "redirect", "set_toast"]),
        "data": anything,
        "plugin_id": st.sampled_from(["P", "Q", None]),
    }
)
frames = st.builds(
    Frame,
    st.sampled_from(Kind),
    st.sampled_from(["id-1", "other"]),
    st.integers(0, 1),
    anything | messages.map(lambda m: {"method": "handle", "args": [m]}),
    st.none() | st.integers(0, 3),
).map(Frame.as_json)
origins = st.sampled_from([ORIGIN, "https://evil.example"])


@given(st.lists(st.tuples(anything | messages | frames, origins), max_size=20))
def test_whatever_a_frame_posts_only_its_own_origin_is_answered(said: list[tuple[Any, str]]) -> None:
    stage = Stage()
    stage.sidebar.turn_to(MARY)
    for data, origin in said:
        stage.says(data, origin)

    assert {origin for _, _, origin in stage.frames.posts} == {ORIGIN}


@given(st.lists(st.tuples(st.integers(0, 100_000), st.floats(0, 0.01))))
def test_no_burst_gets_past_the_allowance(said: list[tuple[int, float]]) -> None:
    allowance, now, passed = Allowance(), 0.0, 0
    for size, pause in said:
        now += pause
        passed += allowance.spend(size, now)

    assert passed <= BURST + now * RATE


# Which apps there are


def test_apps_survive_the_way_to_the_licences_properties_and_back() -> None:
    apps = (new_app("Orders", " https://orders.example/mine ", ()), SHOP)

    assert read_apps(as_properties(apps)) == apps


@pytest.mark.parametrize(
    ("name", "url", "field"),
    [
        ("", "https://a.example", "name"),
        ("x" * 41, "https://a.example", "name"),
        ("A", "javascript:alert(1)", "url"),
        ("A", "https://", "url"),
        ("A", "https://a.example:port", "url"),
        ("A", "https://user@a.example", "url"),
        ("A", SHOP.url, "url"),
    ],
)
def test_what_is_no_app_says_which_field(name: str, url: str, field: str) -> None:
    with pytest.raises(Wrong, match=field):
        new_app(name, url, [SHOP])


@given(anything)
def test_whatever_the_property_holds_what_is_no_app_is_left_out(value: Any) -> None:
    assert read_apps({"agent_app": {"sidebar_apps": json.dumps([value, SHOP.model_dump()])}}) == (SHOP,)
