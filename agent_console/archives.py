"""The archives: threads of all chats that the agent may read, found by what was said in them."""

from collections.abc import Awaitable, Callable

from agent_console.deeds import Deeds
from agent_console.inbox import Case
from agent_console.news import case_after
from widget.rtm import conversation as talk
from widget.rtm.conversation import Conversation
from widget.wire.agent_requests import ArchiveFilters, ListArchives, ListArchivesResult
from widget.wire.base import Json
from widget.wire.chats import Chat
from widget.wire.frames import Payload, Push

__all__ = ["Archives"]

PAGE = 25
"""How many threads are fetched at a time."""


class Archives:
    """What was searched for, and what was found: each is a chat with one of its threads."""

    def __init__(self, ask: Callable[[str, Json], Awaitable[Payload]], deeds: Deeds) -> None:
        self.query = ""
        self.found: tuple[Case, ...] = ()
        self.count = 0
        self.known = False
        self._ask = ask
        self._deeds = deeds
        self._older: str | None = None
        self._opened: str | None = None

    @property
    def opened(self) -> Case | None:
        """The thread in front."""
        return next((case for case in self.found if case.conversation.thread_id == self._opened), None)

    @property
    def more(self) -> bool:
        """Whether more was found than is here."""
        return self._older is not None

    @property
    def loading(self) -> bool:
        """Whether something is being fetched."""
        return ("list_archives", self.query) in self._deeds.busy

    def heard(self, push: Push) -> None:
        """What is pushed about a thread that was found."""
        if push.action in ("thread_tagged", "thread_untagged"):
            self.found = tuple(case_after(case, push) for case in self.found)

    def enter(self) -> None:
        """The agent looks here: what is new is found too."""
        self.search(self.query)

    def search(self, query: str) -> None:
        """Find the threads in which something was said; all, for no words."""
        self.query = query.strip()
        query = self.query
        filters = ArchiveFilters(query=query) if query else None
        request = ListArchives(filters=filters, limit=PAGE)
        self._deeds.attempt("list_archives", query, lambda: self._load(query, request, first=True))

    def load_more(self) -> None:
        """Fetch the next page of what was found."""
        query, page_id = self.query, self._older
        if page_id is not None:
            request = ListArchives(page_id=page_id)
            self._deeds.attempt("list_archives", query, lambda: self._load(query, request, first=False))

    def open(self, thread_id: str) -> None:
        """Bring a thread to the front."""
        self._opened = thread_id

    async def _load(self, query: str, request: ListArchives, *, first: bool) -> None:
        payload = await self._ask("list_archives", request.model_dump(mode="json", by_alias=True, exclude_unset=True))
        result = ListArchivesResult.model_validate(payload)
        if query != self.query:
            return  # the agent looks for something else by now
        found = tuple(_case(chat) for chat in result.chats)
        self.found = found if first else (*self.found, *found)
        self.count, self._older, self.known = result.found_chats, result.next_page_id, True


def _case(chat: Chat) -> Case:
    return Case(
        talk.with_chat(Conversation(chat_id=chat.id), chat),
        started_at=chat.thread.created_at if chat.thread else None,
        whole=True,
        group_ids=tuple(chat.access.group_ids) if chat.access else (),
        tags=tuple((chat.thread and chat.thread.tags) or ()),
    )
