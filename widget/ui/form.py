"""A form, drawn: its questions with a field for each, and by each field what is wrong with it."""

from collections.abc import Mapping

from htpy import (
    Element,
    Fragment,
    Node,
    VoidElement,
    blockquote,
    button,
    div,
    fieldset,
    footer,
    form,
    fragment,
    h2,
    input,
    label,
    legend,
    option,
    p,
    select,
    span,
    textarea,
)

from widget.customer_sdk.forms import Form, FormType, Question
from widget.ui.filling import FormAsked, Thanks, Wrong
from widget.ui.linked import linked
from widget.ui.locale import Locale

__all__ = ["form_panel", "heading", "questions", "thanks"]

LONGEST_LINE = 250
LONGEST_ANSWER = 2000

_BEGUN: Mapping[str, tuple[str, ...]] = {}
_RIGHT: Mapping[str, Wrong] = {}


def form_panel(asked: FormAsked, locale: Locale) -> Element:
    """The whole form. ``id`` and ``data-form`` tell the page which one it is."""
    t, type = locale.text, asked.form.type
    return form(".survey", id=f"form-{type}", data_form=type, novalidate=True, aria_labelledby=f"{type}-title")[
        heading(type, locale),
        asked.held
        and [p(".hint")[t("What you have written is sent with it:")], [_quoted(each) for each in asked.held]],
        questions(asked.form, locale, dict(asked.begun), dict(asked.wrong)),
        footer[
            button(".primary", type="submit")[t("Start the chat") if type == "prechat" else t("Send")],
            type == "postchat" and button(".quiet", type="button", data_action="skip-form")[t("Skip")],
        ],
    ]


def heading(type: FormType, locale: Locale) -> Fragment:
    """What the form is for."""
    t = locale.text
    titles = {
        "prechat": t("Before we begin"),
        "postchat": t("Tell us how it went"),
        "ticket": t("Leave us a message"),
    }
    away = t("We are away at the moment. Leave a message, and the answer will be waiting for you here.")
    return fragment[h2(id=f"{type}-title")[titles[type]], type == "ticket" and p(".hint")[away]]


def questions(
    asked: Form, locale: Locale, begun: Mapping[str, tuple[str, ...]] = _BEGUN, wrong: Mapping[str, Wrong] = _RIGHT
) -> Fragment:
    """The questions; ``begun`` is what stands in the fields at first."""
    must = any(question.required for question in asked.questions)
    return fragment[
        must and p(".hint", aria_hidden="true")[locale.text("Questions marked * must be answered.")],
        [
            _question(question, place, asked.type, begun.get(question.id, ()), wrong.get(question.id), locale)
            for place, question in enumerate(asked.questions)
        ],
    ]


def thanks(what: Thanks | None, locale: Locale) -> Element:
    """A word of thanks. It is always there, so that what it says is announced when it changes."""
    t = locale.text
    said = {
        Thanks.MESSAGE: t("Thank you. We have your message, and the answer will be waiting for you here."),
        Thanks.ANSWERS: t("Thank you for your answers."),
    }
    return p(".thanks", id="thanks", role="status", hidden=what is None)[said[what] if what is not None else ""]


def _quoted(text: str) -> Element:
    return blockquote(dir="auto")[text]


def _question(
    question: Question, place: int, type: FormType, begun: tuple[str, ...], wrong: Wrong | None, locale: Locale
) -> Element:
    name = f"{type}-{place}"
    if question.kind == "header":
        return p(".said-by-site", dir="auto")[linked(question.label)]
    why = p(".wrong", id=f"{name}-wrong")[_why(wrong, locale)]
    asks = [span(dir="auto")[question.label], question.required and span(".star", aria_hidden="true")[" *"]]
    if question.kind in {"radio", "checkbox"}:
        must = question.required and span(".visually-hidden")[" (", locale.text("required"), ")"]
        return fieldset(".ask", aria_describedby=f"{name}-wrong")[
            legend[asks, must], _choices(question, name, str(place), begun), why
        ]
    return div(".ask")[label(for_=name)[asks], _field(question, name, str(place), begun, wrong, locale), why]


def _field(
    question: Question, id: str, name: str, begun: tuple[str, ...], wrong: Wrong | None, locale: Locale
) -> Element | VoidElement:
    text = begun[0] if begun else ""
    # data-own: what is filled in is the visitor's; no rendering touches it.
    about: dict[str, str | bool | None] = {
        "id": id,
        "name": name,
        "required": question.required,
        "aria_describedby": f"{id}-wrong",
        "aria_invalid": "true" if wrong is not None else None,
        "data_own": True,
    }
    if question.kind in {"select", "group_chooser"}:
        return select(**about)[
            option(value="")[locale.text("Choose…")],
            [option(value=each.id, selected=each.id == text)[each.label] for each in question.choices],
        ]
    if question.kind == "textarea":
        return textarea(rows="3", dir="auto", placeholder=" ", maxlength=str(LONGEST_ANSWER), **about)[text]
    kind = "email" if question.kind == "email" else "text"
    return input(
        type=kind,
        value=text or None,
        dir=None if kind == "email" else "auto",
        placeholder=" ",
        maxlength=str(LONGEST_LINE),
        autocomplete=question.kind if question.kind in {"name", "email"} else "off",
        **about,
    )


def _choices(question: Question, id: str, name: str, begun: tuple[str, ...]) -> list[Node]:
    return [
        label(".choice")[
            input(
                id=f"{id}-{number}",
                type=question.kind,
                name=name,
                value=choice.id,
                checked=choice.id in begun,
                data_own=True,
            ),
            span(dir="auto")[choice.label],
        ]
        for number, choice in enumerate(question.choices)
    ]


def _why(wrong: Wrong | None, locale: Locale) -> str:
    t = locale.text
    match wrong:
        case Wrong.MISSING:
            return t("Please answer this.")
        case Wrong.NO_EMAIL:
            return t("Enter an e-mail address, like name@example.com.")
        case Wrong.TOO_LONG:
            return t("This is too long. Please shorten it.")
    return ""
