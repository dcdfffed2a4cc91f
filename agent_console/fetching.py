"""Getting in step with the platform: the lists of chats, a chat, its history, each asked for and put into the ledger.

Every method raises ChatError when the platform does not give what it is asked for.
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from types import MappingProxyType

from pydantic import TypeAdapter

from agent_console.ledger import Ledger
from agent_console.news import listed, with_chat, with_history, with_older, with_summaries
from widget.wire import agent as wire
from widget.wire import customer as chat_wire
from widget.wire.base import Json
from widget.wire.chats import Chat, ChatSummary, Thread
from widget.wire.frames import Payload

__all__ = ["Fetching"]

PAGE_OF_EVENTS = 25
"""How many events, at least, a page of history has."""

PAGE_OF_CHATS = 25
"""How many closed chats are listed at a time."""


_STATUSES = TypeAdapter(list[wire.AgentRoutingStatus])


class Fetching:
    """What one agent's ledger is filled from."""

    def __init__(self, ledger: Ledger, ask: Callable[[str, Json], Awaitable[Payload]]) -> None:
        self._ledger = ledger
        self._ask = ask

    async def chats(self) -> None:
        """All active chats, and the newest of the others."""
        with self._ledger.listening() as overheard:
            active = await self._active()
            closed = await self._list(_chats(active=False))
            inbox = listed(self._ledger.inbox, active, closed.chats_summary, closed.next_page_id)
            self._ledger.take(inbox, overheard)

    async def more_closed(self) -> None:
        """The closed chats before those that are listed."""
        page_id = self._ledger.inbox.older
        if page_id is None:
            return
        with self._ledger.listening() as overheard:
            page = await self._list(wire.ListAgentChats(page_id=page_id))
            known = replace(self._ledger.inbox, older=page.next_page_id)
            self._ledger.take(with_summaries(known, page.chats_summary), overheard)

    async def chat(self, chat_id: str) -> None:
        """A chat as it is now, and its history back to what is known."""
        with self._ledger.listening() as overheard:
            get = chat_wire.GetChat(chat_id=chat_id).as_json()
            chat = Chat.model_validate(await self._ask("get_chat", get))
            pages = await self._threads_since(chat_id)
            self._ledger.take(with_history(with_chat(self._ledger.inbox, chat), chat_id, pages), overheard)
        self._ledger.fresh.add(chat_id)

    async def older(self, chat_id: str) -> None:
        """The page of a chat's history before what is here."""
        page_id = self._ledger.inbox.cases[chat_id].conversation.older
        if page_id is None:
            return
        page = await self._threads(chat_wire.ListThreads(chat_id=chat_id, page_id=page_id))
        self._ledger.inbox = with_older(self._ledger.inbox, chat_id, page.threads, page.next_page_id)

    async def routing_statuses(self) -> None:
        """Which agents take chats."""
        with self._ledger.listening() as overheard:
            answer = await self._ask("list_routing_statuses", wire.ListRoutingStatuses().as_json())
            told = {each.agent_id: each.status for each in _STATUSES.validate_python(answer)}
            inbox = self._ledger.inbox
            self._ledger.take(replace(inbox, routing=MappingProxyType({**inbox.routing, **told})), overheard)

    # Private

    async def _active(self) -> list[ChatSummary]:
        page = await self._list(_chats(active=True))
        chats = list(page.chats_summary)
        while page.next_page_id is not None:
            page = await self._list(wire.ListAgentChats(page_id=page.next_page_id))
            chats += page.chats_summary
        return chats

    async def _list(self, request: wire.ListAgentChats) -> wire.ListAgentChatsResult:
        payload = request.model_dump(mode="json", exclude_unset=True)
        return wire.ListAgentChatsResult.model_validate(await self._ask("list_chats", payload))

    async def _threads_since(self, chat_id: str) -> list[tuple[list[Thread], str | None]]:
        """Pages of history, the newest first, until one holds a thread that is here already."""
        case = self._ledger.inbox.cases.get(chat_id)
        known = {e.thread_id for e in case.conversation.entries} if case is not None and case.whole else set()
        page = await self._threads(chat_wire.ListThreads(chat_id=chat_id, min_events_count=PAGE_OF_EVENTS))
        pages = [(page.threads, page.next_page_id)]
        while known and page.next_page_id and not any(t.id in known for t in page.threads):
            page = await self._threads(chat_wire.ListThreads(chat_id=chat_id, page_id=page.next_page_id))
            pages.append((page.threads, page.next_page_id))
        return pages

    async def _threads(self, request: chat_wire.ListThreads) -> chat_wire.ListThreadsResult:
        payload = request.model_dump(mode="json", exclude_unset=True)
        return chat_wire.ListThreadsResult.model_validate(await self._ask("list_threads", payload))


def _chats(*, active: bool) -> wire.ListAgentChats:
    limit = 100 if active else PAGE_OF_CHATS
    return wire.ListAgentChats(filters=wire.ChatFilters(active=active), limit=limit)
