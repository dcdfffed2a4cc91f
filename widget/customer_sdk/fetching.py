"""Fetches a chat and its history: the requests that a session catches up by."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

from widget.customer_sdk.reading import read
from widget.rtm.client import RtmClient
from widget.wire import customer as wire
from widget.wire.chats import Chat, Thread

__all__ = ["PAGE_OF_EVENTS", "PAGE_OF_THREADS", "Fetching"]

PAGE_OF_EVENTS = 25
"""How many events, at least, a page of history has."""

PAGE_OF_THREADS = 100
"""How many threads a page has when all of them are wanted."""


@dataclass(frozen=True, slots=True)
class Fetching:
    """Over one connection. All of it raises what ``RtmClient.request`` does, and ProtocolError."""

    rtm: RtmClient

    async def chat(self, chat_id: str) -> Chat:
        """The chat as it is now."""
        return read(Chat, await self.rtm.request("get_chat", wire.GetChat(chat_id=chat_id).as_json()))

    async def newest(self, chat_id: str) -> wire.ListThreadsResult:
        """The newest page of history."""
        return await self._page(wire.ListThreads(chat_id=chat_id, min_events_count=PAGE_OF_EVENTS))

    async def page(self, chat_id: str, page_id: str) -> wire.ListThreadsResult:
        """The page of history with this id."""
        return await self._page(wire.ListThreads(chat_id=chat_id, page_id=page_id))

    async def threads(self, chat_id: str) -> AsyncIterator[Thread]:
        """All threads of a chat, from the newest to the oldest."""
        page = await self._page(wire.ListThreads(chat_id=chat_id, limit=PAGE_OF_THREADS))
        while True:
            for thread in page.threads:
                yield thread
            if page.next_page_id is None:
                return
            page = await self.page(chat_id, page.next_page_id)

    async def chat_id(self) -> str | None:
        """The customer's chat, if there is one."""
        listed = await self.rtm.request("list_chats", wire.ListChats(limit=1).as_json())
        chats = read(wire.ListChatsResult, listed).chats_summary
        return chats[0].id if chats else None

    async def _page(self, request: wire.ListThreads) -> wire.ListThreadsResult:
        payload = request.model_dump(mode="json", exclude_unset=True)
        return read(wire.ListThreadsResult, await self.rtm.request("list_threads", payload))
