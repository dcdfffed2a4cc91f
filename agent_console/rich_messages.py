"""Rich messages and filled forms, read: what the widget itself does not know as an event, an agent shall see.

In the conversation they are events of an unknown type; for the log they become data with words for agents.
"""

from collections.abc import Iterable, Sequence

from pydantic import Field, ValidationError

from widget.rtm.conversation import Entry
from widget.wire.events import CustomEvent, UnknownEvent
from widget.wire.new_events import FilledFormField, RichElement

__all__ = ["FilledForm", "RichMessage", "legible"]


class RichMessage(CustomEvent):
    """Cards, quick replies, a sticker, or goods: ``template_id`` tells which."""

    template_id: str = ""
    elements: list[RichElement] = Field(default_factory=list)


class FilledForm(CustomEvent):
    """What a visitor has answered in a form."""

    fields: list[FilledFormField] = Field(default_factory=list)


_READ: dict[str, tuple[UnknownEvent, CustomEvent]] = {}
"""What was read before, with what it was read from: a row is drawn once, and told by its event."""

MOST_READ = 1000
"""How many are kept."""


def legible(entries: Sequence[Entry]) -> Sequence[Entry]:
    """The same entries, with those of them read that agents shall see."""
    if not any(type(entry.event) is UnknownEvent for entry in entries):
        return entries
    return [_entry(entry) for entry in entries]


def _entry(entry: Entry) -> Entry:
    event = entry.event
    if not isinstance(event, UnknownEvent) or event.type not in ("rich_message", "filled_form"):
        return entry
    known = _READ.get(event.id)
    if known is None or known[0] is not event:
        if len(_READ) >= MOST_READ:
            _READ.clear()
        known = _READ[event.id] = (event, _read(event))
    return Entry(entry.thread_id, known[1])


def _read(event: UnknownEvent) -> CustomEvent:
    told = event.__pydantic_extra__ or {}
    common = {
        "id": event.id,
        "created_at": event.created_at,
        "author_id": event.author_id,
        "custom_id": event.custom_id,
        "visibility": event.visibility,
        "content": {"agentMessage": event.type},
    }
    if event.type == "filled_form":
        return FilledForm.model_validate({**common, "fields": [*_each(FilledFormField, told.get("fields"))]})
    elements = [*_each(RichElement, told.get("elements"))]
    return RichMessage.model_validate({**common, "template_id": str(told.get("template_id")), "elements": elements})


def _each(model: type[RichElement] | type[FilledFormField], listed: object) -> Iterable[RichElement | FilledFormField]:
    """Those that can be read."""
    for item in listed if isinstance(listed, list) else []:
        try:
            yield model.model_validate(item)
        except ValidationError:
            continue
