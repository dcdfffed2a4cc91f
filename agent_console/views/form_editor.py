"""The dialog in which a form is written: its questions, and beside them what visitors will see."""

from htpy import (
    Element,
    Node,
    VoidElement,
    button,
    div,
    fieldset,
    form,
    input,
    label,
    legend,
    li,
    ol,
    option,
    p,
    span,
    textarea,
)
from htpy import select as select_

from agent_console.form_drafts import (
    KINDS,
    LONGEST_CHOICE,
    LONGEST_LABEL,
    MOST_CHOICES,
    MOST_QUESTIONS,
    WITH_CHOICES,
    Draft,
    FormAsk,
    Wrong,
    previewed,
)
from agent_console.views import icons
from agent_console.views.dialogs import foot, head
from agent_console.views.settings_forms import form_names
from widget.ui.form import heading, questions
from widget.ui.icons import close
from widget.ui.locale import Locale

__all__ = ["form_editor"]


def form_editor(state: FormAsk, locale: Locale) -> Element:
    """The whole dialog."""
    t = locale.text
    return form(".asking.form-editor", id="form-form", novalidate=True)[
        head(t("Form: {what}", what=form_names(locale)[state.type]), locale),
        div(".form-parts")[
            div(".form-questions")[
                label(".check")[
                    input(id="form-shown", type="checkbox", checked=state.enabled, autofocus=True, data_own=True),
                    span[t("Show it to visitors")],
                ],
                ol(aria_label=t("Questions"))[
                    [_question(each, place, state, locale) for place, each in enumerate(state.questions)]
                ],
                _add(state, locale),
            ],
            _preview(state, locale),
        ],
        p(".visually-hidden", role="status")[state.moved],
        foot(t("Save"), ".button.primary", locale),
    ]


def _question(draft: Draft, place: int, state: FormAsk, locale: Locale) -> Element:
    t, name = locale.text, f"question-{draft.key}"
    wrong = state.wrong[1] if state.wrong is not None and state.wrong[0] == draft.key else None
    header = draft.kind == "header"
    return li(id=name)[
        div(".question-head")[
            span(".pill")[_kinds(locale)[draft.kind]],
            _step(draft, "up", place == 0, t("Move up: {what}", what=_called(draft, place, locale)), icons.up()),
            _step(
                draft,
                "down",
                place == len(state.questions) - 1,
                t("Move down: {what}", what=_called(draft, place, locale)),
                icons.down(),
            ),
            button(
                ".round",
                id=f"{name}-remove",
                type="button",
                data_action="remove-question",
                data_id=draft.key,
                aria_label=t("Remove: {what}", what=_called(draft, place, locale)),
                title=t("Remove"),
            )[close()],
        ],
        div(".field")[
            label(for_=f"{name}-label")[t("Text") if header else t("Question")],
            _label(draft, name, locale),
        ],
        draft.kind in WITH_CHOICES and _choices(draft, name, locale),
        draft.kind == "group_chooser" and _groups(draft, name, state, locale),
        not header
        and label(".check")[
            input(id=f"{name}-required", type="checkbox", checked=draft.required, data_own=True),
            span[t("Must be answered")],
        ],
        p(".field-wrong", id=f"{name}-wrong", role="alert")[_why(wrong, draft, locale)],
    ]


def _called(draft: Draft, place: int, locale: Locale) -> str:
    return draft.label or locale.text("question {number}", number=place + 1)


def _step(draft: Draft, way: str, at_edge: bool, name: str, icon: Element) -> Element:
    return button(
        ".round",
        id=f"question-{draft.key}-{way}",
        type="button",
        data_action=f"question-{way}",
        data_id=draft.key,
        aria_label=name,
        title=name,
        aria_disabled="true" if at_edge else None,
    )[icon]


