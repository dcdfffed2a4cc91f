"""Who has seen what."""

from tests.server.platform import Person, RunningServer


def mark(person: Person, chat_id: str, user_id: str) -> str | None:
    """A user's mark, as somebody finds it in the chat."""
    users = person.ask("get_chat", {"chat_id": chat_id})["users"]
    return next((user.get("events_seen_up_to") for user in users if user["id"] == user_id), None)


def test_both_sides_learn_what_the_other_has_seen(server: RunningServer) -> None:
    token = server.token()
    agent, phone, laptop = server.agent(), server.visitor(token), server.visitor(token)
    chat_id = phone.start_chat("Hello")
    moment = agent.told("incoming_chat")["chat"]["thread"]["events"][0]["created_at"]

    agent.ask("mark_events_as_seen", {"chat_id": chat_id, "seen_up_to": moment})

    for person in (agent, phone, laptop):
        assert person.told("events_marked_as_seen")["seen_up_to"] == moment
    assert mark(agent, chat_id, agent.id) == moment


def test_a_mark_never_goes_back(server: RunningServer) -> None:
    agent, visitor = server.agent(), server.visitor()
    chat_id = visitor.start_chat("One", "Two")
    one, two = (event["created_at"] for event in agent.told("incoming_chat")["chat"]["thread"]["events"])

    agent.ask("mark_events_as_seen", {"chat_id": chat_id, "seen_up_to": two})
    visitor.forget()
    agent.ask("mark_events_as_seen", {"chat_id": chat_id, "seen_up_to": one})

    assert mark(agent, chat_id, agent.id) == two
    assert visitor.hears_nothing()


def test_nobody_has_seen_what_is_still_to_come(server: RunningServer) -> None:
    visitor = server.visitor()
    chat_id = visitor.start_chat("Hello")

    visitor.ask("mark_events_as_seen", {"chat_id": chat_id, "seen_up_to": "2999-01-01T00:00:00Z"})

    assert (mark(visitor, chat_id, visitor.id) or "") < "2999"


def test_who_says_something_has_seen_everything_before_it(server: RunningServer) -> None:
    agent, visitor = server.agent(), server.visitor()
    chat_id = visitor.start_chat("Hello")

    agent.say(chat_id, "Hello!")

    assert mark(agent, chat_id, agent.id) == visitor.told("incoming_event")["event"]["created_at"]


def test_signing_in_tells_whether_there_is_something_new(server: RunningServer) -> None:
    token = server.token()
    agent, visitor = server.agent(), server.visitor(token)
    chat_id = visitor.start_chat("Hello")
    sign_in = server.socket()

    before = sign_in.ask("login", {"token": token})["chats"]
    agent.say(chat_id, "Hello!")
    after = server.socket().ask("login", {"token": token})["chats"]

    assert before == [{"chat_id": chat_id, "has_unread_events": False, "has_active_thread": True}]
    assert after == [{"chat_id": chat_id, "has_unread_events": True, "has_active_thread": True}]
