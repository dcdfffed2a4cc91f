"""What is in a bubble that the widget draws otherwise or not at all: files with their sizes, answers in a form."""

from htpy import Element, Node, a, dd, dl, dt, fragment, span, strong

from agent_console.filled_forms import FilledForm
from agent_console.views import icons
from agent_console.views.sizes import size
from widget.ui.locale import Locale
from widget.wire.events import Event, File
from widget.wire.new_events import FilledFormField

__all__ = ["content"]

_WEB = ("https://", "http://")


def content(event: Event, locale: Locale) -> Element | None:
    """What to show for an event; None for what the rows that both sides share show."""
    if isinstance(event, FilledForm):
        return dl(".form-answers")[[_answer(field) for field in event.fields]]
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


def _answer(field: FilledFormField) -> Node:
    if field.type == "header":
        return None
    given = field.answers if field.answers is not None else [field.answer]
    words = [text for each in given if (text := _words(each))]
    return fragment[dt(dir="auto")[field.label], dd(dir="auto")[", ".join(words) or "–"]]


def _words(answer: object) -> str:
    """An answer in words: a text, or the label of an option."""
    if isinstance(answer, dict):
        return str(answer.get("label") or "")
    return "" if answer is None else str(answer)
