"""A session in step with the platform, through lost connections and refusals."""

import json

from agent_console.inbox import Section, section, unread
from agent_console.session import AgentSession
from tests.agent_console.platform_fake import ANN, AT, ME, Desk, agent, chat, message
from tests.fakes import settle
from widget.rtm.state import State


def texts(session: AgentSession, chat_id: str) -> list[str]:
    entries = session.inbox.cases[chat_id].conversation.entries
    return [getattr(entry.event, "text", "") for entry in entries]


def where(session: AgentSession, chat_id: str) -> Section:
    return section(session.inbox.cases[chat_id], session.me)


async def test_after_login_all_chats_are_here_and_mine_with_their_history() -> None:
    desk = Desk()
    desk.platform.add(
        chat("A", agent(ME), events=[message("A", 1, "Hello"), message("A", 2, "Anybody there?")]),
        chat("B", agent(ANN), events=[message("B", 1, "Hi")]),
    )
    desk.platform.chats["C"] = chat("C", active=False)

    session = await desk.connected()

    assert {i: where(session, i) for i in "ABC"} == {"A": Section.MINE, "B": Section.OTHERS, "C": Section.CLOSED}
    assert texts(session, "A") == ["Hello", "Anybody there?"]
    assert unread(session.inbox.cases["A"], ME) == 2
    assert session.in_step


async def test_a_reply_is_shown_sent_once_and_gone_from_the_outbox_when_it_has_arrived() -> None:
    desk = Desk()
    desk.platform.add(chat("A", agent(ME)))
    session = await desk.connected()

    session.send("A", "Good morning", note=False)
    assert session.delivery is not None
    assert [s.outgoing.text for s in session.delivery.waiting("A")] == ["Good morning"]
    await settle()

    assert session.delivery.waiting("A") == ()
    assert texts(session, "A") == ["Good morning"]
    assert desk.storage.texts == {}


async def test_a_note_goes_to_agents_only() -> None:
    desk = Desk()
    desk.platform.add(chat("A", agent(ME)))
    session = await desk.connected()

    session.send("A", "Careful with this one", note=True)
    await settle()

    assert desk.platform.socket.last("send_event")["payload"]["event"]["visibility"] == "agents"


async def test_a_reply_to_a_chat_that_waits_takes_it_first() -> None:
    desk = Desk()
    desk.platform.add(chat("A", queue={"position": 1, "wait_time": 60, "queued_at": AT % 0}))
    session = await desk.connected()
    session.open("A")
    await settle()

    session.send("A", "I am here", note=False)
    await settle()

    actions = desk.platform.socket.actions()
    assert actions.index("add_user_to_chat") < actions.index("send_event")
    assert desk.platform.socket.last("add_user_to_chat")["payload"]["visibility"] == "all"


async def test_a_reply_to_a_closed_chat_reopens_it() -> None:
    desk = Desk()
    desk.platform.chats["A"] = chat("A", agent(ME), active=False)
    session = await desk.connected()
    session.open("A")
    await settle()

    session.send("A", "One more thing", note=False)
    await settle()

    request = desk.platform.socket.last("resume_chat")["payload"]
    assert request["chat"]["thread"]["events"][0]["text"] == "One more thing"


async def test_what_was_written_without_a_connection_is_sent_once_when_there_is_one() -> None:
    desk = Desk()
    desk.platform.add(chat("A", agent(ME)))
    session = await desk.connected()
    desk.platform.socket.drop()

    session.send("A", "Still here", note=False)
    await settle()
    desk.clock.advance(1)
    await desk.let_in()

    sent = [
        frame for socket in desk.platform.network.sockets for frame in socket.sent if frame["action"] == "send_event"
    ]
    assert [frame["payload"]["event"]["text"] for frame in sent] == ["Still here"]
    assert texts(session, "A") == ["Still here"]


async def test_what_arrived_although_its_answer_was_lost_is_not_sent_again() -> None:
    desk = Desk()
    desk.platform.add(chat("A", agent(ME)))
    session = await desk.connected()
    desk.platform.silent.add("send_event")

    session.send("A", "Once is enough", note=False)
    await settle()
    sent = desk.platform.socket.last("send_event")["payload"]["event"]
    stored = message("A", 5, sent["text"], ME, custom_id=sent["custom_id"])
    desk.platform.chats["A"]["thread"]["events"].append(stored)
    await desk.lose()

    assert "send_event" not in desk.platform.socket.actions()
    assert session.delivery is not None
    assert session.delivery.waiting("A") == ()


