"""Agent Chat API: what an agent, or a bot, can do (spec: agent-api, section 2)."""

from typing import Any, ClassVar, Literal, TypeAlias

from widget.platform_sdk.method import method
from widget.platform_sdk.rtm import Rtm
from widget.platform_sdk.shapes import (
    AgentChats,
    AgentForTransfer,
    AgentLogin,
    AgentRoutingStatus,
    Application,
    ArchiveFilters,
    Archives,
    Ban,
    Chat,
    ChatFilters,
    Customer,
    CustomerFilters,
    CustomerId,
    Customers,
    Empty,
    GroupFilter,
    Highlights,
    Json,
    Moment,
    NewChat,
    NewEvent,
    Postback,
    Properties,
    PropertyNames,
    PushNotifications,
    Recipients,
    ResumedChat,
    RoutingStatus,
    SentEvent,
    SessionFields,
    SortOrder,
    StartedChat,
    StartedThread,
    ThreadFilters,
    Threads,
    TransferTarget,
    Uploaded,
    UserType,
    Visibility,
)
from widget.platform_sdk.web import Web, WebSync
from widget.rtm.dialect import AGENT

__all__ = ["Agent", "AgentPush", "AgentRTM", "AgentWeb", "AgentWebSync"]

AgentPush = Literal[
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
    "auto_accesses_updated",
    "bot_created",
    "bot_deleted",
    "bot_updated",
    "chat_access_updated",
    "chat_deactivated",
    "chat_deleted",
    "chat_properties_deleted",
    "chat_properties_updated",
    "chat_transferred",
    "chat_unfollowed",
    "customer_banned",
    "customer_created",
    "customer_left",
    "customer_page_updated",
    "customer_statistics_updated",
    "customer_transferred",
    "customer_unfollowed",
    "customer_updated",
    "customer_visit_ended",
    "customer_visit_started",
    "event_deleted",
    "event_properties_deleted",
    "event_properties_updated",
    "event_updated",
    "events_marked_as_seen",
    "group_created",
    "group_deleted",
    "group_properties_updated",
    "group_updated",
    "groups_status_updated",
    "incoming_chat",
    "incoming_customer",
    "incoming_customers",
    "incoming_error",
    "incoming_event",
    "incoming_event_preview",
    "incoming_multicast",
    "incoming_rich_message_postback",
    "incoming_sneak_peek",
    "incoming_thinking_indicator",
    "incoming_typing_indicator",
    "license_properties_updated",
    "queue_positions_updated",
    "routing_status_set",
    "subscribed_customers_totals_updated",
    "tag_created",
    "tag_deleted",
    "tag_updated",
    "thread_deleted",
    "thread_properties_deleted",
    "thread_properties_updated",
    "thread_summary_set",
    "thread_tagged",
    "thread_untagged",
    "threads_deleted",
    "ticket_created",
    "ticket_deleted",
    "user_added_to_chat",
    "user_removed_from_chat",
]
"""What an agent is told (spec: agent-api, section 4)."""


