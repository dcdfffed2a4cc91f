"""A form while it is being written: its questions in their order, what is wrong with them, and what becomes of it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from agent_console.directory import Group
from widget.customer_sdk.forms import Form, read_form
from widget.ui.locale import later
from widget.wire.base import Json
from widget.wire.configuration import FormType, UpdateForm
from widget.wire.new_events import FieldType, FormField

__all__ = [
    "KINDS",
    "LONGEST_CHOICE",
    "LONGEST_LABEL",
    "MOST_CHOICES",
    "MOST_QUESTIONS",
    "WITH_CHOICES",
    "Draft",
    "FormAsk",
    "Wrong",
    "beginning",
    "blank",
    "draft_of",
    "previewed",
    "update",
    "wrong_in",
]

LONGEST_LABEL = 1000
LONGEST_CHOICE = 200
MOST_CHOICES = 50
MOST_QUESTIONS = 50
"""What the server takes (``server/forms.py``): characters of a question and of a choice, choices, and questions."""

KINDS: Final[tuple[FieldType, ...]] = (
    "name", "email", "subject", "question", "textarea", "radio", "checkbox", "select", "group_chooser", "header"
)  # fmt: skip
"""The kinds of questions. The platform's ``rating`` is none of them: the window asks for that by itself."""

WITH_CHOICES: Final = ("radio", "checkbox", "select")
"""Those whose choices are written."""

_FIRST: Final[dict[FormType, tuple[tuple[FieldType, str, bool], ...]]] = {
    "prechat": (("name", later("Your name"), True), ("email", later("Your e-mail address"), False)),
    "ticket": (
        ("name", later("Your name"), True),
        ("email", later("Your e-mail address"), True),
        ("textarea", later("Your message"), True),
    ),
    "postchat": (("textarea", later("What could we have done better?"), False),),
}
"""What a form begins with that was never written."""

_USUAL: Final[dict[str, str]] = {
    "name": later("Your name"),
    "email": later("Your e-mail address"),
    "group_chooser": later("Whom do you want to talk to?"),
}


class Wrong(StrEnum):
    """What is wrong with a form that is being written."""

    NO_LABEL = "no label"
    TOO_FEW = "too few choices"
    TOO_MANY = "too many choices"
    TOO_LONG = "a choice is too long"
    TWICE = "a choice is there twice"
    EMPTY = "no question"


@dataclass(frozen=True, slots=True)
class Draft:
    """A question being written. ``key`` is its own in the dialog, ``id`` in the form; ``choices``: one in a line.

    ``groups``: those to choose from, where a group is chosen.
    """

    key: str
    kind: FieldType
    id: str
    label: str = ""
    required: bool = False
    choices: str = ""
    groups: frozenset[int] = frozenset()

    @property
    def lines(self) -> list[str]:
        """The choices."""
        return [line.strip() for line in self.choices.splitlines() if line.strip()]


@dataclass(frozen=True, slots=True)
class FormAsk:
    """A form that is being written; ``moved`` is told to those who do not see where a question has gone."""

    type: FormType
    group_id: int
    groups: tuple[Group, ...]
    questions: tuple[Draft, ...]
    enabled: bool
    wrong: tuple[str, Wrong] | None = None
    moved: str = ""


def beginning(type: FormType) -> list[tuple[FieldType, str, bool]]:
    """What a form begins with that was never written: the kinds, the questions, and whether they must be answered."""
    return list(_FIRST[type])


def blank(kind: FieldType, questions: tuple[Draft, ...], groups: tuple[Group, ...]) -> Draft:
    """A new question, with what it is usually called, in the words that ``later`` marks."""
    taken = [int(each.id) for each in questions if each.id.isdecimal()]
    keys = [int(each.key) for each in questions]
    return Draft(
        key=str(max(keys, default=-1) + 1),
        kind=kind,
        id=str(max(taken, default=-1) + 1),
        label=_USUAL.get(kind, ""),
        groups=frozenset(group.id for group in groups) if kind == "group_chooser" else frozenset(),
    )


def draft_of(field: FormField, key: int) -> Draft:
    """A question that was written before."""
    options = field.options or []
    return Draft(
        key=str(key),
        kind=field.type,
        id=field.id,
        label=field.label,
        required=field.required is True,
        choices="\n".join(str(option.get("label", "")) for option in options),
        groups=frozenset(group for option in options if isinstance(group := option.get("group_id"), int)),
    )


def wrong_in(ask: FormAsk) -> tuple[str, Wrong] | None:
    """The first thing that is wrong, with the key of its question; without a key where there is none."""
    if ask.enabled and not ask.questions:
        return "", Wrong.EMPTY
    return next(((each.key, why) for each in ask.questions for why in _wrong(each)), None)


def _wrong(draft: Draft) -> Iterator[Wrong]:
    if not draft.label:
        yield Wrong.NO_LABEL
    if draft.kind == "group_chooser" and not draft.groups:
        yield Wrong.TOO_FEW
    if draft.kind not in WITH_CHOICES:
        return
    lines = draft.lines
    if len(lines) < (1 if draft.kind == "checkbox" else 2):
        yield Wrong.TOO_FEW
    if len(lines) > MOST_CHOICES:
        yield Wrong.TOO_MANY
    if any(len(line) > LONGEST_CHOICE for line in lines):
        yield Wrong.TOO_LONG
    if len(set(lines)) < len(lines):
        yield Wrong.TWICE


def update(ask: FormAsk) -> UpdateForm:
    """The form as the server takes it."""
    fields = [_field(each, ask.groups) for each in ask.questions]
    return UpdateForm(group_id=ask.group_id, type=ask.type, enabled=ask.enabled, fields=fields)


def previewed(ask: FormAsk) -> Form | None:
    """The form as visitors will see it; None when there is nothing to see yet."""
    fields = [_field(replace(each, label=each.label or "…"), ask.groups).as_json() for each in ask.questions]
    return read_form(ask.type, {"enabled": True, "form": {"id": "preview", "fields": [*fields]}})


def _field(draft: Draft, groups: tuple[Group, ...]) -> FormField:
    options: list[Json] = []
    if draft.kind == "group_chooser":
        chosen = [group for group in groups if group.id in draft.groups]
        options = [{"id": str(group.id), "label": group.name, "group_id": group.id} for group in chosen]
    elif draft.kind in WITH_CHOICES:
        options = [{"id": str(place), "label": line} for place, line in enumerate(draft.lines)]
    return FormField(
        type=draft.kind,
        id=draft.id,
        label=draft.label,
        required=True if draft.required and draft.kind != "header" else None,
        options=options or None,
    )
