"""Which pages around the frame are an Agent App: their origins, by pattern.

A pattern is an origin; ``*.`` in front of its host stands for any subdomain. There is no pattern for everything.
"""

from collections.abc import Iterable
from urllib.parse import urlsplit

__all__ = ["LIVECHAT", "Origins"]

LIVECHAT = (
    "https://my.livechatinc.com",
    "https://my.labs.livechatinc.com",
    "https://my.staging.livechatinc.com",
    "http://my.lc:3000",
    "http://legacy.lc:3001",
    "https://*.livechatinc.com",
    "https://*.livechat.com",
    "https://*.text.com",
    "https://*.helpdesk.com",
)
"""LiveChat's own: those of agent-app-widget-sdk 1.3, and the domains of agent-app-sdk 1.16."""

_LOOPBACK = {"127.0.0.1": "localhost", "localhost": "127.0.0.1"}


class Origins:
    """The accepted ones: LiveChat's, those given, and the console of the server that the frame comes from.

    ``own`` is the frame's origin. On one machine the console is under its other name: ``localhost``, ``127.0.0.1``.
    Raises ValueError for what is no pattern.
    """

    def __init__(self, given: Iterable[str] = (), *, own: str = "") -> None:
        patterns = [*LIVECHAT, *given, *_with_its_twin(own)]
        self._exact = {pattern for pattern in patterns if "*" not in pattern}
        self._domains = [_split(pattern) for pattern in patterns if "*" in pattern]

    def accept(self, origin: str) -> bool:
        """Whether a page of this origin may be told anything, and be listened to."""
        if origin in self._exact:
            return True
        scheme, _, host = origin.partition("://")
        return any(scheme == wanted and host.endswith(domain) for wanted, domain in self._domains)


def _split(pattern: str) -> tuple[str, str]:
    """``https://*.text.com`` is ``https`` and ``.text.com``."""
    scheme, _, host = pattern.partition("://")
    if not host.startswith("*.") or "*" in host[1:] or "." not in host[2:]:
        raise ValueError(f"{pattern!r} is no origin, and no pattern like https://*.example.com")
    return scheme, host[1:]


def _with_its_twin(own: str) -> list[str]:
    name = urlsplit(own).hostname or ""
    twin = _LOOPBACK.get(name)
    if not name:
        return []
    return [own] if twin is None else [own, own.replace(name, twin, 1)]
