"""Greetings: what customers are shown before they have said anything, when the rules of one are met.

A customer sees each greeting once a visit, and one at a time (spec: customer-rtm, sections 6 and 7). Rules that wait
for time to pass are looked at again when it has.
"""

from datetime import UTC, datetime
from typing import Final

from pydantic import JsonValue
from sqlalchemy import select

from server import tables
from server.chats import chat_of
from server.greeting_rules import Circumstances, fulfilled, wait
from server.observers import observers
from server.people import find_customer
from server.routing import agents_of_group, candidates
from server.transaction import Requester, Transaction
from server.views import latest_thread, latest_visit
from widget.wire.agent_requests import CustomerStatisticsUpdated
from widget.wire.base import Json, format_timestamp
from widget.wire.customer_requests import AcceptGreeting, CancelGreeting, GreetingButton, GreetingNews, IncomingGreeting
from widget.wire.errors import Refused
from widget.wire.ids import new_chat_id

__all__ = [
    "accept_greeting",
    "cancel_greeting",
    "end_greetings",
    "greet",
    "send_greeting_button_clicked",
    "shown_greeting",
]

TEXT: Final = "greeting-message_text"
"""The property of a greeting that holds its text, if it has no rich message."""


def greet(tx: Transaction, customer: tables.Customer) -> None:
    """Show the first greeting whose rules are met now, and look again when others may be."""
    visit = latest_visit(tx.session, customer)
    if visit is None or visit.ended_at is not None or _chatting(tx, customer):
        return
    circumstances = _circumstances(tx, customer, visit)
    waits = []
    for greeting in _candidates(tx, customer, visit):
        if fulfilled(greeting.rules, circumstances):
            _show(tx, customer, visit, greeting)
            return
        waits.append(wait(greeting.rules, circumstances))
    if (soonest := min((each for each in waits if each is not None), default=None)) is not None:
        tx.after(soonest, lambda later: greet(later, find_customer(later.session, customer.id)))


def _chatting(tx: Transaction, customer: tables.Customer) -> bool:
    chat = chat_of(tx.session, customer.id)
    return chat is not None and latest_thread(tx.session, chat).active


def _candidates(tx: Transaction, customer: tables.Customer, visit: tables.Visit) -> list[tables.Greeting]:
    now = datetime.now(UTC)
    shown = select(tables.ShownGreeting.greeting_id).where(
        tables.ShownGreeting.customer_id == customer.id, tables.ShownGreeting.visit_id == visit.id
    )
    query = select(tables.Greeting).where(
        tables.Greeting.active, tables.Greeting.group_id == customer.group_id, tables.Greeting.id.not_in(shown)
    )
    return [
        greeting
        for greeting in tx.session.scalars(query.order_by(tables.Greeting.id))
        if (greeting.active_from is None or greeting.active_from <= now)
        and (greeting.active_until is None or now < greeting.active_until)
    ]


def _circumstances(tx: Transaction, customer: tables.Customer, visit: tables.Visit) -> Circumstances:
    views = select(tables.PageView).where(tables.PageView.visit_id == visit.id).order_by(tables.PageView.id)
    pages = tx.session.scalars(views).all()
    now = datetime.now(UTC)
    return Circumstances(
        urls=[page.url for page in pages],
        referrer=visit.referrer or "",
        visits=customer.visits_count,
        seconds_on_site=(now - visit.started_at).total_seconds(),
        seconds_on_page=(now - pages[-1].opened_at).total_seconds() if pages else 0.0,
        session_fields={name: value for each in customer.session_fields for name, value in each.items()},
    )


def _show(tx: Transaction, customer: tables.Customer, visit: tables.Visit, greeting: tables.Greeting) -> None:
    here = [each.agent for each in candidates(tx.session, [greeting.group_id])]
    agent = next(iter(here or agents_of_group(tx.session, greeting.group_id)), None)
    if agent is None:
        return
    end_greetings(tx, customer)
    now = datetime.now(UTC)
    shown = tables.ShownGreeting(
        unique_id=new_chat_id(),
        greeting_id=greeting.id,
        customer_id=customer.id,
        visit_id=visit.id,
        agent_id=agent.id,
        content=_content(greeting),
        shown_at=now,
        accepted=False,
        over=False,
    )
    tx.session.add(shown)
    customer.greetings_shown_count += 1
    tx.session.flush()
    tx.push("incoming_greeting", _news(tx, shown, first=True), {customer.id})
    _tell_statistics(tx, customer)


