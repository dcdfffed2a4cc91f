"""Who is banned, by whom, and until when."""

from htpy import Element, div, h2, li, p, section, strong, ul

from agent_console.settings_pages import BansPage
from agent_console.views.buttons import worded
from widget.ui.locale import Locale
from widget.wire.configuration import ActiveBan

__all__ = ["bans"]


def bans(state: BansPage, locale: Locale) -> Element:
    """All bans that are not over."""
    t = locale.text
    return section(".setting", aria_labelledby="bans-title")[
        div(".setting-head")[h2(id="bans-title")[t("Banned visitors")]],
        p(".hint")[
            t("They cannot start a chat until their ban is over."),
            not state.may_change and (" ", t("Administrators can change this.")),
        ],
        ul(".rows", aria_label=t("Banned visitors"))[[_ban(ban, state, locale) for ban in state.bans]]
        if state.bans
        else p(".nothing", role="status")[t("Nobody is banned.") if state.known else t("Loading…")],
    ]


def _ban(ban: ActiveBan, state: BansPage, locale: Locale) -> Element:
    t, customer_id = locale.text, ban.customer_id or ""
    name = state.people.get(customer_id) or t("Visitor {id}", id=customer_id[:4].upper())
    day, clock = locale.dates.day(ban.expires_at), locale.dates.clock(ban.expires_at)
    by = state.people.get(ban.agent_id, ban.agent_id)
    return li(id=f"ban-{customer_id}")[
        div(".row-text")[
            strong(dir="auto")[name], p[t("Until {day}, {time} · by {agent}", day=day, time=clock, agent=by)]
        ],
        state.may_change
        and worded(
            None,
            t("Lift the ban"),
            "lift-ban",
            target=customer_id,
            busy=customer_id in state.busy,
            name=t("Lift the ban of {name}", name=name),
        ),
    ]
