"""The head of a conversation: who it is with, where it stands, and what can be done with it."""

from htpy import Element, Fragment, button, div, fragment, h2, header, p

from agent_console.inbox import NOBODYS, Section
from agent_console.names import listed, name_of
from agent_console.state import Talk
from agent_console.views import icons
from agent_console.views.buttons import plain, worded
from agent_console.views.faces import face
from widget.ui.icons import more
from widget.ui.locale import Locale
from widget.wire.users import Customer

__all__ = ["head"]


def head(state: Talk, locale: Locale) -> Element:
    """Who it is with, where it stands, and what can be done with it."""
    t = locale.text
    customer = state.customer
    return header(".talk-head")[
        not state.archived and plain(icons.back(), t("Back to the chats"), "list", ".round.to-list"),
        face(customer, locale),
        div(".talk-who")[h2[name_of(customer, locale)], p[_standing(state, customer, locale)]],
        div(".talk-actions")[
            _more_actions(state, locale),
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
            position = state.case.conversation.queue_position
            if position is None:
                return t("Waiting for an agent · {place}", place=place)
            return t("Number {position} in the queue · {place}", position=position, place=place)
        case Section.UNASSIGNED:
            return t("Nobody has this chat · {place}", place=place)
        case Section.OTHERS | Section.SUPERVISED:
            return t("With {names} · {place}", names=listed(others, locale), place=place)
        case Section.MINE if others:
            return t("With you and {names} · {place}", names=listed(others, locale), place=place)
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
        case _:
            text = t("Take over") if state.section in NOBODYS else t("Join")
            busy = "add_user_to_chat" in state.busy
            return worded(icons.join(), text, "join", style=".button.primary", target=chat_id, busy=busy)


def _more_actions(state: Talk, locale: Locale) -> Fragment:
    """Handing it over, watching it, and what is done more rarely."""
    t = locale.text
    chat_id = state.case.id
    return fragment[
        state.section is Section.OTHERS
        and worded(icons.eye(), t("Supervise"), "supervise", target=chat_id, busy="follow_chat" in state.busy),
        state.section is Section.SUPERVISED
        and worded(
            icons.eye(), t("Stop supervising"), "stop-supervising", target=chat_id, busy="unfollow_chat" in state.busy
        ),
        _can_be_handed_over(state)
        and plain(
            icons.transfer(),
            t("Transfer the chat"),
            "transfer",
            ".round",
            id="to-transfer",
            data_id=chat_id,
            aria_haspopup="dialog",
            aria_disabled="true" if "transfer_chat" in state.busy else None,
        ),
        button(".round", id="to-more", type="button", popovertarget="more", aria_label=t("More"), title=t("More"))[
            more()
        ],
        div(".menu", id="more", popover="auto")[
            worded(icons.copy(), t("Copy the transcript"), "copy-transcript", style=".item"),
            worded(icons.download(), t("Download the transcript"), "download-transcript", style=".item"),
            worded(icons.ban(), t("Ban the visitor…"), "ban", style=".item.danger", target="to-more"),
        ],
    ]


def _can_be_handed_over(state: Talk) -> bool:
    """Only who answers in a chat can pass it on."""
    return not state.archived and state.section is Section.MINE
