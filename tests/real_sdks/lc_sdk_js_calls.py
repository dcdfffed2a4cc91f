"""Every method of lc-sdk-js 4.0.2, and how it is called; and every push that it names."""

from __future__ import annotations

from typing import Any

from tests.real_sdks.calls import Call, js

__all__ = ["CALLS", "PUSHES"]

TEXT = {"type": "message", "text": "hello"}
VALUES: dict[str, Any] = {"test": {"string_property": "x"}}
NAMES = {"test": ["string_property"]}
NEW_CHAT = {"chat": {"thread": {"events": [TEXT]}}, "continuous": True}
POSTBACK = {"id": "yes", "toggled": True}
PRESS = {"chat_id": "$rich_chat", "thread_id": "$rich_thread", "event_id": "$rich_event", "postback": POSTBACK}
WEBHOOK = {"action": "incoming_chat", "secret_key": "s", "url": "https://bot.example.com/", "type": "license"}

UPLOAD_IS_BROKEN = "it posts to an address without a scheme, and without a token"

PROPERTIES = [
    js("updateChatProperties", "$chat", VALUES),
    js("deleteChatProperties", "$chat", NAMES),
    js("updateThreadProperties", "$chat", "$thread", VALUES),
    js("deleteThreadProperties", "$chat", "$thread", NAMES),
    js("updateEventProperties", "$chat", "$thread", "$event", VALUES),
    js("deleteEventProperties", "$chat", "$thread", "$event", NAMES),
]

AGENT = [
    js("listChats", opts={"limit": 5, "sort_order": "asc"}),
    js("listThreads", "$chat", opts={"limit": 5}),
    js("getChat", "$chat", "$thread"),
    js("listArchives", opts={"limit": 5}),
    js("startChat", opts={"continuous": True}),
    js("resumeChat", "$closed_chat", ours=({"id": "$closed_chat"},)),
    js("deactivateChat", "$chat", True),
    js("followChat", "$chat"),
    js("unfollowChat", "$chat"),
    js("transferChat", "$chat", opts={"target": {"type": "agent", "ids": ["$colleague"]}}),
    js("addUserToChat", "$chat", "$colleague", "agent", "all", True),
    js("removeUserFromChat", "$chat", "$agent", True, ours=("$chat", "$agent", "agent", True)),
    js("sendEvent", "$chat", TEXT, False),
    js("sendRichMessagePostback", opts=PRESS),
    *PROPERTIES,
    js("tagThread", "$chat", "$thread", "$tag"),
    js("untagThread", "$tagged_chat", "$tagged_thread", "$tag"),
    js("getCustomer", "$customer"),
    js("listCustomers", opts={"limit": 5}),
    js("createCustomer", opts={"name": "Kim", "email": "kim@example.com"}),
    js("updateCustomer", "$customer", opts={"name": "Kim"}),
    js("banCustomer", "$customer", 3, ours=("$customer", {"days": 3})),
    js("setRoutingStatus", "not_accepting_chats"),
    js("markEventsAsSeen", "$chat", "$now"),
    js("sendTypingIndicator", "$chat", True, "all"),
    js("multicast", {"agents": {"all": True}}, {"news": "none"}, "news"),
    js("listAgentsForTransfer", "$chat"),
    js("followCustomer", "$customer"),
    js("unfollowCustomer", "$followed_customer"),
    js("listRoutingStatuses", [0], ours=({"group_ids": [0]},)),
]

AGENT_RTM = [
    js(
        "login",
        opts={"token": "$bearer", "timezone": "Europe/Warsaw", "away": False, "pushes": {"3.4": ["incoming_chat"]}},
        kwargs={"timezone": "Europe/Warsaw", "away": False, "pushes": {"3.4": ["incoming_chat"]}},
    ),
    *AGENT,
    js(
        "changePushNotifications",
        {"firebase_token": "f", "platform": "android", "enabled": True},
        ours=("f", "android", True),
    ),
    js("setAwayStatus", True),
    js("logout"),
]

AGENT_WEB = [*AGENT, js("uploadFile", "package.json", "file.txt", ours=(b"", "file.txt"), broken=UPLOAD_IS_BROKEN)]

