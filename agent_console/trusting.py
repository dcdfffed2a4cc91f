"""Trusted domains: on which sites the chat may run (Configuration API; the actions are our server's own).

Before somebody locks out a site where visitors are now, they are asked whether they mean it.
"""

import re
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from pydantic import TypeAdapter

from agent_console.asking import Asking
from agent_console.deeds import Deeds
from agent_console.organization import Ask
from agent_console.page import Page
from agent_console.questions import ConfirmAsk
from widget.ui.locale import Locale
from widget.wire.base import Json
from widget.wire.errors import Refused
from widget.wire.frames import Push
from widget.wire.trusted_domains import DomainByName, TrustedDomain, reduced, trusts

__all__ = ["EXAMPLE", "FIELD", "LONGEST", "DomainsPage", "Trusting", "locked_out"]

FIELD = "trusted-domain"
LONGEST = 2000
"""Characters of what is entered: it may be the whole address of a page."""

EXAMPLE = "shop.example"

_DOMAINS = TypeAdapter(list[TrustedDomain])
_LIST, _ADD, _REMOVE = "list_trusted_domains", "add_trusted_domain", "remove_trusted_domain"
_COULD_BE = re.compile(r"[^\s/:@?#*\[\]]+")
_LOOPBACK = re.compile(r"localhost|127\.[\d.]+|::1")


@dataclass(frozen=True, slots=True)
class DomainsPage:
    """The list. ``wrong`` is what is wrong with what was entered: no ``domain``, or ``there`` already."""

    domains: tuple[TrustedDomain, ...] = ()
    known: bool = False
    may_change: bool = False
    busy: frozenset[str] = frozenset()
    wrong: str | None = None


class Trusting:
    """The list, as far as it is known. Fetched when somebody looks at it."""

    def __init__(self, page: Page, asking: Asking, locale: Locale) -> None:
        self.all: tuple[TrustedDomain, ...] = ()
        self.known = False
        self._wrong: str | None = None
        self._page = page
        self._asking = asking
        self._locale = locale
        self._ask: Ask | None = None
        self._deeds: Deeds | None = None
        self._visited: Callable[[], Iterable[str]] = tuple

    def begin(self, ask: Ask, deeds: Deeds, visited: Callable[[], Iterable[str]]) -> None:
        """Somebody signs in; ``visited`` are the addresses of the pages that visitors are on."""
        self.all, self.known, self._wrong = (), False, None
        self._ask, self._deeds, self._visited = ask, deeds, visited

    def load(self) -> None:
        """Somebody looks at it."""
        self._wrong = None
        self._attempt(_LIST, "", self._fetch)

    def heard(self, push: Push) -> None:
        """Somebody has changed it."""
        if push.action == "trusted_domains_updated" and self.known:
            self._attempt(_LIST, "", self._fetch)

    def shown(self, *, may_change: bool) -> DomainsPage:
        """What there is to see."""
        busy = self._deeds.busy if self._deeds is not None else ()
        names = frozenset(about for deed, about in busy if deed in (_ADD, _REMOVE))
        return DomainsPage(self.all, self.known, may_change, names, self._wrong)

    def add(self) -> None:
        """Trust what was entered; an address stands for its domain."""
        domain, t = reduced(self._page.entered(FIELD)), self._locale.text
        there = [each.domain for each in self.all]
        self._wrong = "there" if domain in there else None if _COULD_BE.fullmatch(domain) else "domain"
        if self._wrong is not None:
            self._page.focus(FIELD)
            return
        title = t("Add {domain}?", domain=domain) if there else t("Trust only {domain}?", domain=domain)
        self._unless_locking_out([*there, domain], title, t("Add"), FIELD, lambda: self._add(domain))

    def remove(self, domain: str) -> None:
        """Trust a domain no longer."""
        left = [each.domain for each in self.all if each.domain != domain]
        title = self._locale.text("Remove {domain}?", domain=domain)
        answer = self._locale.text("Remove")
        self._unless_locking_out(left, title, answer, f"remove-{domain}", lambda: self._remove(domain))

    # Private

    def _unless_locking_out(
        self, domains: list[str], title: str, answer: str, back: str, then: Callable[[], None]
    ) -> None:
        now = [each.domain for each in self.all]
        sites = locked_out(self._visited(), now, domains, own=self._page.host())
        if not sites:
            then()
            return
        text = self._locale.text(
            "Visitors are on {sites} now. The chat would not run there any more.", sites=", ".join(sites)
        )
        self._asking.ask(ConfirmAsk(title=title, text=text, answer=answer, then=then), back)

    def _add(self, domain: str) -> None:
        async def add() -> None:
            try:
                await self._request(_ADD, DomainByName(domain=domain).as_json())
            except Refused as refused:
                if refused.type != "validation":
                    raise
                self._wrong = "domain"
                self._page.focus(FIELD)
                return
            self._page.enter(FIELD, "")
            await self._fetch()

        self._attempt(_ADD, domain, add)

    def _remove(self, domain: str) -> None:
        async def remove() -> None:
            await self._request(_REMOVE, DomainByName(domain=domain).as_json())
            await self._fetch()

        self._attempt(_REMOVE, domain, remove)
        self._page.focus(FIELD)

    def _attempt(self, deed: str, about: str, work: Callable[[], Awaitable[None]]) -> None:
        if self._deeds is not None:
            self._deeds.attempt(deed, about, work)

    async def _request(self, action: str, payload: Json) -> object:
        return await self._ask(action, payload) if self._ask is not None else None

    async def _fetch(self) -> None:
        self.all, self.known = tuple(_DOMAINS.validate_python(await self._request(_LIST, {}) or [])), True


def locked_out(visited: Iterable[str], now: list[str], then: list[str], *, own: str) -> list[str]:
    """The sites of these pages that may have the chat now and would not, with other domains.

    This machine and the server's ``own`` host always may (server/trusted_domains.py).
    """
    hosts = {host for url in visited if (host := _host(url)) and host != own and not _LOOPBACK.fullmatch(host)}
    return sorted(host for host in hosts if _may(now, host) and not _may(then, host))


def _may(domains: list[str], host: str) -> bool:
    return not domains or trusts(domains, host)


def _host(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None
