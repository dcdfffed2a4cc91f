"""Who is on the site: where, for how long, and whether anybody talks with them."""

from datetime import datetime

from htpy import Element, Fragment, Node, button, div, fragment, h1, header, p, span, table, tbody, td, th, thead, tr

from agent_console.inbox import Section
from agent_console.names import name_of, waited
from agent_console.state import VisitorRow, VisitorsPage
from agent_console.views.buttons import worded
from agent_console.views.faces import face
from agent_console.views.links import link
from widget.ui.locale import Locale
from widget.wire.users import Customer

__all__ = ["visitors"]


def visitors(state: VisitorsPage, locale: Locale) -> Fragment:
    """The whole page."""
    t = locale.text
    count = locale.plural("{count} on the site", "{count} on the site", len(state.rows))
    return fragment[
        header(".column-head")[h1[t("Visitors")], span(".pill")[count] if state.rows else None],
        div(".visitors-body")[_table(state, locale)] if state.rows else _nobody(state, locale),
    ]


def _nobody(state: VisitorsPage, locale: Locale) -> Element:
    t = locale.text
    return div(".empty-list", role="status")[
        p[t("Nobody is on the site") if state.known else t("Looking who is on the site…")],
        p(".hint")[t("Whoever opens the chat appears here by themselves.")],
    ]


def _table(state: VisitorsPage, locale: Locale) -> Element:
    t = locale.text
    heads = (t("Visitor"), t("Page"), t("Here for"), t("Visits"), t("Chat"))
    return table(".visitors-table", aria_label=t("Visitors"))[
        thead[tr[[th(scope="col")[head] for head in heads]]],
        tbody[[_row(row, state, locale) for row in state.rows]],
    ]


def _row(row: VisitorRow, state: VisitorsPage, locale: Locale) -> Element:
    customer = row.customer
    here = customer.id == state.chosen
    return tr(id=f"visitor-{customer.id}", class_={"here": here})[
        td[
            button(
                ".visitor",
                id=f"choose-{customer.id}",
                type="button",
                data_action="visitor",
                data_id=customer.id,
                aria_pressed="true" if here else "false",
            )[face(customer, locale), span[name_of(customer, locale)]]
        ],
        td[div(".visitor-page")[_page(customer)]],
        td(".number")[_stay(customer, state.now, locale)],
        td(".number")[str(customer.statistics.visits_count) if customer.statistics else ""],
        td[_chat(row, locale)],
    ]


def _page(customer: Customer) -> Node:
    pages = (customer.visit and customer.visit.last_pages) or []
    return link(pages[-1].url, pages[-1].title or pages[-1].url) if pages else None


def _stay(customer: Customer, now: datetime | None, locale: Locale) -> str:
    began = customer.visit.started_at if customer.visit else None
    return waited(began, now, locale) if began is not None and now is not None else ""


def _chat(row: VisitorRow, locale: Locale) -> Node:
    """What can be done: a chat that there is, is opened; where there is none, one is begun."""
    t, name = locale.text, name_of(row.customer, locale)
    if row.chat is None:
        label = t("Start chat with {name}", name=name)
        return worded(None, t("Start chat"), "start-chat", target=row.customer.id, busy=row.busy, name=label)
    text = {
        Section.MINE: t("Your chat"),
        Section.WAITING: t("Waiting"),
        Section.UNASSIGNED: t("Nobody's chat"),
        Section.SUPERVISED: ", ".join(name_of(agent, locale) for agent in row.chat.agents()),
        Section.OTHERS: ", ".join(name_of(agent, locale) for agent in row.chat.agents()),
        Section.CLOSED: t("Closed chat"),
    }[row.section or Section.CLOSED]
    return worded(
        None, text, "open", target=row.chat.id, name=t("{state}: open the chat with {name}", state=text, name=name)
    )
