"""Properties: which there are, and those of the licence and the groups (Configuration API)."""

from typing import Literal

from pydantic import ValidationError
from sqlalchemy import select

from server import tables
from server.access import check_role
from server.audience import tell_agents
from server.chats import check_group
from server.default_properties import DEFAULTS
from server.organization import LICENSE_ID
from server.properties import Definition, merged, without
from server.transaction import Requester, Transaction
from widget.wire.base import Json, Properties, Wire
from widget.wire.configuration import (
    DeleteGroupProperties,
    DeleteLicenseProperties,
    GroupPropertiesNews,
    ListGroupsProperties,
    ListLicenseProperties,
    Owner,
    PropertyByName,
    PublishProperty,
    RegisterProperty,
    UpdateGroupProperties,
    UpdateLicenseProperties,
)
from widget.wire.errors import Refused

__all__ = [
    "delete_group_properties",
    "delete_license_properties",
    "list_group_properties",
    "list_groups_properties",
    "list_license_properties",
    "list_properties",
    "publish_property",
    "register_property",
    "unregister_property",
    "update_group_properties",
    "update_license_properties",
]

Where = Literal["license", "group"]


class GroupProperties(Wire):
    """The properties of one of several groups."""

    id: int
    properties: Properties


# Which there are


def register_property(tx: Transaction, requester: Requester, request: RegisterProperty) -> None:
    """Define a property. Raises Refused(already_exists), Refused(validation) for a definition that makes no sense."""
    check_role(tx, requester, "administrator")
    key = (request.owner_client_id, request.name)
    if key in DEFAULTS or tx.session.get(tables.Property, key) is not None:
        raise Refused("already_exists", "There is a property with this name.")
    given = {name: value for name, value in request.as_json().items() if name not in ("name", "owner_client_id")}
    definition = _definition(request.name, given)
    tx.session.add(tables.Property(namespace=key[0], name=key[1], definition=definition.as_json()))


def _definition(name: str, given: Json) -> Definition:
    try:
        definition = Definition.read(given)
    except ValidationError as error:
        raise Refused("validation", f"`access` or `range` of `{name}` is not right") from error
    if not any(any(sides.values()) for sides in definition.access.values()):
        raise Refused("validation", "`access` must let somebody read or write it somewhere")
    if definition.domain is not None and definition.range is not None:
        raise Refused("validation", "give `domain` or `range`, not both")
    if definition.range is not None and definition.type != "int":
        raise Refused("validation", "`range` is for numbers")
    for value in definition.domain or []:
        definition.check(name, value)
    if definition.default_value is not None:
        if not definition.access.keys() <= {"license", "group"}:
            raise Refused("validation", "`default_value` is for properties of licences and groups")
        definition.check(name, definition.default_value)
    return definition


def _find(tx: Transaction, request: PropertyByName) -> tables.Property:
    found = tx.session.get(tables.Property, (request.owner_client_id, request.name))
    if found is None:
        raise Refused("not_found", "There is no property with this name that can be changed.")
    return found


def unregister_property(tx: Transaction, requester: Requester, request: PropertyByName) -> None:
    """Take a definition back; values stay where they are, and nobody reads them. Public ones cannot be taken back."""
    check_role(tx, requester, "administrator")
    found = _find(tx, request)
    if found.definition.get("public_access"):
        raise Refused("not_allowed", "A published property stays.")
    tx.session.delete(found)


def publish_property(tx: Transaction, requester: Requester, request: PublishProperty) -> None:
    """Let other clients read or write a property."""
    check_role(tx, requester, "administrator")
    found = _find(tx, request)
    found.definition = {**found.definition, "public_access": [*request.access_type]}


def list_properties(tx: Transaction, requester: Requester, request: Owner) -> Json:
    """The definitions of a client's properties, by name. Raises Refused(validation) without ``owner_client_id``."""
    owner = request.owner_client_id
    if owner is None:
        raise Refused("validation", "`owner_client_id` is missing")
    listed: Json = {name: {**definition} for (space, name), definition in DEFAULTS.items() if space == owner}
    rows = tx.session.scalars(select(tables.Property).where(tables.Property.namespace == owner))
    return listed | {row.name: row.definition for row in rows}


# Those of the licence


def _license(tx: Transaction) -> tables.License:
    return tx.session.get_one(tables.License, LICENSE_ID)


def update_license_properties(tx: Transaction, requester: Requester, request: UpdateLicenseProperties) -> None:
    """Set some properties of the licence."""
    check_role(tx, requester, "administrator")
    tx.for_agents.registry.check("agent", "license", request.properties)
    _license(tx).properties = merged(_license(tx).properties, request.properties)
    tell_agents(tx, "license_properties_updated", UpdateLicenseProperties(properties=request.properties))


def delete_license_properties(tx: Transaction, requester: Requester, request: DeleteLicenseProperties) -> None:
    """Delete some properties of the licence."""
    check_role(tx, requester, "administrator")
    tx.for_agents.registry.check_names("agent", "license", request.properties)
    _license(tx).properties = without(_license(tx).properties, request.properties)


def list_license_properties(tx: Transaction, requester: Requester, request: ListLicenseProperties) -> Json:
    """The properties of the licence, with default values for those that are not set."""
    return {**_picked(tx, "license", _license(tx).properties, request)}


def _picked(tx: Transaction, where: Where, properties: Properties, request: ListLicenseProperties) -> Properties:
    found = tx.for_agents.readable_with_defaults(where, properties)
    return {
        space: {name: value for name, value in values.items() if name.startswith(request.name_prefix or "")}
        for space, values in found.items()
        if request.namespace in (None, space)
    }


# Those of groups


def _group(tx: Transaction, *ids: int | None) -> tables.Group:
    group_id = next((each for each in ids if each is not None), None)
    if group_id is None:
        raise Refused("validation", "`group_id` is missing")
    check_group(tx.session, group_id)
    return tx.session.get_one(tables.Group, group_id)


def update_group_properties(tx: Transaction, requester: Requester, request: UpdateGroupProperties) -> None:
    """Set some properties of a group."""
    check_role(tx, requester, "administrator")
    group = _group(tx, request.group_id, request.id)
    tx.for_agents.registry.check("agent", "group", request.properties)
    group.properties = merged(group.properties, request.properties)
    news = GroupPropertiesNews(group_id=group.id, properties=request.properties)
    tell_agents(tx, "group_properties_updated", news)


def delete_group_properties(tx: Transaction, requester: Requester, request: DeleteGroupProperties) -> None:
    """Delete some properties of a group."""
    check_role(tx, requester, "administrator")
    group = _group(tx, request.id, request.group_id)
    tx.for_agents.registry.check_names("agent", "group", request.properties)
    group.properties = without(group.properties, request.properties)


def list_group_properties(tx: Transaction, requester: Requester, request: ListGroupsProperties) -> Json:
    """The properties of one group (API 3.5 and before)."""
    return {**_picked(tx, "group", _group(tx, request.id, request.group_id).properties, request)}


def list_groups_properties(
    tx: Transaction, requester: Requester, request: ListGroupsProperties
) -> list[GroupProperties]:
    """The properties of some groups, or of all."""
    ids = request.group_ids or tx.session.scalars(select(tables.Group.id).order_by(tables.Group.id)).all()
    groups = [_group(tx, group_id) for group_id in ids]
    return [
        GroupProperties(id=group.id, properties=_picked(tx, "group", group.properties, request)) for group in groups
    ]
