"""Webhooks: who is told of what."""

from typing import Any

import pytest

from tests.server.elsewhere import Elsewhere
from tests.server.platform import PATIENCE, RunningServer


def hook(server: RunningServer, elsewhere: Elsewhere, action: str, **more: Any) -> str:
    url = f"http://127.0.0.1:{elsewhere.server_port}/"
    given = {"action": action, "url": url, "secret_key": "s", "owner_client_id": "demo", "type": "license"}
    return str(server.configure("register_webhook", {**given, **more})["id"])


def test_a_webhook_is_told(server: RunningServer, elsewhere: Elsewhere) -> None:
    webhook_id = hook(server, elsewhere, "incoming_event", additional_data=["chat_presence_user_ids"])
    sam, visitor = server.agent(), server.visitor()
    chat_id = visitor.start_chat()
    sam.say(chat_id, "Hello")

    told = elsewhere.posted.get(timeout=PATIENCE)
    assert (told["webhook_id"], told["secret_key"], told["action"]) == (webhook_id, "s", "incoming_event")
    assert told["payload"]["event"]["text"] == "Hello"
    assert set(told["additional_data"]["chat_presence_user_ids"]) == {sam.id, visitor.id}


def test_a_webhook_has_filters(server: RunningServer, elsewhere: Elsewhere) -> None:
    hook(server, elsewhere, "incoming_event", filters={"author_type": "customer"})
    sam, visitor = server.agent(), server.visitor()
    chat_id = visitor.start_chat()
    sam.say(chat_id, "From an agent")
    visitor.say(chat_id, "From a customer")

    assert elsewhere.posted.get(timeout=PATIENCE)["payload"]["event"]["text"] == "From a customer"


def test_webhooks_are_listed_silenced_and_taken_back(server: RunningServer, elsewhere: Elsewhere) -> None:
    webhook_id = hook(server, elsewhere, "chat_deactivated")
    server.configure("disable_license_webhooks", {"owner_client_id": "demo"})
    state = server.configure("get_license_webhooks_state", {})
    server.configure("enable_license_webhooks", {})

    assert state == {"license_webhooks_enabled": False}
    listed = server.configure("list_webhooks", {"owner_client_id": "demo"})
    assert [each["id"] for each in listed] == [webhook_id]
    assert "secret_key" not in listed[0]
    assert "incoming_chat" in [each["action"] for each in server.configure("list_webhook_names")]
    server.configure("unregister_webhook", {"id": webhook_id, "owner_client_id": "demo"})
    assert server.configuration("unregister_webhook", {"id": webhook_id}).json()["error"]["type"] == "not_found"


@pytest.mark.parametrize(
    ("change", "error"),
    [({"action": "coffee"}, "validation"), ({"url": "file:///x"}, "validation"), ({"filters": {"x": 1}}, "validation")],
)
def test_webhooks_that_cannot_be(server: RunningServer, change: dict[str, Any], error: str) -> None:
    given = {"action": "incoming_chat", "url": "http://a.example/", "secret_key": "s", "owner_client_id": "demo"}
    asked = {**given, "type": "license", **change}

    assert server.configuration("register_webhook", asked).json()["error"]["type"] == error


def test_three_webhooks_for_an_action(server: RunningServer, elsewhere: Elsewhere) -> None:
    for _ in range(3):
        hook(server, elsewhere, "incoming_chat")
    given = {"action": "incoming_chat", "url": "http://a.example/", "secret_key": "s", "owner_client_id": "demo"}

    assert server.configuration("register_webhook", {**given, "type": "bot"}).json()["error"]["type"] == "limit_reached"