CUSTOMER = [
    js("listChats", opts={"limit": 5, "sort_order": "asc"}),
    js("listThreads", "$chat", opts={"limit": 5}),
    js("getChat", "$chat", "$thread"),
    js("startChat", opts=NEW_CHAT),
    js("resumeChat", "$closed_chat", ours=({"id": "$closed_chat"},)),
    js("deactivateChat", "$chat"),
    js("sendEvent", "$chat", TEXT, False),
    js("sendRichMessagePostback", opts=PRESS),
    js("sendSneakPeek", "$chat", "hel"),
    *PROPERTIES,
    js("listLicenseProperties", "routing", "pinned"),
    js("listGroupProperties", 0, "routing", "pinned"),
    js("updateCustomer", opts={"name": "Kim"}),
    js("setCustomerSessionFields", [{"plan": "gold"}]),
    js("getCustomer"),
    js("listGroupStatuses", True, ours=(), kwargs={"all": True}),
    js("checkGoals", [{"plan": "gold"}], 0, "https://shop.example.com/"),
    js("getForm", 0, "prechat"),
    js("getPredictedAgent"),
    js("getURLInfo", "https://shop.example.com/"),
    js("markEventsAsSeen", "$chat", "$now"),
    js("acceptGreeting", "$shown_greeting_id", "$greeting"),
    js("cancelGreeting", "$greeting"),
]

CUSTOMER_RTM = [
    js("login", opts={"token": "$bearer", "is_mobile": True}, kwargs={"is_mobile": True}),
    *CUSTOMER,
]

CUSTOMER_WEB = [
    *CUSTOMER,
    js("uploadFile", "package.json", "file.txt", ours=(b"", "file.txt"), broken=UPLOAD_IS_BROKEN),
    js("requestEmailVerification", "https://shop.example.com/verified", refused="not_allowed"),
    js("getDynamicConfiguration", opts={"group_id": 0, "url": "https://shop.example.com/"}),
    js("getConfiguration", 0, "1"),
    js("getLocalization", 0, "en", "1"),
]

CONFIGURATION = [
    js("createAgent", "new@example.com", opts={"name": "New"}),
    js("getAgent", "$agent", ["job_title"]),
    js("listAgents", [0], ["job_title"], ours=({"group_ids": [0]}, ["job_title"])),
    js("updateAgent", "$colleague", opts={"name": "Renamed"}),
    js("deleteAgent", "$colleague"),
    js("suspendAgent", "$colleague"),
    js("unsuspendAgent", "$suspended_agent"),
    js("requestAgentUnsuspension", refused="not_allowed"),
    js("approveAgent", "$waiting_agent"),
    js("createBot", opts={"name": "Robbie", "default_group_priority": "normal"}),
    js("deleteBot", "$bot"),
    js("updateBot", "$bot", opts={"name": "Robert"}),
    js("listBots", True),
    js("getBot", "$bot"),
    js("createGroup", "Sales", {"$agent": "normal"}, "en"),
    js(
        "updateGroup",
        "$group",
        "Sales",
        {"$agent": "normal"},
        "en",
        differs="theirs asks for create_group",
        sends=(
            "POST",
            "update_group",
            {"id": "$group", "name": "Sales", "agent_priorities": {"$agent": "normal"}, "language_code": "en"},
        ),
    ),
    js("deleteGroup", "$group"),
    js("listGroups", ["agent_priorities"]),
    js("getGroup", 0, ["agent_priorities"]),
    js(
        "registerProperty",
        opts={
            "name": "size",
            "owner_client_id": "demo",
            "type": "int",
            "access": {"chat": {"agent": ["read", "write"]}},
        },
    ),
    js("unregisterProperty", "$registered_property", "demo"),
    js(
        "publishProperty",
        "$registered_property",
        "demo",
        True,
        True,
        ours=("$registered_property", "demo", ["read", "write"]),
    ),
    js("listProperties", "demo"),
    js("updateLicenseProperties", VALUES),
    js(
        "listLicenseProperties",
        "routing",
        "pin",
        ours=(),
        kwargs={"namespace_prefix": "routing", "name_prefix": "pin"},
        differs="theirs gets it, as it gets the customers' action of that name; the platform documents POST",
        sends=("POST", "list_license_properties", {"namespace_prefix": "routing", "name_prefix": "pin"}),
    ),
    js("deleteLicenseProperties", NAMES),
    js("updateGroupProperties", 0, VALUES),
    js(
        "listGroupProperties",
        0,
        "routing",
        "pin",
        differs="theirs gets it, as it gets the customers' action of that name; the platform documents POST",
        sends=("POST", "list_group_properties", {"id": 0, "namespace_prefix": "routing", "name_prefix": "pin"}),
    ),
    js("deleteGroupProperties", 0, NAMES),
    js("registerWebhook", WEBHOOK, "demo", ours=(), kwargs={**WEBHOOK, "owner_client_id": "demo"}),
    js("listWebhooks", "demo"),
    js("unregisterWebhook", "$webhook", "demo"),
    js("listWebhookNames", "3.4"),
    js("enableLicenseWebhooks", "demo", ours=(), kwargs={"client_id": "demo"}),
    js("disableLicenseWebhooks", "demo", ours=(), kwargs={"client_id": "demo"}),
    js("getLicenseWebhooksState", "demo", ours=(), kwargs={"client_id": "demo"}),
    js(
        "addAutoAccess",
        opts={"access": {"groups": [0]}, "conditions": {"domain": {"values": [{"value": "a.example.com"}]}}},
    ),
    js("listAutoAccesses"),
    js("deleteAutoAccess", "$auto_access"),
    js("updateAutoAccess", "$auto_access", opts={"access": {"groups": [0]}, "description": "all"}),
    js("getOrganizationID", 1000001),
    js("getLicenseID", "$organization"),
]

