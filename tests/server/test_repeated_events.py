"""A client that did not hear the answer sends again; the conversation does not show it twice."""

from tests.server.platform import RunningServer, text


def test_a_message_that_is_sent_again_is_stored_once(server: RunningServer) -> None:
    visitor = server.visitor()
    chat_id = visitor.start_chat()
    event = {"chat_id": chat_id, "event": text("Hello", custom_id="c1")}

    first, again = visitor.ask("send_event", event), visitor.ask("send_event", event)

    assert first == again
    assert visitor.texts(chat_id) == ["Hello"]


def test_only_who_repeats_it_hears_of_it_again(server: RunningServer) -> None:
    token = server.token()
    agent, phone, laptop = server.agent(), server.visitor(token), server.visitor(token)
    chat_id = phone.start_chat()
    phone.say(chat_id, "Hello", custom_id="c1")
    agent.forget()
    laptop.forget()

    phone.ask("send_event", {"chat_id": chat_id, "event": text("Hello", custom_id="c1")})

    repeated = phone.push("incoming_event")
    assert (repeated["payload"]["event"]["custom_id"], repeated["request_id"]) == ("c1", "request-4")
    assert agent.hears_nothing()
    assert laptop.hears_nothing()


def test_the_first_message_of_a_chat_is_known_again(server: RunningServer) -> None:
    visitor = server.visitor()
    started = visitor.ask("start_chat", {"chat": {"thread": {"events": [text("Hello", custom_id="c1")]}}})

    again = visitor.ask("send_event", {"chat_id": started["chat_id"], "event": text("Hello", custom_id="c1")})

    assert again["event_id"] == started["event_ids"][0]


def test_a_message_from_before_is_not_repeated_in_a_reopened_chat(server: RunningServer) -> None:
    agent, visitor = server.agent(), server.visitor()
    started = visitor.ask("start_chat", {"chat": {"thread": {"events": [text("Hello", custom_id="c1")]}}})
    agent.ask("deactivate_chat", {"id": started["chat_id"]})
    visitor.forget()

    events = [text("Hello", custom_id="c1"), text("Again", custom_id="c2")]
    resumed = visitor.ask("resume_chat", {"chat": {"id": started["chat_id"], "thread": {"events": events}}})

    assert resumed["event_ids"] == [started["event_ids"][0], f"{resumed['thread_id']}_1"]
    assert visitor.told("incoming_event")["thread_id"] == started["thread_id"]
    assert visitor.texts(started["chat_id"]).count("Hello") == 1


def test_a_repeated_message_is_answered_even_when_the_chat_is_closed_by_now(server: RunningServer) -> None:
    visitor = server.visitor()
    chat_id = visitor.start_chat()
    event_id = visitor.say(chat_id, "Hello", custom_id="c1")
    visitor.ask("deactivate_chat", {"id": chat_id})

    assert (
        visitor.ask("send_event", {"chat_id": chat_id, "event": text("Hello", custom_id="c1")})["event_id"] == event_id
    )


def test_two_people_may_use_the_same_custom_id(server: RunningServer) -> None:
    agent, visitor = server.agent(), server.visitor()
    chat_id = visitor.start_chat()

    visitor.say(chat_id, "Hello", custom_id="c1")
    agent.say(chat_id, "Hello!", custom_id="c1")

    assert visitor.texts(chat_id) == ["Hello", "Hello!"]


def test_an_empty_custom_id_is_none(server: RunningServer) -> None:
    visitor = server.visitor()
    chat_id = visitor.start_chat()

    for message in ("One", "Two"):
        visitor.ask("send_event", {"chat_id": chat_id, "event": {**text(message), "custom_id": ""}})

    assert visitor.texts(chat_id) == ["One", "Two"]
