"""Who works for the organization, in which groups, and which tags there are.

Asked of the Configuration API over HTTP, once for each connection, and again when somebody changes it.
"""

from dataclasses import dataclass

from pydantic import Field, TypeAdapter

from agent_console.deeds import Deeds
from agent_console.organization import Ask
from widget.wire.base import Json, Wire
from widget.wire.configuration import GroupPriority, Priority
from widget.wire.customer import GroupsStatusUpdated
from widget.wire.frames import Push

__all__ = ["Colleague", "Directory", "Group", "Label"]


class Colleague(Wire):
    """An agent, as the Configuration API lists them."""

    id: str
    name: str | None = None
    role: str | None = None
    avatar_path: str | None = None
    job_title: str | None = None
    groups: list[GroupPriority] = Field(default_factory=list)


class Group(Wire):
    """A group, who is in it, and whether it takes chats."""

    id: int
    name: str = ""
    language_code: str | None = None
    routing_status: str = "offline"
    agent_priorities: dict[str, Priority] = Field(default_factory=dict)


class Label(Wire):
    """A tag, and the groups whose threads it is for."""

    name: str
    group_ids: list[int] = Field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _List:
    """One of the lists: how it is asked for, and which pushes say that it is not what it was."""

    action: str
    fields: tuple[str, ...]
    changes: tuple[str, ...]


_AGENTS = _List("list_agents", ("groups", "job_title"), ("agent_",))
_GROUPS = _List("list_groups", ("agent_priorities", "routing_status"), ("group_", "agent_updated"))
_TAGS = _List("list_tags", (), ("tag_",))

_COLLEAGUES = TypeAdapter(list[Colleague])
_ALL_GROUPS = TypeAdapter(list[Group])
_LABELS = TypeAdapter(list[Label])

_NO_CHANGE = ("agent_disconnected", "group_properties_")
"""The beginnings of pushes that sound alike and mean something else."""


class Directory:
    """The organization's agents, groups and tags, as far as they are known."""

    def __init__(self, ask: Ask, deeds: Deeds) -> None:
        self.agents: tuple[Colleague, ...] = ()
        self.groups: tuple[Group, ...] = ()
        self.tags: tuple[Label, ...] = ()
        self._ask = ask
        self._deeds = deeds
        self._in_step = False
        self._stale: set[str] = set()

    def agent(self, agent_id: str) -> Colleague | None:
        """An agent."""
        return next((agent for agent in self.agents if agent.id == agent_id), None)

    def group(self, group_id: int) -> Group | None:
        """A group."""
        return next((group for group in self.groups if group.id == group_id), None)

    def groups_of(self, agent_id: str) -> tuple[Group, ...]:
        """The groups that an agent is in."""
        return tuple(group for group in self.groups if agent_id in group.agent_priorities)

    def changed(self, group_id: int, members: dict[str, Priority]) -> None:
        """The platform has agreed that these are in a group; the push that says so may come later."""
        self.groups = tuple(
            each.model_copy(update={"agent_priorities": members}) if each.id == group_id else each
            for each in self.groups
        )

    def keep_in_step(self, *, connected: bool) -> None:
        """Ask anew after each connection."""
        if connected and not self._in_step:
            for each in (_AGENTS, _GROUPS, _TAGS):
                self._load(each)
        self._in_step = connected

    def heard(self, push: Push) -> None:
        """Somebody may have changed something."""
        if push.action == "groups_status_updated" and isinstance(push.payload, dict):
            told = {each.id: each.status for each in GroupsStatusUpdated.read(push.payload).groups}
            self.groups = tuple(
                each.model_copy(update={"routing_status": told.get(each.id, each.routing_status)})
                for each in self.groups
            )
        if push.action.startswith(_NO_CHANGE):
            return
        for each in (_AGENTS, _GROUPS, _TAGS):
            if push.action.startswith(each.changes):
                self._load(each)

    # Private

    def _load(self, which: _List) -> None:
        self._stale.add(which.action)
        self._deeds.attempt(which.action, "", lambda: self._fetch(which))

    async def _fetch(self, which: _List) -> None:
        """Ask until nothing has changed since the question."""
        while which.action in self._stale:
            self._stale.discard(which.action)
            await self._take(which)

    async def _take(self, which: _List) -> None:
        payload: Json = {"fields": [*which.fields]} if which.fields else {}
        answer = await self._ask(which.action, payload)
        if which is _AGENTS:
            self.agents = tuple(_COLLEAGUES.validate_python(answer))
        elif which is _GROUPS:
            self.groups = tuple(_ALL_GROUPS.validate_python(answer))
        else:
            self.tags = tuple(_LABELS.validate_python(answer))
