"""Customer Chat API: what the server answers and the widget does not ask for (spec: customer-rtm, section 5)."""

from typing import Literal

from pydantic import Field

from widget.wire.base import Json, JsonValue, Wire
from widget.wire.users import Agent, SessionFields

__all__ = [
    "AcceptGreeting",
    "CancelGreeting",
    "CheckGoals",
    "ConfigurationOfGroup",
    "DynamicConfiguration",
    "DynamicConfigurationOf",
    "EmailVerification",
    "FormResult",
    "GetForm",
    "GetUrlInfo",
    "GreetingButton",
    "GreetingNews",
    "GroupProperties",
    "IncomingGreeting",
    "IncomingWelcomeMessage",
    "LicenseProperties",
    "LocalizationOf",
    "RequestWelcomeMessage",
    "UrlInfo",
    "WelcomeMessage",
    "WidgetConfiguration",
]


class AcceptGreeting(Wire):
    """``accept_greeting``."""

    greeting_id: int
    unique_id: str


class CancelGreeting(Wire):
    """``cancel_greeting``."""

    unique_id: str


class GreetingButton(Wire):
    """``send_greeting_button_clicked``."""

    greeting_unique_id: str
    button_id: str


class GreetingNews(Wire):
    """A greeting was accepted, or canceled."""

    unique_id: str


class IncomingGreeting(Wire):
    """A greeting to show."""

    id: int
    unique_id: str
    displayed_first_time: bool
    accepted: bool | None = None
    is_exit_intent: bool = False
    addon: JsonValue = None
    subtype: str | None = None
    event: Json
    agent: Agent


class RequestWelcomeMessage(Wire):
    """``request_welcome_message``."""

    id: str | None = None
    group_id: int | None = None


class WelcomeMessage(Wire):
    """Who would get a chat that started now; the message itself comes as a push."""

    id: str
    predicted_agent: Agent
    queue: bool = False


class IncomingWelcomeMessage(Wire):
    """What the agent would say first. It is not kept."""

    id: str
    event: Json


class GetForm(Wire):
    """``get_form``."""

    group_id: int
    type: Literal["prechat", "postchat", "ticket"]


class FormResult(Wire):
    """The form, if there is one and it is to be shown."""

    enabled: bool
    form: Json | None = None


class GetUrlInfo(Wire):
    """``get_url_info``."""

    url: str = Field(max_length=2048)


class UrlInfo(Wire):
    """What a page says of itself. ``image_url`` has no scheme: clients put ``https://`` before it."""

    url: str
    title: str | None = None
    description: str | None = None
    image_url: str | None = None
    image_original_url: str | None = None
    image_width: int | None = None
    image_height: int | None = None


class CheckGoals(Wire):
    """``check_goals``: where a customer is who has no connection."""

    page_url: str
    group_id: int
    session_fields: SessionFields | None = None


class EmailVerification(Wire):
    """``request_email_verification``."""

    callback_uri: str


class LicenseProperties(Wire):
    """``list_license_properties`` of a customer."""

    namespace: str | None = None
    name: str | None = None


class GroupProperties(LicenseProperties):
    """``list_group_properties``; some clients call the group ``group_id``."""

    id: int | None = None
    group_id: int | None = None


class DynamicConfigurationOf(Wire):
    """``get_dynamic_configuration``."""

    group_id: int | None = None
    url: str | None = None
    channel_type: str | None = None
    test: bool | None = None


class DynamicConfiguration(Wire):
    """What a widget asks first."""

    group_id: int
    client_limit_exceeded: bool = False
    domain_allowed: bool = True
    online_group_ids: list[int] | None = None
    config_version: str
    localization_version: str
    language: str


class ConfigurationOfGroup(Wire):
    """``get_configuration``."""

    group_id: int
    version: str


class WidgetConfiguration(Wire):
    """What a widget is made of."""

    buttons: list[Json] = Field(default_factory=list)
    ticket_form: Json | None = None
    prechat_form: Json | None = None
    integrations: Json = Field(default_factory=dict)
    properties: Json = Field(default_factory=dict)


class LocalizationOf(Wire):
    """``get_localization``."""

    group_id: int
    language: str
    version: str
