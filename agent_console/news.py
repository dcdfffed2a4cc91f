"""What becomes of the inbox: by the lists and chats that the platform gives, and by what it pushes.

Functions from one inbox to the next.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from pydantic import ValidationError

from agent_console.inbox import Case, Inbox
from agent_console.news_of_people import ABOUT_PEOPLE, with_people, with_sign_of_life
from widget.rtm import conversation as talk
from widget.rtm.conversation import Conversation
from widget.wire import agent as wire
from widget.wire.agent_requests import ChatAccessUpdated, TagThread
from widget.wire.chats import Access, Chat, ChatSummary, Thread
from widget.wire.customer import ChatTransferred, IncomingChat, IncomingEvent, UserAddedToChat
from widget.wire.events import Event, File, Message, SystemMessage
from widget.wire.frames import Push

__all__ = [
    "case_after",
    "chat_id_of",
    "listed",
    "received",
    "with_chat",
    "with_history",
    "with_older",
    "with_summaries",
]


def with_chat(inbox: Inbox, chat: Chat) -> Inbox:
    """What a whole chat tells."""
    case = inbox.cases.get(chat.id) or Case(Conversation(chat_id=chat.id))
    thread = chat.thread
    case = replace(case, conversation=talk.with_chat(case.conversation, chat), group_ids=_groups(chat.access, case))
    if thread is not None:
        case = replace(case, started_at=thread.created_at, queued_at=_queued_at(thread), tags=tuple(thread.tags or ()))
        if not case.whole and thread.previous_thread_id is None:
            case = replace(case, whole=True)
    return _with_case(with_people(inbox, chat.users), case)


def with_history(inbox: Inbox, chat_id: str, pages: Iterable[tuple[Iterable[Thread], str | None]]) -> Inbox:
    """Pages of threads, the newest first, each with the id of the page before it. They end where history is known."""
    case = inbox.cases[chat_id]
    known, before = case.whole, case.conversation.older
    # What pushes told of a chat that was never fetched may have gaps; the pages have all of it.
    conversation = case.conversation if known else replace(case.conversation, entries=())
    for threads, older in pages:
        conversation = talk.with_threads(conversation, threads, older)
    if known:
        conversation = replace(conversation, older=before)
    return _with_case(inbox, replace(case, conversation=conversation, whole=True))


def with_older(inbox: Inbox, chat_id: str, threads: Iterable[Thread], older: str | None) -> Inbox:
    """The page of history before what is here."""
    case = inbox.cases[chat_id]
    return _with_case(inbox, replace(case, conversation=talk.with_threads(case.conversation, threads, older)))


def with_summaries(inbox: Inbox, summaries: Iterable[ChatSummary]) -> Inbox:
    """What a list of chats tells."""
    for summary in summaries:
        inbox = _with_summary(inbox, summary)
    return inbox


def listed(inbox: Inbox, active: list[ChatSummary], closed: list[ChatSummary], older: str | None) -> Inbox:
    """All active chats and the newest of the others; ``older`` is the page id of those before.

    A chat that is not among them is not active any more, whatever was known of it.
    """
    ids = {summary.id for summary in active}
    cases = {i: case if i in ids else _over(case) for i, case in inbox.cases.items()}
    inbox = replace(inbox, cases=MappingProxyType(cases), older=older)
    return with_summaries(inbox, [*active, *closed])


def received(inbox: Inbox, push: Push) -> Inbox:
    """What a push tells. One that cannot be read, or is about a chat that is not here, changes nothing."""
    try:
        if isinstance(push.payload, list):
            return _places_told(inbox, push) if push.action == "queue_positions_updated" else inbox
        return _received(inbox, push.action, push)
    except ValidationError:
        return inbox


def case_after(case: Case, push: Push) -> Case:
    """What a push tells about one chat, or about one of its threads: nothing, when it is about another."""
    if not isinstance(push.payload, dict) or chat_id_of(push) != case.id:
        return case
    try:
        return _case_after(case, push, push.payload)
    except ValidationError:
        return case


def chat_id_of(push: Push) -> str | None:
    """The chat that a push is about."""
    payload = push.payload if isinstance(push.payload, dict) else {}
    chat = payload.get("chat")
    chat_id = payload.get("chat_id") or (chat.get("id") if isinstance(chat, dict) else None)
    if push.action == "chat_access_updated":
        chat_id = payload.get("id")
    return chat_id if isinstance(chat_id, str) else None


# Private


def _received(inbox: Inbox, action: str, push: Push) -> Inbox:
    payload = push.payload
    assert isinstance(payload, dict)
    if action == "incoming_chat":
        return with_chat(inbox, IncomingChat.read(payload).chat)
    tell = ABOUT_PEOPLE.get(action)
    if tell is not None:
        return tell(inbox, payload)
    case = inbox.cases.get(chat_id_of(push) or "")
    if case is None:
        return inbox
    if action == "user_added_to_chat":
        inbox = with_people(inbox, [UserAddedToChat.read(payload).user])
    after = _case_after(case, push, payload)
    return _with_case(with_sign_of_life(inbox, case, after), after)


def _places_told(inbox: Inbox, push: Push) -> Inbox:
    """Many chats' places in the queue at once: each is told as to its visitor."""
    for each in push.payload:
        if isinstance(each, dict):
            inbox = _received(inbox, "queue_position_updated", Push(action="queue_position_updated", payload=each))
    return inbox


