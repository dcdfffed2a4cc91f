"""The pages that stand beside conversations, and the form for another one."""

from htpy import (
    Element,
    button,
    code,
    div,
    form,
    h2,
    input,
    label,
    li,
    p,
    section,
    strong,
    ul,
)

from agent_console.settings_pages import AppsPage
from agent_console.sidebar.apps import LONGEST_NAME, LONGEST_URL, App
from agent_console.views.buttons import worded
from widget.ui.locale import Locale

__all__ = ["apps"]


def apps(state: AppsPage, locale: Locale) -> Element:
    """The list, and the form for another one."""
    t = locale.text
    return section(".setting", aria_labelledby="apps-title")[
        h2(id="apps-title")[t("Sidebar apps")],
        p(".hint")[
            t(
                "Pages that stand beside a conversation and are told whom it is with. They can put a text into your "
                "message, but not send it."
            )
        ],
        ul(".app-list", aria_label=t("Sidebar apps"))[[_app(app, state, locale) for app in state.apps]]
        if state.apps
        else p(".nothing")[t("There are none yet.")],
        _ready_app(state, locale) if state.may_change and state.ready_app else None,
        _form(state, locale) if state.may_change else p(".hint")[t("Administrators can change this.")],
    ]


def _app(app: App, state: AppsPage, locale: Locale) -> Element:
    name = locale.text("Remove {name}", name=app.name)
    return li(id=f"app-{app.id}")[
        div[strong(dir="auto")[app.name], p(dir="ltr")[app.url]],
        state.may_change
        and worded(None, locale.text("Remove"), "app-remove", target=app.id, busy=state.busy, name=name),
    ]


def _ready_app(state: AppsPage, locale: Locale) -> Element:
    t = locale.text
    return div(".ready-app")[
        div[
            strong[t("Customer")],
            p[t("Comes with the server: profile, past chats, pages, and replies to put into your message.")],
            code(dir="ltr")[state.ready_app],
        ],
        worded(None, t("Add"), "app-ready", busy=state.busy, name=t("Add the app Customer")),
    ]


def _form(state: AppsPage, locale: Locale) -> Element:
    t, why = locale.text, _why(state, locale)
    return form(".new-app", id="new-app", novalidate=True, aria_label=t("Add an app"))[
        _field("app-name", t("Name"), "text", why if state.wrong in ("name", "many") else "", LONGEST_NAME),
        _field("app-url", t("Address"), "url", why if state.wrong == "url" else "", LONGEST_URL),
        button(".button.primary", type="submit", aria_disabled="true" if state.busy else None)[t("Add")],
    ]


def _why(state: AppsPage, locale: Locale) -> str:
    t = locale.text
    return {
        "name": t("Give it a name of up to {most} characters.", most=LONGEST_NAME),
        "url": t("Enter an address that begins with https:// or http:// and is not in the list."),
        "many": t("There are as many apps as there can be. Remove one first."),
    }.get(state.wrong or "", "")


def _field(name: str, text: str, kind: str, wrong: str, longest: int) -> Element:
    """A field, with what is wrong in it."""
    return div(".field")[
        label(for_=name)[text],
        # data-own: what is entered is the agent's; no painting touches it.
        input(
            id=name,
            name=name,
            type=kind,
            maxlength=str(longest),
            autocomplete="off",
            spellcheck="false",
            required=True,
            aria_describedby=f"{name}-wrong",
            data_own=True,
        ),
        p(".field-wrong", id=f"{name}-wrong", role="alert")[wrong],
    ]
