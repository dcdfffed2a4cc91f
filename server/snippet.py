"""What a site owner pastes. The README publishes the same text; the demo shop's pages carry it filled in."""

from html import escape

from server.catalogues import WIDGET, texts
from server.organization import WIDGET_ID
from widget.ui.languages import ENGLISH, LANGUAGES

__all__ = ["SNIPPET", "launcher_words", "snippet"]

SNIPPET = """\
<script>
  window.liveChat ??= function () { (liveChat.q ??= []).push(arguments) }
  liveChat.t = Date.now()
  liveChat('init', '{widget_id}')
</script>
<script async src="{origin}/widget.js"></script>"""
"""Calls made before the script has loaded wait in ``liveChat.q``, in their order (spec: widget-js-api, B1)."""


def snippet(origin: str, widget_id: str = WIDGET_ID, language: str = ENGLISH.tag) -> str:
    """The snippet for a widget of the platform at an origin, on a page in a language.

    Raises OSError and PoFileError when there are no words of the language.
    """
    filled = SNIPPET.replace("{origin}", escape(origin)).replace("{widget_id}", escape(widget_id))
    if language == ENGLISH.tag:
        return filled
    words = "".join(f' data-{name}="{escape(word)}"' for name, word in launcher_words(language).items())
    return filled.replace("></script>", f"{words}></script>")


def launcher_words(tag: str) -> dict[str, str]:
    """What the launcher is called before the window can tell it, by the names of ``static/loader.js``.

    Raises OSError and PoFileError.
    """
    words = texts(tag, WIDGET)
    english = {"open": "Open chat", "close": "Close chat", "frame": "Chat"}
    return {"lang": LANGUAGES[tag].spoken, **{name: words.get(text, text) for name, text in english.items()}}
