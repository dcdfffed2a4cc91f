"""``send`` and ``create_thread``: messages, drafts and data of the page, as the visitor's."""

from dataclasses import dataclass
from typing import Protocol

from widget.live_chat.arguments import Basic, CustomData, DraftText
from widget.live_chat.attachments import Uploads, read_data_url
from widget.live_chat.threads import Threads
from widget.rtm.conversation import Entry
from widget.rtm.outbox import Draft
from widget.wire.base import Json, format_timestamp
from widget.wire.errors import CommandError
from widget.wire.events import CustomEvent, Event, File, Message

__all__ = ["Chat", "Composer", "Sender", "as_message"]


class Chat(Protocol):
    """The chat that is written to."""

    async def deliver(self, draft: Draft | str, custom_id: str | None = None) -> Entry:
        """Send something and wait until the server has it."""


class Composer(Protocol):
    """Where the visitor writes."""

    def offer_draft(self, text: str) -> bool:
        """Put a text there. False when the visitor is writing something."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Sends for the page."""

    chat: Chat
    threads: Threads
    uploads: Uploads
    composer: Composer

    async def send(self, argument: Basic | DraftText | CustomData, call_id: str) -> Json:
        """Into the active thread, or the one that is named. Raises ChatError; nothing has been sent then."""
        if argument.threadId is not None:
            await self.threads.check_open(argument.threadId)
        if isinstance(argument, DraftText):
            return self._draft(argument)
        return await self._deliver(argument, call_id, new_thread=False)

    async def create_thread(self, argument: Basic | CustomData, call_id: str) -> Json:
        """Into a thread of its own. Raises ChatError."""
        if argument.threadId is not None:
            raise CommandError("INVALID_ARGUMENT", "'create_thread': threadId: it has none yet.", "Leave it out.")
        return await self._deliver(argument, call_id, new_thread=True)

    def _draft(self, argument: DraftText) -> Json:
        if not self.composer.offer_draft(argument.message):
            raise CommandError("COMPOSER_IN_USE", "The visitor is writing something.", "Try again later.")
        return {"message": {"type": "DRAFT", "content": {"text": argument.message}}, "threadId": argument.threadId}

    async def _deliver(self, argument: Basic | CustomData, call_id: str, *, new_thread: bool) -> Json:
        if isinstance(argument, CustomData):
            content = argument.model_dump(include={"customData", "agentMessage", "userMessage"}, exclude_none=True)
            content.setdefault("customData", None)
            return _answer(
                "CUSTOM_DATA", [await self.chat.deliver(Draft(content=content, new_thread=new_thread), call_id)]
            )
        drafts = await self._drafts(argument)
        entries = []
        for number, draft in enumerate(drafts):
            part = draft.model_copy(update={"new_thread": new_thread and number == 0})
            # A call may be made once more when the frame is loaded anew: each part of it has its own lasting id.
            entries.append(await self.chat.deliver(part, call_id if number == 0 else f"{call_id}-{number}"))
        return _answer("BASIC", entries)

    async def _drafts(self, argument: Basic) -> list[Draft]:
        """The parts of a message. The file is on the server before anything is said."""
        drafts = [] if argument.message is None else [Draft(text=argument.message)]
        if argument.attachment is not None and argument.fileName is not None:
            file = await self.uploads.upload(read_data_url(argument.attachment, argument.fileName))
            drafts.append(Draft(file=file))
        return drafts


def _answer(kind: str, entries: list[Entry]) -> Json:
    first = entries[0]
    content: Json = {}
    for entry in entries:
        content |= _content(entry.event)
    return {"message": {**as_message(first.event), "type": kind, "content": content}, "threadId": first.thread_id}


def as_message(event: Event) -> Json:
    """An event as the page knows messages: ``{id, type, moment, content}`` (spec: widget-js-api, B3)."""
    kind = "CUSTOM_DATA" if isinstance(event, CustomEvent) else "BASIC"
    return {
        "id": event.id,
        "type": kind,
        "moment": format_timestamp(event.created_at),
        "content": _content(event),
    }


def _content(event: Event) -> Json:
    match event:
        case Message():
            return {"text": event.text}
        case File():
            return {"attachment": event.url, "fileName": event.name}
        case CustomEvent() if isinstance(event.content, dict):
            return {name: event.content[name] for name in _CUSTOM if name in event.content}
        case _:
            return {}


_CUSTOM = ("customData", "agentMessage", "userMessage")
