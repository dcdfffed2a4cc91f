"""Customers and agents: who they are, who is here, and what a customer does on the site."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import Session

from server import tables
from server.chats import chat_of
from server.limits import check_length
from server.observers import observers
from server.organization import GROUP_ID
from server.routing import announce_routing_status, settle
from server.tokens import AgentCredentials, hashed, matches, new_secret
from server.transaction import Peer, Requester, Transaction
from server.views import connected, latest_visit
from widget.wire.agent import CustomerLeft, CustomerPageUpdated
from widget.wire.customer import LoginCustomer, UpdateCustomer
from widget.wire.errors import Refused
from widget.wire.ids import new_customer_id
from widget.wire.users import Customer, Page

__all__ = [
    "arrive",
    "authenticate_agent",
    "authenticate_customer",
    "check_ban",
    "depart",
    "everybody_left",
    "find_customer",
    "forget_browser",
    "new_browser",
    "new_customer",
    "open_page",
    "returning_customer",
    "revoke",
    "update_customer",
    "visit",
]

VISIT_GAP = timedelta(minutes=30)
"""Who comes back sooner is still on the same visit."""

MAX_SESSION_FIELDS = 100

MAX_ADDRESS = 4096
"""How much of a page's address, its title or its referrer is kept, in characters."""


# Who is it?


def new_customer(session: Session, group_id: int = GROUP_ID) -> tuple[tables.Customer, str]:
    """A customer whom nobody has seen before, and the secret that proves who it is."""
    secret = new_secret()
    customer = tables.Customer(
        id=new_customer_id(),
        secret_hash=hashed(secret),
        group_id=group_id,
        session_fields=[],
        visits_count=0,
        page_views_count=0,
        created_at=datetime.now(UTC),
    )
    session.add(customer)
    session.flush()
    return customer, secret


def returning_customer(session: Session, customer_id: str, secret: str) -> tables.Customer | None:
    """The customer whose secret this is."""
    customer = session.get(tables.Customer, customer_id)
    if customer is None or not secret:
        return None
    if matches(secret, customer.secret_hash):
        return customer
    browser = session.get(tables.Browser, hashed(secret))
    return customer if browser is not None and browser.customer_id == customer.id else None


def new_browser(session: Session, customer: tables.Customer) -> str:
    """The secret that proves a customer in a browser where nobody, or somebody else, was known until now."""
    secret = new_secret()
    session.add(tables.Browser(secret_hash=hashed(secret), customer_id=customer.id, since=datetime.now(UTC)))
    return secret


def forget_browser(session: Session, customer_id: str, secret: str) -> None:
    """A customer has left a browser: its secret proves nothing any more."""
    customer = returning_customer(session, customer_id, secret)
    if customer is None:
        return
    if matches(secret, customer.secret_hash):
        customer.secret_hash = hashed(new_secret())
    session.execute(delete(tables.Browser).where(tables.Browser.secret_hash == hashed(secret)))


def authenticate_customer(tx: Transaction, authorization: str) -> tuple[tables.Customer, datetime]:
    """The customer who has this token, and when it expires. Raises Refused(authentication)."""
    claims = tx.tokens.read(authorization)
    if tx.session.get(tables.RevokedToken, claims.token_id) is not None:
        raise Refused("authentication", "The access token was revoked.")
    customer = tx.session.get(tables.Customer, claims.customer_id)
    if customer is None:
        raise Refused("authentication", "The access token's customer is not known here.")
    check_ban(tx.session, customer)
    return customer, claims.expires_at


def revoke(tx: Transaction, authorization: str) -> None:
    """Take a customer's token back. Raises Refused(authentication)."""
    claims = tx.tokens.read(authorization)
    tx.session.execute(delete(tables.RevokedToken).where(tables.RevokedToken.expires_at < datetime.now(UTC)))
    tx.session.merge(tables.RevokedToken(id=claims.token_id, expires_at=claims.expires_at))


def check_ban(session: Session, customer: tables.Customer) -> None:
    """Raises Refused(customer_banned) for a customer who may not come in."""
    banned = exists().where(tables.Ban.customer_id == customer.id, tables.Ban.expires_at > datetime.now(UTC))
    if session.scalar(select(banned)):
        raise Refused("customer_banned")


def authenticate_agent(tx: Transaction, authorization: str) -> tables.Agent:
    """The agent who has this token, or the bot. Raises Refused(authentication), Refused(requester_suspended)."""
    agent = _agent(tx, authorization)
    if agent.deleted:
        raise Refused("authentication", "The agent does not exist any more.")
    if agent.suspended:
        raise Refused("requester_suspended")
    if agent.awaiting_approval:
        raise Refused("requester_awaiting_approval")
    return agent


def _agent(tx: Transaction, authorization: str) -> tables.Agent:
    if (bot_id := tx.tokens.bot(authorization)) is not None:
        bot = tx.session.get(tables.Agent, bot_id)
        if bot is None:
            raise Refused("authentication", "The bot does not exist any more.")
        return bot
    credentials = AgentCredentials.read(authorization)
    query = select(tables.Agent).where(tables.Agent.token_hash == hashed(credentials.token), ~tables.Agent.is_bot)
    agent = tx.session.scalars(query).one_or_none()
    if agent is None or not matches(credentials.token, agent.token_hash):
        raise Refused("authentication", "The personal access token is not valid.")
    if credentials.account not in (None, agent.id, agent.account_id):
        raise Refused("authentication", "The personal access token is another account's.")
    return agent


