"""Greetings: what customers are shown, and when (Configuration API). ``server.greetings`` shows them."""

from typing import Final

from sqlalchemy import func, select

from server import tables
from server.access import check_role
from server.chats import check_group
from server.history import PageId
from server.limits import check_length
from server.transaction import Requester, Transaction
from widget.wire.base import Json, format_timestamp
from widget.wire.configuration import (
    CreateGreeting,
    GreetingById,
    ListGreetings,
    ListGreetingsResult,
    UpdateGreeting,
)
from widget.wire.errors import Refused

__all__ = ["create_greeting", "delete_greeting", "get_greeting", "list_greetings", "update_greeting"]

MOST_ON_PAGE: Final = 100


def create_greeting(tx: Transaction, requester: Requester, request: CreateGreeting) -> Json:
    """A new greeting."""
    check_role(tx, requester, "administrator")
    check_group(tx.session, request.group)
    check_length("greeting", request.as_json())
    greeting = tables.Greeting(
        group_id=request.group,
        type=request.type,
        name=request.name,
        active=request.active,
        active_from=request.active_from,
        active_until=request.active_until,
        rules=[rule.as_json() for rule in request.rules],
        properties=request.properties,
        rich_message=request.rich_message,
    )
    tx.session.add(greeting)
    tx.session.flush()
    return {"id": greeting.id}


def update_greeting(tx: Transaction, requester: Requester, request: UpdateGreeting) -> None:
    """Change what is given."""
    check_role(tx, requester, "administrator")
    check_length("greeting", request.as_json())
    greeting = _find(tx, request.id)
    for name in ("type", "active", "active_from", "active_until", "name", "properties", "rich_message"):
        if (value := getattr(request, name)) is not None:
            setattr(greeting, name, value)
    if request.rules is not None:
        greeting.rules = [rule.as_json() for rule in request.rules]


def delete_greeting(tx: Transaction, requester: Requester, request: GreetingById) -> None:
    """Delete a greeting. Customers who see it go on seeing it."""
    check_role(tx, requester, "administrator")
    tx.session.delete(_find(tx, request.id))


def get_greeting(tx: Transaction, requester: Requester, request: GreetingById) -> Json:
    """A greeting."""
    return _shown(_find(tx, request.id))


def list_greetings(tx: Transaction, requester: Requester, request: ListGreetings) -> ListGreetingsResult:
    """A page of greetings, of all groups or of some."""
    page = _page(request)
    query = select(tables.Greeting)
    wanted = ListGreetings.model_validate_json(page.filters or "{}").groups
    if wanted is not None:
        query = query.where(tables.Greeting.group_id.in_(wanted))
    limit = page.limit or MOST_ON_PAGE
    past = query.where(tables.Greeting.id > (page.edge or 0)).order_by(tables.Greeting.id)
    found = tx.session.scalars(past.limit(limit + 1)).all()
    return ListGreetingsResult(
        greetings=[_shown(greeting) for greeting in found[:limit]],
        found_greetings=tx.session.scalars(select(func.count()).select_from(query.subquery())).one(),
        next_page_id=page.beside(found[limit - 1].id, backwards=False) if len(found) > limit else None,
    )


def _page(request: ListGreetings) -> PageId:
    if request.page_id is not None:
        if request.groups is not None or request.limit is not None:
            raise Refused("validation", "`page_id` excludes `groups` and `limit`")
        return PageId.read(request.page_id, "greetings")
    filters = ListGreetings(groups=request.groups).model_dump_json(include={"groups"})
    return PageId(of="greetings", sort_order="asc", limit=request.limit or MOST_ON_PAGE, filters=filters)


def _find(tx: Transaction, greeting_id: int) -> tables.Greeting:
    greeting = tx.session.get(tables.Greeting, greeting_id) if abs(greeting_id) < 2**63 else None
    if greeting is None:
        raise Refused("greeting_not_found")
    return greeting


def _shown(greeting: tables.Greeting) -> Json:
    shown: Json = {
        "id": greeting.id,
        "type": greeting.type,
        "active": greeting.active,
        "name": greeting.name,
        "group": greeting.group_id,
        "rules": greeting.rules,
        "properties": greeting.properties,
    }
    for name in ("active_from", "active_until"):
        if (moment := getattr(greeting, name)) is not None:
            shown[name] = format_timestamp(moment)
    if greeting.rich_message is not None:
        shown["rich_message"] = greeting.rich_message
    return shown
