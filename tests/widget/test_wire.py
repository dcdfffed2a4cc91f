"""The wire format: nothing is lost on the way through, and nothing that is new does harm."""

import json
from typing import Any

import pytest
from pydantic import ValidationError

from widget.wire.chats import Chat, ChatSummary
from widget.wire.customer import IncomingEvent, Login, LoginResult, SendEvent
from widget.wire.errors import ProtocolError
from widget.wire.events import File, Message, SystemMessage, UnknownEvent, read_event
from widget.wire.frames import DEEPEST, MAX_FRAME, MOST_NAMES, Push, Response, read_frame, request_id_in
from widget.wire.ids import new_chat_id, new_custom_id, new_customer_id, new_event_id, new_thread_id

MESSAGE = {
    "id": "K600PKZON8_1",
    "type": "message",
    "text": "Hello",
    "author_id": "b7eff798-f8df-4364-8059-649c35c9ed0c",
    "created_at": "2020-05-07T07:11:28.288340Z",
}


def test_a_message_comes_out_as_it_went_in() -> None:
    assert read_event({**MESSAGE}).as_json() == MESSAGE


def test_fields_we_do_not_know_survive_even_when_they_are_null() -> None:
    told = {"chat_id": "C", "thread_id": "T", "event": {**MESSAGE, "mood": None, "sparkle": {"a": [1]}}, "extra": 1}

    assert IncomingEvent.read(told).as_json() == told


def test_what_is_not_set_is_left_out() -> None:
    assert Login(token="Bearer t").as_json() == {"token": "Bearer t"}


def test_an_unknown_type_of_event_is_kept_as_unknown() -> None:
    event = read_event({**MESSAGE, "type": "hologram"})

    assert isinstance(event, UnknownEvent)
    assert event.as_json() == {**MESSAGE, "type": "hologram"}


def test_an_event_of_a_known_type_that_does_not_fit_is_unknown_and_harms_no_other() -> None:
    bad = {**MESSAGE, "text": {"not": "text"}}
    chat = Chat.read({"id": "C", "thread": {"id": "T", "events": [bad, MESSAGE]}})

    assert chat.thread is not None
    assert [type(e) for e in chat.thread.events] == [UnknownEvent, Message]


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (MESSAGE, Message),
        ({**MESSAGE, "type": "file", "url": "https://cdn/a.png"}, File),
        ({**MESSAGE, "type": "system_message", "system_message_type": "routing.idle"}, SystemMessage),
    ],
)
def test_events_are_read_by_their_type(value: dict[str, Any], kind: type) -> None:
    assert type(read_event(value)) is kind


def test_a_customers_and_an_agents_summary_are_read_by_one_model() -> None:
    users = [{"id": "c", "type": "customer"}, {"id": "a", "type": "agent", "name": "Sam"}]
    last = {"message": {"thread_id": "T", "event": MESSAGE}}

    summary = ChatSummary.read({"id": "C", "users": users, "active": True, "last_event_per_type": last})

    assert [u.type for u in summary.users] == ["customer", "agent"]


def test_the_hidden_config_of_login_keeps_its_name() -> None:
    login = LoginResult.read({"customer": {"id": "c"}, "__priv_dynamic_config": {"online_groups_ids": [0]}})

    assert login.dynamic_config == {"online_groups_ids": [0]}
    assert login.as_json()["__priv_dynamic_config"] == {"online_groups_ids": [0]}


def test_an_event_to_send_of_an_unknown_type_is_refused() -> None:
    with pytest.raises(ValidationError):
        SendEvent.read({"chat_id": "C", "event": {"type": "annotation", "text": "x"}})


def test_frames_are_responses_or_pushes_and_anything_else_is_nothing() -> None:
    assert isinstance(read_frame('{"action": "login", "type": "response", "success": true}'), Response)
    assert isinstance(read_frame('{"action": "incoming_event", "type": "push", "payload": []}'), Push)
    assert read_frame('{"action": "hello", "type": "greeting"}') is None
    assert read_frame("[]") is None


def test_half_an_emoji_costs_nobody_the_rest_of_the_frame() -> None:
    frame = read_frame('{"action": "x", "type": "push", "payload": {"text": "cut off: \\ud83d"}}')

    assert isinstance(frame, Push)
    assert frame.payload == {"text": "cut off: \ud83d"}


def test_text_that_is_not_json_is_a_protocol_error() -> None:
    with pytest.raises(ProtocolError):
        read_frame("<html>502 Bad Gateway</html>")


def with_names(count: int) -> str:
    """A frame whose objects have so many different names, all in all."""
    fields = {f"n{number}": f'said: "{number}": ' for number in range(count - 3)}
    return json.dumps({"action": "incoming_multicast", "type": "push", "payload": fields})


@pytest.mark.parametrize("spaced", [False, True])
def test_a_frame_of_more_names_than_any_api_has_is_not_read(spaced: bool) -> None:
    def frame(count: int) -> str:
        return with_names(count).replace('":', '"  :') if spaced else with_names(count)

    assert read_frame(frame(MOST_NAMES)) is not None
    with pytest.raises(ProtocolError, match="different names"):
        read_frame(frame(MOST_NAMES + 1))


def test_the_same_names_may_come_as_often_as_they_like() -> None:
    events = [{**MESSAGE, "text": f"{number}: so it is: so"} for number in range(MOST_NAMES)]

    assert read_frame(json.dumps({"action": "x", "type": "push", "payload": {"events": events}})) is not None


def test_names_in_what_somebody_says_are_no_names() -> None:
    said = json.dumps({f"n{number}": 1 for number in range(2 * MOST_NAMES)})

    assert read_frame(json.dumps({"action": "x", "type": "push", "payload": {"text": said}})) is not None


def test_a_frame_without_end_is_not_read() -> None:
    with pytest.raises(ProtocolError, match="characters"):
        read_frame('{"type": "push", "action": "' + "x" * MAX_FRAME + '"}')


@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_nesting_without_end_is_not_read(opening: str) -> None:
    with pytest.raises(ProtocolError, match="deep"):
        read_frame(opening * 100_000)


def test_brackets_in_what_somebody_says_nest_nothing() -> None:
    said = json.dumps({"action": "x", "type": "push", "payload": {"text": '[{"' * DEEPEST}})

    assert read_frame(said) is not None


def test_which_request_a_broken_frame_answers_stands_at_its_beginning() -> None:
    assert request_id_in('{"request_id": "r1", "type": "response", "payload": {') == "r1"
    assert request_id_in("<html>") == ""


def test_ids_look_like_the_platforms() -> None:
    assert len({new_chat_id() for _ in range(100)}) == 100
    for made in (new_chat_id(), new_thread_id()):
        assert len(made) == 10
        assert made.isalnum()
        assert made == made.upper()
        assert made[0].isalpha()
    assert new_event_id("K600PKZON8", 3) == "K600PKZON8_3"
    assert new_customer_id().count("-") == 4
    assert new_custom_id() != new_custom_id()
