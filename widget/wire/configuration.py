"""Configuration API: requests, results, and the pushes that tell agents of changes (the platform's documentation)."""

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from widget.wire.base import Json, JsonValue, Properties, Timestamp, Wire
from widget.wire.new_events import FormField

__all__ = [
    "ActiveBan",
    "AgentById",
    "AgentOrBotNews",
    "AutoAccess",
    "AutoAccessById",
    "Batch",
    "BatchResult",
    "BotById",
    "BotTemplateById",
    "CheckLimits",
    "CompanyDetails",
    "CreateAgent",
    "CreateBot",
    "CreateBotTemplate",
    "CreateGreeting",
    "CreateGroup",
    "CreateTag",
    "DeleteGroupProperties",
    "DeleteLicenseProperties",
    "FormType",
    "GetAgent",
    "GetBot",
    "GetGroup",
    "GreetingById",
    "GreetingRule",
    "GroupById",
    "GroupForm",
    "GroupPriority",
    "GroupPropertiesNews",
    "IssueBotToken",
    "LicenseOf",
    "ListAgents",
    "ListBots",
    "ListForms",
    "ListGreetings",
    "ListGreetingsResult",
    "ListGroups",
    "ListGroupsProperties",
    "ListLicenseProperties",
    "ListTags",
    "ListWebhookNames",
    "NewAutoAccess",
    "OrganizationOf",
    "Owner",
    "Priority",
    "PropertyByName",
    "PublishProperty",
    "ReactivateEmail",
    "RegisterProperty",
    "RegisterWebhook",
    "Tag",
    "TagByName",
    "UnbanCustomer",
    "UpdateAgent",
    "UpdateAutoAccess",
    "UpdateBot",
    "UpdateBotTemplate",
    "UpdateForm",
    "UpdateGreeting",
    "UpdateGroup",
    "UpdateGroupProperties",
    "UpdateLicenseProperties",
    "UpdateTag",
    "WebhookById",
]

Priority = Literal["first", "normal", "last", "supervisor"]
Role = Literal["viceowner", "administrator", "normal"]
LoginStatus = Literal["accepting chats", "not accepting chats"]
FormType = Literal["prechat", "postchat", "ticket"]
Names = dict[str, list[str]]
Text = Annotated[str, StringConstraints(min_length=1, max_length=500)]


class Owner(Wire):
    """A request about what a client id owns."""

    owner_client_id: str | None = None


class Batch(Wire):
    """One action, done several times with different requests."""

    requests: Annotated[list[Json], Field(min_length=1, max_length=100)]


class BatchResult(Wire):
    """The answers, or errors, in the order of the requests."""

    responses: list[JsonValue]


# Agents


class GroupPriority(Wire):
    """How soon an agent gets the chats of a group."""

    id: int
    priority: Priority = "normal"


class AgentFields(Wire):
    """What may be said of an agent."""

    login_status: LoginStatus | None = None
    job_title: str | None = None
    mobile: str | None = None
    max_chats_count: int | None = Field(default=None, ge=0, le=20)
    groups: list[GroupPriority] | None = None
    notifications: list[str] | None = None
    email_subscriptions: list[str] | None = None
    work_scheduler: Json | None = None
    avatar_path: str | None = None


class CreateAgent(AgentFields):
    """``create_agent``; the id is an e-mail address."""

    id: Annotated[str, StringConstraints(pattern=r"^[^@\s]+@[^@\s]+$", max_length=254)]
    name: Text
    role: Role = "normal"
    awaiting_approval: bool = False


class UpdateAgent(AgentFields):
    """``update_agent``."""

    id: str
    name: Text | None = None
    role: Role | None = None


class AgentById(Wire):
    """A request about one agent."""

    id: str


class GetAgent(AgentById):
    """``get_agent``; ``fields`` are what is to be told beside the usual."""

    fields: list[str] = Field(default_factory=list)


class AgentFilters(Wire):
    """Which agents to list."""

    group_ids: list[int] | None = None
    suspended: bool | None = None


class ListAgents(Wire):
    """``list_agents``."""

    filters: AgentFilters | None = None
    fields: list[str] = Field(default_factory=list)


class AgentOrBotNews(Wire):
    """An agent or bot was created, changed or deleted."""

    id: str


class ReactivateEmail(Wire):
    """``reactivate_email``."""

    agent_id: str


# Bots


class BotFields(Wire):
    """What may be said of a bot."""

    avatar: str | None = None
    max_chats_count: int | None = Field(default=None, ge=0, le=500)
    default_group_priority: Priority | None = None
    job_title: str | None = None


