"""Labels on the thread in front: putting them on, by a field that knows which there are, and taking them off."""

from collections.abc import Callable
from dataclasses import dataclass, field

from agent_console.deeds import Deeds
from agent_console.directory import Directory
from agent_console.inbox import Case
from agent_console.organization import Ask
from agent_console.page import Page
from agent_console.picking import Picker, step_of
from agent_console.session import AgentSession
from widget.wire.configuration import CreateTag

__all__ = ["LONGEST", "NEW", "TagField", "Tagging", "fitting"]

LONGEST = 256
"""Characters in a tag."""

MOST_SHOWN = 8

NEW = "+"
"""The option that stands for a tag which is not there yet; no tag of its name is ever an option beside it."""

FIELD = "tag-query"


@dataclass(frozen=True, slots=True)
class TagField:
    """The field is open: what was entered, and which tags fit. ``new``: what was entered can become one."""

    query: str = ""
    picker: Picker = field(default_factory=Picker)
    new: bool = False


def fitting(directory: Directory, case: Case, query: str) -> list[str]:
    """The tags that a thread can have and has not, those first that begin as the query does."""
    groups, wanted = set(case.group_ids), query.casefold()
    names = [tag.name for tag in directory.tags if groups & set(tag.group_ids) and tag.name not in case.tags]
    found = [name for name in names if wanted in name.casefold()]
    return sorted(found, key=lambda name: (not name.casefold().startswith(wanted), name.casefold()))[:MOST_SHOWN]


class Tagging:
    """``field`` is None while it is closed. ``front`` is the chat, or the archived thread, that is to be labelled."""

    def __init__(
        self, page: Page, front: Callable[[], Case | None], may_create: Callable[[], bool], changed: Callable[[], None]
    ) -> None:
        self.field: TagField | None = None
        self._page = page
        self._front = front
        self._may_create = may_create
        self._changed = changed
        self._directory: Directory | None = None
        self._ask: Ask | None = None
        self._of: str | None = None

    def begin(self, directory: Directory, ask: Ask) -> None:
        """Somebody signs in."""
        self._directory, self._ask = directory, ask

    def open(self) -> None:
        """Let a tag be entered."""
        case = self._front()
        if case is not None:
            self._of = case.conversation.thread_id
            self._look("")

    def close(self, *, back: bool = False) -> None:
        """No tag is entered any more; with ``back`` the focus goes to where the field was opened."""
        if self.field is not None:
            self.field = None
            self._changed()
        if back:
            self._page.focus("add-tag")

    def look(self) -> None:
        """Another thread may be in front, or there may be other tags."""
        case = self._front()
        if self.field is not None and (case is None or case.conversation.thread_id != self._of):
            self.field = None
        elif self.field is not None:
            self._offer(self.field.query)

    def typed(self) -> None:
        """Something was entered."""
        if self.field is not None:
            self._look(self._page.entered(FIELD).strip())

    def pressed(self, key: str) -> bool:
        """A key in the field. Whether it was for its list."""
        if self.field is None or (key != "Escape" and not step_of(key)):
            return False
        if key == "Escape":
            self.close(back=True)
        else:
            field = self.field
            self.field = TagField(field.query, field.picker.moved(step_of(key)), field.new)
            self._changed()
        return True

    def take(self, session: AgentSession, option: str | None = None) -> None:
        """Put a tag on: the one that was chosen, or the one that the field is at."""
        case, field = self._front(), self.field
        wanted = option if option is not None else field.picker.active if field is not None else None
        if case is None or field is None or wanted is None:
            return
        if wanted == NEW:
            self._create(session, case, field.query)
        else:
            session.work.tag(case.id, case.conversation.thread_id or "", wanted)
        self.close(back=True)

    def untag(self, session: AgentSession, tag: str) -> None:
        """Take a tag off."""
        case = self._front()
        if case is not None:
            session.work.untag(case.id, case.conversation.thread_id or "", tag)
            self._page.focus("add-tag")

    # Private

    def _look(self, query: str) -> None:
        self._offer(query)
        self._changed()

    def _offer(self, query: str) -> None:
        case, directory = self._front(), self._directory
        if case is None or directory is None:
            return
        names = fitting(directory, case, query)
        there = {tag.name.casefold() for tag in directory.tags} | {tag.casefold() for tag in case.tags}
        new = bool(query) and len(query) <= LONGEST and query.casefold() not in there and self._may_create()
        picker = (self.field.picker if self.field else Picker()).among([*names, NEW] if new else names)
        self.field = TagField(query, picker, new)

    def _create(self, session: AgentSession, case: Case, name: str) -> None:
        ask, chat_id, thread_id = self._ask, case.id, case.conversation.thread_id or ""
        request = CreateTag(name=name, group_ids=[*case.group_ids])
        if ask is not None:
            _create(session.deeds, ask, request, lambda: session.work.tag(chat_id, thread_id, name))


def _create(deeds: Deeds, ask: Ask, request: CreateTag, then: Callable[[], None]) -> None:
    async def create() -> None:
        await ask("create_tag", request.as_json())
        then()

    deeds.attempt("create_tag", request.name, create)