# Who is here?


def arrive(tx: Transaction, user_id: str, kind: tables.Kind, peer: Peer) -> bool:
    """Somebody has opened a connection. True when it is the user's first."""
    first = not connected(tx.session, user_id)
    tx.session.add(tables.Connection(id=peer.connection_id, user_id=user_id, kind=kind))
    tx.session.flush()
    return first


def depart(tx: Transaction, requester: Requester) -> None:
    """A connection has closed. With the last one a customer's visit ends, and an agent gets no more chats."""
    tx.session.execute(delete(tables.Connection).where(tables.Connection.id == requester.connection_id))
    tx.session.execute(delete(tables.Subscription).where(tables.Subscription.connection_id == requester.connection_id))
    if connected(tx.session, requester.user_id):
        return
    agent = tx.session.get(tables.Agent, requester.user_id)
    if agent is not None:
        agent.last_logout = datetime.now(UTC)
        announce_routing_status(tx, agent)
        settle(tx)
    else:
        _customer_left(tx, find_customer(tx.session, requester.user_id))


def _customer_left(tx: Transaction, customer: tables.Customer) -> None:
    now = datetime.now(UTC)
    current = latest_visit(tx.session, customer)
    if current is not None:
        current.ended_at = now
    tx.push("customer_left", CustomerLeft(id=customer.id, left_at=now), observers(tx.session, customer))


def everybody_left(session: Session) -> None:
    """The server starts: whoever was here when it stopped is not any more."""
    session.execute(delete(tables.Connection))
    session.execute(delete(tables.Subscription))
    session.execute(update(tables.Visit).where(tables.Visit.ended_at.is_(None)).values(ended_at=datetime.now(UTC)))
    session.execute(update(tables.Group).values(status="offline"))


# What does a customer do, and what is known of customers?


def find_customer(session: Session, customer_id: str) -> tables.Customer:
    """The customer with this id. Raises Refused(not_found)."""
    customer = session.get(tables.Customer, customer_id)
    if customer is None:
        raise Refused("not_found", "There is no customer with this id.")
    return customer


def visit(session: Session, customer: tables.Customer, peer: Peer, referrer: str | None) -> tables.Visit:
    """The visit of a customer who has connected: the last one after a short absence, else a new one."""
    now = datetime.now(UTC)
    current = latest_visit(session, customer)
    if current is None or (current.ended_at is not None and now - current.ended_at > VISIT_GAP):
        current = tables.Visit(customer_id=customer.id, started_at=now, referrer=referrer and referrer[:MAX_ADDRESS])
        customer.visits_count += 1
        session.add(current)
    current.ended_at = None
    current.ip, current.user_agent = peer.ip, peer.user_agent
    session.flush()
    return current


def open_page(tx: Transaction, customer: tables.Customer, page: Page) -> None:
    """A customer is on a page now: note it, unless it is the same page, and tell the agents of the chat."""
    current = latest_visit(tx.session, customer)
    if current is None:
        return
    url, title = page.url[:MAX_ADDRESS], page.title and page.title[:MAX_ADDRESS]
    views = select(tables.PageView).where(tables.PageView.visit_id == current.id)
    last = tx.session.scalars(views.order_by(tables.PageView.id.desc()).limit(1)).first()
    if last is not None and last.url == url:
        last.title = title or last.title
        return
    view = tables.PageView(visit_id=current.id, opened_at=datetime.now(UTC), url=url, title=title)
    tx.session.add(view)
    customer.page_views_count += 1
    news = CustomerPageUpdated(
        customer_id=customer.id, visit_id=current.id, url=view.url, title=view.title, opened_at=view.opened_at
    )
    tx.push("customer_page_updated", news, observers(tx.session, customer))


def update_customer(tx: Transaction, customer: tables.Customer, given: LoginCustomer | UpdateCustomer) -> None:
    """Change what is given, and tell the customer and the agents of the chat what has changed.

    Raises Refused(validation) for what is too long.
    """
    if len(given.session_fields or []) > MAX_SESSION_FIELDS:
        raise Refused("validation", f"`session_fields` must not have more than {MAX_SESSION_FIELDS} fields")
    fields = ("name", "email", "avatar", "session_fields")
    said = {field: value for field in fields if (value := getattr(given, field)) is not None}
    changed = {field: value for field, value in said.items() if value != getattr(customer, field)}
    for field, value in changed.items():
        check_length(field, value)
        setattr(customer, field, value)
    if changed:
        news = Customer.read({"id": customer.id, **changed})
        tx.push("customer_updated", news, {customer.id, *observers(tx.session, customer)})
    if "session_fields" in changed and chat_of(tx.session, customer.id) is not None:
        tx.report("customer_session_fields_updated", Customer.read({"id": customer.id, **changed}))
