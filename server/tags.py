"""Tags: the labels themselves, and putting them on threads (the platform's documentation, "Tags")."""

from datetime import UTC, datetime

from sqlalchemy import func, select

from server import tables
from server.access import check_role, readable_chat
from server.audience import everyone, tell_agents
from server.chats import check_group, find_thread
from server.limits import check_length
from server.transaction import Requester, Transaction
from widget.wire.agent_requests import TagThread
from widget.wire.configuration import CreateTag, ListTags, Tag, TagByName, UpdateTag
from widget.wire.errors import Refused

__all__ = ["create_tag", "delete_tag", "list_tags", "tag_thread", "untag_thread", "update_tag"]

MAX_NAME = 256


def tag_thread(tx: Transaction, requester: Requester, request: TagThread) -> None:
    """Put a tag on a thread; both must be in one group. Putting it on twice changes nothing."""
    chat = readable_chat(tx, requester, request.chat_id)
    thread = find_thread(tx.session, chat, request.thread_id)
    tag = _find(tx, request.tag)
    if not set(tag.group_ids) & set(tx.for_agents.access(chat).group_ids):
        raise Refused("validation", "the tag is for other groups")
    if tx.session.get(tables.ThreadTag, (thread.id, tag.name)) is None:
        tx.session.add(tables.ThreadTag(thread_id=thread.id, tag=tag.name, tagged_at=datetime.now(UTC)))
        _tell(tx, chat, "thread_tagged", request)


def untag_thread(tx: Transaction, requester: Requester, request: TagThread) -> None:
    """Take a tag off a thread. Raises Refused(not_found) when it is not on it."""
    chat = readable_chat(tx, requester, request.chat_id)
    thread = find_thread(tx.session, chat, request.thread_id)
    tagged = tx.session.get(tables.ThreadTag, (thread.id, request.tag))
    if tagged is None:
        raise Refused("not_found", "The thread has no such tag.")
    tx.session.delete(tagged)
    _tell(tx, chat, "thread_untagged", request)


def _tell(tx: Transaction, chat: tables.Chat, action: str, request: TagThread) -> None:
    news = TagThread(chat_id=chat.id, thread_id=request.thread_id, tag=request.tag)
    tx.report(action, news, chat.id)
    tx.push(action, news, everyone(tx.session, chat).agents)


# The tags themselves


def _find(tx: Transaction, name: str) -> tables.Tag:
    tag = tx.session.get(tables.Tag, name)
    if tag is None:
        raise Refused("not_found", "There is no tag with this name.")
    return tag


def _shown(tag: tables.Tag) -> Tag:
    return Tag(name=tag.name, group_ids=tag.group_ids, author_id=tag.author_id, created_at=tag.created_at)


def list_tags(tx: Transaction, requester: Requester, request: ListTags) -> list[Tag]:
    """The tags, of all groups or of some."""
    tags = tx.session.scalars(select(tables.Tag).order_by(tables.Tag.name))
    wanted = None if request.filters is None else set(request.filters.group_ids)
    return [_shown(tag) for tag in tags if wanted is None or wanted & set(tag.group_ids)]


def create_tag(tx: Transaction, requester: Requester, request: CreateTag) -> None:
    """A new tag. Raises Refused(already_exists); the case of letters does not count."""
    check_role(tx, requester, "administrator")
    check_length("name", request.name, MAX_NAME)
    if not request.name.strip():
        raise Refused("validation", "`name` must not be empty")
    same = select(tables.Tag.name).where(func.lower(tables.Tag.name) == request.name.lower())
    if tx.session.scalar(same) is not None:
        raise Refused("already_exists", "There is a tag with this name.")
    _check_groups(tx, request.group_ids)
    tag = tables.Tag(
        name=request.name, group_ids=request.group_ids, author_id=requester.user_id, created_at=datetime.now(UTC)
    )
    tx.session.add(tag)
    tell_agents(tx, "tag_created", _shown(tag))


def update_tag(tx: Transaction, requester: Requester, request: UpdateTag) -> None:
    """Let a tag be for other groups."""
    check_role(tx, requester, "administrator")
    tag = _find(tx, request.name)
    _check_groups(tx, request.group_ids)
    tag.group_ids = request.group_ids
    tell_agents(tx, "tag_updated", _shown(tag))


def delete_tag(tx: Transaction, requester: Requester, request: TagByName) -> None:
    """Delete a tag; it stays on the threads that it is on."""
    check_role(tx, requester, "administrator")
    tag = _find(tx, request.name)
    tx.session.delete(tag)
    tell_agents(tx, "tag_deleted", _shown(tag))


def _check_groups(tx: Transaction, group_ids: list[int]) -> None:
    for group_id in group_ids:
        check_group(tx.session, group_id)
