"""Agents among themselves: who may do what in whose chat."""

from base64 import b64encode

import pytest

from tests.server.platform import Person, RunningServer, text

KIM = "kim@example.com"


@pytest.fixture
def sam(server: RunningServer) -> Person:
    return server.agent()


@pytest.fixture
def kim(server: RunningServer, sam: Person) -> Person:
    """A colleague who gets no chats by herself."""
    kim = server.agent(KIM, away=True)
    sam.forget()
    return kim


@pytest.fixture
def visitor(server: RunningServer, sam: Person, kim: Person) -> Person:
    return server.visitor()


@pytest.fixture
def chat_id(sam: Person, kim: Person, visitor: Person) -> str:
    """Sam's chat with the visitor."""
    chat_id = visitor.start_chat("Hello")
    sam.forget()
    kim.forget()
    visitor.forget()
    return chat_id


def test_an_agent_outside_hears_what_is_said_but_not_what_is_typed(
    sam: Person, kim: Person, visitor: Person, chat_id: str
) -> None:
    visitor.ask("send_sneak_peek", {"chat_id": chat_id, "sneak_peek_text": "Hm"})
    visitor.say(chat_id, "Hm?")
    sam.ask("send_typing_indicator", {"chat_id": chat_id, "is_typing": True})
    sam.say(chat_id, "Yes")
    visitor.ask("deactivate_chat", {"id": chat_id})

    assert kim.heard() == ["incoming_event", "incoming_event", "incoming_event", "chat_deactivated"]


def test_a_follower_hears_everything(sam: Person, kim: Person, visitor: Person, chat_id: str) -> None:
    kim.ask("follow_chat", {"id": chat_id})
    visitor.ask("send_sneak_peek", {"chat_id": chat_id, "sneak_peek_text": "Hm"})
    sam.ask("send_typing_indicator", {"chat_id": chat_id, "is_typing": True})

    assert kim.heard() == ["incoming_chat", "incoming_sneak_peek", "incoming_typing_indicator"]
    assert kim.ask("list_chats")["chats_summary"][0]["is_followed"]

    kim.forget()
    kim.ask("unfollow_chat", {"id": chat_id})
    visitor.ask("send_sneak_peek", {"chat_id": chat_id, "sneak_peek_text": "Hmm"})
    assert kim.heard() == ["chat_unfollowed"]


def test_only_who_is_in_a_chat_may_talk_in_it(kim: Person, visitor: Person, chat_id: str) -> None:
    assert kim.refused("send_event", {"chat_id": chat_id, "event": text("Hello")}) == "missing_access"
    assert kim.refused("send_typing_indicator", {"chat_id": chat_id, "is_typing": True}) == "missing_access"
    assert kim.refused("deactivate_chat", {"id": chat_id}) == "missing_access"
    assert visitor.hears_nothing()


def test_an_agent_of_another_group_sees_nothing_of_it(
    server: RunningServer, kim: Person, visitor: Person, chat_id: str
) -> None:
    server.leave_groups(KIM)

    visitor.say(chat_id, "Hello?")

    assert kim.hears_nothing()
    assert kim.ask("list_chats")["found_chats"] == 0
    assert kim.refused("get_chat", {"chat_id": chat_id}) == "missing_access"
    assert kim.refused("follow_chat", {"id": chat_id}) == "missing_access"
    assert (
        kim.refused("add_user_to_chat", {"chat_id": chat_id, "user_id": KIM, "user_type": "agent"}) == "missing_access"
    )
    assert kim.refused("get_chat", {"chat_id": "NOSUCHCHAT"}) == "not_found"


def test_an_agent_joins_a_colleagues_chat(kim: Person, sam: Person, visitor: Person, chat_id: str) -> None:
    kim.ask("add_user_to_chat", {"chat_id": chat_id, "user_id": KIM, "user_type": "agent"})

    assert kim.told("incoming_chat")["chat"]["id"] == chat_id
    assert visitor.heard() == ["user_added_to_chat", "incoming_event"]
    assert visitor.told("user_added_to_chat")["user"]["name"] == "Kim"
    joined = visitor.told("incoming_event")["event"]
    assert (joined["system_message_type"], joined["text_vars"]) == ("agent_joined", {"agent": "Kim"})
    kim.say(chat_id, "Hello, I am Kim")


def test_an_agent_who_only_watches_is_not_shown_to_the_visitor(kim: Person, visitor: Person, chat_id: str) -> None:
    watch = {"chat_id": chat_id, "user_id": KIM, "user_type": "agent", "visibility": "agents"}

    kim.ask("add_user_to_chat", watch)

    assert visitor.hears_nothing()
    assert "Kim" not in str(visitor.ask("get_chat", {"chat_id": chat_id}))
    visitor.ask("send_sneak_peek", {"chat_id": chat_id, "sneak_peek_text": "Hm"})
    assert "incoming_sneak_peek" in kim.heard()


