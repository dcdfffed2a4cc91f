"""Who a visitor turns out to be when a site vouches for them: another customer, and the conversation comes along."""

from datetime import UTC, datetime
from typing import Final

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from server import tables
from server.assertions import Person
from server.observers import observers
from server.organization import GROUP_ID
from server.people import check_ban, new_customer, update_customer
from server.takeover import take_over
from server.transaction import Transaction
from widget.wire.customer import UpdateCustomer

__all__ = ["SomebodyElse", "become"]

EXTERNAL_ID: Final = "externalPersonId"


class SomebodyElse(Exception):
    """The visitor has signed in as another person already."""


def become(tx: Transaction, visitor: tables.Customer | None, person: Person) -> tables.Customer:
    """The customer whom a person is from now on, with what the visitor has said until now.

    Raises SomebodyElse, and Refused(customer_banned).
    """
    known = tx.session.get(tables.Identity, (person.subject_type, person.subject))
    customer = None if known is None else tx.session.get_one(tables.Customer, known.customer_id)
    if visitor is not None:
        check_ban(tx.session, visitor)
        if visitor is not customer and _is_somebody(tx.session, visitor):
            raise SomebodyElse
    if customer is not None:
        check_ban(tx.session, customer)
        if visitor is not None and visitor is not customer:
            take_over(tx, visitor, customer)
        return customer
    customer = visitor or new_customer(tx.session, GROUP_ID)[0]
    tx.session.add(
        tables.Identity(
            subject_type=person.subject_type,
            subject=person.subject,
            customer_id=customer.id,
            since=datetime.now(UTC),
        )
    )
    _note(tx, customer, person)
    return customer


def _is_somebody(session: Session, customer: tables.Customer) -> bool:
    return bool(session.scalar(select(exists().where(tables.Identity.customer_id == customer.id))))


def _note(tx: Transaction, customer: tables.Customer, person: Person) -> None:
    """Let agents see who it is."""
    match person.subject_type:
        case "email":
            update_customer(tx, customer, UpdateCustomer(email=person.subject))
        case "msisdn":
            customer.details = {**customer.details, "phone_number": person.subject}
            tx.push("customer_updated", tx.for_agents.customer(customer), observers(tx.session, customer))
        case "externalPersonId":
            others = [field for field in customer.session_fields if EXTERNAL_ID not in field]
            fields = [*others, {EXTERNAL_ID: person.subject}]
            update_customer(tx, customer, UpdateCustomer(session_fields=fields))
