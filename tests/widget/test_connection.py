"""The state machine of a connection: every way up, and every way down."""

import json
from typing import Any

from widget.rtm.connection import Connection
from widget.rtm.dialect import AGENT
from widget.rtm.effects import (
    CloseSocket,
    LoggedIn,
    NeedToken,
    OpenSocket,
    Pushed,
    SendText,
    StateChanged,
    Unreadable,
)
from widget.rtm.in_flight import Outcome
from widget.rtm.state import State
from widget.wire.errors import ConnectionLost, Destroyed, NotConnected, ProtocolError, Refused, RequestTimeout

LOGGED_IN: dict[str, Any] = {"customer": {"id": "c1", "type": "customer"}, "chats": []}


def new_connection(**options: Any) -> Connection:
    return Connection(login=lambda token: {"token": token}, **options)


def sent(connection: Connection) -> list[dict[str, Any]]:
    return [json.loads(e.text) for e in connection.effects() if isinstance(e, SendText)]


def answer(request: dict[str, Any], payload: Any = None, error: str | None = None) -> str:
    body = {"error": {"type": error, "message": ""}} if error else payload or {}
    return json.dumps(
        {
            "request_id": request["request_id"],
            "action": request["action"],
            "type": "response",
            "success": not error,
            "payload": body,
        }
    )


def push(action: str, payload: Any, request_id: str | None = None) -> str:
    frame = {"action": action, "type": "push", "payload": payload}
    return json.dumps(frame if request_id is None else {**frame, "request_id": request_id})


def connected(**options: Any) -> Connection:
    connection = new_connection(**options)
    connection.connect()
    connection.token_arrived("Bearer t", 0.0)
    connection.socket_opened(0.0)
    (login,) = sent(connection)
    connection.text_received(answer(login, LOGGED_IN), 0.0)
    connection.effects()
    return connection


def outcomes_of(connection: Connection, action: str = "list_chats", now: float = 0.0) -> list[Outcome]:
    outcomes: list[Outcome] = []
    connection.request(action, {}, now, outcomes.append)
    return outcomes


def test_the_way_up_is_token_socket_login() -> None:
    connection = new_connection()

    connection.connect()
    assert connection.effects() == [StateChanged(State.SIGNING_IN), NeedToken(fresh=False)]
    connection.token_arrived("Bearer t", 0.0)
    assert connection.effects() == [StateChanged(State.CONNECTING), OpenSocket()]
    connection.socket_opened(0.0)
    (login,) = sent(connection)
    assert (login["action"], login["payload"], login["version"]) == ("login", {"token": "Bearer t"}, "3.6")
    connection.text_received(answer(login, LOGGED_IN), 0.0)
    assert connection.effects() == [StateChanged(State.CONNECTED), LoggedIn(LOGGED_IN)]


def test_a_dropped_socket_is_opened_again_after_a_wait() -> None:
    connection = connected()

    connection.socket_closed(10.0)
    assert connection.state is State.WAITING
    wake = connection.wake_at()
    assert wake is not None
    assert 10.0 < wake < 11.0
    connection.effects()
    connection.tick(wake)

    assert connection.effects() == [StateChanged(State.SIGNING_IN), NeedToken(fresh=False)]


def test_what_was_in_flight_when_the_socket_dropped_is_lost() -> None:
    connection = connected()
    outcomes = outcomes_of(connection)

    connection.socket_closed(1.0)

    assert [type(o) for o in outcomes] == [ConnectionLost]


def test_a_request_that_never_left_is_told_that_there_is_no_connection() -> None:
    connection = connected()
    outcomes = [outcomes_of(connection) for _ in range(11)]

    connection.socket_closed(1.0)

    assert [type(o[0]) for o in outcomes] == [ConnectionLost] * 10 + [NotConnected]


def test_the_eleventh_request_waits_for_an_answer_to_the_first() -> None:
    connection = connected()
    for _ in range(11):
        outcomes_of(connection)
    first, *others = sent(connection)
    assert len(others) == 9

    connection.text_received(answer(first), 1.0)

    assert len(sent(connection)) == 1


