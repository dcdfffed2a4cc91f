"""Trusted domains: the sites that a widget may run on, each with all its subdomains (LiveChat: Settings, Security).

The platform has no public way to read and write them; the actions and the push are this server's own.
"""

from collections.abc import Iterable

from widget.wire.base import Timestamp, Wire

__all__ = ["DomainByName", "TrustedDomain", "TrustedDomainsUpdated", "reduced", "trusts"]


class TrustedDomain(Wire):
    """A domain of the list, and who has put it there."""

    domain: str
    author_id: str
    created_at: Timestamp


class DomainByName(Wire):
    """``add_trusted_domain`` and ``remove_trusted_domain``."""

    domain: str


class TrustedDomainsUpdated(Wire):
    """The list is not what it was."""

    domains: list[str]


def reduced(text: str) -> str:
    """What of an address, or of what somebody has typed for a domain, is the domain: ``https://www.shop.example/a`` and
    ``*.Shop.example`` are ``shop.example``. It may still be none."""
    host = text.strip().lower().rpartition("://")[2]
    for end in "/?#":
        host = host.partition(end)[0]
    host = host.rpartition("@")[2]
    if not host.startswith("["):
        host = host.partition(":")[0]
    host = host.rstrip(".").removeprefix("*.")
    site = host.removeprefix("www.")
    return site if "." in site else host  # not all of .com, for www.com


def trusts(domains: Iterable[str], host: str) -> bool:
    """Whether a host is one of these domains, or below one. What has no dot, or is an address, has nothing below it."""
    return any(host == each or (_has_subdomains(each) and host.endswith(f".{each}")) for each in domains)


def _has_subdomains(domain: str) -> bool:
    return "." in domain and not domain.rpartition(".")[2].isdigit()
