"""The archives: threads found by what was said in them, and by much else, page by page."""

from typing import Any

import pytest

from tests.server.platform import Person, RunningServer

KIM = "kim@example.com"


def told(agent: Person, filters: dict[str, Any] | None = None, **more: Any) -> list[str]:
    """The first message of each thread that is found."""
    found = agent.ask("list_archives", {**({"filters": filters} if filters else {}), **more})["chats"]
    return [chat["thread"]["events"][0]["text"] for chat in found]


@pytest.fixture
def sam(server: RunningServer) -> Person:
    """An agent, after two customers have been there: Ada twice, Ben once."""
    agent = server.agent()
    ada, ben = server.visitor(customer={"name": "Ada", "email": "ada@example.com"}), server.visitor()
    chat_id = ada.start_chat("Blue pots")
    ada.ask("deactivate_chat", {"id": chat_id})
    ada.ask("resume_chat", {"chat": {"id": chat_id, "thread": {"events": [{"type": "message", "text": "Red pots"}]}}})
    ben.start_chat("A kettle")
    return agent


def test_the_newest_thread_comes_first(sam: Person) -> None:
    assert told(sam) == ["A kettle", "Red pots", "Blue pots"]
    assert told(sam, sort_order="asc") == ["Blue pots", "Red pots", "A kettle"]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"query": "pots"}, ["Red pots", "Blue pots"]),
        ({"query": "100%"}, []),
        ({"query": "ada"}, ["Red pots", "Blue pots"]),
        ({"customer_email": "ADA@example.com"}, ["Red pots", "Blue pots"]),
        ({"agents": {"values": ["agent@example.com"]}}, ["A kettle", "Red pots", "Blue pots"]),
        ({"agents": {"exclude_values": ["agent@example.com"]}}, []),
        ({"agents": {"exists": False}}, []),
        ({"event_types": {"values": ["system_message"]}}, ["Blue pots"]),
        ({"event_types": {"values": ["message", "system_message"], "require_every_value": True}}, ["Blue pots"]),
        ({"event_types": {"exclude_values": ["system_message"]}}, ["A kettle", "Red pots"]),
        ({"agent_response": {"exists": True}}, []),
        ({"agent_types": {"any_values": ["human"]}}, ["A kettle", "Red pots", "Blue pots"]),
        ({"agent_types": {"exclude_values": ["human"]}}, []),
        ({"tags": {"exists": True}}, []),
        ({"greetings": {"exists": True}}, []),
        ({"forms": {"exists": True}}, []),
        ({"sales": {"exists": True}}, []),
        ({"customer_countries": {"values": ["PL"]}}, []),
        ({"group_ids": [0]}, ["A kettle", "Red pots", "Blue pots"]),
        ({"group_ids": [7]}, []),
        ({"to": "2020-01-01T00:00:00.000000Z"}, []),
        ({"from": "2020-01-01T00:00:00.000000Z"}, ["A kettle", "Red pots", "Blue pots"]),
        ({"properties": {"routing": {"continuous": {"values": [False]}}}}, ["A kettle", "Red pots", "Blue pots"]),
        ({"properties": {"rating": {"score": {"exists": True}}}}, []),
    ],
)
def test_filters(sam: Person, filters: dict[str, Any], found: list[str]) -> None:
    assert told(sam, filters) == found


def test_pages_go_forth_and_back_and_keep_their_filters(sam: Person) -> None:
    first = sam.ask("list_archives", {"filters": {"query": "pots"}, "limit": 1})
    second = sam.ask("list_archives", {"page_id": first["next_page_id"]})
    back = sam.ask("list_archives", {"page_id": second["previous_page_id"]})

    texts = [page["chats"][0]["thread"]["events"][0]["text"] for page in (first, second, back)]
    assert texts == ["Red pots", "Blue pots", "Red pots"]
    assert (first["found_chats"], "next_page_id" in second) == (2, False)


def test_tagged_threads_are_found(sam: Person, server: RunningServer) -> None:
    server.configure("create_tag", {"name": "pots", "group_ids": [0]})
    chat = sam.ask("list_archives", {"filters": {"query": "Blue"}})["chats"][0]
    sam.ask("tag_thread", {"chat_id": chat["id"], "thread_id": chat["thread"]["id"], "tag": "pots"})

    assert told(sam, {"tags": {"values": ["pots"]}}) == ["Blue pots"]
    assert told(sam, {"thread_ids": [chat["thread"]["id"]]}) == ["Blue pots"]
    assert len(told(sam, {"chat_ids": [chat["id"]], "customer_id": chat["users"][0]["id"]})) == 2


def test_what_was_found_is_marked(sam: Person) -> None:
    assert told(sam, {"query": "KETTLE"}, highlights={}) == ["A <em>kettle</em>"]
    assert told(sam, {"query": "kettle"}, highlights={"pre_tag": "<b>", "post_tag": "</b>"}) == ["A <b>kettle</b>"]


def test_agents_of_other_groups_find_nothing(sam: Person, server: RunningServer) -> None:
    kim = server.agent(KIM)
    server.leave_groups(KIM)

    assert told(kim) == []


@pytest.mark.parametrize(
    "request_",
    [
        {"limit": 101},
        {"page_id": "nonsense"},
        {"filters": {"agents": {"exists": True, "values": []}}},
        {"filters": {"thread_ids": ["A"], "query": "b"}},
        {"filters": {"agent_types": {"all_values": ["cat"]}}},
        {"filters": {"properties": {"a": 1}}},
        {"filters": {"from": "yesterday"}},
    ],
)
def test_what_cannot_be_asked(sam: Person, request_: dict[str, Any]) -> None:
    assert sam.refused("list_archives", request_) == "validation"


def test_a_transcript(sam: Person) -> None:
    chat = sam.ask("list_archives", {"filters": {"query": "Blue"}})["chats"][0]
    thread = {"chat_id": chat["id"], "thread_id": chat["thread"]["id"]}

    assert "Ada: Blue pots" in sam.ask("get_thread_transcript", thread)["transcript"]
    assert sam.refused("request_thread_summary", thread) == "not_allowed"


def test_threads_of_a_period(sam: Person) -> None:
    chat_id = sam.ask("list_archives", {"filters": {"query": "Blue"}})["chats"][0]["id"]
    old = {"chat_id": chat_id, "filters": {"to": "2020-01-01T00:00:00.000000Z"}}
    new = {"chat_id": chat_id, "filters": {"from": "2020-01-01T00:00:00.000000Z"}, "limit": 1}

    assert sam.ask("list_threads", old)["found_threads"] == 0
    page = sam.ask("list_threads", new)
    assert (page["found_threads"], len(page["threads"])) == (2, 1)
    assert sam.refused("list_threads", {**old, "min_events_count": 5}) == "validation"