def _content(greeting: tables.Greeting) -> Json:
    """What is shown, apart from who shows it and when."""
    text = greeting.properties.get(TEXT) or greeting.properties.get("text") or greeting.name
    event: Json = {"type": "message", "text": text}
    if greeting.rich_message is not None:
        event = {"type": "rich_message", "template_id": "cards", **greeting.rich_message}
    content: Json = {"event": event, "is_exit_intent": greeting.properties.get("is_exit_intent") in (True, "true")}
    if "addon" in greeting.properties:
        content["addon"] = greeting.properties["addon"]
    if greeting.type == "announcement":
        content["subtype"] = "announcement"
    return content


def _news(tx: Transaction, shown: tables.ShownGreeting, *, first: bool) -> IncomingGreeting:
    agent = tx.for_customers.agent(tx.session.get_one(tables.Agent, shown.agent_id))
    event = shown.content["event"]
    assert isinstance(event, dict)
    said: JsonValue = {
        "id": f"{shown.unique_id}_1",
        "created_at": format_timestamp(shown.shown_at),
        "author_id": agent.id,
        **event,
    }
    return IncomingGreeting.read(
        {
            **shown.content,
            "id": shown.greeting_id,
            "unique_id": shown.unique_id,
            "displayed_first_time": first,
            "accepted": shown.accepted,
            "event": said,
            "agent": agent.as_json(),
        }
    )


def shown_greeting(tx: Transaction, customer: tables.Customer) -> Json | None:
    """The greeting that a customer sees, as the answer to ``login`` has it."""
    visit = latest_visit(tx.session, customer)
    shown = next(iter(_open(tx, customer)), None)
    if shown is None or visit is None or shown.visit_id != visit.id:
        return None
    return _news(tx, shown, first=False).as_json()


def _open(tx: Transaction, customer: tables.Customer) -> list[tables.ShownGreeting]:
    query = select(tables.ShownGreeting).where(
        tables.ShownGreeting.customer_id == customer.id, ~tables.ShownGreeting.over
    )
    return list(tx.session.scalars(query.order_by(tables.ShownGreeting.shown_at.desc())))


def end_greetings(tx: Transaction, customer: tables.Customer, *, tell: bool = True) -> None:
    """Another greeting, or a chat, takes the place of what the customer sees."""
    for shown in _open(tx, customer):
        shown.over = True
        if tell:
            tx.push("greeting_canceled", GreetingNews(unique_id=shown.unique_id), {customer.id})


# What customers do about them


def _find(tx: Transaction, requester: Requester, unique_id: str) -> tables.ShownGreeting:
    shown = tx.session.get(tables.ShownGreeting, unique_id)
    if shown is None or shown.customer_id != requester.user_id:
        raise Refused("greeting_not_found")
    return shown


def accept_greeting(tx: Transaction, requester: Requester, request: AcceptGreeting) -> None:
    """The customer has seen a greeting."""
    shown = _find(tx, requester, request.unique_id)
    if shown.greeting_id != request.greeting_id:
        raise Refused("greeting_not_found")
    customer = find_customer(tx.session, requester.user_id)
    if not shown.accepted:
        shown.accepted = True
        customer.greetings_accepted_count += 1
        _tell_statistics(tx, customer)
    tx.push("greeting_accepted", GreetingNews(unique_id=shown.unique_id), {requester.user_id})


def cancel_greeting(tx: Transaction, requester: Requester, request: CancelGreeting) -> None:
    """The customer does not want a greeting."""
    shown = _find(tx, requester, request.unique_id)
    shown.over = True
    tx.push("greeting_canceled", GreetingNews(unique_id=shown.unique_id), {requester.user_id})


def send_greeting_button_clicked(tx: Transaction, requester: Requester, request: GreetingButton) -> None:
    """The customer pressed a button of a greeting. Raises Refused(validation) when it has no such button."""
    shown = _find(tx, requester, request.greeting_unique_id)
    if request.button_id not in _buttons(shown.content.get("event")):
        raise Refused("validation", "the greeting has no such button")


def _buttons(value: JsonValue) -> set[str]:
    """The ids of all buttons in a greeting."""
    if isinstance(value, list):
        return {found for each in value for found in _buttons(each)}
    if not isinstance(value, dict):
        return set()
    own = {str(value["button_id"])} if "button_id" in value else set()
    return own | {found for each in value.values() for found in _buttons(each)}


def _tell_statistics(tx: Transaction, customer: tables.Customer) -> None:
    news = CustomerStatisticsUpdated(customer_id=customer.id, statistics=tx.for_agents.statistics(customer))
    tx.push("customer_statistics_updated", news, observers(tx.session, customer))
