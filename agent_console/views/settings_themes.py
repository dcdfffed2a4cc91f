"""The themes of a widget: what each looks like, and buttons to change them."""

from htpy import Element, code, div, h2, label, li, option, p, section, select, strong, ul

from agent_console.themes import Theme, ThemesPage
from agent_console.views.buttons import worded
from agent_console.views.theme_preview import swatches
from widget.ui.locale import Locale

__all__ = ["themes"]


def themes(state: ThemesPage, locale: Locale) -> Element:
    """All of them, and a way to have another one."""
    t = locale.text
    hint = t("Colours of the visitor's window and its button. A page of your site has them by {command}.")
    before, _, after = hint.partition("{command}")
    return section(".setting", aria_labelledby="themes-title")[
        div(".setting-head")[
            h2(id="themes-title")[t("Themes")],
            state.may_change
            and worded(None, t("New theme"), "new-theme", style=".button.primary", busy=state.busy, id="new-theme"),
        ],
        p(".hint")[before, code(dir="ltr")["liveChat('set_theme', …)"], after],
        len(state.widgets) > 1 and _widgets(state, locale),
        ul(".rows", aria_label=t("Themes"))[[_theme(theme, state, locale) for theme in state.themes]]
        if state.themes
        else p(".nothing")[t("There are none yet.") if state.known else t("Loading…")],
        not state.may_change and p(".hint")[t("Administrators can change this.")],
    ]


def _widgets(state: ThemesPage, locale: Locale) -> Element:
    return div(".field")[
        label(for_="themes-widget")[locale.text("Widget")],
        select(".select", id="themes-widget", data_action="themes-widget", data_id="widget", dir="ltr")[
            [option(value=each, selected=each == state.widget)[each] for each in state.widgets]
        ],
    ]


def _theme(theme: Theme, state: ThemesPage, locale: Locale) -> Element:
    t, name = locale.text, theme.name
    return li(id=f"theme-{name}")[
        swatches(theme.chosen),
        div(".row-text")[strong(dir="auto")[name], p[t("Dark") if theme.chosen.base == "dark" else t("Light")]],
        state.may_change
        and [
            worded(
                None,
                t("Edit"),
                "edit-theme",
                target=name,
                busy=state.busy,
                name=t("Edit {name}", name=name),
                id=f"edit-theme-{name}",
            ),
            worded(None, t("Delete"), "delete-theme", target=name, busy=state.busy, name=t("Delete {name}", name=name)),
        ],
    ]
