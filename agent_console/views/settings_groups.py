"""The groups: who is in each, how soon they get its chats; and all agents."""

from htpy import Element, button, div, h2, h3, label, li, option, p, section, select, span, strong, ul

from agent_console.directory import Colleague, Group
from agent_console.membership import PRIORITIES
from agent_console.settings_pages import GroupsPage
from agent_console.views import icons
from agent_console.views.buttons import worded
from widget.ui.locale import Locale
from widget.ui.log import avatar
from widget.wire.users import Agent

__all__ = ["groups"]


def groups(state: GroupsPage, locale: Locale) -> Element:
    """All of them."""
    t = locale.text
    return section(".setting.wide", aria_labelledby="groups-title")[
        div(".setting-head")[
            h2(id="groups-title")[t("Groups and agents")],
            state.may_change
            and worded(icons.people(), t("New group"), "new-group", style=".button.primary", id="new-group"),
        ],
        p(".hint")[
            t(
                "A chat belongs to a group. Those of its agents get it who take chats: first the first, then the "
                "normal ones, then the last. Supervisors read along and get none."
            ),
            not state.may_change and (" ", t("Administrators can change this.")),
        ],
        [_group(group, state, locale) for group in state.groups],
    ]


def _group(group: Group, state: GroupsPage, locale: Locale) -> Element:
    t = locale.text
    title = f"group-{group.id}"
    members = [agent for agent in state.agents if agent.id in group.agent_priorities]
    others = [agent for agent in state.agents if agent.id not in group.agent_priorities]
    return section(".group", aria_labelledby=title)[
        div(".group-head")[
            h3(id=title, dir="auto")[group.name],
            span(class_=["standing", "on" if group.routing_status == "accepting_chats" else "off"])[
                t("Takes chats") if group.routing_status == "accepting_chats" else t("Takes no chats now")
            ],
        ],
        ul(".rows", aria_label=t("Agents of {group}", group=group.name))[
            [_member(agent, group, state, locale) for agent in members]
        ]
        if members
        else p(".nothing")[t("Nobody is in this group.")],
        state.may_change and others and _add(group, others, locale),
    ]


def _member(agent: Colleague, group: Group, state: GroupsPage, locale: Locale) -> Element:
    t, name = locale.text, agent.name or agent.id
    target = f"{group.id} {agent.id}"
    priority = group.agent_priorities[agent.id]
    return li(id=f"member-{group.id}-{agent.id}")[
        avatar(Agent(id=agent.id, name=name, avatar=agent.avatar_path)),
        div(".row-text")[strong(dir="auto")[name], p(dir="ltr")[agent.id]],
        span(".pill")[_does(state.routing.get(agent.id), locale)],
        _priority(priority, target, t("Chats for {name}", name=name), locale)
        if state.may_change
        else span(".pill")[_words(locale)[priority]],
        state.may_change
        and worded(
            None,
            t("Remove"),
            "leave-group",
            target=target,
            name=t("Remove {name} from {group}", name=name, group=group.name),
        ),
    ]


def _priority(now: str, target: str, name: str, locale: Locale) -> Element:
    words = _words(locale)
    return select(
        ".select",
        data_action="priority",
        data_id=target,
        aria_label=name,
    )[[option(value=each, selected=each == now)[words[each]] for each in PRIORITIES]]


def _words(locale: Locale) -> dict[str, str]:
    t = locale.text
    return {"first": t("First"), "normal": t("Normal"), "last": t("Last"), "supervisor": t("Supervisor")}


def _does(status: str | None, locale: Locale) -> str:
    t = locale.text
    if status == "accepting_chats":
        return t("Accepting chats")
    return t("Not accepting chats") if status == "not_accepting_chats" else t("Offline")


def _add(group: Group, others: list[Colleague], locale: Locale) -> Element:
    t, field = locale.text, f"add-to-{group.id}"
    return div(".add-row")[
        label(".visually-hidden", for_=field)[t("Agent for {group}", group=group.name)],
        select(".select", id=field)[[option(value=agent.id)[agent.name or agent.id] for agent in others]],
        button(
            ".button",
            type="button",
            data_action="join-group",
            data_id=str(group.id),
            aria_label=t("Add to {group}", group=group.name),
        )[t("Add")],
    ]
