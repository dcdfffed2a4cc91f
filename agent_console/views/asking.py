"""The dialogs in which the console asks before it does something."""

from htpy import Element, div, form, input, label, li, p, span, strong, textarea, ul

from agent_console.drafts import LONGEST_TEXT
from agent_console.form_drafts import FormAsk
from agent_console.membership import LONGEST_NAME
from agent_console.names import name_of
from agent_console.questions import (
    MOST_DAYS,
    BanAsk,
    ConfirmAsk,
    GroupAsk,
    Question,
    ReplyAsk,
    Target,
    ThemeAsk,
    TransferAsk,
)
from agent_console.views import icons
from agent_console.views.dialogs import foot, head
from agent_console.views.form_editor import form_editor
from agent_console.views.reply_form import reply_form
from agent_console.views.theme_form import theme_form
from widget.ui.locale import Locale
from widget.ui.log import avatar
from widget.wire.users import Agent

__all__ = ["asking"]


def asking(state: Question | None, locale: Locale) -> Element | str:
    """What is asked now."""
    match state:
        case TransferAsk():
            return _transfer(state, locale)
        case BanAsk():
            return _ban(state, locale)
        case ReplyAsk():
            return reply_form(state, locale)
        case GroupAsk():
            return _group(state, locale)
        case ThemeAsk():
            return theme_form(state, locale)
        case FormAsk():
            return form_editor(state, locale)
        case ConfirmAsk():
            return _confirm(state, locale)
    return ""


# To whom a chat shall go


def _transfer(state: TransferAsk, locale: Locale) -> Element:
    t, active = locale.text, state.picker.active
    return form(".asking", id="transfer-form", novalidate=True)[
        head(t("Transfer the chat with {name}", name=state.visitor), locale),
        label(".visually-hidden", for_="transfer-query")[t("Agent or group")],
        # data-own: what is typed is the agent's; no painting touches it.
        input(
            ".search",
            id="transfer-query",
            type="text",
            role="combobox",
            autocomplete="off",
            spellcheck="false",
            autofocus=True,
            placeholder=t("Agent or group"),
            aria_autocomplete="list",
            aria_expanded="true",
            aria_controls="transfer-options",
            aria_activedescendant=None if active is None else _id(active),
            data_own=True,
        ),
        _targets(state, locale),
        label(".field-name", for_="transfer-note")[t("Note for whoever gets it")],
        textarea(
            ".search",
            id="transfer-note",
            rows="2",
            dir="auto",
            maxlength=str(LONGEST_TEXT),
            placeholder=t("The visitor does not see it"),
            data_own=True,
        ),
        foot(t("Transfer"), ".button.primary", locale),
    ]


def _targets(state: TransferAsk, locale: Locale) -> Element:
    t, shown = locale.text, state.shown
    agents = [_target(each, state, locale) for each in shown if each.kind == "agent"]
    groups = [_target(each, state, locale) for each in shown if each.kind == "group"]
    return div(".targets")[
        div(".options", id="transfer-options", role="listbox", aria_label=t("Agents and groups"))[
            _part("agents", t("Agents"), agents), _part("groups", t("Groups"), groups)
        ],
        not agents and p(".hint", role="status")[_nobody(state, locale)],
    ]


def _part(name: str, title: str, options: list[Element]) -> Element | None:
    if not options:
        return None
    return ul(role="group", aria_labelledby=f"target-{name}")[
        li(".option-part", id=f"target-{name}", role="presentation")[title], options
    ]


def _target(target: Target, state: TransferAsk, locale: Locale) -> Element:
    face = avatar(Agent(id=target.id, name=target.name, avatar=target.avatar))
    return li(
        ".option",
        id=_id(target.key),
        role="option",
        aria_selected="true" if target.key == state.picker.active else "false",
        data_action="transfer-pick",
        data_id=target.key,
    )[
        span(".face")[face if target.kind == "agent" else icons.people(), span(class_=["presence", _style(target)])],
        span(".option-text")[strong(dir="auto")[target.name], span[_does(target, locale)]],
    ]


def _style(target: Target) -> str:
    return {"accepting_chats": "on", "offline": "off"}.get(target.status, "away")


def _does(target: Target, locale: Locale) -> str:
    """Whether somebody takes chats, and what happens if not."""
    t = locale.text
    if target.kind == "group" and not target.accepts:
        return t("Nobody takes chats: it waits in the queue")
    state = t("Accepting chats") if target.accepts else t("Not accepting chats")
    if target.chats is None:
        return state
    return f"{state} · {locale.plural('{count} chat', '{count} chats', target.chats)}"


def _nobody(state: TransferAsk, locale: Locale) -> str:
    t = locale.text
    if not state.known:
        return t("Looking who is there…")
    if state.query:
        return t("No other agent is called that, or is here")
    return t("No other agent is here now")


def _id(key: str) -> str:
    return f"target-{key}"


# For how long somebody is kept out


def _ban(state: BanAsk, locale: Locale) -> Element:
    t, name = locale.text, name_of(state.customer, locale)
    return form(".asking", id="ban-form", novalidate=True)[
        head(t("Ban {name}?", name=name), locale),
        p[t("The chat ends, and they cannot come back until the ban is over. Your team sees that you did it.")],
        div(".field")[
            label(for_="ban-days")[t("Days")],
            input(
                id="ban-days",
                type="number",
                inputmode="numeric",
                min="1",
                max=str(MOST_DAYS),
                step="1",
                value=str(state.days),
                autofocus=True,
                aria_describedby="ban-days-wrong",
                data_own=True,
            ),
            p(".field-wrong", id="ban-days-wrong", role="alert")[
                t("Enter a number of days from 1 to {most}.", most=MOST_DAYS) if state.wrong else ""
            ],
        ],
        foot(t("Ban the visitor"), ".button.danger", locale),
    ]


# What a group is called, and whether something is to go


def _group(state: GroupAsk, locale: Locale) -> Element:
    t = locale.text
    return form(".asking", id="group-form", novalidate=True)[
        head(t("New group"), locale),
        div(".field")[
            label(for_="group-name")[t("Name of the group")],
            input(
                id="group-name",
                type="text",
                maxlength=str(LONGEST_NAME),
                autocomplete="off",
                autofocus=True,
                aria_describedby="group-name-wrong",
                data_own=True,
            ),
            p(".field-wrong", id="group-name-wrong", role="alert")[t("Give it a name.") if state.wrong else ""],
        ],
        foot(t("Create"), ".button.primary", locale),
    ]


def _confirm(state: ConfirmAsk, locale: Locale) -> Element:
    return form(".asking", id="confirm-form", novalidate=True)[
        head(state.title, locale), p[state.text], foot(state.answer, ".button.danger", locale)
    ]
