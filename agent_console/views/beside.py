"""What stands beside the conversation: a tab for the visitor and one for each app, and how the app in front is doing.

The frames themselves are the page's: no painting touches them.
"""

from htpy import Element, button, div, nav, p, span, strong

from agent_console.sidebar.host import State
from agent_console.sidebar.sidebar import AppPane
from agent_console.views.buttons import plain, worded
from widget.ui.icons import alert, close
from widget.ui.locale import Locale

__all__ = ["standing", "tabs"]


def tabs(pane: AppPane, locale: Locale) -> Element | str:
    """The head of the column; without apps the details have one of their own."""
    t = locale.text
    if not pane.apps:
        return ""
    return div(".tabs")[
        nav(".tab-list", aria_label=t("Beside the conversation"))[
            _tab("", t("Visitor"), pane.front is None), [_tab(app.id, app.name, pane.front == app) for app in pane.apps]
        ],
        plain(close(), t("Close details"), "details", ".round.close-details", id="close-details"),
    ]


def _tab(app_id: str, name: str, here: bool) -> Element:
    return button(
        ".tab",
        id=f"tab-{app_id or 'visitor'}",
        type="button",
        data_action="app",
        data_id=app_id,
        aria_current="true" if here else None,
    )[name]


def standing(pane: AppPane, locale: Locale) -> Element | str:
    """What is to be said of the app in front, over its frame."""
    t, app = locale.text, pane.front
    if app is None or pane.state in (None, State.READY):
        return ""
    if pane.state is State.LOADING:
        return div(".app-state", role="status")[
            span(".spinner", aria_hidden="true"), p[t("{name} is loading…", name=app.name)]
        ]
    stopped = pane.state is State.STOPPED
    return div(".app-state", role="alert")[
        alert(),
        strong[t("{name} was stopped", name=app.name) if stopped else t("{name} does not answer", name=app.name)],
        p[
            t("It sent more messages than the console can take.")
            if stopped
            else t("Its page did not say that it is an app. The address may be wrong, or its server away.")
        ],
        p(".app-address", dir="ltr")[app.url],
        worded(None, t("Retry"), "app-retry", target=app.id),
    ]
