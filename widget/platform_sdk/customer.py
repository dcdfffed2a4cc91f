"""Customer Chat API: what a visitor can do (spec: customer-rtm, section 5; customer-web, section 2)."""

from typing import ClassVar, Literal, TypeAlias

from widget.platform_sdk.method import method
from widget.platform_sdk.rtm import Rtm
from widget.platform_sdk.shapes import (
    Application,
    Chat,
    CustomerChats,
    CustomerLogin,
    CustomerPage,
    DynamicConfiguration,
    Empty,
    Form,
    FormType,
    GroupConfiguration,
    GroupStatuses,
    Json,
    LoginCustomer,
    Moment,
    NewChat,
    NewEvent,
    Postback,
    PredictedAgent,
    Properties,
    PropertyNames,
    ResumedChat,
    SentEvent,
    SessionFields,
    SortOrder,
    StartedChat,
    StartedThread,
    Threads,
    Uploaded,
    UrlInfo,
    WelcomeMessage,
)
from widget.platform_sdk.shapes import (
    Customer as CustomerShape,
)
from widget.platform_sdk.web import Web, WebSync
from widget.rtm.dialect import CUSTOMER

__all__ = ["Customer", "CustomerPush", "CustomerRTM", "CustomerWeb", "CustomerWebSync"]

CustomerPush = Literal[
    "chat_deactivated",
    "chat_properties_deleted",
    "chat_properties_updated",
    "chat_transferred",
    "customer_disconnected",
    "customer_page_updated",
    "customer_side_storage_updated",
    "customer_updated",
    "event_deleted",
    "event_properties_deleted",
    "event_properties_updated",
    "event_updated",
    "events_marked_as_seen",
    "greeting_accepted",
    "greeting_canceled",
    "groups_status_updated",
    "incoming_chat",
    "incoming_event",
    "incoming_event_preview",
    "incoming_greeting",
    "incoming_multicast",
    "incoming_rich_message_postback",
    "incoming_thinking_indicator",
    "incoming_typing_indicator",
    "incoming_welcome_message",
    "queue_position_updated",
    "thread_properties_deleted",
    "thread_properties_updated",
    "user_added_to_chat",
    "user_removed_from_chat",
]
"""What a customer is told (spec: customer-rtm, sections 7 and 12)."""


class CustomerMethods:
    """What can be asked for over a WebSocket and over HTTP."""

    @method()
    def list_chats(
        self, sort_order: SortOrder | None = None, limit: int | None = None, page_id: str | None = None
    ) -> CustomerChats:
        """The customer's chats, 10 a page unless ``limit`` (at most 25) says otherwise."""

    @method()
    def list_threads(
        self,
        chat_id: str,
        sort_order: SortOrder | None = None,
        limit: int | None = None,
        page_id: str | None = None,
        min_events_count: int | None = None,
    ) -> Threads:
        """The threads of a chat, newest first, 3 a page; ``limit`` excludes ``min_events_count``, both at most 100."""

    @method()
    def get_chat(self, chat_id: str, thread_id: str | None = None) -> Chat:
        """A chat with one of its threads, the newest unless it is named."""

    @method()
    def start_chat(
        self, chat: NewChat | None = None, active: bool | None = None, continuous: bool | None = None
    ) -> StartedChat:
        """Start a chat; ``continuous`` also where nobody is online."""

    @method()
    def resume_chat(
        self, chat: ResumedChat, active: bool | None = None, continuous: bool | None = None
    ) -> StartedThread:
        """Start a new thread in a chat that is closed."""

    @method()
    def deactivate_chat(self, id: str) -> Empty:
        """Close the thread of a chat."""

    @method()
    def send_event(self, chat_id: str, event: NewEvent, attach_to_last_thread: bool | None = None) -> SentEvent:
        """Say something; in a closed chat only with ``attach_to_last_thread``."""

    @method(since="3.6")
    def delete_event(self, chat_id: str, thread_id: str, event_id: str) -> Empty:
        """Take back what was said."""

    @method()
    def send_rich_message_postback(self, chat_id: str, thread_id: str, event_id: str, postback: Postback) -> Empty:
        """Press a button of a rich message."""

    @method()
    def send_sneak_peek(self, chat_id: str, sneak_peek_text: str) -> Empty:
        """Let agents see what is being typed."""

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

    @method(way="GET")
    def list_license_properties(self, namespace: str | None = None, name: str | None = None) -> Properties:
        """The organization's properties that customers may read."""

    @method(way="GET")
    def list_group_properties(self, id: int, namespace: str | None = None, name: str | None = None) -> Properties:
        """A group's properties that customers may read."""

    @method()
    def get_customer(self) -> CustomerShape:
        """The customer who asks."""

    @method()
    def update_customer(
        self,
        name: str | None = None,
        email: str | None = None,
        avatar: str | None = None,
        session_fields: SessionFields | None = None,
        phone_number: str | None = None,
        name_is_default: bool | None = None,
    ) -> Empty:
        """Say who one is; at least one field. The last two are 3.6's."""

    @method()
    def set_customer_session_fields(self, session_fields: SessionFields) -> Empty:
        """Replace all session fields, at most 100."""

    @method()
    def list_group_statuses(self, all: bool | None = None, group_ids: list[int] | None = None) -> GroupStatuses:
        """Whether groups take chats: all of them, or some."""

    @method()
    def check_goals(self, session_fields: SessionFields, group_id: int, page_url: str) -> Empty:
        """Say that a customer without a connection has come to a page, which may reach a goal."""

    @method()
    def get_form(self, group_id: int, type: FormType) -> Form:
        """The form of a group, if it has one."""

    @method(until="3.6")
    def get_predicted_agent(self, group_id: int | None = None) -> PredictedAgent:
        """Who would get a chat that started now."""

    @method(since="3.6")
    def request_welcome_message(self, id: str | None = None, group_id: int | None = None) -> WelcomeMessage:
        """Have a bot say its welcome before a chat starts."""

    @method()
    def get_url_info(self, url: str) -> UrlInfo:
        """What a page says of itself, for a preview of a link."""

    @method()
    def mark_events_as_seen(self, chat_id: str, seen_up_to: Moment) -> Empty:
        """Everything in a chat up to a moment has been seen."""

    @method()
    def accept_greeting(self, greeting_id: int, unique_id: str) -> Empty:
        """A greeting was taken up."""

    @method()
    def cancel_greeting(self, unique_id: str) -> Empty:
        """A greeting was closed."""

    @method(since="3.6")
    def send_greeting_button_clicked(self, greeting_unique_id: str, button_id: str) -> Empty:
        """A button of a greeting was pressed."""


