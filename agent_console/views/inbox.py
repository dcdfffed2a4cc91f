"""The list of chats, section by section."""

from datetime import datetime

from htpy import Element, Fragment, Node, button, div, fragment, h1, h2, header, li, p, span, time, ul

from agent_console.inbox import NOBODYS, Case, Inbox, Section, section, sections, unread
from agent_console.names import moment, name_of, waited
from agent_console.state import Listing
from agent_console.views import icons
from agent_console.views.buttons import worded
from agent_console.views.faces import face
from widget.ui.filled import read_filled
from widget.ui.locale import Locale
from widget.ui.system_messages import system_text
from widget.wire.base import format_timestamp
from widget.wire.events import Event, File, Message, SystemMessage
from widget.wire.users import Customer

__all__ = ["chats", "last_line"]


def chats(state: Listing, locale: Locale) -> Fragment:
    """The column of chats."""
    parts = sections(state.inbox)
    return fragment[
        header(".column-head")[h1[locale.text("Chats")], _summary(parts, locale)],
        ul(".chats", id="chat-list", aria_label=locale.text("Chats"), tabindex="-1")[
            [_part(name, cases, state, locale) for name, cases in parts.items()],
            state.inbox.older is not None and _more(state, locale),
        ],
        _empty(state, locale) if not state.inbox.cases else None,
    ]


def _more(state: Listing, locale: Locale) -> Element:
    text = locale.text("Loading…") if state.loading_more else locale.text("Earlier chats")
    return li(".more-row", id="more-row")[worded(None, text, "more-chats", style=".older", busy=state.loading_more)]


def _summary(parts: dict[Section, list[Case]], locale: Locale) -> Element | None:
    count = sum(len(parts[name]) for name in NOBODYS)
    if not count:
        return None
    return span(".pill.warm")[locale.plural("{count} waiting", "{count} waiting", count)]


def _part(name: Section, cases: list[Case], state: Listing, locale: Locale) -> Fragment | None:
    if not cases and (name is not Section.MINE or not state.inbox.cases):
        return None
    return fragment[
        li(".part", id=f"part-{name}")[h2[_title(name, locale)], span(".part-count")[str(len(cases))]],
        [_item(case, state, locale) for case in cases],
        not cases and li(".nothing", id="nothing")[locale.text("No chat is yours right now.")],
    ]


def _title(name: Section, locale: Locale) -> str:
    t = locale.text
    return {
        Section.MINE: t("My chats"),
        Section.WAITING: t("Queue"),
        Section.UNASSIGNED: t("Unassigned"),
        Section.SUPERVISED: t("Supervised"),
        Section.OTHERS: t("Other agents"),
        Section.CLOSED: t("Closed"),
    }[name]


def _item(case: Case, state: Listing, locale: Locale) -> Element:
    inbox = state.inbox
    part = section(case, inbox.me)
    count = unread(case, inbox.me) if part is Section.MINE else 0
    customer = inbox.customer_of(case)
    here = state.opened == case.id
    return li(id=f"chat-{case.id}")[
        button(
            class_=["chat", f"chat-{part}", {"unread": count > 0, "here": here}],
            id=f"open-{case.id}",
            type="button",
            data_action="open",
            data_id=case.id,
            aria_current="true" if here else None,
        )[
            face(customer, locale),
            span(".chat-text")[
                span(".chat-top")[span(".chat-name")[name_of(customer, locale)], _when(case, part, state, locale)],
                span(".chat-bottom")[
                    span(".chat-line", dir="auto")[_line(case, inbox, locale)],
                    count > 0 and _badge(count, locale),
                    part in (Section.OTHERS, Section.SUPERVISED) and span(".pill")[_first_names(case, locale)],
                ],
            ],
        ],
        part in NOBODYS and _take(case, customer, state, locale),
    ]


def _take(case: Case, customer: Customer | None, state: Listing, locale: Locale) -> Element:
    """A way to have a chat without looking at it first."""
    t = locale.text
    name = t("Take the chat with {name}", name=name_of(customer, locale))
    return worded(None, t("Take"), "take", style=".take", target=case.id, busy=case.id in state.taking, name=name)


def _first_names(case: Case, locale: Locale) -> str:
    return ", ".join(name_of(agent, locale).split()[0] for agent in case.agents())


def _when(case: Case, part: Section, state: Listing, locale: Locale) -> Element | None:
    now = state.now
    if now is None:
        return None
    if part in NOBODYS:
        return _waits(case, now, locale)
    return _time(case.newest.created_at if case.newest else case.touched_at, now, locale)


def _waits(case: Case, now: datetime, locale: Locale) -> Element:
    """For how long, and in which place of the queue."""
    long = waited(case.queued_at or case.touched_at, now, locale)
    position = case.conversation.queue_position
    if case.queued_at is None or position is None:
        return span(".chat-wait")[long]
    return span(".chat-wait")[
        span(aria_hidden="true")[locale.text("No. {position}", position=position)],
        span(".visually-hidden")[locale.text("Number {position} in the queue,", position=position)],
        " · ", long,
    ]  # fmt: skip


def _time(when: datetime, now: datetime, locale: Locale) -> Element:
    return time(".chat-time", datetime=format_timestamp(when))[moment(when, now, locale)]


def _badge(count: int, locale: Locale) -> Element:
    return span(".count")[
        span(aria_hidden="true")["99+" if count > 99 else str(count)],
        span(".visually-hidden")[locale.plural("{count} unread", "{count} unread", count)],
    ]


def _line(case: Case, inbox: Inbox, locale: Locale) -> Node:
    if case.peeking:
        return span(".chat-typing")[locale.text("typing"), span(".dots", aria_hidden="true")[span, span, span]]
    return last_line(case.newest, inbox, locale)


def last_line(event: Event | None, inbox: Inbox, locale: Locale) -> Node:
    """What was last said, by whom unless it was the visitor."""
    t = locale.text
    if isinstance(event, SystemMessage):
        return system_text(event, locale)
    form = read_filled(event) if event is not None else None
    if form is not None:
        return t("Form: {answers}", answers=", ".join(answer for _, answer in form.answers if answer))
    if not isinstance(event, Message | File):
        return t("No messages yet")
    said = event.text if isinstance(event, Message) else t("File: {name}", name=event.name or event.url)
    if event.visibility == "agents":
        return fragment[span(".chat-note")[icons.lock(), span(".visually-hidden")[t("Note:")]], " ", said]
    if event.author_id == inbox.me:
        return t("You: {text}", text=said)
    return said


def _empty(state: Listing, locale: Locale) -> Element:
    t = locale.text
    if not state.known:
        return div(".empty-list", role="status")[
            [div(".ghost", aria_hidden="true") for _ in range(5)], span(".visually-hidden")[t("Loading the chats…")]
        ]
    return div(".empty-list")[
        p[t("No chats yet")], p(".hint")[t("When a visitor writes, the chat appears here by itself.")]
    ]
