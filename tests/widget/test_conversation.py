"""A chat as one side knows it, from what comes over the wire in whatever order."""

from datetime import UTC, datetime, timedelta
from typing import Any

from widget.rtm.conversation import Conversation, received, with_chat, with_threads
from widget.wire.base import format_timestamp
from widget.wire.chats import Chat, Thread
from widget.wire.frames import Push

START = datetime(2026, 5, 3, 9, 0, tzinfo=UTC)


def moment(minute: int) -> str:
    return format_timestamp(START + timedelta(minutes=minute))


def message(number: int, author: str = "agent", **more: Any) -> dict[str, Any]:
    return {
        "id": f"T{number // 10}_{number}",
        "type": "message",
        "text": f"text {number}",
        "author_id": author,
        "created_at": moment(number),
        **more,
    }


def thread(number: int, *events: dict[str, Any], active: bool = True) -> dict[str, Any]:
    return {"id": f"T{number}", "active": active, "created_at": moment(number * 10), "events": list(events)}


def chat(events: list[dict[str, Any]], *, active: bool = True) -> Conversation:
    users = [{"id": "me", "type": "customer"}, {"id": "agent", "type": "agent", "name": "Sam"}]
    whole = {"id": "C", "users": users, "thread": thread(0, *events, active=active)}
    return with_chat(Conversation(), Chat.read(whole))


def push(action: str, **payload: Any) -> Push:
    return Push(action=action, payload={"chat_id": "C", "thread_id": "T0", **payload})


def texts(conversation: Conversation) -> list[str]:
    return [e.event.id for e in conversation.entries]


def test_a_new_event_comes_last() -> None:
    known = chat([message(1)])

    assert texts(received(known, push("incoming_event", event=message(2)))) == ["T0_1", "T0_2"]


def test_an_event_that_comes_twice_counts_once() -> None:
    known = chat([message(1)])

    assert texts(received(known, push("incoming_event", event=message(1)))) == ["T0_1"]


def test_an_event_that_is_changed_stays_in_its_place() -> None:
    known = chat([message(1), message(2), message(3)])

    changed = received(known, push("event_updated", event=message(2, text="corrected")))

    assert [e.event.as_json()["text"] for e in changed.entries] == ["text 1", "corrected", "text 3"]


def test_an_event_that_comes_late_finds_its_place() -> None:
    known = chat([message(1), message(3)])

    assert texts(received(known, push("incoming_event", event=message(2)))) == ["T0_1", "T0_2", "T0_3"]


def test_events_of_the_same_moment_are_told_apart() -> None:
    twin = message(1, id="T0_1b")
    known = received(chat([message(1)]), push("incoming_event", event=twin))

    again = received(received(known, push("incoming_event", event=twin)), push("incoming_event", event=message(1)))

    assert texts(again) == ["T0_1", "T0_1b"]


def test_an_event_of_another_chat_changes_nothing() -> None:
    known = chat([message(1)])
    other = Push(action="incoming_event", payload={"chat_id": "D", "thread_id": "T9", "event": message(2)})

    assert received(known, other) is known


def test_a_push_nobody_knows_changes_nothing() -> None:
    known = chat([message(1)])

    assert received(known, push("incoming_telepathy", thought=1)) is known


def test_a_push_that_cannot_be_read_changes_nothing() -> None:
    known = chat([message(1)])

    assert received(known, push("incoming_event", event={"no": "id"})) is known


def test_an_unknown_type_of_event_is_kept() -> None:
    known = received(chat([]), push("incoming_event", event=message(1, type="hologram", beams=7)))

    assert known.entries[0].event.as_json()["beams"] == 7


def test_a_closed_chat_is_not_active_and_nobody_types_in_it() -> None:
    typing = {"author_id": "agent", "is_typing": True}
    known = received(chat([]), push("incoming_typing_indicator", typing_indicator=typing))
    assert known.typing == {"agent"}

    closed = received(known, push("chat_deactivated"))

    assert (closed.active, closed.typing) == (False, frozenset())


def test_who_has_sent_no_longer_types() -> None:
    typing = {"author_id": "agent", "is_typing": True}
    known = received(chat([]), push("incoming_typing_indicator", typing_indicator=typing))

    assert received(known, push("incoming_event", event=message(1))).typing == frozenset()


def test_a_seen_mark_never_goes_back() -> None:
    known = received(chat([]), push("events_marked_as_seen", user_id="agent", seen_up_to=moment(9)))
    later = received(known, push("events_marked_as_seen", user_id="agent", seen_up_to=moment(3)))

    assert later.seen["agent"] == START + timedelta(minutes=9)


def test_after_a_gap_the_newest_thread_is_the_present_one_even_when_it_was_begun_elsewhere() -> None:
    known = received(chat([message(1)], active=True), push("chat_deactivated"))
    newer = Thread.read(thread(1, message(11)))
    older = Thread.read(thread(0, message(1), active=False))

    caught_up = with_threads(known, [newer, older], None)

    assert (caught_up.thread_id, caught_up.active) == ("T1", True)
    assert texts(caught_up) == ["T0_1", "T1_11"]


def test_an_agent_who_left_is_not_in_the_chat_but_what_he_said_keeps_his_name() -> None:
    known = received(chat([message(1)]), push("user_removed_from_chat", user_id="agent"))

    assert known.agents() == []
    assert known.users["agent"].name == "Sam"