def _label(draft: Draft, name: str, locale: Locale) -> Element | VoidElement:
    # data-own: what is entered is the agent's; no painting touches it.
    about: dict[str, str | bool | None] = {
        "id": f"{name}-label",
        "dir": "auto",
        "maxlength": str(LONGEST_LABEL),
        "aria-describedby": f"{name}-wrong",
        "data-own": True,
    }
    if draft.kind == "header":
        return textarea(about, rows="3")[draft.label]
    return input(about, type="text", value=draft.label or None, autocomplete="off")


def _choices(draft: Draft, name: str, locale: Locale) -> Element:
    return div(".field")[
        label(for_=f"{name}-choices")[locale.text("Choices, one in each line")],
        textarea(
            id=f"{name}-choices",
            rows="3",
            dir="auto",
            maxlength=str(MOST_CHOICES * (LONGEST_CHOICE + 1)),
            aria_describedby=f"{name}-wrong",
            data_own=True,
        )[draft.choices],
    ]


def _groups(draft: Draft, name: str, state: FormAsk, locale: Locale) -> Element:
    return fieldset(".question-groups", aria_describedby=f"{name}-wrong")[
        legend[locale.text("Groups to choose from")],
        [
            label(".check")[
                input(id=f"{name}-group-{group.id}", type="checkbox", checked=group.id in draft.groups, data_own=True),
                span(dir="auto")[group.name],
            ]
            for group in state.groups
        ],
    ]


def _add(state: FormAsk, locale: Locale) -> Element:
    t, kinds = locale.text, _kinds(locale)
    full = len(state.questions) >= MOST_QUESTIONS
    nothing = state.wrong is not None and state.wrong[1] is Wrong.EMPTY
    return div(".field")[
        label(for_="new-question")[t("Another question")],
        div(".add-row")[
            select_(".select", id="new-question", aria_describedby="new-question-wrong", data_own=True)[
                [option(value=kind)[kinds[kind]] for kind in KINDS]
            ],
            button(".button", type="button", data_action="add-question", aria_disabled="true" if full else None)[
                t("Add")
            ],
        ],
        p(".field-wrong", id="new-question-wrong", role="alert")[
            t("A form that is shown asks something. Add a question, or do not show it.")
            if nothing
            else t("There are as many questions as there can be.")
            if full
            else ""
        ],
    ]


def _preview(state: FormAsk, locale: Locale) -> Element:
    t, seen = locale.text, previewed(state)
    content: list[Node] = [heading(state.type, locale)]
    content += [p(".hint")[t("Nothing to fill in yet.")]] if seen is None else [questions(seen, locale)]
    # inert: it is there to be looked at, and nothing in it can be filled in.
    return div(".form-preview", role="img", aria_label=t("How visitors see it"))[
        div(".survey", inert=True, aria_hidden="true")[content]
    ]


def _kinds(locale: Locale) -> dict[str, str]:
    t = locale.text
    return {
        "name": t("Name"),
        "email": t("E-mail address"),
        "subject": t("Subject"),
        "question": t("Short answer"),
        "textarea": t("Long answer"),
        "radio": t("One of several"),
        "checkbox": t("Some of several"),
        "select": t("List to choose from"),
        "group_chooser": t("Group to talk to"),
        "header": t("Text"),
        "rating": t("Rating"),
    }


def _why(wrong: Wrong | None, draft: Draft, locale: Locale) -> str:
    t = locale.text
    match wrong:
        case Wrong.NO_LABEL:
            return t("Write the text.") if draft.kind == "header" else t("Write the question.")
        case Wrong.TOO_FEW if draft.kind == "group_chooser":
            return t("Choose at least one group.")
        case Wrong.TOO_FEW if draft.kind == "checkbox":
            return t("Write at least one choice.")
        case Wrong.TOO_FEW:
            return t("Write at least two choices, one in each line.")
        case Wrong.TOO_MANY:
            return t("There can be up to {most} choices.", most=MOST_CHOICES)
        case Wrong.TOO_LONG:
            return t("A choice can have up to {most} characters.", most=LONGEST_CHOICE)
        case Wrong.TWICE:
            return t("A choice is there twice.")
    return ""
