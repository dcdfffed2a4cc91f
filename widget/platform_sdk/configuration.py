"""Configuration API: agents, bots, groups, properties, tags, webhooks and the rest (spec: agent-api, section 2)."""

from typing import Any, ClassVar, TypeAlias

from widget.platform_sdk.method import method
from widget.platform_sdk.shapes import (
    AgentFields,
    AutoAccess,
    Bot,
    BotSecret,
    BotToken,
    Empty,
    Group,
    GroupMembership,
    GroupPriority,
    Id,
    Json,
    LicenseId,
    NumberedId,
    OrganizationId,
    PlanLimit,
    Properties,
    PropertyNames,
    Tag,
    Webhook,
    WebhookName,
    WebhooksState,
)
from widget.platform_sdk.web import Web, WebSync

__all__ = ["Configuration", "ConfigurationWeb", "ConfigurationWebSync"]


class AgentsMethods:
    """Agents."""

    @method()
    def create_agent(
        self,
        id: str,
        name: str | None = None,
        role: str | None = None,
        avatar_path: str | None = None,
        job_title: str | None = None,
        mobile: str | None = None,
        max_chats_count: int | None = None,
        awaiting_approval: bool | None = None,
        groups: list[GroupMembership] | None = None,
        notifications: list[str] | None = None,
        email_subscriptions: list[str] | None = None,
        work_scheduler: Json | None = None,
    ) -> Id:
        """Add an agent; the id is the e-mail address."""

    @method()
    def get_agent(self, id: str, fields: list[str] | None = None) -> AgentFields:
        """An agent, with the further fields that are named."""

    @method()
    def list_agents(self, filters: Json | None = None, fields: list[str] | None = None) -> list[AgentFields]:
        """The agents, or with ``{"group_ids": [...]}`` those of some groups."""

    @method()
    def update_agent(
        self,
        id: str,
        name: str | None = None,
        role: str | None = None,
        avatar_path: str | None = None,
        job_title: str | None = None,
        mobile: str | None = None,
        max_chats_count: int | None = None,
        groups: list[GroupMembership] | None = None,
        notifications: list[str] | None = None,
        email_subscriptions: list[str] | None = None,
        work_scheduler: Json | None = None,
    ) -> Empty:
        """Change an agent."""

    @method()
    def delete_agent(self, id: str) -> Empty:
        """Remove an agent."""

    @method()
    def suspend_agent(self, id: str) -> Empty:
        """Let an agent no longer log in."""

    @method()
    def unsuspend_agent(self, id: str) -> Empty:
        """Let a suspended agent log in again."""

    @method()
    def request_agent_unsuspension(self) -> Empty:
        """Ask the owners to be let in again."""

    @method()
    def approve_agent(self, id: str) -> Empty:
        """Let in an agent who waits for it."""

    @method()
    def batch_create_agents(self, requests: list[Json]) -> list[Json]:
        """Add many agents."""

    @method()
    def batch_update_agents(self, requests: list[Json]) -> list[Json]:
        """Change many agents."""

    @method()
    def batch_delete_agents(self, requests: list[Json]) -> list[Json]:
        """Remove many agents."""

    @method()
    def batch_approve_agents(self, requests: list[Json]) -> list[Json]:
        """Let in many agents."""

    @method()
    def batch_suspend_agents(self, requests: list[Json]) -> list[Json]:
        """Suspend many agents."""

    @method()
    def batch_unsuspend_agents(self, requests: list[Json]) -> list[Json]:
        """Let many suspended agents log in again."""


class AutoAccessMethods:
    """Which group a visitor of a page belongs to."""

    @method()
    def add_auto_access(
        self, access: Json, conditions: Json, description: str | None = None, next_id: str | None = None
    ) -> Id:
        """Add a rule, before the one that ``next_id`` names or at the end."""

    @method()
    def list_auto_accesses(self) -> list[AutoAccess]:
        """The rules, in their order."""

    @method()
    def update_auto_access(
        self,
        id: str,
        access: Json | None = None,
        conditions: Json | None = None,
        description: str | None = None,
        next_id: str | None = None,
    ) -> Empty:
        """Change a rule."""

    @method()
    def delete_auto_access(self, id: str) -> Empty:
        """Remove a rule."""


