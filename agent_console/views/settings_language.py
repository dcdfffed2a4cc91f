"""In which language the agent has the console."""

from htpy import Element, button, div, form, h2, label, option, p, section, select

from agent_console.languages import FIELD, LanguagePage
from widget.ui.languages import LANGUAGES, Language
from widget.ui.locale import Locale

__all__ = ["language"]


def language(state: LanguagePage, locale: Locale) -> Element:
    """The choice: the browser's language, or one of those that the console is whole in."""
    t = locale.text
    return section(".setting", aria_labelledby="language-title")[
        div(".setting-head")[h2(id="language-title")[t("Language")]],
        p(".hint", id="language-hint")[
            t("For you, in this browser. The console loads again in it, and what you are writing stays."),
        ],
        form(".language-form", id="language-form")[
            div(".field")[
                label(for_=FIELD)[t("Language of the console")],
                select(".select", id=FIELD, aria_describedby="language-hint", data_own=True)[
                    option(value="", selected=state.chosen is None)[t("That of the browser")],
                    [_option(LANGUAGES[tag], state) for tag in _choices(state)],
                ],
            ],
            button(".button.primary", type="submit", aria_disabled="true" if state.busy else None)[t("Use it")],
        ],
        state.failed
        and p(".field-wrong", role="alert")[t("Its words could not be loaded. Check the connection, then try again.")],
    ]


def _choices(state: LanguagePage) -> list[str]:
    """What the agent has stays in the list, even if some of its texts are not translated yet."""
    return [tag for tag in LANGUAGES if tag in state.offered or tag == state.chosen]


def _option(each: Language, state: LanguagePage) -> Element:
    """A language by its own name, which those who look for it can read."""
    return option(value=each.tag, lang=each.spoken, dir=each.direction, selected=each.tag == state.chosen)[each.name]
