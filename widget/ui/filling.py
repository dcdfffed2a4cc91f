"""The forms in the window: which one is to be filled in now, what stands in it, and what is wrong with that.

What is filled in is kept in storage until the form is sent; from then on it is in the outbox.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice

from widget.customer_sdk.forms import Answers, Form, FormType, Question, filled
from widget.customer_sdk.session import ChatSession
from widget.rtm.conversation import Conversation, Entry
from widget.rtm.outbox import Draft
from widget.rtm.ports import Storage
from widget.rtm.state import State
from widget.ui.filled import read_filled
from widget.ui.places import Browsing, Spot
from widget.wire.base import Json
from widget.wire.users import Agent, Customer

__all__ = [
    "NOTHING",
    "Asking",
    "Filling",
    "FormAsked",
    "Kept",
    "Thanks",
    "Wrong",
    "field_id",
    "first_field",
    "wrong_answers",
]

LONGEST_FORM = 15_000
"""Bytes of JSON that the answers of a form can be, at most; the platform takes a little more (server/limits.py)."""

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")


class Wrong(StrEnum):
    """What is wrong with an answer."""

    MISSING = "missing"
    NO_EMAIL = "no email"
    TOO_LONG = "too long"


class Thanks(StrEnum):
    """What the visitor is thanked for."""

    MESSAGE = "message"
    ANSWERS = "answers"


@dataclass(frozen=True, slots=True)
class FormAsked:
    """A form in the window. ``begun``: what stood in it when it was drawn; from then on that belongs to the visitor.

    ``wrong`` goes by the ids of the questions; ``held``: what is sent with it.
    """

    form: Form
    begun: tuple[tuple[str, tuple[str, ...]], ...] = ()
    wrong: tuple[tuple[str, Wrong], ...] = ()
    held: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asking:
    """What there is to fill in: ``before`` a thread begins, and ``after`` one has ended.

    ``ended``: the next thread begins with a form, and the last one is still to be read.
    """

    before: FormAsked | None = None
    after: FormAsked | None = None
    ended: bool = False
    thanks: Thanks | None = None


NOTHING = Asking()
"""Nothing is to be filled in."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Where what is filled in is kept: under ``name`` and what is appended to it."""

    storage: Storage
    name: str


@dataclass(slots=True)
class _Sheet:
    """A form with what stands in it."""

    form: Form
    begun: dict[str, tuple[str, ...]]
    wrong: dict[str, Wrong] = field(default_factory=dict)


class Filling:
    """The forms of one visitor's window."""

    def __init__(self, session: ChatSession, kept: Kept, changed: Callable[[], None]) -> None:
        self._session = session
        self._kept = kept
        self._changed = changed
        self._sheets: dict[FormType, _Sheet] = {}
        self._answered: str | None = None

    def asking(self, browsing: Browsing, shown: Conversation, *, visible: bool, writing: bool, draft: str) -> Asking:
        """What there is to fill in now. ``writing``: the visitor is at a message, which they may end first.

        ``draft``: what the site's page has put into the composer; it is sent with the form.
        """
        before, ended = self._before(browsing, shown, visible=visible, writing=writing, draft=draft)
        after = self._after(browsing, visible=visible)
        for type in [t for t in self._sheets if t not in {a.form.type for a in (before, after) if a is not None}]:
            del self._sheets[type]
        return Asking(before, after, ended, self._thanks(browsing))

    def typed(self, type: str, entered: Iterable[tuple[str, str]]) -> None:
        """Something was filled in."""
        sheet = self._sheet_of(type)
        if sheet is None:
            return
        answers = _by_id(sheet.form, entered)
        self._kept.storage.set(self._name(sheet.form.type), json.dumps(answers))
        still = wrong_answers(sheet.form, answers)
        mended = {question: why for question, why in sheet.wrong.items() if question in still}
        if mended != sheet.wrong:
            sheet.wrong = mended
            self._changed()

    def first_wrong(self, type: str, entered: Iterable[tuple[str, str]]) -> str | None:
        """It is to be sent: the id of the field where the first thing is wrong, if there is one."""
        sheet = self._sheet_of(type)
        if sheet is None:
            return None
        sheet.wrong = wrong_answers(sheet.form, _by_id(sheet.form, entered))
        self._changed()
        return next((field_id(sheet.form, q) for q in sheet.form.questions if q.id in sheet.wrong), None)

    def answered(self, type: str, entered: Iterable[tuple[str, str]]) -> Json | None:
        """The form with its answers. What was entered stays kept until ``forget``: when it is kept elsewhere."""
        sheet = self._sheet_of(type)
        return None if sheet is None else filled(sheet.form, _by_id(sheet.form, entered))

    def forget(self, type: str) -> None:
        """What was entered into a form is not wanted any more."""
        sheet = self._sheet_of(type)
        if sheet is not None:
            del self._sheets[sheet.form.type]
            self._kept.storage.remove(self._name(sheet.form.type))

    def answer_after(self, form: Json) -> None:
        """Send what was asked after a thread."""
        self._answered = self._session.conversation.thread_id
        self._session.send(Draft(form=form, attached=True))

    def skip(self) -> None:
        """The visitor does not want to be asked about the last thread."""
        self._kept.storage.remove(self._name("postchat"))
        self._kept.storage.set(f"{self._kept.name}:skipped", self._session.conversation.thread_id or "")
        self._changed()

    # Private

    def _before(
        self, browsing: Browsing, shown: Conversation, *, visible: bool, writing: bool, draft: str
    ) -> tuple[FormAsked | None, bool]:
        session = self._session
        here = browsing.place.spot in {Spot.EVERYTHING, Spot.NEW}
        sent = any(o.form is not None and not o.attached for o in session.outbox.waiting)
        if not here or shown.active or sent or session.state is State.ENDED:
            return None, False
        type = self._type()
        if visible and session.in_step:
            session.forms.want(type)
        form = session.forms.get(type)
        held = tuple(o.text or (o.file.name if o.file is not None else "") for o in session.held)
        if form is None or (writing and not held and type not in self._sheets):
            return None, False
        if browsing.place.spot is Spot.EVERYTHING and shown.entries and not held:
            return None, True
        return self._asked(form, (*held, draft) if draft else held), False

    def _type(self) -> FormType:
        """The form for now; one that the visitor has begun to fill in stays, whoever comes or goes meanwhile."""
        now = self._session.form_before
        begun: FormType = "ticket" if now == "prechat" else "prechat"
        return begun if begun in self._sheets and self._kept.storage.get(self._name(begun)) else now

    def _after(self, browsing: Browsing, *, visible: bool) -> FormAsked | None:
        session = self._session
        chat = session.conversation
        if chat.active or chat.thread_id is None or not browsing.at_newest(chat) or not _was_answered(chat):
            return None
        asked_before = self._kept.storage.get(f"{self._kept.name}:skipped") == chat.thread_id
        if asked_before or _filled(chat, "postchat") or any(o.form is not None for o in session.outbox.waiting):
            return None
        if visible and session.in_step:
            session.forms.want("postchat")
        form = session.forms.get("postchat")
        return None if form is None else self._asked(form, ())

    def _thanks(self, browsing: Browsing) -> Thanks | None:
        chat = self._session.conversation
        if not browsing.at_newest(chat) or chat.thread_id is None:
            return None
        if chat.active:
            return Thanks.MESSAGE if _filled(chat, "ticket") and not _was_answered(chat) else None
        return Thanks.ANSWERS if self._answered == chat.thread_id and _filled(chat, "postchat") else None

    def _asked(self, form: Form, held: tuple[str, ...]) -> FormAsked:
        sheet = self._sheets.get(form.type)
        if sheet is None or sheet.form != form:
            sheet = self._sheets[form.type] = _Sheet(form, self._begun(form))
        return FormAsked(form, tuple(sheet.begun.items()), tuple(sheet.wrong.items()), held)

    def _begun(self, form: Form) -> dict[str, tuple[str, ...]]:
        """What stands in a form that is shown: what was filled in before, else what is known of the visitor."""
        kept = _read(self._kept.storage.get(self._name(form.type)))
        known = _known(self._session.customer)
        return {
            question.id: given
            for question in form.questions
            if (given := kept.get(question.id) or (() if kept else known.get(question.kind, ())))
        }

    def _sheet_of(self, type: str) -> _Sheet | None:
        return next((sheet for each, sheet in self._sheets.items() if each == type), None)

    def _name(self, type: FormType) -> str:
        return f"{self._kept.name}:{type}"


