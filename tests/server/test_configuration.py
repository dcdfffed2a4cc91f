"""The Configuration API: agents, bots, groups, tags, bans, greetings: who may change them, and who is told."""

from typing import Any

import pytest
from sqlalchemy import update

from server import tables
from tests.server.platform import RunningServer

KIM = "kim@example.com"
AGENT = {"id": KIM, "name": "Kim", "groups": [{"id": 0, "priority": "first"}], "login_status": "accepting chats"}


def refused(server: RunningServer, action: str, payload: Any, account: str = "agent@example.com") -> str:
    return str(server.configuration(action, payload, account).json()["error"]["type"])


# Agents


def test_an_agent_is_created_changed_and_deleted(server: RunningServer) -> None:
    sam = server.agent()

    assert server.configure("create_agent", {**AGENT, "max_chats_count": 2}) == {"id": KIM}
    assert sam.told("agent_created")["name"] == "Kim"
    server.configure("update_agent", {"id": KIM, "job_title": "Pots", "role": "administrator"})
    assert sam.told("agent_updated")["job_title"] == "Pots"
    kim = server.configure("get_agent", {"id": KIM, "fields": ["max_chats_count", "groups"]})
    assert (kim["role"], kim["max_chats_count"], kim["groups"]) == (
        "administrator",
        2,
        [{"id": 0, "priority": "first"}],
    )
    server.configure("delete_agent", {"id": KIM})
    assert sam.told("agent_deleted") == {"id": KIM}
    assert [each["id"] for each in server.configure("list_agents")] == ["agent@example.com"]


def test_agents_are_listed_by_group(server: RunningServer) -> None:
    server.configure("create_agent", {**AGENT, "groups": []})

    assert KIM not in str(server.configure("list_agents", {"filters": {"group_ids": [0]}}))
    assert KIM in str(server.configure("list_agents"))


def test_who_is_suspended_is_put_out_and_kept_out(server: RunningServer) -> None:
    kim = server.agent(KIM)
    chat_id = server.visitor().start_chat("Hello")

    server.configure("suspend_agent", {"id": KIM})

    kim.closed()
    assert kim.told("agent_disconnected") == {"reason": "agent_logged_out_remotely"}
    again = server.socket("/v3.6/agent/rtm/ws")
    assert again.refused("login", {"token": server.agent_token(KIM)}) == "requester_suspended"
    server.configure("unsuspend_agent", {"id": KIM})
    again.ask("login", {"token": server.agent_token(KIM)})
    assert again.told("incoming_chat")["chat"]["id"] == chat_id


def test_who_waits_for_approval_does_not_come_in(server: RunningServer) -> None:
    token = server.agent_token(KIM)
    waits = update(tables.Agent).where(tables.Agent.id == KIM).values(awaiting_approval=True)
    server.database.submit(lambda session: session.execute(waits).close()).result()
    kim = server.socket("/v3.6/agent/rtm/ws")

    assert kim.refused("login", {"token": token}) == "requester_awaiting_approval"
    server.configure("approve_agent", {"id": KIM})
    kim.ask("login", {"token": token})


@pytest.mark.parametrize(
    ("action", "payload", "error"),
    [
        ("create_agent", {**AGENT, "id": "not an address"}, "validation"),
        ("create_agent", {**AGENT, "id": "agent@example.com"}, "already_exists"),
        ("create_agent", {**AGENT, "groups": [{"id": 9}]}, "group_not_found"),
        ("create_agent", {**AGENT, "max_chats_count": 21}, "validation"),
        ("get_agent", {"id": "nobody"}, "not_found"),
        ("delete_agent", {"id": "agent@example.com"}, "not_allowed"),
        ("suspend_agent", {"id": "agent@example.com"}, "not_allowed"),
        ("request_agent_unsuspension", {}, "not_allowed"),
        ("make_coffee", {}, "validation"),
    ],
)
def test_what_cannot_be_done_to_agents(server: RunningServer, action: str, payload: Any, error: str) -> None:
    assert refused(server, action, payload) == error


