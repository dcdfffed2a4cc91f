"""Properties: who may set and read which, of chats, threads and events, and of the licence and groups."""

from typing import Any

import pytest

from tests.server.platform import Person, RunningServer

VALUE = {"test": {"string_property": "x", "int_property": 7}}
NAMES = {"test": ["string_property"]}


def conversation(server: RunningServer) -> tuple[Person, Person, dict[str, str]]:
    agent, visitor = server.agent(), server.visitor()
    chat_id = visitor.start_chat("Hello")
    thread = visitor.ask("get_chat", {"chat_id": chat_id})["thread"]
    agent.forget()
    return agent, visitor, {"chat_id": chat_id, "thread_id": thread["id"], "event_id": thread["events"][0]["id"]}


def where(location: str, ids: dict[str, str]) -> dict[str, str]:
    if location == "chat":
        return {"id": ids["chat_id"]}
    return ids if location == "event" else {key: ids[key] for key in ("chat_id", "thread_id")}


def kept(visitor: Person, location: str, ids: dict[str, str]) -> Any:
    chat = visitor.ask("get_chat", {"chat_id": ids["chat_id"]})
    found = {"chat": chat, "thread": chat["thread"], "event": chat["thread"]["events"][0]}[location]
    return found.get("properties", {}).get("test")


@pytest.mark.parametrize("location", ["chat", "thread", "event"])
def test_they_are_set_told_and_deleted(server: RunningServer, location: str) -> None:
    agent, visitor, ids = conversation(server)

    visitor.ask(f"update_{location}_properties", {**where(location, ids), "properties": VALUE})
    assert agent.told(f"{location}_properties_updated")["properties"] == VALUE
    assert kept(visitor, location, ids) == VALUE["test"]

    agent.ask(f"delete_{location}_properties", {**where(location, ids), "properties": NAMES})
    assert visitor.told(f"{location}_properties_deleted")["properties"] == NAMES
    assert kept(visitor, location, ids) == {"int_property": 7}


@pytest.mark.parametrize(
    ("properties", "error"),
    [
        ({"test": {"int_property": "seven"}}, "validation"),
        ({"test": {"bool_property": 1}}, "validation"),
        ({"test": {"unheard_of": 1}}, "validation"),
        ({"rating": {"score": 2}}, "validation"),
        ({"test": 3}, "validation"),
        ({"routing": {"unassigned": True}}, "authorization"),
    ],
)
def test_what_may_not_be_set(server: RunningServer, properties: Any, error: str) -> None:
    _, visitor, ids = conversation(server)

    refused = visitor.refused("update_thread_properties", {**where("thread", ids), "properties": properties})

    assert refused == error


def test_agents_do_not_rate_themselves(server: RunningServer) -> None:
    agent, _, ids = conversation(server)
    rating = {**where("thread", ids), "properties": {"rating": {"score": 1}}}

    assert agent.refused("update_thread_properties", rating) == "authorization"


def test_a_rating_is_said_in_the_chat(server: RunningServer) -> None:
    agent, visitor, ids = conversation(server)
    rating = {"rating": {"score": 0, "comment": "Slow"}}

    visitor.ask("update_thread_properties", {**where("thread", ids), "properties": rating})

    assert agent.told("incoming_event")["event"]["system_message_type"] == "rating.chat_rated"
    assert agent.told("incoming_event")["event"]["text_vars"]["comment"] == "Slow"


def test_customers_know_nothing_of_notes(server: RunningServer) -> None:
    agent, visitor, ids = conversation(server)
    note = agent.ask(
        "send_event", {"chat_id": ids["chat_id"], "event": {"type": "message", "text": "!", "visibility": "agents"}}
    )["event_id"]

    asked = {**ids, "event_id": note, "properties": VALUE}

    assert visitor.refused("update_event_properties", asked) == "not_found"


