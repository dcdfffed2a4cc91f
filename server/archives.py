"""The archives: all threads that an agent may read, found by what was said in them and by much else.

Spec: agent-api, section 3, and the platform's documentation, "List Archives". Each entry is a chat with one thread.
"""

from collections.abc import Callable
from typing import Final

from pydantic import JsonValue
from sqlalchemy import BigInteger, ColumnElement, Select, exists, false, func, or_, select, type_coerce

from server import tables
from server.access import readable
from server.filters import choice, property_filter
from server.history import PageId
from server.tables import microseconds
from server.transaction import Requester, Transaction
from widget.wire.agent_requests import ArchiveFilters, Highlights, ListArchives, ListArchivesResult
from widget.wire.base import Json
from widget.wire.chats import Chat
from widget.wire.errors import Refused
from widget.wire.events import Message

__all__ = ["list_archives"]

_began = type_coerce(tables.Thread.created_at, BigInteger)

Rows = Select[tables.Chat, tables.Thread]


def list_archives(tx: Transaction, requester: Requester, request: ListArchives) -> ListArchivesResult:
    """A page of the threads that the requester may read, newest first unless asked otherwise."""
    page, filters = _page(requester, request)
    found = (
        select(tables.Chat, tables.Thread)
        .join(tables.Thread, tables.Thread.chat_id == tables.Chat.id)
        .where(readable(requester.user_id), _condition(filters))
    )
    rows = _rows(tx, found, page)
    return ListArchivesResult(
        chats=[_entry(tx, chat, thread, filters.query, request.highlights) for chat, thread in rows],
        found_chats=tx.session.scalars(select(func.count()).select_from(found.subquery())).one(),
        next_page_id=_beside(tx, found, page, rows[-1][1], backwards=False) if rows else None,
        previous_page_id=_beside(tx, found, page, rows[0][1], backwards=True) if rows else None,
    )


def _page(requester: Requester, request: ListArchives) -> tuple[PageId, ArchiveFilters]:
    """Which page, and the filters, which a page's id carries with it."""
    of = f"archives of {requester.user_id}"
    if request.page_id is None:
        filters = request.filters or ArchiveFilters()
        if filters.thread_ids is not None and len(filters.as_json()) > 1:
            raise Refused("validation", "`filters.thread_ids` cannot be used with other filters")
        remembered = filters.model_dump_json(by_alias=True, exclude_defaults=True)
        return PageId(of=of, sort_order=request.sort_order, limit=request.limit, filters=remembered), filters
    if request.filters is not None:
        raise Refused("validation", "`page_id` brings its filters; give no others")
    page = PageId.read(request.page_id, of)
    return page, ArchiveFilters.model_validate_json(page.filters or "{}")


def _rows(tx: Transaction, found: Rows, page: PageId) -> list[tuple[tables.Chat, tables.Thread]]:
    query = found
    if page.edge is not None:
        query = query.where(_began > page.edge if page.rising else _began < page.edge)
    rows = tx.session.execute(query.order_by(_began if page.rising else _began.desc()).limit(page.limit)).all()
    return [(chat, thread) for chat, thread in (rows[::-1] if page.backwards else rows)]


def _beside(tx: Transaction, found: Rows, page: PageId, thread: tables.Thread, *, backwards: bool) -> str | None:
    """The id of the page before or after a thread, if there is one."""
    edge = microseconds(thread.created_at)
    rising = (page.sort_order == "asc") is not backwards
    more = tx.session.execute(found.where(_began > edge if rising else _began < edge).limit(1)).first()
    return page.beside(edge, backwards=backwards) if more else None


def _entry(
    tx: Transaction, chat: tables.Chat, thread: tables.Thread, query: str | None, highlights: Highlights | None
) -> Chat:
    entry = tx.for_agents.chat(chat, thread)
    if query and highlights is not None and entry.thread is not None:
        for event in entry.thread.events:
            if isinstance(event, Message):
                event.text = _marked(event.text, query, highlights)
    return entry


def _marked(text: str, query: str, marks: Highlights) -> str:
    """A text with the words of a query between marks."""
    place = text.lower().find(query.lower())
    if place < 0:
        return text
    end = place + len(query)
    return f"{text[:place]}{marks.pre_tag}{text[place:end]}{marks.post_tag}{text[end:]}"


# Filters


def _condition(filters: ArchiveFilters) -> ColumnElement[bool]:
    """What threads must be."""
    condition = readable_period(filters)
    if filters.query:
        condition &= or_(_said(filters.query), _named(filters.query))
    if filters.chat_ids is not None:
        condition &= tables.Thread.chat_id.in_(filters.chat_ids)
    if filters.thread_ids is not None:
        condition &= tables.Thread.id.in_(filters.thread_ids)
    if filters.group_ids is not None:
        groups = select(tables.ChatGroup.chat_id).where(tables.ChatGroup.group_id.in_(filters.group_ids))
        condition &= tables.Thread.chat_id.in_(groups)
    if filters.customer_id is not None:
        condition &= tables.Chat.customer_id == filters.customer_id
    if filters.customer_email is not None:
        email = select(tables.Customer.id).where(func.lower(tables.Customer.email) == filters.customer_email.lower())
        condition &= tables.Chat.customer_id.in_(email)
    if filters.properties is not None:
        condition &= property_filter(tables.Thread.properties, filters.properties)
    for name, by in _BY.items():
        if (given := getattr(filters, name)) is not None:
            condition &= by(given)
    return condition