@pytest.mark.parametrize("action", ["create_agent", "create_group", "create_tag", "register_webhook", "create_bot"])
def test_ordinary_agents_only_look(server: RunningServer, action: str) -> None:
    hook = {"url": "http://a.example/", "action": "incoming_chat", "secret_key": "s", "owner_client_id": "demo"}
    payload = {**AGENT, **hook, "id": "new@example.com", "type": "license"}

    assert refused(server, action, payload, KIM) == "authorization"
    assert server.configuration("list_agents", {}, KIM).status_code == 200


def test_everybody_changes_himself(server: RunningServer) -> None:
    server.configure("update_agent", {"id": KIM, "job_title": "Pots"}, KIM)

    assert refused(server, "update_agent", {"id": "agent@example.com", "job_title": "x"}, KIM) == "authorization"
    assert refused(server, "update_agent", {"id": KIM, "role": "administrator"}, KIM) == "authorization"


def test_batches_answer_one_by_one(server: RunningServer) -> None:
    sam = server.agent()
    answers = server.configure("batch_create_agents", {"requests": [AGENT, AGENT, {}]})["responses"]

    assert answers[0] == {"id": KIM}
    assert [each["error"]["type"] for each in answers[1:]] == ["already_exists", "validation"]
    assert sam.heard() == ["agent_created"]


# Bots


def bot(server: RunningServer, **more: Any) -> dict[str, str]:
    made: dict[str, str] = server.configure("create_bot", {"name": "Robo", "owner_client_id": "demo", **more})
    return made


def test_a_bot_takes_chats_and_answers(server: RunningServer) -> None:
    made = bot(server, groups=[{"id": 0, "priority": "first"}])
    sam = server.agent()
    sam.ask("set_routing_status", {"agent_id": made["id"], "status": "accepting_chats"})
    visitor = server.visitor()
    chat_id = visitor.start_chat("Hello")
    asked = {
        "bot_id": made["id"],
        "client_id": "demo",
        "bot_secret": made["secret"],
        "organization_id": "00000000-0000-4000-8000-0000000000aa",
    }
    token = server.configure("issue_bot_token", asked)["token"]

    server.http.post(
        "/v3.6/agent/action/send_event",
        json={"chat_id": chat_id, "event": {"type": "message", "text": "Beep"}},
        headers={"Authorization": f"Bearer {token}"},
    ).raise_for_status()

    assert visitor.told("incoming_event")["event"]["text"] == "Beep"


def test_up_to_api_35_an_agent_speaks_for_a_bot(server: RunningServer) -> None:
    made = bot(server)
    sam, visitor = server.agent(), server.visitor()
    chat_id = visitor.start_chat("Hello")
    joined = {"chat_id": chat_id, "user_id": made["id"], "user_type": "agent", "visibility": "all"}
    sam.ask("add_user_to_chat", joined)

    def say(version: str) -> int:
        return server.http.post(
            f"/v{version}/agent/action/send_event",
            json={"chat_id": chat_id, "event": {"type": "message", "text": f"Beep {version}"}},
            headers={"Authorization": server.agent_token(), "X-Author-Id": made["id"]},
        ).status_code

    assert (say("3.5"), say("3.6")) == (200, 200)
    authors = [event.get("author_id") for event in sam.ask("get_chat", {"chat_id": chat_id})["thread"]["events"]]
    assert authors[-2:] == [made["id"], "agent@example.com"]


def test_bots_are_changed_listed_and_deleted(server: RunningServer) -> None:
    made = bot(server)
    server.configure("update_bot", {"id": made["id"], "name": "Robot", "default_group_priority": "last"})

    found = server.configure("get_bot", {"id": made["id"]})
    assert (found["name"], found["default_group_priority"]) == ("Robot", "last")
    assert [each["id"] for each in server.configure("list_bots", {"all": True})] == [made["id"]]
    server.configure("delete_bot", {"id": made["id"]})
    assert server.configure("list_bots") == []


def test_a_lost_secret_is_replaced(server: RunningServer) -> None:
    made = bot(server)
    new = server.configure("reset_bot_secret", {"id": made["id"], "owner_client_id": "demo"})["secret"]
    asked = {"bot_id": made["id"], "client_id": "demo", "organization_id": "00000000-0000-4000-8000-0000000000aa"}

    assert refused(server, "issue_bot_token", {**asked, "bot_secret": made["secret"]}) == "authentication"
    assert server.configure("issue_bot_token", {**asked, "bot_secret": new})["token"]


