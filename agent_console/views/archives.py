"""The list of archived threads, and the search through them."""

from htpy import Element, Fragment, button, div, form, fragment, h1, header, input, label, li, p, span, time, ul

from agent_console.inbox import Case, Inbox
from agent_console.names import moment, name_of
from agent_console.state import ArchivesPage
from agent_console.views.buttons import worded
from agent_console.views.faces import portrait
from agent_console.views.inbox import last_line
from widget.ui.locale import Locale
from widget.wire.base import format_timestamp

__all__ = ["archives"]


def archives(state: ArchivesPage, locale: Locale) -> Fragment:
    """The column of what was found."""
    t = locale.text
    return fragment[
        header(".column-head")[
            h1[t("Archives")],
            state.count > 0 and span(".pill")[locale.plural("{count} chat", "{count} chats", state.count)],
        ],
        form(".archive-search", id="archive-search", role="search")[
            label(".visually-hidden", for_="archive-query")[t("Search the archives")],
            # data-own: what is entered is the agent's; no painting touches it.
            input(
                "#archive-query",
                type="search",
                placeholder=t("Search what was said"),
                autocomplete="off",
                enterkeyhint="search",
                data_own=True,
            ),
        ],
        ul(".chats", id="archive-list", aria_label=t("Archives"), tabindex="-1")[
            [_item(case, state, locale) for case in state.found], state.more and _more(state, locale)
        ]
        if state.found
        else _nothing(state, locale),
    ]


def _nothing(state: ArchivesPage, locale: Locale) -> Element:
    t = locale.text
    if not state.known:
        return div(".empty-list", role="status")[p[t("Loading the archives…")]]
    text = t("Nothing was said like “{query}”", query=state.query) if state.query else t("There are no chats yet")
    return div(".empty-list", role="status")[p[text], p(".hint")[t("Search for words of a message.")]]


def _item(case: Case, state: ArchivesPage, locale: Locale) -> Element:
    here = state.opened is case
    thread_id = case.conversation.thread_id or ""
    customer = case.customer
    return li(id=f"archive-{thread_id}")[
        button(
            class_=["chat", {"here": here}],
            id=f"archived-{thread_id}",
            type="button",
            data_action="archive",
            data_id=thread_id,
            aria_current="true" if here else None,
        )[
            portrait(customer, locale),
            span(".chat-text")[
                span(".chat-top")[span(".chat-name")[name_of(customer, locale)], _when(case, state, locale)],
                span(".chat-bottom")[
                    span(".chat-line", dir="auto")[last_line(case.newest, Inbox(me=state.me), locale)]
                ],
            ],
        ]
    ]


def _when(case: Case, state: ArchivesPage, locale: Locale) -> Element | None:
    if case.started_at is None or state.now is None:
        return None
    text = moment(case.started_at, state.now, locale)
    return time(".chat-time", datetime=format_timestamp(case.started_at))[text]


def _more(state: ArchivesPage, locale: Locale) -> Element:
    text = locale.text("Loading…") if state.loading else locale.text("Earlier chats")
    return li(".more-row", id="more-row")[worded(None, text, "more-archives", style=".older", busy=state.loading)]
