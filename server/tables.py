"""What is kept, table by table. The shapes that clients see are made of these in ``server.views``."""

from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar, Literal

from pydantic import JsonValue
from sqlalchemy import JSON, BigInteger, Dialect, ForeignKey, Index, MetaData, String, UniqueConstraint, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from widget.wire.base import Json, Properties
from widget.wire.customer import GroupAvailability
from widget.wire.events import Visibility
from widget.wire.users import SessionFields

__all__ = [
    "Agent",
    "AutoAccess",
    "Ban",
    "BotTemplate",
    "Browser",
    "CannedResponse",
    "Chat",
    "ChatGroup",
    "Connection",
    "Customer",
    "CustomerFollower",
    "Event",
    "File",
    "Follower",
    "Form",
    "Greeting",
    "Group",
    "GroupAgent",
    "Identity",
    "Kind",
    "License",
    "Member",
    "Moment",
    "PageView",
    "Property",
    "RevokedToken",
    "ShownGreeting",
    "Subscription",
    "Table",
    "Tag",
    "Thread",
    "ThreadTag",
    "TrustedDomain",
    "UsedAssertion",
    "Visit",
    "Webhook",
    "Widget",
    "WidgetKey",
    "microseconds",
]

Kind = Literal["customer", "agent"]
"""The two sides of a chat."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

_NO = text("0")
_NONE = text("0")
_EMPTY = text("'{}'")
"""What rows have in columns that were added when they were there already."""


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
        list[int]: JSON(),
        list[JsonValue]: JSON(),
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
    language_code: Mapped[str] = mapped_column(default="en", server_default="en")
    properties: Mapped[Properties] = mapped_column(default=dict, server_default=_EMPTY)


class Agent(Table):
    """Somebody who answers. ``id`` is an e-mail address; customers see ``opaque_id`` in its place.

    ``permission`` is the role. A bot's id is hexadecimal, and its token is the secret it gets tokens with. ``details``
    are fields that nothing here depends on. One who was deleted stays, nameable in the chats he was in.
    """

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
    suspended: Mapped[bool] = mapped_column(default=False, server_default=_NO)
    awaiting_approval: Mapped[bool] = mapped_column(default=False, server_default=_NO)
    deleted: Mapped[bool] = mapped_column(default=False, server_default=_NO)
    is_bot: Mapped[bool] = mapped_column(default=False, server_default=_NO)
    owner_client_id: Mapped[str | None]
    last_logout: Mapped[datetime | None]
    details: Mapped[Json] = mapped_column(default=dict, server_default=_EMPTY)


class GroupAgent(Table):
    """Which agents are in which group, and how soon they get its chats: first, normal, last, or as supervisor never."""

    __tablename__ = "group_agents"

    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"), primary_key=True)
    agent_id: Mapped[str] = mapped_column(ForeignKey("agents.id"), primary_key=True)
    priority: Mapped[str] = mapped_column(default="normal", server_default="normal")


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
    greetings_shown_count: Mapped[int] = mapped_column(default=0, server_default=_NONE)
    greetings_accepted_count: Mapped[int] = mapped_column(default=0, server_default=_NONE)
    details: Mapped[Json] = mapped_column(default=dict, server_default=_EMPTY)
    """What else agents keep of a customer: ``phone_number``, ``omnichannel``, ``address``."""
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
    """An open socket of somebody who has signed in: who is here. Emptied when the server starts.

    ``monitoring`` is which customers an agent wants to hear of: the ``customer_monitoring_level`` of ``login``.
    """

    __tablename__ = "connections"

    id: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(index=True)
    kind: Mapped[Kind]
    monitoring: Mapped[str | None]


class Subscription(Table):
    """A connection of an agent who watches the customers of some groups; no groups stand for all."""

    __tablename__ = "subscriptions"

    id: Mapped[str] = mapped_column(primary_key=True)
    connection_id: Mapped[str] = mapped_column(index=True)
    agent_id: Mapped[str]
    group_ids: Mapped[list[int]] = mapped_column(default=list)


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
    deleted: Mapped[bool] = mapped_column(default=False, server_default=_NO)


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


class CustomerFollower(Table):
    """An agent who wants to hear of a customer, whatever group the customer is in."""

    __tablename__ = "customer_followers"

    customer_id: Mapped[str] = mapped_column(ForeignKey("customers.id"), primary_key=True)
    agent_id: Mapped[str] = mapped_column(ForeignKey("agents.id"), primary_key=True)


class File(Table):
    """A file that was uploaded. One that no event has named is thrown away after a day."""

    __tablename__ = "files"

    id: Mapped[str] = mapped_column(primary_key=True)
    owner_id: Mapped[str]
    name: Mapped[str]
    content_type: Mapped[str]
    size: Mapped[int]
    width: Mapped[int | None]
    height: Mapped[int | None]
    used: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(index=True)


class Tag(Table):
    """A label that agents of some groups may put on threads."""

    __tablename__ = "tags"

    name: Mapped[str] = mapped_column(primary_key=True)
    group_ids: Mapped[list[int]] = mapped_column(default=list)
    author_id: Mapped[str]
    created_at: Mapped[datetime]


class ThreadTag(Table):
    """A label that is on a thread; it stays when the tag itself is deleted."""

    __tablename__ = "thread_tags"

    thread_id: Mapped[str] = mapped_column(ForeignKey("threads.id"), primary_key=True)
    tag: Mapped[str] = mapped_column(primary_key=True, index=True)
    tagged_at: Mapped[datetime]


class Property(Table):
    """A property that was registered; its namespace is the client id that owns it."""

    __tablename__ = "properties"

    namespace: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    definition: Mapped[Json]


class License(Table):
    """What is true of the organization as a whole. One row."""

    __tablename__ = "licenses"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    properties: Mapped[Properties] = mapped_column(default=dict)
    company: Mapped[Json] = mapped_column(default=dict)
    webhooks_enabled: Mapped[bool] = mapped_column(default=True)


class Ban(Table):
    """A customer who may not come in until a moment."""

    __tablename__ = "bans"

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[str] = mapped_column(ForeignKey("customers.id"), index=True)
    ip: Mapped[str | None]
    agent_id: Mapped[str]
    thread_id: Mapped[str | None]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class TrustedDomain(Table):
    """A site that the widget may run on, with all its subdomains; without any, it may everywhere."""

    __tablename__ = "trusted_domains"

    domain: Mapped[str] = mapped_column(primary_key=True)
    author_id: Mapped[str]
    created_at: Mapped[datetime]


class Greeting(Table):
    """A message that customers are shown before they have said anything, when its rules are met."""

    __tablename__ = "greetings"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    type: Mapped[str]
    name: Mapped[str]
    active: Mapped[bool]
    active_from: Mapped[datetime | None]
    active_until: Mapped[datetime | None]
    rules: Mapped[list[JsonValue]] = mapped_column(default=list)
    properties: Mapped[Json] = mapped_column(default=dict)
    rich_message: Mapped[Json | None]


class ShownGreeting(Table):
    """A greeting that a customer was shown in a visit, and what the customer did about it."""

    __tablename__ = "shown_greetings"

    unique_id: Mapped[str] = mapped_column(primary_key=True)
    greeting_id: Mapped[int]
    customer_id: Mapped[str] = mapped_column(ForeignKey("customers.id"), index=True)
    visit_id: Mapped[int]
    agent_id: Mapped[str]
    content: Mapped[Json]
    shown_at: Mapped[datetime]
    accepted: Mapped[bool] = mapped_column(default=False)
    over: Mapped[bool] = mapped_column(default=False)
    """It was canceled, or a chat has begun."""


class Form(Table):
    """The questions of a group before a chat, after it, or when nobody is there."""

    __tablename__ = "forms"

    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"), primary_key=True)
    type: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str]
    enabled: Mapped[bool]
    fields: Mapped[list[JsonValue]] = mapped_column(default=list)


class Webhook(Table):
    """An address that is told of an action."""

    __tablename__ = "webhooks"

    id: Mapped[str] = mapped_column(primary_key=True)
    action: Mapped[str] = mapped_column(index=True)
    url: Mapped[str]
    secret_key: Mapped[str]
    owner_client_id: Mapped[str]
    type: Mapped[str]
    description: Mapped[str | None]
    additional_data: Mapped[list[str]] = mapped_column(default=list)
    filters: Mapped[Json] = mapped_column(default=dict)


class AutoAccess(Table):
    """A rule that says to which groups a customer belongs who is on a page; the first that fits, by place, counts."""

    __tablename__ = "auto_accesses"

    id: Mapped[str] = mapped_column(primary_key=True)
    place: Mapped[int]
    description: Mapped[str | None]
    group_ids: Mapped[list[int]] = mapped_column(default=list)
    conditions: Mapped[Json] = mapped_column(default=dict)


class BotTemplate(Table):
    """What the bots of an application are made after."""

    __tablename__ = "bot_templates"

    id: Mapped[str] = mapped_column(primary_key=True)
    owner_client_id: Mapped[str]
    secret_hash: Mapped[str]
    details: Mapped[Json] = mapped_column(default=dict)


class Widget(Table):
    """What a site has on its pages. ``themes`` by name, as ``server.themes.Theme`` has them."""

    __tablename__ = "widgets"

    id: Mapped[str] = mapped_column(primary_key=True)
    themes: Mapped[Json] = mapped_column(default=dict)


class WidgetKey(Table):
    """What a site signs its visitors' tokens with. ``secret``: 32 bytes in base64; signatures are checked with it."""

    __tablename__ = "widget_keys"

    id: Mapped[str] = mapped_column(primary_key=True)
    widget_id: Mapped[str] = mapped_column(ForeignKey("widgets.id"))
    secret: Mapped[str]
    created_at: Mapped[datetime]


class Identity(Table):
    """A person whom a site has vouched for, and the customer who that is. ``subject_type``: what the subject is."""

    __tablename__ = "identities"

    subject_type: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    customer_id: Mapped[str] = mapped_column(ForeignKey("customers.id"), index=True)
    since: Mapped[datetime]


class UsedAssertion(Table):
    """A site's signed token that was used; kept until it would be refused as expired."""

    __tablename__ = "used_assertions"

    widget_id: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    expires_at: Mapped[datetime]


class Browser(Table):
    """Another browser of a customer who has signed in, known again by a secret of its own."""

    __tablename__ = "browsers"

    secret_hash: Mapped[str] = mapped_column(primary_key=True)
    customer_id: Mapped[str] = mapped_column(ForeignKey("customers.id"), index=True)
    since: Mapped[datetime]


class CannedResponse(Table):
    """A text that agents of a group, or one agent alone, keep ready to be sent."""

    __tablename__ = "canned_responses"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id"))
    text: Mapped[str]
    tags: Mapped[list[str]] = mapped_column(default=list)
    is_private: Mapped[bool] = mapped_column(default=False)
    author_id: Mapped[str]
    created_at: Mapped[datetime]
    modified_by: Mapped[str]
    modified_at: Mapped[datetime]
