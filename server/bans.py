"""Banning customers, and letting them in again (spec: agent-api, sections 3 and 4)."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from server import tables
from server.access import check_role
from server.api import Nothing
from server.chats import chat_of, display_name, end
from server.events import say
from server.observers import observers
from server.people import find_customer
from server.transaction import Requester, Transaction
from server.views import latest_thread, latest_visit
from widget.wire.agent_requests import BanCustomer, CustomerBanned
from widget.wire.configuration import ActiveBan, UnbanCustomer
from widget.wire.errors import Refused

__all__ = ["ban_customer", "list_customer_bans", "unban_customer"]


def ban_customer(tx: Transaction, requester: Requester, request: BanCustomer) -> None:
    """Keep a customer out for some days: the chat ends, and all connections close."""
    customer = find_customer(tx.session, request.id)
    now = datetime.now(UTC)
    chat, visit = chat_of(tx.session, customer.id), latest_visit(tx.session, customer)
    thread = latest_thread(tx.session, chat) if chat else None
    active = thread if thread and thread.active else None
    tx.session.add(
        tables.Ban(
            customer_id=customer.id,
            ip=visit and visit.ip,
            agent_id=requester.user_id,
            thread_id=active and active.id,
            created_at=now,
            expires_at=now + timedelta(days=request.ban.days),
        )
    )
    if chat is not None and active is not None:
        names = {"agent": display_name(tx.session, requester.user_id), "duration": str(request.ban.days)}
        say(tx, chat, active, "customer_banned", names, "agents")
        end(tx, requester, chat, active)
    audience = observers(tx.session, customer) | {requester.user_id}
    tx.push("customer_banned", CustomerBanned(customer_id=customer.id, ban=request.ban), audience)
    tx.disconnect({customer.id}, "customer_banned")


def _active(tx: Transaction) -> Sequence[tables.Ban]:
    query = select(tables.Ban).where(tables.Ban.expires_at > datetime.now(UTC))
    return tx.session.scalars(query.order_by(tables.Ban.id)).all()


def list_customer_bans(tx: Transaction, requester: Requester, request: Nothing) -> list[ActiveBan]:
    """The bans that are not over."""
    return [
        ActiveBan(
            customer_id=ban.customer_id,
            ip=ban.ip,
            agent_id=ban.agent_id,
            thread_id=ban.thread_id,
            created_at=ban.created_at,
            expires_at=ban.expires_at,
        )
        for ban in _active(tx)
    ]


def unban_customer(tx: Transaction, requester: Requester, request: UnbanCustomer) -> None:
    """Let a customer in again, named by the id or by the address that he was banned under."""
    check_role(tx, requester, "administrator")
    if (request.ip is None) == (request.customer_id is None):
        raise Refused("validation", "give `ip` or `customer_id`, and not both")
    lifted = [
        ban for ban in _active(tx) if ban.customer_id == request.customer_id or (request.ip and ban.ip == request.ip)
    ]
    if not lifted:
        raise Refused("not_found", "There is no such ban.")
    for ban in lifted:
        ban.expires_at = datetime.now(UTC)