class CreateBot(BotFields):
    """``create_bot``."""

    name: Text
    groups: list[GroupPriority] | None = None
    type: str | None = None
    work_scheduler: Json | None = None
    timezone: str | None = None
    owner_client_id: str | None = None


class UpdateBot(BotFields):
    """``update_bot``."""

    id: str
    name: Text | None = None
    groups: list[GroupPriority] | None = None
    type: str | None = None
    work_scheduler: Json | None = None
    timezone: str | None = None


class BotById(Wire):
    """A request about one bot."""

    id: str
    owner_client_id: str | None = None


class GetBot(BotById):
    """``get_bot``."""

    fields: list[str] = Field(default_factory=list)


class ListBots(Wire):
    """``list_bots``."""

    all: bool = False
    fields: list[str] = Field(default_factory=list)


class IssueBotToken(Wire):
    """``issue_bot_token``."""

    bot_id: str
    client_id: str
    bot_secret: str
    organization_id: str


class CreateBotTemplate(BotFields):
    """``create_bot_template``."""

    name: Text
    owner_client_id: str | None = None
    affect_existing_installations: bool = False


class UpdateBotTemplate(BotFields):
    """``update_bot_template``."""

    id: str
    name: Text | None = None
    owner_client_id: str | None = None
    affect_existing_installations: bool = False


class BotTemplateById(Wire):
    """A request about one template."""

    id: str
    owner_client_id: str | None = None
    affect_existing_installations: bool = False


# Groups


class CreateGroup(Wire):
    """``create_group``."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=180)]
    language_code: str = "en"
    agent_priorities: dict[str, Priority] = Field(default_factory=dict)


class UpdateGroup(Wire):
    """``update_group``."""

    id: int
    name: Annotated[str, StringConstraints(min_length=1, max_length=180)] | None = None
    language_code: str | None = None
    agent_priorities: dict[str, Priority] | None = None


class GroupById(Wire):
    """A request about one group."""

    id: int


class GetGroup(GroupById):
    """``get_group``."""

    fields: list[str] = Field(default_factory=list)


class ListGroups(Wire):
    """``list_groups``."""

    fields: list[str] = Field(default_factory=list)


# Tags


class Tag(Wire):
    """A tag."""

    name: str
    group_ids: list[int]
    author_id: str
    created_at: Timestamp


class CreateTag(Wire):
    """``create_tag``."""

    name: str
    group_ids: list[int] = Field(default_factory=list)


class UpdateTag(CreateTag):
    """``update_tag``."""


class TagByName(Wire):
    """``delete_tag``."""

    name: str


class TagFilters(Wire):
    """Of which groups to list the tags."""

    group_ids: list[int]


class ListTags(Wire):
    """``list_tags``."""

    filters: TagFilters | None = None


# Properties


class RegisterProperty(Wire):
    """``register_property``; the rest is the definition."""

    name: Annotated[str, StringConstraints(pattern=r"^[a-zA-Z0-9_.-]{1,128}$")]
    owner_client_id: str
    type: Literal["int", "bool", "string", "tokenized_string"]
    access: dict[str, Any]
    description: str | None = None
    domain: list[JsonValue] | None = None
    range: Json | None = None
    default_value: JsonValue = None


class PropertyByName(Wire):
    """``unregister_property``."""

    name: str
    owner_client_id: str


class PublishProperty(PropertyByName):
    """``publish_property``."""

    access_type: Annotated[list[Literal["read", "write"]], Field(min_length=1)]


class UpdateLicenseProperties(Wire):
    """``update_license_properties``, and the push that tells of it."""

    properties: Properties


class DeleteLicenseProperties(Wire):
    """``delete_license_properties``."""

    properties: Names


class ListLicenseProperties(Wire):
    """``list_license_properties``."""

    namespace: str | None = None
    name_prefix: str | None = None


class UpdateGroupProperties(Wire):
    """``update_group_properties``; older clients call the group ``id``."""

    group_id: int | None = None
    id: int | None = None
    properties: Properties


class DeleteGroupProperties(Wire):
    """``delete_group_properties``; some clients call the group ``group_id``."""

    id: int | None = None
    group_id: int | None = None
    properties: Names


class ListGroupsProperties(ListLicenseProperties):
    """``list_groups_properties``, and for one group ``list_group_properties``."""

    group_ids: list[int] = Field(default_factory=list)
    id: int | None = None
    group_id: int | None = None


class GroupPropertiesNews(Wire):
    """The properties of a group have changed."""

    group_id: int
    properties: Properties


# Greetings and forms


class GreetingUrl(Wire):
    """A page of a funnel."""

    url: str
    operator: str | None = None


class GreetingRule(Wire):
    """When to show a greeting."""

    condition: Literal["and", "or"] = "and"
    type: Literal[
        "visit_time_site",
        "visit_time_page",
        "url_current",
        "url_visited",
        "url_funnel",
        "pages_view_number",
        "url_referrer",
        "geolocation",
        "visits_number",
        "search_keyword",
        "custom_variable",
        "ads_traffic",
        "url_match_page_view_number",
    ]
    operator: (
        Literal[
            "equals",
            "doesnt_equal",
            "lower_than",
            "lower_or_equal",
            "greater_than",
            "greater_or_equal",
            "contains",
            "doesnt_contain",
        ]
        | None
    ) = None
    value: Annotated[str, StringConstraints(max_length=2048)] | None = None
    urls: Annotated[list[GreetingUrl], Field(max_length=10)] | None = None
    session_field: Annotated[dict[str, str], Field(min_length=1, max_length=1)] | None = None


Rules = Annotated[list[GreetingRule], Field(max_length=10)]


class CreateGreeting(Wire):
    """``create_greeting``."""

    type: Literal["normal", "announcement"]
    active: bool
    active_from: Timestamp | None = None
    active_until: Timestamp | None = None
    name: Text
    group: int
    rules: Rules
    properties: Json = Field(default_factory=dict)
    rich_message: Json | None = None


class UpdateGreeting(Wire):
    """``update_greeting``."""

    id: int
    type: Literal["normal", "announcement"] | None = None
    active: bool | None = None
    active_from: Timestamp | None = None
    active_until: Timestamp | None = None
    name: Text | None = None
    rules: Rules | None = None
    properties: Json | None = None
    rich_message: Json | None = None


class GreetingById(Wire):
    """A request about one greeting."""

    id: int


class ListGreetings(Wire):
    """``list_greetings``."""

    groups: list[int] | None = None
    page_id: str | None = None
    limit: int | None = Field(default=None, ge=1, le=100)


class ListGreetingsResult(Wire):
    """A page of greetings."""

    greetings: list[Json]
    found_greetings: int
    next_page_id: str | None = None


class UpdateForm(Wire):
    """``update_form``: this server's own way to write the forms that ``get_form`` gives."""

    group_id: int
    type: FormType
    enabled: bool = True
    fields: Annotated[list[FormField], Field(max_length=50)] = Field(default_factory=list)


