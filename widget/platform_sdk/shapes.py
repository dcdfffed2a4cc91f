"""The shapes of requests and answers, for editors and type checkers: the JSON of the API, and nothing in between.

A field may be absent unless it is required; the platform may send more than is named here.
Spec: customer-rtm, sections 5 to 9; agent-api, section 3.
"""

from datetime import datetime
from typing import Any, Literal, Required

from typing_extensions import TypedDict

Moment = str | datetime
"""RFC 3339 text, or a datetime that becomes it."""

Json = dict[str, Any]
Properties = dict[str, dict[str, Any]]
"""Values by namespace and name."""

PropertyNames = dict[str, list[str]]
"""Names by namespace."""

SessionFields = list[dict[str, str]]
"""One-key objects, in their order."""

SortOrder = Literal["asc", "desc"]
Visibility = Literal["all", "agents"]
UserType = Literal["agent", "customer"]
RoutingStatus = Literal["accepting_chats", "not_accepting_chats", "offline"]
GroupAvailability = Literal["online", "online_for_queue", "offline"]
GroupPriority = Literal["first", "normal", "last", "supervisor"]
FormType = Literal["prechat", "postchat", "ticket"]
Empty = dict[str, Any]
"""An answer that says only that it is done."""


# Filters


class Values(TypedDict, total=False):
    """One of these, or none of those."""

    values: list[Any]
    exclude_values: list[Any]
    exists: bool
    require_every_value: bool


class ChatFilters(TypedDict, total=False):
    """Which chats to list. ``include_active`` is 3.5's, ``active`` 3.6's."""

    active: bool
    include_active: bool
    include_chats_without_threads: bool
    group_ids: list[int]
    properties: Json


ThreadFilters = TypedDict("ThreadFilters", {"from": str, "to": str}, total=False)
"""Between which moments threads were started."""

ArchiveFilters = TypedDict(
    "ArchiveFilters",
    {
        "query": str,
        "from": str,
        "to": str,
        "chat_ids": list[str],
        "thread_ids": list[str],
        "group_ids": list[int],
        "properties": Json,
        "agents": Values,
        "tags": Values,
        "sales": Values,
        "goals": Values,
        "forms": list[Json],
        "surveys": list[Json],
        "event_types": Values,
        "greetings": Json,
        "agent_response": Json,
        "agent_types": Values,
        "customer_countries": Values,
        "customer_id": str,
        "customer_email": str,
    },
    total=False,
)
"""Which archived threads to list."""


class Highlights(TypedDict, total=False):
    """What stands around what was found."""

    pre_tag: str
    post_tag: str


class Compared(TypedDict, total=False):
    """Bounds of a figure or a moment."""

    lte: Any
    lt: Any
    gte: Any
    gt: Any
    eq: Any


class CustomerFilters(TypedDict, total=False):
    """Which customers to list."""

    country: Values
    email: Values
    name: Values
    customer_id: Values
    chat_group_ids: Values
    chats_count: Compared
    threads_count: Compared
    visits_count: Compared
    created_at: Compared
    agent_last_event_created_at: Compared
    customer_last_event_created_at: Compared
    include_customers_without_chats: bool


class GroupFilter(TypedDict, total=False):
    """The members of which groups."""

    group_ids: list[int]


# Events, users, chats


class EventFields(TypedDict, total=False):
    """What is in events; which fields depends on the type."""

    id: str
    custom_id: str
    created_at: str
    author_id: str
    visibility: Visibility
    properties: Properties
    text: str
    postback: Json
    url: str
    name: str
    content_type: str
    size: int
    width: int
    height: int
    thumbnail_url: str
    thumbnail2x_url: str
    alternative_text: str
    template_id: str
    elements: list[Json]
    form_id: str
    form_type: str
    fields: list[Json]
    content: Json
    system_message_type: str
    text_vars: dict[str, str]


class Event(EventFields, total=False):
    """Something in a chat."""

    type: str


class NewEvent(EventFields, total=False):
    """An event to send."""

    type: Required[str]
    recipients: Visibility


class Access(TypedDict, total=False):
    """Who may see it."""

    group_ids: list[int]


class NewThread(TypedDict, total=False):
    """The thread of a chat to start."""

    events: list[NewEvent]
    properties: Properties


class NewUser(TypedDict):
    """Who takes part from the start."""

    id: str
    type: UserType


class NewChat(TypedDict, total=False):
    """A chat to start."""

    properties: Properties
    access: Access
    users: list[NewUser]
    thread: NewThread