def test_a_request_without_an_answer_times_out() -> None:
    connection = connected()
    outcomes = outcomes_of(connection)

    connection.tick(14.9)
    assert outcomes == []
    connection.tick(15.0)

    assert [type(o) for o in outcomes] == [RequestTimeout]


def test_send_event_is_settled_by_its_push_and_not_by_its_response() -> None:
    connection = connected()
    outcomes = outcomes_of(connection, "send_event")
    (request,) = sent(connection)

    connection.text_received(answer(request, {"event_id": "T_1"}), 1.0)
    assert outcomes == []
    connection.text_received(push("incoming_event", {"chat_id": "C"}, request["request_id"]), 1.0)

    assert outcomes == [{"chat_id": "C"}]


def test_a_push_that_settles_is_told_to_everyone_too() -> None:
    connection = connected()
    outcomes_of(connection, "send_event")
    (request,) = sent(connection)

    connection.text_received(push("incoming_event", {"chat_id": "C"}, request["request_id"]), 1.0)

    assert [e.push.action for e in connection.effects() if isinstance(e, Pushed)] == ["incoming_event"]


def test_a_refusal_settles_whatever_the_action() -> None:
    connection = connected()
    outcomes = outcomes_of(connection, "send_event")
    (request,) = sent(connection)

    connection.text_received(answer(request, error="chat_inactive"), 1.0)

    (refused,) = outcomes
    assert isinstance(refused, Refused)
    assert (refused.type, refused.code) == ("chat_inactive", "CHAT_INACTIVE")


def test_silence_is_broken_by_a_ping_and_a_ping_without_answer_means_a_dead_socket() -> None:
    connection = connected()

    connection.tick(15.0)
    assert [f["action"] for f in sent(connection)] == ["ping"]
    connection.tick(24.9)
    assert connection.state == "connected"
    connection.tick(25.0)

    assert connection.state == "waiting"
    assert CloseSocket() in connection.effects()


def test_anything_that_comes_is_an_answer_to_a_ping() -> None:
    connection = connected()
    connection.tick(15.0)

    connection.text_received(push("something_new", {}), 24.0)
    connection.tick(25.0)

    assert connection.state is State.CONNECTED


def test_a_page_that_comes_back_finds_out_within_three_seconds() -> None:
    connection = connected()

    connection.probe(1.0)
    connection.tick(4.0)

    assert connection.state is State.WAITING


def test_a_page_that_comes_back_ends_a_wait() -> None:
    connection = connected()
    connection.socket_closed(1.0)

    connection.probe(1.1)

    assert connection.state is State.SIGNING_IN


def test_an_expired_token_is_replaced_before_the_next_attempt() -> None:
    connection = connected()

    connection.text_received(push("customer_disconnected", {"reason": "access_token_expired"}), 1.0)
    wake = connection.wake_at()
    assert wake is not None
    connection.effects()
    connection.tick(wake)

    assert NeedToken(fresh=True) in connection.effects()


def test_a_banned_customer_does_not_come_back() -> None:
    connection = connected()

    connection.text_received(push("customer_disconnected", {"reason": "customer_banned"}), 1.0)

    assert connection.state is State.ENDED
    assert connection.wake_at() is None


def test_an_inactive_customer_waits_for_intent() -> None:
    connection = connected()

    connection.text_received(push("customer_disconnected", {"reason": "inactivity_timeout"}), 1.0)
    assert (connection.state, connection.wake_at()) == (State.PAUSED, None)
    connection.connect()

    assert connection.state is State.SIGNING_IN


def test_an_agent_with_a_wrong_token_is_not_tried_again() -> None:
    connection = new_connection(dialect=AGENT)
    connection.connect()
    connection.token_arrived("Basic x", 0.0)
    connection.socket_opened(0.0)
    (login,) = sent(connection)

    connection.text_received(answer(login, error="authentication"), 0.0)

    assert connection.state is State.ENDED


