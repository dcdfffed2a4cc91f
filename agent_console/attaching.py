"""Files that an agent attaches to what they write: uploaded at once, sent with the message and not before.

Each chat has its own. What has been sent is the outbox's; what is on its way when the agent presses Send follows as
soon as it is there. Until then the browser keeps it, and the next page begins where this one was left.
"""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from agent_console.kept_files import KeptFile, KeptFiles
from agent_console.reasons import Why
from agent_console.session import AgentSession
from agent_console.uploading import Upload
from widget.customer_sdk.files import File, check_size
from widget.rtm.background import begin
from widget.rtm.outbox import UploadedFile
from widget.wire.errors import ChatError

__all__ = ["MOST", "Attaching", "Attachment"]

MOST = 10
"""How many files one message can have."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file in the composer. ``progress`` goes from 0 to 1; ``error``: why it did not arrive.

    ``going``: the agent has pressed Send, and whether it is for agents only. ``lost``: the page was left, and the
    browser could keep no more than the name.
    """

    id: str
    name: str
    size: int
    progress: float = 0.0
    url: str | None = None
    error: Why | None = None
    going: bool | None = None
    lost: bool = False

    @property
    def failed(self) -> bool:
        """Whether it is not to arrive, unless the agent does something about it."""
        return self.lost or self.error is not None


class Attaching:
    """The attachments of all chats; ``new_id`` makes a name for one."""

    def __init__(self, new_id: Callable[[], str], kept: KeptFiles, changed: Callable[[], None]) -> None:
        self._new_id = new_id
        self._kept = kept
        self._changed = changed
        self._upload: Upload | None = None
        self._session: AgentSession | None = None
        self._of: dict[str, tuple[Attachment, ...]] = {}
        self._files: dict[str, File] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._agent = ""

    def begin(self, session: AgentSession, upload: Upload) -> None:
        """Somebody signs in."""
        self._session, self._upload = session, upload

    def look(self) -> None:
        """It may be known now who it is: then what an earlier page has left goes on."""
        me = self._session.me if self._session is not None else ""
        if me and not self._agent:
            self._agent = me
            begin(self._take_over(me))

    def end(self) -> None:
        """They have signed out: nothing of theirs goes on before they are here again."""
        for task in self._tasks.values():
            task.cancel()
        self._session, self._upload, self._agent = None, None, ""
        self._of.clear()
        self._files.clear()

    def of(self, chat_id: str) -> tuple[Attachment, ...]:
        """What is attached in a chat."""
        return self._of.get(chat_id, ())

    def add(self, chat_id: str, files: Iterable[File]) -> int:
        """Attach files. Returns how many there was no room for."""
        room = MOST - len(self.of(chat_id))
        chosen = list(files)
        for file in chosen[: max(0, room)]:
            attachment = Attachment(self._new_id(), file.name, file.size)
            self._begin(chat_id, attachment, file)
            self._keep(chat_id, attachment)
        self._changed()
        return max(0, len(chosen) - max(0, room))

    def remove(self, chat_id: str, attachment_id: str) -> None:
        """Have a file no longer."""
        task = self._tasks.pop(attachment_id, None)
        if task is not None:
            task.cancel()
        self._let_go(chat_id, attachment_id)

    def retry(self, chat_id: str, attachment_id: str) -> None:
        """Upload a file again that did not arrive."""
        self._put(chat_id, attachment_id, lambda each: replace(each, error=None, progress=0.0))
        self._go(chat_id, attachment_id)

    def send(self, chat_id: str, *, note: bool) -> bool:
        """Send what is attached, each as soon as it is there. Whether there is anything."""
        waiting = [each for each in self.of(chat_id) if not each.failed and each.going is None]
        for each in waiting:
            self._put(chat_id, each.id, lambda one: replace(one, going=note))
            self._keep(chat_id, replace(each, going=note))
            self._pass_on(chat_id, each.id)
        return bool(waiting)

    # Private

    async def _take_over(self, me: str) -> None:
        """Go on with what was left on a page that is gone."""
        for about, file in await self._kept.take_over(me):
            if me != self._agent:
                return
            if about.id in self._files:
                continue
            left = Attachment(about.id, about.name, about.size, going=about.going, lost=file is None)
            self._begin(about.chat_id, left, file)
        self._changed()

    def _begin(self, chat_id: str, attachment: Attachment, file: File | None) -> None:
        self._of[chat_id] = (*self.of(chat_id), attachment)
        if file is not None:
            self._files[attachment.id] = file
            self._go(chat_id, attachment.id)

    def _keep(self, chat_id: str, attachment: Attachment) -> None:
        about = KeptFile(
            id=attachment.id, chat_id=chat_id, name=attachment.name, size=attachment.size, going=attachment.going
        )
        self._kept.keep(self._agent, about, self._files[attachment.id])

    def _let_go(self, chat_id: str, attachment_id: str) -> None:
        self._files.pop(attachment_id, None)
        self._kept.forget(attachment_id)
        self._of[chat_id] = tuple(each for each in self.of(chat_id) if each.id != attachment_id)
        self._changed()

    def _go(self, chat_id: str, attachment_id: str) -> None:
        self._tasks[attachment_id] = begin(self._take_there(chat_id, attachment_id))

    async def _take_there(self, chat_id: str, attachment_id: str) -> None:
        file, upload = self._files[attachment_id], self._upload
        if upload is None:
            return

        def gone(part: float) -> None:
            self._put(chat_id, attachment_id, lambda each: replace(each, progress=part))

        try:
            check_size(file)
            url = await upload(file, gone)
        except ChatError as error:
            why = Why.of(error)
            self._put(chat_id, attachment_id, lambda each: replace(each, error=why))
        else:
            self._put(chat_id, attachment_id, lambda each: replace(each, url=url, progress=1.0))
            self._pass_on(chat_id, attachment_id)

    def _pass_on(self, chat_id: str, attachment_id: str) -> None:
        """What is there and shall go, is the outbox's from now on."""
        found = next((each for each in self.of(chat_id) if each.id == attachment_id), None)
        if found is None or found.url is None or found.going is None or self._session is None:
            return
        self._session.send(chat_id, UploadedFile(url=found.url, name=found.name), note=found.going)
        self._tasks.pop(attachment_id, None)
        self._let_go(chat_id, attachment_id)

    def _put(self, chat_id: str, attachment_id: str, change: Callable[[Attachment], Attachment]) -> None:
        """What has become of a file."""
        self._of[chat_id] = tuple(change(each) if each.id == attachment_id else each for each in self.of(chat_id))
        self._changed()