def test_customers_do_not_read_what_is_for_agents(server: RunningServer) -> None:
    agent, visitor, ids = conversation(server)
    agent.ask("update_chat_properties", {"id": ids["chat_id"], "properties": {"routing": {"pinned": True}}})

    assert "routing" not in visitor.ask("get_chat", {"chat_id": ids["chat_id"]})["properties"]
    assert agent.ask("get_chat", {"chat_id": ids["chat_id"]})["properties"]["routing"] == {"pinned": True}


PROPERTY = {
    "name": "cart",
    "owner_client_id": "demo",
    "type": "int",
    "access": {"chat": {"customer": ["read", "write"], "agent": ["read"]}},
    "range": {"from": 1, "to": 5},
}


def test_one_of_our_own(server: RunningServer) -> None:
    agent, visitor, ids = conversation(server)
    server.configure("register_property", PROPERTY)

    def put(number: int) -> dict[str, Any]:
        return {"id": ids["chat_id"], "properties": {"demo": {"cart": number}}}

    visitor.ask("update_chat_properties", put(5))

    assert agent.told("chat_properties_updated")["properties"] == {"demo": {"cart": 5}}
    assert visitor.refused("update_chat_properties", put(6)) == "validation"
    assert agent.refused("update_chat_properties", put(4)) == "authorization"
    assert server.configure("list_properties", {"owner_client_id": "demo"})["cart"]["type"] == "int"


def test_it_is_published_and_then_stays(server: RunningServer) -> None:
    named = {"name": "cart", "owner_client_id": "demo"}
    server.configure("register_property", PROPERTY)
    server.configure("publish_property", {**named, "access_type": ["read"]})

    assert server.configuration("unregister_property", named).json()["error"]["type"] == "not_allowed"


def test_it_is_taken_back(server: RunningServer) -> None:
    server.configure("register_property", PROPERTY)
    server.configure("unregister_property", {"name": "cart", "owner_client_id": "demo"})

    assert "cart" not in server.configure("list_properties", {"owner_client_id": "demo"})


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"access": {}}, "validation"),
        ({"access": {"moon": {"agent": ["read"]}}}, "validation"),
        ({"type": "float"}, "validation"),
        ({"default_value": 3}, "validation"),
        ({"domain": [1], "range": {"from": 1}}, "validation"),
        ({"owner_client_id": "test", "name": "int_property"}, "already_exists"),
    ],
)
def test_definitions_that_make_no_sense(server: RunningServer, change: Any, error: str) -> None:
    assert server.configuration("register_property", {**PROPERTY, **change}).json()["error"]["type"] == error


def test_those_of_the_licence(server: RunningServer) -> None:
    agent = server.agent()
    server.configure("update_license_properties", {"properties": {"test": {"string_property": "x"}}})

    assert agent.told("license_properties_updated")["properties"] == {"test": {"string_property": "x"}}
    assert server.configure("list_license_properties", {"namespace": "test"}) == {"test": {"string_property": "x"}}

    server.configure("delete_license_properties", {"properties": {"test": ["string_property"]}})
    assert server.configure("list_license_properties", {}) == {}


def test_those_of_a_group(server: RunningServer) -> None:
    agent = server.agent()
    server.configure("update_group_properties", {"group_id": 0, "properties": {"test": {"int_property": 1}}})

    assert agent.told("group_properties_updated") == {"group_id": 0, "properties": {"test": {"int_property": 1}}}
    found = server.configure("list_groups_properties", {"group_ids": []})
    assert found == [{"id": 0, "properties": {"test": {"int_property": 1}}}]
    assert server.configure("list_group_properties", {"id": 0}) == {"test": {"int_property": 1}}

    server.configure("delete_group_properties", {"id": 0, "properties": {"test": ["int_property"]}})
    assert server.configure("list_group_properties", {"id": 0, "name_prefix": "int"}) == {}


def test_a_default_value_is_told_where_nothing_is_set(server: RunningServer) -> None:
    access = {"license": {"agent": ["read"], "customer": ["read"]}}
    server.configure(
        "register_property",
        {"name": "colour", "owner_client_id": "demo", "type": "string", "access": access, "default_value": "teal"},
    )

    assert server.configure("list_license_properties", {}) == {"demo": {"colour": "teal"}}
