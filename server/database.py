"""The SQLite file, and the one thread that uses it.

SQLite has one writer at a time anyway, so all transactions run one after the other on one thread: no locks, no
retries, and everybody is told of changes in the order in which they were made. The event loop never waits for the disk.
"""

import json
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from typing import Any, TypeVar

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.orm import Session, sessionmaker

__all__ = ["Database", "open_engine"]

T = TypeVar("T")


def open_engine(file: Path) -> Engine:
    """The engine of a database file, which is made if it is not there."""
    engine = create_engine(
        f"sqlite+pysqlite:///{file}",
        pool_size=1,
        json_serializer=lambda value: json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")),
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: SqliteConnection, _record: Any) -> None:
    """Durable and safe: a message that was acknowledged is on disk, also when the power goes."""
    connection.isolation_level = None  # The driver would begin transactions late, and not at all for tables.
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Any) -> None:
    # A transaction that reads first and then wants to write fails at once if another process has written between.
    connection.exec_driver_sql("BEGIN IMMEDIATE")


class Database:
    """Runs work in transactions, in the order in which it was submitted."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._sessions = sessionmaker(engine, expire_on_commit=False)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="database")

    def submit(self, work: Callable[[Session], T], then: Callable[[T], None] | None = None) -> Future[T]:
        """Run ``work`` in a transaction and commit it, then call ``then`` with what it returned, on the same thread.

        An exception rolls everything back and comes out of the future. Cancelling the future keeps work that has not
        begun from running.
        """
        return self._thread.submit(self._run, work, then)

    def _run(self, work: Callable[[Session], T], then: Callable[[T], None] | None) -> T:
        with self._sessions.begin() as session:
            result = work(session)
        if then is not None:
            then(result)
        return result

    def close(self) -> None:
        """Finish what was submitted and close the file."""
        self._thread.shutdown()
        self._engine.dispose()
