"""What becomes of the inbox: by the lists and chats that the platform gives, and by what it pushes.

Functions from one inbox to the next.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from pydantic import ValidationError

from agent_console.inbox import Case, Inbox, visitors
from widget.rtm import conversation as talk
from widget.rtm.conversation import Conversation
from widget.wire import agent as wire
from widget.wire.agent_requests import IncomingCustomers
from widget.wire.chats import Access, Chat, ChatSummary, Thread
from widget.wire.customer import ChatTransferred, IncomingChat, IncomingEvent, UserAddedToChat
from widget.wire.events import Event, File, Message, SystemMessage
from widget.wire.frames import Push
from widget.wire.users import Customer, Page, User, Visit

__all__ = [
    "chat_id_of",
    "listed",
    "received",
    "with_chat",
    "with_history",
    "with_older",
    "with_summaries",
]

PAGES_KEPT = 20
"""How many of the pages that a visitor opened are kept."""


def with_chat(inbox: Inbox, chat: Chat) -> Inbox:
    """What a whole chat tells."""
    case = inbox.cases.get(chat.id) or Case(Conversation(chat_id=chat.id))
    thread = chat.thread
    case = replace(case, conversation=talk.with_chat(case.conversation, chat), group_ids=_groups(chat.access, case))
    if thread is not None:
        case = replace(case, started_at=thread.created_at, queued_at=_queued_at(thread))
        if not case.whole and thread.previous_thread_id is None:
            case = replace(case, whole=True)
    return _with_case(_with_people(inbox, chat.users), case)


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
    if not isinstance(push.payload, dict):
        return inbox
    try:
        return _received(inbox, push.action, push)
    except ValidationError:
        return inbox


def chat_id_of(push: Push) -> str | None:
    """The chat that a push is about."""
    payload = push.payload if isinstance(push.payload, dict) else {}
    chat = payload.get("chat")
    chat_id = payload.get("chat_id") or (chat.get("id") if isinstance(chat, dict) else None)
    return chat_id if isinstance(chat_id, str) else None


# Private


def _received(inbox: Inbox, action: str, push: Push) -> Inbox:
    payload = push.payload
    assert isinstance(payload, dict)
    if action == "incoming_chat":
        return with_chat(inbox, IncomingChat.read(payload).chat)
    tell = _ABOUT_PEOPLE.get(action)
    if tell is not None:
        return tell(inbox, payload)
    case = inbox.cases.get(chat_id_of(push) or "")
    if case is None:
        return inbox
    if action == "user_added_to_chat":
        inbox = _with_people(inbox, [UserAddedToChat.read(payload).user])
    after = _case_after(case, push, payload)
    return _with_case(_with_sign_of_life(inbox, case, after), after)


def _with_sign_of_life(inbox: Inbox, before: Case, after: Case) -> Inbox:
    """Who types or writes is on the site, whatever was known of them; their coming is not told."""
    customer = inbox.customer_of(after)
    if customer is None or customer.online:
        return inbox
    last = after.conversation.last
    wrote = last is not before.conversation.last and last is not None and last.author_id == customer.id
    return _with_person(inbox, customer.model_copy(update={"online": True})) if wrote or after.peeking else inbox


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


_ABOUT_CHATS = {
    "incoming_event": _message_arrived,
    "user_added_to_chat": _agent_came,
    "chat_transferred": _passed_on,
    "incoming_sneak_peek": _peeked,
}


def _customer_told(inbox: Inbox, payload: Mapping[str, object]) -> Inbox:
    customer = Customer.read({**payload, "type": "customer"})
    return _with_people(inbox, [customer]) if customer.id in inbox.people else inbox


def _came(inbox: Inbox, payload: Mapping[str, object]) -> Inbox:
    """Somebody is on the site."""
    return _with_people(inbox, [Customer.read({**payload, "type": "customer", "online": True})])


def _all_who_are_here(inbox: Inbox, payload: Mapping[str, object]) -> Inbox:
    """Told after each login: who is not among them has left meanwhile."""
    here = [customer.model_copy(update={"online": True}) for customer in IncomingCustomers.read(payload).customers]
    ids = {customer.id for customer in here}
    left = [each for each in visitors(inbox) if each.id not in ids]
    return _with_people(inbox, [*here, *(each.model_copy(update={"online": False}) for each in left)])


def _page_opened(inbox: Inbox, payload: Mapping[str, object]) -> Inbox:
    told = wire.CustomerPageUpdated.read(payload)
    known = inbox.people.get(told.customer_id)
    if not isinstance(known, Customer):
        return inbox
    visit = known.visit or Visit()
    pages = _with_page(visit.last_pages or [], Page(url=told.url, title=told.title, opened_at=told.opened_at))
    statistics = known.statistics
    if statistics is not None and len(pages) > len(visit.last_pages or []):
        statistics = statistics.model_copy(update={"page_views_count": statistics.page_views_count + 1})
    changed = {"visit": visit.model_copy(update={"last_pages": pages}), "statistics": statistics, "online": True}
    return _with_person(inbox, known.model_copy(update=changed))


def _with_page(pages: list[Page], page: Page) -> list[Page]:
    if pages and pages[-1].url == page.url:
        return [*pages[:-1], page]
    return [*pages, page][-PAGES_KEPT:]


def _customer_left(inbox: Inbox, payload: Mapping[str, object]) -> Inbox:
    told = wire.CustomerLeft.read(payload)
    known = inbox.people.get(told.id)
    if not isinstance(known, Customer):
        return inbox
    inbox = _with_person(inbox, known.model_copy(update={"online": False}))
    case = next((c for c in inbox.cases.values() if c.customer is not None and c.customer.id == told.id), None)
    return inbox if case is None else _with_case(inbox, replace(case, peek="", peeking=False))


def _routing_set(inbox: Inbox, payload: Mapping[str, object]) -> Inbox:
    told = wire.RoutingStatusSet.read(payload)
    return replace(inbox, routing=MappingProxyType({**inbox.routing, told.agent_id: told.status}))


_ABOUT_PEOPLE = {
    "incoming_customer": _came,
    "incoming_customers": _all_who_are_here,
    "customer_updated": _customer_told,
    "customer_page_updated": _page_opened,
    "customer_left": _customer_left,
    "routing_status_set": _routing_set,
}


def _with_summary(inbox: Inbox, summary: ChatSummary) -> Inbox:
    case = inbox.cases.get(summary.id) or Case(Conversation(chat_id=summary.id))
    last = summary.last_thread_summary
    thread = Thread(id=last.id, active=last.active, created_at=last.created_at, queue=last.queue) if last else None
    told = talk.with_chat(case.conversation, Chat(id=summary.id, users=summary.users, thread=thread))
    glimpse, groups = _glimpse(summary) or case.glimpse, _groups(summary.access, case)
    case = replace(case, conversation=told, glimpse=glimpse, group_ids=groups)
    if thread is not None:
        case = replace(case, started_at=thread.created_at, queued_at=_queued_at(thread))
    return _with_case(_with_people(inbox, summary.users), case)


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


def _with_people(inbox: Inbox, users: Iterable[User]) -> Inbox:
    people = dict(inbox.people)
    for user in users:
        people[user.id] = _merged(people.get(user.id), user)
    return replace(inbox, people=MappingProxyType(people))


def _with_person(inbox: Inbox, user: User) -> Inbox:
    return replace(inbox, people=MappingProxyType({**inbox.people, user.id: user}))


def _merged(known: User | None, news: User) -> User:
    """Somebody with what is new of them; what the news does not mention stays."""
    if type(known) is not type(news) or known is None:
        return news
    return known.model_copy(update={name: getattr(news, name) for name in news.model_fields_set})
