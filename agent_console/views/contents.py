"""What is in a bubble that is more than a text: pictures, files, cards, quick replies, answers in a form."""

from htpy import Element, Node, a, dd, div, dl, dt, fragment, img, p, span, strong

from agent_console.rich_messages import FilledForm, RichMessage
from agent_console.views import icons
from agent_console.views.links import link
from agent_console.views.sizes import size
from widget.ui.locale import Locale
from widget.wire.events import CustomEvent, File, Message
from widget.wire.new_events import FilledFormField, RichButton, RichElement

__all__ = ["content"]

_WEB = ("https://", "http://")

LARGEST = 280
"""The longer side of a picture in the log, in pixels."""


def content(event: Message | File | CustomEvent, locale: Locale) -> Node:
    """What to show for an event; nothing for what shows itself."""
    match event:
        case File():
            return _file(event, locale)
        case RichMessage():
            return _rich(event, locale)
        case FilledForm():
            return dl(".form-answers")[[_answer(field) for field in event.fields]]
    return None


# Files


def _file(file: File, locale: Locale) -> Node:
    if not file.url.startswith(_WEB):
        return None
    name = file.name or file.url
    if (file.content_type or "").startswith("image/") and file.width and file.height:
        return _picture(file, name)
    about = size(file.size, locale) if file.size is not None else ""
    return a(".file", href=file.url, target="_blank", rel="noopener noreferrer")[
        icons.sheet(), span[strong[name], span[about]]
    ]


def _picture(file: File, name: str) -> Element:
    """A small copy, which leads to the whole: its place is kept before it is there."""
    width, height = file.width or LARGEST, file.height or LARGEST
    scale = min(1.0, LARGEST / max(width, height))
    small = file.thumbnail2x_url or file.thumbnail_url or file.url
    return a(".picture", href=file.url, target="_blank", rel="noopener noreferrer", title=name)[
        img(
            src=small if small.startswith(_WEB) else file.url,
            alt=file.alternative_text or name,
            width=str(max(1, round(width * scale))),
            height=str(max(1, round(height * scale))),
            loading="lazy",
        )
    ]


# Rich messages


def _rich(message: RichMessage, locale: Locale) -> Node:
    if not message.elements:
        return p[locale.text("A message that cannot be shown here")]
    many = len(message.elements) > 1
    return div(class_={"cards": True, "many": many})[[_card(each, locale) for each in message.elements]]


def _card(element: RichElement, locale: Locale) -> Element:
    image = element.image
    return div(".rich-card")[
        image is not None
        and image.url.startswith(_WEB)
        and img(src=image.url, alt=image.alternative_text or "", loading="lazy"),
        (element.title or element.subtitle)
        and div(".rich-text")[
            element.title and strong(dir="auto")[element.title],
            element.subtitle and p(dir="auto")[element.subtitle],
        ],
        element.buttons and div(".rich-buttons", aria_label=locale.text("Offered"), role="group")[
            [_button(button) for button in element.buttons]
        ],
    ]  # fmt: skip


def _button(button: RichButton) -> Node:
    """What the visitor can press; here it is only read, or followed."""
    if button.type in ("url", "webview") and button.value:
        return span(".rich-button")[link(button.value, button.text)]
    return span(".rich-button", dir="auto")[button.text]


def _answer(field: FilledFormField) -> Node:
    given = field.answers if field.answers is not None else [field.answer]
    words = [text for each in given if (text := _words(each))]
    if field.type == "header":
        return None
    return fragment[dt(dir="auto")[field.label], dd(dir="auto")[", ".join(words) or "–"]]


def _words(answer: object) -> str:
    """An answer in words: a text, or the label of an option."""
    if isinstance(answer, dict):
        return str(answer.get("label") or "")
    return "" if answer is None else str(answer)
