"""How each side sees what is stored.

Agents see e-mail addresses, notes, visits and who is watching. Customers see agents under an opaque id that says
nothing but stays the same, and of a chat only what is meant for them.
"""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import ClassVar

from pydantic import JsonValue
from sqlalchemy import ColumnElement, exists, func, select, true
from sqlalchemy.orm import Session

from server import tables
from server.properties import Location, Registry, Side
from widget.wire.base import Json, Properties, format_timestamp
from widget.wire.chats import Access, Chat, ChatSummary, LastEvent, Queue, Thread, ThreadSummary
from widget.wire.events import Event, read_event
from widget.wire.users import Agent, Customer, Page, Statistics, User, Visit

__all__ = ["AgentView", "CustomerView", "View", "connected", "latest_thread", "latest_visit", "members", "place"]

SECONDS_A_PLACE = 60
"""What a place in the queue is taken to cost, for want of statistics."""

PAGES_SHOWN = 10


class View(ABC):
    """What both sides see alike. Lives for one transaction."""

    side: ClassVar[Side]

    def __init__(self, session: Session) -> None:
        self._session = session

    @cached_property
    def registry(self) -> Registry:
        """What is known of properties."""
        return Registry(self._session)

    def properties(self, location: Location, properties: Properties) -> Properties:
        """Of these properties those that this side may read."""
        return self.registry.readable(self.side, location, properties) if properties else {}

    def readable_with_defaults(self, location: Location, properties: Properties) -> Properties:
        """What this side may read of properties, and of the default values of those that are not set."""
        return self.properties(location, self.registry.with_defaults(location, properties))

    def changes(
        self, location: Location, changed: Properties | dict[str, list[str]]
    ) -> Properties | dict[str, list[str]]:
        """Of properties that were set, or of the names of deleted ones, those that this side may read."""
        names = {space: each for space, each in changed.items() if isinstance(each, list)}
        if names:
            return self.registry.readable_names(self.side, location, names)
        return self.properties(location, {space: each for space, each in changed.items() if isinstance(each, dict)})

    # What the two sides see differently

    @abstractmethod
    def user_id(self, user_id: str) -> str:
        """The id under which this side knows a user."""

    @abstractmethod
    def agent(self, agent: tables.Agent) -> Agent:
        """An agent."""

    @abstractmethod
    def customer(self, customer: tables.Customer) -> Customer:
        """A customer."""

    @abstractmethod
    def readable(self) -> ColumnElement[bool]:
        """The condition for events that this side may read."""

    @abstractmethod
    def event(self, event: tables.Event) -> Event:
        """An event."""

    @abstractmethod
    def users(self, chat: tables.Chat) -> list[User]:
        """The users of a chat whom this side may see, the first to come first."""

    # People

    def user(self, member: tables.Member) -> User:
        """A user of a chat, with what is true in this chat."""
        user = self._person(member)
        user.present = member.takes_part
        user.events_seen_up_to = member.seen_up_to
        return user

    def _person(self, member: tables.Member) -> User:
        if member.kind == "agent":
            return self.agent(self._session.get_one(tables.Agent, member.user_id))
        return self.customer(self._session.get_one(tables.Customer, member.user_id))

    def statistics(self, customer: tables.Customer) -> Statistics:
        """What has been counted about a customer."""
        threads = (
            select(func.count())
            .select_from(tables.Thread)
            .join(tables.Chat, tables.Chat.id == tables.Thread.chat_id)
            .where(tables.Chat.customer_id == customer.id)
        )
        threads_count = self._session.scalars(threads).one()
        return Statistics(
            chats_count=min(threads_count, 1),  # There is one chat at most, and it begins with a thread.
            threads_count=threads_count,
            visits_count=customer.visits_count,
            page_views_count=customer.page_views_count,
            greetings_shown_count=customer.greetings_shown_count,
            greetings_accepted_count=customer.greetings_accepted_count,
        )

    # Chats

    def chat(self, chat: tables.Chat, thread: tables.Thread) -> Chat:
        """A chat with one of its threads."""
        return Chat(
            id=chat.id,
            users=self.users(chat),
            access=self.access(chat),
            properties=self.properties("chat", chat.properties),
            thread=self.threads(chat, [thread])[0],
        )

    def access(self, chat: tables.Chat) -> Access:
        """The groups of a chat."""
        query = select(tables.ChatGroup.group_id).where(tables.ChatGroup.chat_id == chat.id)
        return Access(group_ids=list(self._session.scalars(query.order_by(tables.ChatGroup.group_id))))

    def threads(self, chat: tables.Chat, threads: Sequence[tables.Thread]) -> list[Thread]:
        """Threads of a chat with their events, in the order given."""
        events = self._events(threads)
        access = self.access(chat)
        neighbours = self._neighbours(chat, threads)
        tags = self.tags(threads)
        return [
            Thread(
                id=thread.id,
                active=thread.active,
                created_at=thread.created_at,
                user_ids=[self.user_id(user_id) for user_id in thread.user_ids],
                events=events[thread.id],
                properties=self.properties("thread", thread.properties),
                access=access,
                tags=tags.get(thread.id),
                queue=self.queue(thread),
                previous_thread_id=neighbours.get(thread.number - 1),
                next_thread_id=neighbours.get(thread.number + 1),
            )
            for thread in threads
        ]

    def tags(self, threads: Sequence[tables.Thread]) -> Mapping[str, list[str]]:
        """The tags of threads, as far as this side may know of them."""
        return {}

    def _events(self, threads: Iterable[tables.Thread]) -> Mapping[str, list[Event]]:
        """The readable events of threads, by thread, from oldest to newest."""
        found = defaultdict[str, list[Event]](list)
        query = select(tables.Event).where(tables.Event.thread_id.in_([t.id for t in threads]), self.readable())
        for event in self._session.scalars(query.order_by(tables.Event.created_at)):
            found[event.thread_id].append(self.event(event))
        return found

    def _neighbours(self, chat: tables.Chat, threads: Sequence[tables.Thread]) -> dict[int, str]:
        """The ids of the threads before and after these, by number."""
        numbers = {thread.number + step for thread in threads for step in (-1, 1)}
        query = select(tables.Thread.number, tables.Thread.id).where(
            tables.Thread.chat_id == chat.id, tables.Thread.number.in_(numbers)
        )
        return {number: thread_id for number, thread_id in self._session.execute(query)}

    def queue(self, thread: tables.Thread) -> Queue | None:
        """The place of a thread in the queue, or None if somebody has it or it is over."""
        if thread.queued_at is None:
            return None
        ahead = select(func.count()).select_from(tables.Thread).where(tables.Thread.queued_at < thread.queued_at)
        return place(1 + self._session.scalars(ahead).one(), thread)

    # Lists of chats

    def last_events(self, chat: tables.Chat) -> dict[str, LastEvent]:
        """The newest readable event of each type."""
        newest = (
            select(tables.Event.type, func.max(tables.Event.created_at).label("created_at"))
            .where(tables.Event.chat_id == chat.id, self.readable())
            .group_by(tables.Event.type)
            .subquery()
        )
        query = (
            select(tables.Event, tables.Thread)
            .join(newest, tables.Event.created_at == newest.c.created_at)
            .join(tables.Thread, tables.Thread.id == tables.Event.thread_id)
            .where(tables.Event.chat_id == chat.id)
        )
        return {
            event.type: LastEvent(thread_id=thread.id, thread_created_at=thread.created_at, event=self.event(event))
            for event, thread in self._session.execute(query)
        }

    def _wire_event(self, event: tables.Event, **more: JsonValue) -> Event:
        return read_event(
            {
                **event.content,
                "id": event.id,
                "type": event.type,
                "created_at": format_timestamp(event.created_at),
                "author_id": event.author_id and self.user_id(event.author_id),
                "custom_id": event.custom_id,
                "properties": {**self.properties("event", event.properties)} or None,
                **more,
            }
        )


