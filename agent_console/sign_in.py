"""Who the agent is: an account and its personal access token.

On the machine that runs the server ``GET /agent/session`` gives both; elsewhere the agent enters them. They are kept
as long as the tab lives, and no longer.
"""

from base64 import b64encode
from typing import Protocol

from pydantic import BaseModel, ValidationError

from widget.rtm.ports import Storage

__all__ = ["Credentials", "HttpGet", "SignIn", "check"]

_NAME = "live-chat-agent:credentials"
_SIGNED_OUT = "signed out"


class Credentials(BaseModel, frozen=True):
    """An account, by id or e-mail address, and a personal access token of it."""

    account_id: str
    token: str

    @property
    def header(self) -> str:
        """The value for ``login`` and for ``Authorization``."""
        return "Basic " + b64encode(f"{self.account_id}:{self.token}".encode()).decode()


class HttpGet(Protocol):
    """Reads an address."""

    async def __call__(self, url: str) -> str | None:
        """The text there; None when it is refused. Raises OSError when no answer came."""


class SignIn:
    """Finds credentials, and keeps those that are good. ``storage`` lives as long as the tab."""

    def __init__(self, storage: Storage, get: HttpGet) -> None:
        self._storage = storage
        self._get = get

    async def find(self) -> Credentials | None:
        """Credentials that need nobody to enter them, or None. Raises OSError when the server cannot be asked."""
        kept = self._storage.get(_NAME)
        if kept is not None:
            return _read(kept)
        return _read(await self._get("/agent/session") or "")

    def keep(self, credentials: Credentials) -> None:
        """These were good."""
        self._storage.set(_NAME, credentials.model_dump_json())

    def forget(self, *, for_good: bool) -> None:
        """These were not, or the agent signs out: ``for_good``, until they enter others."""
        if for_good:
            self._storage.set(_NAME, _SIGNED_OUT)
        else:
            self._storage.remove(_NAME)


def check(account: str, token: str) -> str | None:
    """Which of the two is not filled in as it must be: ``account``, ``token``, or None."""
    name, at, host = account.strip().partition("@")
    if not (name and at and host) or " " in account.strip():
        return "account"
    return None if token.strip() else "token"


def _read(text: str) -> Credentials | None:
    try:
        return Credentials.model_validate_json(text)
    except ValidationError:
        return None
