"""Filled forms, read: what a visitor has answered, an agent shall see.

In the conversation they are events of an unknown type; for the log they become data with words for agents.
"""

from collections.abc import Iterable, Sequence

from pydantic import Field, ValidationError

from widget.rtm.conversation import Entry
from widget.wire.events import CustomEvent, UnknownEvent
from widget.wire.new_events import FilledFormField

__all__ = ["FilledForm", "legible"]


class FilledForm(CustomEvent):
    """What a visitor has answered in a form."""

    fields: list[FilledFormField] = Field(default_factory=list)


_READ: dict[str, tuple[UnknownEvent, FilledForm]] = {}
"""What was read before, with what it was read from: a row is drawn once, and told by its event."""

MOST_READ = 1000
"""How many are kept."""


def legible(entries: Sequence[Entry]) -> Sequence[Entry]:
    """The same entries, with the forms among them read."""
    if not any(type(entry.event) is UnknownEvent for entry in entries):
        return entries
    return [_entry(entry) for entry in entries]


def _entry(entry: Entry) -> Entry:
    event = entry.event
    if not isinstance(event, UnknownEvent) or event.type != "filled_form":
        return entry
    known = _READ.get(event.id)
    if known is None or known[0] is not event:
        if len(_READ) >= MOST_READ:
            _READ.clear()
        known = _READ[event.id] = (event, _read(event))
    return Entry(entry.thread_id, known[1])


def _read(event: UnknownEvent) -> FilledForm:
    told = event.model_extra or {}
    return FilledForm(
        id=event.id,
        created_at=event.created_at,
        author_id=event.author_id,
        custom_id=event.custom_id,
        visibility=event.visibility,
        content={"agentMessage": event.type},
        fields=[*_fields(told.get("fields"))],
    )


def _fields(listed: object) -> Iterable[FilledFormField]:
    """Those that can be read."""
    for item in listed if isinstance(listed, list) else []:
        try:
            yield FilledFormField.model_validate(item)
        except ValidationError:
            continue
