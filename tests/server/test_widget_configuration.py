"""What a widget asks before anybody has signed in."""

from typing import Any

from server.organization import ORGANIZATION_ID
from tests.server.platform import RunningServer


def ask(server: RunningServer, action: str, api: str = "3.6", **query: Any) -> Any:
    path = f"/v{api}/customer/action/{action}"
    return server.http.get(path, params={"organization_id": ORGANIZATION_ID, **query}).json()


def test_a_widget_asks_for_its_configuration(server: RunningServer) -> None:
    server.agent()
    dynamic = ask(server, "get_dynamic_configuration", group_id=0)["livechat"]
    version = {"group_id": 0, "version": dynamic["config_version"]}

    assert (dynamic["online_group_ids"], dynamic["domain_allowed"]) == ([0], True)
    assert ask(server, "get_dynamic_configuration", "3.5")["config_version"] == dynamic["config_version"]
    assert ask(server, "get_configuration", **version)["properties"] == {"group": {}, "license": {}}
    assert "Chat_now" in ask(server, "get_localization", language="en", **version)
    assert ask(server, "get_configuration", group_id=9, version="x")["error"]["type"] == "group_not_found"


def test_customers_read_the_properties_that_are_theirs(server: RunningServer) -> None:
    properties = {"smart_actions": {"greeting.hide_when_offline": True}, "chats": {"queue.routing_priority": 1}}
    server.configure("update_group_properties", {"group_id": 0, "properties": properties})
    hidden = {"smart_actions": {"greeting.hide_when_offline": True}}

    assert ask(server, "list_group_properties", id=0) == hidden
    assert ask(server, "list_group_properties", group_id=0, namespace="test") == {}
    assert ask(server, "list_group_properties")["error"]["type"] == "validation"


def test_no_mail_is_sent_from_here(server: RunningServer) -> None:
    visitor = server.visitor()

    assert visitor.refused("request_email_verification", {"callback_uri": "https://a.example/"}) == "not_allowed"
    assert visitor.refused("request_email_verification", {"callback_uri": "x"}) == "validation"