def test_templates_make_bots(server: RunningServer) -> None:
    given = {"name": "Robo", "owner_client_id": "demo", "affect_existing_installations": True}
    made = server.configure("create_bot_template", given)
    server.configure("update_bot_template", {"id": made["id"], **given, "name": "Robot"})

    assert server.configure("list_bot_templates", {"owner_client_id": "demo"})[0]["name"] == "Robot"
    assert server.configure("get_bot", {"id": made["id"]})["name"] == "Robot"
    assert server.configure("reset_bot_template_secret", {"id": made["id"]})["secret"] != made["secret"]
    server.configure("delete_bot_template", {"id": made["id"], "affect_existing_installations": True})
    assert refused(server, "get_bot", {"id": made["id"]}) == "not_found"


# Groups


def test_a_group_is_created_changed_and_deleted(server: RunningServer) -> None:
    sam = server.agent()
    group = server.configure("create_group", {"name": "Pots", "agent_priorities": {"agent@example.com": "normal"}})
    assert sam.told("group_created")["name"] == "Pots"

    server.configure("update_group", {"id": group["id"], "name": "Pans", "language_code": "pl"})
    fields = ["agent_priorities", "routing_status"]
    found = server.configure("get_group", {"id": group["id"], "fields": fields})
    assert (found["name"], found["language_code"], found["routing_status"]) == ("Pans", "pl", "accepting_chats")
    assert found["agent_priorities"] == {"agent@example.com": "normal"}

    server.configure("delete_group", {"id": group["id"]})
    assert [each["id"] for each in server.configure("list_groups")] == [0]


def test_the_chats_of_a_deleted_group_come_to_the_first(server: RunningServer) -> None:
    group = server.configure("create_group", {"name": "Pots", "agent_priorities": {"agent@example.com": "normal"}})
    agent, visitor = server.agent(), server.visitor()
    visitor.ask("start_chat", {"chat": {"access": {"group_ids": [group["id"]]}}})

    server.configure("delete_group", {"id": group["id"]})

    assert agent.ask("list_chats")["chats_summary"][0]["access"] == {"group_ids": [0]}


@pytest.mark.parametrize(
    ("action", "payload", "error"),
    [
        ("create_group", {"name": "", "agent_priorities": {}}, "validation"),
        ("create_group", {"name": "a", "agent_priorities": {"nobody": "normal"}}, "not_found"),
        ("create_group", {"name": "a", "agent_priorities": {"agent@example.com": "soon"}}, "validation"),
        ("get_group", {"id": 9}, "group_not_found"),
        ("delete_group", {"id": 0}, "not_allowed"),
    ],
)
def test_what_cannot_be_done_to_groups(server: RunningServer, action: str, payload: Any, error: str) -> None:
    assert refused(server, action, payload) == error


def test_priorities_decide_who_gets_a_chat(server: RunningServer) -> None:
    sam, kim = server.agent(), server.agent(KIM)
    priorities = {"agent@example.com": "last", KIM: "normal"}
    server.configure("update_group", {"id": 0, "agent_priorities": priorities})
    first = server.visitor().start_chat("Hello")
    server.configure("update_group", {"id": 0, "agent_priorities": {**priorities, KIM: "supervisor"}})
    second = server.visitor().start_chat("Hello")

    def has(chat_id: str) -> str:
        users = sam.ask("get_chat", {"chat_id": chat_id})["users"]
        return next(str(user["id"]) for user in users if user["type"] == "agent")

    assert (has(first), has(second)) == (kim.id, sam.id)


# Tags


def test_threads_are_tagged(server: RunningServer) -> None:
    sam, visitor = server.agent(), server.visitor()
    chat_id = visitor.start_chat("Hello")
    thread = {"chat_id": chat_id, "thread_id": sam.told("incoming_chat")["chat"]["thread"]["id"]}
    server.configure("create_tag", {"name": "pots", "group_ids": [0]})
    assert sam.told("tag_created")["author_id"] == "agent@example.com"

    sam.ask("tag_thread", {**thread, "tag": "pots"})
    assert sam.told("thread_tagged") == {**thread, "tag": "pots"}
    assert sam.ask("get_chat", {"chat_id": chat_id})["thread"]["tags"] == ["pots"]
    assert "tags" not in visitor.ask("get_chat", {"chat_id": chat_id})["thread"]

    sam.ask("untag_thread", {**thread, "tag": "pots"})
    assert sam.told("thread_untagged")["tag"] == "pots"
    assert sam.refused("untag_thread", {**thread, "tag": "pots"}) == "not_found"
    assert sam.refused("tag_thread", {**thread, "tag": "Pots"}) == "not_found"
    assert visitor.hears_nothing()


