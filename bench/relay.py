"""A network of our own between browser and server: everything passes, and what the server sends can be held up.

So a thousand frames come at once, as they do on a phone whose network was gone for a while; the server, whose frames
are read all the time, knows nothing of it.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager, suppress

__all__ = ["Relay", "relay"]

CHUNK = 65_536


class Relay:
    """Passes bytes on, to and from a port of this machine. Lives on an event loop in a thread of its own."""

    def __init__(self, loop: asyncio.AbstractEventLoop, to: int) -> None:
        self._loop = loop
        self._to = to
        self._free = asyncio.Event()
        self._free.set()
        self._tasks: set[asyncio.Task[None]] = set()
        self.port = 0

    def hold(self) -> None:
        """From now on nothing comes from the server."""
        self._loop.call_soon_threadsafe(self._free.clear)

    def release(self) -> None:
        """All that was held comes, at once."""
        self._loop.call_soon_threadsafe(self._free.set)

    async def open(self) -> asyncio.Server:
        """Listen on a free port."""
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        return server

    async def close(self) -> None:
        """Let go of all connections."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        from_server, to_server = await asyncio.open_connection("127.0.0.1", self._to)
        come: asyncio.Queue[bytes] = asyncio.Queue()
        self._begin(self._pass_on(reader, to_server))
        self._begin(self._collect(from_server, come))
        self._begin(self._let_through(come, writer))

    def _begin(self, work: Coroutine[None, None, None]) -> None:
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while chunk := await reader.read(CHUNK):
                writer.write(chunk)
                await writer.drain()
        writer.close()

    async def _collect(self, reader: asyncio.StreamReader, come: asyncio.Queue[bytes]) -> None:
        with suppress(ConnectionError):
            while chunk := await reader.read(CHUNK):
                come.put_nowait(chunk)
        come.put_nowait(b"")

    async def _let_through(self, come: asyncio.Queue[bytes], writer: asyncio.StreamWriter) -> None:
        while chunk := await come.get():
            await self._free.wait()
            writer.write(chunk)
        writer.close()


@contextmanager
def relay(to: int) -> Iterator[Relay]:
    """A relay to a port, while it lasts."""
    loop = asyncio.new_event_loop()
    it = Relay(loop, to)
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    server = asyncio.run_coroutine_threadsafe(it.open(), loop).result()
    try:
        yield it
    finally:
        server.close()
        asyncio.run_coroutine_threadsafe(it.close(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
