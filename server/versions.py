"""The versions of the APIs that are served, from one implementation that speaks the newest.

All that differs from version to version is said here and, for the oldest, in ``server.version_30``: which actions and
pushes there are, and what requests and answers look like.
"""

from typing import Final

from pydantic import JsonValue

from server.version_30 import in_words_of_30
from widget.wire.base import Json

__all__ = ["VERSIONS", "for_version", "from_version", "has_action", "has_push"]

VERSIONS: Final = ("3.3", "3.4", "3.5", "3.6")
"""What agents, programs and customers speak. Customers also speak 3.0, over SockJS; the configuration also 3.7."""

_SINCE: Final = {
    "customer": {
        "activate_customer_page": "3.6",
        "deactivate_customer_page": "3.6",
        "delete_event": "3.6",
        "request_welcome_message": "3.6",
        "send_greeting_button_clicked": "3.6",
    },
    "agent": {
        "get_license_info": "3.5",
        "get_thread_transcript": "3.6",
        "request_thread_summary": "3.6",
        "send_event_preview": "3.6",
        "send_thinking_indicator": "3.6",
        "subscribe_customers": "3.6",
        "unsubscribe_customers": "3.6",
        "update_session": "3.6",
    },
    "configuration": {
        "create_canned_response": "3.7",
        "delete_canned_response": "3.7",
        "list_canned_responses": "3.7",
        "update_canned_response": "3.7",
    },
}
"""The first version of the actions that came after the others."""

_UNTIL: Final = {
    "customer": {"get_predicted_agent": "3.6"},
    "agent": {
        "change_push_notifications": "3.4",
        "create_customer": "3.5",
        "follow_customer": "3.5",
        "get_license_info": "3.5",
        "list_customers": "3.5",
        "unfollow_customer": "3.5",
    },
}
"""The last version of the actions that are gone."""

_PUSHES_SINCE: Final = {
    "customer_statistics_updated": "3.6",
    "event_deleted": "3.6",
    "group_properties_updated": "3.6",
    "groups_status_updated": "3.5",
    "incoming_event_preview": "3.6",
    "incoming_thinking_indicator": "3.6",
    "incoming_welcome_message": "3.6",
    "license_properties_updated": "3.6",
    "queue_position_updated": "3.3",
    "subscribed_customers_totals_updated": "3.6",
    "tag_created": "3.5",
    "tag_deleted": "3.5",
    "tag_updated": "3.5",
}


def has_action(side: str, name: str, version: str) -> bool:
    """Whether a version has an action that the newest or an older one has."""
    first, last = _SINCE.get(side, {}).get(name, "3.0"), _UNTIL.get(side, {}).get(name, "3.9")
    return first <= version <= last


def has_push(name: str, version: str) -> bool:
    """Whether a version has a push that the newest one has."""
    return _PUSHES_SINCE.get(name, "3.0") <= version


# What comes in and what goes out


def from_version(side: str, payload: Json, version: str) -> Json:
    """A request as the newest version has it.

    Up to 3.3 events had ``recipients`` for ``visibility``, and an agent did not have to be in a chat to act in it.
    """
    if version != "3.3":
        return payload
    renamed = _renamed(payload, "recipients", "visibility") if "is_typing" in payload else {**payload}
    if isinstance(event := renamed.get("event"), dict):
        renamed["event"] = _renamed(event, "recipients", "visibility")
    return {"ignore_requester_presence": True, **renamed} if side == "agent" else renamed


def for_version(value: JsonValue, version: str) -> JsonValue:
    """What is sent as a version has it."""
    if version == "3.0":
        return in_words_of_30(value)
    return value if version >= "3.6" else _older(value, version)


def _older(value: JsonValue, version: str) -> JsonValue:
    """Before 3.6 a customer's ``visit`` was called ``last_visit``; up to 3.3 ``visibility`` was ``recipients``."""
    if isinstance(value, list):
        return [_older(item, version) for item in value]
    if not isinstance(value, dict):
        return value
    if isinstance(inner := value.get("livechat"), dict) and "livechat_active" in value:
        return {"organization_id": value["organization_id"], **inner}  # get_dynamic_configuration was flat.
    older: Json = {key: _older(item, version) for key, item in value.items()}
    if older.get("type") == "customer":
        older = _renamed(older, "visit", "last_visit")
    if version <= "3.3":
        older = _without_visibility(older)
    return older


def _without_visibility(value: Json) -> Json:
    if value.get("type") == "agent":  # Users had none.
        return {key: item for key, item in value.items() if key != "visibility"}
    named_so = "is_typing" in value or "created_at" in value  # Somebody's own data may use the word, too.
    return _renamed(value, "visibility", "recipients") if named_so else value


def _renamed(value: Json, old: str, new: str) -> Json:
    return {new if key == old else key: item for key, item in value.items()}
