"""The window before Python has started: the same views, in their first state.

The page is served with this in it, so that the composer takes typing at once; ``static/early.js`` keeps what is sent
meanwhile, and paints it with the template that stands here too.
"""

import json
from datetime import UTC, datetime

from htpy import Element, Fragment, button, div, fragment, script, span, template
from markupsafe import Markup

from widget.rtm.outbox import Outgoing
from widget.ui.languages import LANGUAGES, TAGS
from widget.ui.locale import Locale
from widget.ui.log import outgoing_bubble
from widget.ui.state import Notice, WindowState
from widget.ui.window import notice_text, window

__all__ = ["fill", "languages", "shell"]


def fill(page: str, locale: Locale | None = None) -> str:
    """The widget's page with the languages, the shell and the templates in place of their marks."""
    templates = str(sending_template(locale)) + str(failed_template(locale))
    parts = {"languages": str(languages()), "shell": str(shell(locale)), "templates": templates}
    for name, markup in parts.items():
        page = page.replace(f"<!-- {name} -->", markup)
    return page


def languages(**more: object) -> Element:
    """What a page knows of the languages (``static/language.js``); a release has their words in another folder."""
    table = {
        "words": "languages/",
        "emoji": {"script": "/static/emoji.js", "names": "/widget/emoji/"},
        "tags": TAGS,
        "rtl": [tag for tag, it in LANGUAGES.items() if it.direction == "rtl"],
    } | more
    return script(type="application/json", id="languages")[Markup(json.dumps(table, separators=(",", ":")))]


def shell(locale: Locale | None = None) -> Fragment:
    """What stands in the page until Python takes over."""
    locale = locale or Locale()
    return fragment[window(WindowState(), locale)]


def sending_template(locale: Locale | None = None) -> Fragment:
    """The bubble of a text that is sent before Python has started; its id and text are filled in by the page."""
    blank = Outgoing(custom_id="", text="", created_at=datetime.now(UTC))
    return fragment[template(id="sending")[outgoing_bubble(blank, locale or Locale())]]


def failed_template(locale: Locale | None = None) -> Fragment:
    """What the page says when Python could not be started."""
    locale = locale or Locale()
    again = button(type="button", data_action="reload")[locale.text("Try again")]
    text = notice_text(Notice.FAILED, locale)
    return fragment[template(id="failed")[div(".notice.notice-failed", role="alert")[span[text], again]]]
