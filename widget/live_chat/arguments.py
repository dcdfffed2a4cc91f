"""What the commands take: one model each, strict, so that a wrong argument is refused before anything happens."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, TypeAdapter, model_validator

from widget.wire.base import Json

__all__ = [
    "ARGUMENTS",
    "LONGEST_TEXT",
    "Basic",
    "ContextualData",
    "CustomData",
    "DraftText",
    "Profile",
    "SessionVariables",
]

LONGEST_TEXT = 4096
"""Characters in a message (spec: widget-js-api, B3)."""


class Argument(BaseModel):
    """A field that nobody knows is a mistake of whoever wrote it."""

    model_config = ConfigDict(extra="forbid", strict=True)


Text = Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT)]
ThreadId = Annotated[str, Field(min_length=1, max_length=256)]


class Basic(Argument):
    """A text, an attachment, or both. ``attachment`` is a data URL; the page has made it of any other address."""

    type: Literal["BASIC"]
    message: Text | None = None
    attachment: str | None = Field(default=None, pattern="^data:")
    fileName: Annotated[str, Field(min_length=1, max_length=255)] | None = None
    threadId: ThreadId | None = None

    @model_validator(mode="after")
    def _has_something(self) -> "Basic":
        if self.message is None and self.attachment is None:
            raise ValueError("give message, attachment, or both")
        if (self.attachment is None) != (self.fileName is None):
            raise ValueError("attachment and fileName come together")
        return self


class DraftText(Argument):
    """A text for the composer."""

    type: Literal["DRAFT"]
    message: Text
    threadId: ThreadId | None = None


class CustomData(Argument):
    """Data, and what agent and visitor are to read about it."""

    type: Literal["CUSTOM_DATA"]
    customData: JsonValue
    agentMessage: Text | None = None
    userMessage: Text | None = None
    threadId: ThreadId | None = None


Sent = Annotated[Basic | DraftText | CustomData, Field(discriminator="type")]
"""What ``send`` takes."""

Started = Annotated[Basic | CustomData, Field(discriminator="type")]
"""What ``create_thread`` takes."""


class ContextualData(Argument):
    """What the page knows of the visit."""

    metadata: Annotated[Json, Field(min_length=1)]
    multiThreadStrategy: Literal["ACTIVE", "ALL"] = "ACTIVE"


class Profile(Argument):
    """``update_customer`` of ``LiveChatWidget``."""

    name: str | None = None
    email: str | None = None


class SessionVariables(Argument):
    """``set_session_variables`` of ``LiveChatWidget``. ``merge``: those that are not named stay."""

    variables: dict[str, str]
    merge: bool = False


ARGUMENTS: dict[str, TypeAdapter[Any]] = {
    "auth": TypeAdapter(Annotated[str, Field(min_length=1, max_length=8192, strict=True)]),
    "send": TypeAdapter(Sent),
    "create_thread": TypeAdapter(Started),
    "send_contextual_data": TypeAdapter(ContextualData),
    "show_thread": TypeAdapter(Annotated[ThreadId, Field(strict=True)]),
    "show_thread_list": TypeAdapter(None),
    "open_new_thread": TypeAdapter(None),
    "get_threads": TypeAdapter(None),
    "get_active_thread": TypeAdapter(None),
    "set_language": TypeAdapter(str),
    "update_customer": TypeAdapter(Profile),
    "session_variables": TypeAdapter(SessionVariables),
}
"""By the names of the commands that the frame answers. The last two are only for ``LiveChatWidget``."""
