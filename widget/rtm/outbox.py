"""What the visitor, or the site's page for them, has sent and the server does not have yet.

Kept in storage from the moment it was typed, so that a reload, a lost network or a closed lid loses nothing; sent one
at a time and in order; gone from here only when the server's own copy has been seen. The client-made ``custom_id``
is what tells a copy from a second message.

The page writes here too, before Python has started (``static/early.js``): a JSON list of
``{"custom_id", "text", "created_at"}``.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from pydantic import AwareDatetime, BaseModel, TypeAdapter, ValidationError

from widget.rtm.ports import Storage
from widget.wire.base import Json
from widget.wire.events import Postback
from widget.wire.ids import new_custom_id

__all__ = ["Draft", "Outbox", "Outgoing", "UploadedFile", "read_outbox"]


JUST_BEFORE = timedelta(milliseconds=1)


class UploadedFile(BaseModel, frozen=True):
    """A file that the server has; ``url`` is where."""

    url: str
    name: str


class Draft(BaseModel, frozen=True):
    """What is to be sent: a text, a file, the ``content`` of a custom event, or a filled ``form``.

    ``postback``: the button of a rich message that made it. ``new_thread``: it begins a thread of its own, and the one
    before it ends. ``attached``: it goes into the last thread, and begins none. ``by_page``: the site's page says it,
    for the visitor. ``pressed``: nothing is said, only told that the button was pressed; ``text`` is what stands on it.
    """

    text: str = ""
    file: UploadedFile | None = None
    content: Json | None = None
    form: Json | None = None
    postback: Postback | None = None
    new_thread: bool = False
    attached: bool = False
    by_page: bool = False
    pressed: bool = False


class Outgoing(Draft, frozen=True):
    """Something on its way. ``error`` is the code of the refusal that stopped it; None while it may still arrive."""

    custom_id: str
    created_at: AwareDatetime
    error: str | None = None


_STORED: TypeAdapter[list[Outgoing]] = TypeAdapter(list[Outgoing])


@dataclass(slots=True)
class Outbox:
    """The texts of one page, oldest first, each mirrored in storage under ``name``."""

    storage: Storage
    name: str
    waiting: tuple[Outgoing, ...] = ()

    def load(self) -> None:
        """Take in what storage has: an earlier page's, or what was sent before Python was ready."""
        self.adopt(read_outbox(self.storage.get(self.name)))

    def adopt(self, outgoing: Iterable[Outgoing]) -> None:
        """Take over texts of another page. What is already here stays as it is."""
        known = {o.custom_id for o in self.waiting}
        merged = (*self.waiting, *(o for o in outgoing if o.custom_id not in known))
        self._keep(tuple(sorted(merged, key=lambda o: o.created_at)))

    def add(self, draft: Draft | str, now: datetime | None = None, *, custom_id: str | None = None) -> Outgoing:
        """Keep something to send. What is here under the same ``custom_id`` is not added twice."""
        known = next((o for o in self.waiting if o.custom_id == custom_id), None)
        if known is not None:
            return known
        fields = dict(Draft(text=draft) if isinstance(draft, str) else draft)
        outgoing = Outgoing(**fields, custom_id=custom_id or new_custom_id(), created_at=now or datetime.now(UTC))
        self._keep((*self.waiting, outgoing))
        return outgoing

    def lead(self, draft: Draft, now: datetime | None = None) -> Outgoing:
        """Keep something to send before all else; what waits goes into the thread that it begins."""
        first = min((o.created_at for o in self.waiting), default=now or datetime.now(UTC))
        leading = Outgoing(**dict(draft), custom_id=new_custom_id(), created_at=first - JUST_BEFORE)
        self._keep((leading, *(o.model_copy(update={"new_thread": False}) for o in self.waiting)))
        return leading

    def next(self, may_go: Callable[[Outgoing], bool] = lambda _: True) -> Outgoing | None:
        """The text to send now. A refused one holds up those behind it no longer than until it is refused."""
        return next((o for o in self.waiting if o.error is None and may_go(o)), None)

    def arrived(self, custom_ids: Iterable[str]) -> None:
        """The server has these."""
        arrived = frozenset(custom_ids)
        if any(o.custom_id in arrived for o in self.waiting):
            self._keep(tuple(o for o in self.waiting if o.custom_id not in arrived))

    def refused(self, custom_id: str, code: str) -> None:
        """The server will not take this one as it is; it waits for the visitor."""
        self._keep(tuple(_with_error(o, code) if o.custom_id == custom_id else o for o in self.waiting))

    def retry(self, custom_id: str) -> None:
        """The visitor wants it tried again."""
        self._keep(tuple(_with_error(o, None) if o.custom_id == custom_id else o for o in self.waiting))

    def discard(self, custom_id: str) -> None:
        """The visitor gives it up."""
        self._keep(tuple(o for o in self.waiting if o.custom_id != custom_id))

    def _keep(self, waiting: tuple[Outgoing, ...]) -> None:
        self.waiting = waiting
        if waiting:
            self.storage.set(self.name, _STORED.dump_json(list(waiting), exclude_defaults=True).decode())
        else:
            self.storage.remove(self.name)


def read_outbox(text: str | None) -> list[Outgoing]:
    """The texts of a stored outbox; an entry that cannot be read is left out, the others are not."""
    try:
        values = json.loads(text or "[]")
    except ValueError:
        return []
    return [o for value in values if (o := _read(value))] if isinstance(values, list) else []


def _with_error(outgoing: Outgoing, code: str | None) -> Outgoing:
    """The same text with another fate."""
    return outgoing.model_copy(update={"error": code})


def _read(value: object) -> Outgoing | None:
    try:
        return Outgoing.model_validate(value)
    except ValidationError:
        return None
