"""What is in a bubble that the widget draws otherwise: files with their sizes."""

from htpy import Element, a, span, strong

from agent_console.views import icons
from agent_console.views.sizes import size
from widget.ui.locale import Locale
from widget.wire.events import Event, File

__all__ = ["content"]

_WEB = ("https://", "http://")


def content(event: Event, locale: Locale) -> Element | None:
    """What to show for an event; None for what the rows that both sides share show."""
    if isinstance(event, File) and event.url.startswith(_WEB) and not _is_picture(event):
        return _file(event, locale)
    return None


def _is_picture(file: File) -> bool:
    return (file.content_type or "").startswith("image/")


def _file(file: File, locale: Locale) -> Element:
    about = size(file.size, locale) if file.size is not None else ""
    return a(".attached", href=file.url, target="_blank", rel="noopener noreferrer")[
        icons.sheet(), span[strong[file.name or file.url], span[about]]
    ]
