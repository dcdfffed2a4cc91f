"""The form of a theme: its name, its colours, how it looks, and what would be hard to read."""

from htpy import Element, button, div, form, input, label, li, option, p, select, span, ul

from agent_console.questions import ThemeAsk
from agent_console.views.dialogs import foot, head
from agent_console.views.theme_preview import preview
from widget.ui.colors import Clash, Meeting, clashes
from widget.ui.locale import Locale

__all__ = ["theme_form"]


def theme_form(state: ThemeAsk, locale: Locale) -> Element:
    """What is entered, beside what becomes of it."""
    t, chosen = locale.text, state.chosen
    return form(".asking.theme-form", id="theme-form", novalidate=True)[
        head(t("New theme") if state.former is None else t("Edit {name}", name=state.former), locale),
        div(".theme-parts")[
            div(".theme-fields")[
                _name(state, locale),
                div(".field")[
                    label(for_="theme-base")[t("Based on")],
                    select(".select", id="theme-base", data_own=True)[
                        option(value="light", selected=chosen.base == "light")[t("Light")],
                        option(value="dark", selected=chosen.base == "dark")[t("Dark")],
                    ],
                ],
                _color("theme-accent", t("Accent"), chosen.accent),
                _color("theme-paper", t("Background"), chosen.paper),
                _color("theme-ink", t("Text"), chosen.ink),
            ],
            preview(chosen, locale),
        ],
        _clashes(clashes(chosen), locale),
        foot(t("Save"), ".button.primary", locale),
    ]


def _name(state: ThemeAsk, locale: Locale) -> Element:
    t = locale.text
    why = {
        "name": t("Letters, digits, spaces and hyphens, 64 at most; light, dark and auto are there already."),
        "taken": t("There is a theme of this name."),
        "many": t("There are as many themes as there can be. Delete one first."),
    }
    return div(".field")[
        label(for_="theme-name")[t("Name")],
        # data-own: what is entered is the agent's; no painting touches it.
        input(
            id="theme-name",
            type="text",
            value=state.name or None,
            maxlength="64",
            autocomplete="off",
            spellcheck="false",
            autofocus=True,
            aria_describedby="theme-name-wrong",
            data_own=True,
        ),
        p(".field-wrong", id="theme-name-wrong", role="alert")[why.get(state.wrong or "", "")],
    ]


def _color(name: str, text: str, color: str) -> Element:
    return div(".color-field")[
        input(id=name, type="color", value=color, data_own=True), label(for_=name)[text], span(".hex", dir="ltr")[color]
    ]


def _clashes(found: list[Clash], locale: Locale) -> Element:
    """What would be hard to read, and a way out of each."""
    t = locale.text
    return div(".clashes", role="status")[
        ul[[_clash(clash, locale, first=at == 0) for at, clash in enumerate(found)]]
        if found
        else p(".fine")[t("Everybody can read this.")]
    ]


def _clash(clash: Clash, locale: Locale, *, first: bool) -> Element:
    t = locale.text
    said = {
        Meeting.TEXT_ON_PAPER: t("Text on the background"),
        Meeting.TEXT_ON_THEIRS: t("Text on the agent's messages"),
        Meeting.TEXT_ON_ACCENT: t("Text on the accent"),
        Meeting.ACCENT_ON_PAPER: t("The accent on the background"),
    }[clash.where]
    how = t("stands out by {ratio} to 1, and must by {least}", ratio=f"{clash.ratio:.1f}", least=f"{clash.least:g}")
    return li[
        span[f"{said}: {how}"],
        button(
            ".button",
            id="theme-mend" if first else None,
            type="button",
            data_action="mend-theme",
            data_id=clash.where.value,
            aria_label=t("Mend: {what}", what=said),
        )[t("Mend")],
    ]
