"""The visitor's threads, as the page knows them: ``{id, conversationId, status}`` (spec: widget-js-api, B3)."""

from dataclasses import dataclass
from typing import Protocol

from widget.customer_sdk.fetching import Fetching
from widget.rtm.conversation import Conversation
from widget.wire.base import Json
from widget.wire.errors import CommandError

__all__ = ["Shelf", "Threads", "ThreadsInView"]


class Shelf(Protocol):
    """Where the threads are (``widget.customer_sdk.session.ChatSession``)."""

    @property
    def conversation(self) -> Conversation:
        """What is here of them."""

    @property
    def fetching(self) -> Fetching:
        """Fetches the others."""

    async def wait_until_in_step(self) -> None:
        """Until all is known that the server knows."""

    async def load_thread(self, thread_id: str) -> bool:
        """Fetch history until a thread is here."""


class ThreadsInView(Protocol):
    """The window, which shows one of them or their list."""

    def show_threads(self) -> None:
        """Show the list."""

    def show_thread(self, thread_id: str) -> None:
        """Show one."""

    def show_new_thread(self) -> None:
        """Show an empty one."""


@dataclass(frozen=True, slots=True)
class Threads:
    """The threads of one visitor."""

    shelf: Shelf
    window: ThreadsInView

    def show_list(self) -> None:
        """The list of them."""
        self.window.show_threads()

    def show_new(self) -> None:
        """One that begins with the first message."""
        self.window.show_new_thread()

    async def show(self, thread_id: str) -> Json:
        """One of them. Raises CommandError."""
        await self._check_known(thread_id)
        self.window.show_thread(thread_id)
        return self._thread(thread_id)

    async def all(self) -> list[Json]:
        """All of them, the newest first. Raises ChatError."""
        await self.shelf.wait_until_in_step()
        chat_id = self.shelf.conversation.chat_id
        return [] if chat_id is None else [self._thread(t.id) async for t in self.shelf.fetching.threads(chat_id)]

    async def active(self) -> Json | None:
        """The one that goes on."""
        await self.shelf.wait_until_in_step()
        chat = self.shelf.conversation
        return self._thread(chat.thread_id) if chat.active and chat.thread_id is not None else None

    async def check_open(self, thread_id: str) -> None:
        """Raises CommandError for a thread that cannot be written to."""
        await self._check_known(thread_id)
        if not self._is_open(thread_id):
            raise CommandError("THREAD_CLOSED", f"The thread {thread_id} has ended.", "Call 'create_thread'.")

    async def _check_known(self, thread_id: str) -> None:
        if not await self.shelf.load_thread(thread_id):
            hint = "Call 'get_threads' for the ids."
            raise CommandError("THREAD_NOT_FOUND", f"The visitor has no thread {thread_id!r}.", hint)

    def _is_open(self, thread_id: str) -> bool:
        chat = self.shelf.conversation
        return chat.active and chat.thread_id == thread_id

    def _thread(self, thread_id: str) -> Json:
        status = "OPEN" if self._is_open(thread_id) else "CLOSED"
        return {"id": thread_id, "conversationId": self.shelf.conversation.chat_id, "status": status}