class CustomerView(View):
    """How customers see a chat."""

    side = "customer"

    def user_id(self, user_id: str) -> str:
        """Agents go by their opaque id."""
        agent = self._session.get(tables.Agent, user_id)
        return agent.opaque_id if agent else user_id

    def agent(self, agent: tables.Agent) -> Agent:
        """The face of the organization, and no address."""
        return Agent(
            id=agent.opaque_id, name=agent.name, avatar=agent.avatar, job_title=agent.job_title, is_bot=agent.is_bot
        )

    def customer(self, customer: tables.Customer) -> Customer:
        """What customers may know of themselves."""
        return Customer(
            id=customer.id,
            name=customer.name,
            email=customer.email,
            avatar=customer.avatar,
            session_fields=customer.session_fields,
        )

    def readable(self) -> ColumnElement[bool]:
        """Everything but notes between agents and what was deleted."""
        return (tables.Event.visibility == "all") & ~tables.Event.deleted

    def event(self, event: tables.Event) -> Event:
        """An event; there is no word of visibility."""
        return self._wire_event(event)

    def users(self, chat: tables.Chat) -> list[User]:
        """Agents who only watch are not among them."""
        return [self.user(member) for member in members(self._session, chat) if member.visibility == "all"]

    def summary(self, chat: tables.Chat) -> ChatSummary:
        """A chat in a list."""
        thread = latest_thread(self._session, chat)
        return ChatSummary(
            id=chat.id,
            users=self.users(chat),
            access=self.access(chat),
            properties=self.properties("chat", chat.properties),
            active=thread.active,
            last_thread_id=thread.id,
            last_thread_created_at=thread.created_at,
            last_event_per_type=self.last_events(chat),
        )


