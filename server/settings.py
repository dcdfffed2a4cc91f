"""What the environment may change about the server."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

__all__ = ["PROJECT", "Settings", "SettingsError"]

PROJECT = Path(__file__).resolve().parent.parent
"""The working copy: the pages, the widget's code and its runtime are served from here."""


class SettingsError(Exception):
    """A setting cannot be used; the message says which, and what it should be."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where to serve, and where to keep what is said.

    ``host`` None means this machine only, under both its names (127.0.0.1 and ::1). ``widget_origin`` None lets the
    demo shop choose the origin of the widget's frame; it may be any address under which the files of a release are.
    ``as_written`` serves the page that PyScript starts from the Python files of the working copy, and not the release.
    """

    data: Path
    host: str | None = None
    port: int = 8000
    widget_origin: str | None = None
    as_written: bool = False
    project: Path = PROJECT

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """The settings that DATA, HOST, PORT and WIDGET_ORIGIN name. Raises SettingsError."""
        return cls(
            data=Path(environment.get("DATA") or "var").absolute(),
            host=environment.get("HOST") or None,
            port=_port(environment.get("PORT") or "8000"),
            widget_origin=(environment.get("WIDGET_ORIGIN") or "").rstrip("/") or None,
            as_written=environment.get("AS_WRITTEN") == "1",
        )

    @property
    def database(self) -> Path:
        """The file that holds every conversation."""
        return self.data / "live-chat.sqlite3"

    @property
    def agent_token(self) -> Path:
        """The file that holds the first agent's personal access token."""
        return self.data / "agent-token"

    @property
    def signing_key(self) -> Path:
        """The file that holds the key which customers' tokens are signed with."""
        return self.data / "signing-key"

    @property
    def runtime(self) -> Path:
        """What the browser runs Python with; ``make build`` puts it together."""
        return self.project / "build" / "runtime"

    @property
    def release(self) -> Path:
        """The compiled widget, as any static host could serve it; ``make build`` writes it."""
        return self.project / "build" / "release"


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise SettingsError(f"PORT must be a number from 0 to 65535, not {text!r}.")
    return int(text)
