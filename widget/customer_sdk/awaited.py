"""Who waits for what: something that was sent to be on the server, and this client to be in step with the server."""

import asyncio
from collections.abc import Iterable, Sequence

from widget.rtm.conversation import Entry
from widget.rtm.outbox import Outgoing
from widget.wire.errors import ChatError, Refused

__all__ = ["Awaited"]


class Awaited:
    """The futures of those who wait; ``look`` settles them."""

    def __init__(self) -> None:
        self._arrivals: dict[str, asyncio.Future[Entry]] = {}
        self._in_step: list[asyncio.Future[None]] = []

    def arrival(self, custom_id: str) -> asyncio.Future[Entry]:
        """The server's copy of what was sent. All who wait for one id get the same."""
        if custom_id not in self._arrivals:
            self._arrivals[custom_id] = asyncio.get_running_loop().create_future()
        return self._arrivals[custom_id]

    async def being_in_step(self, *, ended: ChatError | None) -> None:
        """Until all is known that the server knows. Raises ``ended``, now or when it comes."""
        if ended is not None:
            raise ended
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._in_step.append(waiter)
        await waiter

    def look(
        self, entries: Sequence[Entry], waiting: Iterable[Outgoing], *, in_step: bool, ended: ChatError | None
    ) -> None:
        """Settle what has come about: arrivals among the events, refusals, being in step, the end."""
        if self._arrivals:
            self._arrived(entries)
            for outgoing in waiting:
                if outgoing.error is not None:
                    self.refuse(outgoing.custom_id, Refused(outgoing.error.lower()))
        if in_step:
            for waiter in self._take_in_step():
                waiter.set_result(None)
        elif ended is not None:
            for custom_id in list(self._arrivals):
                self.refuse(custom_id, ended)
            for waiter in self._take_in_step():
                waiter.set_exception(ended)

    def refuse(self, custom_id: str, error: ChatError) -> None:
        """It will not arrive."""
        arrival = self._arrivals.pop(custom_id, None)
        if arrival is not None and not arrival.done():
            arrival.set_exception(error)

    def _arrived(self, entries: Sequence[Entry]) -> None:
        for entry in reversed(entries):
            arrival = self._arrivals.pop(entry.event.custom_id or "", None)
            if arrival is not None and not arrival.done():
                arrival.set_result(entry)
            if not self._arrivals:
                return

    def _take_in_step(self) -> list[asyncio.Future[None]]:
        waiters, self._in_step = self._in_step, []
        return [waiter for waiter in waiters if not waiter.done()]
