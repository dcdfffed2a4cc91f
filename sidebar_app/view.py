"""How the app looks: state in, elements out. What customers and sites tell is text; htpy escapes it."""

from collections.abc import Iterable
from urllib.parse import quote

from htpy import (
    Element,
    Fragment,
    Node,
    a,
    button,
    dd,
    details,
    div,
    dl,
    dt,
    form,
    fragment,
    h1,
    h2,
    input,
    label,
    li,
    ol,
    p,
    section,
    small,
    span,
    summary,
    time,
    ul,
)

from sidebar_app.replies import filled, found, name_told
from sidebar_app.state import Access, PageSeen, PastChat, State
from widget.agent_app.profile import CustomerProfile
from widget.ui.locale import Locale
from widget.ui.log import avatar
from widget.wire.base import format_timestamp
from widget.wire.users import Customer

__all__ = ["app"]


def app(state: State, locale: Locale) -> Fragment:
    """The whole app."""
    t, profile = locale.text, state.profile
    if state.refused:
        return fragment[
            p(role="alert")[t("This app stands beside a conversation, in an Agent App that it knows.")],
            p(".quiet", lang="en", dir="ltr")[state.refused],
        ]
    if profile is None:
        return fragment[p(".quiet", role="status")[t("Open a chat to see whom it is with.")]]
    return fragment[
        _who(profile, state, locale),
        _replies(state, locale),
        _told(profile, locale),
        _record(state, locale),
    ]


# Who it is


def _who(profile: CustomerProfile, state: State, locale: Locale) -> Element:
    email, visits, place = profile.get("email"), state.record.visits, _place(profile)
    name = name_told(profile) or _nameless(profile, locale)
    return section(".who")[
        avatar(Customer(id=profile["id"], name=name)),
        div[
            h1(dir="auto")[name],
            email and a(href=f"mailto:{quote(email, safe='@')}")[email],
            place and p[place],
            visits is not None and p[locale.plural("{count} visit", "{count} visits", visits)],
        ],
    ]


def _nameless(profile: CustomerProfile, locale: Locale) -> str:
    """The Agent App's name for somebody who has told none, in the agent's language."""
    mark = profile.get("name", "").removeprefix("Visitor").strip()
    return locale.text("Visitor {id}", id=mark) if mark else locale.text("Visitor")


def _place(profile: CustomerProfile) -> str:
    where = profile.get("geolocation", {})
    return ", ".join(text for text in (where.get("city"), where.get("country")) if text)


# Replies


def _replies(state: State, locale: Locale) -> Element:
    t, replies = locale.text, found(state.replies, state.wanted)
    return section(aria_labelledby="replies")[
        h2(id="replies")[t("Replies")],
        label(".visually-hidden", for_="wanted")[t("Find a reply")],
        # data-own: what is entered is the agent's; no painting touches it.
        input("#wanted", type="search", placeholder=t("Find a reply"), autocomplete="off", data_own=True),
        ul(".replies", aria_label=t("Replies"))[
            [
                li[
                    button(type="button", data_action="put", data_id=str(place), dir="auto")[
                        span(".reply-name")[reply.name], " ", filled(reply, state.profile)
                    ]
                ]
                for place, reply in enumerate(state.replies)
                if reply in replies
            ]
        ]
        if replies
        else p(".quiet")[t("No reply has these words.")],
        p(".said", role="status")[state.put and t("It is in your message. Send it there.")],
        state.failed and p(".failed", role="alert")[t("That did not work"), _why(state.failed)],
    ]


def _why(sentence: str) -> Element:
    """What the platform says of it, which is English."""
    return small(lang="en", dir="ltr")[sentence]


# What the Agent App told


def _told(profile: CustomerProfile, locale: Locale) -> Fragment:
    t = locale.text
    variables = [(each["name"], each["value"]) for each in profile.get("customVariables", [])]
    answers = [(each["question"], each["answer"]) for each in profile.get("chat", {}).get("preChatSurvey", [])]
    return fragment[_facts(t("From the site"), variables), _facts(t("Asked before the chat"), answers)]


def _facts(title: str, facts: Iterable[tuple[str, str]]) -> Element | None:
    listed = list(facts)
    if not listed:
        return None
    return section[h2[title], dl[[div[dt(dir="auto")[name], dd(dir="auto")[value]] for name, value in listed]]]


# What the platform knows


def _record(state: State, locale: Locale) -> Node:
    t, record = locale.text, state.record
    if state.access in (Access.WANTED, Access.REFUSED):
        return _sign_in(state, locale)
    if record.failed:
        return section[
            p(".failed", role="alert")[t("What was said before could not be loaded."), _why(record.failed)],
            button(type="button", data_action="again")[t("Try again")],
        ]
    if not record.of or record.loading:
        return p(".quiet", role="status")[t("Loading what was said before…")]
    return fragment[_pages(record.pages, locale), _chats(record.chats, locale)]


def _pages(pages: tuple[PageSeen, ...], locale: Locale) -> Element | None:
    if not pages:
        return None
    return section[
        h2[locale.text("Pages")],
        ol(".pages")[[li[_page(page), _when(page, locale)] for page in pages]],
    ]


def _page(page: PageSeen) -> Node:
    if not page.url.startswith(("https://", "http://")):
        return span(dir="auto")[page.title]
    return a(href=page.url, target="_blank", rel="noopener noreferrer nofollow", dir="auto")[page.title]


def _when(page: PageSeen, locale: Locale) -> Element | None:
    moment = page.opened_at
    return time(datetime=format_timestamp(moment))[locale.dates.clock(moment)] if moment else None


def _chats(chats: tuple[PastChat, ...], locale: Locale) -> Element:
    t = locale.text
    return section[
        h2[t("Past chats")],
        [_chat(chat, locale) for chat in chats] if chats else p(".quiet")[t("This is the first one.")],
    ]


def _chat(chat: PastChat, locale: Locale) -> Element:
    t = locale.text
    day = locale.dates.day(chat.began_at) if chat.began_at else t("Some time ago")
    count = locale.plural("{count} message", "{count} messages", len(chat.said))
    return details(id=f"chat-{chat.id}")[
        summary[
            span(".day")[day],
            span(".count")[count],
            span(".first", dir="auto")[chat.said[0][1] if chat.said else t("Nothing was said.")],
        ],
        ol[[li(class_=who, dir="auto")[text] for who, text in chat.said]],
    ]


def _sign_in(state: State, locale: Locale) -> Element:
    """Past chats are only for those who may read them: the agent says who they are."""
    t = locale.text
    return section(aria_labelledby="sign-in-title")[
        h2(id="sign-in-title")[t("Past chats and pages")],
        p(".quiet")[t("Enter your account and personal access token to see them here.")],
        state.access is Access.REFUSED
        and p(".failed", role="alert")[t("These do not belong together. Check both, then try again.")],
        form("#sign-in", novalidate=True)[
            label(for_="account")[t("E-mail address")],
            input("#account", type="email", autocomplete="username", required=True, data_own=True),
            label(for_="token")[t("Personal access token")],
            input("#token", type="password", autocomplete="current-password", required=True, data_own=True),
            button(type="submit")[t("Sign in")],
        ],
    ]
