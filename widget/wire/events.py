"""Events of a thread: what was said and what happened.

An event type that we do not know is an ``UnknownEvent``: kept, passed on, and not shown. So is an event of a known
type whose fields do not fit, for one bad event must not take a whole history with it.
"""

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag, TypeAdapter

from widget.wire.base import Json, JsonValue, Properties, Timestamp, Wire

__all__ = [
    "CustomEvent",
    "Event",
    "File",
    "Message",
    "NewCustomEvent",
    "NewEvent",
    "NewFile",
    "NewMessage",
    "NewSystemMessage",
    "ReadEvent",
    "SystemMessage",
    "UnknownEvent",
    "Visibility",
    "read_event",
]

Visibility = Literal["all", "agents"]
"""Who may read an event: everybody in the chat, or agents only."""


class EventBase(Wire):
    """What every event has. ``author_id`` is absent when the platform itself speaks."""

    id: str
    type: str
    created_at: Timestamp
    author_id: str | None = None
    custom_id: str | None = None
    visibility: Visibility | None = None
    properties: Properties | None = None


class Postback(Wire):
    """Which button of which rich message a message answers."""

    id: str
    thread_id: str
    event_id: str
    type: str | None = None
    value: str | None = None


class Message(EventBase):
    """A text."""

    type: Literal["message"] = "message"
    text: str
    postback: Postback | None = None


class File(EventBase):
    """A file; images carry their size in pixels and thumbnails."""

    type: Literal["file"] = "file"
    url: str
    name: str | None = None
    content_type: str | None = None
    size: int | None = None
    width: int | None = None
    height: int | None = None
    thumbnail_url: str | None = None
    thumbnail2x_url: str | None = None
    alternative_text: str | None = None


class SystemMessage(EventBase):
    """What happened, told by the platform; clients translate it by ``system_message_type`` and ``text_vars``."""

    type: Literal["system_message"] = "system_message"
    text: str | None = None
    system_message_type: str
    text_vars: dict[str, str] | None = None


class CustomEvent(EventBase):
    """Data of an integration; not shown."""

    type: Literal["custom"] = "custom"
    content: JsonValue = None


class UnknownEvent(EventBase):
    """An event we do not know, or cannot read: only what all events have."""


def _kind(value: object) -> str:
    # A model's class is asked last: for pydantic's classes that takes longer than reading an event does.
    if not isinstance(value, dict):
        return "unknown" if isinstance(value, UnknownEvent) else _known(getattr(value, "type", None))
    return _known(value.get("type"))


def _known(kind: object) -> str:
    return kind if isinstance(kind, str) and kind in {"message", "file", "system_message", "custom"} else "unknown"


Event = Annotated[
    Annotated[Message, Tag("message")]
    | Annotated[File, Tag("file")]
    | Annotated[SystemMessage, Tag("system_message")]
    | Annotated[CustomEvent, Tag("custom")]
    | Annotated[UnknownEvent, Tag("unknown")],
    Discriminator(_kind),
]

KnownEvent = Annotated[Message | File | SystemMessage | CustomEvent, Field(discriminator="type")]

ReadEvent = Annotated[KnownEvent | UnknownEvent, Field(union_mode="left_to_right")]
"""An event as it comes: one that we do not know, or cannot read, is an ``UnknownEvent``."""

_READ: TypeAdapter[ReadEvent] = TypeAdapter(ReadEvent)


def read_event(value: Json) -> Event:
    """The event of a JSON object. Raises ValidationError only when it has no id, type or time at all."""
    return _READ.validate_python(value)


class NewMessage(Wire):
    """A text to send. ``custom_id`` comes back on the event, and lets a resent text be recognised."""

    type: Literal["message"] = "message"
    text: str
    custom_id: str | None = None
    visibility: Visibility | None = None
    properties: Properties | None = None
    postback: Postback | None = None


class NewSystemMessage(Wire):
    """A system message to send (spec: customer-rtm, section 9)."""

    type: Literal["system_message"] = "system_message"
    text: str
    system_message_type: str
    text_vars: dict[str, str] | None = None
    custom_id: str | None = None
    visibility: Visibility | None = None


class NewCustomEvent(Wire):
    """Data of an integration to send."""

    type: Literal["custom"] = "custom"
    content: JsonValue = None
    custom_id: str | None = None
    visibility: Visibility | None = None
    properties: Properties | None = None


class NewFile(Wire):
    """A file that was uploaded before, to send; ``url`` is the answer to ``upload_file``."""

    type: Literal["file"] = "file"
    url: str
    alternative_text: str | None = None
    custom_id: str | None = None
    visibility: Visibility | None = None
    properties: Properties | None = None


def _new_kind(value: object) -> Any:
    return value.get("type") if isinstance(value, dict) else getattr(value, "type", None)


NewEvent = Annotated[
    Annotated[NewMessage, Tag("message")]
    | Annotated[NewFile, Tag("file")]
    | Annotated[NewSystemMessage, Tag("system_message")]
    | Annotated[NewCustomEvent, Tag("custom")],
    Discriminator(_new_kind),
]
"""An event as a client sends it: no id, no time, no author; the server adds them."""
