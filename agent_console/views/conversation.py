"""The conversation in front: who it is with, what was said, its labels, and the composer."""

from htpy import Element, Fragment, div, fragment, kbd, p, strong

from agent_console.state import Idle, Talk
from agent_console.views.composer import composer
from agent_console.views.head import head
from agent_console.views.log import log_column
from agent_console.views.tags import tags
from widget.ui.icons import bubble_mark
from widget.ui.locale import Locale

__all__ = ["talk"]


def talk(state: Talk | Idle, locale: Locale) -> Fragment:
    """The whole column."""
    if isinstance(state, Idle):
        return fragment[_nothing_open(state, locale)]
    below = None if state.archived else composer(state, locale)
    return fragment[head(state, locale), log_column(state, locale), tags(state, locale), below]


def _nothing_open(state: Idle, locale: Locale) -> Element:
    t = locale.text
    return div(".nothing-open")[
        bubble_mark(),
        strong[t("All quiet") if state.quiet else t("Choose a chat")],
        p[
            t("New chats appear in the list by themselves.")
            if state.accepting
            else t("You get no new chats until you accept them again.")
        ],
        p(".hint")[
            kbd["J"], " ", kbd["K"], " ", t("move through the list"), " · ", kbd["?"], " ", t("shows all shortcuts")
        ],
    ]
