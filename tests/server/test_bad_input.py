"""What clients should not send: it is refused with the platform's word for it, and harms nobody."""

import logging
from functools import partial
from typing import Any

import pytest

from server import limits, rtm
from tests.server.platform import Person, RunningServer, text

NOT_REQUESTS: dict[str, Any] = {
    "not JSON": "{",
    "no object": "[1, 2]",
    "nothing": "",
    "half a character": r'{"action": "ping", "request_id": "\ud800"}',
    "a number without end": '{"action": "ping", "payload": {"a": 1e999}}',
    "nesting without end": "[" * 10_000,
    "no action": {"request_id": "r"},
    "an action that is no text": {"action": 1},
    "an unknown action": {"action": "make_coffee"},
    "a payload that is no object": {"action": "list_chats", "payload": [1]},
    "a payload of wrong types": {"action": "list_chats", "payload": {"limit": "many"}},
    "a request id that is no text": {"action": "list_chats", "request_id": 1},
}


@pytest.fixture
def visitor(server: RunningServer) -> Person:
    return server.visitor()


@pytest.mark.parametrize("frame", NOT_REQUESTS.values(), ids=NOT_REQUESTS.keys())
def test_a_bad_frame_is_refused_and_the_connection_lives_on(visitor: Person, frame: Any) -> None:
    visitor.send(frame)

    answer = visitor.frame()
    assert (answer["type"], answer["success"], answer["payload"]["error"]["type"]) == ("response", False, "validation")
    assert visitor.start_chat("Still here")


def test_the_answer_repeats_what_could_be_read(visitor: Person) -> None:
    visitor.send({"request_id": "r7", "action": "send_event", "payload": {"chat_id": 5, "event": text("Hello")}})

    answer = visitor.frame()
    assert (answer["request_id"], answer["action"]) == ("r7", "send_event")
    assert answer["payload"]["error"]["message"].startswith("`chat_id`: ")


def test_bytes_are_no_frame(visitor: Person) -> None:
    visitor.send_bytes(b"\x00\x01")

    assert visitor.frame()["payload"]["error"]["type"] == "validation"
    assert visitor.hears_nothing()


@pytest.mark.parametrize(
    "event",
    [
        text("a" * 16_385),
        text("é" * 8_193),
        text(""),
        {"type": "message"},
        {"type": "dance"},
        {"type": "message", "text": "Hello", "custom_id": "c" * 300},
        {"type": "custom", "content": "a" * 40_000},
        "Hello",
    ],
    ids=lambda event: str(event)[:40],
)
def test_what_cannot_be_said(visitor: Person, event: Any) -> None:
    chat_id = visitor.start_chat()

    assert visitor.refused("send_event", {"chat_id": chat_id, "event": event}) == "validation"
    assert visitor.texts(chat_id) == []


@pytest.mark.parametrize("field", ["name", "email", "avatar"])
def test_nobody_has_an_endless_name(visitor: Person, field: str) -> None:
    assert visitor.refused("update_customer", {field: "a" * 20_000}) == "validation"


def test_properties_are_not_endless_either(visitor: Person) -> None:
    long = {"shop": {"cart": "a" * 20_000}}

    assert visitor.refused("start_chat", {"chat": {"properties": long}}) == "validation"
    assert visitor.refused("start_chat", {"chat": {"thread": {"properties": long}}}) == "validation"
    chat_id = visitor.start_chat()
    assert visitor.refused("send_event", {"chat_id": chat_id, "event": text("Hello", properties=long)}) == "validation"


def test_an_endless_address_is_cut(server: RunningServer) -> None:
    visitor = server.visitor(customer_page={"url": "https://shop.example/?" + "a" * 20_000}, referrer="b" * 20_000)

    visit = server.agent().ask("get_customer", {"id": visitor.id})["visit"]

    assert len(visit["last_pages"][0]["url"]) == len(visit["referrer"]) == 4096


def test_sixteen_kilobytes_can_be_said(visitor: Person) -> None:
    chat_id = visitor.start_chat("é" * 8_192)

    assert visitor.texts(chat_id) == ["é" * 8_192]


def test_only_the_server_says_when_and_by_whom_something_was_said(visitor: Person) -> None:
    chat_id = visitor.start_chat()
    forged = text("Hello", colour="red", id="X_1", author_id="agent@example.com", created_at="2001-01-01T00:00:00Z")

    visitor.ask("send_event", {"chat_id": chat_id, "event": forged})

    event = visitor.told("incoming_event")["event"]
    assert event["author_id"] == visitor.id
    assert event["id"] != "X_1"
    assert "colour" not in event
    assert event["created_at"] > "2026"


def test_a_frame_of_two_megabytes_closes_its_connection_and_no_other(
    server: RunningServer, caplog: pytest.LogCaptureFixture
) -> None:
    agent, visitor, flooder = server.agent(), server.visitor(), server.visitor()

    flooder.send('"' + "a" * 2_000_000 + '"')

    assert flooder.closed() == 1009
    agent.say(visitor.start_chat(), "Business as usual")
    assert visitor.told("incoming_event")["event"]["text"] == "Business as usual"
    assert f"refused 127.0.0.1 ({flooder.id}, /v3.6/customer/rtm/ws): too large a frame" in caplog.text


