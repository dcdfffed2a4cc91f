"""The list of the visitor's conversations, and what stands in place of the composer in one that has ended."""

from collections.abc import Sequence

from htpy import Element, Node, button, div, footer, li, ol, p, span, strong, time

from widget.ui import icons
from widget.ui.locale import Locale
from widget.ui.places import Summary
from widget.ui.timeline import words_about
from widget.wire.base import format_timestamp
from widget.wire.events import CustomEvent, Event, File, Message

__all__ = ["ended", "thread_list"]

LONGEST_WORDS = 120
"""Characters of a conversation's last words that the list has; the sheet cuts them to a line."""


def thread_list(threads: Sequence[Summary], locale: Locale, *, more: bool, loading: bool) -> Element:
    """The conversations, the newest first; ``more``: there are older ones."""
    t = locale.text
    return div(".threads", id="threads", tabindex="-1")[
        ol(aria_label=t("Conversations"))[[_thread(thread, locale) for thread in threads]]
        if threads
        else p(".no-threads")[t("You have no conversations yet.")],
        more
        and button(".older", type="button", data_action="older", disabled=loading)[
            t("Loading…") if loading else t("Earlier conversations")
        ],
        div(".begin")[_begin(locale)],
    ]


def ended(locale: Locale) -> Element:
    """Under a conversation that can only be read."""
    return footer(".ended")[p[locale.text("This conversation has ended.")], _begin(locale)]


def _begin(locale: Locale) -> Element:
    return button(".primary", type="button", data_action="new-thread")[locale.text("Start a new conversation")]


def _thread(thread: Summary, locale: Locale) -> Element:
    moment = thread.moment
    return li(id=f"thread-{thread.thread_id}")[
        button(type="button", data_action="thread", data_id=thread.thread_id)[
            span(".thread-words", dir="auto")[strong[_words(thread.last, locale)]],
            span(".thread-about")[
                time(datetime=format_timestamp(moment))[locale.dates.day(moment)],
                span(class_=["standing", "on" if thread.open else "off"])[
                    locale.text("Open") if thread.open else locale.text("Ended")
                ],
            ],
            icons.chevron_forward(),
        ]
    ]


def _words(event: Event | None, locale: Locale) -> Node:
    match event:
        case Message():
            return event.text[:LONGEST_WORDS]
        case File():
            return event.name or locale.text("File")
        case CustomEvent():
            return (words_about(event.content, "userMessage") or "")[:LONGEST_WORDS]
        case _:
            return locale.text("Conversation")
