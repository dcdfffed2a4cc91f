"""What the page may ask of the chat, and how it is answered.

The loader answers what only concerns the launcher; the rest comes here. Each command has one model of its argument
and one function; a wrong argument is refused before anything happens.
"""

from dataclasses import dataclass
from typing import Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from widget.rtm.conversation import Entry
from widget.wire.base import Json, format_timestamp
from widget.wire.errors import ChatError, CommandError
from widget.wire.events import Message

__all__ = ["Chat", "Commands", "SendArgument", "error_json"]

LONGEST_TEXT = 4096
"""Characters in a message (spec: widget-js-api, B3)."""


class Chat(Protocol):
    """The chat that the commands act on."""

    async def deliver(self, text: str) -> Entry:
        """Send a text and wait until the server has it."""


class SendArgument(BaseModel):
    """``send`` of a text: ``{type: "BASIC", message: "..."}``."""

    model_config = ConfigDict(extra="forbid")

    type: Literal["BASIC"]
    message: str = Field(min_length=1, max_length=LONGEST_TEXT)


@dataclass(frozen=True, slots=True)
class Commands:
    """The commands of one page."""

    chat: Chat

    async def run(self, command: str, argument: object) -> Json:
        """Carry out a command and return its result. Raises ChatError."""
        if command != "send":
            raise CommandError(
                "UNKNOWN_COMMAND",
                f"There is no command {command!r}.",
                "Commands: init, show, hide, show_launcher, hide_launcher, send.",
            )
        return await self.send(_read(SendArgument, argument, command))

    async def send(self, argument: SendArgument) -> Json:
        """``send``: the message as the server has it, and the thread it is in (spec: widget-js-api, B3)."""
        entry = await self.chat.deliver(argument.message)
        text = entry.event.text if isinstance(entry.event, Message) else argument.message
        return {
            "message": {
                "id": entry.event.id,
                "type": argument.type,
                "moment": format_timestamp(entry.event.created_at),
                "content": {"text": text},
            },
            "threadId": entry.thread_id,
        }


def error_json(error: ChatError) -> Json:
    """An error as the page gets it: ``{code, message, hint}``."""
    return {"code": error.code, "message": error.message, "hint": error.hint}


_HINTS = {
    "send": "Call liveChat('send', {type: 'BASIC', message: 'Hello'}) with a message of 1 to 4,096 characters.",
}


def _read(model: type[SendArgument], argument: object, command: str) -> SendArgument:
    try:
        return model.model_validate(argument)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the argument"
        raise CommandError("INVALID_ARGUMENT", f"'{command}': {where}: {first['msg']}.", _HINTS[command]) from error
