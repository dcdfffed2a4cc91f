"""``send_contextual_data``: what the page knows of the visit, for the agent to see beside the conversation.

It goes into the thread as a custom event, ``{"contextual_data": {...}}``. Before there is a conversation it waits
for one. A platform chat has one active thread at most, so ``ACTIVE`` and ``ALL`` mean the same one.
"""

import asyncio
from dataclasses import dataclass, field
from typing import Protocol

from widget.rtm.conversation import Conversation, Entry
from widget.rtm.outbox import Draft
from widget.wire.base import Json

__all__ = ["CONTEXTUAL_DATA", "Contextual", "Talk"]

CONTEXTUAL_DATA = "contextual_data"
"""The field of the event's content."""


class Talk(Protocol):
    """The conversation (``widget.customer_sdk.session.ChatSession``)."""

    @property
    def in_step(self) -> bool:
        """Whether all is known that the server knows."""

    @property
    def conversation(self) -> Conversation:
        """What is known of it."""

    async def deliver(self, draft: Draft | str, custom_id: str | None = None) -> Entry:
        """Send something and wait until the server has it."""


@dataclass(slots=True)
class Contextual:
    """What has still to be told. It waits in the order in which it came."""

    talk: Talk
    _waiting: list[asyncio.Future[None]] = field(default_factory=list)

    async def send(self, metadata: Json, call_id: str) -> str:
        """Tell it, when there is a conversation. Returns the id of its thread. Raises ChatError."""
        if not self._goes_on():
            begun: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiting.append(begun)
            await begun
        entry = await self.talk.deliver(Draft(content={CONTEXTUAL_DATA: metadata}, attached=True), call_id)
        return entry.thread_id

    def changed(self) -> None:
        """The conversation may have begun."""
        if self._waiting and self._goes_on():
            waiting, self._waiting = self._waiting, []
            for begun in waiting:
                begun.set_result(None)

    def _goes_on(self) -> bool:
        return self.talk.in_step and self.talk.conversation.active
