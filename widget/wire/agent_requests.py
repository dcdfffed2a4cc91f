"""Agent Chat API: what the server answers and the agents' console does not ask for (spec: agent-api, sections 2-4)."""

from typing import Annotated, Any, Literal

from pydantic import Field

from widget.wire.base import Json, JsonValue, Properties, Timestamp, Wire
from widget.wire.chats import Access, Chat
from widget.wire.customer import ListThreads
from widget.wire.events import NewMessage, Visibility
from widget.wire.users import Customer, SessionFields, Statistics

__all__ = [
    "ArchiveFilters",
    "Ban",
    "BanCustomer",
    "ChatAccessUpdated",
    "CreateCustomer",
    "CustomerBanned",
    "CustomerById",
    "CustomerFields",
    "CustomerStatisticsUpdated",
    "CustomerUnfollowed",
    "EventDeleted",
    "EventUpdated",
    "IncomingCustomers",
    "IncomingEventPreview",
    "IncomingMulticast",
    "IncomingPostback",
    "IncomingThinkingIndicator",
    "ListAgentThreads",
    "ListArchives",
    "ListArchivesResult",
    "ListCustomers",
    "ListCustomersResult",
    "Multicast",
    "Postback",
    "PropertiesNews",
    "SendEventPreview",
    "SendPostback",
    "SendThinkingIndicator",
    "SetAwayStatus",
    "SubscribeCustomers",
    "SubscribeCustomersResult",
    "TagThread",
    "ThreadById",
    "UnsubscribeCustomers",
    "UpdateAnyCustomer",
    "UpdateSession",
]

Names = dict[str, list[str]]


class SetAwayStatus(Wire):
    """``set_away_status``."""

    away: bool


class UpdateSession(Wire):
    """``update_session``: another token for the connection."""

    token: str


class Period(Wire):
    """From one moment to another."""

    start: Timestamp | None = Field(default=None, alias="from")
    end: Timestamp | None = Field(default=None, alias="to")


class ListAgentThreads(ListThreads):
    """``list_threads`` of an agent."""

    filters: Period | None = None


class ThreadById(Wire):
    """A request about one thread."""

    chat_id: str
    thread_id: str


class TagThread(ThreadById):
    """``tag_thread``, ``untag_thread``, and the pushes that tell of them."""

    tag: str


class ChatAccessUpdated(Wire):
    """A chat is in other groups."""

    id: str
    access: Access


class PropertiesNews(Wire):
    """The pushes about properties; ``properties`` are only those that changed."""

    chat_id: str
    thread_id: str | None = None
    event_id: str | None = None
    properties: Properties | Names


class EventUpdated(ThreadById):
    """An event is not what it was."""

    event: Any


class EventDeleted(ThreadById):
    """Its author took an event back."""

    event_id: str


# Archives


class ArchiveFilters(Wire):
    """Which threads to list."""

    query: str | None = None
    start: Timestamp | None = Field(default=None, alias="from")
    end: Timestamp | None = Field(default=None, alias="to")
    chat_ids: Annotated[list[str], Field(max_length=1000)] | None = None
    thread_ids: Annotated[list[str], Field(max_length=20)] | None = None
    group_ids: Annotated[list[int], Field(max_length=200)] | None = None
    properties: Json | None = None
    agents: Json | None = None
    tags: Json | None = None
    sales: Json | None = None
    goals: Json | None = None
    forms: Json | None = None
    event_types: Json | None = None
    greetings: Json | None = None
    agent_response: Json | None = None
    agent_types: Json | None = None
    customer_countries: Json | None = None
    customer_id: str | None = None
    customer_email: str | None = None


class Highlights(Wire):
    """What to put around the words that were found."""

    pre_tag: str = "<em>"
    post_tag: str = "</em>"


class ListArchives(Wire):
    """``list_archives``; ``page_id`` excludes the filters and the limit."""

    filters: ArchiveFilters | None = None
    sort_order: Literal["asc", "desc"] = "desc"
    limit: int = Field(default=10, ge=1, le=100)
    page_id: str | None = None
    highlights: Highlights | None = None


class ListArchivesResult(Wire):
    """A page of threads, each in its chat."""

    chats: list[Chat] = Field(default_factory=list)
    found_chats: int = 0
    next_page_id: str | None = None
    previous_page_id: str | None = None


