"""Who gets a chat."""

from tests.server.platform import Person, RunningServer

KIM = "kim@example.com"


def own_chats(agent: Person) -> set[str]:
    """The active chats that an agent is in."""
    found = agent.ask("list_chats", {"filters": {"active": True}, "limit": 100})["chats_summary"]
    return {chat["id"] for chat in found if any(user["id"] == agent.id and user["present"] for user in chat["users"])}


def test_two_agents_share_three_visitors_and_each_sees_what_is_theirs(server: RunningServer) -> None:
    sam, kim = server.agent(), server.agent(KIM)
    visitors = [server.visitor() for _ in range(3)]

    chats = [visitor.start_chat(f"I am number {number}") for number, visitor in enumerate(visitors)]

    assert sorted([len(own_chats(sam)), len(own_chats(kim))]) == [1, 2]
    assert own_chats(sam) | own_chats(kim) == set(chats)
    assert own_chats(sam) & own_chats(kim) == set()
    for number, visitor in enumerate(visitors):
        assert visitor.texts(chats[number]) == [f"I am number {number}"]
        assert visitor.hears_nothing()
        assert visitor.refused("get_chat", {"chat_id": chats[number - 1]}) == "not_found"


def test_among_equals_it_is_in_turns(server: RunningServer) -> None:
    sam, kim = server.agent(), server.agent(KIM)
    got: list[int] = []

    for _ in range(4):
        visitor = server.visitor()
        chat_id = visitor.start_chat()
        got.append([chat_id in own_chats(agent) for agent in (sam, kim)].index(True))
        visitor.ask("deactivate_chat", {"id": chat_id})

    assert got in ([0, 1, 0, 1], [1, 0, 1, 0])


def test_who_has_the_fewest_chats_comes_first_even_out_of_turn(server: RunningServer) -> None:
    sam, first, second = server.agent(), server.visitor(), server.visitor()
    kept = first.start_chat()
    kim = server.agent(KIM)
    ended = second.start_chat()
    second.ask("deactivate_chat", {"id": ended})

    chat_id = server.visitor().start_chat()

    assert own_chats(sam) == {kept}
    assert own_chats(kim) == {chat_id}


def test_an_agent_who_accepts_no_chats_gets_none(server: RunningServer) -> None:
    sam, kim = server.agent(), server.agent(KIM)
    sam.ask("set_routing_status", {"status": "not_accepting_chats"})

    chats = {server.visitor().start_chat() for _ in range(2)}

    assert own_chats(kim) == chats
    assert own_chats(sam) == set()


def test_a_chat_starts_also_when_nobody_is_there_and_waits(server: RunningServer) -> None:
    visitor = server.visitor()

    chat_id = visitor.start_chat("Anybody?")

    queue = visitor.ask("get_chat", {"chat_id": chat_id})["thread"]["queue"]
    assert queue["position"] == 1
    assert queue["queued_at"]


def test_who_signs_in_gets_the_chats_that_wait_the_oldest_first(server: RunningServer) -> None:
    visitors = [server.visitor() for _ in range(7)]
    chats = [visitor.start_chat() for visitor in visitors]

    sam = server.socket("/v3.6/agent/rtm/ws")
    sam.id = "agent@example.com"
    answer = sam.ask("login", {"token": server.agent_token()})

    given = [sam.told("incoming_chat")["chat"]["id"] for _ in range(6)]
    assert given == chats[:6]
    assert {chat["id"] for chat in answer["chats_summary"]} == set(chats)
    assert own_chats(sam) == set(chats[:6])
    assert visitors[0].told("user_added_to_chat")["user"]["name"] == "Sam Rivera"
    assert visitors[6].told("queue_position_updated")["queue"]["position"] == 1


