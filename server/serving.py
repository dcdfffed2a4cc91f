"""The process that serves: the sockets it listens on, how it starts, and how it stops."""

import errno
import socket
from collections.abc import Callable
from typing import Any

import uvicorn
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from server.limits import MAX_FRAME
from server.settings import PROJECT, Settings

__all__ = ["PortTaken", "Server", "configuration", "listen"]

RELOADED = ("server", "widget", "agent_console", "sidebar_app")
"""Where a change of a Python file starts the server again."""

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"level": "WARNING", "handlers": ["stderr"]},
}


class PortTaken(Exception):
    """Another program listens on the port."""


def listen(settings: Settings) -> list[socket.socket]:
    """The sockets to serve on. Raises PortTaken and OSError.

    Without a host these are both addresses of this machine: ``localhost`` may stand for either. Port 0 lets the
    system choose one that is free on both.
    """
    if settings.host is not None:
        family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
        return [_bound(family, settings.host, settings.port)]
    for _ in range(10):
        first = _bound(socket.AF_INET, "127.0.0.1", settings.port)
        try:
            return [first, *_on_ipv6(first.getsockname()[1])]
        except PortTaken:
            first.close()
            if settings.port != 0:
                raise
    raise PortTaken


def _on_ipv6(port: int) -> list[socket.socket]:
    """The socket on ::1, or none where the machine has no such address."""
    try:
        return [_bound(socket.AF_INET6, "::1", port)]
    except OSError as error:
        if error.errno in (errno.EAFNOSUPPORT, errno.EADDRNOTAVAIL):
            return []
        raise


def _bound(family: socket.AddressFamily, host: str, port: int) -> socket.socket:
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(2048)
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            raise PortTaken from error
        raise
    return listener


class Protocol(WebSocketsSansIOProtocol):
    """uvicorn's WebSocket, which would wait for ever for a client that reads nothing to take the last bytes."""

    async def run_asgi(self) -> None:
        """Serve the socket, and when that is over give it a moment to close by itself."""
        try:
            await super().run_asgi()
        finally:
            self.loop.call_later(self.close_timeout, self.transport.abort)


class Server(uvicorn.Server):
    """uvicorn, which says when it serves and tells its clients when it goes."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start to serve."""
        await super().startup(sockets)
        self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Close every WebSocket with 1001, then stop."""
        await self.lifespan.state["sockets"].close()
        await super().shutdown(sockets)


def configuration(app: Any, **more: Any) -> uvicorn.Config:
    """How uvicorn runs the application."""
    return uvicorn.Config(
        app,
        ws=Protocol,
        ws_max_size=MAX_FRAME,
        ws_ping_interval=20.0,
        ws_ping_timeout=20.0,
        timeout_graceful_shutdown=1,
        server_header=False,
        access_log=False,
        log_config=LOGGING,
        **more,
    )


def reload_options() -> dict[str, Any]:
    """What makes uvicorn start the server again when a Python file has changed."""
    return {"reload": True, "factory": True, "reload_dirs": [str(PROJECT / folder) for folder in RELOADED]}
