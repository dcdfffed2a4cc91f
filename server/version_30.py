"""Customer Chat 3.0 on the wire: what the newest version's answers and pushes are there (spec: customer-rtm, 9 and 11).

Everything here looks only at the shape of what is sent. The actions of 3.0, which ask for other things, are in
``server.customer_chat_30``.
"""

from datetime import datetime
from typing import Final

from pydantic import JsonValue

from server.tables import microseconds
from widget.wire.base import Json

__all__ = ["event_order", "in_words_of_30", "order", "plain", "seconds"]

_PUSHES: Final = {
    "chat_deactivated": "thread_closed",
    "events_marked_as_seen": "last_seen_timestamp_updated",
    "incoming_chat": "incoming_chat_thread",
    "thread_properties_deleted": "chat_thread_properties_deleted",
    "thread_properties_updated": "chat_thread_properties_updated",
    "user_added_to_chat": "chat_user_added",
    "user_removed_from_chat": "chat_user_removed",
}


def in_words_of_30(frame: JsonValue) -> JsonValue:
    """A frame, or an HTTP answer, as 3.0 has it."""
    if not isinstance(frame, dict):
        return _older(frame)
    if frame.get("type") != "push":
        return _older(frame)
    action, payload = str(frame["action"]), frame.get("payload")
    older = _push(action, payload) if isinstance(payload, dict) else payload
    kept = {key: value for key, value in frame.items() if key != "version"}
    return {**kept, "action": _PUSHES.get(action, action), "payload": older}


def _push(action: str, payload: Json) -> JsonValue:
    older = _older(payload)
    assert isinstance(older, dict)
    match action:
        case "events_marked_as_seen":
            mark = seconds(str(payload["seen_up_to"]))
            return {**_without(older, "seen_up_to"), "timestamp": mark}
        case "customer_updated":
            return {"customer": older}
        case "customer_page_updated":
            return {**_without(older, "opened_at"), "timestamp": seconds(str(payload["opened_at"]))}
        case "chat_transferred":
            return _transfer(older)
        case "incoming_chat":
            return {**older, "chat": _chat(older["chat"])}
        case _:
            return older


def _chat(chat: JsonValue) -> JsonValue:
    """A chat has an order, too: the time of its thread in seconds."""
    if not isinstance(chat, dict) or not isinstance(thread := chat.get("thread"), dict):
        return chat
    return {**chat, "order": int(str(thread["order"])) // 1_000_000}


def _transfer(payload: Json) -> Json:
    target = payload.get("transferred_to")
    target = target if isinstance(target, dict) else {}
    kind, ids = ("agent", target["agent_ids"]) if "agent_ids" in target else ("group", target.get("group_ids", []))
    kept: Json = {key: value for key, value in payload.items() if key in ("chat_id", "thread_id", "requester_id")}
    return {**kept, "type": kind, "ids": ids}


def _older(value: JsonValue) -> JsonValue:
    if isinstance(value, list):
        return [_older(item) for item in value]
    return _object(value) if isinstance(value, dict) else value


def _object(value: Json) -> Json:
    older: Json = {key: _older(item) for key, item in value.items() if key != "properties"}
    if isinstance(properties := value.get("properties"), dict):
        older["properties"] = {space: _wrapped(names) for space, names in properties.items()}
    if "text_vars" in value or "content" in value:  # These are what somebody else said.
        older |= {key: value[key] for key in ("text_vars", "content") if key in value}
    if isinstance(fields := value.get("session_fields"), list):
        older["fields"] = plain(fields)
        older.pop("session_fields")
    if "events_seen_up_to" in value:
        older["last_seen_timestamp"] = seconds(str(older.pop("events_seen_up_to")))
    if "thread_created_at" in value:
        older["thread_order"] = order(str(older.pop("thread_created_at")))
    if "created_at" in value and "type" in value and "id" in value and value["type"] not in ("customer", "agent"):
        return _event(older)
    return _thread(older) if "created_at" in value and "events" in value else older


def _event(older: Json) -> Json:
    moment = str(older.pop("created_at"))
    return {**older, "order": event_order(str(older["id"])), "timestamp": seconds(moment)}


def _thread(older: Json) -> Json:
    moment = str(older.pop("created_at"))
    return {**_without(older, "previous_thread_id", "next_thread_id", "queue"), "order": order(moment)}


def _wrapped(names: JsonValue) -> JsonValue:
    """The properties of a namespace, each value in an object of its own; the names of deleted ones as they are."""
    return {name: {"value": value} for name, value in names.items()} if isinstance(names, dict) else names


def _without(value: Json, *keys: str) -> Json:
    return {key: item for key, item in value.items() if key not in keys}


# Times and orders


def seconds(moment: str) -> int:
    """Unix seconds."""
    return order(moment) // 1_000_000


def order(moment: str) -> int:
    """The order of a thread: its time in microseconds since 1970, so a later one has a higher number."""
    return microseconds(datetime.fromisoformat(moment))


def event_order(event_id: str) -> int:
    """The order of an event in its thread: events are counted, and the id ends with the count."""
    count = event_id.rpartition("_")[2]
    return int(count) if count.isdecimal() else 0


def plain(fields: list[JsonValue]) -> Json:
    """Session fields as one object."""
    return {name: value for each in fields if isinstance(each, dict) for name, value in each.items()}