async def test_a_reload_sends_what_the_page_before_could_not() -> None:
    desk = Desk()
    desk.platform.add(chat("A", agent(ME)))
    before = await desk.connected()
    desk.platform.socket.drop()
    before.send("A", "Do not lose this", note=False)
    await settle()
    before.end()

    session = await desk.connected()

    assert texts(session, "A") == ["Do not lose this"]


async def test_a_refused_reply_waits_for_the_agent_to_try_again() -> None:
    desk = Desk()
    desk.platform.add(chat("A", agent(ME)))
    desk.platform.refuse["send_event"] = "validation"
    session = await desk.connected()
    assert session.delivery is not None

    session.send("A", "Hm", note=False)
    await settle()
    (refused,) = session.delivery.waiting("A")
    assert refused.outgoing.error == "VALIDATION"

    desk.platform.refuse.clear()
    session.retry("A", refused.outgoing.custom_id)
    await settle()
    assert texts(session, "A") == ["Hm"]


async def test_after_a_lost_connection_what_was_missed_is_fetched_and_the_open_chat_stays_open() -> None:
    desk = Desk()
    desk.platform.add(chat("A", agent(ME), events=[message("A", 1, "Hello")]))
    session = await desk.connected()
    session.open("A")
    await settle()

    desk.platform.socket.drop()
    desk.platform.chats["A"]["thread"]["events"].append(message("A", 5, "Are you there?"))
    desk.platform.add(chat("B", agent(ME)))
    desk.clock.advance(1)
    await desk.let_in()

    assert session.opened == "A"
    assert texts(session, "A") == ["Hello", "Are you there?"]
    assert where(session, "B") is Section.MINE


async def test_a_chat_that_was_closed_meanwhile_is_closed_after_the_reconnect() -> None:
    desk = Desk()
    desk.platform.add(chat("A", agent(ME)))
    session = await desk.connected()

    desk.platform.socket.drop()
    desk.platform.chats["A"]["thread"]["active"] = False
    desk.clock.advance(1)
    await desk.let_in()

    assert where(session, "A") is Section.CLOSED


async def test_an_opened_chat_that_no_list_names_is_fetched() -> None:
    desk = Desk()
    session = await desk.connected()
    desk.platform.chats["A"] = chat("A", agent(ANN), events=[message("A", 1, "Long ago")], active=False)

    session.open("A")
    await settle()

    assert texts(session, "A") == ["Long ago"]


async def test_a_push_that_comes_while_the_list_is_fetched_is_not_undone_by_the_older_answer() -> None:
    desk = Desk()
    desk.platform.add(chat("A", agent(ME)))
    desk.platform.silent.add("list_chats")
    session = await desk.connected()
    older = {"chats_summary": [desk.platform.summary("A")], "found_chats": 1}

    request = desk.platform.socket.last("list_chats")
    desk.platform.push("chat_deactivated", chat_id="A", thread_id="T1-A")
    desk.platform.silent.clear()
    head = {"type": "response", "action": "list_chats", "request_id": request["request_id"]}
    desk.platform.socket.receive({**head, "success": True, "payload": json.loads(json.dumps(older))})
    await settle()

    # The chat was closed before it was known; the list, made earlier, still called it active.
    assert where(session, "A") is Section.CLOSED


async def test_a_new_message_is_an_arrival_and_ones_own_is_not() -> None:
    desk = Desk()
    desk.platform.add(chat("A", agent(ME)))
    session = await desk.connected()

    desk.platform.push("incoming_event", chat_id="A", thread_id="T1-A", event=message("A", 4, "Hello?"))
    session.send("A", "Yes?", note=False)
    await settle()

    assert [(a.chat_id, getattr(a.event, "text", None)) for a in desk.arrivals] == [("A", "Hello?")]


