"""The same actions over HTTP."""

from typing import Any

import httpx
import pytest

from server.organization import ORGANIZATION_ID
from tests.server.platform import Person, RunningServer, text


def post(server: RunningServer, action: str, payload: Any, token: str, version: str = "3.6") -> httpx.Response:
    return server.http.post(
        f"/v{version}/customer/action/{action}?organization_id={ORGANIZATION_ID}",
        json=payload,
        headers={"Authorization": token},
    )


def test_what_is_said_over_http_is_heard_over_sockets(server: RunningServer) -> None:
    token = server.token()
    agent, visitor = server.agent(), server.visitor(token)
    chat_id = visitor.start_chat()
    agent.forget()

    answer = post(server, "send_event", {"chat_id": chat_id, "event": text("Hello")}, token)

    assert answer.status_code == 200
    assert agent.told("incoming_event")["event"]["id"] == answer.json()["event_id"]
    assert "request_id" not in visitor.push("incoming_event")


def test_agents_use_it_too(server: RunningServer) -> None:
    chat_id = server.visitor().start_chat("Hello")

    answer = server.http.post(
        "/v3.6/agent/action/get_chat",
        json={"chat_id": chat_id},
        headers={"Authorization": server.agent_token()},
    )

    assert answer.json()["thread"]["events"][0]["visibility"] == "all"


@pytest.mark.parametrize(
    ("action", "payload", "status", "error"),
    [
        ("get_chat", {"chat_id": "X"}, 404, "not_found"),
        ("get_chat", {}, 400, "validation"),
        ("get_chat", [1], 400, "validation"),
        ("make_coffee", {}, 400, "validation"),
        ("login", {}, 400, "validation"),
        ("update_customer_page", {"url": "/"}, 400, "validation"),
        ("get_customer", {"a": "a" * 2_000_000}, 413, "entity_too_large"),
    ],
)
def test_refusals_have_a_status_and_the_platforms_word(
    server: RunningServer, action: str, payload: Any, status: int, error: str
) -> None:
    answer = post(server, action, payload, server.token())

    assert (answer.status_code, answer.json()["error"]["type"]) == (status, error)


def test_without_a_token_nothing_is_done(server: RunningServer) -> None:
    answer = post(server, "get_customer", {}, "")

    assert (answer.status_code, answer.json()["error"]["type"]) == (401, "authentication")


def test_what_the_server_does_wrong_is_its_own_fault(server: RunningServer, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ValueError

    monkeypatch.setattr("server.customer_chat.chats_page", fail)

    answer = post(server, "list_chats", {}, server.token())

    assert (answer.status_code, answer.json()["error"]["type"]) == (500, "internal")


@pytest.mark.parametrize(
    ("path", "error"),
    [
        ("/v3.6/customer/action/get_customer", "license_not_found"),
        (f"/v3.1/customer/action/get_customer?organization_id={ORGANIZATION_ID}", "unsupported_version"),
        ("/v3.6/reports/action/list_agents", "not_found"),
    ],
)
def test_an_address_that_is_not_served(server: RunningServer, path: str, error: str) -> None:
    assert server.http.post(path).json()["error"]["type"] == error


def test_pages_of_any_site_may_ask(server: RunningServer) -> None:
    asked = {
        "Origin": "https://shop.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type",
    }

    answer = server.http.options("/v3.6/customer/action/send_event", headers=asked)

    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(("version", "name"), [("3.5", "last_visit"), ("3.6", "visit")])
def test_a_visit_is_called_as_the_version_calls_it(server: RunningServer, version: str, name: str) -> None:
    agent, visitor = server.agent(version=version), server.visitor()
    visitor.start_chat()

    pushed = agent.told("incoming_chat")["chat"]["users"][0]
    asked = agent.ask("get_customer", {"id": visitor.id})

    assert pushed[name]["ip"] == asked[name]["ip"] == "127.0.0.1"


def test_over_http_a_visit_is_called_so_too(server: RunningServer) -> None:
    visitor: Person = server.visitor()

    answer = server.http.post(
        "/v3.4/agent/action/get_customer",
        json={"id": visitor.id},
        headers={"Authorization": server.agent_token()},
    )

    assert answer.json()["last_visit"]["ip"] == "127.0.0.1"
