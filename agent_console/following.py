"""Hearing of everything in chats that are not the agent's: the platform calls that following.

The chat in front is followed while it is there; a chat that the agent supervises, until they stop. The platform does
not tell the two apart and remembers both. So what is in front is noted in storage, for all tabs: a page that was closed
meanwhile leaves nothing behind. And a tab tells the others what is supervised, or the first of them that has only
looked at it would end that.
"""

from collections.abc import Callable
from dataclasses import replace

from pydantic import ValidationError

from agent_console.deeds import Deeds
from agent_console.inbox import NOBODYS, Case, Section, section
from agent_console.ledger import Ledger
from agent_console.news import chat_id_of
from agent_console.tabs import Tabs
from widget.rtm.background import begin
from widget.rtm.ports import Storage
from widget.wire.agent import FollowChat
from widget.wire.base import Wire
from widget.wire.frames import Push

__all__ = ["Following"]


class Supervised(Wire):
    """What a tab tells the others: its agent supervises a chat."""

    agent: str
    supervised: str


class Following:
    """What is followed over the present connection. ``changed`` looks at the chat in front once more."""

    def __init__(self, ledger: Ledger, deeds: Deeds, storage: Storage, tabs: Tabs, changed: Callable[[], None]) -> None:
        self._ledger = ledger
        self._deeds = deeds
        self._storage = storage
        self._tabs = tabs
        self._changed = changed
        self._glanced: str | None = None
        tabs.listen(self._told)

    def lost(self) -> None:
        """The connection is gone."""
        self._glanced = None

    def in_step(self) -> None:
        """The platform has told which chats are followed: what was only in front once is not, any more."""
        for left in self._looked_at():
            self._tell("unfollow_chat", left)  # a tab that looks at it now follows it again
            self._note(left, followed=False)
        self._storage.remove(self._name)

    def front(self, case: Case | None) -> None:
        """This chat is in front now."""
        wanted = case.id if case is not None and self._is_foreign(case) else None
        if wanted == self._glanced:
            return
        before, self._glanced = self._glanced, wanted
        if before is not None:
            self._mark(before, looked_at=False)
            if not self._supervises(before):
                self._tell("unfollow_chat", before)
        if wanted is not None:
            self._look_at(wanted)

    def heard(self, push: Push) -> None:
        """The platform tells what is not followed any more: another tab has left the chat that is in front here."""
        if push.action == "chat_unfollowed" and self._glanced is not None and chat_id_of(push) == self._glanced:
            self._look_at(self._glanced)

    def supervise(self, chat_id: str) -> None:
        """Follow a colleague's chat until further notice."""
        self._deeds.do("follow_chat", chat_id, FollowChat(id=chat_id).as_json(), lambda _: self._supervised(chat_id))

    def stop(self, chat_id: str) -> None:
        """Supervise a chat no longer."""
        self._deeds.do("unfollow_chat", chat_id, FollowChat(id=chat_id).as_json(), lambda _: self._ended(chat_id))

    # Private

    @property
    def _name(self) -> str:
        return f"live-chat-agent:{self._ledger.inbox.me}:in-front"

    def _is_foreign(self, case: Case) -> bool:
        return section(case, self._ledger.inbox.me) in {*NOBODYS, Section.OTHERS}

    def _supervises(self, chat_id: str) -> bool:
        case = self._ledger.inbox.cases.get(chat_id)
        return case is not None and case.followed

    def _look_at(self, chat_id: str) -> None:
        self._mark(chat_id, looked_at=True)
        self._tell("follow_chat", chat_id)

    def _looked_at(self) -> list[str]:
        """What is in front, in any tab, or was when it was closed."""
        return (self._storage.get(self._name) or "").split()

    def _mark(self, chat_id: str, *, looked_at: bool) -> None:
        others = [each for each in self._looked_at() if each != chat_id]
        if marks := [*others, chat_id] if looked_at else others:
            self._storage.set(self._name, " ".join(marks))
        else:
            self._storage.remove(self._name)

    def _supervised(self, chat_id: str) -> None:
        self._begun(chat_id)
        self._tabs.tell(Supervised(agent=self._ledger.inbox.me, supervised=chat_id).model_dump_json())

    def _told(self, message: str) -> None:
        """Another tab supervises something, perhaps for another agent."""
        try:
            told = Supervised.model_validate_json(message)
        except ValidationError:
            return  # of another build
        if told.agent == self._ledger.inbox.me:
            self._begun(told.supervised)
            self._changed()

    def _begun(self, chat_id: str) -> None:
        self._note(chat_id, followed=True)
        self._mark(chat_id, looked_at=False)
        if self._glanced == chat_id:
            self._glanced = None

    def _ended(self, chat_id: str) -> None:
        self._note(chat_id, followed=False)
        self._changed()

    def _note(self, chat_id: str, *, followed: bool) -> None:
        case = self._ledger.inbox.cases.get(chat_id)
        if case is not None:
            self._ledger.put(replace(case, followed=followed))

    def _tell(self, action: str, chat_id: str) -> None:
        begin(self._deeds.tell(action, FollowChat(id=chat_id).as_json()))