class ResumedChat(NewChat, total=False):
    """A chat to take up again."""

    id: Required[str]


class User(TypedDict, total=False):
    """An agent, a customer or a bot in a chat."""

    id: str
    type: str
    name: str
    email: str
    avatar: str
    present: bool
    events_seen_up_to: str
    visibility: Visibility
    session_fields: SessionFields
    job_title: str


class QueuePlace(TypedDict, total=False):
    """A place in the queue; ``wait_time`` in seconds."""

    position: int
    wait_time: int
    queued_at: str


class Thread(TypedDict, total=False):
    """A stretch of a chat, from its start to its end."""

    id: str
    active: bool
    created_at: str
    user_ids: list[str]
    events: list[Event]
    properties: Properties
    access: Access
    tags: list[str]
    queue: QueuePlace
    previous_thread_id: str
    next_thread_id: str


class Chat(TypedDict, total=False):
    """A chat with one of its threads."""

    id: str
    users: list[User]
    thread: Thread
    properties: Properties
    access: Access
    is_followed: bool


class ChatSummary(TypedDict, total=False):
    """A chat in a list."""

    id: str
    active: bool
    users: list[User]
    properties: Properties
    access: Access
    is_followed: bool
    last_event_per_type: dict[str, Json]
    last_thread_id: str
    last_thread_created_at: str
    last_thread_summary: Json


class Page(TypedDict, total=False):
    """A page of a list; the ids ask for those beside it."""

    next_page_id: str
    previous_page_id: str


class AgentChats(Page, total=False):
    """Chats, as an agent is given them."""

    chats_summary: list[ChatSummary]
    found_chats: int


class CustomerChats(Page, total=False):
    """Chats, as a customer is given them."""

    chats_summary: list[ChatSummary]
    total_chats: int


class Threads(Page, total=False):
    """Threads with their events."""

    threads: list[Thread]
    found_threads: int


class Archives(Page, total=False):
    """Archived threads, each in its chat."""

    chats: list[Chat]
    found_chats: int


class StartedChat(TypedDict, total=False):
    """The ids of what was started; ``event_ids`` in the order of the first events."""

    chat_id: str
    thread_id: str
    event_ids: list[str]


class StartedThread(TypedDict, total=False):
    """The ids of what was started."""

    thread_id: str
    event_ids: list[str]


class SentEvent(TypedDict):
    """The id of the event."""

    event_id: str


class Postback(TypedDict, total=False):
    """A button that was pressed, or no longer is."""

    id: Required[str]
    toggled: Required[bool]


class TransferTarget(TypedDict):
    """Who shall have the chat."""

    type: Literal["agent", "group"]
    ids: list[str] | list[int]


class Uploaded(TypedDict):
    """Where the file is, for an event of type ``file``."""

    url: str


# Customers


class Customer(TypedDict, total=False):
    """A customer. ``last_visit`` is 3.5's name of ``visit``."""

    id: str
    type: str
    name: str
    email: str
    email_verified: bool
    avatar: str
    phone_number: str
    created_at: str
    session_fields: SessionFields
    statistics: Json
    visit: Json
    last_visit: Json
    present: bool
    events_seen_up_to: str
    followed: bool
    online: bool
    group_ids: list[int]
    chat_ids: list[str]
    state: str
    agent_last_event_created_at: str
    customer_last_event_created_at: str


class Customers(Page, total=False):
    """Customers."""

    customers: list[Customer]
    total_customers: int
    limited_customers: int


class CustomerId(TypedDict):
    """The id of a customer who was created."""

    customer_id: str


class Ban(TypedDict):
    """For how many days."""

    days: int


# Agents


class Application(TypedDict, total=False):
    """The program that connects."""

    name: str
    version: str
    channel_type: str


class PushNotifications(TypedDict, total=False):
    """Where to send notifications."""

    platform: str
    firebase_token: str


class AgentLogin(TypedDict, total=False):
    """Who has logged in, and what goes on."""

    license: Json
    my_profile: User
    chats_summary: list[ChatSummary]


class AgentRoutingStatus(TypedDict):
    """Whether an agent takes chats."""

    agent_id: str
    status: RoutingStatus


class AgentForTransfer(TypedDict, total=False):
    """An agent who could take a chat. Up to 3.4 the count is ``total_active_chats``."""

    agent_id: str
    active_chats: int
    total_active_chats: int


class MulticastAgents(TypedDict, total=False):
    """Which agents."""

    all: bool
    ids: list[str]
    groups: list[int]


