"""Files that are attached and not sent, in a browser: ``static/console_files.js`` keeps them."""

import js
from pydantic import ValidationError

from agent_console.kept_files import KeptFile
from widget.browser.upload import BrowserFile
from widget.customer_sdk.files import File

__all__ = ["BrowserFiles"]


class BrowserFiles:
    """The files of all agents of this browser."""

    def __init__(self) -> None:
        self._script = js.keptFiles

    def keep(self, agent: str, about: KeptFile, file: File) -> None:
        """Keep a file, or note something else about it."""
        if isinstance(file, BrowserFile):
            self._script.keep(about.id, agent, about.model_dump_json(), file.blob)

    def forget(self, file_id: str) -> None:
        """Keep a file no longer."""
        self._script.forget(file_id)

    async def take_over(self, agent: str) -> list[tuple[KeptFile, File | None]]:
        """What this page, or one that is gone, has kept for an agent."""
        found: list[tuple[KeptFile, File | None]] = []
        for about, blob in await self._script.takeOver(agent):
            try:
                kept = KeptFile.model_validate_json(str(about))
            except ValidationError:
                continue  # of another build
            found.append((kept, BrowserFile(blob) if hasattr(blob, "arrayBuffer") else None))
        return found
