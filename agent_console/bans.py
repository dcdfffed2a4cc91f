"""Who is banned, for how long, and letting them in again (Configuration API)."""

from collections.abc import Callable

from pydantic import TypeAdapter

from agent_console.deeds import Deeds
from agent_console.organization import Ask
from widget.wire.configuration import ActiveBan, UnbanCustomer
from widget.wire.frames import Push

__all__ = ["Bans"]

_BANS = TypeAdapter(list[ActiveBan])

_LIST, _LIFT = "list_customer_bans", "unban_customer"


class Bans:
    """The bans that are not over, who was banned last first. Fetched when somebody looks at them.

    ``looked_at``: whether somebody does.
    """

    def __init__(self, ask: Ask, deeds: Deeds, looked_at: Callable[[], bool]) -> None:
        self.all: tuple[ActiveBan, ...] = ()
        self.known = False
        self._ask = ask
        self._deeds = deeds
        self._looked_at = looked_at

    def load(self) -> None:
        """Somebody looks at them."""
        self._deeds.attempt(_LIST, "", self._fetch)

    def heard(self, push: Push) -> None:
        """Somebody was banned."""
        if push.action == "customer_banned" and self._looked_at():
            self.load()

    def lift(self, customer_id: str) -> None:
        """Let somebody in again."""
        self._deeds.attempt(_LIFT, customer_id, lambda: self._let_in(customer_id))

    async def _let_in(self, customer_id: str) -> None:
        await self._ask(_LIFT, UnbanCustomer(customer_id=customer_id).as_json())
        await self._fetch()

    async def _fetch(self) -> None:
        found = _BANS.validate_python(await self._ask(_LIST, {}))
        self.all, self.known = tuple(sorted(found, key=lambda ban: ban.created_at, reverse=True)), True
