"""What holds whatever happens, in whatever order, with whatever text."""

import json
import re
from html import unescape
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.widget.test_connection import LOGGED_IN, answer, new_connection, push
from tests.widget.test_conversation import chat, message
from tests.widget.test_conversation import push as chat_push
from tests.widget.test_conversation import texts as event_ids
from tests.widget.test_outbox import new_outbox
from widget.rtm.conversation import received
from widget.rtm.effects import SendText
from widget.rtm.outbox import read_outbox
from widget.rtm.state import State
from widget.ui.linked import linked
from widget.wire.customer import Token
from widget.wire.errors import ChatError
from widget.wire.frames import Push, read_frame

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)
)

HAPPENINGS = (
    "connect,disconnect,token,no token now,opened,closed,login,refuse,push,junk,kick,tick,request,probe,answer,too soon"
)


INPUTS = st.sampled_from(HAPPENINGS.split(","))


@given(inputs=st.lists(INPUTS, max_size=60))
def test_no_order_of_what_happens_settles_a_request_twice_or_leaves_it_waiting_for_ever(inputs: list[str]) -> None:
    connection = new_connection()
    now = 0.0
    settled: list[int] = []
    asked = 0
    requests: list[dict[str, Any]] = []

    for happened in inputs:
        now += 1.0
        match happened:
            case "connect":
                connection.connect()
            case "disconnect":
                connection.disconnect()
            case "token":
                connection.token_arrived("t", now)
            case "no token now":
                connection.token_failed(ChatError(), now, retry=True)
            case "opened":
                connection.socket_opened(now)
            case "closed":
                connection.socket_closed(now)
            case "push":
                connection.text_received(push("incoming_event", {}), now)
            case "junk":
                connection.text_received("{not json", now)
            case "kick":
                connection.text_received(push("customer_disconnected", {"reason": "internal_error"}), now)
            case "tick":
                connection.tick(now)
            case "probe":
                connection.probe(now)
            case "request" if connection.state is State.CONNECTED:
                number, asked = asked, asked + 1
                connection.request("list_chats", {}, now, lambda _, n=number: settled.append(n))  # type: ignore[misc]
            case "login" | "answer" | "refuse" | "too soon":
                for request in requests:
                    error = {"refuse": "internal", "too soon": "too_many_requests"}.get(happened)
                    connection.text_received(answer(request, LOGGED_IN, error), now)
        requests += [json.loads(e.text) for e in connection.effects() if isinstance(e, SendText)]

    connection.disconnect()
    assert sorted(settled) == list(range(asked))


@given(inputs=st.lists(INPUTS, max_size=40))
def test_a_connection_that_is_wanted_always_has_something_to_wake_for(inputs: list[str]) -> None:
    """No order of failures leaves it neither up, nor on its way, nor waiting for a time."""
    connection = new_connection()
    connection.connect()
    now = 0.0
    for happened in inputs:
        now += 1.0
        if happened == "token":
            connection.token_arrived("t", now)
        elif happened == "no token now":
            connection.token_failed(ChatError(), now, retry=True)
        elif happened == "opened":
            connection.socket_opened(now)
        elif happened == "closed":
            connection.socket_closed(now)
        elif happened == "tick":
            connection.tick(now)
        waits_for_token = connection.state is State.SIGNING_IN
        assert waits_for_token or connection.wake_at() is not None


@given(st.text())
def test_storage_that_holds_anything_at_all_is_read_without_harm(text: str) -> None:
    read_outbox(text)


@given(st.lists(st.lists(st.text(min_size=1), max_size=4), max_size=4))
def test_taking_over_other_pages_loses_nothing_and_doubles_nothing(pages: list[list[str]]) -> None:
    outbox = new_outbox()
    others = [new_outbox() for _ in pages]
    for other, texts in zip(others, pages, strict=True):
        for text in texts:
            other.add(text)

    for other in (*others, *others):
        outbox.adopt(other.waiting)

    assert sorted(o.text for o in outbox.waiting) == sorted(text for texts in pages for text in texts)


@given(st.permutations(range(12)), st.lists(st.integers(0, 11), max_size=12))
def test_events_end_up_in_order_and_once_however_they_come(order: list[int], again: list[int]) -> None:
    known = chat([])
    for number in [*order, *again]:
        known = received(known, chat_push("incoming_event", event=message(number)))

    assert event_ids(known) == [message(n)["id"] for n in range(12)]


@given(JSON)
def test_no_payload_does_harm(payload: Any) -> None:
    known = chat([message(1)])
    for action in ("incoming_event", "incoming_chat", "user_added_to_chat", "events_marked_as_seen"):
        if isinstance(payload, dict | list):
            received(known, Push(action=action, payload=payload))


@given(JSON)
def test_no_json_breaks_the_reader(value: Any) -> None:
    read_frame(json.dumps(value))


NAMES = st.text("abcdefghij_", min_size=1).filter(lambda name: not name.startswith(("model_", "_")))
TEXTS = st.dictionaries(NAMES, st.integers() | st.text())


@given(unknown=TEXTS)
def test_whatever_the_platform_adds_to_a_token_is_carried_along(unknown: dict[str, Any]) -> None:
    known = {"access_token": "t", "entity_id": "e", "expires_in": 1, "token_type": "Bearer"}
    value = {**unknown, **known}
    assert Token.read(value).as_json() == value


@given(st.text())
def test_linking_a_text_changes_nothing_of_what_it_says(text: str) -> None:
    said = "".join(
        part if isinstance(part, str) else unescape(re.sub("<[^>]*>", "", str(part))) for part in linked(text)
    )

    assert said == text