# Customers


class CustomerById(Wire):
    """A request about one customer."""

    id: str


class CustomerFields(Wire):
    """What agents may say of a customer."""

    name: str | None = None
    email: str | None = None
    avatar: str | None = None
    session_fields: SessionFields | None = None
    phone_number: str | None = None
    omnichannel: Json | None = None
    address: Json | None = None


class CreateCustomer(CustomerFields):
    """``create_customer`` (API 3.5 and before)."""


class UpdateAnyCustomer(CustomerFields):
    """``update_customer`` of an agent."""

    id: str


class Ban(Wire):
    """For how many days."""

    days: int = Field(ge=1, le=3650)


class BanCustomer(Wire):
    """``ban_customer``."""

    id: str
    ban: Ban


class CustomerBanned(Wire):
    """A customer may not come in for some days."""

    customer_id: str
    ban: Ban


class CustomerUnfollowed(Wire):
    """The agent hears of a customer no longer."""

    id: str


class CustomerStatisticsUpdated(Wire):
    """What is counted about a customer has changed."""

    customer_id: str
    statistics: Statistics


class IncomingCustomers(Wire):
    """The customers who are here, right after ``login``."""

    customer_monitoring_level: str
    customers: list[Customer]


SortBy = Literal["created_at", "threads_count", "visits_count", "agent_last_event", "customer_last_event"]


class ListCustomers(Wire):
    """``list_customers`` (API 3.5 and before)."""

    page_id: str | None = None
    limit: int = Field(default=10, ge=1, le=100)
    sort_order: Literal["asc", "desc"] = "asc"
    sort_by: SortBy = "created_at"
    filters: Json | None = None


class ListCustomersResult(Wire):
    """A page of customers."""

    customers: list[Customer] = Field(default_factory=list)
    total_customers: int = 0
    next_page_id: str | None = None
    previous_page_id: str | None = None


class SubscribeCustomers(Wire):
    """``subscribe_customers``; no groups stand for all of the agent's."""

    group_ids: list[int] | None = None
    limit: int = Field(default=100, ge=1, le=400)


class SubscribeCustomersResult(Wire):
    """The customers who are here now."""

    subscription_id: str
    customers: list[Customer]


class UnsubscribeCustomers(Wire):
    """``unsubscribe_customers``."""

    subscription_id: str


# Signals


class Agents(Wire):
    """Some agents, by themselves or by their groups."""

    all: bool = False
    ids: list[str] = Field(default_factory=list)
    groups: list[int] = Field(default_factory=list)


class Customers(Wire):
    """Some customers."""

    ids: list[str] = Field(default_factory=list)


class Recipients(Wire):
    """Whom a multicast is for."""

    agents: Agents | None = None
    customers: Customers | None = None


class Multicast(Wire):
    """``multicast``."""

    recipients: Recipients
    content: JsonValue
    type: str | None = None


class IncomingMulticast(Wire):
    """Something that is not about a chat; ``author_id`` is absent when the server says it."""

    author_id: str | None = None
    content: JsonValue
    type: str | None = None


class SendThinkingIndicator(Wire):
    """``send_thinking_indicator``."""

    chat_id: str
    title: str | None = None
    description: str | None = None
    visibility: Visibility = "all"
    custom_id: str | None = None


class IncomingThinkingIndicator(Wire):
    """Somebody works on an answer."""

    chat_id: str
    thread_id: str
    author_id: str
    sent_at: Timestamp
    title: str | None = None
    description: str | None = None
    custom_id: str | None = None


class SendEventPreview(Wire):
    """``send_event_preview``: the beginning of an answer, which is not kept."""

    chat_id: str
    event: NewMessage


class IncomingEventPreview(Wire):
    """The beginning of an answer."""

    chat_id: str
    thread_id: str
    event: Json


class Postback(Wire):
    """A button that was pressed, or let go."""

    id: str
    toggled: bool
    button_type: str | None = None
    button_value: str | None = None
    ecommerce: Json | None = None


class SendPostback(Wire):
    """``send_rich_message_postback``."""

    chat_id: str
    thread_id: str
    event_id: str
    postback: Postback


class IncomingPostback(Wire):
    """Somebody pressed a button of a rich message."""

    user_id: str
    chat_id: str
    thread_id: str
    event_id: str
    postback: Postback
