"""The conversation in front: who it is with, what was said, what is being typed, and the composer."""

from collections.abc import Iterable

from htpy import (
    Element,
    Fragment,
    Node,
    button,
    div,
    footer,
    form,
    fragment,
    h2,
    header,
    kbd,
    label,
    li,
    ol,
    p,
    span,
    strong,
    textarea,
)

from agent_console.inbox import Section
from agent_console.names import name_of
from agent_console.state import Idle, Talk
from agent_console.views import icons
from agent_console.views.buttons import plain, worded
from agent_console.views.faces import face, named, portrait
from agent_console.views.notes import note, note_on_its_way
from widget.ui.icons import bubble_mark, chevron_down, send
from widget.ui.locale import Locale
from widget.ui.log import drawn_row, row
from widget.ui.timeline import EventRow, Row, timeline
from widget.wire.events import Message
from widget.wire.users import Agent, Customer, User

__all__ = ["LONGEST_TEXT", "log", "talk"]

LONGEST_TEXT = 4096
"""Characters in a message, as in the widget."""


def talk(state: Talk | Idle, locale: Locale) -> Fragment:
    """The whole column."""
    if isinstance(state, Idle):
        return fragment[_nothing_open(state, locale)]
    composer = None if state.archived else _composer(state, locale)
    return fragment[_head(state, locale), _log_column(state, locale), composer]


def _nothing_open(state: Idle, locale: Locale) -> Element:
    t = locale.text
    return div(".nothing-open")[
        bubble_mark(),
        strong[t("All quiet") if state.quiet else t("Choose a chat")],
        p[
            t("New chats appear in the list by themselves.")
            if state.accepting
            else t("You get no new chats until you accept them again.")
        ],
        p(".hint")[
            kbd["J"], " ", kbd["K"], " ", t("move through the list"), " · ", kbd["?"], " ", t("shows all shortcuts")
        ],
    ]


# Head


def _head(state: Talk, locale: Locale) -> Element:
    t = locale.text
    customer = state.customer
    return header(".talk-head")[
        not state.archived and plain(icons.back(), t("Back to the chats"), "list", ".round.to-list"),
        face(customer, locale),
        div(".talk-who")[h2[name_of(customer, locale)], p[_standing(state, customer, locale)]],
        div(".talk-actions")[
            _actions(state, locale),
            plain(
                icons.panel(),
                t("Visitor's details"),
                "details",
                ".round.to-details",
                id="to-details",
                aria_expanded="true" if state.details_open else "false",
                aria_controls="details",
            ),
        ],
    ]


def _standing(state: Talk, customer: Customer | None, locale: Locale) -> str:
    """Where the chat stands and where the visitor is, in a line."""
    t = locale.text
    place = _place(customer, locale)
    if state.archived:
        return locale.dates.day(state.case.started_at) if state.case.started_at else ""
    others = [name_of(a, locale) for a in state.case.agents() if a.id != state.me]
    match state.section:
        case Section.CLOSED:
            return t("Closed · {place}", place=place)
        case Section.WAITING:
            return t("Waiting for an agent · {place}", place=place)
        case Section.OTHERS:
            return t("With {names} · {place}", names=", ".join(others), place=place)
        case Section.MINE if others:
            return t("With you and {names} · {place}", names=", ".join(others), place=place)
    return place[:1].upper() + place[1:]


def _place(customer: Customer | None, locale: Locale) -> str:
    if customer is None or not customer.online:
        return locale.text("has left the site")
    pages = (customer.visit and customer.visit.last_pages) or []
    return (
        locale.text("on {page}", page=pages[-1].title) if pages and pages[-1].title else locale.text("on the site now")
    )


def _actions(state: Talk, locale: Locale) -> Element:
    t = locale.text
    chat_id = state.case.id
    if state.archived:
        return worded(icons.chats(), t("Open the chat"), "open", target=chat_id)
    match state.section:
        case Section.MINE:
            busy = "deactivate_chat" in state.busy
            return worded(icons.archive(), t("Close chat"), "close-chat", target=chat_id, busy=busy)
        case Section.CLOSED:
            return worded(icons.reopen(), t("Reopen"), "reopen", target=chat_id, busy="resume_chat" in state.busy)
        case Section.WAITING | Section.OTHERS:
            text = t("Take over") if state.section is Section.WAITING else t("Join")
            busy = "add_user_to_chat" in state.busy
            return worded(icons.join(), text, "join", style=".button.primary", target=chat_id, busy=busy)


# Log


def _log_column(state: Talk, locale: Locale) -> Element:
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
    if isinstance(item, EventRow) and item.event.visibility == "agents" and isinstance(item.event, Message):
        return note(item, item.event, author, locale)
    return row(item, locale, author=named(author, locale))


def _typing_colleagues(state: Talk, locale: Locale) -> Element | None:
    names = [name_of(a, locale) for a in _agents(state, state.case.conversation.typing) if a.id != state.me]
    if not names:
        return None
    return li(".system", id="colleague-typing")[span[locale.text("{names} is typing", names=", ".join(names))]]


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


# Composer


def _composer(state: Talk, locale: Locale) -> Element:
    t = locale.text
    return form(class_={"composer": True, "for-agents": state.note}, id="composer", novalidate=True)[
        div(".composer-box")[
            label(".visually-hidden", for_="message")[t("Message")],
            # data-own: what is typed is the agent's; no painting touches it.
            textarea(
                "#message",
                name="message",
                rows="1",
                dir="auto",
                placeholder=t("Write a note. The visitor does not see it.") if state.note else t("Write a reply…"),
                autocomplete="off",
                enterkeyhint="send",
                maxlength=str(LONGEST_TEXT),
                aria_describedby="composer-hint",
                data_own=True,
            ),
            div(".composer-tools")[
                button(
                    ".toggle",
                    id="note",
                    type="button",
                    aria_pressed="true" if state.note else "false",
                    data_action="note",
                    title=t("Only agents see a note"),
                )[icons.lock(), span[t("Note for agents only")]],
                p(".composer-hint", id="composer-hint")[_hint(state, locale)],
                button(".send", type="submit", aria_label=t("Send"), title=t("Send (Enter)"))[send()],
            ],
        ]
    ]


def _hint(state: Talk, locale: Locale) -> str:
    """What sending does beside sending."""
    t = locale.text
    if state.note:
        return t("The visitor does not see this")
    match state.section:
        case Section.CLOSED:
            return t("Sending reopens the chat")
        case Section.WAITING:
            return t("Sending takes the chat over")
        case Section.OTHERS:
            return t("Sending joins the chat")
        case Section.MINE:
            return t("Enter sends, Shift+Enter begins a line")
