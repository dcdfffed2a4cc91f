"""The Configuration API: what administrators set up, and others look up. It has no sockets."""

from server import bans, forms, tags, trusted_domains
from server.agent_chat import authorize
from server.api import Action, Api, Nothing
from server.configuration import (
    agents,
    auto_accesses,
    bots,
    canned_responses,
    greetings,
    groups,
    organization,
    properties,
    webhooks,
)
from server.configuration.batches import batch
from server.versions import VERSIONS
from widget.wire import canned_responses as canned
from widget.wire import configuration as wire
from widget.wire.trusted_domains import DomainByName

__all__ = ["CONFIGURATION"]

CREATE_AGENT = Action(wire.CreateAgent, agents.create_agent)
UPDATE_AGENT = Action(wire.UpdateAgent, agents.update_agent)
DELETE_AGENT = Action(wire.AgentById, agents.delete_agent)
SUSPEND_AGENT = Action(wire.AgentById, agents.suspend_agent)
UNSUSPEND_AGENT = Action(wire.AgentById, agents.unsuspend_agent)
APPROVE_AGENT = Action(wire.AgentById, agents.approve_agent)
CREATE_BOT = Action(wire.CreateBot, bots.create_bot)
UPDATE_BOT = Action(wire.UpdateBot, bots.update_bot)
DELETE_BOT = Action(wire.BotById, bots.delete_bot)

