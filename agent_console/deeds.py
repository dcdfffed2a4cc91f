"""What the agent wants of the platform: under way, done, or failed with a reason and a way to try again.

Nothing that an agent does is swallowed: what fails stays here until they have read it.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from agent_console.reasons import Why
from widget.rtm.background import begin
from widget.wire.base import Json
from widget.wire.errors import ChatError, ConnectionLost, Destroyed, NotConnected
from widget.wire.frames import Payload

__all__ = ["Deed", "Deeds", "Failure"]

Deed = str
"""What was tried: the API's action."""

_MADE_GOOD = {"get_chat", "list_threads", "list_chats"}
"""What the next connection, or scrolling on, does again by itself when a connection was lost."""

_LOST = (ConnectionLost, NotConnected, Destroyed)


@dataclass(frozen=True, slots=True)
class Failure:
    """Something the agent wanted did not happen."""

    id: int
    deed: Deed
    why: Why


class Deeds:
    """The deeds of one session. ``busy`` holds those under way, each with the chat that it is about."""

    def __init__(self, ask: Callable[[str, Json], Awaitable[Payload]], changed: Callable[[], None]) -> None:
        self.busy: frozenset[tuple[Deed, str]] = frozenset()
        self.failures: tuple[Failure, ...] = ()
        self._ask = ask
        self._changed = changed
        self._again: dict[int, Callable[[], None]] = {}
        self._failed = 0

    def do(self, deed: Deed, chat_id: str, payload: Json, then: Callable[[Payload], None] | None = None) -> None:
        """Ask for something, unless that is under way; ``then`` is given the answer."""

        async def ask() -> None:
            answer = await self._ask(deed, payload)
            if then is not None:
                then(answer)

        self.attempt(deed, chat_id, ask)

    def attempt(self, deed: Deed, chat_id: str, work: Callable[[], Awaitable[None]]) -> None:
        """Do something that takes several requests, unless that is under way."""
        if (deed, chat_id) not in self.busy:
            self.busy |= {(deed, chat_id)}
            begin(self._try(deed, chat_id, work))
            self._changed()

    async def tell(self, action: str, payload: Json) -> None:
        """Tell what only matters now (a mark, a key pressed): when it fails, the next one is as good."""
        try:
            await self._ask(action, payload)
        except ChatError:
            return

    def dismiss(self, failure_id: int, *, again: bool) -> None:
        """A failure was read; ``again``: try what failed once more."""
        self.failures = tuple(f for f in self.failures if f.id != failure_id)
        attempt = self._again.pop(failure_id, None)
        if again and attempt is not None:
            attempt()
        self._changed()

    async def _try(self, deed: Deed, chat_id: str, work: Callable[[], Awaitable[None]]) -> None:
        try:
            await work()
        except ChatError as error:
            if deed not in _MADE_GOOD or not isinstance(error, _LOST):
                self._fail(deed, error, lambda: self.attempt(deed, chat_id, work))
        finally:
            self.busy -= {(deed, chat_id)}
            self._changed()

    def _fail(self, deed: Deed, error: ChatError, again: Callable[[], None]) -> None:
        self._failed += 1
        self.failures = (*self.failures, Failure(self._failed, deed, Why.of(error)))
        self._again[self._failed] = again
