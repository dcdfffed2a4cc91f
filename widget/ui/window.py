"""The chat window: header, notice, log, composer. State in, element out, nothing else."""

from collections.abc import Sequence
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
from markupsafe import Markup

from widget.ui import icons
from widget.ui.attaching import attach_button, drop_place, upload_row
from widget.ui.emoji import emoji_button
from widget.ui.form import form_panel, thanks
from widget.ui.languages import LANGUAGES
from widget.ui.locale import Locale
from widget.ui.log import DrawnRow, avatar, bubble, drawn_row, row, system_row, typing_row
from widget.ui.places import Spot
from widget.ui.rating import rating
from widget.ui.state import Around, Notice, WindowState
from widget.ui.system_messages import told_to_visitor
from widget.ui.threads import ended, thread_list
from widget.ui.timeline import EventRow, Row, SystemRow, timeline
from widget.wire.users import Agent, User

__all__ = ["LONGEST_TEXT", "around", "launcher_texts", "notice_text", "rows", "window"]

LONGEST_TEXT = 4096
"""Characters in a message (spec: widget-js-api, B3)."""


def window(state: WindowState, locale: Locale) -> Fragment:
    """The whole window."""
    return _window(state.around(), locale, [drawn.markup for drawn in rows(state, locale)])


def around(state: Around, locale: Locale) -> Fragment:
    """The window without the rows of its log; those that are on the screen stay there."""
    return _window(state, locale, [])


def rows(state: WindowState, locale: Locale) -> list[DrawnRow]:
    """The rows of the log, from top to bottom: those of the reel."""
    chat, reel = state.conversation, state.reel
    part = slice(None) if reel is None else slice(reel.start, reel.stop)
    items = timeline(
        chat.entries,
        state.outgoing,
        me=[state.customer_id] if state.customer_id else [],
        seen_up_to=_seen_by_agents(state),
        dates=locale.dates,
        part=part,
        words="userMessage",
    )
    drawn = [drawn_row(item, locale, author=_author(item, state), draw=_row) for item in items]
    if reel is not None and not reel.at_newest:
        return drawn
    drawn += [upload_row(upload, locale) for upload in state.uploads]
    return drawn + [
        DrawnRow("typing", Markup(typing_row(_user(state, who), locale))) for who in sorted(chat.typing)[:1]
    ]


def launcher_texts(unread: int, locale: Locale) -> dict[str, str]:
    """What the launcher and the frame are called, by the names that ``static/loader.js`` has for it."""
    return {
        "lang": LANGUAGES[locale.language].spoken,
        "open": locale.plural("Open chat, {count} unread message", "Open chat, {count} unread messages", unread)
        if unread
        else locale.text("Open chat"),
        "close": locale.text("Close chat"),
        "frame": locale.text("Chat"),
    }


def _window(state: Around, locale: Locale, log: list[Markup]) -> Fragment:
    return fragment[
        _header(state, locale),
        _notice(state, locale),
        main[
            # Hidden and not gone: the log and what is typed are still there when the reader comes back from the list.
            _scroll(state, locale, log),
            state.place is Spot.LIST
            and thread_list(state.threads, locale, more=state.older, loading=state.loading_older),
            _asked(state, locale),
            thanks(state.filling.thanks, locale),
            # One thing after the other: there is hardly room for both.
            state.closed and state.filling.after is None and ended(locale),
            _composer(state, locale),
        ],
        drop_place(locale),
    ]


def _asked(state: Around, locale: Locale) -> list[Element]:
    """What is asked: before a conversation begins, or how it was."""
    if state.place is Spot.LIST:
        return []
    before, after = state.filling.before, state.filling.after
    if before is not None:
        return [form_panel(before, locale)]
    how = [] if state.asked is None else [rating(state.asked, locale)]
    return how if after is None else [*how, form_panel(after, locale)]


def _header(state: Around, locale: Locale) -> Element:
    return header(".head")[
        state.place in _INSIDE and _back(locale),
        _faces(state.agents),
        div(".who")[h1[_title(state, locale)], p(".presence")[_presence(state, locale)]],
        _menu(state, locale),
        button(".round", type="button", data_action="hide", aria_label=locale.text("Close chat"))[icons.close()],
    ]


