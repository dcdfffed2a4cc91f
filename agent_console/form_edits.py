"""Writing the forms of a group: a dialog with the questions beside what visitors will see; and showing one or not."""

from dataclasses import replace
from typing import get_args

from agent_console.asking import Asking
from agent_console.directory import Directory, Group
from agent_console.form_drafts import (
    KINDS,
    MOST_QUESTIONS,
    Draft,
    FormAsk,
    Wrong,
    beginning,
    blank,
    draft_of,
    update,
    wrong_in,
)
from agent_console.forms import Forms
from agent_console.page import Page
from widget.ui.locale import Locale
from widget.wire.configuration import FormType, UpdateForm

__all__ = ["FormEdits"]


class FormEdits:
    """The dialogs of whoever has signed in."""

    def __init__(self, page: Page, asking: Asking, locale: Locale) -> None:
        self._page = page
        self._asking = asking
        self._locale = locale
        self._forms: Forms | None = None
        self._directory: Directory | None = None

    def begin(self, forms: Forms, directory: Directory) -> None:
        """Somebody signs in."""
        self._forms, self._directory = forms, directory

    def change(self, target: str) -> None:
        """Write a form of the group, or change what was written."""
        forms = self._forms
        if forms is None or target not in get_args(FormType):
            return
        type: FormType = next(each for each in get_args(FormType) if each == target)
        written = forms.form(type)
        questions = (
            tuple(draft_of(field, key) for key, field in enumerate(written.fields))
            if written is not None and written.fields
            else self._beginning(type)
        )
        enabled = written.enabled if written is not None else True
        self._asking.ask(FormAsk(type, forms.group_id, self._groups(), questions, enabled), f"edit-form-{type}")

    def show(self, type: str) -> None:
        """Show a form to visitors that was not shown, or the other way round."""
        form = self._forms.form(type) if self._forms is not None else None
        if self._forms is not None and form is not None:
            turned = UpdateForm(group_id=form.group_id, type=form.type, enabled=not form.enabled, fields=form.fields)
            self._forms.save(turned)

    # In the dialog

    def typed(self) -> None:
        """Something was entered: show what becomes of it."""
        question = self._asking.question
        if isinstance(question, FormAsk):
            self._asking.become(self._entered(question))

    # Each tells where the focus goes, when what has become of it is painted.

    def add(self) -> str:
        """Ask something more."""
        ask = self._now()
        kind = next((each for each in KINDS if each == self._page.entered("new-question")), None)
        if ask is None or kind is None or len(ask.questions) >= MOST_QUESTIONS:
            return ""
        new = blank(kind, ask.questions, ask.groups)
        new = replace(new, label=self._locale.text(new.label) if new.label else "")
        self._asking.become(replace(ask, questions=(*ask.questions, new), moved=""))
        return f"question-{new.key}-label"

    def remove(self, key: str) -> str:
        """Ask something no longer. The focus goes to its neighbour."""
        ask = self._now()
        place = _place(ask, key)
        if ask is None or place is None:
            return ""
        left = tuple(each for each in ask.questions if each.key != key)
        beside = left[min(place, len(left) - 1)] if left else None
        self._asking.become(replace(ask, questions=left, moved=""))
        return f"question-{beside.key}-remove" if beside is not None else "new-question"

    def move(self, key: str, by: int) -> str:
        """Ask something sooner, or later."""
        ask = self._now()
        place = _place(ask, key)
        if ask is None or place is None or not 0 <= place + by < len(ask.questions):
            return ""
        order = [*ask.questions]
        order.insert(place + by, order.pop(place))
        t = self._locale.text
        moved = t("Now number {place} of {count}", place=place + by + 1, count=len(order))
        at_edge = place + by == (0 if by < 0 else len(order) - 1)
        way = ("down" if by < 0 else "up") if at_edge else ("up" if by < 0 else "down")
        self._asking.become(replace(ask, questions=tuple(order), moved=moved))
        return f"question-{key}-{way}"

    def answer(self) -> str:
        """It is to be saved."""
        ask, forms = self._now(), self._forms
        if ask is None or forms is None:
            return ""
        wrong = wrong_in(ask)
        if wrong is not None:
            self._asking.become(replace(ask, wrong=wrong))
            return _field_of(ask, *wrong)
        forms.save(update(ask))
        self._asking.close()
        return ""

    # Private

    def _now(self) -> FormAsk | None:
        """The form with what stands in the fields."""
        question = self._asking.question
        return self._entered(question) if isinstance(question, FormAsk) else None

    def _entered(self, ask: FormAsk) -> FormAsk:
        questions = tuple(self._question(each, ask.groups) for each in ask.questions)
        return replace(ask, questions=questions, enabled=self._page.checked("form-shown"), wrong=None)

    def _question(self, draft: Draft, groups: tuple[Group, ...]) -> Draft:
        page, name = self._page, f"question-{draft.key}"
        chosen = frozenset(group.id for group in groups if page.checked(f"{name}-group-{group.id}"))
        return replace(
            draft,
            label=page.entered(f"{name}-label").strip(),
            required=page.checked(f"{name}-required"),
            choices=page.entered(f"{name}-choices"),
            groups=chosen if draft.kind == "group_chooser" else draft.groups,
        )

    def _beginning(self, type: FormType) -> tuple[Draft, ...]:
        questions: tuple[Draft, ...] = ()
        for kind, label, required in beginning(type):
            new = blank(kind, questions, ())
            questions = (*questions, replace(new, label=self._locale.text(label), required=required))
        return questions

    def _groups(self) -> tuple[Group, ...]:
        return self._directory.groups if self._directory is not None else ()


def _place(ask: FormAsk | None, key: str) -> int | None:
    return next((n for n, each in enumerate(ask.questions) if each.key == key), None) if ask is not None else None


def _field_of(ask: FormAsk, key: str, why: Wrong) -> str:
    """Where something is wrong."""
    if not key:
        return "new-question"
    draft = next(each for each in ask.questions if each.key == key)
    if why is Wrong.NO_LABEL:
        return f"question-{key}-label"
    if draft.kind == "group_chooser":
        return f"question-{key}-group-{ask.groups[0].id}" if ask.groups else f"question-{key}-label"
    return f"question-{key}-choices"
