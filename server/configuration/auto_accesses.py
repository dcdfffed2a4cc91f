"""Auto accesses: to which groups a customer belongs, by the page that he is on (Configuration API)."""

from secrets import token_hex

from pydantic import BaseModel, Field, ValidationError, model_validator
from sqlalchemy import select

from server import tables
from server.access import check_role
from server.api import Nothing
from server.audience import tell_agents
from server.chats import check_group
from server.transaction import Requester, Transaction
from widget.wire.base import Json, Wire
from widget.wire.configuration import AutoAccess, AutoAccessById, NewAutoAccess, UpdateAutoAccess
from widget.wire.errors import Refused

__all__ = ["add_auto_access", "delete_auto_access", "list_auto_accesses", "update_auto_access"]


class AutoAccessesUpdated(Wire):
    """The list of auto accesses is not what it was."""


class Access(BaseModel):
    """The groups that customers come to."""

    groups: list[int] = Field(min_length=1)


class Match(BaseModel):
    """A text to compare with, as a whole or as a part."""

    value: str = Field(max_length=500)
    exact_match: bool = False


class Matches(BaseModel):
    """Texts of which one must be there, or none."""

    values: list[Match] | None = None
    exclude_values: list[Match] | None = None

    @model_validator(mode="after")
    def _one_of_them(self) -> "Matches":
        if (self.values is None) == (self.exclude_values is None):
            raise ValueError("give `values` or `exclude_values`")
        return self


class Place(BaseModel):
    """A place on earth, as far as it is said."""

    country: str | None = None
    country_code: str | None = None
    region: str | None = None
    city: str | None = None


class Places(BaseModel):
    """Places of which one must be the customer's."""

    values: list[Place] = Field(min_length=1)


class Conditions(BaseModel):
    """What must be so."""

    url: Matches | None = None
    domain: Matches | None = None
    geolocation: Places | None = None

    @model_validator(mode="after")
    def _at_least_one(self) -> "Conditions":
        if self.url is None and self.domain is None and self.geolocation is None:
            raise ValueError("give `url`, `domain` or `geolocation`")
        return self


def add_auto_access(tx: Transaction, requester: Requester, request: NewAutoAccess) -> Json:
    """A new rule, before another one or at the end of the list."""
    check_role(tx, requester, "administrator")
    rules = _all(tx)
    rule = tables.AutoAccess(
        id=token_hex(16),
        place=len(rules),
        description=request.description,
        group_ids=_groups(tx, request.access),
        conditions=_conditions(request.conditions),
    )
    tx.session.add(rule)
    _put(rules, rule, request.next_id)
    tell_agents(tx, "auto_accesses_updated", AutoAccessesUpdated())
    return {"id": rule.id}


def update_auto_access(tx: Transaction, requester: Requester, request: UpdateAutoAccess) -> None:
    """Change what is given; with ``next_id`` also the place."""
    check_role(tx, requester, "administrator")
    rule = _find(tx, request.id)
    if request.access is not None:
        rule.group_ids = _groups(tx, request.access)
    if request.conditions is not None:
        rule.conditions = _conditions(request.conditions)
    if request.description is not None:
        rule.description = request.description
    if request.next_id is not None:
        _put([each for each in _all(tx) if each.id != rule.id], rule, request.next_id)
    tell_agents(tx, "auto_accesses_updated", AutoAccessesUpdated())


def delete_auto_access(tx: Transaction, requester: Requester, request: AutoAccessById) -> None:
    """Delete a rule."""
    check_role(tx, requester, "administrator")
    tx.session.delete(_find(tx, request.id))
    tell_agents(tx, "auto_accesses_updated", AutoAccessesUpdated())


def list_auto_accesses(tx: Transaction, requester: Requester, request: Nothing) -> list[AutoAccess]:
    """The rules, in the order in which they are looked at."""
    check_role(tx, requester, "administrator")
    rules = _all(tx)
    followers: list[tables.AutoAccess | None] = [*rules[1:], None]
    return [
        AutoAccess(
            id=rule.id,
            description=rule.description,
            access={"groups": [*rule.group_ids]},
            conditions=rule.conditions,
            next_id=follower.id if follower else None,
        )
        for rule, follower in zip(rules, followers, strict=False)
    ]


def _all(tx: Transaction) -> list[tables.AutoAccess]:
    return list(tx.session.scalars(select(tables.AutoAccess).order_by(tables.AutoAccess.place)))


def _find(tx: Transaction, rule_id: str) -> tables.AutoAccess:
    rule = tx.session.get(tables.AutoAccess, rule_id)
    if rule is None:
        raise Refused("not_found", "There is no auto access with this id.")
    return rule


def _put(others: list[tables.AutoAccess], rule: tables.AutoAccess, next_id: str | None) -> None:
    """Number the rules anew, with one before another or, without a ``next_id``, at the end."""
    ids = [each.id for each in others]
    if next_id and next_id not in ids:
        raise Refused("validation", "`next_id` is the id of no other auto access")
    others.insert(ids.index(next_id) if next_id else len(ids), rule)
    for place, each in enumerate(others):
        each.place = place


def _groups(tx: Transaction, given: Json) -> list[int]:
    try:
        groups = Access.model_validate(given).groups
    except ValidationError as error:
        raise Refused("validation", "`access.groups` must be the ids of groups") from error
    for group_id in groups:
        check_group(tx.session, group_id)
    return groups


def _conditions(given: Json) -> Json:
    try:
        conditions: Json = Conditions.model_validate(given).model_dump(mode="json", exclude_none=True)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        raise Refused("validation", f"`conditions`: {first['msg']}") from error
    return conditions