CALLS: dict[str, list[Call]] = {
    "Agent.RTM": AGENT_RTM,
    "Agent.Web": AGENT_WEB,
    "Customer.RTM": CUSTOMER_RTM,
    "Customer.Web": CUSTOMER_WEB,
    "Configuration.Web": CONFIGURATION,
}

PUSHES: dict[str, list[str]] = {
    "Agent.RTM": [
        "agent_approved",
        "agent_created",
        "agent_deleted",
        "agent_disconnected",
        "agent_suspended",
        "agent_unsuspended",
        "agent_updated",
        "auto_access_added",
        "auto_access_deleted",
        "auto_access_updated",
        "bot_created",
        "bot_deleted",
        "bot_updated",
        "chat_access_updated",
        "chat_deactivated",
        "chat_properties_deleted",
        "chat_properties_updated",
        "chat_transferred",
        "chat_unfollowed",
        "customer_banned",
        "customer_created",
        "customer_left",
        "customer_page_updated",
        "customer_unfollowed",
        "customer_updated",
        "customer_visit_ended",
        "customer_visit_started",
        "event_properties_deleted",
        "event_properties_updated",
        "event_updated",
        "events_marked_as_seen",
        "group_created",
        "group_deleted",
        "group_updated",
        "incoming_chat",
        "incoming_customer",
        "incoming_customers",
        "incoming_event",
        "incoming_multicast",
        "incoming_rich_message_postback",
        "incoming_sneak_peek",
        "incoming_typing_indicator",
        "queue_positions_updated",
        "routing_status_set",
        "thread_properties_deleted",
        "thread_properties_updated",
        "thread_tagged",
        "thread_untagged",
        "user_added_to_chat",
        "user_removed_from_chat",
    ],
    "Customer.RTM": [
        "chat_deactivated",
        "chat_properties_deleted",
        "chat_properties_updated",
        "chat_transferred",
        "customer_disconnected",
        "customer_page_updated",
        "customer_side_storage_updated",
        "customer_updated",
        "event_properties_deleted",
        "event_properties_updated",
        "event_updated",
        "events_marked_as_seen",
        "greeting_accepted",
        "greeting_cancelled",
        "incoming_chat",
        "incoming_event",
        "incoming_greeting",
        "incoming_multicast",
        "incoming_rich_message_postback",
        "incoming_typing_indicator",
        "queue_postition_updated",
        "thread_properties_deleted",
        "thread_properties_updated",
        "user_added_to_chat",
        "user_removed_from_chat",
    ],
}
"""What there is to listen to. Some of it is misspelt, or in no API: on the platform nobody will ever hear it."""
