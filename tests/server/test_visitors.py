"""Customers as agents see them, what agents do with chats of their own, and signals that are not kept."""

from typing import Any

import httpx
import pytest

from tests.server.platform import Person, RunningServer, text

KIM = "kim@example.com"


# Who is here


def test_who_watches_the_site_hears_of_everybody(server: RunningServer) -> None:
    early = server.visitor()
    sam = server.socket("/v3.6/agent/rtm/ws")
    sam.ask("login", {"token": server.agent_token(), "customer_monitoring_level": "online"})

    assert [each["id"] for each in sam.told("incoming_customers")["customers"]] == [early.id]
    late = server.visitor()
    assert sam.told("incoming_customer")["id"] == late.id
    late.ask("update_customer_page", {"url": "https://shop.example/cup"})
    assert sam.told("customer_page_updated")["url"] == "https://shop.example/cup"
    late.leave()
    assert sam.told("customer_left")["id"] == late.id


def test_others_hear_of_nobody(server: RunningServer) -> None:
    sam = server.agent()
    server.visitor()

    assert sam.hears_nothing()


def test_a_subscription(server: RunningServer) -> None:
    early, sam = server.visitor(), server.agent()
    answer = sam.ask("subscribe_customers", {"group_ids": [0], "limit": 10})
    late = server.visitor()

    assert [each["id"] for each in answer["customers"]] == [early.id]
    assert sam.told("incoming_customer")["id"] == late.id
    sam.ask("unsubscribe_customers", {"subscription_id": answer["subscription_id"]})
    server.visitor()
    assert sam.hears_nothing()
    assert sam.refused("unsubscribe_customers", {"subscription_id": answer["subscription_id"]}) == "not_found"
    assert sam.refused("subscribe_customers", {"group_ids": [9]}) == "group_not_found"


def test_a_customer_is_followed(server: RunningServer) -> None:
    sam, visitor = server.agent(version="3.5"), server.visitor()
    sam.ask("follow_customer", {"id": visitor.id})
    assert sam.told("incoming_customer")["followed"] is True

    visitor.ask("update_customer", {"name": "Ada"})
    assert sam.told("customer_updated")["name"] == "Ada"
    sam.ask("unfollow_customer", {"id": visitor.id})
    assert sam.told("customer_unfollowed") == {"id": visitor.id}
    assert sam.refused("unfollow_customer", {"id": visitor.id}) == "not_found"


def test_agents_say_what_they_know_of_a_customer(server: RunningServer) -> None:
    sam, visitor = server.agent(), server.visitor()
    sam.ask("update_customer", {"id": visitor.id, "name": "Ada", "phone_number": "+44", "address": {"city": "Leeds"}})

    assert visitor.told("customer_updated")["name"] == "Ada"
    customer = sam.ask("get_customer", {"id": visitor.id})
    assert (customer["phone_number"], customer["address"], customer["state"]) == ("+44", {"city": "Leeds"}, "browsing")
    assert sam.refused("update_customer", {"id": visitor.id}) == "validation"


def test_up_to_api_35_customers_are_created_and_listed(server: RunningServer) -> None:
    sam = server.agent(version="3.5")
    ids = [sam.ask("create_customer", {"name": name})["customer_id"] for name in ("Ada", "Ben", "Cai")]
    everybody = {"include_customers_without_chats": True}

    first = sam.ask("list_customers", {"filters": everybody, "limit": 2})
    rest = sam.ask("list_customers", {"page_id": first["next_page_id"]})
    named = sam.ask("list_customers", {"filters": {**everybody, "name": {"values": ["Ben"]}}})

    assert [each["id"] for each in first["customers"] + rest["customers"]] == ids
    assert (first["total_customers"], [each["name"] for each in named["customers"]]) == (3, ["Ben"])


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({"visits_count": {"gte": 1}}, 1),
        ({"threads_count": {"eq": 1}}, 1),
        ({"chats_count": {"eq": 0}}, 1),
        ({"created_at": {"lt": "2020-01-01T00:00:00.000000Z"}}, 0),
        ({"customer_last_event_created_at": {"gt": "2020-01-01T00:00:00.000000Z"}}, 1),
        ({"chat_group_ids": {"values": [0]}}, 1),
        ({"email": {"exists": True}}, 0),
        ({"country": {"values": ["PL"]}}, 0),
    ],
)
def test_customers_are_found_by_what_is_known(server: RunningServer, filters: dict[str, Any], count: int) -> None:
    sam = server.agent(version="3.5")
    server.visitor().start_chat("Hello")
    sam.ask("create_customer", {"name": "Ada"})

    for order in ("created_at", "threads_count", "visits_count", "agent_last_event", "customer_last_event"):
        assert sam.ask("list_customers", {"filters": filters, "sort_by": order})["total_customers"] == count


@pytest.mark.parametrize(
    "filters", [{"shoes": {"eq": 1}}, {"visits_count": {"near": 1}}, {"visits_count": {"eq": "x"}}]
)
def test_filters_that_make_no_sense(server: RunningServer, filters: dict[str, Any]) -> None:
    assert server.agent(version="3.5").refused("list_customers", {"filters": filters}) == "validation"


# Chats that agents begin


def test_an_agent_begins_a_chat(server: RunningServer) -> None:
    sam, visitor = server.agent(), server.visitor()
    users = [{"id": visitor.id, "type": "customer"}]
    answer = sam.ask("start_chat", {"chat": {"users": users, "thread": {"events": [text("May I help?")]}}})

    told = visitor.told("incoming_chat")["chat"]
    assert (told["id"], told["thread"]["events"][0]["text"]) == (answer["chat_id"], "May I help?")
    assert sam.refused("start_chat", {"chat": {"users": users}}) == "chat_limit_reached"


