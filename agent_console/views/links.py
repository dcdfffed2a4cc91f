"""Links to addresses that others told."""

from htpy import Node, a, span

__all__ = ["link"]


def link(url: str, text: str) -> Node:
    """An address that can be followed only when it leads to the web; what browsers and apps tell is not trusted."""
    if not url.startswith(("http://", "https://")):
        return span(dir="auto")[text]
    return a(href=url, target="_blank", rel="noopener noreferrer nofollow", title=url, dir="auto")[text]