def test_before_login_only_login_and_ping_are_answered(server: RunningServer) -> None:
    stranger = server.socket()

    assert stranger.refused("start_chat") == "authentication"
    assert stranger.ask("ping") == {}
    assert stranger.ask("login", {"token": server.token()})["customer"]


def test_a_ping_without_a_request_id_is_answered_without_one(visitor: Person) -> None:
    visitor.send({"action": "ping"})

    assert visitor.frame() == {"action": "ping", "type": "response", "success": True, "payload": {}}


def test_nobody_signs_in_twice_over_one_connection(server: RunningServer, visitor: Person) -> None:
    assert visitor.refused("login", {"token": server.token()}) == "validation"


def test_who_does_not_sign_in_is_sent_away(server: RunningServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rtm, "LOGIN_WITHIN", 0.0)
    stranger = server.socket()

    assert stranger.closed() == 1000
    assert stranger.told("customer_disconnected") == {"reason": "connection_timeout"}


def test_an_agents_socket_says_it_in_its_own_words(server: RunningServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rtm, "LOGIN_WITHIN", 0.0)
    stranger = server.socket("/v3.6/agent/rtm/ws")

    stranger.closed()
    assert stranger.told("agent_disconnected") == {"reason": "connection_timeout"}


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/v3.6/customer/rtm/ws", "license_not_found"),
        ("/v3.6/customer/rtm/ws?organization_id=00000000-0000-4000-8000-00000000ffff", "license_not_found"),
        ("/v3.2/customer/rtm/ws?organization_id=00000000-0000-4000-8000-0000000000aa", "unsupported_version"),
    ],
)
def test_an_address_that_is_not_served(server: RunningServer, path: str, reason: str) -> None:
    stranger = server.socket(path)

    stranger.closed()
    assert stranger.told("customer_disconnected") == {"reason": reason}


def test_who_asks_without_waiting_for_answers_is_refused_for_a_while(visitor: Person) -> None:
    for _ in range(200):
        visitor.send({"action": "ping"})

    answers = [visitor.frame() for _ in range(200)]

    refusals = [answer["payload"]["error"]["type"] for answer in answers if not answer["success"]]
    assert set(refusals) == {"too_many_requests"}
    assert len(refusals) >= 50


def test_who_waits_for_each_answer_is_never_refused(server: RunningServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rtm, "Allowance", partial(limits.Allowance, burst=2, per_second=100))
    visitor = server.visitor()

    for _ in range(40):
        visitor.ask("list_chats")


def test_no_more_than_ten_requests_wait(server: RunningServer, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = server.visitor()
    with server.busy_database():
        for number in range(11):
            visitor.send({"action": "list_chats", "request_id": str(number)})
        refused = visitor.frame()

    assert (refused["request_id"], refused["payload"]["error"]["type"]) == ("10", "pending_requests_limit_reached")
    assert [visitor.frame()["request_id"] for _ in range(10)] == [str(number) for number in range(10)]


def test_a_request_that_takes_too_long_is_given_up(server: RunningServer, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = server.visitor()
    monkeypatch.setattr(rtm, "REQUEST_WITHIN", 0.01)
    with server.busy_database():
        assert visitor.refused("start_chat") == "request_timeout"
    monkeypatch.undo()

    assert visitor.ask("list_chats")["total_chats"] == 0
    assert visitor.hears_nothing()


def test_what_the_server_does_wrong_is_its_own_fault(server: RunningServer, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = server.visitor()

    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("server.customer_chat.chats_page", fail)

    assert visitor.refused("list_chats") == "internal"
    assert visitor.start_chat("Still here")


@pytest.mark.parametrize("group_id", [5, -1, 10**30])
def test_an_unknown_group_is_said_to_be_so(server: RunningServer, group_id: int) -> None:
    visitor = server.visitor()

    assert server.socket().refused("login", {"token": server.token(), "group_id": group_id}) == "group_not_found"
    assert visitor.refused("get_predicted_agent", {"group_id": group_id}) == "group_not_found"
    assert visitor.refused("start_chat", {"chat": {"access": {"group_ids": [group_id]}}}) == "group_not_found"


def test_the_log_says_who_was_refused_what_but_not_what_was_said(
    server: RunningServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "server")
    token = server.token()
    visitor = server.visitor(token)
    chat_id = visitor.start_chat("My secret")

    visitor.refused("send_event", {"chat_id": chat_id, "event": {"type": "message", "text": ["My other secret"]}})

    log = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("server"))
    assert log.startswith(f"refused 127.0.0.1 ({visitor.id}, /v3.6/customer/rtm/ws): 'send_event': validation")
    assert "secret" not in log
    assert token.removeprefix("Bearer ") not in log


def test_an_allowance_is_used_up_then_owed_then_refused_and_comes_back() -> None:
    allowance = limits.Allowance(burst=2, per_second=1, debt=2)

    assert [allowance.take(now=0.0) for _ in range(5)] == [0.0, 0.0, 1.0, 2.0, None]
    assert [allowance.take(now=1.0) for _ in range(2)] == [2.0, None]
    assert [allowance.take(now=100.0) for _ in range(3)] == [0.0, 0.0, 1.0]
