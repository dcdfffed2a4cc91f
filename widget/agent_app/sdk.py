"""The Agent App Widget SDK: ``LiveChat`` as its documentation has it, with what version 3 added.

The names are Python's; those of the documentation's JavaScript work too.
"""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from widget.agent_app.connection import Connection, Handler
from widget.agent_app.profile import CustomerProfile
from widget.agent_app.sections import check_section
from widget.wire.base import Json
from widget.wire.errors import WrongArgument

__all__ = ["LiveChat", "Sent"]

Sent = asyncio.Future[None]
"""May be awaited: done when the Agent App has taken what was sent, Refused when it did not."""


class LiveChat:
    """An app in a frame of an Agent App."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    async def init(self, origins: Iterable[str] = ()) -> None:
        """The app has loaded: the Agent App takes its spinner away. Returns when it listens.

        ``origins`` are Agent Apps beside LiveChat's and the console of the app's own server, such as
        ``https://console.example.com``. Raises NotConnected in no frame, UntrustedPage in somebody else's.
        """
        await self.connection.open(origins)

    # Events

    def on(self, name: str, handler: Handler) -> int:
        """Call a handler, asynchronous or not, at each event of a name: ``customer_profile`` when the agent turns to a
        customer, ``customer_profile_hidden`` when they turn away, ``message``, ``message_box_text``,
        ``customer_details_section_button_click``, ``change_theme``, ``session``.

        Returns how many handlers the name has.
        """
        return self.connection.on(name, handler)

    def off(self, name: str, handler: Handler | None = None) -> None:
        """Call a handler no more; without it, none of the name's."""
        self.connection.off(name, handler)

    # What the Agent App knows

    def get_session_id(self) -> str | None:
        """The id of this stay in the frame, made by the Agent App. None where it makes none, as LiveChat's."""
        return self.connection.session_id

    def refresh_session_id(self) -> Sent:
        """Drop the id and ask for another; the Agent App then tells of the customer in front once more."""
        self.connection.session_id = None
        return self.connection.send("plugin_loaded")

    def get_customer_profile(self) -> CustomerProfile | None:
        """The customer in front of the agent, as last told."""
        profile: CustomerProfile | None = self.connection.profile
        return profile

    def get_theme(self) -> str:
        """``light`` or ``dark``, as the Agent App is."""
        return self.connection.theme

    # What the app asks for

    def put_message(self, text: str) -> Sent:
        """Append a text to what the agent is writing. The agent sends it, or does not. Raises WrongArgument."""
        if not isinstance(text, str):
            raise WrongArgument("A message is a text.")
        return self.connection.send("put_message", text)

    def watch_messages(self) -> Sent:
        """Be told of each ``message`` of the chat in front, from now on."""
        return self.connection.send("watch_messages")

    def get_messages(self) -> Sent:
        """Be told the ``messages`` of the chat in front, once."""
        return self.connection.send("get_messages")

    def track(self, name: Any = "", properties: Any = None) -> Sent | None:
        """Have the Agent App count something. None, and nothing sent, for what cannot be counted."""
        if not isinstance(name, str) or not isinstance(properties or {}, Mapping):
            return None
        return self.connection.send("track", {"event_name": name, "event_properties": properties or {}})

    def modify_customer_details_section(self, section: Json) -> Sent:
        """Have a section stand among the customer's details. Raises WrongArgument for one that cannot."""
        check_section(section)
        return self.connection.send("customer_details_section", section)

    def send_quick_replies(self, title: str, buttons: Sequence[Json]) -> Sent:
        """Offer the agent a message with buttons to send."""
        return self.connection.send("send_quick_replies", {"title": title, "buttons": list(buttons)})

    def send_cards(self, cards: Sequence[Json]) -> Sent:
        """Offer the agent a message of cards to send."""
        return self.connection.send("send_cards", list(cards))

    def send_message(self, message: str, data: Any = None) -> Sent:
        """Send what has no method yet."""
        return self.connection.send(message, data)

    getSessionId = get_session_id
    refreshSessionId = refresh_session_id
    getCustomerProfile = get_customer_profile
    getTheme = get_theme
    putMessage = put_message
    watchMessages = watch_messages
    getMessages = get_messages
    modifyCustomerDetailsSection = modify_customer_details_section
    sendQuickReplies = send_quick_replies
    sendCards = send_cards