def field_id(form: Form, question: Question) -> str:
    """The id of the field that answers a question, or of the first one."""
    place = f"{form.type}-{form.questions.index(question)}"
    return f"{place}-0" if question.kind in {"radio", "checkbox"} else place


def first_field(form: Form) -> str:
    """The id of the field where filling in begins."""
    asked = [question for question in form.questions if question.kind != "header"]
    return field_id(form, asked[0]) if asked else f"form-{form.type}"


def wrong_answers(form: Form, answers: Answers) -> dict[str, Wrong]:
    """What is wrong, by the ids of the questions."""
    wrong: dict[str, Wrong] = {}
    for question in form.questions:
        given = [text for each in answers.get(question.id, ()) if (text := each.strip())]
        if not given and question.required:
            wrong[question.id] = Wrong.MISSING
        elif given and question.kind == "email" and not _EMAIL.fullmatch(given[0]):
            wrong[question.id] = Wrong.NO_EMAIL
    if not wrong and len(json.dumps(filled(form, answers), ensure_ascii=False).encode()) > LONGEST_FORM:
        longest = max(form.questions, key=lambda question: len("".join(answers.get(question.id, ()))))
        wrong[longest.id] = Wrong.TOO_LONG
    return wrong


def _by_id(form: Form, entered: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """What was entered, by the ids of the questions: the page names each by its place."""
    answers: dict[str, tuple[str, ...]] = {}
    for place, text in entered:
        if text and place.isdecimal() and int(place) < len(form.questions):
            question = form.questions[int(place)].id
            answers[question] = (*answers.get(question, ()), text)
    return answers


def _known(customer: Customer | None) -> dict[str, tuple[str, ...]]:
    """What is known of the visitor, by the kinds of questions."""
    told = {"name": customer and customer.name, "email": customer and customer.email}
    return {kind: (text,) for kind, text in told.items() if text}


def _read(text: str | None) -> dict[str, tuple[str, ...]]:
    try:
        value = json.loads(text or "{}")
    except ValueError:
        return {}
    if not isinstance(value, dict):
        return {}
    return {name: tuple(str(each) for each in given) for name, given in value.items() if isinstance(given, list)}


def _was_answered(chat: Conversation) -> bool:
    """Whether an agent has said something in the last thread."""
    return any(isinstance(chat.users.get(entry.event.author_id or ""), Agent) for entry in _newest(chat, 1000))


def _filled(chat: Conversation, type: FormType) -> bool:
    """Whether a form was one of the last things in the last thread."""
    forms = (read_filled(entry.event) for entry in _newest(chat, 30))
    return any(form is not None and form.type == type for form in forms)


def _newest(chat: Conversation, most: int) -> Iterator[Entry]:
    """The newest entries of the last thread; not all, for there may be very many."""
    return (entry for entry in islice(reversed(chat.entries), most) if entry.thread_id == chat.thread_id)
