"""The strip at the side: the mark, where one is, whether one accepts chats, and the agent's own menu."""

from htpy import Element, Fragment, a, button, div, fragment, p, span, strong

from agent_console.state import Notifications, Place, Rail
from agent_console.views import icons
from agent_console.views.buttons import plain, worded
from widget.ui.icons import bubble_mark
from widget.ui.locale import Locale
from widget.ui.log import avatar

__all__ = ["rail"]


def rail(state: Rail, locale: Locale) -> Fragment:
    """The whole strip."""
    t = locale.text
    return fragment[
        div(".brand")[bubble_mark()],
        _place(Place.CHATS, icons.chats(), t("Chats"), state, locale, count=state.unread),
        _place(Place.ARCHIVES, icons.box(), t("Archives"), state, locale),
        _place(Place.VISITORS, icons.eye(), t("Visitors"), state, locale),
        _place(Place.SETTINGS, icons.sliders(), t("Settings"), state, locale),
        div(".gap"),
        _switch(state, locale),
        plain(
            icons.bell_off() if state.muted else icons.bell(),
            t("Turn sounds on") if state.muted else t("Turn sounds off"),
            "mute",
            ".round.sound",
        ),
        plain(icons.help_(), t("Keyboard shortcuts"), "help", ".round.keys"),
        _account(state, locale),
    ]


def _place(place: Place, icon: Element, name: str, state: Rail, locale: Locale, count: int = 0) -> Element:
    """Somewhere to go; ``count`` is how much waits there."""
    return a(
        ".place",
        href=f"#{place}",
        aria_current="page" if state.place is place else None,
        data_action="place",
        data_id=place.value,
    )[
        span(".place-icon")[icon, count > 0 and span(".count", aria_hidden="true")[_short(count)]],
        span[name],
        count > 0 and span(".visually-hidden")[locale.plural("{count} unread", "{count} unread", count)],
    ]


def _short(count: int) -> str:
    return "99+" if count > 99 else str(count)


def _switch(state: Rail, locale: Locale) -> Element:
    t = locale.text
    return button(
        ".switch",
        id="accepting",
        type="button",
        role="switch",
        aria_checked="true" if state.accepting else "false",
        aria_disabled="true" if state.switching or state.profile is None else None,
        aria_label=t("Accepting chats"),
        title=t("You get new chats") if state.accepting else t("You get no new chats"),
        data_action="accept",
    )[
        span(".track")[span(".thumb")],
        span(".switch-text", aria_hidden="true")[t("Accepting") if state.accepting else t("Paused")],
    ]


def _account(state: Rail, locale: Locale) -> Fragment:
    t = locale.text
    name = (state.profile and (state.profile.name or state.profile.id)) or t("Agent")
    return fragment[
        button(
            ".me",
            id="me",
            type="button",
            title=name,
            popovertarget="account",
        )[
            avatar(state.profile),
            span(class_=["presence", "on" if state.accepting else "off"]),
            span(".visually-hidden")[t("Account of {name}", name=name)],
        ],
        div(".account", id="account", popover="auto")[
            div(".account-who")[
                avatar(state.profile), div[strong[name], p[state.profile and (state.profile.email or state.profile.id)]]
            ],
            _notifications(state, locale),
            worded(icons.leave(), t("Sign out"), "sign-out", style=".item"),
        ],
    ]


def _notifications(state: Rail, locale: Locale) -> Element | None:
    t = locale.text
    match state.notifications:
        case Notifications.UNASKED:
            return worded(icons.bell(), t("Turn on desktop notifications"), "notifications", style=".item")
        case Notifications.ON:
            return p(".item.note-line")[icons.bell(), span[t("Desktop notifications are on")]]
        case Notifications.OFF:
            return p(".item.note-line")[
                icons.bell_off(), span[t("Notifications are blocked in the browser's settings")]
            ]
        case Notifications.UNAVAILABLE:
            return None
