"""What an agent has written and not sent, chat by chat, over reloads.

Whether it is a note belongs to the text: what was begun for colleagues must never go to the visitor.
"""

from dataclasses import dataclass

from pydantic import BaseModel, ValidationError

from widget.rtm.ports import Storage

__all__ = ["LONGEST_TEXT", "Draft", "Drafts"]

LONGEST_TEXT = 4096
"""Characters in a message, as in the widget."""


class Draft(BaseModel, frozen=True):
    """A text in the composer. ``note``: for agents only."""

    text: str = ""
    note: bool = False


@dataclass(frozen=True, slots=True)
class Drafts:
    """The drafts of one agent; ``prefix`` begins the names in storage."""

    storage: Storage
    prefix: str

    def of(self, chat_id: str) -> Draft:
        """The draft of a chat; an empty one when there is none, or none that can be read."""
        try:
            return Draft.model_validate_json(self.storage.get(self.prefix + chat_id) or "{}")
        except ValidationError:
            return Draft()

    def keep(self, chat_id: str, draft: Draft) -> None:
        """Keep a draft; an empty reply is none."""
        if draft == Draft():
            self.storage.remove(self.prefix + chat_id)
        else:
            self.storage.set(self.prefix + chat_id, draft.model_dump_json())
