"""The embedded server for this SDK's tests, and clients of it."""

from tests.server.conftest import only_server, prepared, server, settings

__all__ = ["only_server", "prepared", "server", "settings"]
