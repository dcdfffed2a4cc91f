"""The server of tests/server, for clients that talk to a real one."""

from tests.server.conftest import only_server, prepared, server, settings

__all__ = ["only_server", "prepared", "server", "settings"]