def _faces(agents: Sequence[Agent]) -> Element:
    return div(".faces")[[avatar(a) for a in agents[:3]]] if agents else div(".faces")[icons.bubble_mark()]


_INSIDE = {Spot.THREAD, Spot.NEW}


def _back(locale: Locale) -> Element:
    return button(".round", type="button", data_action="threads", aria_label=locale.text("All conversations"))[
        icons.back()
    ]


def _title(state: Around, locale: Locale) -> str:
    if state.place is Spot.LIST:
        return locale.text("Conversations")
    names = [a.name for a in state.agents if a.name]
    return ", ".join(names[:2]) or locale.text("Chat with us")


def _presence(state: Around, locale: Locale) -> str:
    if any(a.present for a in state.agents):
        return (state.agents[0].job_title if len(state.agents) == 1 else None) or locale.text("Here with you now")
    if not state.agents_online:
        return locale.text("Away now. We answer here.")
    if state.queue_position is not None:
        return locale.text("You are number {place} in the queue", place=state.queue_position)
    return locale.text("We usually answer within minutes")


def _menu(state: Around, locale: Locale) -> Element | None:
    choose = state.several and state.place is Spot.EVERYTHING
    end = state.active and state.place is not Spot.LIST
    if not (choose or end):
        return None
    return details(".menu", id="menu", open=state.menu_open)[
        summary_(".round", aria_label=locale.text("More"), data_action="menu")[icons.more()],
        div(".menu-list")[
            choose and button(type="button", data_action="threads")[locale.text("All conversations")],
            end and button(type="button", data_action="end")[locale.text("End chat")],
        ],
    ]


def _notice(state: Around, locale: Locale) -> Element:
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


def _scroll(state: Around, locale: Locale, log: list[Markup]) -> Element:
    """What can be scrolled: the beginning of the conversation, the log, and a way back to its end."""
    return div(
        ".scroll", id="scroll", tabindex="0", hidden=state.place is Spot.LIST or state.filling.before is not None
    )[
        state.older and _older(state, locale),
        state.beginning and _welcome(state, locale),
        div(
            ".said",
            id="said",  # what comes and goes before it does not have the page make it anew
            role="log",
            # Rows that come in from further up are not news.
            aria_live="polite" if state.following else "off",
            aria_label=locale.text("Conversation"),
            aria_busy="true" if state.loading_older else "false",
        )[
            # data-own: the rows are painted one by one.
            ol(".log", id="log", data_own=True)[log]
        ],
        div(".below-place", aria_live="polite")[state.unread_below > 0 and _unread_below(state.unread_below, locale)],
    ]


def _row(item: Row, locale: Locale, author: User | None) -> Element:
    if isinstance(item, SystemRow):
        return system_row(item, locale, told_to_visitor(item.event, locale))
    if isinstance(item, EventRow):
        return bubble(item, locale, author, live=not item.mine)
    return row(item, locale, author=author)


def _author(item: Row, state: WindowState) -> User | None:
    return _user(state, item.event.author_id) if isinstance(item, EventRow) else None


def _user(state: WindowState, user_id: str | None) -> User | None:
    return state.conversation.users.get(user_id or "")


def _seen_by_agents(state: WindowState) -> datetime | None:
    marks = [mark for user, mark in state.conversation.seen.items() if user != state.customer_id]
    return max(marks, default=None)


def _older(state: Around, locale: Locale) -> Element:
    text = locale.text("Loading…") if state.loading_older else locale.text("Earlier messages")
    return button(".older", id="older", type="button", data_action="older", disabled=state.loading_older)[text]


def _welcome(state: Around, locale: Locale) -> Element:
    """What stands at the beginning of the conversation."""
    return div(class_={"welcome": True, "alone": state.empty}, id="welcome")[
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


def _composer(state: Around, locale: Locale) -> Element:
    closed = state.notice is Notice.ENDED
    hidden = state.closed or state.place is Spot.LIST or state.filling.before is not None
    return form(".composer", id="composer", data_action="send", novalidate=True, hidden=hidden)[
        attach_button(locale, disabled=closed),
        emoji_button(locale, disabled=closed),
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