def test_closing_a_chat_makes_room_for_the_next(server: RunningServer) -> None:
    sam = server.agent()
    visitors = [server.visitor() for _ in range(7)]
    chats = [visitor.start_chat() for visitor in visitors]
    assert own_chats(sam) == set(chats[:6])

    visitors[0].ask("deactivate_chat", {"id": chats[0]})

    assert own_chats(sam) == set(chats[1:])
    assert visitors[6].told("user_added_to_chat")["reason"] == "assigned"


def test_a_visitor_who_comes_back_gets_the_agent_of_before(server: RunningServer) -> None:
    sam, visitor = server.agent(), server.visitor()
    chat_id = visitor.start_chat()
    visitor.ask("deactivate_chat", {"id": chat_id})
    kim = server.agent(KIM)
    server.visitor().start_chat()
    server.visitor().start_chat()

    visitor.ask("resume_chat", {"chat": {"id": chat_id}})

    assert chat_id in own_chats(sam)
    assert chat_id not in own_chats(kim)


def test_another_agent_gets_him_when_that_one_has_gone(server: RunningServer) -> None:
    sam, visitor = server.agent(), server.visitor()
    chat_id = visitor.start_chat()
    visitor.ask("deactivate_chat", {"id": chat_id})
    sam.ask("logout")
    kim = server.agent(KIM)

    visitor.ask("resume_chat", {"chat": {"id": chat_id}})

    assert chat_id in own_chats(kim)


def test_an_agent_who_loses_the_connection_keeps_his_chats(server: RunningServer) -> None:
    sam, kim, visitor = server.agent(), server.agent(KIM), server.visitor()
    kim.ask("set_routing_status", {"status": "not_accepting_chats"})
    chat_id = visitor.start_chat()
    kim.forget()

    sam.leave()
    kim.push("routing_status_set")

    users = visitor.ask("get_chat", {"chat_id": chat_id})["users"]
    assert [user["present"] for user in users if user["type"] == "agent"] == [True]
    assert chat_id in own_chats(server.agent())


def test_a_second_connection_of_an_agent_keeps_him_here(server: RunningServer) -> None:
    sam, desk, visitor = server.agent(), server.agent(), server.visitor()

    sam.ask("logout")

    assert visitor.start_chat() in own_chats(desk)


def test_visitors_learn_whether_somebody_is_there(server: RunningServer) -> None:
    visitor = server.visitor()
    offline = server.socket().ask("login", {"token": server.token()})["__priv_dynamic_config"]
    sam = server.agent()
    online = server.socket().ask("login", {"token": server.token()})["__priv_dynamic_config"]

    assert "online_groups_ids" not in offline
    assert online == {"online_groups_ids": [0], "customer_groups": {"monitoring": {"id": 0}}, "forms": []}
    assert visitor.told("groups_status_updated") == {"groups": [{"id": 0, "status": "online"}]}

    sam.ask("logout")
    assert visitor.told("groups_status_updated") == {"groups": [{"id": 0, "status": "offline"}]}
    assert visitor.ask("list_group_statuses", {"all": True}) == {"groups_status": {"0": "offline"}}


def test_who_would_get_a_chat(server: RunningServer) -> None:
    visitor = server.visitor()

    assert visitor.refused("get_predicted_agent") == "groups_offline"
    assert visitor.refused("get_predicted_agent", {"group_id": 0}) == "group_offline"
    server.agent()
    predicted = visitor.ask("get_predicted_agent")
    assert (predicted["agent"]["name"], predicted["queue"]) == ("Sam Rivera", False)


def test_agents_learn_who_accepts_chats(server: RunningServer) -> None:
    sam, kim = server.agent(), server.agent(KIM)

    kim.ask("set_routing_status", {"status": "not_accepting_chats"})

    assert sam.told("routing_status_set") == {"agent_id": KIM, "status": "accepting_chats"}
    assert sam.told("routing_status_set") == {"agent_id": KIM, "status": "not_accepting_chats"}
    assert sam.ask("list_routing_statuses") == [
        {"agent_id": "agent@example.com", "status": "accepting_chats"},
        {"agent_id": KIM, "status": "not_accepting_chats"},
    ]
