"""The chat window: header, notice, log, composer. State in, element out, nothing else."""

from datetime import datetime

from htpy import (
    Element,
    Fragment,
    button,
    details,
    div,
    form,
    fragment,
    h1,
    header,
    label,
    main,
    ol,
    p,
    span,
    strong,
    textarea,
)
from htpy import summary as summary_

from widget.ui import icons
from widget.ui.locale import Locale
from widget.ui.log import avatar, row, typing_row
from widget.ui.state import Notice, WindowState
from widget.ui.timeline import EventRow, Row, timeline
from widget.wire.users import Agent, User

__all__ = ["LONGEST_TEXT", "notice_text", "window"]

LONGEST_TEXT = 4096
"""Characters in a message (spec: widget-js-api, B3)."""


def window(state: WindowState, locale: Locale) -> Fragment:
    """The whole window."""
    return fragment[
        _header(state, locale),
        _notice(state, locale),
        main[_scroll(state, locale), _composer(state, locale)],
    ]


def _header(state: WindowState, locale: Locale) -> Element:
    agents = state.conversation.agents()
    return header(".head")[
        _faces(agents),
        div(".who")[h1[_title(agents, locale)], p(".presence")[_presence(state, agents, locale)]],
        _menu(state, locale),
        button(".round", type="button", data_action="hide", aria_label=locale.text("Close chat"))[icons.close()],
    ]


def _faces(agents: list[Agent]) -> Element:
    return div(".faces")[[avatar(a) for a in agents[:3]]] if agents else div(".faces")[icons.bubble_mark()]


def _title(agents: list[Agent], locale: Locale) -> str:
    names = [a.name for a in agents if a.name]
    return ", ".join(names[:2]) or locale.text("Chat with us")


def _presence(state: WindowState, agents: list[Agent], locale: Locale) -> str:
    if any(a.present for a in agents):
        return (agents[0].job_title if len(agents) == 1 else None) or locale.text("Here with you now")
    if not state.agents_online:
        return locale.text("Away now. We answer here.")
    if state.conversation.queue_position is not None:
        return locale.text("You are number {place} in the queue", place=state.conversation.queue_position)
    return locale.text("We usually answer within minutes")


def _menu(state: WindowState, locale: Locale) -> Element | None:
    if not state.conversation.active:
        return None
    return details(".menu", id="menu", open=state.menu_open)[
        summary_(".round", aria_label=locale.text("More"), data_action="menu")[icons.more()],
        div(".menu-list")[button(type="button", data_action="end")[locale.text("End chat")],],
    ]


def _notice(state: WindowState, locale: Locale) -> Element:
    """Always there, so that what it says is announced when it changes."""
    text = notice_text(state.notice, locale)
    return div(
        class_={"notice": True, f"notice-{state.notice}": state.notice is not None},
        id="notice", role="status", hidden=text is None,
    )[
        text and span[text],
        state.notice in _RETRY and button(type="button", data_action="reconnect")[locale.text("Try again")],
    ]  # fmt: skip


_RETRY = {Notice.UNREACHABLE, Notice.RECONNECTING, Notice.PAUSED, Notice.BEHIND, Notice.FAILED}


def notice_text(notice: Notice | None, locale: Locale) -> str | None:
    """What the window says about itself, or None when there is nothing to say."""
    t = locale.text
    match notice:
        case Notice.CONNECTING | None:
            return None
        case Notice.UNREACHABLE:
            return t("We cannot be reached right now. Trying again…")
        case Notice.RECONNECTING:
            return t("Connection lost. Reconnecting…")
        case Notice.OFFLINE:
            return t("You are offline. What you write is kept and sent later.")
        case Notice.PAUSED:
            return t("The chat is resting.")
        case Notice.ENDED:
            return t("This chat is not available right now.")
        case Notice.BEHIND:
            return t("Newer messages could not be loaded.")
        case Notice.FAILED:
            return t("The chat could not start.")


def _scroll(state: WindowState, locale: Locale) -> Element:
    """What can be scrolled: the beginning of the conversation, the log, and a way back to its end."""
    rows = timeline(
        state.conversation.entries,
        state.outgoing,
        me=[state.customer_id] if state.customer_id else [],
        seen_up_to=_seen_by_agents(state),
        dates=locale.dates,
    )
    return div(".scroll", id="scroll", data_stick="bottom", tabindex="0")[
        state.conversation.older is not None and _older(state, locale),
        state.conversation.older is None and _welcome(state, locale, alone=not rows),
        div(".said", role="log", aria_label=locale.text("Conversation"), aria_busy=_busy(state))[
            ol(".log", id="log")[
                [_row(item, state, locale) for item in rows],
                [typing_row(_user(state, who), locale) for who in sorted(state.conversation.typing)[:1]],
            ]
        ],
        state.unread_below > 0 and _unread_below(state.unread_below, locale),
    ]


def _row(item: Row, state: WindowState, locale: Locale) -> Element:
    author = _user(state, item.event.author_id) if isinstance(item, EventRow) else None
    return row(item, locale, author=author)


def _user(state: WindowState, user_id: str | None) -> User | None:
    return state.conversation.users.get(user_id or "")


def _busy(state: WindowState) -> str:
    return "true" if state.loading_older else "false"


def _seen_by_agents(state: WindowState) -> datetime | None:
    marks = [mark for user, mark in state.conversation.seen.items() if user != state.customer_id]
    return max(marks, default=None)


def _older(state: WindowState, locale: Locale) -> Element:
    text = locale.text("Loading…") if state.loading_older else locale.text("Earlier messages")
    return button(".older", type="button", data_action="older", disabled=state.loading_older)[text]


def _welcome(state: WindowState, locale: Locale, *, alone: bool) -> Element:
    """What stands at the beginning of the conversation; ``alone``: nothing has been said yet."""
    return div(class_={"welcome": True, "alone": alone}, id="welcome")[
        icons.bubble_mark(),
        strong[locale.text("Hello! How can we help?")],
        p[
            locale.text("Ask us anything. A person reads it and answers right here.")
            if state.agents_online
            else locale.text("We are away at the moment. Leave a message, and the answer will be waiting for you here.")
        ],
    ]


def _unread_below(count: int, locale: Locale) -> Element:
    text = locale.plural("{count} new message", "{count} new messages", count)
    return button(".below", type="button", data_action="bottom")[text, icons.chevron_down()]


def _composer(state: WindowState, locale: Locale) -> Element:
    closed = state.notice is Notice.ENDED
    return form(".composer", id="composer", data_action="send", novalidate=True)[
        label(".visually-hidden", for_="message")[locale.text("Message")],
        # data-own: what is typed is the visitor's; no rendering touches it.
        textarea(
            "#message",
            name="message",
            rows="1",
            dir="auto",
            placeholder=locale.text("Write a message…"),
            autocomplete="off",
            enterkeyhint="send",
            maxlength=str(LONGEST_TEXT),
            disabled=closed,
            data_own=True,
        ),
        button(".send", type="submit", disabled=closed, aria_label=locale.text("Send"))[icons.send()],
    ]
