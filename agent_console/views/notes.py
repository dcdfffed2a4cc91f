"""Notes for agents only. They look different from what visitors see, and say so in words, not by colour alone."""

from htpy import Element, Node, button, div, footer, li, span, time

from agent_console.names import name_of
from agent_console.views import icons
from agent_console.views.faces import portrait
from widget.rtm.outbox import Outgoing
from widget.ui.icons import alert, clock
from widget.ui.linked import linked
from widget.ui.locale import Locale
from widget.ui.log import said
from widget.ui.timeline import EventRow
from widget.wire.base import format_timestamp
from widget.wire.users import User

__all__ = ["note", "note_on_its_way"]


def note(row: EventRow, inside: Element | None, author: User | None, locale: Locale) -> Element:
    """A note that everybody in the team can read; ``inside``: what is in it, where that is not as in other bubbles."""
    event = row.event
    moment = event.created_at
    return li(
        class_={"bubble": True, "note": True, "mine": row.mine, "first": row.first, "last": row.last},
        id=f"message-{event.custom_id or event.id}",
    )[
        not row.mine and (portrait(author, locale) if row.last else span(".avatar-space")),
        div(".stack")[
            row.first and _mark(None if row.mine else author, locale),
            said(row, locale, live=False) if inside is None else div(".text")[inside],
            row.last and footer[time(datetime=format_timestamp(moment))[locale.dates.clock(moment)]],
        ],
    ]


def note_on_its_way(outgoing: Outgoing, locale: Locale) -> Element:
    """A note that the server does not have yet."""
    failed = outgoing.error is not None
    style = ["bubble mine note first last", "failed" if failed else "sending"]
    return li(class_=style, id=f"message-{outgoing.custom_id}")[
        div(".stack")[
            _mark(None, locale),
            div(".text", dir="auto")[linked(outgoing.text) if outgoing.file is None else outgoing.file.name],
            _failed(outgoing, locale) if failed else footer[span(".delivery")[clock(), locale.text("Sending")]],
        ]
    ]


def _mark(author: User | None, locale: Locale) -> Element:
    t = locale.text
    words = t("Note by {name}", name=name_of(author, locale)) if author is not None else t("Note for agents only")
    return span(".author.note-mark")[icons.lock(), words]


def _failed(outgoing: Outgoing, locale: Locale) -> Node:
    t, target = locale.text, outgoing.custom_id
    return footer[
        span(".delivery")[alert(), t("Not sent")],
        button(type="button", data_action="retry", data_id=target)[t("Retry")],
        button(type="button", data_action="discard", data_id=target)[t("Discard")],
    ]
