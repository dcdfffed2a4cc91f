"""Customers as agents see them: who is told of whom, and what agents may ask and say of them (spec: agent-api, 3-4).

An agent hears of the customers whose chats he may read, of those he follows, and, if he asked for that when he signed
in (``customer_monitoring_level``) or since (``subscribe_customers``), of all who are on the site in his groups.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from secrets import token_hex
from typing import Any, Final

from pydantic import JsonValue
from sqlalchemy import BigInteger, ColumnElement, Select, exists, func, or_, select, true, type_coerce

from server import tables
from server.access import readable
from server.chats import check_group
from server.filters import choice, compare
from server.history import PageId
from server.limits import check_length
from server.observers import observers
from server.people import find_customer, new_customer, update_customer
from server.tables import microseconds
from server.transaction import Requester, Transaction
from widget.wire.agent_requests import (
    CreateCustomer,
    CustomerById,
    CustomerFields,
    CustomerUnfollowed,
    IncomingCustomers,
    ListCustomers,
    ListCustomersResult,
    SubscribeCustomers,
    SubscribeCustomersResult,
    UnsubscribeCustomers,
    UpdateAnyCustomer,
)
from widget.wire.base import Json, Wire
from widget.wire.customer import UpdateCustomer
from widget.wire.errors import Refused
from widget.wire.users import Customer

__all__ = [
    "create_customer",
    "follow_customer",
    "list_customers",
    "monitor",
    "seen_by",
    "subscribe_customers",
    "unfollow_customer",
    "unsubscribe_customers",
    "update_any_customer",
]

MOST_MONITORED: Final = 100
"""How many customers an agent is shown when he signs in, or subscribes."""

LEVELS: Final = ("my", "chatting", "invited", "online", "highest_available")


class CustomerCreated(Wire):
    """The id of a new customer."""

    customer_id: str


# Who is here


def monitor(tx: Transaction, requester: Requester, level: str) -> None:
    """Note which customers an agent wants to hear of, and show those who are here. Raises Refused(validation)."""
    if level not in LEVELS:
        raise Refused("validation", f"`customer_monitoring_level` must be one of {', '.join(LEVELS)}")
    connection = tx.session.get_one(tables.Connection, requester.connection_id)
    connection.monitoring = "online" if level == "highest_available" else level
    tx.session.flush()
    wanted = _known_to(requester.user_id)
    if connection.monitoring == "online":
        wanted |= _in_groups(_groups_of(tx, requester.user_id))
    news = IncomingCustomers(
        customer_monitoring_level=connection.monitoring,
        customers=[seen_by(tx, requester, each) for each in _here(tx, wanted)],
    )
    tx.push("incoming_customers", news, {requester.user_id}, requester.connection_id)


def _here(tx: Transaction, wanted: ColumnElement[bool]) -> list[tables.Customer]:
    """The customers who are connected, as far as they are wanted, those who came last first."""
    connected = select(tables.Connection.user_id).where(tables.Connection.kind == "customer")
    query = select(tables.Customer).where(tables.Customer.id.in_(connected), wanted)
    return list(tx.session.scalars(query.order_by(tables.Customer.created_at.desc()).limit(MOST_MONITORED)))


def _known_to(agent_id: str) -> ColumnElement[bool]:
    """The condition for customers whose chats an agent may read, or whom he follows."""
    chats = select(tables.Chat.customer_id).where(readable(agent_id))
    followed = select(tables.CustomerFollower.customer_id).where(tables.CustomerFollower.agent_id == agent_id)
    return or_(tables.Customer.id.in_(chats), tables.Customer.id.in_(followed))


def _in_groups(group_ids: Sequence[int]) -> ColumnElement[bool]:
    """The condition for customers of some groups: those of the chat or, before there is one, of the customer."""
    inside = select(tables.ChatGroup.chat_id).where(tables.ChatGroup.group_id.in_(group_ids))
    chats = select(tables.Chat.customer_id)
    return or_(
        tables.Customer.id.in_(chats.where(tables.Chat.id.in_(inside))),
        tables.Customer.group_id.in_(group_ids) & tables.Customer.id.not_in(chats),
    )


def _groups_of(tx: Transaction, agent_id: str) -> Sequence[int]:
    query = select(tables.GroupAgent.group_id).where(tables.GroupAgent.agent_id == agent_id)
    return tx.session.scalars(query).all()


def seen_by(tx: Transaction, requester: Requester, customer: tables.Customer) -> Customer:
    """A customer, and whether the agent follows."""
    seen = tx.for_agents.customer(customer)
    followed = tx.session.get(tables.CustomerFollower, (customer.id, requester.user_id)) is not None
    return seen.model_copy(update={"followed": followed})


def subscribe_customers(tx: Transaction, requester: Requester, request: SubscribeCustomers) -> SubscribeCustomersResult:
    """From now on the requester hears of all customers of these groups. Raises Refused(missing_access)."""
    own = _groups_of(tx, requester.user_id)
    for group_id in request.group_ids or []:
        check_group(tx.session, group_id)
        if group_id not in own:
            raise Refused("missing_access", f"You are not in group {group_id}.")
    assert requester.connection_id is not None  # It is asked for over sockets only.
    subscription = tables.Subscription(
        id=token_hex(16),
        connection_id=requester.connection_id,
        agent_id=requester.user_id,
        group_ids=request.group_ids or [*own],
    )
    tx.session.add(subscription)
    tx.session.flush()
    here = _here(tx, _in_groups(subscription.group_ids))[: request.limit]
    return SubscribeCustomersResult(
        subscription_id=subscription.id, customers=[seen_by(tx, requester, each) for each in here]
    )


def unsubscribe_customers(tx: Transaction, requester: Requester, request: UnsubscribeCustomers) -> None:
    """The requester does not want to hear of them any more."""
    subscription = tx.session.get(tables.Subscription, request.subscription_id)
    if subscription is None or subscription.connection_id != requester.connection_id:
        raise Refused("not_found", "There is no such subscription.")
    tx.session.delete(subscription)


def follow_customer(tx: Transaction, requester: Requester, request: CustomerById) -> None:
    """From now on the requester hears of a customer, wherever the customer is."""
    customer = find_customer(tx.session, request.id)
    tx.session.merge(tables.CustomerFollower(customer_id=customer.id, agent_id=requester.user_id))
    tx.session.flush()
    tx.push("incoming_customer", seen_by(tx, requester, customer), {requester.user_id})


def unfollow_customer(tx: Transaction, requester: Requester, request: CustomerById) -> None:
    """The requester follows a customer no longer."""
    follower = tx.session.get(tables.CustomerFollower, (request.id, requester.user_id))
    if follower is None:
        raise Refused("not_found", "You do not follow a customer with this id.")
    tx.session.delete(follower)
    tx.push("customer_unfollowed", CustomerUnfollowed(id=request.id), {requester.user_id})


# What is said of customers


def create_customer(tx: Transaction, requester: Requester, request: CreateCustomer) -> CustomerCreated:
    """A customer who has not come to the site yet."""
    customer, _ = new_customer(tx.session)
    _say(tx, customer, request)
    return CustomerCreated(customer_id=customer.id)


def update_any_customer(tx: Transaction, requester: Requester, request: UpdateAnyCustomer) -> None:
    """Change what is given of a customer."""
    if len(request.as_json()) < 2:
        raise Refused("validation", "give something of the customer beside `id`")
    _say(tx, find_customer(tx.session, request.id), request)


def _say(tx: Transaction, customer: tables.Customer, fields: CustomerFields) -> None:
    more = {name: value for name in _MORE if (value := getattr(fields, name)) is not None}
    for name, value in more.items():
        check_length(name, value)
    known: JsonValue = customer.details
    customer.details = {**customer.details, **more}
    if customer.details != known:
        tx.push("customer_updated", Customer.read({"id": customer.id, **more}), observers(tx.session, customer))
    update_customer(
        tx,
        customer,
        UpdateCustomer(
            name=fields.name, email=fields.email, avatar=fields.avatar, session_fields=fields.session_fields
        ),
    )


_MORE: Final = ("phone_number", "omnichannel", "address")


# The list of all customers, up to API 3.5


def list_customers(tx: Transaction, requester: Requester, request: ListCustomers) -> ListCustomersResult:
    """A page of all customers who have come so far, the first to come first unless asked otherwise."""
    page = _page(requester, request)
    scope = _condition(_filters(page))
    query = select(tables.Customer).where(scope)
    rank = _ranks()[page.sort_by or "created_at"]
    offset = page.edge or 0
    ordered = query.order_by(
        rank if page.sort_order == "asc" else rank.desc(), tables.Customer.created_at, tables.Customer.id
    )
    found = tx.session.scalars(ordered.offset(offset).limit(page.limit)).all()
    total = tx.session.scalars(select(func.count()).select_from(query.subquery())).one()
    limit = page.limit or 10
    return ListCustomersResult(
        customers=[seen_by(tx, requester, each) for each in found],
        total_customers=total,
        next_page_id=page.beside(offset + limit, backwards=False) if offset + limit < total else None,
        previous_page_id=page.beside(max(0, offset - limit), backwards=False) if offset else None,
    )


def _page(requester: Requester, request: ListCustomers) -> PageId:
    of = f"customers of {requester.user_id}"
    if request.page_id is not None:
        return PageId.read(request.page_id, of)
    filters = ListCustomers(filters=request.filters).model_dump_json(include={"filters"})
    return PageId(of=of, sort_order=request.sort_order, limit=request.limit, filters=filters, sort_by=request.sort_by)


def _filters(page: PageId) -> Json:
    return ListCustomers.model_validate_json(page.filters or "{}").filters or {}


def _ranks() -> dict[str, ColumnElement[Any]]:
    return {
        "created_at": type_coerce(tables.Customer.created_at, BigInteger),
        "chats_count": _chats().scalar_subquery(),
        "threads_count": _threads().scalar_subquery(),
        "visits_count": tables.Customer.visits_count.expression,
        "agent_last_event": _last_event(by_agent=True).scalar_subquery(),
        "customer_last_event": _last_event(by_agent=False).scalar_subquery(),
    }


def _chats() -> Select[Any]:
    return select(func.count(tables.Chat.id)).where(tables.Chat.customer_id == tables.Customer.id)


def _threads() -> Select[Any]:
    of_customer = tables.Chat.customer_id == tables.Customer.id
    return (
        select(func.count(tables.Thread.id))
        .join(tables.Chat, tables.Chat.id == tables.Thread.chat_id)
        .where(of_customer)
    )


def _last_event(*, by_agent: bool) -> Select[Any]:
    author = tables.Event.author_id
    side = author.in_(select(tables.Agent.id)) if by_agent else author == tables.Customer.id
    newest = func.max(type_coerce(tables.Event.created_at, BigInteger))
    chat = select(tables.Chat.id).where(tables.Chat.customer_id == tables.Customer.id).correlate(tables.Customer)
    return select(newest).where(tables.Event.chat_id.in_(chat), side).correlate(tables.Customer)


def _condition(filters: Json) -> ColumnElement[bool]:
    condition: ColumnElement[bool] = true()
    for name, given in filters.items():
        condition &= _filter(name, given)
    return condition


def _filter(name: str, given: JsonValue) -> ColumnElement[bool]:
    chats = select(tables.Chat.id).where(tables.Chat.customer_id == tables.Customer.id).correlate(tables.Customer)
    if name == "include_customers_without_chats":
        return true() if given else exists(chats)
    if not isinstance(given, dict):
        raise Refused("validation", f"`filters.{name[:40]}` must be an object")
    if name in ("name", "email"):
        column = getattr(tables.Customer, name)
        return choice(given).condition(lambda value: column.is_not(None) & (column == value), column.is_not(None))
    if name in ("customer_id", "id"):
        return choice(given).condition(lambda value: tables.Customer.id == value, true())
    if name == "chat_group_ids":
        return choice(given).condition(_in_group, exists(chats))
    if name == "country":
        return choice(given).condition(lambda _: ~true(), ~true())  # Countries are not known here.
    return _range(name, given)


def _moment(value: JsonValue) -> int:
    return microseconds(datetime.fromisoformat(str(value)).astimezone(UTC))


def _in_group(group_id: JsonValue) -> ColumnElement[bool]:
    query = select(tables.Chat.id).join(tables.ChatGroup, tables.ChatGroup.chat_id == tables.Chat.id)
    of_group = query.where(tables.Chat.customer_id == tables.Customer.id, tables.ChatGroup.group_id == group_id)
    return exists(of_group.correlate(tables.Customer))


def _range(name: str, given: Json) -> ColumnElement[bool]:
    ranks = _ranks()
    numbers = {name: ranks[name] for name in ("chats_count", "threads_count", "visits_count")}
    moments = {
        "created_at": ranks["created_at"],
        "agent_last_event_created_at": ranks["agent_last_event"],
        "customer_last_event_created_at": ranks["customer_last_event"],
    }
    if name in numbers:
        return compare(numbers[name], given, lambda value: int(str(value)))
    if name in moments:
        return compare(moments[name], given, _moment)
    raise Refused("validation", f"there is no filter {name[:40]!r}")
