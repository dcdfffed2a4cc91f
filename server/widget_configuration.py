"""What a widget of the platform asks before it is drawn (spec: customer-web, section 3). None of it needs a token."""

import json
from hashlib import sha256

from sqlalchemy import select

from server import tables
from server.chats import check_group
from server.forms import form_of
from server.organization import GROUP_ID, LICENSE_ID, ORGANIZATION_ID
from server.routing import availability
from server.transaction import Requester, Transaction
from server.trusted_domains import host_of, may_run, trusted_domains
from widget.wire.base import Json, Properties, Wire
from widget.wire.customer_requests import (
    ConfigurationOfGroup,
    DynamicConfiguration,
    DynamicConfigurationOf,
    GroupProperties,
    LicenseProperties,
    LocalizationOf,
    WidgetConfiguration,
)
from widget.wire.errors import Refused

__all__ = [
    "get_configuration",
    "get_dynamic_configuration",
    "get_localization",
    "list_group_properties",
    "list_license_properties",
    "online_groups",
]

PHRASES = {
    "Agents_currently_not_available": "Our agents are not available at the moment.",
    "Agents_not_available": "Our agents are not available at the moment.",
    "Chat_now": "Chat now",
    "Leave_a_message": "Leave a message",
    "Type_your_message_here": "Type your message here",
    "Send": "Send",
}
"""A few phrases under the platform's keys; this widget brings its own texts."""


class AnyDynamicConfiguration(Wire):
    """The answer of API 3.6; before that it was only what is under ``livechat`` now, with the organization's id."""

    organization_id: str
    default_widget: str
    livechat_active: bool
    livechat: DynamicConfiguration


def online_groups(tx: Transaction) -> list[int]:
    """The groups whose agents take chats."""
    groups = tx.session.scalars(select(tables.Group.id).order_by(tables.Group.id))
    return [group_id for group_id in groups if availability(tx.session, group_id) != "offline"]


def get_dynamic_configuration(
    tx: Transaction, requester: Requester, request: DynamicConfigurationOf
) -> AnyDynamicConfiguration:
    """Who is there, and the versions of what can be kept. Raises Refused(group_not_found)."""
    group = _group(tx, GROUP_ID if request.group_id is None else request.group_id)
    return AnyDynamicConfiguration(
        organization_id=ORGANIZATION_ID,
        default_widget="livechat",
        livechat_active=True,
        livechat=DynamicConfiguration(
            group_id=group.id,
            domain_allowed=may_run(trusted_domains(tx.session), host_of(request.url), requester.asked_as),
            online_group_ids=online_groups(tx) or None,
            config_version=_version(_configuration(tx, group).as_json()),
            localization_version=_version({**PHRASES}),
            language=group.language_code,
        ),
    )


def get_configuration(tx: Transaction, requester: Requester, request: ConfigurationOfGroup) -> WidgetConfiguration:
    """What a widget of a group is made of."""
    return _configuration(tx, _group(tx, request.group_id))


def get_localization(tx: Transaction, requester: Requester, request: LocalizationOf) -> Json:
    """The phrases of a group."""
    _group(tx, request.group_id)
    return {**PHRASES}


def list_license_properties(tx: Transaction, requester: Requester, request: LicenseProperties) -> Json:
    """The properties of the licence that customers may read."""
    found = tx.session.get_one(tables.License, LICENSE_ID).properties
    return _picked(tx.for_customers.readable_with_defaults("license", found), request)


def list_group_properties(tx: Transaction, requester: Requester, request: GroupProperties) -> Json:
    """The properties of a group that customers may read."""
    group_id = request.id if request.id is not None else request.group_id
    if group_id is None:
        raise Refused("validation", "`id` is missing")
    found = _group(tx, group_id).properties
    return _picked(tx.for_customers.readable_with_defaults("group", found), request)


def _picked(properties: Properties, request: LicenseProperties) -> Json:
    """Only those of a namespace, or of a name."""
    return {
        space: {name: value for name, value in values.items() if request.name in (None, name)}
        for space, values in properties.items()
        if request.namespace in (None, space)
    }


def _group(tx: Transaction, group_id: int) -> tables.Group:
    check_group(tx.session, group_id)
    return tx.session.get_one(tables.Group, group_id)


def _configuration(tx: Transaction, group: tables.Group) -> WidgetConfiguration:
    license_properties = tx.session.get_one(tables.License, LICENSE_ID).properties
    properties: Json = {
        "group": {**tx.for_customers.readable_with_defaults("group", group.properties)},
        "license": {**tx.for_customers.readable_with_defaults("license", license_properties)},
    }
    return WidgetConfiguration(
        prechat_form=form_of(tx, group.id, "prechat"),
        ticket_form=form_of(tx, group.id, "ticket"),
        properties=properties,
    )


def _version(value: Json) -> str:
    """Changes when what it stands for does."""
    return sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:32]