class BotsMethods:
    """Bots."""

    @method()
    def create_bot(
        self,
        name: str,
        avatar: str | None = None,
        avatar_path: str | None = None,
        max_chats_count: int | None = None,
        default_group_priority: GroupPriority | None = None,
        job_title: str | None = None,
        groups: list[GroupMembership] | None = None,
        work_scheduler: Json | None = None,
        timezone: str | None = None,
        owner_client_id: str | None = None,
    ) -> BotSecret:
        """Add a bot. ``avatar_path`` is 3.4's name of ``avatar``."""

    @method()
    def get_bot(self, id: str, fields: list[str] | None = None) -> Bot:
        """A bot, with the further fields that are named."""

    @method()
    def list_bots(self, all: bool | None = None, fields: list[str] | None = None) -> list[Bot]:
        """One's own bots, or all."""

    @method()
    def update_bot(
        self,
        id: str,
        name: str | None = None,
        avatar: str | None = None,
        avatar_path: str | None = None,
        max_chats_count: int | None = None,
        groups: list[GroupMembership] | None = None,
        default_group_priority: GroupPriority | None = None,
        job_title: str | None = None,
        work_scheduler: Json | None = None,
        timezone: str | None = None,
    ) -> Empty:
        """Change a bot."""

    @method()
    def delete_bot(self, id: str) -> Empty:
        """Remove a bot."""

    @method()
    def create_bot_template(
        self,
        name: str,
        avatar: str | None = None,
        max_chats_count: int | None = None,
        default_group_priority: GroupPriority | None = None,
        job_title: str | None = None,
        owner_client_id: str | None = None,
        affect_existing_installations: bool | None = None,
    ) -> BotSecret:
        """Add a template, which makes a bot in each organization that installs the app."""

    @method()
    def list_bot_templates(self, owner_client_id: str | None = None) -> list[Bot]:
        """The templates of an app."""

    @method()
    def update_bot_template(
        self,
        id: str,
        name: str | None = None,
        avatar: str | None = None,
        max_chats_count: int | None = None,
        default_group_priority: GroupPriority | None = None,
        job_title: str | None = None,
        owner_client_id: str | None = None,
        affect_existing_installations: bool | None = None,
    ) -> Empty:
        """Change a template."""

    @method()
    def delete_bot_template(
        self, id: str, owner_client_id: str | None = None, affect_existing_installations: bool | None = None
    ) -> Empty:
        """Remove a template."""

    @method()
    def issue_bot_token(
        self, bot_id: str, bot_secret: str, organization_id: str, client_id: str | None = None
    ) -> BotToken:
        """A token to log in with as a bot."""

    @method()
    def reset_bot_secret(self, id: str, owner_client_id: str | None = None) -> BotSecret:
        """A new secret for a bot."""

    @method()
    def reset_bot_template_secret(
        self, id: str, owner_client_id: str | None = None, affect_existing_installations: bool | None = None
    ) -> BotSecret:
        """A new secret for a template."""

    @method()
    def batch_create_bots(self, requests: list[Json]) -> list[Json]:
        """Add many bots."""

    @method()
    def batch_update_bots(self, requests: list[Json]) -> list[Json]:
        """Change many bots."""

    @method()
    def batch_delete_bots(self, requests: list[Json]) -> list[Json]:
        """Remove many bots."""


class GroupsMethods:
    """Groups of agents."""

    @method()
    def create_group(
        self, name: str, agent_priorities: dict[str, GroupPriority], language_code: str | None = None
    ) -> NumberedId:
        """Add a group."""

    @method()
    def update_group(
        self,
        id: int,
        name: str | None = None,
        agent_priorities: dict[str, GroupPriority] | None = None,
        language_code: str | None = None,
    ) -> Empty:
        """Change a group."""

    @method()
    def delete_group(self, id: int) -> Empty:
        """Remove a group."""

    @method()
    def list_groups(self, fields: list[str] | None = None) -> list[Group]:
        """The groups, with the further fields that are named."""

    @method()
    def get_group(self, id: int, fields: list[str] | None = None) -> Group:
        """A group, with the further fields that are named."""


