"""Requests about the properties of chats, threads and events, on both sides (spec: customer-rtm, section 5)."""

from widget.wire.base import Properties, Wire

__all__ = [
    "DeleteChatProperties",
    "DeleteEventProperties",
    "DeleteThreadProperties",
    "UpdateChatProperties",
    "UpdateEventProperties",
    "UpdateThreadProperties",
]

Names = dict[str, list[str]]
"""Names of properties, by namespace."""


class UpdateChatProperties(Wire):
    """``update_chat_properties``."""

    id: str
    properties: Properties


class DeleteChatProperties(Wire):
    """``delete_chat_properties``."""

    id: str
    properties: Names


class UpdateThreadProperties(Wire):
    """``update_thread_properties``."""

    chat_id: str
    thread_id: str
    properties: Properties


class DeleteThreadProperties(Wire):
    """``delete_thread_properties``."""

    chat_id: str
    thread_id: str
    properties: Names


class UpdateEventProperties(UpdateThreadProperties):
    """``update_event_properties``."""

    event_id: str


class DeleteEventProperties(DeleteThreadProperties):
    """``delete_event_properties``."""

    event_id: str
