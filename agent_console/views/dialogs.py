"""What all dialogs have: a title with a way out, and the buttons at the end."""

from htpy import Element, button, footer, h2, header

from agent_console.views.buttons import plain, worded
from widget.ui.icons import close
from widget.ui.locale import Locale

__all__ = ["foot", "head"]


def head(title: str, locale: Locale) -> Element:
    """What is asked, and a way out."""
    return header[
        h2(id="asking-title")[title], plain(close(), locale.text("Close"), "close-asking", ".round", id="close-asking")
    ]


def foot(answer: str, style: str, locale: Locale) -> Element:
    """To do it, or not."""
    return footer(".dialog-foot")[
        worded(None, locale.text("Cancel"), "close-asking"), button(style, type="submit")[answer]
    ]
