"""The four places in which an Agent App shows apps, each with what an app can do there (agent-app-sdk 1.16).

::

    widget = await agent_app.create_details_widget()
    widget.on("customer_profile", show)
    await widget.put_message("Hello!")
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Any

from widget.agent_app.connection import Connection, Handler
from widget.agent_app.profile import CustomerProfile
from widget.agent_app.sdk import Sent
from widget.agent_app.sections import check_section
from widget.wire.base import Json
from widget.wire.errors import WrongArgument

__all__ = ["DetailsWidget", "FullscreenWidget", "MessageBoxWidget", "SettingsWidget", "Widget"]


class Widget:
    """What apps can do in every place."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    async def ready(self, origins: Iterable[str] = ()) -> None:
        """Tell the Agent App that the app has loaded. Raises as ``LiveChat.init``."""
        await self.connection.open(origins)

    def on(self, name: str, handler: Handler) -> int:
        """Call a handler at each event of a name. Returns how many the name has."""
        return self.connection.on(name, handler)

    def off(self, name: str, handler: Handler | None = None) -> None:
        """Call a handler no more; without it, none of the name's."""
        self.connection.off(name, handler)

    def send_message(self, message: str, data: Any = None) -> Sent:
        """Send what has no method yet."""
        return self.connection.send(message, data)

    def get_theme(self) -> str:
        """``light`` or ``dark``."""
        return self.connection.theme

    def track_event(self, name: str, properties: Json | None = None) -> Sent:
        """Have the Agent App count something."""
        return self.connection.send("track", {"event_name": name, "event_properties": properties or {}})

    def update_properties(self, properties: Json) -> Sent:
        """Keep something about the app: ``onboarded``, ``plan``, ``error_code``."""
        return self.connection.send("update_properties", properties)

    def open_chat_widget(self) -> Sent:
        """Open the Agent App's own chat with its makers."""
        return self.connection.send("open_chat_widget")

    def set_toast(self, content: str, kind: str = "success") -> Sent:
        """Have the Agent App say something for a moment; ``kind`` is ``success`` or ``error``."""
        if kind not in ("success", "error"):
            raise WrongArgument("A toast is of the kind success or error.")
        return self.connection.send("set_toast", {"content": content, "kind": kind})

    async def start_transaction(
        self, charge: Callable[[Json], Awaitable[Json]], intent: Json, metadata: Json | None = None
    ) -> Json:
        """Charge for the app. ``charge`` makes the payment that the Agent App was told of, and what it returns is
        told, too; so is its failure, which is raised.
        """
        payment: Json = {"return_url": None, **intent, "metadata": {"isExternalTransaction": True, **(metadata or {})}}
        await self.connection.send("register_transaction_pending", {"paymentIntent": payment})
        try:
            made = await charge(payment)
        except Exception as error:
            await self.connection.send("register_transaction_failure", {"error": str(error)})
            raise
        await self.connection.send("register_transaction_success", {"charge": made})
        return made


class BesideChats(Widget):
    """Where an agent talks with a customer."""

    def get_customer_profile(self) -> CustomerProfile | None:
        """The customer in front of the agent, as last told."""
        profile: CustomerProfile | None = self.connection.profile
        return profile

    def send_quick_replies(self, title: str, buttons: Sequence[Json]) -> Sent:
        """Offer the agent a message with buttons to send."""
        return self.connection.send("send_quick_replies", {"title": title, "buttons": list(buttons)})

    def send_cards(self, cards: Sequence[Json]) -> Sent:
        """Offer the agent a message of cards to send."""
        return self.connection.send("send_cards", list(cards))


class DetailsWidget(BesideChats):
    """Beside a conversation, among the customer's details."""

    def put_message(self, text: str) -> Sent:
        """Append a text to what the agent is writing."""
        return self.connection.send("put_message", text)

    def watch_messages(self) -> Sent:
        """Be told of each ``message`` of the chat in front."""
        return self.connection.send("watch_messages")

    def refresh_session(self) -> Sent:
        """Ask for another session; the Agent App then tells of the customer in front once more."""
        self.connection.session_id = None
        return self.connection.send("plugin_loaded")

    def modify_section(self, section: Json) -> Sent:
        """Have a section stand among the customer's details. Raises WrongArgument for one that cannot."""
        check_section(section)
        return self.connection.send("customer_details_section", section)


class MessageBoxWidget(BesideChats):
    """Over the field that the agent writes in."""

    def put_message(self, message: str | Mapping[str, Any]) -> Sent:
        """Have a text, or a rich message, stand in the field."""
        if isinstance(message, str):
            return self.connection.send("put_messagebox_message", {"type": "message", "value": message})
        return self.connection.send("put_messagebox_message", {"type": "rich_message", "payload": dict(message)})


class FullscreenWidget(Widget):
    """A page of its own in the Agent App."""

    def set_notification_badge(self, count: int | None) -> Sent:
        """Show a number at the app's icon; None takes it away."""
        return self.connection.send("set_fullscreen_widget_notification_badge", count)

    def navigate(self, path: str) -> Sent:
        """Have the Agent App go elsewhere."""
        return self.connection.send("navigate_from_fullscreen_widget", path)

    def set_reports_filters(self, filters: Json) -> Sent:
        """Filter the Agent App's reports."""
        return self.connection.send("set_reports_filters", filters)


class SettingsWidget(Widget):
    """The app's page in the settings."""

    def redirect(self, url: str) -> Sent:
        """Have the Agent App go to an address."""
        return self.connection.send("redirect", url)
