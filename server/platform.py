"""What every endpoint needs to do something for somebody: the database, the bus and the keys."""

import asyncio
import logging
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.orm import Session

from server.bus import Bus, Cause
from server.database import Database
from server.tokens import CustomerTokens
from server.transaction import Transaction

__all__ = ["Platform"]

log = logging.getLogger(__name__)

T = TypeVar("T")


class Platform:
    """Performs actions one after the other, and tells of each when it is on disk."""

    def __init__(self, database: Database, bus: Bus, tokens: CustomerTokens) -> None:
        self.bus = bus
        self.database = database
        self._tokens = tokens
        self._later: set[asyncio.Task[None]] = set()

    async def perform(
        self, work: Callable[[Transaction], T], cause: Cause | None = None, then: Callable[[T], None] | None = None
    ) -> T:
        """Do something in a transaction. After the commit ``then`` is called, and after that the pushes go out.

        Both happen on the event loop, for one action after the other in the order of their commits, and also when
        nobody waits for the result any more. Work that has not begun when the waiting ends is not done at all.
        """
        loop = asyncio.get_running_loop()

        def transact(session: Session) -> tuple[Transaction, T]:
            tx = Transaction(session, self._tokens)
            return tx, work(tx)

        def committed(done: tuple[Transaction, T]) -> None:
            loop.call_soon_threadsafe(tell, *done)

        def tell(tx: Transaction, result: T) -> None:
            if then is not None:
                then(result)
            self.bus.publish(tx.pushes, cause or Cause())

        _, result = await asyncio.wrap_future(self.database.submit(transact, committed))
        return result

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
        await self.idle()
        self.database.close()
