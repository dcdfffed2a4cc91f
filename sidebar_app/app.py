"""The app at work: what the Agent App tells and what the agent does becomes its state."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Protocol

from sidebar_app.replies import STARTERS, Reply, filled
from sidebar_app.state import Access, Record, State
from widget.agent_app.profile import CustomerProfile
from widget.wire.errors import ChatError, Refused

__all__ = ["App", "Frame", "Source"]


class Frame(Protocol):
    """The Agent App around, as far as this app needs it: a ``widget.agent_app.LiveChat``."""

    def put_message(self, text: str) -> Awaitable[None]:
        """Put a text into the agent's message. Raises ChatError."""


class Source(Protocol):
    """Where records and replies come from: ``sidebar_app.platform.Platform``. Methods raise ChatError."""

    async def record(self, profile: CustomerProfile) -> Record:
        """What is known of a customer."""

    async def replies(self) -> tuple[Reply, ...]:
        """The organization's replies."""


class App:
    """``changed`` is called with every new state; ``replies`` are those of an organization that has none of its own."""

    def __init__(self, frame: Frame, changed: Callable[[State], None], replies: tuple[Reply, ...] = STARTERS) -> None:
        self.state = State(replies=replies)
        self._frame = frame
        self._changed = changed
        self._source: Source | None = None

    async def allow(self, source: Source | None) -> None:
        """Ask this platform from now on; None: there is nobody to ask, the agent has to sign in."""
        self._source = source
        self._become(replace(self.state, access=Access.WANTED if source is None else Access.GRANTED))
        await self.load()
        await self._load_replies()

    async def turn_to(self, profile: CustomerProfile | None) -> None:
        """Another customer is in front of the agent, or nobody, or more is known of the same one."""
        before = self.state.profile
        same = before is not None and profile is not None and _same(before, profile)
        record = self.state.record if same else Record()
        self._become(replace(self.state, profile=profile, record=record, put="", failed=""))
        if not same:
            await self.load()

    async def load(self) -> None:
        """Ask for what is not told. Who is in front may have changed when the answer comes."""
        profile, source = self.state.profile, self._source
        if profile is None or source is None:
            return
        self._become(replace(self.state, record=Record(of=profile["id"], loading=True)))
        try:
            record = await source.record(profile)
        except ChatError as error:
            record = Record(of=profile["id"], failed=error.message)
            if isinstance(error, Refused) and error.type == "authentication":
                self._source = None
                self._become(replace(self.state, access=Access.REFUSED))
        if self.state.profile is not None and _same(self.state.profile, profile):
            self._become(replace(self.state, record=record))

    def find(self, wanted: str) -> None:
        """Show the replies that have these words."""
        self._become(replace(self.state, wanted=wanted))

    async def put(self, place: int) -> None:
        """Put a reply into the agent's message."""
        reply = self.state.replies[place]
        try:
            await self._frame.put_message(filled(reply, self.state.profile))
        except ChatError as error:
            self._become(replace(self.state, put="", failed=error.message))
        else:
            self._become(replace(self.state, put=reply.name, failed=""))

    def refuse(self, error: ChatError) -> None:
        """There is no Agent App around."""
        self._become(replace(self.state, refused=f"{error.message} {error.hint}"))

    async def _load_replies(self) -> None:
        if self._source is None:
            return
        try:
            replies = await self._source.replies()
        except ChatError as error:
            self._become(replace(self.state, failed=error.message))
        else:
            self._become(replace(self.state, replies=replies or self.state.replies))

    def _become(self, state: State) -> None:
        if state != self.state:
            self.state = state
            self._changed(state)


def _same(one: CustomerProfile, other: CustomerProfile) -> bool:
    """Whether two profiles are of one customer in one thread."""
    return (one["id"], one["chat"].get("id")) == (other["id"], other["chat"].get("id"))