class AgentView(View):
    """How agents see a chat."""

    side = "agent"

    def user_id(self, user_id: str) -> str:
        """Ids as they are."""
        return user_id

    def agent(self, agent: tables.Agent) -> Agent:
        """A colleague."""
        return Agent(
            id=agent.id,
            name=agent.name,
            email=agent.id,
            avatar=agent.avatar,
            job_title=agent.job_title,
            routing_status="accepting_chats" if agent.accepting else "not_accepting_chats",
            is_bot=agent.is_bot or None,
        )

    def customer(self, customer: tables.Customer) -> Customer:
        """A customer with the visit."""
        seen = Customer(
            id=customer.id,
            name=customer.name,
            email=customer.email,
            avatar=customer.avatar,
            session_fields=customer.session_fields,
            statistics=self.statistics(customer),
            created_at=customer.created_at,
            visit=self._visit(customer),
            online=connected(self._session, customer.id),
        )
        return seen.model_copy(update={**customer.details, **self._whereabouts(customer)})

    def _whereabouts(self, customer: tables.Customer) -> Json:
        """In which groups a customer is, and what the customer is doing."""
        query = select(tables.Chat).where(tables.Chat.customer_id == customer.id)
        chat = self._session.scalars(query).one_or_none()
        if chat is None:
            return {"group_ids": [customer.group_id], "chat_ids": [], "state": self._state(customer)}
        thread = latest_thread(self._session, chat)
        state = "queued" if thread.queued_at else "chatting" if thread.active else self._state(customer)
        groups: list[JsonValue] = [*self.access(chat).group_ids]
        return {"group_ids": groups, "chat_ids": [chat.id], "state": state}

    def _state(self, customer: tables.Customer) -> str:
        invited = exists().where(tables.ShownGreeting.customer_id == customer.id, ~tables.ShownGreeting.over)
        return "invited" if self._session.scalar(select(invited)) else "browsing"

    def _visit(self, customer: tables.Customer) -> Visit | None:
        visit = latest_visit(self._session, customer)
        if visit is None:
            return None
        query = select(tables.PageView).where(tables.PageView.visit_id == visit.id)
        pages = self._session.scalars(query.order_by(tables.PageView.id.desc()).limit(PAGES_SHOWN)).all()
        return Visit(
            id=visit.id,
            started_at=visit.started_at,
            ended_at=visit.ended_at,
            referrer=visit.referrer,
            ip=visit.ip,
            user_agent=visit.user_agent,
            last_pages=[Page(url=page.url, title=page.title, opened_at=page.opened_at) for page in reversed(pages)],
        )

    def readable(self) -> ColumnElement[bool]:
        """Everything."""
        return true()

    def event(self, event: tables.Event) -> Event:
        """An event, with who may read it. Of one that its author deleted only that there was one is told."""
        if event.deleted:
            return read_event(
                {
                    "id": event.id,
                    "type": event.type,
                    "created_at": format_timestamp(event.created_at),
                    "author_id": event.author_id,
                    "visibility": event.visibility,
                    "deleted": True,
                }
            )
        return self._wire_event(event, visibility=event.visibility)

    def tags(self, threads: Sequence[tables.Thread]) -> Mapping[str, list[str]]:
        """The tags of threads, in the order in which they were put on."""
        found = defaultdict[str, list[str]](list)
        query = select(tables.ThreadTag).where(tables.ThreadTag.thread_id.in_([thread.id for thread in threads]))
        for each in self._session.scalars(query.order_by(tables.ThreadTag.tagged_at)):
            found[each.thread_id].append(each.tag)
        return found

    def users(self, chat: tables.Chat) -> list[User]:
        """All of them, with whom the customer sees."""
        return [self.user(member) for member in members(self._session, chat)]

    def user(self, member: tables.Member) -> User:
        """A user; of an agent, also to whom visible."""
        user = super().user(member)
        if isinstance(user, Agent):
            user.visibility = member.visibility
        return user

    def summary(self, chat: tables.Chat, *, followed: bool) -> ChatSummary:
        """A chat in a list."""
        thread = latest_thread(self._session, chat)
        return ChatSummary(
            id=chat.id,
            users=self.users(chat),
            access=self.access(chat),
            properties=self.properties("chat", chat.properties),
            last_event_per_type=self.last_events(chat),
            last_thread_summary=ThreadSummary(
                id=thread.id,
                active=thread.active,
                created_at=thread.created_at,
                user_ids=thread.user_ids,
                properties=self.properties("thread", thread.properties),
                tags=self.tags([thread]).get(thread.id),
                queue=self.queue(thread),
            ),
            is_followed=followed,
        )


