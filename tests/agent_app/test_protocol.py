"""An app's end of the conversation: what it says to whom, in three dialects, and what it does not hear."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from widget.agent_app.envelope import Frame, Kind, call, failure, read_frame
from widget.agent_app.protocol import Acknowledged, Connected, Dialect, Heard, Post, Protocol
from widget.wire.base import Json

HOST, STRANGER = "https://my.livechatinc.com", "https://elsewhere.example"
HANDSHAKE = Frame(Kind.HANDSHAKE, "page", 3, {}).as_json()
INITED: Json = {"message": "plugin_inited", "data": None, "plugin_id": "P"}
PROFILE: Json = {"event_name": "livechat:customer_profile", "event_data": {"id": "S1"}}


def app(**more: Any) -> Protocol:
    return Protocol(accepts=lambda origin: origin == HOST, plugin_id="P", **more)


def from_page(protocol: Protocol, kind: Kind, data: Any, request: int | None = None) -> None:
    protocol.receive(Frame(kind, "page", 3, data, request).as_json(), HOST)


def connected() -> Protocol:
    """An app that a page has shaken hands with, and that it has welcomed."""
    protocol = app()
    protocol.receive(HANDSHAKE, HOST)
    from_page(protocol, Kind.RESPONSE, {"error": False}, 0)
    protocol.posts()
    protocol.happened()
    return protocol


# Whom it speaks with


def test_the_greeting_is_all_that_a_page_of_unknown_origin_gets() -> None:
    protocol = app()

    protocol.greet()
    protocol.send("put_message", "Hello!")
    protocol.settle()

    assert protocol.posts() == [Post(INITED, "*")]


def test_a_page_that_is_known_to_be_a_strangers_gets_nothing() -> None:
    protocol = app(page=STRANGER)

    protocol.greet()
    protocol.send("put_message", "Hello!")
    protocol.settle()

    assert protocol.stranger
    assert protocol.posts() == []


def test_a_stranger_is_not_heard() -> None:
    protocol = app()

    protocol.receive(PROFILE, STRANGER)
    protocol.receive(HANDSHAKE, STRANGER)

    assert (protocol.posts(), protocol.happened()) == ([], [])


# Bare


def test_what_waited_is_sent_to_the_page_that_told_of_a_customer() -> None:
    protocol = app()
    number = protocol.send("put_message", "Hello!")

    protocol.receive(PROFILE, HOST)

    assert protocol.posts() == [Post({"message": "put_message", "data": "Hello!", "plugin_id": "P"}, HOST)]
    assert protocol.happened() == [
        Heard("customer_profile", {"id": "S1"}),
        Connected(Dialect.BARE),
        Acknowledged(number),
    ]


def test_a_message_of_something_else_on_the_page_means_nothing() -> None:
    protocol = app()

    for data in (None, 7, "livechat:customer_profile", [PROFILE], {"event_name": 7}, {"event_name": "messages"}):
        protocol.receive(data, HOST)

    assert protocol.happened() == []
    assert protocol.dialect is Dialect.OPEN


# Trusted


def test_a_hand_is_taken_and_the_greeting_said_again_in_the_pages_dialect() -> None:
    protocol = app()
    protocol.greet()
    protocol.posts()

    protocol.receive(HANDSHAKE, HOST)

    shaken = Frame(Kind.RESPONSE, "page", 3, {"error": False, "result": {}})
    assert protocol.posts() == [Post(shaken.as_json(), HOST), Post(call("page", 3, 0, INITED).as_json(), HOST)]


def test_the_answer_carries_the_number_of_a_handshake_that_has_one() -> None:
    protocol = app()

    from_page(protocol, Kind.HANDSHAKE, {}, 0)

    assert protocol.posts()[0].data["request"] == 0


def test_a_handshake_that_was_answered_before_python_was_there_is_not_answered_again() -> None:
    protocol = app()

    protocol.receive(HANDSHAKE, HOST, answered=True)

    assert [post.data["type"] for post in protocol.posts()] == ["call"]


def test_a_message_is_acknowledged_by_its_answer() -> None:
    protocol = connected()
    first, second = protocol.send("put_message", "One"), protocol.send("watch_messages")

    from_page(protocol, Kind.RESPONSE, {"error": False}, 2)
    protocol.receive(failure(Frame(Kind.CALL, "page", 3, None, 1), "No chat is open.").as_json(), HOST)

    assert protocol.happened() == [Acknowledged(second), Acknowledged(first, "No chat is open.")]


def test_an_event_is_heard_and_answered() -> None:
    protocol = connected()

    from_page(protocol, Kind.CALL, {"method": "handle", "args": [PROFILE]}, 7)

    assert protocol.happened() == [Heard("customer_profile", {"id": "S1"})]
    answered = Frame(Kind.RESPONSE, "page", 3, {"error": False, "result": None}, 7)
    assert protocol.posts() == [Post(answered.as_json(), HOST)]


def test_another_method_is_answered_with_an_error() -> None:
    protocol = connected()

    from_page(protocol, Kind.CALL, {"method": "eval", "args": ["1"]}, 7)

    data: Any = protocol.posts()[0].data["data"]
    assert (data["error"], data["result"]["real"]) == (True, True)


def test_who_speaks_the_trusted_dialect_is_not_heard_in_the_other() -> None:
    protocol = connected()

    protocol.receive(PROFILE, HOST)

    assert protocol.happened() == []


def test_another_frames_page_is_not_heard() -> None:
    protocol = connected()

    protocol.receive(call("page", 4, 7, PROFILE).as_json(), HOST)

    assert (protocol.posts(), protocol.happened()) == ([], [])


def test_a_page_that_was_loaded_again_is_greeted_again_and_what_waited_fails() -> None:
    protocol = connected()
    number = protocol.send("put_message", "Hello!")
    protocol.posts()

    protocol.receive(Frame(Kind.HANDSHAKE, "another page", 0, {}).as_json(), HOST)

    failed = [each.number for each in protocol.happened() if isinstance(each, Acknowledged) and each.error]
    assert failed == [number]
    assert [post.data["owner"] for post in protocol.posts()] == ["another page", "another page"]


# Anything


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
frames = st.builds(
    Frame,
    st.sampled_from(Kind),
    st.sampled_from(["page", "other"]),
    st.integers(0, 2),
    anything
    | st.fixed_dictionaries({"method": st.just("handle"), "args": st.lists(st.just(PROFILE) | anything, max_size=2)})
    | st.fixed_dictionaries({"error": st.booleans(), "result": anything}),
    st.none() | st.integers(0, 4),
).map(Frame.as_json)
steps = st.lists(
    st.tuples(st.just("page"), frames | st.just(PROFILE) | anything, st.sampled_from([HOST, STRANGER]))
    | st.tuples(st.just("app"), st.text(max_size=5), st.none())
    | st.tuples(st.just("time"), st.none(), st.none()),
    max_size=20,
)


@given(steps)
def test_whatever_comes_nothing_but_the_greeting_leaves_for_anybody_else(happening: list[Any]) -> None:
    protocol = app()
    protocol.greet()
    posts = protocol.posts()
    for who, what, origin in happening:
        if who == "page":
            protocol.receive(what, origin)
        elif who == "app":
            protocol.send("put_message", what)
        else:
            protocol.settle()
        posts += protocol.posts()

    assert all(post.origin == HOST or post.data == INITED for post in posts)


@given(steps)
def test_whatever_comes_nothing_is_acknowledged_twice(happening: list[Any]) -> None:
    protocol = app()
    for who, what, origin in happening:
        if who == "page":
            protocol.receive(what, origin)
        elif who == "app":
            protocol.send("put_message", what)

    numbers = [each.number for each in protocol.happened() if isinstance(each, Acknowledged) and each.number]
    assert len(numbers) == len(set(numbers))


@given(st.lists(frames, max_size=10))
def test_each_call_of_the_page_is_answered_once(said: list[Any]) -> None:
    protocol = app()
    protocol.receive(HANDSHAKE, HOST)
    protocol.posts()
    for data in said:
        hand = protocol._hand
        protocol.receive(data, HOST)
        frame = read_frame(data)
        assert frame
        assert hand
        ours = (frame.owner, frame.instance) == (hand.owner, hand.instance)
        asked = frame.kind is Kind.HANDSHAKE or (ours and frame.kind in (Kind.CALL, Kind.ECHO))
        answers = [each for post in protocol.posts() if (each := read_frame(post.data)) and each.kind is Kind.RESPONSE]
        assert [each.request for each in answers] == ([frame.request] if asked else [])