def test_an_agent_takes_a_chat_that_waits(server: RunningServer) -> None:
    kim, waiting = server.agent(KIM, away=True), server.visitor()
    chat_id = waiting.start_chat("Anybody?")

    kim.ask("add_user_to_chat", {"chat_id": chat_id, "user_id": KIM, "user_type": "agent"})

    assert waiting.heard() == ["user_added_to_chat"]
    assert "queue" not in waiting.ask("get_chat", {"chat_id": chat_id})["thread"]


def test_a_chat_is_handed_over(sam: Person, kim: Person, visitor: Person, chat_id: str) -> None:
    goal = {"type": "agent", "ids": [KIM]}
    assert sam.refused("transfer_chat", {"id": chat_id, "target": goal}) == "agent_offline"
    kim.ask("set_routing_status", {"status": "accepting_chats"})
    kim.forget()
    visitor.forget()

    sam.ask("transfer_chat", {"id": chat_id, "target": goal})

    came = kim.told("incoming_chat")
    assert came["transferred_from"] == {"agent_ids": ["agent@example.com"], "group_ids": [0]}
    assert visitor.heard() == ["user_removed_from_chat", "user_added_to_chat", "incoming_event", "chat_transferred"]
    assert "@" not in str(visitor.pushes)
    kim.say(chat_id, "I take over")
    assert sam.refused("send_event", {"chat_id": chat_id, "event": text("Bye")}) == "missing_access"


def test_a_chat_whose_agent_leaves_waits_again(sam: Person, visitor: Person, chat_id: str) -> None:
    leave = {"chat_id": chat_id, "user_id": sam.id, "user_type": "agent", "ignore_requester_presence": True}
    sam.ask("set_routing_status", {"status": "not_accepting_chats"})
    visitor.forget()

    sam.ask("remove_user_from_chat", leave)

    assert visitor.told("user_removed_from_chat")["reason"] == "manual"
    said = [visitor.told("incoming_event")["event"]["system_message_type"] for _ in range(2)]
    assert said == ["agent_left", "routing.unassigned_other"]
    assert visitor.told("chat_transferred")["queue"]["position"] == 1


def test_a_chat_whose_agent_was_taken_out_goes_to_another(
    sam: Person, kim: Person, visitor: Person, chat_id: str
) -> None:
    kim.ask("set_routing_status", {"status": "accepting_chats"})
    kim.ask("add_user_to_chat", {"chat_id": chat_id, "user_id": KIM, "user_type": "agent", "visibility": "agents"})
    visitor.forget()

    kim.ask("remove_user_from_chat", {"chat_id": chat_id, "user_id": sam.id, "user_type": "agent"})

    said = visitor.told("incoming_event")["event"]
    assert (said["system_message_type"], said["text"]) == ("agent_removed", "Kim removed Sam Rivera from the chat")
    assert visitor.told("user_added_to_chat")["user"]["name"] == "Kim"
    assert visitor.told("chat_transferred")["reason"] == "assigned"


def test_a_colleague_is_brought_in(sam: Person, kim: Person, visitor: Person, chat_id: str) -> None:
    bring = {"chat_id": chat_id, "user_id": KIM, "user_type": "agent"}

    sam.ask("add_user_to_chat", bring)
    sam.ask("add_user_to_chat", bring)

    assert kim.told("incoming_chat")["requester_id"] == sam.id
    assert visitor.heard() == ["user_added_to_chat", "incoming_event"]
    said = visitor.told("incoming_event")["event"]
    assert (said["system_message_type"], said["text"]) == ("agent_added", "Sam Rivera added Kim to the chat")


def test_who_cannot_be_brought_in(sam: Person, kim: Person, visitor: Person, chat_id: str) -> None:
    someone = {"chat_id": chat_id, "user_type": "agent"}

    assert sam.refused("add_user_to_chat", {**someone, "user_id": "nobody@example.com"}) == "not_found"
    assert sam.refused("add_user_to_chat", {**someone, "user_id": visitor.id, "user_type": "customer"}) == "validation"
    assert sam.refused("remove_user_from_chat", {**someone, "user_id": KIM}) == "not_found"
    assert kim.refused("add_user_to_chat", {**someone, "user_id": sam.id}) == "missing_access"


def test_a_chat_is_handed_to_whoever_has_time(sam: Person, kim: Person, chat_id: str) -> None:
    group = {"type": "group", "ids": [0]}
    assert sam.refused("transfer_chat", {"id": chat_id, "target": group}) == "group_unavailable"
    assert sam.refused("transfer_chat", {"id": chat_id, "target": {"type": "group", "ids": [9]}}) == "group_not_found"
    kim.ask("set_routing_status", {"status": "accepting_chats"})

    sam.ask("transfer_chat", {"id": chat_id, "target": group})

    assert kim.told("incoming_chat")["chat"]["id"] == chat_id


def test_only_an_active_chat_is_handed_over(sam: Person, chat_id: str) -> None:
    sam.ask("deactivate_chat", {"id": chat_id})

    assert sam.refused("transfer_chat", {"id": chat_id}) == "chat_inactive"


