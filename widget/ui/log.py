"""The rows of a conversation, drawn. The console and the widget draw the same rows."""

from collections.abc import Callable
from dataclasses import dataclass

from htpy import Element, Node, VoidElement, a, button, div, footer, img, li, p, span, time
from markupsafe import Markup

from widget.rtm.outbox import Outgoing
from widget.ui import icons
from widget.ui.cards import rich_content
from widget.ui.filled import answers, read_filled, sent_form
from widget.ui.linked import linked
from widget.ui.locale import Locale
from widget.ui.rich import read_rich
from widget.ui.system_messages import system_text
from widget.ui.timeline import DayRow, EventRow, OutgoingRow, Row, SystemRow, words_about
from widget.wire.base import format_timestamp
from widget.wire.events import CustomEvent, File, Message, UnknownEvent
from widget.wire.users import User

__all__ = ["DrawnRow", "avatar", "bubble", "drawn_row", "initials", "row", "row_id", "said", "system_row", "typing_row"]

_SAFE_IMAGE = ("https://", "http://", "/")


def row(item: Row, locale: Locale, *, author: User | None = None) -> Element:
    """One row of the log; ``author`` is who wrote it, where that is somebody else."""
    match item:
        case DayRow(moment):
            day = locale.dates.day(moment)
            return li(".day", id=row_id(item, locale))[span[day]]
        case SystemRow(event):
            return system_row(item, locale, system_text(event, locale))
        case OutgoingRow(outgoing):
            return outgoing_bubble(outgoing, locale)
        case EventRow():
            return bubble(item, locale, author)


@dataclass(frozen=True, slots=True)
class DrawnRow:
    """A row as markup; ``id`` is that of its element."""

    id: str
    markup: Markup


def row_id(item: Row, locale: Locale) -> str:
    """The id of a row's element. A text on its way has the one that the server's copy will have."""
    match item:
        case DayRow(moment):
            return f"day-{locale.dates.day_key(moment)}"
        case SystemRow(event):
            return f"event-{event.id}"
        case OutgoingRow(outgoing):
            return f"message-{outgoing.custom_id}"
        case EventRow(event):
            return f"message-{event.custom_id or event.id}"


_DRAWN: dict[tuple[object, ...], tuple[object, DrawnRow]] = {}
"""Rows that were drawn before, with what they show; what they show is kept, so that no other thing gets its id."""

MOST_DRAWN = 4000
"""How many drawn rows are kept."""

Draw = Callable[[Row, Locale, User | None], Element]


def drawn_row(item: Row, locale: Locale, *, author: User | None = None, draw: Draw | None = None) -> DrawnRow:
    """A row of the log as markup. What was said is drawn once: a log is painted often, and hardly any of it changes.

    ``draw``: how, where that is not as ``row`` does it.
    """
    if not isinstance(item, EventRow):
        return _drawn(item, locale, author, draw)
    place = item.mine, item.first, item.last, item.seen, item.words, item.answered
    key = (id(item.event), id(author), id(locale), draw, *place)
    known = _DRAWN.get(key)
    if known is None:
        if len(_DRAWN) >= MOST_DRAWN:
            _DRAWN.clear()
        known = _DRAWN[key] = (item.event, author, locale), _drawn(item, locale, author, draw)
    return known[1]


def _drawn(item: Row, locale: Locale, author: User | None, draw: Draw | None) -> DrawnRow:
    element = row(item, locale, author=author) if draw is None else draw(item, locale, author)
    return DrawnRow(row_id(item, locale), Markup(element))


def system_row(item: SystemRow, locale: Locale, text: str) -> Element:
    """What happened, in the words for who reads it."""
    return li(".system", id=row_id(item, locale))[span[text]]


def bubble(
    item: EventRow, locale: Locale, author: User | None, *, live: bool = False, content: Element | None = None
) -> Element:
    """Something said, in a bubble, with the writer's face at the end of a group and the time below it.

    ``live``: the buttons in it can be pressed; ``content``: what to show in it, where that is not as ``said`` does it.
    """
    event = item.event
    classes = {"bubble": True, "mine": item.mine, "first": item.first, "last": item.last}
    classes["note"] = event.visibility == "agents"
    return li(class_=classes, id=row_id(item, locale))[
        not item.mine and (avatar(author) if item.last else span(".avatar-space")),
        div(".stack")[
            item.first and not item.mine and author is not None and span(".author")[author.name],
            said(item, locale, live=live and not item.answered) if content is None else div(".text")[content],
            item.last and _foot(item, locale),
        ],
    ]


