"""Events to send, as they are checked before they are sent. ``type`` says which fields an event must have."""

from typing import Annotated, Any, Literal, NotRequired

from pydantic import Discriminator, Tag
from typing_extensions import TypedDict

from widget.platform_sdk.shapes import Json, Properties

__all__ = ["NewEvent"]

TYPES = "message, file, filled_form, system_message, rich_message, custom"


class AnsweredButton(TypedDict):
    """The button that a message answers."""

    id: str
    thread_id: str
    event_id: str
    type: NotRequired[str]
    value: NotRequired[str]


class Common(TypedDict, total=False):
    """What every event may have. ``custom_id`` comes back on it."""

    custom_id: str
    properties: Properties


class NewMessage(Common):
    """A text."""

    type: Literal["message"]
    text: str
    postback: NotRequired[AnsweredButton]


class NewFile(Common):
    """A file that has been uploaded."""

    type: Literal["file"]
    url: str
    alternative_text: NotRequired[str]


class NewForm(Common):
    """A form that was filled in."""

    type: Literal["filled_form"]
    form_id: str
    fields: list[Json]
    form_type: NotRequired[str]


class NewSystemMessage(Common):
    """Something that happened."""

    type: Literal["system_message"]
    text: str
    system_message_type: str
    recipients: NotRequired[Literal["all", "agents"]]
    text_vars: NotRequired[dict[str, str]]


class NewRichMessage(Common):
    """Cards, quick replies or a sticker."""

    type: Literal["rich_message"]
    template_id: str
    elements: NotRequired[list[Json]]


class NewCustomEvent(Common):
    """Data of an integration."""

    type: Literal["custom"]
    content: NotRequired[Any]


def _kind(value: object) -> str:
    kind = value.get("type") if isinstance(value, dict) else None
    return kind.capitalize() if isinstance(kind, str) else "Unknown"


# The names of the tags begin with a capital, so that they are not taken for fields when an error is told.
NewEvent = Annotated[
    Annotated[NewMessage, Tag("Message")]
    | Annotated[NewFile, Tag("File")]
    | Annotated[NewForm, Tag("Filled_form")]
    | Annotated[NewSystemMessage, Tag("System_message")]
    | Annotated[NewRichMessage, Tag("Rich_message")]
    | Annotated[NewCustomEvent, Tag("Custom")],
    Discriminator(_kind, custom_error_type="event_type", custom_error_message=f"`type` must be one of {TYPES}"),
]
