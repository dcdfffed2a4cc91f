"""Chats begin, go on, change hands and end: what customers and agents do alike."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from server import tables
from server.audience import everyone, tell
from server.events import active_thread, add, moment, repeat, say, see, stored
from server.membership import agents_in, enter, move, show_chat
from server.properties import Location, Side, merged
from server.routing import assign_or_queue, settle
from server.transaction import Requester, Transaction
from server.views import latest_thread
from widget.wire.base import Properties
from widget.wire.customer import ChatDeactivated
from widget.wire.errors import Refused
from widget.wire.ids import new_chat_id, new_thread_id
from widget.wire.new_events import AnyNewEvent, NewAnyChat, NewAnyThread

__all__ = [
    "chat_of",
    "check_group",
    "deactivate",
    "display_name",
    "end",
    "find_chat",
    "find_thread",
    "resume",
    "start",
]

UNNAMED = "Visitor"
"""What a customer without a name is called in system messages."""


def chat_of(session: Session, customer_id: str) -> tables.Chat | None:
    """The chat of a customer; there is at most one."""
    return session.scalars(select(tables.Chat).where(tables.Chat.customer_id == customer_id)).one_or_none()


def find_chat(session: Session, chat_id: str) -> tables.Chat:
    """The chat with this id. Raises Refused(not_found)."""
    chat = session.get(tables.Chat, chat_id)
    if chat is None:
        raise Refused("not_found", "There is no chat with this id.")
    return chat


def find_thread(session: Session, chat: tables.Chat, thread_id: str | None) -> tables.Thread:
    """A thread of a chat, the newest unless its id is given. Raises Refused(not_found)."""
    if thread_id is None:
        return latest_thread(session, chat)
    thread = session.get(tables.Thread, thread_id)
    if thread is None or thread.chat_id != chat.id:
        raise Refused("not_found", "The chat has no thread with this id.")
    return thread


def check_group(session: Session, group_id: int) -> None:
    """Raises Refused(group_not_found) when there is no such group."""
    # Compared here: the database cannot even be asked for a number of more than 64 bits.
    if group_id not in session.scalars(select(tables.Group.id)).all():
        raise Refused("group_not_found", f"There is no group {group_id}.")


def display_name(session: Session, user_id: str) -> str:
    """What a user is called in system messages."""
    agent = session.get(tables.Agent, user_id)
    if agent is not None:
        return agent.name
    customer = session.get(tables.Customer, user_id)
    return (customer and customer.name) or UNNAMED


def start(
    tx: Transaction,
    requester: Requester,
    customer: tables.Customer,
    new: NewAnyChat,
    *,
    active: bool,
    continuous: bool,
    colleagues: Sequence[tables.Agent] = (),
) -> tuple[tables.Thread, list[str]]:
    """The first chat of a customer, with an agent's ``colleagues``. Returns its thread and the ids of its first events.

    Raises Refused(chat_limit_reached) when the customer has a chat already.
    """
    if chat_of(tx.session, customer.id) is not None:
        raise Refused("chat_limit_reached", "The customer has a chat already; resume it.")
    _check(tx, requester, "chat", new.properties)
    chat = _new_chat(tx.session, customer, new)
    return _open(tx, requester, chat, new.thread, number=1, active=active, continuous=continuous, colleagues=colleagues)


def _new_chat(session: Session, customer: tables.Customer, new: NewAnyChat) -> tables.Chat:
    now = datetime.now(UTC)
    chat = tables.Chat(
        id=new_chat_id(),
        customer_id=customer.id,
        created_at=now,
        latest=now,
        properties=merged({}, new.properties or {}),
    )
    session.add(chat)
    session.flush()
    for group_id in set(new.access.group_ids if new.access else []) or {customer.group_id}:
        check_group(session, group_id)
        session.add(tables.ChatGroup(chat_id=chat.id, group_id=group_id))
    session.add(tables.Member(chat_id=chat.id, user_id=customer.id, kind="customer", joined_at=now))
    session.flush()
    return chat


def resume(
    tx: Transaction, requester: Requester, chat: tables.Chat, new: NewAnyChat, *, active: bool, continuous: bool
) -> tuple[tables.Thread, list[str]]:
    """A new thread in a chat that is not active. Returns it and the ids of its first events.

    Raises Refused(chat_already_active), Refused(group_not_found).
    """
    last = latest_thread(tx.session, chat)
    if last.active:
        raise Refused("chat_already_active")
    if new.properties:
        _check(tx, requester, "chat", new.properties)
        chat.properties = merged(chat.properties, new.properties)
    if new.access is not None and new.access.group_ids:
        for group_id in new.access.group_ids:
            check_group(tx.session, group_id)
        move(tx, chat, new.access.group_ids)
    return _open(tx, requester, chat, new.thread, number=last.number + 1, active=active, continuous=continuous)


def _open(
    tx: Transaction,
    requester: Requester,
    chat: tables.Chat,
    new: NewAnyThread | None,
    *,
    number: int,
    active: bool,
    continuous: bool,
    colleagues: Sequence[tables.Agent] = (),
) -> tuple[tables.Thread, list[str]]:
    _check(tx, requester, "thread", new.properties if new else None)
    thread = tables.Thread(
        id=new_thread_id(),
        chat_id=chat.id,
        number=number,
        active=active,
        created_at=moment(chat),
        user_ids=[chat.customer_id],
        properties=merged({"routing": {"continuous": continuous}}, (new and new.properties) or {}),
        events_count=0,
    )
    tx.session.add(thread)
    tx.session.flush()
    if active:
        _route(tx, requester, chat, thread)
    for colleague in colleagues:
        enter(tx.session, chat, thread, colleague)
    events = _first_events(tx, requester, chat, thread, (new and new.events) or [])
    see(tx.session, chat, requester.user_id, chat.latest)
    show_chat(tx, chat, everyone(tx.session, chat), requester.user_id, begins=True)
    for event in events:
        if event.thread_id != thread.id:
            repeat(tx, requester, chat, event)
    settle(tx)
    return thread, [event.id for event in events]


def _check(tx: Transaction, requester: Requester, location: Location, properties: Properties | None) -> None:
    """Raises Refused when the requester may not write these properties."""
    side: Side = "agent" if tx.session.get(tables.Agent, requester.user_id) else "customer"
    tx.for_agents.registry.check(side, location, properties or {})


def _route(tx: Transaction, requester: Requester, chat: tables.Chat, thread: tables.Thread) -> None:
    """Whoever resumes a chat as an agent has it; else routing decides, and the agents of before leave."""
    before = agents_in(tx.session, chat)
    for member in before:
        member.takes_part = False
    agent = tx.session.get(tables.Agent, requester.user_id)
    if agent is not None:
        enter(tx.session, chat, thread, agent)
    else:
        assign_or_queue(tx, chat, thread, preferred=before[0].user_id if before else None)


def _first_events(
    tx: Transaction, requester: Requester, chat: tables.Chat, thread: tables.Thread, events: Sequence[AnyNewEvent]
) -> list[tables.Event]:
    """Store what a thread begins with, but for events that were stored before."""
    return [
        stored(tx.session, chat, requester.user_id, new.custom_id) or add(tx, chat, thread, requester.user_id, new)
        for new in events
    ]


def deactivate(tx: Transaction, requester: Requester, chat: tables.Chat) -> None:
    """End the active thread. Raises Refused(chat_inactive)."""
    thread = active_thread(tx.session, chat)
    side = "customer" if requester.user_id == chat.customer_id else "agent"
    say(tx, chat, thread, f"manual_archived_{side}", {side: display_name(tx.session, requester.user_id)})
    end(tx, requester, chat, thread)


def end(tx: Transaction, requester: Requester, chat: tables.Chat, thread: tables.Thread) -> None:
    """A thread goes on no longer; what is to be said about that has been said."""
    left_queue = thread.queued_at
    thread.active, thread.ended_at, thread.queued_at = False, moment(chat), None
    see(tx.session, chat, requester.user_id, chat.latest)
    tx.session.flush()
    tell(
        tx,
        everyone(tx.session, chat),
        "chat_deactivated",
        lambda view: ChatDeactivated(chat_id=chat.id, thread_id=thread.id, user_id=view.user_id(requester.user_id)),
        news_of=chat,
    )
    settle(tx, left_queue)