def outgoing_bubble(outgoing: Outgoing, locale: Locale) -> Element:
    """A text on its way, or one that was refused, with what can be done about it."""
    failed = outgoing.error is not None
    classes = ["bubble mine first last", "failed" if failed else "sending"]
    return li(class_=classes, id=row_id(OutgoingRow(outgoing), locale))[
        div(".stack")[
            div(".text", dir="auto")[_on_its_way(outgoing)],
            _refused(outgoing, locale) if failed else footer[span(".delivery")[icons.clock(), locale.text("Sending")]],
        ]
    ]  # fmt: skip


def _on_its_way(outgoing: Outgoing) -> Node:
    if outgoing.file is not None:
        return p[outgoing.file.name]
    form = sent_form(outgoing)
    if form is not None:
        return answers(form)
    return linked(outgoing.text or words_about(outgoing.content, "userMessage") or "")


def typing_row(who: User | None, locale: Locale) -> Element:
    """Somebody types."""
    name = who.name if who is not None and who.name else locale.text("Agent")
    return li(".bubble.typing.first.last", id="typing")[
        avatar(who),
        div(".stack")[
            div(".text")[
                span(".visually-hidden")[locale.text("{name} is typing", name=name)],
                span(".dots", aria_hidden="true")[span, span, span],
            ]
        ],
    ]


def avatar(user: User | None) -> Element | VoidElement:
    """A face: the picture, or the initials on a colour that stays with the name."""
    if user is not None and user.avatar and user.avatar.startswith(_SAFE_IMAGE):
        return img(".avatar", src=user.avatar, alt="", loading="lazy")
    name = (user.name if user is not None else None) or ""
    return span(class_=["avatar", f"hue-{sum(map(ord, name)) % 6}"], aria_hidden="true")[initials(name)]


def initials(name: str) -> str:
    """Up to two letters for a name: ``Sam Rivera`` is ``SR``."""
    words = name.split()
    return "".join(word[0].upper() for word in (words[:1] + words[-1:] if len(words) > 1 else words)) or "·"


def said(item: EventRow, locale: Locale, *, live: bool) -> Element:
    """What stands in a bubble: the text, the file, the cards."""
    rich = read_rich(item.event)
    if rich is not None:
        return div(".text.rich")[rich_content(rich, item.event.id, locale, live=live)]
    form = read_filled(item.event)
    if form is not None:
        return div(".text")[answers(form)]
    return div(".text", dir="auto")[linked(item.words) if item.words is not None else _content(item.event, locale)]


def _content(event: Message | File | CustomEvent | UnknownEvent, locale: Locale) -> Node:
    if isinstance(event, Message):
        return linked(event.text)
    if not isinstance(event, File):
        return None  # it has a row for its words only
    if event.content_type in _PICTURES and _linkable(event.url):
        return _picture(event, locale)
    label = event.name or event.url
    return a(href=event.url, rel="noopener noreferrer", target="_blank")[label] if _linkable(event.url) else p[label]


def _picture(file: File, locale: Locale) -> Element:
    """A small copy that leads to the whole; its measures keep the place until it is there."""
    small = file.thumbnail2x_url or file.thumbnail_url or file.url
    text = file.alternative_text or locale.text("Picture: {name}", name=file.name or "")
    return a(".picture", href=file.url, rel="noopener noreferrer", target="_blank")[
        img(src=small if _linkable(small) else file.url, alt=text, width=file.width, height=file.height)
    ]


_PICTURES = {"image/png", "image/jpeg", "image/gif", "image/webp"}
"""What the server shows in place (``server/file_types.py``)."""


def _linkable(url: str) -> bool:
    return url.startswith(("https://", "http://"))


def _foot(item: EventRow, locale: Locale) -> Element:
    moment = item.event.created_at
    return footer[
        time(datetime=format_timestamp(moment))[locale.dates.clock(moment)],
        item.mine and _delivery(locale, seen=item.seen),
    ]


def _delivery(locale: Locale, *, seen: bool) -> Element:
    if seen:
        return span(".delivery.seen")[icons.check_double(), locale.text("Seen")]
    return span(".delivery")[icons.check(), locale.text("Sent")]


def _refused(outgoing: Outgoing, locale: Locale) -> Element:
    return footer[
        span(".delivery")[icons.alert(), locale.text("Not sent")],
        button(type="button", data_action="retry", data_id=outgoing.custom_id)[locale.text("Retry")],
        button(type="button", data_action="discard", data_id=outgoing.custom_id)[locale.text("Discard")],
    ]