class MulticastCustomers(TypedDict, total=False):
    """Which customers."""

    ids: list[str]


class Recipients(TypedDict, total=False):
    """Who is told."""

    agents: MulticastAgents
    customers: MulticastCustomers


# Customers' own API


class LoginCustomer(TypedDict, total=False):
    """What a customer says of himself."""

    name: str
    email: str
    avatar: str
    session_fields: SessionFields


class CustomerPage(TypedDict, total=False):
    """Where a customer is."""

    url: str
    title: str


class CustomerLogin(TypedDict, total=False):
    """Who has logged in, and what goes on."""

    customer: Customer
    has_active_thread: bool
    chats: list[Json]
    greeting: Json


class GroupStatuses(TypedDict):
    """The groups by their id, as text; unknown ones are left out."""

    groups_status: dict[str, GroupAvailability]


class Form(TypedDict, total=False):
    """A form, where there is one."""

    enabled: Required[bool]
    form: Json


class PredictedAgent(TypedDict, total=False):
    """Who would get a chat that started now, and whether one would have to wait."""

    agent: User
    queue: bool


class WelcomeMessage(TypedDict, total=False):
    """Who says the welcome, which comes as a push."""

    id: str
    predicted_agent: User
    queue: bool


class UrlInfo(TypedDict, total=False):
    """What a page says of itself."""

    title: str
    description: str
    image_url: str
    image_original_url: str
    image_width: int
    image_height: int
    url: str


class DynamicConfiguration(TypedDict, total=False):
    """What the widget is configured with now. Since 3.6 most of it is in ``livechat``."""

    group_id: int
    organization_id: str
    client_limit_exceeded: bool
    domain_allowed: bool
    online_group_ids: list[int]
    config_version: str
    localization_version: str
    language: str
    default_widget: str
    livechat_active: bool
    livechat: Json


class GroupConfiguration(TypedDict, total=False):
    """What a group's widget is configured with."""

    buttons: list[Json]
    ticket_form: Json
    prechat_form: Json
    integrations: Json
    properties: dict[str, Properties]


# Configuration


class GroupMembership(TypedDict):
    """A group, and how soon its chats come to the agent."""

    id: int
    priority: GroupPriority


class AgentFields(TypedDict, total=False):
    """An agent, as configured."""

    id: str
    account_id: str
    name: str
    role: str
    avatar_path: str
    job_title: str
    mobile: str
    max_chats_count: int
    awaiting_approval: bool
    suspended: bool
    login_status: str
    groups: list[GroupMembership]
    notifications: list[str]
    email_subscriptions: list[str]
    work_scheduler: Json


class Bot(TypedDict, total=False):
    """A bot, as configured."""

    id: str
    name: str
    avatar_path: str
    default_group_priority: GroupPriority
    owner_client_id: str
    max_chats_count: int
    groups: list[GroupMembership]
    job_title: str
    work_scheduler: Json
    timezone: str


class Group(TypedDict, total=False):
    """A group of agents."""

    id: int
    name: str
    language_code: str
    agent_priorities: dict[str, GroupPriority]
    routing_status: RoutingStatus


class Id(TypedDict):
    """The id of what was created."""

    id: str


class BotSecret(TypedDict, total=False):
    """The id and the secret of a bot or a template."""

    id: str
    secret: str


class NumberedId(TypedDict):
    """The id of what was created."""

    id: int


class BotToken(TypedDict):
    """A token to log in with as a bot."""

    token: str


class Tag(TypedDict, total=False):
    """A tag."""

    name: str
    group_ids: list[int]
    created_at: str
    author_id: str


class Webhook(TypedDict, total=False):
    """A registered webhook."""

    id: str
    action: str
    url: str
    secret_key: str
    type: str
    description: str
    additional_data: list[str]
    filters: Json
    owner_client_id: str


class WebhookName(TypedDict, total=False):
    """A push that webhooks can be registered for."""

    action: str
    additional_data: list[str]
    filters: list[str]


class WebhooksState(TypedDict):
    """Whether webhooks are sent."""

    license_webhooks_enabled: bool


class AutoAccess(TypedDict, total=False):
    """Which visitors a group's agents see."""

    id: str
    access: Json
    conditions: Json
    description: str
    next_id: str


class OrganizationId(TypedDict):
    """The organization of a licence."""

    organization_id: str


class LicenseId(TypedDict):
    """The licence of an organization."""

    license_id: int


class PlanLimit(TypedDict, total=False):
    """What a plan allows, and what is used."""

    resource: str
    limit_balance: int
    id: str