def test_an_agent_reopens_a_chat_and_has_it(sam: Person, kim: Person, visitor: Person, chat_id: str) -> None:
    sam.ask("deactivate_chat", {"id": chat_id})
    visitor.forget()

    kim.ask("resume_chat", {"chat": {"id": chat_id, "thread": {"events": [text("One more thing")]}}})

    chat = visitor.told("incoming_chat")["chat"]
    assert [user["name"] for user in chat["users"] if user["type"] == "agent" and user["present"]] == ["Kim"]
    assert [event["text"] for event in chat["thread"]["events"]] == ["One more thing"]


def test_who_could_take_a_chat(sam: Person, kim: Person, chat_id: str) -> None:
    assert sam.ask("list_agents_for_transfer", {"chat_id": chat_id}) == [{"agent_id": KIM, "total_active_chats": 0}]


def test_chats_are_listed_with_what_was_said_last(sam: Person, visitor: Person, chat_id: str) -> None:
    sam.say(chat_id, "Hello!")

    (chat,) = sam.ask("list_chats")["chats_summary"]

    assert chat["last_event_per_type"]["message"]["event"]["text"] == "Hello!"
    assert chat["last_thread_summary"]["active"]
    assert chat["last_thread_summary"]["user_ids"] == [visitor.id, sam.id]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, {"active", "closed"}),
        ({"active": True}, {"active"}),
        ({"active": False}, {"closed"}),
        ({"include_active": False}, {"closed"}),
        ({"group_ids": [0]}, {"active", "closed"}),
        ({"group_ids": [7, 10**30]}, set()),
    ],
)
def test_chats_are_filtered(server: RunningServer, sam: Person, filters: dict[str, object], found: set[str]) -> None:
    first, second = server.visitor(), server.visitor()
    names = {first.start_chat(): "closed", second.start_chat(): "active"}
    first.ask("deactivate_chat", {"id": next(iter(names))})

    page = sam.ask("list_chats", {"filters": filters})

    assert {names[chat["id"]] for chat in page["chats_summary"]} == found
    assert page["found_chats"] == len(found)


def test_chats_are_listed_page_by_page(server: RunningServer, sam: Person) -> None:
    chats = [server.visitor().start_chat() for _ in range(3)]

    newest = sam.ask("list_chats", {"limit": 2})
    older = sam.ask("list_chats", {"page_id": newest["next_page_id"]})

    assert [chat["id"] for chat in newest["chats_summary"] + older["chats_summary"]] == chats[::-1]
    assert "next_page_id" not in older
    assert sam.ask("list_chats", {"page_id": older["previous_page_id"]})["chats_summary"] == newest["chats_summary"]


def test_a_thread_is_read_by_its_id(sam: Person, visitor: Person, chat_id: str) -> None:
    first = sam.ask("get_chat", {"chat_id": chat_id})["thread"]["id"]
    visitor.ask("deactivate_chat", {"id": chat_id})
    second = visitor.ask("resume_chat", {"chat": {"id": chat_id}})["thread_id"]

    assert sam.ask("get_chat", {"chat_id": chat_id, "thread_id": first})["thread"]["next_thread_id"] == second
    assert sam.ask("get_chat", {"chat_id": chat_id})["thread"]["id"] == second
    assert visitor.refused("get_chat", {"chat_id": chat_id, "thread_id": "NOSUCH"}) == "not_found"


def test_only_bots_can_be_set_offline(sam: Person) -> None:
    assert sam.refused("set_routing_status", {"status": "offline"}) == "validation"
    assert sam.refused("get_customer", {"id": "nobody"}) == "not_found"


def test_signing_in_tells_about_oneself_and_the_open_chats(server: RunningServer, chat_id: str) -> None:
    desk = server.socket("/v3.6/agent/rtm/ws")

    answer = desk.ask("login", {"token": server.agent_token()})

    assert answer["license"] == {"id": "1000001", "organization_id": "00000000-0000-4000-8000-0000000000aa"}
    assert answer["my_profile"]["id"] == "agent@example.com"
    assert answer["my_profile"]["routing_status"] == "accepting_chats"
    assert [chat["id"] for chat in answer["chats_summary"]] == [chat_id]


def test_a_personal_token_is_enough_to_sign_in(server: RunningServer) -> None:
    token = server.settings.agent_token.read_text().strip()

    assert server.socket("/v3.6/agent/rtm/ws").ask("login", {"token": f"Bearer {token}"})["my_profile"]


@pytest.mark.parametrize("credentials", ["Bearer nonsense", "Basic nonsense", "Basic YTpi", "", "Bearer"])
def test_without_it_nobody_signs_in(server: RunningServer, credentials: str) -> None:
    assert server.socket("/v3.6/agent/rtm/ws").refused("login", {"token": credentials}) == "authentication"


def test_a_token_is_no_good_with_another_account(server: RunningServer, kim: Person) -> None:
    sams = server.settings.agent_token.read_text().strip()

    mixed = "Basic " + b64encode(f"{KIM}:{sams}".encode()).decode()
    assert server.socket("/v3.6/agent/rtm/ws").refused("login", {"token": mixed}) == "authentication"


def test_signing_out_closes_the_connection(sam: Person) -> None:
    sam.ask("logout")

    assert sam.closed() == 1000
