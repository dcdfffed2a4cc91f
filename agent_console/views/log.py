"""What was said, with what is on its way and what is being typed at the end."""

from collections.abc import Iterable

from htpy import Element, Node, button, div, footer, li, ol, span

from agent_console.names import listed, name_of
from agent_console.state import Talk
from agent_console.views.buttons import worded
from agent_console.views.contents import content
from agent_console.views.faces import named, portrait
from agent_console.views.notes import note, note_on_its_way
from widget.ui.icons import chevron_down
from widget.ui.locale import Locale
from widget.ui.log import bubble, drawn_row, row
from widget.ui.timeline import EventRow, Row, timeline
from widget.wire.users import Agent, User

__all__ = ["log", "log_column"]


def log_column(state: Talk, locale: Locale) -> Element:
    """The log, and a way to its end where there is something new."""
    return div(".log-column")[
        log(state, locale),
        state.unread_below > 0
        and button(".below", type="button", data_action="bottom")[
            locale.plural("{count} new message", "{count} new messages", state.unread_below), chevron_down()
        ],
    ]


def log(state: Talk, locale: Locale) -> Element:
    """What was said, with what is on its way and what is being typed at the end."""
    conversation = state.case.conversation
    customer = state.customer
    rows = timeline(
        conversation.entries,
        [s.outgoing for s in state.sendings if not s.note],
        me=[state.me],
        seen_up_to=conversation.seen.get(customer.id) if customer else None,
        dates=locale.dates,
    )
    arrived = conversation.custom_ids
    notes = [s for s in state.sendings if s.note and s.outgoing.custom_id not in arrived]
    return div(
        ".said",
        id="scroll",
        role="log",
        tabindex="0",
        aria_label=locale.text("Conversation"),
        aria_busy="false" if state.known else "true",
        data_stick="bottom",
        data_key=state.case.id,
    )[
        ol(".log", id="log")[
            _older(state, locale),
            [_row(item, state, locale) for item in rows],
            [note_on_its_way(sending.outgoing, locale) for sending in notes],
            _typing_colleagues(state, locale),
            state.case.peek and _peek(state, locale),
        ]
    ]


def _older(state: Talk, locale: Locale) -> Element | None:
    if not state.known and not state.case.conversation.entries:
        return li(".log-ghosts", id="older-row")[
            [div(".ghost", aria_hidden="true") for _ in range(3)], span(".visually-hidden")[locale.text("Loading…")]
        ]
    if state.case.conversation.older is None:
        return None
    loading = "list_threads" in state.busy
    text = locale.text("Loading…") if loading else locale.text("Earlier messages")
    return li(".older-row", id="older-row")[
        worded(None, text, "older", style=".older", target=state.case.id, busy=loading)
    ]


def _row(item: Row, state: Talk, locale: Locale) -> Node:
    author = state.people.get(item.event.author_id or "") if isinstance(item, EventRow) else None
    return drawn_row(item, locale, author=author, draw=_said).markup


def _said(item: Row, locale: Locale, author: User | None) -> Element:
    if not isinstance(item, EventRow):
        return row(item, locale, author=named(author, locale))
    inside = content(item.event, locale)
    if item.event.visibility == "agents":
        return note(item, inside, author, locale)
    return bubble(item, locale, named(author, locale), content=inside)


def _typing_colleagues(state: Talk, locale: Locale) -> Element | None:
    names = [name_of(a, locale) for a in _agents(state, state.case.conversation.typing) if a.id != state.me]
    if not names:
        return None
    return li(".system", id="colleague-typing")[span[locale.text("{names} is typing", names=listed(names, locale))]]


def _agents(state: Talk, ids: Iterable[str]) -> list[Agent]:
    return [user for user_id in sorted(ids) if isinstance(user := state.people.get(user_id), Agent)]


def _peek(state: Talk, locale: Locale) -> Element:
    """What the visitor has typed and not sent. It is no message: it looks different, and is not announced."""
    t = locale.text
    return li(".bubble.peek.first.last", id="peek", aria_live="off")[
        portrait(state.customer, locale),
        div(".stack")[
            div(".text", dir="auto")[state.case.peek],
            footer[
                state.case.peeking and span(".dots", aria_hidden="true")[span, span, span],
                t("Typing, not sent yet") if state.case.peeking else t("Typed, not sent"),
            ],
        ],
    ]
