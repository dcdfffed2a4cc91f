"""The properties that every organization has (the platform's documentation, "Default properties")."""

from collections.abc import Iterator
from typing import Final

from pydantic import JsonValue

__all__ = ["DEFAULTS"]

Row = tuple[str, str, str, dict[str, str], list[JsonValue] | None]

_EVERYWHERE: Final = dict.fromkeys(("license", "group", "chat", "thread", "event"), "a:rw c:rw")
_RATED: Final = dict.fromkeys(("chat", "thread", "event"), "a:r c:rw")

_ROWS: Final[tuple[Row, ...]] = (
    # namespace, names, type, access of agents (a) and customers (c) by location, values
    ("agent_app", "sidebar_apps canned_replies", "string", {"license": "a:rw"}, None),  # this server's console
    (
        "chats",
        "queue.routing_priority agent_timeout_inactivity_form_min manual_routing.override queue.enabled.override"
        " queue.reopen_threshold.override",
        "int",
        {"group": "a:rw"},
        None,
    ),
    (
        "chats",
        "chat_inactive_after_min archive_chat_after_min archive_offline_chat_after_min customer_timeout_after_min"
        " transfer_chat_after_min max_agent_active_chats queue.reopen_threshold",
        "int",
        {"license": "a:rw"},
        None,
    ),
    (
        "chats",
        "manual_routing queue.enabled prefer_recent_agent auto_summary_enabled",
        "bool",
        {"license": "a:rw"},
        None,
    ),
    ("chats", "queue.limit", "int", {"license": "a:r"}, None),
    ("chats", "formatting", "string", {"event": "a:rw c:rw"}, ["commonmark"]),
    ("chats", "resolved", "bool", {"thread": "a:r"}, None),
    ("chats", "welcome_message_source", "string", {"event": "a:r c:r"}, ["ai_agent", "welcome_phrase"]),
    ("core", "transcript_emails", "string", {"license": "a:rw"}, None),
    ("ecommerce", "has_sale has_indirect_sale", "bool", {"thread": "a:r"}, None),
    ("lc2", "file_safety_confirmation", "bool", {"event": "a:rw"}, None),
    ("lc2", "form_type", "string", {"event": "a:r c:rw"}, ["prechat", "postchat"]),
    ("lc2", "greeting_id", "int", {"thread": "a:r c:rw", "event": "a:r c:r"}, None),
    ("lc2", "greeting_unique_id", "string", {"thread": "a:r c:rw", "event": "a:r c:r"}, None),
    ("lc2", "welcome_message", "bool", {"event": "a:r c:r"}, None),
    ("monitoring", "ip_mask", "string", {"license": "a:rw"}, None),
    ("monitoring", "whitelist_enabled", "bool", {"license": "a:r"}, None),
    ("rating", "comment", "string", _RATED, None),
    ("rating", "score", "int", _RATED, [0, 1]),
    ("routing", "continuous", "bool", {"chat": "a:r c:r", "thread": "a:r c:r"}, None),
    ("routing", "email_follow_up", "bool", {"chat": "a:r c:rw"}, None),
    ("routing", "idle unreplied", "bool", {"thread": "a:r"}, None),
    ("routing", "last_transfer_timestamp", "int", {"thread": "a:r"}, None),
    ("routing", "offline_message", "bool", {"thread": "a:r c:rw"}, None),
    ("routing", "pinned", "bool", {"thread": "a:r", "chat": "a:rw"}, None),
    ("routing", "was_pinned", "bool", {"chat": "a:r"}, None),
    ("routing", "ignore_agents_routing", "bool", {"chat": "a:rw c:rw"}, None),
    ("routing", "ignore_bots", "bool", {"thread": "c:w"}, None),
    ("routing", "unassigned", "bool", {"thread": "a:r", "chat": "a:r"}, None),
    ("routing", "referrer", "string", {"thread": "a:r"}, None),
    ("routing", "start_url", "string", {"thread": "a:r c:r"}, None),
    ("routing", "transcript_email", "string", {"thread": "a:r c:rw"}, None),
    ("smart_actions", "greeting.hide_when_offline", "bool", {"group": "a:rw c:r"}, None),
    ("smart_actions", "greeting.enabled", "bool", {"license": "a:rw"}, None),
    ("smart_actions", "greeting.max_invites", "int", {"license": "a:r"}, None),
    ("source", "client_id", "string", {"chat": "a:r c:r", "thread": "a:r c:r", "event": "a:r c:r"}, None),
    ("source", "customer_client_id", "string", {"chat": "a:r c:r", "thread": "a:r c:r"}, None),
    ("statistics", "first_chat_date website_last_activity", "string", {"license": "a:r"}, None),
    ("status", "delivered", "bool", {"event": "a:rw c:rw"}, None),
    ("test", "bool_property", "bool", _EVERYWHERE, None),
    ("test", "int_property", "int", _EVERYWHERE, None),
    ("test", "string_property", "string", _EVERYWHERE, None),
    ("test", "tokenized_string_property", "tokenized_string", _EVERYWHERE, None),
    ("translation", "source_lang_code target_lang_code target_message", "string", {"event": "a:rw c:r"}, None),
    ("url_details", "description image_url title url", "string", {"event": "a:rw c:rw"}, None),
    ("url_details", "image_height image_width", "int", {"event": "a:rw c:rw"}, None),
)

_SIDES: Final = {"a": "agent", "c": "customer"}
_RIGHTS: Final = {"r": "read", "w": "write"}


def _access(text: str) -> dict[str, list[str]]:
    """``a:rw c:r`` as the platform has it: ``{"agent": ["read", "write"], "customer": ["read"]}``."""
    pairs = (each.split(":") for each in text.split())
    return {_SIDES[side]: [_RIGHTS[letter] for letter in letters] for side, letters in pairs}


def _definitions() -> Iterator[tuple[tuple[str, str], dict[str, JsonValue]]]:
    for namespace, names, kind, locations, values in _ROWS:
        access: JsonValue = {location: {**_access(text)} for location, text in locations.items()}  # type: ignore[dict-item]
        for name in names.split():
            yield (
                (namespace, name),
                {"type": kind, "access": access, **({} if values is None else {"domain": values})},
            )


DEFAULTS: Final = dict(_definitions())
"""Their definitions, by namespace and name."""
