"""What is kept, table by table. The shapes that clients see are made of these in ``server.views``."""

from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar, Literal

from sqlalchemy import JSON, BigInteger, Dialect, ForeignKey, Index, MetaData, String, UniqueConstraint, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from widget.wire.base import Json, Properties
from widget.wire.customer import GroupAvailability
from widget.wire.events import Visibility
from widget.wire.users import SessionFields

__all__ = [
    "Agent",
    "Chat",
    "ChatGroup",
    "Connection",
    "Customer",
    "Event",
    "Follower",
    "Group",
    "GroupAgent",
    "Kind",
    "Member",
    "Moment",
    "PageView",
    "RevokedToken",
    "Table",
    "Thread",
    "Visit",
    "microseconds",
]

Kind = Literal["customer", "agent"]
"""The two sides of a chat."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def microseconds(moment: datetime) -> int:
    """A moment as it is stored: in microseconds since 1970, UTC."""
    return (moment - _EPOCH) // _MICROSECOND


class Moment(TypeDecorator[datetime]):
    """A moment as microseconds since 1970, UTC: exact, and sorted as numbers are."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """The number to store."""
        return None if value is None else microseconds(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        """The moment that was stored."""
        return None if value is None else _EPOCH + value * _MICROSECOND


class Table(DeclarativeBase):
    """What all tables have in common: how Python's types are stored, and how constraints are named."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: Moment(),
        Json: JSON(),
        Properties: JSON(),
        SessionFields: JSON(),
        list[str]: JSON(),
        Kind: String(),
        Visibility: String(),
        GroupAvailability: String(),
    }


class Group(Table):
    """Agents who share chats. ``status`` is what customers were last told about it."""

    __tablename__ = "groups"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str]
    status: Mapped[GroupAvailability] = mapped_column(default="offline")


class Agent(Table):
    """Somebody who answers. ``id`` is an e-mail address; customers see ``opaque_id`` in its place."""

    __tablename__ = "agents"

    id: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(unique=True)
    opaque_id: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    job_title: Mapped[str | None]
    avatar: Mapped[str | None]
    permission: Mapped[str] = mapped_column(default="normal")
    token_hash: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    accepting: Mapped[bool] = mapped_column(default=True)
    max_chats: Mapped[int] = mapped_column(default=6)
    assigned_at: Mapped[datetime | None]
    """When a chat was last given to the agent: whose turn it is among equals."""


class GroupAgent(Table):
    """Which agents are in which group."""

    __tablename__ = "group_agents"

    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"), primary_key=True)
    agent_id: Mapped[str] = mapped_column(ForeignKey("agents.id"), primary_key=True)


class Customer(Table):
    """A visitor, known again by the secret in a cookie, of which only the hash is kept."""

    __tablename__ = "customers"

    id: Mapped[str] = mapped_column(primary_key=True)
    secret_hash: Mapped[str]
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    name: Mapped[str | None]
    email: Mapped[str | None]
    avatar: Mapped[str | None]
    session_fields: Mapped[SessionFields] = mapped_column(default=list)
    visits_count: Mapped[int] = mapped_column(default=0)
    page_views_count: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]


class Visit(Table):
    """A customer's time on the site; it has not ended while a connection is open."""

    __tablename__ = "visits"

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[str] = mapped_column(ForeignKey("customers.id"), index=True)
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    referrer: Mapped[str | None]
    ip: Mapped[str | None]
    user_agent: Mapped[str | None]


class PageView(Table):
    """A page that a customer opened."""

    __tablename__ = "page_views"

    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visits.id"), index=True)
    opened_at: Mapped[datetime]
    url: Mapped[str]
    title: Mapped[str | None]


class RevokedToken(Table):
    """A customer's token that was taken back before it expired."""

    __tablename__ = "revoked_tokens"

    id: Mapped[str] = mapped_column(primary_key=True)
    expires_at: Mapped[datetime]


class Connection(Table):
    """An open socket of somebody who has signed in: who is here. Emptied when the server starts."""

    __tablename__ = "connections"

    id: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(index=True)
    kind: Mapped[Kind]


class Chat(Table):
    """The lasting conversation of a customer. ``latest`` is the newest time given out in it: times only rise."""

    __tablename__ = "chats"

    id: Mapped[str] = mapped_column(primary_key=True)
    customer_id: Mapped[str] = mapped_column(ForeignKey("customers.id"), unique=True)
    created_at: Mapped[datetime]
    latest: Mapped[datetime]
    properties: Mapped[Properties] = mapped_column(default=dict)


class ChatGroup(Table):
    """The groups whose agents may read a chat: its access."""

    __tablename__ = "chat_groups"

    chat_id: Mapped[str] = mapped_column(ForeignKey("chats.id"), primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"), primary_key=True)


class Thread(Table):
    """One stretch of a chat, numbered from 1; at most one is active. ``queued_at``: nobody has it yet."""

    __tablename__ = "threads"
    __table_args__ = (
        UniqueConstraint("chat_id", "number"),
        Index("uq_threads_active", "chat_id", unique=True, sqlite_where=text("active")),
        Index(None, "created_at"),
        Index("ix_threads_queued_at", "queued_at", sqlite_where=text("queued_at IS NOT NULL")),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    chat_id: Mapped[str] = mapped_column(ForeignKey("chats.id"))
    number: Mapped[int]
    active: Mapped[bool]
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    queued_at: Mapped[datetime | None]
    user_ids: Mapped[list[str]] = mapped_column(default=list)
    properties: Mapped[Properties] = mapped_column(default=dict)
    events_count: Mapped[int] = mapped_column(default=0)


class Event(Table):
    """What was said or happened. ``content`` holds the fields of its type, as they go over the wire.

    An author's ``custom_id`` is unique in a chat: it is how an event that is sent again is known.
    """

    __tablename__ = "events"
    __table_args__ = (
        UniqueConstraint("chat_id", "author_id", "custom_id"),
        Index(None, "thread_id", "created_at"),
        Index(None, "chat_id", "type", "created_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    chat_id: Mapped[str] = mapped_column(ForeignKey("chats.id"))
    thread_id: Mapped[str] = mapped_column(ForeignKey("threads.id"))
    created_at: Mapped[datetime]
    type: Mapped[str]
    author_id: Mapped[str | None]
    custom_id: Mapped[str | None]
    visibility: Mapped[Visibility]
    content: Mapped[Json]
    properties: Mapped[Properties] = mapped_column(default=dict)


class Member(Table):
    """A user of a chat. ``takes_part`` is false for an agent who has left, and stays listed as on the platform."""

    __tablename__ = "members"

    chat_id: Mapped[str] = mapped_column(ForeignKey("chats.id"), primary_key=True)
    user_id: Mapped[str] = mapped_column(primary_key=True, index=True)
    kind: Mapped[Kind]
    takes_part: Mapped[bool] = mapped_column(default=True)
    visibility: Mapped[Visibility] = mapped_column(default="all")
    joined_at: Mapped[datetime]
    seen_up_to: Mapped[datetime | None]


class Follower(Table):
    """An agent who watches a chat without being in it."""

    __tablename__ = "followers"

    chat_id: Mapped[str] = mapped_column(ForeignKey("chats.id"), primary_key=True)
    agent_id: Mapped[str] = mapped_column(ForeignKey("agents.id"), primary_key=True)