class ListForms(Wire):
    """``list_forms``: this server's own way to read the forms that were written."""


class GroupForm(UpdateForm):
    """A form as agents know it. Its ``id`` is another one after each change."""

    id: str


# Webhooks


class RegisterWebhook(Wire):
    """``register_webhook``."""

    action: str
    secret_key: Annotated[str, StringConstraints(max_length=500)]
    url: Annotated[str, StringConstraints(pattern=r"^https?://[^/\s]+", max_length=500)]
    additional_data: list[Literal["chat_properties", "chat_presence_user_ids"]] = Field(default_factory=list)
    description: str | None = None
    filters: Json = Field(default_factory=dict)
    owner_client_id: str
    type: Literal["bot", "license"]


class WebhookById(Owner):
    """``unregister_webhook``."""

    id: str


class ListWebhookNames(Wire):
    """``list_webhook_names``."""

    version: str | None = None


# Auto access


class NewAutoAccess(Wire):
    """``add_auto_access``."""

    access: Json
    conditions: Json
    description: str | None = None
    next_id: str | None = None


class UpdateAutoAccess(Wire):
    """``update_auto_access``."""

    id: str
    access: Json | None = None
    conditions: Json | None = None
    description: str | None = None
    next_id: str | None = None


class AutoAccessById(Wire):
    """``delete_auto_access``."""

    id: str


class AutoAccess(Wire):
    """A rule that says to which groups a customer belongs."""

    id: str
    description: str | None = None
    access: Json
    conditions: Json
    next_id: str | None = None


# Bans and the rest


class ActiveBan(Wire):
    """A ban that is not over."""

    customer_id: str | None = None
    ip: str | None = None
    agent_id: str
    thread_id: str | None = None
    created_at: Timestamp
    expires_at: Timestamp


class UnbanCustomer(Wire):
    """``unban_customer``; give one of them."""

    ip: str | None = None
    customer_id: str | None = None


class CheckLimits(Wire):
    """``check_product_limits_for_plan``."""

    plan: Literal["starter", "team", "business", "enterprise", "enterpriseplus"]


class CompanyDetails(Wire):
    """``update_company_details``: text about the company, by field."""

    enrich: bool | None = None


class OrganizationOf(Wire):
    """``get_organization_id``."""

    license_id: int


class LicenseOf(Wire):
    """``get_license_id``."""

    organization_id: str