def test_a_tag_of_other_groups_is_not_for_this_thread(server: RunningServer) -> None:
    sam = server.agent()
    chat_id = server.visitor().start_chat("Hello")
    thread = {"chat_id": chat_id, "thread_id": sam.told("incoming_chat")["chat"]["thread"]["id"]}
    server.configure("create_tag", {"name": "pots"})

    assert sam.refused("tag_thread", {**thread, "tag": "pots"}) == "validation"
    server.configure("update_tag", {"name": "pots", "group_ids": [0]})
    sam.ask("tag_thread", {**thread, "tag": "pots"})


def test_tags_are_listed_and_deleted(server: RunningServer) -> None:
    server.configure("create_tag", {"name": "pots", "group_ids": [0]})
    server.configure("create_tag", {"name": "pans"})

    assert refused(server, "create_tag", {"name": "POTS"}) == "already_exists"
    assert [tag["name"] for tag in server.configure("list_tags", {"filters": {"group_ids": [0]}})] == ["pots"]
    server.configure("delete_tag", {"name": "pans"})
    assert [tag["name"] for tag in server.configure("list_tags")] == ["pots"]


# Bans


def test_a_banned_customer_is_out_until_let_in(server: RunningServer) -> None:
    token = server.token()
    sam, visitor = server.agent(), server.visitor(token)
    visitor.start_chat("Hello")
    sam.forget()

    sam.ask("ban_customer", {"id": visitor.id, "ban": {"days": 3}})

    visitor.closed()
    assert visitor.told("customer_disconnected") == {"reason": "customer_banned"}
    assert sam.told("customer_banned") == {"customer_id": visitor.id, "ban": {"days": 3}}
    assert sam.heard()[:2] == ["incoming_event", "chat_deactivated"]
    assert server.socket().refused("login", {"token": token}) == "customer_banned"
    assert [ban["customer_id"] for ban in server.configure("list_customer_bans")] == [visitor.id]

    server.configure("unban_customer", {"customer_id": visitor.id})
    server.visitor(token)
    assert server.configure("list_customer_bans") == []
    assert refused(server, "unban_customer", {"customer_id": visitor.id}) == "not_found"
    assert refused(server, "unban_customer", {}) == "validation"


def test_bans_last_some_days(server: RunningServer) -> None:
    sam, visitor = server.agent(), server.visitor()

    assert sam.refused("ban_customer", {"id": visitor.id, "ban": {"days": 0}}) == "validation"
    assert sam.refused("ban_customer", {"id": "nobody", "ban": {"days": 1}}) == "not_found"


# Auto accesses, greetings, and the organization


def test_the_page_decides_the_group(server: RunningServer) -> None:
    group = server.configure("create_group", {"name": "Pots", "agent_priorities": {}})["id"]
    values = [{"value": "pots.example", "exact_match": True}]
    rule = {"access": {"groups": [group]}, "conditions": {"domain": {"values": values}}}
    server.configure("add_auto_access", rule)

    visitor = server.visitor(customer_page={"url": "https://pots.example/blue", "title": "Blue"})

    agent = server.agent()
    assert agent.ask("get_customer", {"id": visitor.id})["group_ids"] == [group]


def test_auto_accesses_keep_their_order(server: RunningServer) -> None:
    rule = {"access": {"groups": [0]}, "conditions": {"url": {"values": [{"value": "a"}]}}}
    first = server.configure("add_auto_access", rule)["id"]
    second = server.configure("add_auto_access", rule)["id"]
    third = server.configure("add_auto_access", {**rule, "next_id": first})["id"]
    server.configure("update_auto_access", {"id": second, "next_id": first, "description": "B"})

    rules = server.configure("list_auto_accesses")
    assert [each["id"] for each in rules] == [third, second, first]
    assert rules[0]["next_id"] == second
    server.configure("delete_auto_access", {"id": first})
    assert refused(server, "add_auto_access", {**rule, "conditions": {}}) == "validation"
    assert refused(server, "add_auto_access", {**rule, "next_id": "nobody"}) == "validation"


