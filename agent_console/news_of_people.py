"""What becomes of the people in an inbox: who is on the site, on which page, and which agents take chats.

Functions from one inbox to the next.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from agent_console.inbox import Case, Inbox, visitors
from widget.wire import agent as wire
from widget.wire.agent_requests import IncomingCustomers
from widget.wire.users import Customer, Page, User, Visit

__all__ = ["ABOUT_PEOPLE", "with_people", "with_sign_of_life"]

PAGES_KEPT = 20
"""How many of the pages that a visitor opened are kept."""


def with_people(inbox: Inbox, users: Iterable[User]) -> Inbox:
    """What is told of some people; what is not mentioned of them stays."""
    people = dict(inbox.people)
    for user in users:
        people[user.id] = _merged(people.get(user.id), user)
    return replace(inbox, people=MappingProxyType(people))


def with_sign_of_life(inbox: Inbox, before: Case, after: Case) -> Inbox:
    """Who types or writes is on the site, whatever was known of them; their coming is not told."""
    customer = inbox.customer_of(after)
    if customer is None or customer.online:
        return inbox
    last = after.conversation.last
    wrote = last is not before.conversation.last and last is not None and last.author_id == customer.id
    return _with_person(inbox, customer.model_copy(update={"online": True})) if wrote or after.peeking else inbox


# Private


def _customer_told(inbox: Inbox, payload: Mapping[str, object]) -> Inbox:
    customer = Customer.read({**payload, "type": "customer"})
    return with_people(inbox, [customer]) if customer.id in inbox.people else inbox


def _came(inbox: Inbox, payload: Mapping[str, object]) -> Inbox:
    """Somebody is on the site."""
    return with_people(inbox, [Customer.read({**payload, "type": "customer", "online": True})])


def _all_who_are_here(inbox: Inbox, payload: Mapping[str, object]) -> Inbox:
    """Told after each login: who is not among them has left meanwhile."""
    here = [customer.model_copy(update={"online": True}) for customer in IncomingCustomers.read(payload).customers]
    ids = {customer.id for customer in here}
    left = [each for each in visitors(inbox) if each.id not in ids]
    return with_people(inbox, [*here, *(each.model_copy(update={"online": False}) for each in left)])


def _page_opened(inbox: Inbox, payload: Mapping[str, object]) -> Inbox:
    told = wire.CustomerPageUpdated.read(payload)
    known = inbox.people.get(told.customer_id)
    if not isinstance(known, Customer):
        return inbox
    visit = known.visit or Visit()
    pages = _with_page(visit.last_pages or [], Page(url=told.url, title=told.title, opened_at=told.opened_at))
    statistics = known.statistics
    if statistics is not None and len(pages) > len(visit.last_pages or []):
        statistics = statistics.model_copy(update={"page_views_count": statistics.page_views_count + 1})
    changed = {"visit": visit.model_copy(update={"last_pages": pages}), "statistics": statistics, "online": True}
    return _with_person(inbox, known.model_copy(update=changed))


def _with_page(pages: list[Page], page: Page) -> list[Page]:
    if pages and pages[-1].url == page.url:
        return [*pages[:-1], page]
    return [*pages, page][-PAGES_KEPT:]


def _customer_left(inbox: Inbox, payload: Mapping[str, object]) -> Inbox:
    told = wire.CustomerLeft.read(payload)
    known = inbox.people.get(told.id)
    if not isinstance(known, Customer):
        return inbox
    inbox = _with_person(inbox, known.model_copy(update={"online": False}))
    case = next((c for c in inbox.cases.values() if c.customer is not None and c.customer.id == told.id), None)
    if case is None:
        return inbox
    silent = replace(case, peek="", peeking=False)
    return replace(inbox, cases=MappingProxyType({**inbox.cases, case.id: silent}))


def _routing_set(inbox: Inbox, payload: Mapping[str, object]) -> Inbox:
    told = wire.RoutingStatusSet.read(payload)
    return replace(inbox, routing=MappingProxyType({**inbox.routing, told.agent_id: told.status}))


ABOUT_PEOPLE: dict[str, Callable[[Inbox, Mapping[str, object]], Inbox]] = {
    "incoming_customer": _came,
    "incoming_customers": _all_who_are_here,
    "customer_updated": _customer_told,
    "customer_page_updated": _page_opened,
    "customer_left": _customer_left,
    "routing_status_set": _routing_set,
}
"""What each push about people does."""


def _with_person(inbox: Inbox, user: User) -> Inbox:
    return replace(inbox, people=MappingProxyType({**inbox.people, user.id: user}))


def _merged(known: User | None, news: User) -> User:
    """Somebody with what is new of them; what the news does not mention stays."""
    if type(known) is not type(news) or known is None:
        return news
    return known.model_copy(update={name: getattr(news, name) for name in news.model_fields_set})