class AgentMethods:
    """What can be asked for over a WebSocket and over HTTP."""

    @method()
    def list_chats(
        self,
        filters: ChatFilters | None = None,
        sort_order: SortOrder | None = None,
        limit: int | None = None,
        page_id: str | None = None,
    ) -> AgentChats:
        """The chats that the agent may see, 10 a page unless ``limit`` (at most 100) says otherwise."""

    @method()
    def list_threads(
        self,
        chat_id: str,
        sort_order: SortOrder | None = None,
        limit: int | None = None,
        page_id: str | None = None,
        min_events_count: int | None = None,
        filters: ThreadFilters | None = None,
    ) -> Threads:
        """The threads of a chat, newest first, 3 a page; ``limit`` excludes ``min_events_count``, both at most 100."""

    @method()
    def get_chat(self, chat_id: str, thread_id: str | None = None) -> Chat:
        """A chat with one of its threads, the newest unless it is named."""

    @method()
    def list_archives(
        self,
        filters: ArchiveFilters | None = None,
        page_id: str | None = None,
        sort_order: SortOrder | None = None,
        limit: int | None = None,
        highlights: Highlights | None = None,
    ) -> Archives:
        """Archived threads, each in its chat, newest first, 10 a page (at most 100)."""

    @method()
    def start_chat(
        self, chat: NewChat | None = None, active: bool | None = None, continuous: bool | None = None
    ) -> StartedChat:
        """Start a chat; with ``active=False`` its thread is closed at once."""

    @method()
    def resume_chat(
        self, chat: ResumedChat, active: bool | None = None, continuous: bool | None = None
    ) -> StartedThread:
        """Start a new thread in a chat that is closed."""

    @method()
    def deactivate_chat(self, id: str, ignore_requester_presence: bool | None = None) -> Empty:
        """Close the thread of a chat."""

    @method()
    def follow_chat(self, id: str) -> Empty:
        """Be told everything of a chat without taking part in it."""

    @method()
    def unfollow_chat(self, id: str) -> Empty:
        """Follow a chat no longer."""

    @method()
    def transfer_chat(
        self,
        id: str,
        target: TransferTarget | None = None,
        ignore_agents_availability: bool | None = None,
        ignore_requester_presence: bool | None = None,
    ) -> Empty:
        """Give a chat to an agent or a group; without a target, to somebody else of its group."""

    @method()
    def add_user_to_chat(
        self,
        chat_id: str,
        user_id: str,
        user_type: UserType,
        visibility: Visibility,
        ignore_requester_presence: bool | None = None,
    ) -> Empty:
        """Let somebody take part; an agent with visibility ``agents`` supervises, unseen by the customer."""

    @method()
    def remove_user_from_chat(
        self, chat_id: str, user_id: str, user_type: UserType, ignore_requester_presence: bool | None = None
    ) -> Empty:
        """Let somebody take part no longer."""

    @method()
    def send_event(self, chat_id: str, event: NewEvent, attach_to_last_thread: bool | None = None) -> SentEvent:
        """Say something; in a closed chat only with ``attach_to_last_thread``."""

    @method()
    def send_rich_message_postback(self, chat_id: str, thread_id: str, event_id: str, postback: Postback) -> Empty:
        """Press a button of a rich message."""

    @method(since="3.6")
    def request_thread_summary(self, chat_id: str, thread_id: str) -> Json:
        """Have a thread summed up; the summary comes as ``thread_summary_set``."""

    @method(since="3.6")
    def get_thread_transcript(self, chat_id: str, thread_id: str) -> Json:
        """Everything that was said in a thread, as text."""

    @method()
    def update_chat_properties(self, id: str, properties: Properties) -> Empty:
        """Set properties of a chat."""

    @method()
    def delete_chat_properties(self, id: str, properties: PropertyNames) -> Empty:
        """Delete properties of a chat."""

    @method()
    def update_thread_properties(self, chat_id: str, thread_id: str, properties: Properties) -> Empty:
        """Set properties of a thread."""

    @method()
    def delete_thread_properties(self, chat_id: str, thread_id: str, properties: PropertyNames) -> Empty:
        """Delete properties of a thread."""

    @method()
    def update_event_properties(self, chat_id: str, thread_id: str, event_id: str, properties: Properties) -> Empty:
        """Set properties of an event."""

    @method()
    def delete_event_properties(self, chat_id: str, thread_id: str, event_id: str, properties: PropertyNames) -> Empty:
        """Delete properties of an event."""

    @method()
    def tag_thread(self, chat_id: str, thread_id: str, tag: str) -> Empty:
        """Tag a thread."""

    @method()
    def untag_thread(self, chat_id: str, thread_id: str, tag: str) -> Empty:
        """Take a tag from a thread."""

    @method()
    def get_customer(self, id: str) -> Customer:
        """A customer, with visit and statistics."""

    @method(until="3.5")
    def list_customers(
        self,
        page_id: str | None = None,
        limit: int | None = None,
        sort_order: SortOrder | None = None,
        sort_by: str | None = None,
        filters: CustomerFilters | None = None,
    ) -> Customers:
        """Customers by what is known of them."""

    @method(until="3.5")
    def create_customer(
        self,
        name: str | None = None,
        email: str | None = None,
        avatar: str | None = None,
        session_fields: SessionFields | None = None,
    ) -> CustomerId:
        """Make a customer."""

    @method()
    def update_customer(
        self,
        id: str,
        name: str | None = None,
        email: str | None = None,
        avatar: str | None = None,
        session_fields: SessionFields | None = None,
    ) -> Empty:
        """Change what is known of a customer."""

    @method()
    def ban_customer(self, id: str, ban: Ban) -> Empty:
        """Shut a customer out for some days."""

    @method(until="3.5")
    def follow_customer(self, id: str) -> Empty:
        """Be told what a customer does."""

    @method(until="3.5")
    def unfollow_customer(self, id: str) -> Empty:
        """Follow a customer no longer."""

    @method()
    def set_routing_status(self, status: RoutingStatus, agent_id: str | None = None) -> Empty:
        """Whether an agent takes new chats: oneself, unless another is named."""

    @method()
    def list_routing_statuses(self, filters: GroupFilter | None = None) -> list[AgentRoutingStatus]:
        """Which agents take chats."""

    @method()
    def mark_events_as_seen(self, chat_id: str, seen_up_to: Moment) -> Empty:
        """Everything in a chat up to a moment has been seen."""

    @method()
    def send_typing_indicator(self, chat_id: str, is_typing: bool, visibility: Visibility | None = None) -> Empty:
        """Show that one types, or no longer."""

    @method(since="3.6")
    def send_thinking_indicator(
        self,
        chat_id: str,
        title: str | None = None,
        description: str | None = None,
        visibility: Visibility | None = None,
        custom_id: str | None = None,
    ) -> Empty:
        """Show that a bot thinks."""

    @method(since="3.6")
    def send_event_preview(self, chat_id: str, event: NewEvent) -> Empty:
        """Show an event that is still being written."""

    @method()
    def multicast(self, recipients: Recipients, content: Any, type: str | None = None) -> Empty:
        """Tell agents or customers something that belongs to no chat."""

    @method()
    def list_agents_for_transfer(self, chat_id: str) -> list[AgentForTransfer]:
        """Which agents could take a chat, and how many they have."""