# What is looked up in more places than one


def connected(session: Session, user_id: str) -> bool:
    """Whether a user has a connection open."""
    return bool(session.scalar(select(exists().where(tables.Connection.user_id == user_id))))


def place(position: int, thread: tables.Thread) -> Queue:
    """A place in the queue, counted from 1."""
    return Queue(position=position, wait_time=position * SECONDS_A_PLACE, queued_at=thread.queued_at)


def members(session: Session, chat: tables.Chat) -> Sequence[tables.Member]:
    """The users of a chat, the first to come first."""
    query = select(tables.Member).where(tables.Member.chat_id == chat.id)
    return session.scalars(query.order_by(tables.Member.joined_at, tables.Member.user_id)).all()


def latest_thread(session: Session, chat: tables.Chat) -> tables.Thread:
    """The newest thread of a chat; there always is one, for a chat begins with it."""
    query = select(tables.Thread).where(tables.Thread.chat_id == chat.id)
    return session.scalars(query.order_by(tables.Thread.number.desc()).limit(1)).one()


def latest_visit(session: Session, customer: tables.Customer) -> tables.Visit | None:
    """The visit that a customer is on, or was on last."""
    query = select(tables.Visit).where(tables.Visit.customer_id == customer.id)
    return session.scalars(query.order_by(tables.Visit.id.desc()).limit(1)).first()
