"""What both vocabularies make of the wire: moments, pictures, users, properties."""

from collections.abc import Iterable
from datetime import UTC, datetime
from math import ceil
from typing import Any

from widget.platform_sdk.shapes import Json
from widget.wire.base import format_timestamp
from widget.wire.chats import ChatSummary
from widget.wire.events import Event, Message, UnknownEvent
from widget.wire.users import SessionFields, User

__all__ = [
    "fields_of",
    "files_own",
    "is_readable",
    "milliseconds",
    "moment",
    "newest",
    "own_fields",
    "present",
    "seen_by",
    "session_fields",
    "text_of",
]

COMMON = {"id", "type", "created_at", "author_id", "custom_id", "visibility", "properties", "recipients"}
"""What all events have."""

KNOWN = {"message", "file", "system_message", "custom"}

DEFAULT_SIDE, HIGH_SIDE = 300, 600
"""The longest side of the two sizes of a thumbnail, in pixels."""


def milliseconds(at: datetime) -> int:
    """Unix milliseconds."""
    return round(at.timestamp() * 1000)


def moment(timestamp: float) -> datetime:
    """The moment of Unix milliseconds."""
    return datetime.fromtimestamp(timestamp / 1000, UTC)


def text_of(at: datetime | None) -> str | None:
    """RFC 3339, as on the wire."""
    return None if at is None else format_timestamp(at)


def present(**fields: Any) -> Json:
    """The fields that have a value."""
    return {name: value for name, value in fields.items() if value is not None}


def fields_of(given: SessionFields | None) -> dict[str, str]:
    """Session fields as one object."""
    return {name: value for field in given or [] for name, value in field.items()}


def session_fields(fields: dict[str, str]) -> list[dict[str, str]]:
    """Session fields as the wire has them: one-key objects, in their order."""
    return [{name: value} for name, value in fields.items()]


def is_readable(event: Event) -> bool:
    """Whether an event is what it says it is. One of a type that is not known here is taken at its word."""
    return type(event) is not UnknownEvent or event.type not in KNOWN


def own_fields(event: Event) -> Json:
    """What an event has beside ``COMMON``: the fields of its type, as on the wire, and any that are not known."""
    own = {name: value for name, value in event.__dict__.items() if value is not None and name not in COMMON}
    if isinstance(event, Message) and event.postback is not None:
        own["postback"] = event.postback.as_json()
    more = event.__pydantic_extra__
    return {**own, **{name: more[name] for name in more if name not in COMMON}} if more else own


def files_own(raw: Json) -> Json:
    """The fields that only files have; pictures carry their thumbnails' sizes."""
    own: Json = {name: raw[name] for name in ("content_type", "url", "name", "size", "alternative_text") if name in raw}
    width, height = raw.get("width"), raw.get("height")
    if isinstance(width, int) and isinstance(height, int) and width and height:
        own |= {"width": width, "height": height}
        if (url := raw.get("thumbnail_url")) is not None:
            high = raw.get("thumbnail2x_url") or url
            own["thumbnails"] = {
                "default": {"url": url, **_fit(width, height, DEFAULT_SIDE)},
                "high": {"url": high, **_fit(width, height, HIGH_SIDE)},
            }
    return own


def _fit(width: int, height: int, side: int) -> dict[str, Any]:
    scale = min(1.0, side / max(width, height))
    return {"width": ceil(width * scale), "height": ceil(height * scale)}


def newest(summary: ChatSummary) -> "dict[str, tuple[Event, str]]":
    """The newest event of each type, with its thread; from the oldest to the newest."""
    found = [
        (type_, last.event, last.thread_id)
        for type_, last in (summary.last_event_per_type or {}).items()
        if last.event is not None and is_readable(last.event)
    ]
    return {type_: (event, thread) for type_, event, thread in sorted(found, key=lambda each: each[1].created_at)}


def seen_by(users: Iterable[User]) -> dict[str, datetime | None]:
    """Up to when each user has seen everything."""
    return {user.id: user.events_seen_up_to for user in users}
