"""From the outbox to the server: one text at a time, in order, until the server has it or has refused it.

A lost connection stops delivery; whoever owns it sets it going again once in step with the server. A text without an
answer may have arrived, so the chat is looked at before the text is sent again.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from widget.rtm.background import begin
from widget.rtm.backoff import Backoff
from widget.rtm.outbox import Outbox, Outgoing
from widget.rtm.ports import Clock
from widget.wire.errors import ChatError, ConnectionLost, Destroyed, NotConnected, Refused, RequestTimeout

__all__ = ["Delivery", "Route"]

TRY_AGAIN = frozenset(
    {
        "internal",
        "pending_requests_limit_reached",
        "request_timeout",
        "service_unavailable",
        "too_many_requests",
    }
)
"""Refusals that say nothing about the text."""

OUT_OF_STEP = frozenset({"chat_already_active", "chat_inactive", "chat_limit_reached"})
"""Refusals that say the chat is not as we think."""


@dataclass(frozen=True, slots=True)
class Route:
    """How texts get to one chat.

    ``in_step``: whether we know the chat as the server does, so that a text may be sent. ``send``: send a text by
    whatever request fits the chat now; raises ChatError. ``look``: get in step again, by fetching the chat and with it
    whatever has arrived; raises ChatError. ``changed``: something is different. ``may_go``: whether nothing has to come
    before a text; those behind one that may not go are not held up by it.
    """

    in_step: Callable[[], bool]
    send: Callable[[Outgoing], Awaitable[None]]
    look: Callable[[], Awaitable[None]]
    changed: Callable[[], None]
    may_go: Callable[[Outgoing], bool] = lambda _: True


class Delivery:
    """Takes the texts of one outbox along one route."""

    def __init__(self, outbox: Outbox, clock: Clock, route: Route) -> None:
        self.outbox = outbox
        self._clock = clock
        self._route = route
        self._pause = Backoff(first=1.0, most=30.0)
        self._going: asyncio.Task[None] | None = None

    def go(self) -> None:
        """Set it going, if it is not and there is something to send."""
        if self._going is None and self._route.in_step() and self._next() is not None:
            self._going = begin(self._deliver_all())

    async def _deliver_all(self) -> None:
        try:
            while self._route.in_step() and (outgoing := self._next()) is not None:
                if not await self._deliver(outgoing):
                    break
        finally:
            self._going = None
            self._route.changed()

    def _next(self) -> Outgoing | None:
        return self.outbox.next(self._route.may_go)

    async def _deliver(self, outgoing: Outgoing) -> bool:
        """Deliver one text. False when that must wait for the next connection."""
        try:
            await self._route.send(outgoing)
        except (ConnectionLost, NotConnected, Destroyed):
            return False
        except RequestTimeout:
            await self._look()
        except Refused as refusal:
            await self._refused(outgoing, refusal)
        except ChatError as error:
            self.outbox.refused(outgoing.custom_id, error.code)
        else:
            self._pause.reset()
            self.outbox.arrived([outgoing.custom_id])
        self._route.changed()
        return True

    async def _refused(self, outgoing: Outgoing, refusal: Refused) -> None:
        if refusal.type in OUT_OF_STEP:
            await self._wait()
            await self._look()
        elif refusal.type in TRY_AGAIN:
            await self._wait()
        else:
            self.outbox.refused(outgoing.custom_id, refusal.code)

    async def _look(self) -> None:
        try:
            await self._route.look()
        except ChatError:
            await self._wait()  # the next attempt to send says what is the matter

    async def _wait(self) -> None:
        over: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._clock.call_later(self._pause.next(), lambda: over.set_result(None))
        await over
