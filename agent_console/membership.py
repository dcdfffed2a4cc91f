"""Who is in which group, and how soon they get its chats: changed by administrators (Configuration API)."""

from collections.abc import Callable
from dataclasses import replace

from agent_console.asking import Asking
from agent_console.deeds import Deeds
from agent_console.directory import Directory
from agent_console.organization import Ask
from agent_console.page import Page
from agent_console.questions import GroupAsk
from widget.wire.configuration import CreateGroup, Priority, UpdateGroup

__all__ = ["LONGEST_NAME", "PRIORITIES", "Membership"]

PRIORITIES: tuple[Priority, ...] = ("first", "normal", "last", "supervisor")
"""How soon an agent gets a group's chats, the soonest first; supervisors get none."""

LONGEST_NAME = 180
"""Characters in a group's name."""

CHANGE = "update_group"

Change = Callable[[dict[str, Priority]], dict[str, Priority]]


class Membership:
    """The groups of whoever's organization it is."""

    def __init__(self, page: Page, asking: Asking) -> None:
        self._page = page
        self._asking = asking
        self._ask: Ask | None = None
        self._deeds: Deeds | None = None
        self._directory: Directory | None = None

    def begin(self, ask: Ask, deeds: Deeds, directory: Directory) -> None:
        """Somebody signs in."""
        self._ask, self._deeds, self._directory = ask, deeds, directory

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
        self._do("create_group", CreateGroup(name=name))
        self._asking.close()

    # Private

    def _change(self, group_id: str, change: Change) -> None:
        directory = self._directory
        group = directory.group(int(group_id)) if directory is not None and group_id.isdecimal() else None
        if group is not None:
            members = change(group.agent_priorities)
            self._do(CHANGE, UpdateGroup(id=group.id, agent_priorities=members))

    def _do(self, action: str, request: CreateGroup | UpdateGroup) -> None:
        ask, deeds = self._ask, self._deeds
        if ask is None or deeds is None:
            return

        async def work() -> None:
            await ask(action, request.as_json())  # what has changed is pushed

        deeds.attempt(action, "", work)