def test_colleagues_are_there_from_the_start(server: RunningServer) -> None:
    sam, kim = server.agent(), server.agent(KIM)
    sam.ask("start_chat", {"chat": {"users": [{"id": KIM, "type": "agent"}]}})

    assert {user["id"] for user in kim.told("incoming_chat")["chat"]["users"]} >= {sam.id, KIM}


@pytest.mark.parametrize(
    ("chat", "error"),
    [
        ({"users": [{"id": "nobody", "type": "customer"}]}, "not_found"),
        ({"users": [{"id": "nobody", "type": "agent"}]}, "not_found"),
        ({"users": [{"id": "a", "type": "customer"}, {"id": "b", "type": "customer"}]}, "validation"),
        ({"access": {"group_ids": [9]}}, "group_not_found"),
    ],
)
def test_chats_that_cannot_begin(server: RunningServer, chat: dict[str, Any], error: str) -> None:
    assert server.agent().refused("start_chat", {"chat": chat}) == error


def test_nobody_begins_chats_in_groups_of_others(server: RunningServer) -> None:
    group = server.configure("create_group", {"name": "Pots", "agent_priorities": {}})["id"]

    assert server.agent().refused("start_chat", {"chat": {"access": {"group_ids": [group]}}}) == "missing_access"


def test_a_transfer_to_a_group_changes_who_may_read(server: RunningServer) -> None:
    sam, kim = server.agent(), server.agent(KIM)
    group = server.configure("create_group", {"name": "Pots", "agent_priorities": {KIM: "normal"}})["id"]
    chat_id = server.visitor().start_chat("Hello")
    sam.ask("transfer_chat", {"id": chat_id, "target": {"type": "group", "ids": [group]}})

    assert sam.told("chat_access_updated") == {"id": chat_id, "access": {"group_ids": [group]}}
    assert kim.told("chat_transferred")["transferred_to"] == {"agent_ids": [KIM], "group_ids": [group]}
    assert sam.refused("get_chat", {"chat_id": chat_id}) == "missing_access"


def test_a_transfer_may_wait_in_the_queue(server: RunningServer) -> None:
    sam, visitor = server.agent(), server.visitor()
    group = server.configure("create_group", {"name": "Pots", "agent_priorities": {}})["id"]
    chat_id = visitor.start_chat("Hello")
    target = {"id": chat_id, "target": {"type": "group", "ids": [group]}}

    assert sam.refused("transfer_chat", target) == "group_unavailable"
    sam.ask("transfer_chat", {**target, "ignore_agents_availability": True})
    assert visitor.told("chat_transferred")["queue"]["position"] == 1


# Signals


def conversation(server: RunningServer) -> tuple[Person, Person, str]:
    sam, visitor = server.agent(), server.visitor()
    chat_id = visitor.start_chat("Hello")
    sam.forget()
    return sam, visitor, chat_id


def test_a_thinking_agent_and_the_beginning_of_an_answer(server: RunningServer) -> None:
    sam, visitor, chat_id = conversation(server)
    sam.ask("send_thinking_indicator", {"chat_id": chat_id, "title": "Thinking"})
    sam.ask("send_event_preview", {"chat_id": chat_id, "event": text("The price", custom_id="1")})

    assert visitor.told("incoming_thinking_indicator")["title"] == "Thinking"
    assert visitor.told("incoming_event_preview")["event"]["custom_id"] == "1"
    note = {"chat_id": chat_id, "event": text("The price", visibility="agents")}
    assert sam.refused("send_event_preview", note) == "validation"


def test_a_multicast(server: RunningServer) -> None:
    sam, kim, visitor = server.agent(), server.agent(KIM), server.visitor()
    sam.ask("multicast", {"recipients": {"agents": {"all": True}}, "content": {"lunch": 1}, "type": "food"})

    assert kim.told("incoming_multicast") == {"author_id": sam.id, "content": {"lunch": 1}, "type": "food"}
    sam.ask("multicast", {"recipients": {"agents": {"groups": [0]}}, "content": "x"})
    assert kim.told("incoming_multicast")["content"] == "x"
    assert visitor.hears_nothing()
    assert sam.refused("multicast", {"recipients": {}, "content": 1}) == "validation"


def test_a_button_of_a_message_without_buttons(server: RunningServer) -> None:
    sam, visitor, chat_id = conversation(server)
    thread = visitor.ask("get_chat", {"chat_id": chat_id})["thread"]
    pressed = {"chat_id": chat_id, "thread_id": thread["id"], "event_id": thread["events"][0]["id"]}
    postback = {"id": "yes", "toggled": True}

    assert visitor.refused("send_rich_message_postback", {**pressed, "postback": postback}) == "validation"
    assert sam.refused("send_rich_message_postback", {**pressed, "event_id": "X", "postback": postback}) == "not_found"


def test_who_is_away_gets_no_chats(server: RunningServer) -> None:
    sam = server.agent()
    sam.ask("set_away_status", {"away": True})

    assert sam.told("routing_status_set")["status"] == "not_accepting_chats"


def test_a_session_goes_on_under_another_token(server: RunningServer) -> None:
    sam = server.agent()
    sam.ask("update_session", {"token": server.agent_token()})

    assert sam.refused("update_session", {"token": server.agent_token(KIM)}) == "authentication"


def test_logging_out_over_http_closes_the_sockets(server: RunningServer) -> None:
    sam = server.agent()

    def log_out() -> httpx.Response:
        header = {"Authorization": server.agent_token()}
        return server.http.post("/v3.6/agent/action/logout", json={}, headers=header)

    assert log_out().status_code == 200
    sam.closed()
    server.settle()
    assert log_out().json()["error"]["type"] == "requester_already_offline"
