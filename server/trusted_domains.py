"""The sites that the widget may run on; without any, it may everywhere.

This machine's own names, and the server's own host, are always among them: whoever has the console open there can mend
the list.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlsplit

import idna
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.requests import HTTPConnection

from server import tables
from server.access import check_role
from server.api import Nothing
from server.audience import tell_agents
from server.loopback import is_loopback
from server.transaction import Requester, Transaction
from widget.wire.errors import Refused
from widget.wire.trusted_domains import DomainByName, TrustedDomain, TrustedDomainsUpdated, reduced, trusts

__all__ = [
    "add_trusted_domain",
    "check_site",
    "frame_ancestors",
    "host_of",
    "list_trusted_domains",
    "may_run",
    "remove_trusted_domain",
    "site_of",
    "trusted_domains",
]

MOST: Final = 100
LONGEST: Final = 253
"""Characters in a domain (RFC 1035, section 2.3.4)."""

LABELS: Final = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")


# The list


def list_trusted_domains(tx: Transaction, requester: Requester, request: Nothing) -> list[TrustedDomain]:
    """The list, by the alphabet."""
    found = tx.session.scalars(select(tables.TrustedDomain).order_by(tables.TrustedDomain.domain))
    return [TrustedDomain(domain=each.domain, author_id=each.author_id, created_at=each.created_at) for each in found]


def add_trusted_domain(tx: Transaction, requester: Requester, request: DomainByName) -> DomainByName:
    """Trust a domain, and whatever is below it. Returns what it was reduced to.

    Raises Refused: validation for what is no domain, limit_reached.
    """
    check_role(tx, requester, "administrator")
    domain = _domain(request.domain)
    listed = trusted_domains(tx.session)
    if domain not in listed:
        if len(listed) >= MOST:
            raise Refused("limit_reached", f"There can be {MOST} trusted domains at most.")
        now = datetime.now(UTC)
        tx.session.add(tables.TrustedDomain(domain=domain, author_id=requester.user_id, created_at=now))
        _tell(tx)
    return DomainByName(domain=domain)


def remove_trusted_domain(tx: Transaction, requester: Requester, request: DomainByName) -> None:
    """Trust a domain no longer. Raises Refused(not_found)."""
    check_role(tx, requester, "administrator")
    listed = tx.session.get(tables.TrustedDomain, request.domain)
    if listed is None:
        raise Refused("not_found", "This is none of the trusted domains.")
    tx.session.delete(listed)
    _tell(tx)


def trusted_domains(session: Session) -> tuple[str, ...]:
    """The list; an empty one stands for every site."""
    return tuple(session.scalars(select(tables.TrustedDomain.domain).order_by(tables.TrustedDomain.domain)))


def _tell(tx: Transaction) -> None:
    tx.session.flush()
    tell_agents(tx, "trusted_domains_updated", TrustedDomainsUpdated(domains=[*trusted_domains(tx.session)]))


def _domain(text: str) -> str:
    """A domain as browsers write it: in small letters, and those of other alphabets in ASCII (UTS 46)."""
    domain = reduced(text)
    try:
        domain = domain if domain.isascii() else idna.encode(domain, uts46=True).decode()
    except idna.IDNAError:
        domain = ""
    if not LABELS.fullmatch(domain) or len(domain) > LONGEST:
        raise Refused("validation", f"{text[:80]!r} is not a domain; one looks like shop.example.")
    return domain


# Whether a site is on it


def may_run(domains: Sequence[str], host: str | None, own: str | None) -> bool:
    """Whether the widget may run on a host; ``own`` is the server's. Of one that nobody has named that is not known."""
    return not domains or host is None or host == own or is_loopback(host) or trusts(domains, host)


def host_of(address: str | None) -> str | None:
    """The host that an address names; None for none, and for the origin of who has none (``null``)."""
    try:
        return urlsplit(address or "").hostname
    except ValueError:
        return None


def site_of(request: HTTPConnection) -> str | None:
    """The host of the page that a request comes from, as far as browsers tell: they name no other."""
    return host_of(request.headers.get("origin")) or host_of(request.headers.get("referer"))


def check_site(session: Session, request: HTTPConnection, *addresses: str | None) -> None:
    """Raises Refused(not_allowed) for a page that the widget may not run on, or one that it says it is for."""
    domains = trusted_domains(session)
    for host in (site_of(request), *map(host_of, addresses)):
        if not may_run(domains, host, request.url.hostname):
            raise Refused("not_allowed", f"{host} is none of the trusted domains of this chat.")


def frame_ancestors(domains: Iterable[str], own: str) -> str:
    """Who may have the window in a frame, as a policy says it. Without a port it would mean the usual one only."""
    hosts = [each for domain in domains for each in (domain, *([f"*.{domain}"] if _below(domain) else []))]
    if not hosts:
        return "frame-ancestors *"
    always = ("localhost", "127.0.0.1", *([own] if ":" not in own else []))  # a policy can name no IPv6 address
    named = [f"{scheme}://{host}:*" for host in (*always, *hosts) for scheme in ("http", "https")]
    return f"frame-ancestors 'self' {' '.join(dict.fromkeys(named))}"


def _below(domain: str) -> bool:
    return trusts([domain], f"a.{domain}")
