"""The button for emoji, and the words of what it opens (``static/emoji_button.js``, ``static/emoji.js``)."""

from htpy import Fragment, button, fragment, li, p, ul

from widget.ui import icons
from widget.ui.locale import Locale

__all__ = ["emoji_button"]


def emoji_button(locale: Locale, *, disabled: bool = False) -> Fragment:
    """The button. What it opens is fetched when it is pressed, and finds its words beside it.

    ``data-emoji`` tells in which language the emoji have their names. Why nothing opens is said in ``#emoji-failed``.
    """
    return fragment[
        button(
            ".emoji-button",
            id="emoji",
            type="button",
            disabled=disabled,
            aria_label=locale.text("Emoji"),
            aria_haspopup="dialog",
            data_emoji=locale.language,
        )[icons.smile()],
        ul(id="emoji-words", hidden=True)[[li(data_word=name)[text] for name, text in _words(locale).items()]],
        # data-own: what the script says in it, no painting touches.
        p(".emoji-failed", id="emoji-failed", role="alert", data_own=True),
    ]


def _words(locale: Locale) -> dict[str, str]:
    t = locale.text
    return {
        "title": t("Emoji"),
        "search": t("Search emoji"),
        "none": t("No emoji is called that."),
        "failed": t("The emoji could not be loaded. Check the connection, then try again."),
        "smileys_emotion": t("Smileys and feelings"),
        "people_body": t("People"),
        "animals_nature": t("Animals and nature"),
        "food_drink": t("Food and drink"),
        "travel_places": t("Travel and places"),
        "activities": t("Activities"),
        "objects": t("Objects"),
        "symbols": t("Symbols"),
        "flags": t("Flags"),
    }
