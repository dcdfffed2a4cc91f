"""The page around the areas, and what stands there before anybody has signed in."""

from htpy import (
    Element,
    Fragment,
    aside,
    dd,
    dialog,
    div,
    dl,
    dt,
    form,
    fragment,
    h2,
    header,
    input,
    kbd,
    label,
    main,
    nav,
    p,
    section,
    span,
)

from agent_console.views import icons
from agent_console.views.buttons import plain
from widget.ui.icons import bubble_mark, close
from widget.ui.locale import Locale, later

__all__ = ["AREAS", "frame", "starting"]

AREAS = ("notices", "rail", "chats", "talk", "beside", "details", "app", "visitors", "settings", "failures", "asking")
"""The ids of the parts that are painted each for itself."""


BEFORE_PYTHON = (
    later("Starting…"),
    later("Chats"),
    later("The console could not start. Reload the page; if that does not help, see the browser’s console."),
)
"""What stands in the page as it is served; ``static/language.js`` puts it into the agent's language."""


def starting(locale: Locale) -> Element:
    """Until it is known who the agent is."""
    return main(".starting", role="status")[bubble_mark(), p[locale.text("Signing in…")]]


def frame(locale: Locale, *, single_keys: bool = True) -> Fragment:
    """The areas, empty, and the dialog. ``single_keys``: whether keys without Alt mean something."""
    t = locale.text
    return fragment[
        div("#notices", data_own=True),
        nav("#rail", aria_label=t("Console"), data_own=True),
        section("#chats", aria_label=t("Inbox"), data_own=True),
        main("#talk", data_own=True),
        aside("#side", aria_label=t("Visitor"))[
            div("#beside", data_own=True), div("#details", data_own=True), div("#app", data_own=True), div("#apps")
        ],
        main("#visitors", tabindex="-1", aria_label=t("Visitors"), data_own=True),
        main("#settings", tabindex="-1", aria_label=t("Settings"), data_own=True),
        div("#failures", data_own=True),
        shortcuts(locale, single_keys),
        dialog("#asking", aria_labelledby="asking-title", data_own=True),
    ]


def shortcuts(locale: Locale, single_keys: bool) -> Element:
    """What the keys do; the browser itself keeps the focus in it and lets Escape close it."""
    t = locale.text
    return dialog("#help", aria_labelledby="help-title", data_own=True)[
        header[
            h2(id="help-title")[icons.keys(), t("Keyboard shortcuts")],
            plain(close(), t("Close shortcuts"), "close-help", ".round"),
        ],
        dl[[div[dt[what], dd[[kbd[key] for key in keys]]] for what, keys in _keys(locale)]],
        form(method="dialog")[
            label(".check")[
                input(type="checkbox", id="single-keys", data_action="single-keys", checked=single_keys),
                span[t("Single keys work while nothing is being written")],
            ]
        ],
    ]


def _keys(locale: Locale) -> list[tuple[str, tuple[str, ...]]]:
    t = locale.text
    return [
        (t("Next chat"), ("J", t("Alt ↓"))),
        (t("Previous chat"), ("K", t("Alt ↑"))),
        (t("Write a reply"), ("R",)),
        (t("Write a note for agents"), ("N",)),
        (t("Take over, join or reopen"), ("T",)),
        (t("Close the chat"), ("E",)),
        (t("Transfer the chat"), ("F",)),
        (t("Add a tag"), ("L",)),
        (t("Use a canned reply"), ("#",)),
        (t("Visitor's details"), ("D",)),
        (t("Leave the message, back to the list"), ("Esc",)),
        (t("Send"), ("Enter",)),
        (t("New line"), ("Shift Enter",)),
        (t("This list"), ("?",)),
    ]
