"""Who is in which group, and how soon they get its chats: changed by administrators (Configuration API).

What is wanted is shown at once, and taken back when the platform refuses it.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from functools import reduce

from agent_console.asking import Asking
from agent_console.deeds import Deeds
from agent_console.directory import Directory, Group
from agent_console.organization import Ask
from agent_console.page import Page
from agent_console.questions import GroupAsk
from widget.wire.configuration import CreateGroup, Priority, UpdateGroup

__all__ = ["LONGEST_NAME", "PRIORITIES", "Membership"]

PRIORITIES: tuple[Priority, ...] = ("first", "normal", "last", "supervisor")
"""How soon an agent gets a group's chats, the soonest first; supervisors get none."""

LONGEST_NAME = 180
"""Characters in a group's name."""

Members = Mapping[str, Priority]

Change = Callable[[Members], Members]


class Membership:
    """The groups of whoever's organization it is."""

    def __init__(self, page: Page, asking: Asking) -> None:
        self._page = page
        self._asking = asking
        self._ask: Ask | None = None
        self._deeds: Deeds | None = None
        self._directory: Directory | None = None
        self._wanted: dict[int, tuple[Change, ...]] = {}

    def begin(self, ask: Ask, deeds: Deeds, directory: Directory) -> None:
        """Somebody signs in."""
        self._ask, self._deeds, self._directory = ask, deeds, directory
        self._wanted.clear()

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups as they will be, if the platform agrees with what is under way."""
        groups = self._directory.groups if self._directory is not None else ()
        return tuple(each.model_copy(update={"agent_priorities": {**self._members(each)}}) for each in groups)

    def add(self, group_id: str, agent_id: str) -> None:
        """Have an agent in a group."""
        if agent_id:
            self._change(group_id, lambda members: {**members, agent_id: "normal"})

    def remove(self, group_id: str, agent_id: str) -> None:
        """Have an agent in a group no longer."""
        self._change(group_id, lambda members: {key: each for key, each in members.items() if key != agent_id})
        self._page.focus(f"add-to-{group_id}")

    def set_priority(self, group_id: str, agent_id: str, wanted: str) -> None:
        """How soon an agent gets a group's chats."""
        priority = next((each for each in PRIORITIES if each == wanted), None)
        if priority is not None:
            self._change(group_id, lambda members: {**members, agent_id: priority})

    def write(self) -> None:
        """Ask for a new group."""
        self._asking.ask(GroupAsk(), "new-group")

    def answer(self) -> None:
        """It has its name."""
        question, name = self._asking.question, self._page.entered("group-name").strip()
        if not isinstance(question, GroupAsk):
            return
        if not 0 < len(name) <= LONGEST_NAME:
            self._asking.become(replace(question, wrong=True), "group-name")
            return
        self._create(CreateGroup(name=name))
        self._asking.close()

    # Private

    def _members(self, group: Group) -> Members:
        """Who is in a group when all is done that is wanted."""
        return reduce(lambda members, change: change(members), self._wanted.get(group.id, ()), group.agent_priorities)

    def _change(self, group_id: str, change: Change) -> None:
        deeds, directory = self._deeds, self._directory
        group = directory.group(int(group_id)) if directory is not None and group_id.isdecimal() else None
        if group is not None and deeds is not None:
            self._wanted[group.id] = (*self._wanted.get(group.id, ()), change)
            deeds.attempt("update_group", group_id, self._bringing(group.id))

    def _bringing(self, group_id: int) -> Callable[[], Awaitable[None]]:
        """What takes the changes of a group to the platform, those too that come meanwhile; refused, to try again."""
        refused: tuple[Change, ...] = ()

        async def bring() -> None:
            nonlocal refused
            self._wanted[group_id] = (*refused, *self._wanted.get(group_id, ()))
            try:
                while changes := self._wanted[group_id]:
                    await self._update(group_id)
                    self._wanted[group_id] = self._wanted[group_id][len(changes) :]
            finally:
                refused = self._wanted.pop(group_id)

        return bring

    async def _update(self, group_id: int) -> None:
        ask, directory = self._ask, self._directory
        group = directory.group(group_id) if directory is not None else None
        if ask is not None and directory is not None and group is not None:
            members = dict(self._members(group))
            await ask("update_group", UpdateGroup(id=group_id, agent_priorities=members).as_json())
            directory.changed(group_id, members)

    def _create(self, request: CreateGroup) -> None:
        ask, deeds = self._ask, self._deeds
        if ask is None or deeds is None:
            return

        async def work() -> None:
            await ask("create_group", request.as_json())  # what has changed is pushed

        deeds.attempt("create_group", "", work)
