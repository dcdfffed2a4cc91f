"""Text with its links made clickable.

Only http, https and mailto addresses become links, whatever the text says; everything else stays text, and htpy
escapes it. Finding addresses in running text is linkify-it's work.
"""

import re
from functools import cache

from htpy import Node, a
from linkify_it import LinkifyIt

__all__ = ["linked"]

_SAFE = ("http://", "https://", "mailto:")


_MAY_HAVE_LINKS = re.compile(r"[.:@/]")
"""No address is without one of these, and looking for addresses takes long."""


@cache
def _finder() -> LinkifyIt:
    return LinkifyIt(options={"fuzzy_ip": False}).add("ftp:", None).add("//", None)


def linked(text: str) -> list[Node]:
    """The parts of a text, its addresses as links that open in a new tab and tell it nothing of this page."""
    if not _MAY_HAVE_LINKS.search(text):
        return [text]
    parts: list[Node] = []
    end = 0
    for match in _finder().match(text) or []:
        if not match.url.startswith(_SAFE):
            continue
        parts += [text[end : match.index], _link(match.url, match.raw)]
        end = match.last_index
    return [*parts, text[end:]]


def _link(url: str, shown: str) -> Node:
    return a(href=url, target="_blank", rel="noopener noreferrer nofollow")[shown]
