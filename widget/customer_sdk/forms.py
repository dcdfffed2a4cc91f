"""The forms of the visitor's group: before a chat, after it, and when nobody is there (spec: customer-web, section 2).

The platform tells a form only when it is asked. Our own server says at the login which there are, so that nobody asks
for what is not there.
"""

from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from widget.rtm.background import begin
from widget.wire.base import Json, JsonValue
from widget.wire.errors import ChatError, ConnectionLost, Destroyed, NotConnected
from widget.wire.frames import Payload

__all__ = [
    "Answers",
    "Choice",
    "Form",
    "FormType",
    "Forms",
    "Question",
    "filled",
    "group_chosen",
    "offered_forms",
    "profile",
    "read_form",
]

FormType = Literal["prechat", "postchat", "ticket"]

Answers = Mapping[str, tuple[str, ...]]
"""What was filled in, by the ids of the questions: texts, or the ids of what was chosen."""

MOST_QUESTIONS = 50

_TEXTS = {"name", "email", "subject", "question", "textarea"}
_CHOICES = {"radio", "select", "checkbox", "group_chooser"}
_KNOWN = {"header", *_TEXTS, *_CHOICES}
"""The kinds of questions. A ``rating`` is none of them: the window asks for that by itself (``widget.ui.rating``)."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose; ``group_id``: where a group is chosen."""

    id: str
    label: str
    group_id: int | None = None

    def as_json(self) -> Json:
        """As an answer names it."""
        group: Json = {} if self.group_id is None else {"group_id": self.group_id}
        return {"id": self.id, "label": self.label, **group}


@dataclass(frozen=True, slots=True)
class Question:
    """A question of a form, or with the kind ``header`` a text between them."""

    kind: str
    id: str
    label: str
    required: bool = False
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """A form that is to be filled in."""

    type: FormType
    id: str
    questions: tuple[Question, ...]


class Forms:
    """The forms, as far as they were asked for. ``ask`` asks the platform for an action, and raises ChatError."""

    def __init__(self, ask: Callable[[str, Json], Awaitable[Payload]], changed: Callable[[], None]) -> None:
        self._ask = ask
        self._changed = changed
        self._group_id = 0
        self._offered: frozenset[str] | None = None
        self._asked: set[FormType] = set()
        self._told: dict[FormType, Form | None] = {}

    def begin(self, group_id: int, offered: Iterable[str] | None) -> None:
        """Signed in anew: the forms may be others. ``offered``: the types that there are, where the server told."""
        self._group_id = group_id
        self._offered = None if offered is None else frozenset(offered)
        self._asked.clear()

    def want(self, type: FormType) -> None:
        """Ask for a form, unless that was done, or it is known not to be there."""
        if self._offered is not None and type not in self._offered:
            self._told[type] = None
        elif type not in self._asked:
            self._asked.add(type)
            begin(self._fetch(type))

    def known(self, type: FormType) -> bool:
        """Whether it is known what there is to fill in."""
        return type in self._told

    def get(self, type: FormType) -> Form | None:
        """The form, if there is one and it is known."""
        return self._told.get(type)

    async def _fetch(self, type: FormType) -> None:
        try:
            told = read_form(type, await self._ask("get_form", {"group_id": self._group_id, "type": type}))
        except (ConnectionLost, NotConnected, Destroyed):
            return  # the next login asks again
        except ChatError:
            told = None  # no visitor is kept waiting for a form that cannot be had
        if told is None or told != self._told.get(type):
            self._told[type] = told
        self._changed()


# From the wire, and to it


def offered_forms(config: Json) -> list[str] | None:
    """The types of forms that a login tells; None where it tells none of that."""
    told = config.get("forms")
    return [each for each in told if isinstance(each, str)] if isinstance(told, list) else None


def read_form(type: FormType, payload: Payload) -> Form | None:
    """The form that ``get_form`` answers; None where there is none, or nothing in it that can be asked."""
    told = payload.get("form") if isinstance(payload, dict) and payload.get("enabled") else None
    if not isinstance(told, dict):
        return None
    fields = told.get("fields")
    read = {each.id: each for each in _questions(fields[:MOST_QUESTIONS] if isinstance(fields, list) else [])}
    return Form(type, _text(told, "id"), tuple(read.values())) if read else None


def filled(form: Form, answers: Answers) -> Json:
    """A form with its answers, as an event says it; what was not answered is left out."""
    fields: list[JsonValue] = [
        {"type": question.kind, "id": question.id, "label": question.label, **answer}
        for question in form.questions
        if (answer := _answer(question, answers.get(question.id, ())))
    ]
    return {"form_id": form.id, "form_type": form.type, "fields": fields}


def profile(form: Json) -> Json:
    """What a filled form says of who filled it in: their name and address."""
    return {kind: answer for kind, answer in _answered(form, ("name", "email")) if isinstance(answer, str)}


def group_chosen(form: Json) -> int | None:
    """The group that was chosen in a filled form."""
    for _, answer in _answered(form, ("group_chooser",)):
        group_id = answer.get("group_id") if isinstance(answer, dict) else None
        if isinstance(group_id, int):
            return group_id
    return None


def _answered(form: Json, kinds: tuple[str, ...]) -> Iterator[tuple[str, JsonValue]]:
    fields = form.get("fields")
    for field in fields if isinstance(fields, list) else []:
        if isinstance(field, dict) and (kind := _text(field, "type")) in kinds:
            yield kind, field.get("answer")


def _answer(question: Question, given: tuple[str, ...]) -> Json:
    chosen: list[JsonValue] = [choice.as_json() for choice in question.choices if choice.id in given]
    text = given[0].strip() if given else ""
    if question.kind in _TEXTS:
        return {"answer": text} if text else {}
    if question.kind == "checkbox":
        return {"answers": chosen} if chosen else {}
    return {"answer": chosen[0]} if chosen else {}


def _questions(fields: list[JsonValue]) -> Iterator[Question]:
    """Those that can be read, and answered; without an id, one has its place."""
    for place, field in enumerate(fields):
        kind = _text(field, "type") if isinstance(field, dict) else ""
        if not isinstance(field, dict) or kind not in _KNOWN:
            continue
        choices = tuple(_choices(field.get("options")))
        if choices or kind not in _CHOICES:
            yield Question(
                kind, _text(field, "id") or str(place), _text(field, "label"), field.get("required") is True, choices
            )


def _choices(options: JsonValue) -> Iterator[Choice]:
    for place, option in enumerate(options if isinstance(options, list) else []):
        if isinstance(option, dict) and (label := _text(option, "label")):
            group_id = option.get("group_id")
            yield Choice(_text(option, "id") or str(place), label, group_id if isinstance(group_id, int) else None)


def _text(value: Json, name: str) -> str:
    """A text of a value; ids may be numbers."""
    text = value.get(name)
    return str(text) if isinstance(text, str | int) else ""
