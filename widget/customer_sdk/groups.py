"""The visitor's group, and which groups take chats.

The login tells both, in what the platform calls its private configuration; pushes tell of the groups that change.
"""

from collections.abc import Iterable

from widget.wire.base import Json
from widget.wire.customer import GroupStatus

__all__ = ["Groups"]


class Groups:
    """``own`` is the visitor's: the organization's first one, until something else is told."""

    def __init__(self) -> None:
        self.own = 0
        self._online: set[int] = set()

    def told(self, config: Json) -> None:
        """The login's word."""
        groups = config.get("customer_groups")
        monitoring = groups.get("monitoring") if isinstance(groups, dict) else None
        own = monitoring.get("id") if isinstance(monitoring, dict) else None
        self.own = own if isinstance(own, int) else 0
        online = config.get("online_groups_ids")
        self._online = {each for each in online if isinstance(each, int)} if isinstance(online, list) else set()

    def changed(self, groups: Iterable[GroupStatus]) -> None:
        """Agents of these groups came or left."""
        for group in groups:
            (self._online.discard if group.status == "offline" else self._online.add)(group.id)

    @property
    def online(self) -> bool:
        """Whether somebody takes the visitor's chats."""
        return self.own in self._online
