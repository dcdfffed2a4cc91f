"""What differs from version to version, and what is answered without effect."""

import pytest

from tests.server.platform import RunningServer, text


def test_33_names_things_otherwise(server: RunningServer) -> None:
    sam = server.agent(version="3.3")
    visitor = server.visitor()
    chat_id = visitor.start_chat("Hello")
    assert sam.told("incoming_chat")["chat"]["thread"]["events"][0]["recipients"] == "all"

    sam.ask("send_event", {"chat_id": chat_id, "event": text("Psst", recipients="agents")})

    assert sam.told("incoming_event")["event"]["recipients"] == "agents"
    assert visitor.hears_nothing()
    assert server.http.get("/v3.3/customer/action/list_license_properties?license_id=1000001").json() == {}


@pytest.mark.parametrize(
    ("version", "action", "error"),
    [("3.5", "send_event_preview", "validation"), ("3.6", "list_customers", "validation"), ("3.6", "x", "validation")],
)
def test_each_version_has_its_actions(server: RunningServer, version: str, action: str, error: str) -> None:
    assert server.agent(version=version).refused(action) == error


def test_a_request_may_be_of_a_newer_version(server: RunningServer) -> None:
    sam, visitor = server.agent(version="3.5"), server.visitor()
    frame = {"request_id": "1", "action": "get_customer", "payload": {"id": visitor.id}}

    sam.send({**frame, "version": "3.6"})
    assert "visit" in sam.frame()["payload"]
    sam.send({**frame, "version": "3.4"})
    assert sam.frame()["payload"]["error"]["type"] == "unsupported_version"


def test_older_connections_hear_of_older_things(server: RunningServer) -> None:
    old, new = server.visitor(version="3.4"), server.visitor(version="3.5", pushes={"3.5": [], "3.6": ["all"]})
    server.agent()

    assert old.heard() == []
    assert new.push("groups_status_updated")["version"] == "3.6"


def test_what_changes_nothing_here_is_answered_all_the_same(server: RunningServer) -> None:
    visitor = server.visitor()
    assert visitor.ask("activate_customer_page") == visitor.ask("deactivate_customer_page") == {}
    assert server.agent(version="3.4").ask("change_push_notifications", {"mobile_key": "x"}) == {}
    assert server.agent(version="3.5").ask("get_license_info")["license_id"] == 1000001
