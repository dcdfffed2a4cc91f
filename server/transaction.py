"""One action: what it changes in the database, and what others are told once that is on disk."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from sqlalchemy.orm import Session

from server.bus import Delivery
from server.tokens import CustomerTokens
from server.views import AgentView, CustomerView
from widget.wire.base import Wire
from widget.wire.frames import Payload

__all__ = ["Peer", "Requester", "Transaction"]


@dataclass(frozen=True, slots=True)
class Peer:
    """The other end of a socket, before anybody has signed in over it."""

    connection_id: str
    ip: str | None
    user_agent: str | None


@dataclass(frozen=True, slots=True)
class Requester:
    """Who asks. ``connection_id`` is None over HTTP."""

    user_id: str
    connection_id: str | None = None


@dataclass
class Transaction:
    """A database transaction and the pushes that it gives rise to, in order.

    The pushes are published after the commit. If the transaction fails, nobody hears of it.
    """

    session: Session
    tokens: CustomerTokens
    pushes: list[Delivery] = field(default_factory=list)

    def push(
        self, action: str, payload: Wire | list[Wire], users: Iterable[str], connection_id: str | None = None
    ) -> None:
        """Tell these users, or one connection of theirs."""
        shape: Payload = [item.as_json() for item in payload] if isinstance(payload, list) else payload.as_json()
        self.pushes.append(Delivery(action, shape, frozenset(users), connection_id))

    @cached_property
    def for_customers(self) -> CustomerView:
        """How customers see what is stored."""
        return CustomerView(self.session)

    @cached_property
    def for_agents(self) -> AgentView:
        """How agents see what is stored."""
        return AgentView(self.session)
