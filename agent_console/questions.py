"""What can be asked in the dialog, as values (``agent_console.views.asking`` draws them)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from agent_console.directory import Group
from agent_console.form_drafts import FormAsk
from agent_console.picking import Picker
from widget.ui.colors import Chosen
from widget.wire.canned_responses import CannedResponse
from widget.wire.users import Customer

__all__ = ["MOST_DAYS", "BanAsk", "ConfirmAsk", "GroupAsk", "Question", "ReplyAsk", "Target", "ThemeAsk", "TransferAsk"]

MOST_DAYS = 3650
"""How long a visitor can be banned for."""

ACCEPTING = "accepting_chats"


@dataclass(frozen=True, slots=True)
class Target:
    """Somebody a chat can go to. ``chats``: how many an agent has now."""

    kind: Literal["agent", "group"]
    id: str
    name: str
    status: str = "offline"
    chats: int | None = None
    avatar: str | None = None

    @property
    def key(self) -> str:
        """What it is called among all of them."""
        return f"{self.kind}:{self.id}"

    @property
    def accepts(self) -> bool:
        """Whether it takes chats now."""
        return self.status == ACCEPTING


@dataclass(frozen=True, slots=True)
class TransferAsk:
    """To whom a chat shall go. ``known``: the platform has told who can have it; ``pointed``: the agent has chosen."""

    chat_id: str
    visitor: str
    query: str = ""
    targets: tuple[Target, ...] = ()
    picker: Picker = field(default_factory=Picker)
    known: bool = False
    pointed: bool = False

    @property
    def shown(self) -> tuple[Target, ...]:
        """Those that the query is about."""
        words = self.query.casefold().split()
        return tuple(each for each in self.targets if all(w in f"{each.name} {each.id}".casefold() for w in words))

    @property
    def chosen(self) -> Target | None:
        """The one that it would go to now."""
        return next((each for each in self.shown if each.key == self.picker.active), None)


@dataclass(frozen=True, slots=True)
class BanAsk:
    """For how long somebody shall be kept out. ``wrong``: what was entered is no number of days."""

    customer: Customer
    days: int = 7
    wrong: bool = False


@dataclass(frozen=True, slots=True)
class ReplyAsk:
    """What a canned reply says, and what it is called. ``reply`` is the one to change; None: a new one.

    ``wrong`` is the field that is not filled in as it must be.
    """

    reply: CannedResponse | None
    groups: tuple[Group, ...]
    wrong: Literal["names", "text"] | None = None


@dataclass(frozen=True, slots=True)
class GroupAsk:
    """What a new group shall be called."""

    wrong: bool = False


@dataclass(frozen=True, slots=True)
class ConfirmAsk:
    """Whether to do what cannot be undone; ``then`` does it."""

    title: str
    text: str
    answer: str
    then: Callable[[], None] = field(compare=False)


@dataclass(frozen=True, slots=True)
class ThemeAsk:
    """What a theme is made of. ``former`` is what it was called; None: a new one. ``wrong``: what is, with the name."""

    former: str | None
    name: str
    chosen: Chosen
    wrong: str | None = None


Question = TransferAsk | BanAsk | ReplyAsk | GroupAsk | ThemeAsk | FormAsk | ConfirmAsk
