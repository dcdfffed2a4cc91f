"""The forms that visitors fill in: what each group asks, and changing it.

Fetched when somebody looks at them. Writing them is this server's own (``server/forms.py``); on LiveChat's cloud they
are written in its own application, and asking for them is refused.
"""

from dataclasses import dataclass
from typing import Final

from pydantic import TypeAdapter

from agent_console.deeds import Deeds
from agent_console.directory import Group
from agent_console.organization import Ask
from widget.wire.configuration import FormType, GroupForm, ListForms, UpdateForm

__all__ = ["TYPES", "Forms", "FormsPage"]

TYPES: Final[tuple[FormType, ...]] = ("prechat", "ticket", "postchat")
"""The forms of a group, in the order in which visitors meet them."""

_LIST, _SAVE = "list_forms", "update_form"

_FORMS = TypeAdapter(list[GroupForm])


@dataclass(frozen=True, slots=True)
class FormsPage:
    """The forms of one group. ``known``: the server has told them."""

    groups: tuple[Group, ...] = ()
    group_id: int = 0
    forms: tuple[GroupForm, ...] = ()
    known: bool = False
    may_change: bool = False
    busy: bool = False

    def form(self, type: FormType) -> GroupForm | None:
        """A form, if it was ever written."""
        return next((form for form in self.forms if form.type == type), None)


class Forms:
    """``group_id`` is the group whose forms are looked at; ``known``: they have been told."""

    def __init__(self, ask: Ask, deeds: Deeds) -> None:
        self.group_id = 0
        self.known = False
        self._all: tuple[GroupForm, ...] = ()
        self._ask = ask
        self._deeds = deeds

    @property
    def busy(self) -> bool:
        """Whether a change is under way."""
        return (_SAVE, "") in self._deeds.busy

    @property
    def here(self) -> tuple[GroupForm, ...]:
        """The forms of the group."""
        return tuple(form for form in self._all if form.group_id == self.group_id)

    def form(self, type: str) -> GroupForm | None:
        """A form of the group."""
        return next((form for form in self.here if form.type == type), None)

    def load(self) -> None:
        """Somebody looks at them."""
        self._deeds.attempt(_LIST, "", self._load)

    def turn_to(self, group_id: int) -> None:
        """Look at those of another group."""
        self.group_id = group_id
        self.load()

    def save(self, form: UpdateForm) -> None:
        """Write a form."""

        async def save() -> None:
            await self._ask(_SAVE, form.as_json())
            await self._load()

        self._deeds.attempt(_SAVE, "", save)

    async def _load(self) -> None:
        self._all = tuple(_FORMS.validate_python(await self._ask(_LIST, ListForms().as_json())))
        self.known = True