class PropertiesMethods:
    """Properties: what apps keep beside chats, threads, events, groups and the organization."""

    @method()
    def register_property(
        self,
        name: str,
        owner_client_id: str,
        type: str,
        access: Json,
        description: str | None = None,
        domain: list[Any] | None = None,
        range: Json | None = None,
        public_access: list[str] | None = None,
        default_value: Any = None,
    ) -> Empty:
        """Declare a property of an app."""

    @method()
    def unregister_property(self, name: str, owner_client_id: str) -> Empty:
        """Withdraw a property."""

    @method()
    def publish_property(self, name: str, owner_client_id: str, access_type: list[str]) -> Empty:
        """Let other apps ``read`` or ``write`` a property."""

    @method()
    def list_properties(self, owner_client_id: str) -> dict[str, Json]:
        """The properties of an app, by name."""

    @method()
    def update_license_properties(self, properties: Properties) -> Empty:
        """Set properties of the organization."""

    @method()
    def list_license_properties(
        self, namespace: str | None = None, name_prefix: str | None = None, namespace_prefix: str | None = None
    ) -> Properties:
        """The organization's properties. ``namespace_prefix`` is 3.4's."""

    @method()
    def delete_license_properties(self, properties: PropertyNames) -> Empty:
        """Delete properties of the organization."""

    @method()
    def update_group_properties(self, group_id: int, properties: Properties) -> Empty:
        """Set properties of a group."""

    @method(until="3.4")
    def list_group_properties(
        self, id: int, namespace_prefix: str | None = None, name_prefix: str | None = None
    ) -> Properties:
        """A group's properties."""

    @method(since="3.5")
    def list_groups_properties(
        self, group_ids: list[int], namespace: str | None = None, name_prefix: str | None = None
    ) -> list[Json]:
        """The properties of groups."""

    @method()
    def delete_group_properties(self, id: int, properties: PropertyNames) -> Empty:
        """Delete properties of a group."""


class TagsMethods:
    """Tags."""

    @method()
    def create_tag(self, name: str, group_ids: list[int]) -> Empty:
        """Add a tag."""

    @method()
    def delete_tag(self, name: str) -> Empty:
        """Remove a tag."""

    @method()
    def list_tags(self, filters: Json | None = None) -> list[Tag]:
        """The tags, or with ``{"group_ids": [...]}`` those of some groups."""

    @method()
    def update_tag(self, name: str, group_ids: list[int]) -> Empty:
        """Change in which groups a tag is used."""


class WebhooksMethods:
    """Webhooks: pushes by HTTP."""

    @method()
    def register_webhook(
        self,
        action: str,
        secret_key: str,
        url: str,
        type: str,
        additional_data: list[str] | None = None,
        description: str | None = None,
        filters: Json | None = None,
        owner_client_id: str | None = None,
    ) -> Id:
        """Have a push posted to an address."""

    @method()
    def list_webhooks(self, owner_client_id: str | None = None) -> list[Webhook]:
        """The webhooks of an app."""

    @method()
    def unregister_webhook(self, id: str, owner_client_id: str | None = None) -> Empty:
        """Have a push posted no longer."""

    @method()
    def list_webhook_names(self, version: str | None = None) -> list[WebhookName]:
        """What webhooks can be registered for."""

    @method()
    def enable_license_webhooks(self, owner_client_id: str | None = None, client_id: str | None = None) -> Empty:
        """Turn an app's webhooks on. ``client_id`` is 3.4's name of ``owner_client_id``."""

    @method()
    def disable_license_webhooks(self, owner_client_id: str | None = None, client_id: str | None = None) -> Empty:
        """Turn an app's webhooks off."""

    @method()
    def get_license_webhooks_state(
        self, owner_client_id: str | None = None, client_id: str | None = None
    ) -> WebhooksState:
        """Whether an app's webhooks are on."""


