"""The forms of a group: when visitors meet each, whether it is shown, and buttons to change that."""

from htpy import Element, div, h2, label, li, option, p, section, select, span, strong, ul

from agent_console.forms import TYPES, FormsPage
from agent_console.views.buttons import worded
from widget.ui.locale import Locale
from widget.wire.configuration import FormType

__all__ = ["form_names", "forms"]


def forms(state: FormsPage, locale: Locale) -> Element:
    """All of them."""
    t = locale.text
    return section(".setting", aria_labelledby="forms-title")[
        div(".setting-head")[h2(id="forms-title")[t("Forms")]],
        p(".hint")[
            t("Questions that visitors answer in their window. Without a form, a chat begins with the first message.")
        ],
        len(state.groups) > 1 and _groups(state, locale),
        ul(".rows", aria_label=t("Forms"))[[_form(type, state, locale) for type in TYPES]]
        if state.known
        else p(".nothing")[t("Loading…")],
        not state.may_change and p(".hint")[t("Administrators can change this.")],
    ]


def form_names(locale: Locale) -> dict[FormType, str]:
    """What the forms are called."""
    t = locale.text
    return {
        "prechat": t("Before a chat"),
        "ticket": t("When nobody is there"),
        "postchat": t("After a chat"),
    }


def _groups(state: FormsPage, locale: Locale) -> Element:
    return div(".field")[
        label(for_="forms-group")[locale.text("Visitors of the group")],
        select(".select", id="forms-group", data_action="forms-group", data_id="group")[
            [option(value=str(each.id), selected=each.id == state.group_id)[each.name] for each in state.groups]
        ],
    ]


def _form(type: FormType, state: FormsPage, locale: Locale) -> Element:
    t, form, name = locale.text, state.form(type), form_names(locale)[type]
    asked = sum(field.type != "header" for field in form.fields) if form is not None else 0
    about = {
        "prechat": t("Has to be answered before the chat begins."),
        "ticket": t("In place of a chat while none of the agents takes chats. What is sent waits in Unassigned."),
        "postchat": t("Offered when a chat has ended; visitors may skip it."),
    }[type]
    return li(id=f"form-row-{type}")[
        div(".row-text")[
            p(".row-names")[
                strong[name],
                span(".pill")[t("Shown") if form is not None and form.enabled else t("Not shown")],
            ],
            p[about, form is not None and [" · ", locale.plural("{count} question", "{count} questions", asked)]],
        ],
        state.may_change
        and [
            worded(
                None,
                t("Edit") if form is not None else t("Write it"),
                "edit-form",
                target=type,
                busy=state.busy,
                name=t("Edit: {what}", what=name),
                id=f"edit-form-{type}",
            ),
            form is not None
            and bool(form.fields)
            and worded(
                None,
                t("Hide") if form.enabled else t("Show"),
                "show-form",
                target=type,
                busy=state.busy,
                name=t("Hide: {what}", what=name) if form.enabled else t("Show: {what}", what=name),
                id=f"show-form-{type}",
            ),
        ],
    ]
