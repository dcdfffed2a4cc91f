"""What every endpoint needs to do something for somebody: the database, the bus, the keys, the files."""

import asyncio
import logging
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.orm import Session

from server.bus import Bus, Cause
from server.database import Database
from server.files import FileStore
from server.tokens import CustomerTokens
from server.transaction import Transaction
from server.webhooks import Call, Webhooks, calls_for

__all__ = ["Platform"]

log = logging.getLogger(__name__)

T = TypeVar("T")


class Platform:
    """Performs actions one after the other, and tells of each when it is on disk."""

    def __init__(
        self, database: Database, bus: Bus, tokens: CustomerTokens, files: FileStore, webhooks: Webhooks
    ) -> None:
        self.bus = bus
        self.database = database
        self.files = files
        self._webhooks = webhooks
        self._tokens = tokens
        self._later: set[asyncio.Task[None]] = set()
        self._reminders: set[asyncio.TimerHandle] = set()

    async def perform(
        self, work: Callable[[Transaction], T], cause: Cause | None = None, then: Callable[[T], None] | None = None
    ) -> T:
        """Do something in a transaction. After the commit ``then`` is called, and after that the pushes go out.

        Both happen on the event loop, for one action after the other in the order of their commits, and also when
        nobody waits for the result any more. Work that has not begun when the waiting ends is not done at all.
        """
        loop = asyncio.get_running_loop()
        calls: list[Call] = []

        def transact(session: Session) -> tuple[Transaction, T]:
            tx = Transaction(session, self._tokens)
            result = work(tx)
            calls.extend(calls_for(tx))
            return tx, result

        def committed(done: tuple[Transaction, T]) -> None:
            loop.call_soon_threadsafe(tell, *done)

        def tell(tx: Transaction, result: T) -> None:
            if then is not None:
                then(result)
            self.bus.publish(tx.pushes, cause or Cause())
            self._webhooks.call(calls)
            for seconds, later in tx.later:
                self._remind(seconds, later)

        _, result = await asyncio.wrap_future(self.database.submit(transact, committed))
        return result

    def _remind(self, seconds: float, work: Callable[[Transaction], None]) -> None:
        def remind() -> None:
            self._reminders.discard(timer)
            self.perform_later(work)

        timer = asyncio.get_running_loop().call_later(seconds, remind)
        self._reminders.add(timer)

    def perform_later(self, work: Callable[[Transaction], None]) -> None:
        """Do something for whose end nobody waits; if it fails, the log says so."""
        task = asyncio.create_task(self._perform_and_log(work))
        self._later.add(task)
        task.add_done_callback(self._later.discard)

    async def _perform_and_log(self, work: Callable[[Transaction], None]) -> None:
        try:
            await self.perform(work)
        except Exception:
            log.exception("could not be done")

    async def idle(self) -> None:
        """Wait until what was to be done later is done."""
        await asyncio.gather(*self._later)

    async def close(self) -> None:
        """Finish what was begun."""
        for timer in self._reminders:
            timer.cancel()
        await self.idle()
        await self._webhooks.close()
        self.database.close()
