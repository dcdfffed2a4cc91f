"""Customer Chat API 3.6: requests, results and pushes of a customer's connection (spec: customer-rtm, sections 5-7)."""

from typing import Literal

from pydantic import Field

from widget.wire.base import Json, JsonValue, Timestamp, Wire
from widget.wire.chats import Chat, ChatSummary, NewChat, Queue, Thread
from widget.wire.events import NewEvent, ReadEvent
from widget.wire.users import Agent, Customer, Page, SessionFields, User

__all__ = [
    "Application",
    "ChatDeactivated",
    "ChatTransferred",
    "ChatUsersPush",
    "CustomerDisconnected",
    "DeactivateChat",
    "EventsMarkedAsSeen",
    "GetChat",
    "GetPredictedAgent",
    "GrantType",
    "GroupAvailability",
    "GroupStatus",
    "GroupsStatusUpdated",
    "IncomingChat",
    "IncomingEvent",
    "IncomingTypingIndicator",
    "ListChats",
    "ListChatsResult",
    "ListGroupStatuses",
    "ListGroupStatusesResult",
    "ListThreads",
    "ListThreadsResult",
    "Login",
    "LoginChat",
    "LoginCustomer",
    "LoginResult",
    "MarkEventsAsSeen",
    "PredictedAgent",
    "QueuePositionUpdated",
    "ResumeChat",
    "ResumeChatResult",
    "SendEvent",
    "SendEventResult",
    "SendSneakPeek",
    "SetCustomerSessionFields",
    "StartChat",
    "StartChatResult",
    "Token",
    "TokenRequest",
    "TransferTarget",
    "TypingIndicator",
    "UpdateCustomer",
    "UpdateCustomerPage",
    "UserAddedToChat",
    "UserRemovedFromChat",
]

GroupAvailability = Literal["online", "online_for_queue", "offline"]
"""Whether a group's agents take chats, as customers are told it."""


GrantType = Literal["cookie", "refresh_token", "urn:ietf:params:oauth:grant-type:jwt-bearer"]
"""What a customer shows to get a token: cookies, what came with the last token, or a token that the site has signed."""


class TokenRequest(Wire):
    """Body of ``POST /v2/customer/token`` (spec: customer-auth, section 7; refreshing: RFC 6749, section 6).

    ``assertion``: the token that the site of a widget has signed (RFC 7523, section 2.1); ``subject_token`` is then of
    the customer who becomes that person. ``fresh``: whatever the cookies say, this is somebody else.
    """

    grant_type: GrantType = "cookie"
    refresh_token: str | None = None
    assertion: str | None = None
    subject_token: str | None = None
    widget_id: str | None = None
    fresh: bool | None = None
    response_type: Literal["token"] = "token"
    client_id: str
    organization_id: str
    redirect_uri: str | None = None


class Token(Wire):
    """A customer's access token. ``expires_in`` is in seconds.

    ``refresh_token`` is there when the server lets a customer come back without cookies. LiveChat's does not.
    """

    access_token: str
    entity_id: str
    expires_in: int
    token_type: str = "Bearer"
    organization_id: str | None = None
    refresh_token: str | None = None


class Application(Wire):
    """The program that connects."""

    name: str
    version: str
    channel_type: str | None = None


class LoginCustomer(Wire):
    """What a client may say of its customer when it signs in."""

    name: str | None = None
    email: str | None = None
    avatar: str | None = None
    session_fields: SessionFields | None = None


class Login(Wire):
    """``login``. ``token`` is the header's value, with its type: ``Bearer dal:...``."""

    token: str
    customer: LoginCustomer | None = None
    customer_page: Page | None = None
    customer_side_storage: dict[str, str] | None = None
    is_mobile: bool | None = None
    group_id: int | None = None
    referrer: str | None = None
    application: Application | None = None
    pushes: dict[str, list[str]] | None = None


class LoginChat(Wire):
    """A chat of the customer, as the answer to ``login`` names it."""

    chat_id: str
    has_unread_events: bool = False
    has_active_thread: bool | None = None


class LoginResult(Wire):
    """The answer to ``login`` (spec: customer-rtm, section 6)."""

    customer: Customer
    has_active_thread: bool = False
    chats: list[LoginChat] = Field(default_factory=list)
    greeting: Json | None = None
    dynamic_config: Json = Field(default_factory=dict, alias="__priv_dynamic_config")


class ListChats(Wire):
    """``list_chats``; ``page_id`` excludes the other two."""

    limit: int = Field(default=10, ge=1, le=25)
    sort_order: Literal["asc", "desc"] = "desc"
    page_id: str | None = None


class ListChatsResult(Wire):
    """A page of chats."""

    chats_summary: list[ChatSummary] = Field(default_factory=list)
    total_chats: int = 0
    next_page_id: str | None = None
    previous_page_id: str | None = None


class ListThreads(Wire):
    """``list_threads``; give ``limit`` or ``min_events_count``, or only ``page_id``."""

    chat_id: str
    sort_order: Literal["asc", "desc"] = "desc"
    limit: int | None = Field(default=None, ge=1, le=100)
    min_events_count: int | None = Field(default=None, ge=1, le=100)
    page_id: str | None = None


