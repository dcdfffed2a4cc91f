"""The pages for agents, the console's and the ready sidebar app's, with what they know of the languages."""

from server.catalogues import CONSOLE, whole
from widget.ui.shell import languages

__all__ = ["WORDS", "with_languages"]

WORDS = "/agent/languages/"
"""Where the words of a language are while the pages are as written; a release has them in a folder of its own."""

KEPT = "live-chat-agent:language"
"""Under which name the browser keeps the language that the agent has chosen."""


def with_languages(page: str) -> str:
    """The page with the table; ``whole`` in it are the languages to choose from. Raises OSError and PoFileError."""
    table = languages(words=WORDS, kept=KEPT, whole=whole(CONSOLE))
    return page.replace("<!-- languages -->", str(table))
