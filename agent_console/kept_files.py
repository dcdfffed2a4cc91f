"""Files that are attached and not sent, kept for the next page: the port through which they are."""

from typing import Protocol

from pydantic import BaseModel

from widget.customer_sdk.files import File

__all__ = ["KeptFile", "KeptFiles"]


class KeptFile(BaseModel, frozen=True):
    """What is noted about a file. ``going``: the agent has pressed Send, and whether it is for agents only."""

    id: str
    chat_id: str
    name: str
    size: int
    going: bool | None = None


class KeptFiles(Protocol):
    """The files of all agents of this browser; each belongs to the page that keeps it, until that is gone."""

    def keep(self, agent: str, about: KeptFile, file: File) -> None:
        """Keep a file, or note something else about it."""

    def forget(self, file_id: str) -> None:
        """Keep a file no longer."""

    async def take_over(self, agent: str) -> list[tuple[KeptFile, File | None]]:
        """What this page, or one that is gone, has kept for an agent: each file, or only its name."""
