"""Filled forms in the log: what was asked, and what was answered. Both sides draw them alike.

They are events of a kind that the wire has no model for, and are read here, field by field: what does not fit is left
out.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from htpy import Element, dd, dl, dt, fragment, p

from widget.rtm.outbox import Outgoing
from widget.wire.base import JsonValue
from widget.wire.events import Event, UnknownEvent

__all__ = ["FilledForm", "answers", "is_filled", "read_filled", "sent_form"]

MOST_ANSWERS = 50


@dataclass(frozen=True, slots=True)
class FilledForm:
    """``type``: when it was filled in, ``prechat``, ``postchat`` or ``ticket``; questions come with their answers."""

    type: str
    answers: tuple[tuple[str, str], ...]


def is_filled(event: Event) -> bool:
    """Whether an event is a filled form."""
    return isinstance(event, UnknownEvent) and event.type == "filled_form"


def read_filled(event: Event) -> FilledForm | None:
    """What was filled in; None for another event."""
    if not isinstance(event, UnknownEvent) or event.type != "filled_form":
        return None
    told = event.model_extra or {}
    kind = told.get("form_type")
    return FilledForm(kind if isinstance(kind, str) else "", tuple(_answers(told.get("fields"))))


def sent_form(outgoing: Outgoing) -> FilledForm | None:
    """What was filled in and is on its way."""
    if outgoing.form is None:
        return None
    return FilledForm(str(outgoing.form.get("form_type")), tuple(_answers(outgoing.form.get("fields"))))


def answers(form: FilledForm) -> Element:
    """The questions with their answers."""
    if not form.answers:
        return p["–"]
    return dl(".form-answers")[
        [fragment[dt(dir="auto")[question], dd(dir="auto")[answer or "–"]] for question, answer in form.answers]
    ]


def _answers(fields: JsonValue) -> Iterator[tuple[str, str]]:
    for field in fields[:MOST_ANSWERS] if isinstance(fields, list) else []:
        if not isinstance(field, dict) or field.get("type") == "header":
            continue
        several = field.get("answers")
        given = several if isinstance(several, list) else [field.get("answer")]
        yield _words(field.get("label")), ", ".join(words for each in given if (words := _words(each)))


def _words(answer: JsonValue) -> str:
    """An answer in words: a text, or the label of what was chosen."""
    said = answer.get("label") if isinstance(answer, dict) else answer
    return str(said) if isinstance(said, str | int | float) else ""
