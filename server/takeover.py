"""A visitor turns out to be a customer who was known before: what the one has said goes on as the other's.

Threads keep their ids and events their times, so whoever has them recognises them. At most one thread of a chat is
active; of two it is the one that the visitor is in now.
"""

from collections.abc import Sequence

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from server import tables
from server.audience import everyone
from server.chats import chat_of, end
from server.membership import show_chat
from server.transaction import Requester, Transaction
from server.views import latest_thread

__all__ = ["take_over"]

LEFT = "access_token_revoked"
"""What the visitor's other pages are told: their clients then ask who they are."""


def take_over(tx: Transaction, visitor: tables.Customer, customer: tables.Customer) -> None:
    """All that is the visitor's is the customer's from now on."""
    theirs, known = chat_of(tx.session, visitor.id), chat_of(tx.session, customer.id)
    if theirs is not None:
        _move_chat(tx, visitor, customer, theirs, known)
    session = tx.session
    session.execute(update(tables.Visit).where(tables.Visit.customer_id == visitor.id).values(customer_id=customer.id))
    session.execute(update(tables.File).where(tables.File.owner_id == visitor.id).values(owner_id=customer.id))
    session.execute(
        update(tables.ShownGreeting)
        .where(tables.ShownGreeting.customer_id == visitor.id)
        .values(customer_id=customer.id)
    )
    tx.disconnect({visitor.id}, LEFT)


def _move_chat(
    tx: Transaction,
    visitor: tables.Customer,
    customer: tables.Customer,
    theirs: tables.Chat,
    known: tables.Chat | None,
) -> None:
    goes_on = latest_thread(tx.session, theirs)
    active, queued_at = goes_on.active, goes_on.queued_at
    if known is None:
        _rename(tx.session, theirs, visitor.id, customer.id)
        theirs.customer_id = customer.id
        tx.session.flush()
        show_chat(tx, theirs, everyone(tx.session, theirs))
        return
    if active:
        last = latest_thread(tx.session, known)
        if last.active:
            end(tx, Requester(customer.id), known, last)
        # Those who have the chat on their screens see it end there, and go on as the customer's.
        end(tx, Requester(visitor.id), theirs, goes_on)
    _rename(tx.session, theirs, visitor.id, customer.id)
    _join(tx.session, theirs, known, goes_on if active else None)
    if active:
        goes_on.active, goes_on.ended_at, goes_on.queued_at = True, None, queued_at
    tx.session.flush()
    show_chat(tx, known, everyone(tx.session, known), begins=active)


def _rename(session: Session, chat: tables.Chat, old: str, new: str) -> None:
    """Whatever one has said in a chat, the other has."""
    session.execute(
        update(tables.Event).where(tables.Event.chat_id == chat.id, tables.Event.author_id == old).values(author_id=new)
    )
    for thread in _threads(session, chat):
        thread.user_ids = [new if user_id == old else user_id for user_id in thread.user_ids]
    member = session.get_one(tables.Member, (chat.id, old))
    session.add(
        tables.Member(
            chat_id=chat.id,
            user_id=new,
            kind="customer",
            joined_at=member.joined_at,
            seen_up_to=member.seen_up_to,
        )
    )
    session.delete(member)
    session.flush()


def _join(session: Session, chat: tables.Chat, into: tables.Chat, newest: tables.Thread | None) -> None:
    """Put the threads of a chat among those of another, in their order in time, the ``newest`` last."""
    moved = _threads(session, chat)
    threads = sorted([*_threads(session, into), *moved], key=lambda t: (t is newest, t.created_at))
    # Numbers are unique in a chat at every moment.
    for number, thread in enumerate(threads):
        thread.number = -1 - number
    session.flush()
    _let_go_of_ids(session, chat, into)
    for model in (tables.Event, tables.Thread):
        session.execute(update(model).where(model.chat_id == chat.id).values(chat_id=into.id))
    session.expire_all()
    for number, thread in enumerate(threads, start=1):
        thread.number = number
    into.latest = max(into.latest, chat.latest)
    into.properties = {**chat.properties, **into.properties}
    _join_people(session, chat, into)
    session.flush()
    session.delete(chat)
    session.flush()


def _let_go_of_ids(session: Session, chat: tables.Chat, into: tables.Chat) -> None:
    """An author's client-made ids are unique in a chat: one that both chats have stays with the other chat's event."""
    there = select(tables.Event.custom_id).where(tables.Event.chat_id == into.id, tables.Event.custom_id.is_not(None))
    session.execute(
        update(tables.Event)
        .where(tables.Event.chat_id == chat.id, tables.Event.custom_id.in_(there))
        .values(custom_id=None)
    )


def _join_people(session: Session, chat: tables.Chat, into: tables.Chat) -> None:
    for member in session.scalars(select(tables.Member).where(tables.Member.chat_id == chat.id)).all():
        there = session.get(tables.Member, (into.id, member.user_id))
        if there is None:
            session.add(
                tables.Member(
                    chat_id=into.id,
                    user_id=member.user_id,
                    kind=member.kind,
                    takes_part=member.takes_part,
                    visibility=member.visibility,
                    joined_at=member.joined_at,
                    seen_up_to=member.seen_up_to,
                )
            )
        else:
            there.takes_part = there.takes_part or member.takes_part
            there.joined_at = max(there.joined_at, member.joined_at)
    groups, followers = tables.ChatGroup, tables.Follower
    for group_id in session.scalars(select(groups.group_id).where(groups.chat_id == chat.id)).all():
        session.merge(tables.ChatGroup(chat_id=into.id, group_id=group_id))
    for agent_id in session.scalars(select(followers.agent_id).where(followers.chat_id == chat.id)).all():
        session.merge(tables.Follower(chat_id=into.id, agent_id=agent_id))
    for model in (tables.Member, tables.ChatGroup, tables.Follower):
        session.execute(delete(model).where(model.chat_id == chat.id))


def _threads(session: Session, chat: tables.Chat) -> Sequence[tables.Thread]:
    return session.scalars(select(tables.Thread).where(tables.Thread.chat_id == chat.id)).all()