CONFIGURATION = Api(
    name="configuration",
    authorize=authorize,
    versions=(*VERSIONS, "3.7"),
    actions={
        "add_auto_access": Action(wire.NewAutoAccess, auto_accesses.add_auto_access),
        "add_trusted_domain": Action(DomainByName, trusted_domains.add_trusted_domain),
        "approve_agent": APPROVE_AGENT,
        "batch_approve_agents": batch(APPROVE_AGENT),
        "batch_create_agents": batch(CREATE_AGENT),
        "batch_create_bots": batch(CREATE_BOT),
        "batch_delete_agents": batch(DELETE_AGENT),
        "batch_delete_bots": batch(DELETE_BOT),
        "batch_suspend_agents": batch(SUSPEND_AGENT),
        "batch_unsuspend_agents": batch(UNSUSPEND_AGENT),
        "batch_update_agents": batch(UPDATE_AGENT),
        "batch_update_bots": batch(UPDATE_BOT),
        "check_product_limits_for_plan": Action(wire.CheckLimits, organization.check_product_limits_for_plan),
        "create_agent": CREATE_AGENT,
        "create_bot": CREATE_BOT,
        "create_bot_template": Action(wire.CreateBotTemplate, bots.create_bot_template),
        "create_canned_response": Action(canned.CreateCannedResponse, canned_responses.create_canned_response),
        "create_greeting": Action(wire.CreateGreeting, greetings.create_greeting),
        "create_group": Action(wire.CreateGroup, groups.create_group),
        "create_tag": Action(wire.CreateTag, tags.create_tag),
        "delete_agent": DELETE_AGENT,
        "delete_auto_access": Action(wire.AutoAccessById, auto_accesses.delete_auto_access),
        "delete_bot": DELETE_BOT,
        "delete_bot_template": Action(wire.BotTemplateById, bots.delete_bot_template),
        "delete_canned_response": Action(canned.CannedResponseById, canned_responses.delete_canned_response),
        "delete_greeting": Action(wire.GreetingById, greetings.delete_greeting),
        "delete_group": Action(wire.GroupById, groups.delete_group),
        "delete_group_properties": Action(wire.DeleteGroupProperties, properties.delete_group_properties),
        "delete_license_properties": Action(wire.DeleteLicenseProperties, properties.delete_license_properties),
        "delete_tag": Action(wire.TagByName, tags.delete_tag),
        "disable_license_webhooks": Action(wire.Owner, webhooks.disable_license_webhooks),
        "enable_license_webhooks": Action(wire.Owner, webhooks.enable_license_webhooks),
        "get_agent": Action(wire.GetAgent, agents.get_agent),
        "get_bot": Action(wire.GetBot, bots.get_bot),
        "get_company_details": Action(Nothing, organization.get_company_details),
        "get_greeting": Action(wire.GreetingById, greetings.get_greeting),
        "get_group": Action(wire.GetGroup, groups.get_group),
        "get_license_id": Action(wire.LicenseOf, organization.get_license_id, public=True),
        "get_license_webhooks_state": Action(wire.Owner, webhooks.get_license_webhooks_state),
        "get_organization_id": Action(wire.OrganizationOf, organization.get_organization_id, public=True),
        "get_product_source": Action(Nothing, organization.get_product_source),
        "issue_bot_token": Action(wire.IssueBotToken, bots.issue_bot_token, public=True),
        "list_agents": Action(wire.ListAgents, agents.list_agents),
        "list_auto_accesses": Action(Nothing, auto_accesses.list_auto_accesses),
        "list_bot_templates": Action(wire.Owner, bots.list_bot_templates),
        "list_bots": Action(wire.ListBots, bots.list_bots),
        "list_canned_responses": Action(canned.ListCannedResponses, canned_responses.list_canned_responses),
        "list_channels": Action(Nothing, organization.list_channels),
        "list_customer_bans": Action(Nothing, bans.list_customer_bans),
        "list_forms": Action(wire.ListForms, forms.list_forms),
        "list_greetings": Action(wire.ListGreetings, greetings.list_greetings),
        "list_group_properties": Action(wire.ListGroupsProperties, properties.list_group_properties, over_get=True),
        "list_groups": Action(wire.ListGroups, groups.list_groups),
        "list_groups_properties": Action(wire.ListGroupsProperties, properties.list_groups_properties),
        "list_license_properties": Action(
            wire.ListLicenseProperties, properties.list_license_properties, over_get=True
        ),
        "list_properties": Action(wire.Owner, properties.list_properties),
        "list_tags": Action(wire.ListTags, tags.list_tags),
        "list_trusted_domains": Action(Nothing, trusted_domains.list_trusted_domains),
        "list_webhook_names": Action(wire.ListWebhookNames, webhooks.list_webhook_names, public=True),
        "list_webhooks": Action(wire.Owner, webhooks.list_webhooks),
        "publish_property": Action(wire.PublishProperty, properties.publish_property),
        "reactivate_email": Action(wire.ReactivateEmail, agents.reactivate_email),
        "register_property": Action(wire.RegisterProperty, properties.register_property),
        "register_webhook": Action(wire.RegisterWebhook, webhooks.register_webhook),
        "remove_trusted_domain": Action(DomainByName, trusted_domains.remove_trusted_domain),
        "request_agent_unsuspension": Action(Nothing, agents.request_agent_unsuspension),
        "reset_bot_secret": Action(wire.BotById, bots.reset_bot_secret),
        "reset_bot_template_secret": Action(wire.BotTemplateById, bots.reset_bot_template_secret),
        "suspend_agent": SUSPEND_AGENT,
        "unban_customer": Action(wire.UnbanCustomer, bans.unban_customer),
        "unregister_property": Action(wire.PropertyByName, properties.unregister_property),
        "unregister_webhook": Action(wire.WebhookById, webhooks.unregister_webhook),
        "unsuspend_agent": UNSUSPEND_AGENT,
        "update_agent": UPDATE_AGENT,
        "update_auto_access": Action(wire.UpdateAutoAccess, auto_accesses.update_auto_access),
        "update_bot": UPDATE_BOT,
        "update_bot_template": Action(wire.UpdateBotTemplate, bots.update_bot_template),
        "update_canned_response": Action(canned.UpdateCannedResponse, canned_responses.update_canned_response),
        "update_company_details": Action(wire.CompanyDetails, organization.update_company_details),
        "update_form": Action(wire.UpdateForm, forms.update_form),
        "update_greeting": Action(wire.UpdateGreeting, greetings.update_greeting),
        "update_group": Action(wire.UpdateGroup, groups.update_group),
        "update_group_properties": Action(wire.UpdateGroupProperties, properties.update_group_properties),
        "update_license_properties": Action(wire.UpdateLicenseProperties, properties.update_license_properties),
        "update_tag": Action(wire.UpdateTag, tags.update_tag),
    },
)