def readable_period(filters: ArchiveFilters) -> ColumnElement[bool]:
    """The condition for the time in which threads began."""
    condition = tables.Thread.events_count >= 0
    if filters.start is not None:
        condition &= tables.Thread.created_at >= filters.start
    if filters.end is not None:
        condition &= tables.Thread.created_at < filters.end
    return condition


def _said(query: str) -> ColumnElement[bool]:
    """Something that anybody wrote, or the name of a file, holds the words."""
    fields = [func.json_extract(tables.Event.content, f"$.{field}") for field in ("text", "name")]
    found = or_(*(field.icontains(query, autoescape=True) for field in fields))
    return exists().where(tables.Event.thread_id == tables.Thread.id, ~tables.Event.deleted, found)


def _named(query: str) -> ColumnElement[bool]:
    named = or_(
        tables.Customer.name.icontains(query, autoescape=True), tables.Customer.email.icontains(query, autoescape=True)
    )
    return exists().where(tables.Customer.id == tables.Chat.customer_id, named)


def _events(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(tables.Event.thread_id == tables.Thread.id, *conditions)


def _by_agents(given: Json) -> ColumnElement[bool]:
    agents = func.json_each(tables.Thread.user_ids).table_valued("value", name="thread_users")
    all_agents = select(tables.Agent.id)
    assigned = exists(select(agents.c.value).where(agents.c.value.in_(all_agents)))
    return choice(given).condition(
        lambda agent: exists(select(agents.c.value).where(agents.c.value == agent)), assigned
    )


def _by_tags(given: Json) -> ColumnElement[bool]:
    on = tables.ThreadTag.thread_id == tables.Thread.id
    return choice(given).condition(lambda tag: exists().where(on, tables.ThreadTag.tag == tag), exists().where(on))


def _by_event_types(given: Json) -> ColumnElement[bool]:
    return choice(given).condition(lambda kind: _events(tables.Event.type == kind), _events())


def _by_forms(given: Json) -> ColumnElement[bool]:
    """Filled forms; answers of theirs are not kept apart, so only whether there is one."""
    filled = _events(tables.Event.type == "filled_form")
    return filled if given.get("exists", True) else ~filled


def _by_greetings(given: Json) -> ColumnElement[bool]:
    greeting = func.json_extract(tables.Thread.properties, '$."lc2"."greeting_id"')
    wanted: Json = {key: value for key, value in given.items() if key in ("exists", "values", "exclude_values")}
    return choice(wanted).condition(lambda value: greeting.is_not(None) & (greeting == value), greeting.is_not(None))


def _by_agent_response(given: Json) -> ColumnElement[bool]:
    by_agent = tables.Event.author_id.in_(select(tables.Agent.id))
    answered = _events(by_agent, tables.Event.type == "message", tables.Event.visibility == "all")
    agents = given.get("agents")
    if isinstance(agents, dict):
        condition = choice(agents).condition(lambda agent: _events(tables.Event.author_id == agent), answered)
        return condition if "exists" not in given else condition & (answered if given["exists"] else ~answered)
    return answered if given.get("exists", True) else ~answered


def _by_agent_types(given: Json) -> ColumnElement[bool]:
    """``all_values``, ``any_values``, ``exclude_values`` of human, chatbot and ai_agent; there are none of the last."""
    condition = tables.Thread.events_count >= 0
    for value in _list(given, "all_values"):
        condition &= _with(value)
    if any_values := _list(given, "any_values"):
        condition &= or_(*(_with(value) for value in any_values))
    for value in _list(given, "exclude_values"):
        condition &= ~_with(value)
    return condition


def _with(agent_type: JsonValue) -> ColumnElement[bool]:
    users = func.json_each(tables.Thread.user_ids).table_valued("value", name="thread_kinds")
    kinds = {"human": ~tables.Agent.is_bot, "chatbot": tables.Agent.is_bot, "ai_agent": false()}
    if agent_type not in kinds:
        raise Refused("validation", f"agent types are {', '.join(kinds)}")
    return exists(select(users.c.value).where(users.c.value.in_(select(tables.Agent.id).where(kinds[str(agent_type)]))))


def _list(given: Json, name: str) -> list[JsonValue]:
    value = given.get(name, [])
    if not isinstance(value, list):
        raise Refused("validation", f"`{name}` must be an array")
    return value


def _by_none(given: Json) -> ColumnElement[bool]:
    """Sales, goals and countries are not known here: no thread has one."""
    return choice(given).condition(lambda _: false(), false())


_BY: Final[dict[str, Callable[[Json], ColumnElement[bool]]]] = {
    "agents": _by_agents,
    "tags": _by_tags,
    "event_types": _by_event_types,
    "forms": _by_forms,
    "greetings": _by_greetings,
    "agent_response": _by_agent_response,
    "agent_types": _by_agent_types,
    "sales": _by_none,
    "goals": _by_none,
    "customer_countries": _by_none,
}