def _case_after(case: Case, push: Push, payload: Mapping[str, object]) -> Case:
    after = replace(case, conversation=talk.received(case.conversation, push))
    if not after.conversation.active:
        after = replace(after, queued_at=None, peek="", peeking=False)
    tell = _ABOUT_CHATS.get(push.action)
    return after if tell is None else tell(after, payload)


def _message_arrived(case: Case, payload: Mapping[str, object]) -> Case:
    event = IncomingEvent.read(payload).event
    by_customer = case.customer is not None and event.author_id == case.customer.id
    return replace(case, peek="", peeking=False) if by_customer else case


def _agent_came(case: Case, payload: Mapping[str, object]) -> Case:
    user = UserAddedToChat.read(payload).user
    return replace(case, queued_at=None) if case.has(user.id) else case


def _passed_on(case: Case, payload: Mapping[str, object]) -> Case:
    queue = ChatTransferred.read(payload).queue
    since = (queue.queued_at or case.queued_at or case.touched_at) if queue else None
    return replace(case, queued_at=since if case.conversation.active else None)


def _peeked(case: Case, payload: Mapping[str, object]) -> Case:
    peek = wire.IncomingSneakPeek.read(payload)
    if peek.thread_id != case.conversation.thread_id or not case.conversation.active:
        return case
    return replace(case, peek=peek.sneak_peek.text, peeking=bool(peek.sneak_peek.text))


def _tagged(case: Case, payload: Mapping[str, object]) -> Case:
    told = TagThread.read(payload)
    if told.thread_id != case.conversation.thread_id or told.tag in case.tags:
        return case
    return replace(case, tags=(*case.tags, told.tag))


def _untagged(case: Case, payload: Mapping[str, object]) -> Case:
    told = TagThread.read(payload)
    if told.thread_id != case.conversation.thread_id:
        return case
    return replace(case, tags=tuple(tag for tag in case.tags if tag != told.tag))


def _moved(case: Case, payload: Mapping[str, object]) -> Case:
    return replace(case, group_ids=tuple(ChatAccessUpdated.read(payload).access.group_ids))


def _unfollowed(case: Case, payload: Mapping[str, object]) -> Case:
    return replace(case, followed=False)


_ABOUT_CHATS = {
    "incoming_event": _message_arrived,
    "user_added_to_chat": _agent_came,
    "chat_transferred": _passed_on,
    "incoming_sneak_peek": _peeked,
    "thread_tagged": _tagged,
    "thread_untagged": _untagged,
    "chat_access_updated": _moved,
    "chat_unfollowed": _unfollowed,
}


def _with_summary(inbox: Inbox, summary: ChatSummary) -> Inbox:
    case = inbox.cases.get(summary.id) or Case(Conversation(chat_id=summary.id))
    last = summary.last_thread_summary
    thread = Thread(id=last.id, active=last.active, created_at=last.created_at, queue=last.queue) if last else None
    told = talk.with_chat(case.conversation, Chat(id=summary.id, users=summary.users, thread=thread))
    glimpse, groups = _glimpse(summary) or case.glimpse, _groups(summary.access, case)
    followed = case.followed if summary.is_followed is None else summary.is_followed
    case = replace(case, conversation=told, glimpse=glimpse, group_ids=groups, followed=followed)
    if last is not None and thread is not None:
        tags = tuple(last.tags or ())
        case = replace(case, started_at=thread.created_at, queued_at=_queued_at(thread), tags=tags)
    return _with_case(with_people(inbox, summary.users), case)


def _glimpse(summary: ChatSummary) -> Event | None:
    """The newest thing that was said, else that happened."""
    events = [last.event for last in (summary.last_event_per_type or {}).values() if last.event is not None]
    said = [e for e in events if isinstance(e, Message | File)]
    happened = [e for e in events if isinstance(e, SystemMessage)]
    return max(said or happened, key=lambda e: e.created_at, default=None)


def _groups(access: Access | None, case: Case) -> tuple[int, ...]:
    return case.group_ids if access is None else tuple(access.group_ids)


def _queued_at(thread: Thread) -> datetime | None:
    if thread.queue is None or not thread.active:
        return None
    return thread.queue.queued_at or thread.created_at


def _over(case: Case) -> Case:
    over = replace(case.conversation, active=False, typing=frozenset(), queue_position=None)
    return replace(case, conversation=over, queued_at=None, peek="", peeking=False)


def _with_case(inbox: Inbox, case: Case) -> Inbox:
    return replace(inbox, cases=MappingProxyType({**inbox.cases, case.id: case}))
