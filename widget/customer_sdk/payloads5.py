"""What the events of today's words carry, and what an event of a chat and a user are, for type checkers and editors.

Nothing runs by it: the TypeScript declarations are made of it (``tools/declarations.py``), and a test compares it with
what is told.
"""

from typing import Any, Literal, NotRequired

from typing_extensions import TypedDict

from widget.customer_sdk.new_events import AnsweredButton
from widget.customer_sdk.words5 import Chat, Queue
from widget.platform_sdk.shapes import Json, Properties, PropertyNames

__all__ = ["Event", "Told", "User"]


# Users


class Customer(TypedDict):
    """A visitor. ``present`` only in a chat, ``statistics`` only of oneself."""

    id: str
    type: Literal["customer"]
    name: NotRequired[str]
    email: NotRequired[str]
    avatar: NotRequired[str]
    session_fields: dict[str, str]
    present: NotRequired[bool]
    statistics: NotRequired[Json]


class Agent(TypedDict):
    """An agent or a bot. ``present`` only in a chat."""

    id: str
    type: Literal["agent"]
    name: NotRequired[str]
    email: NotRequired[str]
    avatar: NotRequired[str]
    job_title: NotRequired[str]
    is_bot: NotRequired[bool]
    present: NotRequired[bool]


User = Customer | Agent


# Events of a chat


class EventBase(TypedDict):
    """What every event has. ``author_id`` is ``system`` where the platform itself speaks."""

    id: str
    author_id: str
    created_at: str
    thread_id: str
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
    postback_id: str | None
    user_ids: list[str]
    role: str
    type: NotRequired[str]
    value: NotRequired[str]
    target: NotRequired[str]
    webview_height: NotRequired[str]


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


class Greeting(TypedDict):
    """A greeting to show."""

    id: int
    unique_id: str
    displayed_first_time: bool
    accepted: bool
    addon: Any
    subtype: str
    event: Json
    agent: Agent


Availability = Literal["online", "online_for_queue", "offline"]


class InChat(TypedDict):
    """Something about a chat."""

    chat_id: str


class InThread(InChat):
    """Something about a thread."""

    thread_id: str


class OfEvent(InThread):
    """Something about an event."""

    event_id: str


class AvailabilityUpdated(TypedDict):
    """Agents of the customer's group came, left, or have their hands full."""

    availability: Availability


class ChatPropertiesUpdated(InChat):
    """Properties of a chat were set."""

    properties: Properties


class ChatPropertiesDeleted(InChat):
    """Properties of a chat were deleted."""

    properties: PropertyNames


class ThreadPropertiesUpdated(InThread):
    """Properties of a thread were set."""

    properties: Properties


class ThreadPropertiesDeleted(InThread):
    """Properties of a thread were deleted."""

    properties: PropertyNames


class EventPropertiesUpdated(OfEvent):
    """Properties of an event were set."""

    properties: Properties


class EventPropertiesDeleted(OfEvent):
    """Properties of an event were deleted."""

    properties: PropertyNames


class TransferTarget(TypedDict, total=False):
    """Who has the chat now."""

    agent_ids: list[str]
    group_ids: list[int]


class ChatTransferred(InChat):
    """Somebody else has the chat now, or it waits in the queue."""

    thread_id: NotRequired[str]
    reason: str
    requester_id: NotRequired[str]
    transferred_to: TransferTarget
    queue: Queue | None


class Connected(TypedDict):
    """Signed in: who the customer is, and whether anybody is there."""

    customer: Customer
    availability: Availability
    greeting: NotRequired[Greeting]


class CustomerUpdated(TypedDict):
    """What has changed about the customer."""

    id: str
    name: NotRequired[str]
    email: NotRequired[str]
    avatar: NotRequired[str]
    session_fields: NotRequired[dict[str, str]]


class Disconnected(TypedDict):
    """The connection is gone."""

    reason: str


class EventUpdated(InThread):
    """An event has changed."""

    event: Event


class EventsMarkedAsSeen(InChat):
    """Somebody has seen everything up to a moment."""

    user_id: str
    seen_up_to: str


class GreetingNews(TypedDict):
    """A greeting was accepted, or canceled."""

    unique_id: str


class IdentityChanged(TypedDict):
    """The customer is somebody else now."""

    previous_id: str
    new_id: str


class IncomingChat(TypedDict):
    """A chat was started or resumed."""

    chat: Chat


class IncomingEvent(InChat):
    """Somebody said something."""

    event: Event


class PressedButton(TypedDict):
    """The button of a rich message that was pressed, or no longer is."""

    id: str
    toggled: bool


class RichMessagePostback(OfEvent):
    """A button of a rich message was pressed."""

    user_id: str
    postback: PressedButton


class Typing(TypedDict):
    """Who types, or has ceased to."""

    author_id: str
    is_typing: bool


class TypingIndicator(InChat):
    """An agent began or ceased to type."""

    typing_indicator: Typing


class WelcomeMessage(TypedDict):
    """What an agent would say first. It is not kept."""

    id: str
    event: Json


class QueuePositionUpdated(InThread):
    """A place in the queue changed."""

    queue: Queue


class UserAddedToChat(InChat):
    """Somebody joined."""

    user: User
    present: bool


class UserRemovedFromChat(InChat):
    """Somebody left."""

    user_id: str


class Told(TypedDict):
    """Events, and what each carries."""

    availability_updated: AvailabilityUpdated
    chat_deactivated: InChat
    chat_properties_deleted: ChatPropertiesDeleted
    chat_properties_updated: ChatPropertiesUpdated
    chat_transferred: ChatTransferred
    connected: Connected
    customer_id: str
    customer_updated: CustomerUpdated
    disconnected: Disconnected
    event_deleted: OfEvent
    event_properties_deleted: EventPropertiesDeleted
    event_properties_updated: EventPropertiesUpdated
    event_updated: EventUpdated
    events_marked_as_seen: EventsMarkedAsSeen
    greeting_accepted: GreetingNews
    greeting_canceled: GreetingNews
    identity_changed: IdentityChanged
    incoming_chat: IncomingChat
    incoming_event: IncomingEvent
    incoming_event_preview: IncomingEvent
    incoming_greeting: Greeting
    incoming_multicast: Json
    incoming_rich_message_postback: RichMessagePostback
    incoming_thinking_indicator: Json
    incoming_typing_indicator: TypingIndicator
    incoming_welcome_message: WelcomeMessage
    queue_position_updated: QueuePositionUpdated
    thread_properties_deleted: ThreadPropertiesDeleted
    thread_properties_updated: ThreadPropertiesUpdated
    user_added_to_chat: UserAddedToChat
    user_data: User
    user_removed_from_chat: UserRemovedFromChat
