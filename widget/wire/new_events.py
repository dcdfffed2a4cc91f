"""Every event that the platform takes, as a client sends it (spec: customer-rtm, section 9).

The widget itself sends texts; what it needs of them is in ``widget.wire.events``. This is the server's whole list.
"""

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from widget.wire.base import JsonValue, Properties, Wire
from widget.wire.chats import Access
from widget.wire.events import NewCustomEvent, NewFile, NewMessage, NewSystemMessage, Visibility

__all__ = [
    "AnyNewEvent",
    "FilledFormField",
    "FormField",
    "NewAnyChat",
    "NewAnyThread",
    "NewFile",
    "NewFilledForm",
    "NewForm",
    "NewRichMessage",
    "NewUser",
    "ResumeAnyChat",
    "SendAnyEvent",
    "StartAnyChat",
]


class NewEventBase(Wire):
    """What may come with any event."""

    custom_id: str | None = None
    visibility: Visibility | None = None
    properties: Properties | None = None


FieldType = Literal[
    "header",
    "name",
    "email",
    "subject",
    "question",
    "textarea",
    "radio",
    "select",
    "checkbox",
    "group_chooser",
    "rating",
]


class FormField(Wire):
    """A question of a form."""

    type: FieldType
    id: str
    label: str
    required: bool | None = None
    options: list[dict[str, JsonValue]] | None = None


class NewForm(NewEventBase):
    """A form to fill in."""

    type: Literal["form"] = "form"
    form_id: str
    form_type: str | None = None
    fields: Annotated[list[FormField], Field(max_length=50)] = Field(default_factory=list)


class FilledFormField(Wire):
    """An answer: text, an option, or with ``answers`` several options."""

    type: FieldType
    id: str
    label: str
    answer: JsonValue = None
    answers: list[JsonValue] | None = None


class NewFilledForm(NewEventBase):
    """A form that was filled in."""

    type: Literal["filled_form"] = "filled_form"
    form_id: str
    form_type: str | None = None
    fields: Annotated[list[FilledFormField], Field(max_length=50)]


class RichImage(Wire):
    """A picture of a card."""

    url: str
    alternative_text: str | None = None


class RichButton(Wire):
    """A button of a card; ``type`` and ``value`` only together."""

    text: str
    postback_id: str
    user_ids: list[str] = Field(default_factory=list)
    type: Literal["message", "phone", "url", "webview", "cancel"] | None = None
    value: str | None = None
    webview_height: Literal["compact", "tall", "full"] | None = None
    target: Literal["new", "current"] | None = None
    role: str | None = None


class RichElement(Wire):
    """A card."""

    title: str | None = None
    subtitle: str | None = None
    image: RichImage | None = None
    buttons: Annotated[list[RichButton], Field(max_length=13)] | None = None


class NewRichMessage(NewEventBase):
    """Cards, quick replies, a sticker, or goods."""

    type: Literal["rich_message"] = "rich_message"
    template_id: Literal["cards", "quick_replies", "sticker", "ecommerce"]
    elements: Annotated[list[RichElement], Field(max_length=10)] = Field(default_factory=list)


def _kind(value: object) -> Any:
    return value.get("type") if isinstance(value, dict) else getattr(value, "type", None)


AnyNewEvent = Annotated[
    Annotated[NewMessage, Tag("message")]
    | Annotated[NewFile, Tag("file")]
    | Annotated[NewForm, Tag("form")]
    | Annotated[NewFilledForm, Tag("filled_form")]
    | Annotated[NewRichMessage, Tag("rich_message")]
    | Annotated[NewSystemMessage, Tag("system_message")]
    | Annotated[NewCustomEvent, Tag("custom")],
    Discriminator(_kind),
]


class NewAnyThread(Wire):
    """What a thread begins with."""

    events: list[AnyNewEvent] | None = None
    properties: Properties | None = None


class NewUser(Wire):
    """Somebody who shall be in a chat from the start."""

    id: str
    type: Literal["agent", "customer"]


class NewAnyChat(Wire):
    """What a start or resume of a chat may bring with it; ``id`` names the chat to resume."""

    id: str | None = None
    access: Access | None = None
    properties: Properties | None = None
    users: list[NewUser] | None = None
    thread: NewAnyThread | None = None


class StartAnyChat(Wire):
    """``start_chat``."""

    chat: NewAnyChat = Field(default_factory=NewAnyChat)
    active: bool = True
    continuous: bool = False


class ResumeAnyChat(Wire):
    """``resume_chat``: a new thread in an inactive chat."""

    chat: NewAnyChat
    active: bool = True
    continuous: bool = False


class SendAnyEvent(Wire):
    """``send_event``; an inactive chat takes it only with ``attach_to_last_thread``."""

    chat_id: str
    event: AnyNewEvent
    attach_to_last_thread: bool = False
    ignore_requester_presence: bool = False
