"""Every method of lc-sdk-python 0.4.2, and how it is called.

Its clients are of the stable version, 3.6; what only 3.5 or the preview 3.7 has is called there.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.real_sdks.calls import Call, py

__all__ = ["CALLS", "TEXT"]

TEXT = {"type": "message", "text": "hello"}
VALUES: dict[str, Any] = {"test": {"string_property": "x"}}
NAMES = {"test": ["string_property"]}
NEW_CHAT: dict[str, Any] = {"thread": {"events": [TEXT]}}
POSTBACK = {"id": "yes", "toggled": True}
FILE = ("note.txt", "hello", "text/plain")
RULES = [{"type": "url_current", "operator": "contains", "value": "cup"}]
RICH = {"template_id": "cards", "elements": [{"title": "Hello"}]}
PERSON = {"name": "Kim", "email": "kim@example.com", "avatar": "https://cdn.example.com/kim.png"}
FIELDS = [{"plan": "gold"}]

PROPERTIES = [
    py("update_chat_properties", id="$chat", properties=VALUES),
    py("delete_chat_properties", id="$chat", properties=NAMES),
    py("update_thread_properties", chat_id="$chat", thread_id="$thread", properties=VALUES),
    py("delete_thread_properties", chat_id="$chat", thread_id="$thread", properties=NAMES),
    py("update_event_properties", chat_id="$chat", thread_id="$thread", event_id="$event", properties=VALUES),
    py("delete_event_properties", chat_id="$chat", thread_id="$thread", event_id="$event", properties=NAMES),
]

SPEAKING = [
    py("send_event", chat_id="$chat", event=TEXT, attach_to_last_thread=False),
    py(
        "send_rich_message_postback",
        chat_id="$rich_chat",
        thread_id="$rich_thread",
        event_id="$rich_event",
        postback=POSTBACK,
    ),
    py("mark_events_as_seen", chat_id="$chat", seen_up_to="$now"),
]


def _without_opts(call: Call) -> Call:
    sends = ("RTM", call.method, call.kwargs)
    return replace(call, differs="theirs sends `opts`, a variable of its own, with the payload", sends=sends)


AGENT = [
    py("list_chats", filters={"active": True}, sort_order="asc", limit=5),
    py("list_threads", chat_id="$chat", sort_order="asc", limit=5),
    py("get_chat", chat_id="$chat", thread_id="$thread"),
    py("list_archives", filters={"query": "hello"}, sort_order="asc", limit=5, highlights={}),
    py("start_chat", chat=NEW_CHAT, active=True, continuous=True),
    py("resume_chat", chat={"id": "$closed_chat"}, active=True, continuous=True),
    py("deactivate_chat", id="$chat", ignore_requester_presence=True),
    py("follow_chat", id="$chat"),
    py("unfollow_chat", id="$chat"),
    py(
        "transfer_chat",
        id="$chat",
        target={"type": "agent", "ids": ["$colleague"]},
        ignore_agents_availability=True,
        ignore_requester_presence=True,
    ),
    py(
        "add_user_to_chat",
        chat_id="$chat",
        user_id="$colleague",
        user_type="agent",
        visibility="agents",
        ignore_requester_presence=True,
    ),
    py(
        "remove_user_from_chat",
        chat_id="$chat",
        user_id="$agent",
        user_type="agent",
        ignore_requester_presence=True,
    ),
    *SPEAKING,
    replace(py("request_thread_summary", chat_id="$chat", thread_id="$thread"), refused="not_allowed"),
    py("get_thread_transcript", chat_id="$chat", thread_id="$thread"),
    *PROPERTIES,
    py("tag_thread", chat_id="$chat", thread_id="$thread", tag="$tag"),
    py("untag_thread", chat_id="$tagged_chat", thread_id="$tagged_thread", tag="$tag"),
    py("get_customer", id="$customer"),
    py("update_customer", id="$customer", **PERSON, session_fields=FIELDS),
    py("ban_customer", id="$customer", ban={"days": 3}),
    py("set_routing_status", status="not_accepting_chats", agent_id="$agent"),
    py("list_routing_statuses", filters={"group_ids": [0]}),
    py("send_typing_indicator", chat_id="$chat", visibility="all", is_typing=True),
    py("send_thinking_indicator", chat_id="$chat", visibility="all", title="Hm", description="thinking", custom_id="c"),
    py("send_event_preview", chat_id="$chat", event={**TEXT, "custom_id": "c"}),
    py("multicast", recipients={"agents": {"all": True}}, content={"news": "none"}, type="news"),
    py("list_agents_for_transfer", chat_id="$chat"),
    py("list_customers", "3.5", limit=5, sort_order="asc", sort_by="created_at", filters={"chats_count": {"gte": 0}}),
    py("create_customer", "3.5", **PERSON, session_fields=FIELDS),
]

AGENT_RTM = [
    py(
        "login",
        "3.6",
        {"timezone": "Europe/Warsaw", "reconnect": True, "away": False, "application": {"name": "a", "version": "1"}},
        token="$authorization",
        timezone="Europe/Warsaw",
        reconnect=True,
        away=False,
        application={"name": "a", "version": "1"},
    ),
    *(_without_opts(call) if call.method == "send_event" else call for call in AGENT),
    # API 3.5 and later do not have it; the package asks for it in all versions.
    replace(
        py("change_push_notifications", firebase_token="f", platform="android", enabled=True), refused="validation"
    ),
    py("set_away_status", away=True),
    py("update_session", token="$authorization"),
    py("logout"),
]

AGENT_WEB = [
    *AGENT,
    py("upload_file", "3.6", {"file": b"hello", "filename": "note.txt", "content_type": "text/plain"}, file=FILE),
    py("get_license_info", "3.5"),
    py("logout", agent_id="$agent"),
]

CUSTOMER = [
    py("list_chats", limit=5, sort_order="asc"),
    py("list_threads", chat_id="$chat", sort_order="asc", min_events_count=5),
    py("get_chat", chat_id="$chat", thread_id="$thread"),
    py("start_chat", chat=NEW_CHAT, active=True, continuous=True),
    py("resume_chat", chat={"id": "$closed_chat"}, active=True, continuous=True),
    py("deactivate_chat", id="$chat"),
    *SPEAKING,
    py("delete_event", chat_id="$chat", thread_id="$thread", event_id="$event"),
    py("send_sneak_peek", chat_id="$chat", sneak_peek_text="hel"),
    *PROPERTIES,
    py("update_customer", **PERSON, phone_number="+4712345678", name_is_default=False, session_fields=FIELDS),
    py("set_customer_session_fields", session_fields=FIELDS),
    py("get_customer"),
    py("list_group_statuses", group_ids=[0]),
    py("get_form", group_id=0, type="prechat"),
    py("get_predicted_agent"),
    py("request_welcome_message"),
    py("get_url_info", url="https://shop.example.com/"),
    py("accept_greeting", greeting_id="$shown_greeting_id", unique_id="$greeting"),
    py("cancel_greeting", unique_id="$greeting"),
]

CUSTOMER_RTM = [
    py("login", "3.6", {}, token="$authorization"),
    *CUSTOMER,
    py("update_customer_page", url="https://shop.example.com/", title="Shop"),
    py("activate_customer_page"),
    py("deactivate_customer_page"),
]

CUSTOMER_WEB = [
    *CUSTOMER,
    py("upload_file", "3.6", {"file": b"hello", "filename": "note.txt", "content_type": "text/plain"}, file=FILE),
    py("get_dynamic_configuration", group_id=0, url="https://shop.example.com/", channel_type="code"),
    py("get_configuration", group_id=0, version="1"),
    py("get_localization", group_id=0, language="en", version="1"),
    py("list_license_properties", namespace="routing", name="pinned"),
    py("list_group_properties", "3.6", {"id": 0, "namespace": "routing"}, group_id=0, namespace="routing"),
    py("check_goals", session_fields=FIELDS, group_id=0, page_url="https://shop.example.com/"),
    replace(py("request_email_verification", callback_uri="https://shop.example.com/verified"), refused="not_allowed"),
]

CONFIGURATION = [
    py(
        "create_agent",
        id="new@example.com",
        name="New",
        role="normal",
        max_chats_count=3,
        groups=[{"id": 0, "priority": "first"}],
    ),
    py("get_agent", id="$agent", fields=["job_title"]),
    py("list_agents", filters={"group_ids": [0]}, fields=["job_title"]),
    py("update_agent", id="$colleague", name="Renamed", job_title="Sales"),
    py("delete_agent", id="$colleague"),
    py("suspend_agent", id="$colleague"),
    py("unsuspend_agent", id="$suspended_agent"),
    replace(py("request_agent_unsuspension"), refused="not_allowed"),
    py("approve_agent", id="$waiting_agent"),
    py("batch_create_agents", requests=[{"id": "new@example.com", "name": "New"}]),
    py("batch_update_agents", requests=[{"id": "$colleague", "name": "Renamed"}]),
    py("batch_delete_agents", requests=[{"id": "$colleague"}]),
    py("batch_approve_agents", requests=[{"id": "$waiting_agent"}]),
    py("batch_suspend_agents", requests=[{"id": "$colleague"}]),
    py("batch_unsuspend_agents", requests=[{"id": "$suspended_agent"}]),
    py(
        "add_auto_access",
        access={"groups": [0]},
        conditions={"domain": {"values": [{"value": "a.example.com"}]}},
        description="all",
    ),
    py("list_auto_accesses"),
    py("delete_auto_access", id="$auto_access"),
    py("update_auto_access", id="$auto_access", description="none"),
    py("create_bot", name="Robbie", default_group_priority="normal", owner_client_id="demo"),
    py("get_bot", id="$bot", fields=["job_title"]),
    py("list_bots", all=True),
    py("update_bot", id="$bot", name="Robert"),
    py("delete_bot", id="$bot"),
    py("create_bot_template", name="Robbie", owner_client_id="demo", affect_existing_installations=False),
    py("list_bot_templates", owner_client_id="demo"),
    py("update_bot_template", id="$bot_template", name="Robert", owner_client_id="demo"),
    py("delete_bot_template", id="$bot_template", owner_client_id="demo"),
    py("issue_bot_token", bot_id="$bot", bot_secret="$bot_secret", organization_id="$organization", client_id="demo"),
    py("reset_bot_secret", id="$bot", owner_client_id="demo"),
    py("reset_bot_template_secret", id="$bot_template", owner_client_id="demo"),
    py(
        "batch_create_bots",
        requests=[{"name": "Robbie", "default_group_priority": "normal", "owner_client_id": "demo"}],
    ),
    py("batch_update_bots", requests=[{"id": "$bot", "name": "Robert"}]),
    py("batch_delete_bots", requests=[{"id": "$bot"}]),
    py("create_group", name="Sales", language_code="en", agent_priorities={"$agent": "normal"}),
    py("update_group", id="$group", name="Sales and more"),
    py("delete_group", id="$group"),
    py("list_groups", fields=["agent_priorities"]),
    py("get_group", id=0, fields=["agent_priorities"]),
    py(
        "register_property",
        name="size",
        owner_client_id="demo",
        type="int",
        access={"chat": {"agent": ["read", "write"]}},
        description="How big",
    ),
    py("unregister_property", name="$registered_property", owner_client_id="demo"),
    py("publish_property", name="$registered_property", owner_client_id="demo", access_type=["read"]),
    py("list_properties", owner_client_id="demo"),
    py("update_license_properties", properties=VALUES),
    py("list_license_properties", namespace="routing", name_prefix="pin"),
    py("delete_license_properties", properties=NAMES),
    py("update_group_properties", group_id=0, properties=VALUES),
    py("list_groups_properties", namespace="routing", name_prefix="pin", group_ids=[0]),
    py("delete_group_properties", id=0, properties=NAMES),
    py("create_tag", name="refund", group_ids=[0]),
    py("delete_tag", name="$tag"),
    py("list_tags", filters={"group_ids": [0]}),
    py("update_tag", name="$tag", group_ids=[0]),
    py(
        "register_webhook",
        action="incoming_chat",
        secret_key="s",
        url="https://bot.example.com/",
        type="license",
        owner_client_id="demo",
    ),
    py("list_webhooks", owner_client_id="demo"),
    py("unregister_webhook", id="$webhook", owner_client_id="demo"),
    py("list_webhook_names", version="3.6"),
    py("enable_license_webhooks", owner_client_id="demo"),
    py("disable_license_webhooks", owner_client_id="demo"),
    py("get_license_webhooks_state", owner_client_id="demo"),
    py("list_channels"),
    py("check_product_limits_for_plan", plan="starter"),
    py("get_product_source"),
    py("reactivate_email", agent_id="$agent"),
    py("update_company_details", company="Example", city="Oslo"),
    py("get_company_details"),
    py("list_customer_bans"),
    py("unban_customer", customer_id="$banned_customer"),
    py("create_greeting", type="normal", active=True, name="Hello", group=0, rules=RULES, rich_message=RICH),
    py("delete_greeting", id="$greeting_id"),
    py("get_greeting", id="$greeting_id"),
    py("list_greetings", groups=[0], limit=5),
    py("update_greeting", id="$greeting_id", name="Hi"),
    py("create_canned_response", "3.7", text="Hello", tags=["hi"], group_id=0, is_private=False),
    py("update_canned_response", "3.7", id="$canned_response", text="Hi"),
    py("list_canned_responses", "3.7", group_ids=[0], include_private=False, limit=5),
    py("delete_canned_response", "3.7", id="$canned_response"),
]

CALLS: dict[str, list[Call]] = {
    "AgentRTM": AGENT_RTM,
    "AgentWeb": AGENT_WEB,
    "CustomerRTM": CUSTOMER_RTM,
    "CustomerWeb": CUSTOMER_WEB,
    "ConfigurationApi": CONFIGURATION,
}
