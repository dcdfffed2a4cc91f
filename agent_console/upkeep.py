"""Keeping in step: which chats have to be known in full, and fetching them when they are not.

Those are the agent's own and the one in front. What is behind the platform is fetched after each connection; a push
about a chat that is not here yet fetches that.
"""

from collections.abc import Callable

from agent_console.deeds import Deeds
from agent_console.delivery import Deliveries
from agent_console.fetching import Fetching
from agent_console.following import Following
from agent_console.inbox import Case, Inbox, Section, section
from agent_console.ledger import Ledger
from widget.rtm.background import begin
from widget.wire.errors import ChatError, ConnectionLost, Destroyed, NotConnected, Refused

__all__ = ["Upkeep"]

_NOT_THERE = {"missing_access", "not_found"}
"""Refusals of a chat that the agent cannot read, now or any more."""


class Upkeep:
    """``opened`` is the chat in front; ``in_step``: the list of chats is what the platform has; ``error``: why not."""

    def __init__(
        self,
        *,
        ledger: Ledger,
        fetching: Fetching,
        following: Following,
        deeds: Deeds,
        deliveries: Callable[[], Deliveries | None],
        connected: Callable[[], bool],
        changed: Callable[[], None],
    ) -> None:
        self.opened: str | None = None
        self.in_step = False
        self.error: ChatError | None = None
        self._ledger = ledger
        self._fetching = fetching
        self._following = following
        self._deeds = deeds
        self._deliveries = deliveries
        self._connected = connected
        self._changed = changed

    @property
    def open_case(self) -> Case | None:
        """The chat in front."""
        return self._ledger.inbox.cases.get(self.opened or "")

    def is_fresh(self, chat_id: str) -> bool:
        """Whether the history of a chat has been fetched over the present connection."""
        return chat_id in self._ledger.fresh

    def open(self, chat_id: str | None) -> None:
        """Bring a chat to the front, with its history; None: none."""
        self.opened = chat_id
        self.look_after_opened()
        self._changed()

    def lost(self) -> None:
        """The connection is gone."""
        self.in_step = False
        self._following.lost()
        self._ledger.fresh.clear()
        self._ledger.nobody_types()

    def catch_up(self) -> None:
        """Get in step with the platform, again if that failed before."""
        self.error = None
        begin(self._catch_up())
        self._changed()

    def look_after(self, case: Case, known: Case | None) -> None:
        """What a chat calls for that a push has changed; ``known`` is how it was."""
        me = self._me
        if case.id == self.opened and known is not None and section(known, me) != section(case, me):
            self.look_after_opened()
        elif section(case, me) is Section.MINE and not self.is_fresh(case.id):
            self.meet(case.id)

    def look_after_opened(self) -> None:
        """Fetch the chat in front, and hear of everything in it although it is not the agent's."""
        if not self._connected() or not self._me:
            return
        case = self.open_case
        self._following.front(case)
        if self.opened is not None and not self.is_fresh(self.opened) and (case is not None or self.in_step):
            self.meet(self.opened)

    def meet(self, chat_id: str) -> None:
        """Fetch a chat; when it cannot be had, say so."""
        self._deeds.attempt("get_chat", chat_id, lambda: self.fetch(chat_id))

    def check(self, chat_id: str) -> None:
        """A chat belongs to other groups now: the agent may not be in one of them."""
        self._deeds.attempt("get_chat", chat_id, lambda: self._look_whether_there(chat_id))

    async def fetch(self, chat_id: str) -> None:
        """Get in step with a chat, and send what waited for that. Raises ChatError."""
        await self._fetching.chat(chat_id)
        delivery = self._deliveries()
        if delivery is not None:
            delivery.arrived(self._ledger.inbox.cases[chat_id])
            delivery.deliver(chat_id)
        self._changed()

    # Private

    @property
    def _me(self) -> str:
        return self._ledger.inbox.me

    async def _catch_up(self) -> None:
        try:
            await self._fetching.chats()
        except (ConnectionLost, NotConnected, Destroyed):
            return  # the next connection catches up
        except ChatError as error:
            self.error = error
        else:
            self.in_step, self.error = True, None
            self._following.in_step()
            self.look_after_opened()
            self._meet_mine(self._ledger.inbox)
        self._changed()

    def _meet_mine(self, inbox: Inbox) -> None:
        for case in inbox.cases.values():
            if section(case, self._me) is Section.MINE and case.id != self.opened:
                self.meet(case.id)

    async def _look_whether_there(self, chat_id: str) -> None:
        try:
            await self._fetching.chat(chat_id)
        except Refused as refused:
            if refused.type not in _NOT_THERE:
                raise
            self._ledger.drop(chat_id)
        self._changed()
