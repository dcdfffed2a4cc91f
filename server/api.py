"""What the two APIs have in common: an action has a name, the shape of its request, and a function that does it."""

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, Literal, TypeVar

from pydantic import ValidationError
from sqlalchemy.exc import OperationalError

from server.transaction import Peer, Requester, Transaction
from server.versions import VERSIONS
from widget.wire.base import Json, Wire
from widget.wire.errors import Refused
from widget.wire.frames import Payload

__all__ = ["Action", "Answer", "Api", "Errand", "Nothing", "SignedIn", "read_payload", "refusal"]

log = logging.getLogger(__name__)

M = TypeVar("M", bound=Wire)


class Nothing(Wire):
    """A request without parameters."""


Answer = Wire | Sequence[Wire] | Json | None
"""The payload of an answer; None stands for ``{}``."""


@dataclass(frozen=True, slots=True)
class Action(Generic[M]):
    """Something that can be asked for.

    What is ``public`` needs no token. With GET, ``public`` things may be asked for and those ``over_get``.
    """

    request: type[M]
    handle: Callable[[Transaction, Requester, M], Answer]
    over_http: bool = True
    over_socket: bool = True
    public: bool = False
    over_get: bool = False

    def __call__(self, tx: Transaction, requester: Requester, payload: Json) -> Payload:
        """Do it. Raises Refused."""
        return _payload(self.handle(tx, requester, read_payload(self.request, payload)))


@dataclass(frozen=True, slots=True)
class Errand(Generic[M]):
    """Something that can be asked for and that is fetched from elsewhere; nothing is stored."""

    request: type[M]
    run: Callable[[M], Awaitable[Wire]]

    async def __call__(self, payload: Json) -> Payload:
        """Fetch it. Raises Refused."""
        return _payload(await self.run(read_payload(self.request, payload)))


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody has signed in over a connection: what is answered, and until when it is good."""

    requester: Requester
    payload: Payload
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Api:
    """One of the APIs of the platform.

    ``login`` and ``authorize`` say who somebody is, on a socket and over HTTP; ``depart`` is what happens when a
    socket that was signed in closes. ``disconnected`` names the push that says why the server closes one. An API
    without ``login`` has no sockets. ``speaker`` is who asks when a request, up to API 3.5, names a bot as its author.
    """

    name: Literal["customer", "agent", "configuration"]
    actions: Mapping[str, Action[Any] | Errand[Any]]
    authorize: Callable[[Transaction, str], Requester]
    login: Callable[[Transaction, Peer, Json], SignedIn] | None = None
    depart: Callable[[Transaction, Requester], None] | None = None
    speaker: Callable[[Transaction, Requester, str], Requester] | None = None
    versions: Sequence[str] = VERSIONS

    @property
    def disconnected(self) -> str:
        """The push before the server closes a connection."""
        return f"{self.name}_disconnected"

    def asks(self, tx: Transaction, requester: Requester, author_id: str | None, version: str) -> Requester:
        """Who asks: whoever has signed in, or the bot that he speaks for. Raises Refused(authorization)."""
        if author_id is None or self.speaker is None or version >= "3.6":
            return requester
        return self.speaker(tx, requester, author_id)

    def action(self, name: str) -> Action[Any] | Errand[Any]:
        """The action of this name. Raises Refused(validation)."""
        if name not in self.actions:
            raise Refused("validation", f"There is no action {name[:50]!r}.")
        return self.actions[name]


def refusal(error: Exception, action: str) -> Refused:
    """What a requester is told of a failure. What is not the requester's fault goes to the log."""
    if isinstance(error, Refused):
        return error
    if isinstance(error, TimeoutError):
        return Refused("request_timeout")
    if isinstance(error, OperationalError):
        log.error("the database refused %s: %s", action[:50], error.orig)
        return Refused("service_unavailable", "The conversation cannot be stored now.")
    log.error("%s failed", action[:50], exc_info=error)
    return Refused("internal")


def read_payload(shape: type[M], payload: Json) -> M:
    """The request of a payload. Raises Refused(validation) that says what is wrong with which field."""
    try:
        return shape.read(payload)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        field = ".".join(str(step) for step in first["loc"])
        raise Refused("validation", f"`{field}`: {first['msg']}") from error


def _payload(answer: Answer) -> Payload:
    if answer is None:
        return {}
    if isinstance(answer, dict):
        return answer
    return answer.as_json() if isinstance(answer, Wire) else [item.as_json() for item in answer]