class CustomerRtmMethods(CustomerMethods):
    """What can be asked for over a WebSocket."""

    @method()
    def login(
        self,
        customer: LoginCustomer | None = None,
        customer_page: CustomerPage | None = None,
        application: Application | None = None,
        is_mobile: bool | None = None,
        customer_side_storage: dict[str, str] | None = None,
        group_id: int | None = None,
        referrer: str | None = None,
        pushes: dict[str, list[str]] | None = None,
    ) -> CustomerLogin:
        """Log in with the token that the token getter gives; opens the connection if it is not open."""

    @method()
    def update_customer_page(self, url: str, title: str | None = None) -> Json:
        """Say where one is now."""

    @method(since="3.6")
    def activate_customer_page(self) -> Empty:
        """The page is in front."""

    @method(since="3.6")
    def deactivate_customer_page(self) -> Empty:
        """The page is no longer in front."""


class CustomerWebMethods(CustomerMethods):
    """What can be asked for over HTTP."""

    @method(way="UPLOAD")
    def upload_file(self, file: bytes, filename: str, content_type: str | None = None) -> Uploaded:
        """Upload a file, at most 10 MB; its address goes into an event of type ``file`` within 24 hours."""

    @method()
    def request_email_verification(self, callback_uri: str) -> Empty:
        """Have a mail sent that verifies the customer's address; the result is posted to the address given."""

    @method(way="GET")
    def get_dynamic_configuration(
        self,
        group_id: int | None = None,
        url: str | None = None,
        channel_type: str | None = None,
        test: bool | None = None,
    ) -> DynamicConfiguration:
        """What the widget is configured with now, and which versions the next two have."""

    @method(way="GET")
    def get_configuration(self, group_id: int, version: str) -> GroupConfiguration:
        """What a group's widget is configured with."""

    @method(way="GET")
    def get_localization(self, group_id: int, language: str, version: str) -> dict[str, str]:
        """The texts of a group's widget."""


class CustomerRTM(Rtm[CustomerPush], CustomerRtmMethods):
    """Customer Chat over a WebSocket."""

    api: ClassVar[str] = "customer"
    dialect = CUSTOMER


class CustomerWeb(Web, CustomerWebMethods):
    """Customer Chat over HTTP, to be awaited."""

    api: ClassVar[str] = "customer"


class CustomerWebSync(WebSync, CustomerWebMethods):
    """Customer Chat over HTTP, blocking."""

    api: ClassVar[str] = "customer"


class Customer:
    """Customer Chat API."""

    RTM: TypeAlias = CustomerRTM
    Web: TypeAlias = CustomerWeb
    WebSync: TypeAlias = CustomerWebSync