GREETING = {"type": "normal", "active": True, "name": "Hello", "group": 0, "rules": []}


def test_greetings_are_written_and_listed(server: RunningServer) -> None:
    ids = [server.configure("create_greeting", GREETING)["id"] for _ in range(3)]
    server.configure("update_greeting", {"id": ids[0], "name": "Hi", "active": False})

    first = server.configure("list_greetings", {"groups": [0], "limit": 2})
    rest = server.configure("list_greetings", {"page_id": first["next_page_id"]})
    assert [each["id"] for each in first["greetings"] + rest["greetings"]] == ids
    assert (first["found_greetings"], "next_page_id" in rest) == (3, False)
    assert server.configure("get_greeting", {"id": ids[0]})["name"] == "Hi"
    server.configure("delete_greeting", {"id": ids[0]})
    assert refused(server, "get_greeting", {"id": ids[0]}) == "greeting_not_found"


def test_about_the_organization(server: RunningServer) -> None:
    organization = "00000000-0000-4000-8000-0000000000aa"
    server.configure("update_company_details", {"city": "Leeds", "enrich": True})

    assert server.configure("get_company_details") == {"city": "Leeds"}
    assert server.configure("get_organization_id", {"license_id": 1000001}) == {"organization_id": organization}
    assert server.configure("get_license_id", {"organization_id": organization}) == {"license_id": 1000001}
    assert server.configure("check_product_limits_for_plan", {"plan": "starter"}) == []
    assert server.configure("list_channels") == []
    assert server.configure("get_product_source")["source_url"] == ""
    server.configure("reactivate_email", {"agent_id": "agent@example.com"})


def test_what_is_public_is_asked_with_get(server: RunningServer) -> None:
    answer = server.http.get("/v3.4/configuration/action/get_organization_id?license_id=1000001")
    other = server.http.get("/v3.4/configuration/action/list_agents")

    properties = server.http.get("/v3.4/configuration/action/list_license_properties?namespace=test")
    signed_in = {"Authorization": server.agent_token()}
    own = server.http.get("/v3.4/configuration/action/list_group_properties?id=0", headers=signed_in)

    assert answer.json()["organization_id"].endswith("aa")
    assert (properties.status_code, own.json()) == (401, {})
    assert other.json()["error"]["type"] == "validation"


def test_every_batch_does_what_its_action_does(server: RunningServer) -> None:
    def batch(what: str, *requests: dict[str, Any]) -> list[Any]:
        return list(server.configure(f"batch_{what}", {"requests": [*requests]})["responses"])

    batch("create_agents", AGENT)
    kim = {"id": KIM}
    assert batch("update_agents", {**kim, "job_title": "Pots"}) == [{}]
    assert batch("suspend_agents", kim) == batch("unsuspend_agents", kim) == batch("approve_agents", kim) == [{}]
    assert batch("delete_agents", kim, kim)[1]["error"]["type"] == "not_found"
    made = batch("create_bots", {"name": "Robo"}, {"name": "Robot"})
    assert batch("update_bots", {"id": made[0]["id"], "name": "Roberta"}) == [{}]
    assert batch("delete_bots", *({"id": each["id"]} for each in made)) == [{}, {}]


def test_forms_are_written_for_customers(server: RunningServer) -> None:
    field = {"type": "email", "id": "1", "label": "E-mail"}
    server.configure("update_form", {"group_id": 0, "type": "prechat", "fields": [field]})
    visitor = server.visitor()

    assert visitor.ask("get_form", {"group_id": 0, "type": "prechat"})["form"]["fields"] == [field]
    assert visitor.ask("get_form", {"group_id": 0, "type": "postchat"}) == {"enabled": False}
    assert visitor.refused("get_form", {"group_id": 0, "type": "other"}) == "validation"
    assert refused(server, "update_form", {"group_id": 9, "type": "prechat"}) == "group_not_found"
