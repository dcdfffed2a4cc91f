"""One action: what it changes in the database, and what others are told once that is on disk."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property

from sqlalchemy.orm import Session

from server.bus import Delivery
from server.tokens import CustomerTokens
from server.views import AgentView, CustomerView
from widget.wire.base import Wire
from widget.wire.frames import Payload

__all__ = ["News", "Peer", "Requester", "Transaction"]


@dataclass(frozen=True, slots=True)
class Peer:
    """The other end of a socket, before anybody has signed in over it."""

    connection_id: str
    ip: str | None
    user_agent: str | None


@dataclass(frozen=True, slots=True)
class Requester:
    """Who asks. ``connection_id`` is None over HTTP; ``asked_as`` is the server's name in what anybody may ask."""

    user_id: str
    connection_id: str | None = None
    asked_as: str | None = None


@dataclass(frozen=True, slots=True)
class News:
    """Something that webhooks may be told of, and the chat it happened in."""

    action: str
    payload: Payload
    chat_id: str | None = None


@dataclass
class Transaction:
    """A database transaction, and the pushes and webhooks that it gives rise to, in order.

    The pushes are published after the commit. If the transaction fails, nobody hears of it.
    """

    session: Session
    tokens: CustomerTokens
    pushes: list[Delivery] = field(default_factory=list)
    news: list[News] = field(default_factory=list)
    later: list[tuple[float, "Later"]] = field(default_factory=list)

    def push(
        self,
        action: str,
        payload: Wire | list[Wire],
        users: Iterable[str],
        connection_id: str | None = None,
        *,
        unasked: bool = False,
    ) -> None:
        """Tell these users, or one connection of theirs. What is ``unasked`` does not carry the request's id."""
        shape: Payload = [item.as_json() for item in payload] if isinstance(payload, list) else payload.as_json()
        self.pushes.append(Delivery(action, shape, frozenset(users), connection_id, unasked=unasked))

    def after(self, seconds: float, work: "Later") -> None:
        """Do something in a transaction of its own when so much time has passed, unless the server stops before."""
        self.later.append((seconds, work))

    def disconnect(self, users: Iterable[str], reason: str) -> None:
        """Close all connections of these users, and tell them why."""
        self.pushes.append(Delivery("", {}, frozenset(users), ends=reason))

    def report(self, action: str, payload: Wire, chat_id: str | None = None) -> None:
        """Tell the webhooks; they get what agents get."""
        self.news.append(News(action, payload.as_json(), chat_id))

    @cached_property
    def for_customers(self) -> CustomerView:
        """How customers see what is stored."""
        return CustomerView(self.session)

    @cached_property
    def for_agents(self) -> AgentView:
        """How agents see what is stored."""
        return AgentView(self.session)


Later = Callable[[Transaction], None]
"""Something to be done in a transaction of its own."""
