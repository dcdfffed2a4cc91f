"""A visitor and an agent talk."""

from tests.server.platform import RunningServer, text

NOTE = "He has called twice today."


def test_what_a_visitor_says_reaches_the_agent_and_the_answer_comes_back(server: RunningServer) -> None:
    agent, visitor = server.agent(), server.visitor()

    chat_id = visitor.start_chat("Is the teapot dishwasher-safe?")
    chat = agent.told("incoming_chat")["chat"]
    agent.say(chat_id, "It is.")
    answer = visitor.told("incoming_event")

    assert chat["id"] == chat_id
    assert chat["thread"]["events"][0]["text"] == "Is the teapot dishwasher-safe?"
    assert (answer["thread_id"], answer["event"]["text"]) == (chat["thread"]["id"], "It is.")


def test_the_request_id_is_on_the_requesters_copy_only(server: RunningServer) -> None:
    token = server.token()
    agent, phone, laptop = server.agent(), server.visitor(token), server.visitor(token)

    phone.ask("start_chat")

    assert phone.push("incoming_chat")["request_id"] == "request-2"
    assert "request_id" not in laptop.push("incoming_chat")
    assert "request_id" not in agent.push("incoming_chat")


def test_each_frame_names_the_version_of_its_connection(server: RunningServer) -> None:
    token = server.token()
    new, old = server.visitor(token), server.visitor(token, version="3.5")

    new.ask("start_chat")

    assert new.push("incoming_chat")["version"] == "3.6"
    assert old.push("incoming_chat")["version"] == "3.5"


def test_every_id_looks_like_the_platforms(server: RunningServer) -> None:
    visitor = server.visitor()

    answer = visitor.ask("start_chat", {"chat": {"thread": {"events": [text("Hello")]}}})

    assert answer["chat_id"].isalnum()
    assert (answer["chat_id"].upper(), len(answer["chat_id"])) == (answer["chat_id"], 10)
    assert answer["event_ids"] == [f"{answer['thread_id']}_1"]


def test_visitors_know_agents_by_an_opaque_id_that_stays(server: RunningServer) -> None:
    agent, visitor = server.agent(), server.visitor()
    chat_id = visitor.start_chat("Hello")

    users = visitor.ask("get_chat", {"chat_id": chat_id})["users"]
    shown = next(user for user in users if user["type"] == "agent")
    agent.say(chat_id, "Hello!")

    assert "@" not in str(users)
    assert shown["name"] == "Sam Rivera"
    assert visitor.told("incoming_event")["event"]["author_id"] == shown["id"]


def test_notes_between_agents_never_reach_the_visitor(server: RunningServer) -> None:
    agent, visitor = server.agent(), server.visitor()
    chat_id = visitor.start_chat("Hello")

    agent.say(chat_id, NOTE, visibility="agents")

    assert visitor.hears_nothing()
    assert visitor.texts(chat_id) == ["Hello"]
    assert NOTE not in str(visitor.ask("list_chats"))
    assert agent.texts(chat_id) == ["Hello", NOTE]


def test_a_visitor_has_one_chat(server: RunningServer) -> None:
    visitor = server.visitor()
    chat_id = visitor.start_chat()

    assert visitor.refused("start_chat") == "chat_limit_reached"
    assert visitor.refused("resume_chat", {"chat": {"id": chat_id}}) == "chat_already_active"


def test_closing_says_who_did_it_before_it_says_that_it_is_over(server: RunningServer) -> None:
    agent, visitor = server.agent(), server.visitor()
    chat_id = visitor.start_chat()
    agent.forget()

    visitor.ask("deactivate_chat", {"id": chat_id})

    assert agent.heard() == ["incoming_event", "chat_deactivated"]
    event = agent.told("incoming_event")["event"]
    assert event["system_message_type"] == "manual_archived_customer"
    assert event["text_vars"] == {"customer": "Visitor"}
    assert "author_id" not in event
    assert agent.told("chat_deactivated")["user_id"] == visitor.id