class GreetingsMethods:
    """Greetings: what visitors are shown unasked."""

    @method(since="3.6")
    def create_greeting(
        self,
        type: str,
        name: str,
        group: int,
        rules: list[Json],
        active: bool | None = None,
        active_from: str | None = None,
        active_until: str | None = None,
        properties: Json | None = None,
        rich_message: Json | None = None,
    ) -> NumberedId:
        """Add a greeting."""

    @method(since="3.6")
    def get_greeting(self, id: int) -> Json:
        """A greeting."""

    @method(since="3.6")
    def list_greetings(
        self, groups: list[int] | None = None, page_id: str | None = None, limit: int | None = None
    ) -> Json:
        """The greetings of groups."""

    @method(since="3.6")
    def update_greeting(
        self,
        id: int,
        active: bool | None = None,
        active_from: str | None = None,
        active_until: str | None = None,
        name: str | None = None,
        rules: list[Json] | None = None,
        properties: Json | None = None,
        rich_message: Json | None = None,
    ) -> Json:
        """Change a greeting."""

    @method(since="3.6")
    def delete_greeting(self, id: int) -> Empty:
        """Remove a greeting."""


class CannedResponsesMethods:
    """Answers kept ready."""

    @method(since="3.7")
    def create_canned_response(self, text: str, tags: list[str], group_id: int, is_private: bool | None = None) -> Json:
        """Add an answer."""

    @method(since="3.7")
    def update_canned_response(
        self,
        id: int,
        text: str | None = None,
        tags: list[str] | None = None,
        group_id: int | None = None,
        is_private: bool | None = None,
    ) -> Json:
        """Change an answer."""

    @method(since="3.7")
    def list_canned_responses(
        self,
        group_ids: list[int] | None = None,
        include_private: bool | None = None,
        limit: int | None = None,
        page_id: str | None = None,
    ) -> Json:
        """The answers of groups."""

    @method(since="3.7")
    def delete_canned_response(self, id: int) -> Empty:
        """Remove an answer."""


class OrganizationMethods:
    """The organization."""

    @method(way="GET")
    def get_organization_id(self, license_id: int) -> OrganizationId:
        """The organization of a licence."""

    @method(way="GET")
    def get_license_id(self, organization_id: str) -> LicenseId:
        """The licence of an organization."""

    @method()
    def list_channels(self) -> list[Json]:
        """Where chats come from."""

    @method()
    def check_product_limits_for_plan(self, plan: str) -> list[PlanLimit]:
        """What of today's use a plan would not allow."""

    @method()
    def get_product_source(self) -> Json:
        """How the organization came to the product."""

    @method(since="3.6")
    def reactivate_email(self, agent_id: str) -> Empty:
        """Send mail to an agent again after it had bounced."""

    @method(since="3.6")
    def get_company_details(self) -> Json:
        """The company."""

    @method(since="3.6")
    def update_company_details(
        self,
        enrich: bool | None = None,
        audience: str | None = None,
        chat_purpose: str | None = None,
        city: str | None = None,
        company: str | None = None,
        company_size: str | None = None,
        country: str | None = None,
        invoice_email: str | None = None,
        invoice_name: str | None = None,
        nip: str | None = None,
        postal_code: str | None = None,
        state: str | None = None,
        street: str | None = None,
        phone: str | None = None,
        province: str | None = None,
        url: str | None = None,
    ) -> Empty:
        """Change what is known of the company."""

    @method(since="3.6")
    def list_customer_bans(self) -> list[Json]:
        """Who is shut out."""

    @method(since="3.6")
    def unban_customer(self, ip: str | None = None, customer_id: str | None = None) -> Empty:
        """Let somebody in again."""


class ConfigurationMethods(
    AgentsMethods,
    AutoAccessMethods,
    BotsMethods,
    GroupsMethods,
    PropertiesMethods,
    TagsMethods,
    WebhooksMethods,
    GreetingsMethods,
    CannedResponsesMethods,
    OrganizationMethods,
):
    """All that can be configured."""


class ConfigurationWeb(Web, ConfigurationMethods):
    """Configuration over HTTP, to be awaited."""

    api: ClassVar[str] = "configuration"


class ConfigurationWebSync(WebSync, ConfigurationMethods):
    """Configuration over HTTP, blocking."""

    api: ClassVar[str] = "configuration"


class Configuration:
    """Configuration API."""

    Web: TypeAlias = ConfigurationWeb
    WebSync: TypeAlias = ConfigurationWebSync
