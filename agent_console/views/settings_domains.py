"""The sites that the chat may run on, and a field for another one."""

from htpy import Element, button, div, form, h2, input, label, li, p, section, strong, ul

from agent_console.trusting import EXAMPLE, FIELD, LONGEST, DomainsPage
from agent_console.views.buttons import worded
from widget.ui.locale import Locale
from widget.wire.trusted_domains import TrustedDomain

__all__ = ["domains"]


def domains(state: DomainsPage, locale: Locale) -> Element:
    """The whole list."""
    t = locale.text
    return section(".setting", aria_labelledby="domains-title")[
        div(".setting-head")[h2(id="domains-title")[t("Trusted domains")]],
        p(".hint")[
            t("The chat runs on these sites only, each with its subdomains. Without any it runs everywhere."),
            not state.may_change and (" ", t("Administrators can change this.")),
        ],
        ul(".rows", aria_label=t("Trusted domains"))[[_domain(each, state, locale) for each in state.domains]]
        if state.domains
        else p(".nothing", role="status")[t("The chat runs on every site.") if state.known else t("Loading…")],
        state.may_change and state.known and _form(state, locale),
    ]


def _domain(each: TrustedDomain, state: DomainsPage, locale: Locale) -> Element:
    t = locale.text
    day = locale.dates.day(each.created_at)
    return li(id=f"domain-{each.domain}")[
        div(".row-text")[
            strong(dir="ltr")[each.domain], p[t("Added {day} · by {agent}", day=day, agent=each.author_id)]
        ],
        state.may_change
        and worded(
            None,
            t("Remove"),
            "remove-domain",
            id=f"remove-{each.domain}",
            target=each.domain,
            busy=each.domain in state.busy,
            name=t("Remove {name}", name=each.domain),
        ),
    ]


def _form(state: DomainsPage, locale: Locale) -> Element:
    t = locale.text
    wrong = {
        "domain": t("Enter a domain, like {example}.", example=EXAMPLE),
        "there": t("This domain is in the list already."),
    }.get(state.wrong or "", "")
    return form(".new-domain", id="domain-form", novalidate=True, aria_label=t("Add a domain"))[
        div(".field")[
            label(for_=FIELD)[t("Domain, or the address of a page")],
            # data-own: what is entered is the agent's; no painting touches it.
            input(
                id=FIELD,
                type="text",
                inputmode="url",
                dir="ltr",
                maxlength=str(LONGEST),
                autocomplete="off",
                autocapitalize="none",
                spellcheck="false",
                placeholder=EXAMPLE,
                aria_describedby=f"{FIELD}-wrong",
                data_own=True,
            ),
            p(".field-wrong", id=f"{FIELD}-wrong", role="alert")[wrong],
        ],
        button(".button.primary", type="submit")[t("Add")],
    ]
