"""Hearing of everything in a chat that is not the agent's, while it is in front: the platform calls that following."""

from collections.abc import Callable

from agent_console.deeds import Deeds
from agent_console.inbox import Case, Section, section
from widget.rtm.background import begin
from widget.wire.agent import FollowChat

__all__ = ["Following"]


class Following:
    """The chat that is followed over the present connection, if one is; never more than one."""

    def __init__(self, deeds: Deeds, me: Callable[[], str]) -> None:
        self._deeds = deeds
        self._me = me
        self._followed: str | None = None

    def lost(self) -> None:
        """The connection is gone, and with it what was followed."""
        self._followed = None

    def front(self, case: Case | None) -> None:
        """This chat is in front now."""
        foreign = case is not None and section(case, self._me()) in {Section.WAITING, Section.OTHERS}
        wanted = case.id if case is not None and foreign else None
        if wanted == self._followed:
            return
        if self._followed is not None:
            begin(self._deeds.tell("unfollow_chat", FollowChat(id=self._followed).as_json()))
        if wanted is not None:
            begin(self._deeds.tell("follow_chat", FollowChat(id=wanted).as_json()))
        self._followed = wanted