class ListThreadsResult(Wire):
    """A page of threads with their events."""

    threads: list[Thread] = Field(default_factory=list)
    found_threads: int = 0
    next_page_id: str | None = None
    previous_page_id: str | None = None


class GetChat(Wire):
    """``get_chat``; without ``thread_id`` the newest thread."""

    chat_id: str
    thread_id: str | None = None


class StartChat(Wire):
    """``start_chat``."""

    chat: NewChat | None = None
    active: bool = True
    continuous: bool = False


class StartChatResult(Wire):
    """``event_ids`` are those of the first events, in their order."""

    chat_id: str
    thread_id: str
    event_ids: list[str] | None = None


class ResumeChat(Wire):
    """``resume_chat``: a new thread in an inactive chat."""

    chat: NewChat
    active: bool = True
    continuous: bool = False


class ResumeChatResult(Wire):
    """``event_ids`` are those of the first events, in their order."""

    thread_id: str
    event_ids: list[str] | None = None


class DeactivateChat(Wire):
    """``deactivate_chat``."""

    id: str
    ignore_requester_presence: bool | None = None


class SendEvent(Wire):
    """``send_event``; an inactive chat takes it only with ``attach_to_last_thread``."""

    chat_id: str
    event: NewEvent
    attach_to_last_thread: bool = False


class SendEventResult(Wire):
    """The id that the server gave to the event."""

    event_id: str


class SendSneakPeek(Wire):
    """``send_sneak_peek``: what the customer has typed and not sent."""

    chat_id: str
    sneak_peek_text: str


class MarkEventsAsSeen(Wire):
    """``mark_events_as_seen``."""

    chat_id: str
    seen_up_to: Timestamp


class UpdateCustomer(Wire):
    """``update_customer``; at least one field."""

    name: str | None = None
    email: str | None = None
    avatar: str | None = None
    session_fields: SessionFields | None = None


class SetCustomerSessionFields(Wire):
    """``set_customer_session_fields``: replaces all of them."""

    session_fields: SessionFields


class UpdateCustomerPage(Wire):
    """``update_customer_page``: where the customer is now."""

    url: str
    title: str | None = None


class ListGroupStatuses(Wire):
    """``list_group_statuses``; give ``all`` or ``group_ids``."""

    all: bool | None = None
    group_ids: list[int] | None = None


class ListGroupStatusesResult(Wire):
    """The groups by their id, as text; unknown ones are left out."""

    groups_status: dict[str, GroupAvailability]


class GetPredictedAgent(Wire):
    """``get_predicted_agent``: who would get a chat that started now."""

    group_id: int | None = None


class PredictedAgent(Wire):
    """The agent, and whether the customer would have to wait all the same."""

    agent: Agent
    queue: bool = False


class IncomingChat(Wire):
    """A chat was started or resumed, or came to the agent who now gets it."""

    requester_id: str | None = None
    chat: Chat
    transferred_from: JsonValue = None


class IncomingEvent(Wire):
    """Somebody said something."""

    chat_id: str
    thread_id: str
    event: ReadEvent


class ChatDeactivated(Wire):
    """A thread ended; ``user_id`` is absent when the platform ended it."""

    chat_id: str
    thread_id: str
    user_id: str | None = None


class TransferTarget(Wire):
    """Who has a chat now."""

    agent_ids: list[str] | None = None
    group_ids: list[int] | None = None


class ChatTransferred(Wire):
    """A chat went to other agents, by somebody's wish or by routing; ``queue`` is there when nobody has it."""

    chat_id: str
    thread_id: str | None = None
    requester_id: str | None = None
    reason: Literal["manual", "inactive", "assigned", "unassigned", "other"]
    transferred_to: TransferTarget
    queue: Queue | None = None


class QueuePositionUpdated(Wire):
    """A place in the queue changed."""

    chat_id: str
    thread_id: str
    queue: Queue


class GroupStatus(Wire):
    """What a group's agents do; customers and agents are told it in different words."""

    id: int
    status: str


class GroupsStatusUpdated(Wire):
    """Agents of these groups came, left, or have their hands full."""

    groups: list[GroupStatus]


class ChatUsersPush(Wire):
    """What the two pushes about a chat's users share."""

    chat_id: str
    thread_id: str | None = None
    reason: str | None = None
    requester_id: str | None = None


class UserAddedToChat(ChatUsersPush):
    """Somebody joined."""

    user: User
    user_type: str | None = None


class UserRemovedFromChat(ChatUsersPush):
    """Somebody left."""

    user_id: str
    user_type: str | None = None


class EventsMarkedAsSeen(Wire):
    """A user has seen everything up to this moment."""

    user_id: str
    chat_id: str
    seen_up_to: Timestamp


class TypingIndicator(Wire):
    """Who types; ``timestamp`` in Unix seconds."""

    author_id: str
    is_typing: bool
    timestamp: int | None = None
    visibility: str | None = None


class IncomingTypingIndicator(Wire):
    """An agent began or ceased to type."""

    chat_id: str
    thread_id: str | None = None
    typing_indicator: TypingIndicator


class CustomerDisconnected(Wire):
    """The server is about to close the socket, and why (spec: customer-rtm, section 7)."""

    reason: str
    data: JsonValue = None