class AgentRtmMethods(AgentMethods):
    """What can be asked for over a WebSocket."""

    @method()
    def login(
        self,
        timezone: str | None = None,
        reconnect: bool | None = None,
        push_notifications: PushNotifications | None = None,
        application: Application | None = None,
        away: bool | None = None,
        customer_monitoring_level: str | None = None,
        pushes: dict[str, list[str]] | None = None,
    ) -> AgentLogin:
        """Log in with the token that the token getter gives; opens the connection if it is not open."""

    @method()
    def logout(self, agent_id: str | None = None) -> Empty:
        """Log out, and disconnect; or since 3.6 log out another agent."""

    @method()
    def change_push_notifications(self, firebase_token: str, platform: str, enabled: bool) -> Empty:
        """Turn notifications of a device on or off."""

    @method()
    def set_away_status(self, away: bool) -> Empty:
        """Say whether one has left the keyboard."""

    @method(since="3.6")
    def update_session(self, token: str) -> Empty:
        """Go on with another token."""

    @method(since="3.6")
    def subscribe_customers(self, group_ids: list[int] | None = None, limit: int | None = None) -> Json:
        """Be told what the visitors of groups do."""

    @method(since="3.6")
    def unsubscribe_customers(self, subscription_id: str) -> Empty:
        """Be told no longer."""


class AgentWebMethods(AgentMethods):
    """What can be asked for over HTTP."""

    @method(way="UPLOAD")
    def upload_file(self, file: bytes, filename: str, content_type: str | None = None) -> Uploaded:
        """Upload a file, at most 10 MB; its address goes into an event of type ``file`` within 24 hours."""

    @method(since="3.6")
    def logout(self, agent_id: str | None = None) -> Empty:
        """Log out an agent: oneself, unless another is named."""

    @method(until="3.5")
    def get_license_info(self) -> Json:
        """The licence of the agent's organization."""


class AgentRTM(Rtm[AgentPush], AgentRtmMethods):
    """Agent Chat over a WebSocket."""

    api: ClassVar[str] = "agent"
    dialect = AGENT


class AgentWeb(Web, AgentWebMethods):
    """Agent Chat over HTTP, to be awaited."""

    api: ClassVar[str] = "agent"


class AgentWebSync(WebSync, AgentWebMethods):
    """Agent Chat over HTTP, blocking."""

    api: ClassVar[str] = "agent"


class Agent:
    """Agent Chat API."""

    RTM: TypeAlias = AgentRTM
    Web: TypeAlias = AgentWeb
    WebSync: TypeAlias = AgentWebSync
