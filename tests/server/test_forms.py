"""Forms: administrators write them, visitors fill them in, agents read what was answered."""

from typing import Any

import pytest

from tests.server.platform import RunningServer
from tests.server.test_configuration import refused

NAME = {"type": "name", "id": "0", "label": "Your name", "required": True}
CHOICE = {"type": "radio", "id": "1", "label": "About", "options": [{"id": "0", "label": "Cups"}]}


def write(server: RunningServer, type: str = "prechat", **changed: Any) -> None:
    server.configure("update_form", {"group_id": 0, "type": type, "fields": [NAME, CHOICE], **changed})


def offered(server: RunningServer) -> Any:
    login = server.socket().ask("login", {"token": server.token()})
    return login["__priv_dynamic_config"]["forms"]


def test_agents_read_every_form_shown_or_not(server: RunningServer) -> None:
    assert server.configure("list_forms", {}) == []
    write(server)
    write(server, "ticket", enabled=False)

    forms = server.configure("list_forms", {})

    assert [(form["type"], form["enabled"], form["fields"]) for form in forms] == [
        ("prechat", True, [NAME, CHOICE]),
        ("ticket", False, [NAME, CHOICE]),
    ]


def test_a_login_tells_which_forms_are_shown_so_that_nobody_asks_for_others(server: RunningServer) -> None:
    assert offered(server) == []
    write(server)
    write(server, "ticket", enabled=False)

    assert offered(server) == ["prechat"]


@pytest.mark.parametrize(
    "fields",
    [
        [],
        [{**NAME, "label": " "}],
        [{**NAME, "label": "?" * 1001}],
        [NAME, NAME],
        [{**CHOICE, "options": []}],
        [{**CHOICE, "options": [{"id": "0", "label": ""}]}],
        [{**CHOICE, "options": [{"id": "0", "label": "Cups"}, {"id": "0", "label": "Pots"}]}],
        [{**CHOICE, "type": "group_chooser", "options": [{"id": "0", "label": "Sales", "group_id": 99}]}],
        [{**NAME, "type": "seance"}],
    ],
)
def test_a_form_that_nobody_could_fill_in_is_refused(server: RunningServer, fields: list[Any]) -> None:
    assert refused(server, "update_form", {"group_id": 0, "type": "prechat", "fields": fields}) == "validation"
    assert server.configure("list_forms", {}) == []


def test_a_filled_form_starts_a_chat_and_comes_to_the_agent(server: RunningServer) -> None:
    agent = server.agent()
    form = {"type": "filled_form", "form_id": "f", "form_type": "prechat", "fields": [{**NAME, "answer": "Mary"}]}
    del form["fields"][0]["required"]  # type: ignore[attr-defined]

    server.visitor().ask("start_chat", {"chat": {"thread": {"events": [form]}}})

    [event] = agent.told("incoming_chat")["chat"]["thread"]["events"]
    assert (event["type"], event["form_type"]) == ("filled_form", "prechat")
    assert event["fields"] == [{"type": "name", "id": "0", "label": "Your name", "answer": "Mary"}]


def test_who_comes_back_chooses_a_group_anew(server: RunningServer) -> None:
    agent = server.agent()
    group_id = server.configure("create_group", {"name": "Support", "agent_priorities": {}})["id"]
    visitor = server.visitor()
    chat_id = visitor.ask("start_chat", {})["chat_id"]
    visitor.ask("deactivate_chat", {"id": chat_id})

    visitor.ask("resume_chat", {"chat": {"id": chat_id, "access": {"group_ids": [group_id]}}})

    assert agent.told("chat_access_updated")["access"] == {"group_ids": [group_id]}
    assert visitor.refused("resume_chat", {"chat": {"id": chat_id, "access": {"group_ids": [99]}}}) == (
        "chat_already_active"
    )
