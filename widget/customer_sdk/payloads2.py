"""What the events of the first words carry, as ``payloads5`` has it for today's; and what an event and a user are."""

from typing import Any, Literal, NotRequired

from typing_extensions import TypedDict

from widget.customer_sdk.new_events import AnsweredButton
from widget.customer_sdk.words2 import ChatsSummary, ThreadSummary
from widget.platform_sdk.shapes import Json, Properties

__all__ = ["Event", "Told", "User"]


# Users


class Customer(TypedDict):
    """A visitor; ``fields`` are what the site knows of him."""

    id: str
    type: Literal["customer"]
    fields: dict[str, str]
    name: NotRequired[str]
    email: NotRequired[str]


class Agent(TypedDict):
    """An agent or a bot."""

    id: str
    type: Literal["agent"]
    name: str | None
    avatar: str | None
    job_title: str | None


User = Customer | Agent


# Events of a chat


class EventBase(TypedDict):
    """What every event has. ``author`` is ``system`` where the platform itself speaks; ``timestamp`` in Unix ms."""

    id: str
    author: str
    timestamp: int
    thread: str
    properties: Properties
    custom_id: NotRequired[str]


class Message(EventBase):
    """A text."""

    type: Literal["message"]
    text: str
    postback: NotRequired[AnsweredButton]


class Thumbnail(TypedDict):
    """A small picture of a picture; its size in pixels."""

    url: str
    width: int
    height: int


class Thumbnails(TypedDict):
    """Small pictures of a picture, in two sizes."""

    default: Thumbnail
    high: Thumbnail


class FileEvent(EventBase):
    """A file. Pictures have their size in pixels, and thumbnails."""

    type: Literal["file"]
    url: str
    name: NotRequired[str]
    content_type: NotRequired[str]
    size: NotRequired[int]
    alternative_text: NotRequired[str]
    width: NotRequired[int]
    height: NotRequired[int]
    thumbnails: NotRequired[Thumbnails]


class SystemMessage(EventBase):
    """What happened, told by the platform."""

    type: Literal["system_message"]
    system_message_type: str
    text: NotRequired[str]
    text_vars: NotRequired[dict[str, str]]


class Button(TypedDict):
    """A button of a rich message."""

    text: str | None
    postback: str | None
    users: list[str]
    type: NotRequired[str]
    value: NotRequired[str]


class Element(TypedDict):
    """A card of a rich message."""

    title: NotRequired[str]
    subtitle: NotRequired[str]
    image: NotRequired[Json]
    buttons: NotRequired[list[Button]]


class RichMessage(EventBase):
    """Cards, quick replies or a sticker."""

    type: Literal["rich_message"]
    template: str | None
    elements: list[Element]


class FilledForm(EventBase):
    """A form that was filled in."""

    type: Literal["filled_form"]
    form_id: NotRequired[str]
    form_type: NotRequired[str]
    fields: list[Json]


class CustomEvent(EventBase):
    """Data of an integration."""

    type: Literal["custom"]
    content: NotRequired[Any]


Event = Message | FileEvent | SystemMessage | RichMessage | FilledForm | CustomEvent


# What is told


class InChat(TypedDict):
    """Something about a chat."""

    chat: str


class UserInChat(InChat):
    """Somebody does something in a chat."""

    user: str


class ChatPropertiesUpdated(InChat):
    """Properties of a chat were set."""

    properties: Properties


class ThreadPropertiesUpdated(ChatPropertiesUpdated):
    """Properties of a thread were set."""

    thread: str


class LastSeen(UserInChat):
    """Somebody has seen everything up to a moment, in Unix ms."""

    timestamp: int


class NewEventTold(InChat):
    """Somebody said something."""

    event: Event


class ThreadSummaryTold(ThreadSummary):
    """A thread has begun, or was read in the history."""

    chat: str
    properties: Properties


class Told(TypedDict):
    """Events, and what each carries; None is nothing."""

    chat_properties_updated: ChatPropertiesUpdated
    chat_thread_properties_updated: ThreadPropertiesUpdated
    connected: ChatsSummary
    connection_lost: None
    connection_restored: ChatsSummary
    customer_id: str
    disconnected: str
    last_seen_timestamp_updated: LastSeen
    new_event: NewEventTold
    thread_closed: InChat
    thread_summary: ThreadSummaryTold
    user_data: User
    user_is_typing: UserInChat
    user_joined_chat: UserInChat
    user_left_chat: UserInChat
    user_stopped_typing: UserInChat
