"""How fast may be asked over HTTP, where there is no connection to count for.

Spec: customer-rtm, section 4: "Unauthorized connections are limited per IP, authorized ones per customer."
"""

import asyncio
import logging
from collections import OrderedDict
from hashlib import sha256

from starlette.requests import Request

from server.limits import Allowance
from widget.wire.errors import Refused

__all__ = ["RETRY_AFTER", "Pace", "address_of"]

log = logging.getLogger(__name__)

RETRY_AFTER = {"Retry-After": "1"}
"""The header of a refusal (RFC 9110, section 10.2.3): after a second there is room for some dozens of requests."""

REMEMBERED = 10_000
"""How many who ask are remembered; whoever has not asked for longest is forgotten."""


def address_of(request: Request) -> str:
    """Where a request comes from."""
    return request.client.host if request.client else ""


class Pace:
    """Slows down who asks fast, and refuses who does so without waiting for answers, as on a connection.

    A token has an allowance of its own. Who has none, or one that is not good, shares that of an address, so nobody
    guesses tokens the faster for taking another each time.
    """

    def __init__(self) -> None:
        self._allowances: OrderedDict[bytes, Allowance] = OrderedDict()
        self._last_refused = b""

    async def ask(self, request: Request) -> None:
        """Wait until a request may be done. Raises Refused(too_many_requests)."""
        await self._take(request, request.headers.get("authorization") or address_of(request))

    async def ask_unknown(self, request: Request) -> None:
        """The same for one of which it is not known, or turns out, that its token is good for nothing."""
        await self._take(request, address_of(request))

    async def _take(self, request: Request, who: str) -> None:
        name = sha256(who.encode()).digest()
        wait = self._allowance(name).take(asyncio.get_running_loop().time())
        if wait is None:
            self._log(request, name)
            raise Refused("too_many_requests")
        if wait:
            await asyncio.sleep(wait)

    def _allowance(self, name: bytes) -> Allowance:
        allowance = self._allowances.setdefault(name, Allowance())
        self._allowances.move_to_end(name)
        if len(self._allowances) > REMEMBERED:
            self._allowances.popitem(last=False)
        return allowance

    def _log(self, request: Request, name: bytes) -> None:
        if name != self._last_refused:  # not each time: that would flood the log
            log.warning("refused %s (%s): too_many_requests", address_of(request), request.url.path[:80])
        self._last_refused = name