async def test_a_chat_that_begins_to_wait_is_an_arrival_and_a_colleagues_is_not() -> None:
    desk = Desk()
    await desk.connected()

    queue = {"position": 1, "wait_time": 60, "queued_at": AT % 2}
    desk.platform.push("incoming_chat", chat=chat("A", queue=queue))
    desk.platform.push("incoming_chat", chat=chat("B", agent(ANN)))

    assert [(a.chat_id, a.event) for a in desk.arrivals] == [("A", None)]


async def test_what_i_have_seen_is_told_once() -> None:
    desk = Desk()
    desk.platform.add(chat("A", agent(ME), events=[message("A", 1, "Hello")]))
    session = await desk.connected()

    session.mark_seen("A")
    session.mark_seen("A")
    await settle()

    assert desk.platform.socket.actions().count("mark_events_as_seen") == 1
    assert unread(session.inbox.cases["A"], ME) == 0


async def test_what_i_have_seen_stays_seen_without_a_connection_and_is_told_over_the_next_one() -> None:
    desk = Desk()
    desk.platform.add(chat("A", agent(ME), events=[message("A", 1, "Hello")]))
    session = await desk.connected()
    session.mark_seen("A")
    await settle()

    desk.platform.socket.drop()
    assert unread(session.inbox.cases["A"], ME) == 0

    desk.clock.advance(1)
    await desk.let_in()
    session.mark_seen("A")
    await settle()
    assert desk.platform.socket.actions().count("mark_events_as_seen") == 1


async def test_a_colleagues_chat_is_followed_while_it_is_in_front() -> None:
    desk = Desk()
    desk.platform.add(chat("A", agent(ANN)), chat("B", agent(ME)))
    session = await desk.connected()

    session.open("A")
    await settle()
    session.open("B")
    await settle()

    followed = [f["action"] for f in desk.platform.socket.sent if f["action"] in {"follow_chat", "unfollow_chat"}]
    assert followed == ["follow_chat", "unfollow_chat"]


async def test_the_visitor_hears_of_my_typing_and_that_it_is_over() -> None:
    desk = Desk()
    desk.platform.add(chat("A", agent(ME)))
    session = await desk.connected()

    session.type("A", "Hello", note=False)
    await settle()
    desk.clock.advance(5)
    await settle()

    told = [f["payload"]["is_typing"] for f in desk.platform.socket.sent if f["action"] == "send_typing_indicator"]
    assert told == [True, False]


async def test_nobody_hears_that_i_type_a_note_or_in_a_colleagues_chat() -> None:
    desk = Desk()
    desk.platform.add(chat("A", agent(ME)), chat("B", agent(ANN)))
    session = await desk.connected()

    session.type("A", "Careful", note=True)
    session.type("B", "Hello", note=False)
    await settle()

    assert "send_typing_indicator" not in desk.platform.socket.actions()


async def test_who_went_silent_is_not_shown_as_typing_any_more() -> None:
    desk = Desk()
    desk.platform.add(chat("A", agent(ME)))
    session = await desk.connected()

    peek = {"author_id": "visitor-A", "text": "I wond"}
    desk.platform.push("incoming_sneak_peek", chat_id="A", thread_id="T1-A", sneak_peek=peek)
    desk.clock.advance(14)
    assert session.inbox.cases["A"].peeking

    desk.clock.advance(1)
    assert not session.inbox.cases["A"].peeking
    assert session.inbox.cases["A"].peek == "I wond"


async def test_what_fails_is_told_and_can_be_tried_again() -> None:
    desk = Desk()
    desk.platform.add(chat("A", agent(ME)))
    desk.platform.refuse["deactivate_chat"] = "internal"
    session = await desk.connected()

    session.work.close_chat("A")
    await settle()
    (failure,) = session.deeds.failures
    assert (failure.deed, failure.why.message) == ("deactivate_chat", "Refused: deactivate_chat")

    desk.platform.refuse.clear()
    session.deeds.dismiss(failure.id, again=True)
    await settle()
    assert session.deeds.failures == ()
    assert desk.platform.socket.actions().count("deactivate_chat") == 2


async def test_a_wrong_token_ends_the_session_with_the_reason() -> None:
    desk = Desk()
    desk.platform.refuse["login"] = "authentication"

    session = await desk.connected()

    assert (session.state, session.ended_by, session.me) == (State.ENDED, "authentication", "")