def test_an_agent_who_closes_a_chat_is_named_to_the_visitor(server: RunningServer) -> None:
    agent, visitor = server.agent(), server.visitor()
    chat_id = visitor.start_chat()

    agent.ask("deactivate_chat", {"id": chat_id})

    event = visitor.told("incoming_event")["event"]
    assert (event["system_message_type"], event["text_vars"]) == ("manual_archived_agent", {"agent": "Sam Rivera"})
    assert "@" not in str(visitor.told("chat_deactivated"))


def test_a_closed_chat_takes_events_only_when_asked_to_attach_them(server: RunningServer) -> None:
    visitor = server.visitor()
    chat_id = visitor.start_chat()
    visitor.ask("deactivate_chat", {"id": chat_id})

    assert visitor.refused("send_event", {"chat_id": chat_id, "event": text("One more")}) == "chat_inactive"
    assert visitor.refused("deactivate_chat", {"id": chat_id}) == "chat_inactive"
    late = {"chat_id": chat_id, "event": text("One more thing"), "attach_to_last_thread": True}
    assert visitor.ask("send_event", late)["event_id"].endswith("_2")


def test_a_reopened_chat_goes_on_in_a_new_thread(server: RunningServer) -> None:
    agent, visitor = server.agent(), server.visitor()
    chat_id = visitor.start_chat("First")
    agent.ask("deactivate_chat", {"id": chat_id})
    agent.forget()

    answer = visitor.ask("resume_chat", {"chat": {"id": chat_id, "thread": {"events": [text("Second")]}}})
    thread = agent.told("incoming_chat")["chat"]["thread"]

    assert thread["id"] == answer["thread_id"]
    assert [event["text"] for event in thread["events"]] == ["Second"]
    assert visitor.texts(chat_id) == ["First", "Sam Rivera archived the chat", "Second"]


def test_times_in_a_chat_only_rise(server: RunningServer) -> None:
    visitor = server.visitor()
    chat_id = visitor.start_chat(*"abcdefgh")

    events = visitor.ask("get_chat", {"chat_id": chat_id})["thread"]["events"]
    times = [event["created_at"] for event in events]

    assert times == sorted(set(times))


def test_the_agent_sees_what_the_visitor_types(server: RunningServer) -> None:
    agent, visitor = server.agent(), server.visitor()
    chat_id = visitor.start_chat()

    visitor.ask("send_sneak_peek", {"chat_id": chat_id, "sneak_peek_text": "Do you sh"})

    peek = agent.told("incoming_sneak_peek")["sneak_peek"]
    assert (peek["author_id"], peek["text"]) == (visitor.id, "Do you sh")
    assert visitor.hears_nothing()


def test_the_visitor_sees_that_the_agent_types(server: RunningServer) -> None:
    agent, visitor = server.agent(), server.visitor()
    chat_id = visitor.start_chat()
    agent.forget()

    agent.ask("send_typing_indicator", {"chat_id": chat_id, "is_typing": True})

    indicator = visitor.told("incoming_typing_indicator")["typing_indicator"]
    assert indicator["is_typing"]
    assert "@" not in indicator["author_id"]
    assert agent.hears_nothing()


def test_typing_for_agents_only_is_not_shown_to_the_visitor(server: RunningServer) -> None:
    agent, visitor = server.agent(), server.visitor()
    chat_id = visitor.start_chat()

    agent.ask("send_typing_indicator", {"chat_id": chat_id, "is_typing": True, "visibility": "agents"})

    assert visitor.hears_nothing()


def test_what_a_page_does_to_the_properties_of_a_chat_is_kept(server: RunningServer) -> None:
    visitor = server.visitor()
    thread = {"properties": {"test": {"string_property": "/"}}}
    answer = visitor.ask("start_chat", {"chat": {"properties": {"test": {"int_property": 3}}, "thread": thread}})

    chat = visitor.ask("get_chat", {"chat_id": answer["chat_id"]})

    assert chat["properties"] == {"test": {"int_property": 3}}
    assert chat["thread"]["properties"]["test"] == {"string_property": "/"}


def test_what_the_platform_says_is_nobodys_answer(server: RunningServer) -> None:
    visitor = server.visitor()
    chat_id = visitor.start_chat("Hello")

    visitor.ask("deactivate_chat", {"id": chat_id})

    assert "request_id" not in visitor.push("incoming_event")
    assert "request_id" in visitor.push("chat_deactivated")
