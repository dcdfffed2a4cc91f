"""The list of chats out of what the platform tells."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from agent_console.inbox import Inbox, Section, sections, unread
from agent_console.news import chat_id_of, listed, received, with_chat
from widget.wire.base import format_timestamp
from widget.wire.chats import Chat, ChatSummary
from widget.wire.frames import Push

ME, ANN = "me@example.com", "ann@example.com"
NOON = datetime(2026, 5, 3, 12, tzinfo=UTC)
INBOX = Inbox(me=ME)


def at(minute: int) -> str:
    return format_timestamp(NOON + timedelta(minutes=minute))


def agent(agent_id: str, **more: Any) -> dict[str, Any]:
    return {"id": agent_id, "type": "agent", "name": agent_id.partition("@")[0], "present": True, **more}


def visitor(chat_id: str, **more: Any) -> dict[str, Any]:
    return {"id": f"visitor-{chat_id}", "type": "customer", **more}


def message(chat_id: str, minute: int, author: str | None = None, text: str = "Hello") -> dict[str, Any]:
    author = author or f"visitor-{chat_id}"
    event_id = f"{chat_id}_{author}_{minute}"
    return {"id": event_id, "type": "message", "text": text, "created_at": at(minute), "author_id": author}


def chat(
    chat_id: str, *agents: dict[str, Any], thread: int = 1, queued: int | None = None, **more: Any
) -> dict[str, Any]:
    queue = None if queued is None else {"position": 1, "wait_time": 60, "queued_at": at(queued)}
    opened = {
        "id": f"T{thread}-{chat_id}",
        "active": True,
        "created_at": at(thread),
        "queue": queue,
        "events": [],
        **more,
    }
    return {"id": chat_id, "users": [visitor(chat_id), *agents], "thread": opened}


def push(action: str, **payload: Any) -> Push:
    return Push(action=action, payload=payload)


def after(*pushes: Push, inbox: Inbox = INBOX) -> Inbox:
    for each in pushes:
        inbox = received(inbox, each)
    return inbox


def ids(inbox: Inbox) -> dict[str, list[str]]:
    """The ids of the chats in each section that has any."""
    return {name.value: [case.id for case in cases] for name, cases in sections(inbox).items() if cases}


def test_a_chat_that_is_given_to_me_is_mine_and_one_that_nobody_has_waits() -> None:
    inbox = after(
        push("incoming_chat", chat=chat("A", agent(ME))),
        push("incoming_chat", chat=chat("B", queued=5)),
        push("incoming_chat", chat=chat("C", agent(ANN))),
    )

    assert ids(inbox) == {"mine": ["A"], "waiting": ["B"], "others": ["C"]}


def test_who_has_waited_longest_stands_first() -> None:
    inbox = after(*(push("incoming_chat", chat=chat(name, queued=at)) for name, at in (("A", 9), ("B", 3), ("C", 6))))

    assert ids(inbox) == {"waiting": ["B", "C", "A"]}


def test_a_waiting_chat_that_i_join_moves_to_mine() -> None:
    inbox = after(
        push("incoming_chat", chat=chat("A", queued=1)),
        push("user_added_to_chat", chat_id="A", thread_id="T1-A", user=agent(ME)),
    )

    assert ids(inbox) == {"mine": ["A"]}


def test_a_waiting_chat_that_a_colleague_takes_waits_no_longer() -> None:
    inbox = after(
        push("incoming_chat", chat=chat("A", queued=1)),
        push("user_added_to_chat", chat_id="A", thread_id="T1-A", user=agent(ANN)),
    )

    assert ids(inbox) == {"others": ["A"]}


def test_to_watch_a_chat_is_not_to_have_it() -> None:
    inbox = after(
        push("incoming_chat", chat=chat("A", agent(ANN))),
        push("user_added_to_chat", chat_id="A", thread_id="T1-A", user=agent(ME, visibility="agents")),
    )

    assert ids(inbox) == {"others": ["A"]}


def test_a_chat_that_its_agent_leaves_waits_since_then() -> None:
    inbox = after(
        push("incoming_chat", chat=chat("A", agent(ANN))),
        push("user_removed_from_chat", chat_id="A", thread_id="T1-A", user_id=ANN),
        push(
            "chat_transferred",
            chat_id="A",
            thread_id="T1-A",
            reason="unassigned",
            transferred_to={"group_ids": [0]},
            queue={"position": 1, "wait_time": 60, "queued_at": at(7)},
        ),
    )

    assert ids(inbox) == {"waiting": ["A"]}
    assert inbox.cases["A"].queued_at == NOON + timedelta(minutes=7)


def test_a_closed_chat_stays_under_closed_and_comes_back_when_it_is_resumed() -> None:
    mine = after(push("incoming_chat", chat=chat("A", agent(ME))))
    closed = after(push("chat_deactivated", chat_id="A", thread_id="T1-A", user_id=ME), inbox=mine)
    resumed = after(push("incoming_chat", chat=chat("A", agent(ME), thread=2)), inbox=closed)

    assert ids(closed) == {"closed": ["A"]}
    assert ids(resumed) == {"mine": ["A"]}


def test_the_end_of_an_earlier_thread_does_not_close_the_present_one() -> None:
    inbox = after(
        push("incoming_chat", chat=chat("A", agent(ME), thread=2)),
        push("chat_deactivated", chat_id="A", thread_id="T1-A"),
    )

    assert ids(inbox) == {"mine": ["A"]}


def test_after_a_reconnect_what_is_not_listed_as_active_is_over() -> None:
    known = after(*(push("incoming_chat", chat=chat(name, agent(ME))) for name in "AB"))

    inbox = listed(known, [summary("B", agent(ME))], [], None)

    assert ids(inbox) == {"mine": ["B"], "closed": ["A"]}


def test_what_a_visitor_types_is_seen_until_they_send_it() -> None:
    peek = {"author_id": "visitor-A", "text": "Is the m"}
    typing = after(
        push("incoming_chat", chat=chat("A", agent(ME))),
        push("incoming_sneak_peek", chat_id="A", thread_id="T1-A", sneak_peek=peek),
    )
    sent = after(push("incoming_event", chat_id="A", thread_id="T1-A", event=message("A", 2)), inbox=typing)

    assert (typing.cases["A"].peek, typing.cases["A"].peeking) == ("Is the m", True)
    assert (sent.cases["A"].peek, sent.cases["A"].peeking) == ("", False)


def test_unread_is_what_the_visitor_wrote_since_i_looked_or_answered() -> None:
    inbox = after(push("incoming_chat", chat=chat("A", agent(ME), events=[message("A", 2), message("A", 3)])))
    seen = after(push("events_marked_as_seen", chat_id="A", user_id=ME, seen_up_to=at(2)), inbox=inbox)
    answered = after(push("incoming_event", chat_id="A", thread_id="T1-A", event=message("A", 4, ME)), inbox=inbox)

    assert unread(inbox.cases["A"], ME) == 2
    assert unread(seen.cases["A"], ME) == 1
    assert unread(answered.cases["A"], ME) == 0


def test_what_is_told_of_a_visitor_is_added_to_what_was_known() -> None:
    inbox = with_chat(INBOX, Chat.read({"id": "A", "users": [visitor("A", email="eva@example.com")]}))

    inbox = after(push("customer_updated", id="visitor-A", name="Eva"), inbox=inbox)
    inbox = after(push("customer_page_updated", customer_id="visitor-A", url="https://shop.example/mug"), inbox=inbox)

    eva = inbox.customer_of(inbox.cases["A"])
    assert eva is not None
    assert (eva.name, eva.email, eva.online) == ("Eva", "eva@example.com", True)
    assert eva.visit is not None
    assert [page.url for page in eva.visit.last_pages or []] == ["https://shop.example/mug"]


def test_a_chat_whose_agent_has_left_is_nobodys() -> None:
    inbox = after(push("incoming_chat", chat=chat("A", agent(ANN, present=False))))

    assert ids(inbox) == {"unassigned": ["A"]}


def test_who_types_is_on_the_site_although_nobody_told_that_they_came_back() -> None:
    inbox = after(
        push("incoming_chat", chat=chat("A", agent(ME))),
        push("customer_left", id="visitor-A", left_at=at(2)),
        push("incoming_sneak_peek", chat_id="A", thread_id="T1-A", sneak_peek={"author_id": "visitor-A", "text": "H"}),
    )

    customer = inbox.customer_of(inbox.cases["A"])
    assert customer is not None
    assert customer.online


def test_a_push_that_cannot_be_read_changes_nothing() -> None:
    inbox = after(push("incoming_chat", chat=chat("A", agent(ME))))

    assert after(push("incoming_event", chat_id="A", event=7), inbox=inbox) is inbox
    assert after(push("incoming_chat", chat="A"), inbox=inbox) is inbox


def summary(chat_id: str, *agents: dict[str, Any]) -> ChatSummary:
    last = {"id": f"T1-{chat_id}", "active": True, "created_at": at(1)}
    return ChatSummary.read({"id": chat_id, "users": [visitor(chat_id), *agents], "last_thread_summary": last})


# No order of pushes

some_chat = st.sampled_from(["A", "B", "C"])
some_thread = st.integers(1, 3)
some_agent = st.sampled_from([agent(ME), agent(ANN), agent(ME, visibility="agents"), agent(ANN, present=False)])


@st.composite
def any_push(draw: st.DrawFn) -> Push:
    name, thread = draw(some_chat), draw(some_thread)
    about = {"chat_id": name, "thread_id": f"T{thread}-{name}"}
    queue = {"position": 1, "wait_time": 60, "queued_at": at(draw(st.integers(0, 9)))}
    event = message(name, draw(st.integers(0, 9)), draw(st.sampled_from([None, ME, ANN])))
    return draw(
        st.sampled_from(
            [
                push("incoming_chat", chat=chat(name, draw(some_agent), thread=thread)),
                push("incoming_chat", chat=chat(name, thread=thread, queued=thread)),
                push("chat_deactivated", **about),
                push("incoming_event", **about, event=event),
                push("user_added_to_chat", **about, user=draw(some_agent)),
                push("user_removed_from_chat", **about, user_id=draw(st.sampled_from([ME, ANN]))),
                push("chat_transferred", **about, reason="unassigned", transferred_to={}, queue=queue),
                push("chat_transferred", **about, reason="assigned", transferred_to={"agent_ids": [ME]}),
                push("incoming_sneak_peek", **about, sneak_peek={"author_id": f"visitor-{name}", "text": "Hi"}),
                push("events_marked_as_seen", chat_id=name, user_id=ME, seen_up_to=at(3)),
                push("customer_left", id=f"visitor-{name}", left_at=at(9)),
            ]
        )
    )


@given(st.lists(any_push()))
def test_no_order_of_pushes_shows_a_chat_twice_or_loses_it(pushes: list[Push]) -> None:
    told = {chat_id_of(p) for p in pushes if p.action == "incoming_chat"}

    shown = [case.id for cases in sections(after(*pushes)).values() for case in cases]

    assert len(shown) == len(told)
    assert set(shown) == told


@given(st.lists(any_push()))
def test_no_order_of_pushes_shows_an_event_twice(pushes: list[Push]) -> None:
    for case in after(*pushes).cases.values():
        events = [entry.event for entry in case.conversation.entries]
        assert len({event.id for event in events}) == len(events)
        assert events == sorted(events, key=lambda event: event.created_at)


@given(st.lists(any_push()))
def test_a_chat_is_mine_exactly_while_it_is_active_and_i_answer_in_it(pushes: list[Push]) -> None:
    inbox = after(*pushes)

    mine = {case.id for case in sections(inbox)[Section.MINE]}

    assert mine == {case.id for case in inbox.cases.values() if case.conversation.active and case.has(ME)}