def test_attempts_that_fail_come_further_and_further_apart() -> None:
    connection = new_connection()
    connection.backoff.jitter = 0.0
    connection.connect()
    waits, now = [], 0.0
    for _ in range(10):
        connection.token_arrived("t", now)
        connection.socket_closed(now)
        wake = connection.wake_at()
        assert wake is not None
        waits.append(wake - now)
        now = wake
        connection.tick(now)

    assert [round(w, 1) for w in waits] == [0.3, 0.6, 1.2, 2.4, 4.8, 9.6, 19.2, 38.4, 60.0, 60.0]


def test_after_the_end_every_request_is_refused() -> None:
    connection = connected()
    outcomes = outcomes_of(connection)
    connection.destroy()

    assert [type(o) for o in outcomes] == [Destroyed]
    late: list[Outcome] = []
    try:
        connection.request("list_chats", {}, 1.0, late.append)
    except Destroyed:
        pass
    else:
        raise AssertionError("a destroyed connection took a request")


# What came too soon


def told_to_wait(connection: Connection) -> float:
    """When the connection will ask again."""
    wake = connection.wake_at()
    assert wake is not None
    return wake


def test_a_request_that_came_too_soon_is_sent_again_and_nobody_knows() -> None:
    connection = connected()
    outcomes = outcomes_of(connection)
    (request,) = sent(connection)

    connection.text_received(answer(request, error="too_many_requests"), 1.0)
    assert (sent(connection), outcomes) == ([], [])
    at = told_to_wait(connection)
    assert 1.0 < at < 2.0
    connection.tick(at)
    (again,) = sent(connection)
    connection.text_received(answer(again, {"total_chats": 0}), at)

    assert again == request
    assert outcomes == [{"total_chats": 0}]


def test_while_it_waits_others_wait_behind_it_in_their_order() -> None:
    connection = connected()
    outcomes_of(connection)
    outcomes_of(connection, "get_customer")
    first, second = sent(connection)

    connection.text_received(answer(second, error="pending_requests_limit_reached"), 1.0)
    outcomes_of(connection, "list_threads", 1.0)
    connection.text_received(answer(first, error="too_many_requests"), 1.0)
    assert sent(connection) == []
    connection.tick(told_to_wait(connection))

    assert [request["action"] for request in sent(connection)] == ["list_chats", "get_customer", "list_threads"]


def test_who_is_told_too_soon_again_and_again_learns_of_it_in_the_end() -> None:
    connection = connected()
    outcomes = outcomes_of(connection)
    now, asked = 1.0, 0

    while not outcomes:
        (request,) = sent(connection)
        connection.text_received(answer(request, error="too_many_requests"), now)
        now, asked = told_to_wait(connection), asked + 1
        connection.tick(now)

    assert [type(outcome) for outcome in outcomes] == [Refused]
    assert asked > 5
    assert now > 20.0


def test_what_waits_when_the_connection_goes_was_not_done() -> None:
    connection = connected()
    outcomes = outcomes_of(connection)
    (request,) = sent(connection)
    connection.text_received(answer(request, error="too_many_requests"), 1.0)

    connection.socket_closed(1.1)

    assert [type(outcome) for outcome in outcomes] == [NotConnected]


def test_a_ping_does_not_wait_its_turn() -> None:
    connection = connected()
    outcomes_of(connection)
    (request,) = sent(connection)
    connection.text_received(answer(request, error="too_many_requests"), 1.0)

    connection.probe(1.1)

    assert [each["action"] for each in sent(connection)] == ["ping"]


# What cannot be read


def test_an_answer_that_cannot_be_read_is_told_and_nobody_waits_for_it() -> None:
    connection = connected()
    outcomes = outcomes_of(connection)
    (request,) = sent(connection)

    connection.text_received(answer(request)[:-1], 1.0)

    (unreadable,) = connection.effects()
    assert isinstance(unreadable, Unreadable)
    assert [type(outcome) for outcome in outcomes] == [ProtocolError]
    assert connection.state is State.CONNECTED
