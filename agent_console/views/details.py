"""What is known of the visitor: who, where on the site, with what, since when."""

from urllib.parse import quote, urlsplit

from htpy import Element, Fragment, Node, a, dd, div, dl, dt, fragment, h2, h3, header, li, ol, section, span, strong

from agent_console.names import name_of
from agent_console.state import Details
from agent_console.user_agent import browser, system
from agent_console.views import icons
from agent_console.views.buttons import plain, worded
from agent_console.views.context import context_card
from agent_console.views.faces import portrait
from agent_console.views.links import link
from agent_console.views.sections import app_section
from widget.ui.icons import close
from widget.ui.locale import Locale
from widget.wire.users import Customer, Page

__all__ = ["details"]

PAGES_SHOWN = 5


def details(state: Details, locale: Locale) -> Fragment:
    """The column about the visitor of the chat in front."""
    t = locale.text
    customer = state.customer
    return fragment[
        not state.tabs
        and header(".column-head")[
            h2[t("Visitor")],
            plain(close(), t("Close details"), "details", ".round.close-details", id="close-details"),
        ],
        customer is not None and _body(customer, state, locale),
    ]


def _body(customer: Customer, state: Details, locale: Locale) -> Element:
    name = locale.text("Visitor's details")
    return div(".details-body", id="details-body", tabindex="0", role="region", aria_label=name)[
        _who(customer, locale),
        _numbers(customer, locale),
        context_card(state.context, locale),
        _visit(customer, locale),
        _pages(customer, locale),
        _fields(customer, locale),
        [app_section(each) for each in state.sections],
        state.alone
        and worded(
            icons.ban(), locale.text("Ban the visitor…"), "ban", style=".link.danger", target="ban-here", id="ban-here"
        ),
    ]


def _who(customer: Customer, locale: Locale) -> Element:
    t = locale.text
    return div(".who-card")[
        portrait(customer, locale),
        strong[name_of(customer, locale)],
        customer.email and a(href=f"mailto:{quote(customer.email, safe='@')}")[customer.email],
        span(class_=["standing", "on" if customer.online else "off"])[
            t("On the site now") if customer.online else t("Not on the site")
        ],
    ]


def _numbers(customer: Customer, locale: Locale) -> Element | None:
    counted = customer.statistics
    if counted is None:
        return None
    t = locale.text
    numbers = [
        (t("Visits"), counted.visits_count),
        (t("Pages"), counted.page_views_count),
        (t("Past chats"), max(0, counted.threads_count - 1)),
    ]
    return dl(".numbers")[[div[dt[name], dd[str(number)]] for name, number in numbers]]


def _visit(customer: Customer, locale: Locale) -> Element:
    t = locale.text
    visit = customer.visit
    agent = (visit and visit.user_agent) or ""
    page = visit.last_pages[-1] if visit and visit.last_pages else None
    facts: list[tuple[str, Node]] = [
        (t("Now on") if customer.online else t("Last page"), _page(page) if page else None),
        (t("Came from"), link(visit.referrer, _host(visit.referrer)) if visit and visit.referrer else None),
        (t("Browser"), browser(agent)),
        (t("System"), system(agent)),
        (t("IP address"), span(dir="ltr")[visit.ip] if visit and visit.ip else None),
        (t("First seen"), _day_and_time(customer, locale)),
    ]
    return section(".facts", aria_label=t("Visit"))[dl[[div[dt[name], dd[fact]] for name, fact in facts if fact]]]


def _day_and_time(customer: Customer, locale: Locale) -> str | None:
    seen = customer.created_at
    if seen is None:
        return None
    return locale.text("{day}, {time}", day=locale.dates.day(seen), time=locale.dates.clock(seen))


def _pages(customer: Customer, locale: Locale) -> Element | None:
    pages = list((customer.visit and customer.visit.last_pages) or [])[-2 : -PAGES_SHOWN - 2 : -1]
    if not pages:
        return None
    return section(".facts")[
        h3[locale.text("Seen before")],
        ol(".pages")[[_page_row(page, locale) for page in pages]],
    ]


def _fields(customer: Customer, locale: Locale) -> Element | None:
    fields = [(name, value) for each in customer.session_fields or [] for name, value in each.items()]
    if not fields:
        return None
    return section(".facts")[
        h3[locale.text("From the site")],
        dl[[div[dt(dir="auto")[name], dd(dir="auto")[str(value)]] for name, value in fields]],
    ]


def _page_row(page: Page, locale: Locale) -> Element:
    opened = page.opened_at
    return li[_page(page), span(".chat-time")[locale.dates.clock(opened)] if opened is not None else None]


def _page(page: Page) -> Node:
    return link(page.url, page.title or page.url)


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or url
    except ValueError:
        return url
