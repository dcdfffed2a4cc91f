"""Canned responses: what agents keep ready to be sent (Configuration API 3.7)."""

from typing import Any

import pytest

from tests.server.platform import RunningServer

SAM, KIM = "agent@example.com", "kim@example.com"


def ask(server: RunningServer, action: str, payload: dict[str, Any], account: str = SAM) -> Any:
    """Ask, and return the answer. Raises AssertionError when it is refused."""
    answer = server.configuration(action, payload, account, version="3.7")
    assert answer.status_code == 200, answer.text
    return answer.json() if answer.content else {}


def refused(server: RunningServer, action: str, payload: dict[str, Any], account: str = SAM) -> str:
    """Ask, and return why not."""
    return str(server.configuration(action, payload, account, version="3.7").json()["error"]["type"])


def create(server: RunningServer, text: str, account: str = SAM, **more: Any) -> Any:
    return ask(server, "create_canned_response", {"text": text, "tags": ["hi"], "group_id": 0, **more}, account)


def texts(server: RunningServer, account: str = SAM, **asked: Any) -> list[str]:
    listed = ask(server, "list_canned_responses", asked, account)["canned_responses"]
    return [each["text"] for each in listed]


def test_one_is_kept_changed_and_deleted(server: RunningServer) -> None:
    made = create(server, "Hello!")
    changed = ask(server, "update_canned_response", {"id": made["id"], "text": "Good day!"})
    kept = texts(server)
    ask(server, "delete_canned_response", {"id": made["id"]})

    assert (made["author_id"], made["tags"], made["is_private"]) == (SAM, ["hi"], False)
    assert (changed["text"], changed["tags"]) == ("Good day!", ["hi"])
    assert (kept, texts(server)) == (["Good day!"], [])


def test_a_private_one_is_its_authors_alone(server: RunningServer) -> None:
    server.agent(KIM)
    made = create(server, "Mine", is_private=True)

    assert (texts(server), texts(server, include_private=True)) == ([], ["Mine"])
    assert texts(server, KIM, include_private=True) == []
    assert refused(server, "delete_canned_response", {"id": made["id"]}, KIM) == "not_found"


def test_they_come_page_by_page(server: RunningServer) -> None:
    for number in range(3):
        create(server, f"Answer {number}")

    first = ask(server, "list_canned_responses", {"limit": 2})
    rest = ask(server, "list_canned_responses", {"page_id": first["next_page_id"]})

    said = [each["text"] for each in first["canned_responses"] + rest["canned_responses"]]
    assert said == ["Answer 0", "Answer 1", "Answer 2"]
    assert (first["found_canned_responses"], "next_page_id" in rest) == (3, False)


def test_they_are_for_agents_of_the_group(server: RunningServer) -> None:
    group = server.configure("create_group", {"name": "Sales", "agent_priorities": {SAM: "normal"}})["id"]
    server.agent(KIM)
    made = create(server, "For sales", group_id=group)

    assert refused(server, "list_canned_responses", {"group_ids": [group]}, KIM) == "missing_access"
    assert refused(server, "update_canned_response", {"id": made["id"], "text": "x"}, KIM) == "missing_access"
    server.configure("delete_group", {"id": group})
    assert refused(server, "delete_canned_response", {"id": made["id"]}) == "not_found"


@pytest.mark.parametrize(
    ("action", "payload", "why"),
    [
        ("create_canned_response", {"text": "", "tags": [], "group_id": 0}, "validation"),
        ("create_canned_response", {"text": "x" * 2001, "tags": [], "group_id": 0}, "validation"),
        ("create_canned_response", {"text": "x", "tags": ["t"] * 21, "group_id": 0}, "validation"),
        ("create_canned_response", {"text": "x", "tags": [], "group_id": 99}, "group_not_found"),
        ("update_canned_response", {"id": 2**70, "text": "x"}, "not_found"),
        ("list_canned_responses", {"page_id": "x", "limit": 3}, "validation"),
    ],
)
def test_what_makes_no_sense_is_refused(server: RunningServer, action: str, payload: Any, why: str) -> None:
    assert refused(server, action, payload) == why


def test_earlier_versions_have_none(server: RunningServer) -> None:
    assert server.configuration("list_canned_responses", version="3.6").json()["error"]["type"] == "validation"
