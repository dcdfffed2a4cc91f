"""Apps in the sidebar of an Agent App, LiveChat's or our console's, in Python.

::

    from widget import agent_app

    agent_app.on("customer_profile", lambda profile: show(profile["name"]))
    await agent_app.init()
    agent_app.put_message("Hello! Press Enter to send it.")

The functions are the methods of one ``LiveChat``, the frame's; ``docs/sidebar-apps.md`` begins there.
"""

from collections.abc import Iterable
from functools import cache
from typing import Any, TypeVar

from widget.agent_app.connection import Connection
from widget.agent_app.profile import CustomerProfile
from widget.agent_app.sdk import LiveChat
from widget.agent_app.widgets import DetailsWidget, FullscreenWidget, MessageBoxWidget, SettingsWidget, Widget

__all__ = [
    "CustomerProfile",
    "DetailsWidget",
    "FullscreenWidget",
    "LiveChat",
    "MessageBoxWidget",
    "SettingsWidget",
    "create_details_widget",
    "create_fullscreen_widget",
    "create_message_box_widget",
    "create_settings_widget",
    "live_chat",
]

W = TypeVar("W", bound=Widget)


@cache
def live_chat() -> LiveChat:
    """The frame's ``LiveChat``; the page's scripts have the same one. Raises RuntimeError on a page without
    ``static/agent_app.js``."""
    from widget.browser.agent_app import connect  # there is a page around only in a browser

    return connect()


def __getattr__(name: str) -> Any:
    """A method of ``LiveChat``, under its name here or in the documentation's JavaScript."""
    if name.startswith("_") or not hasattr(LiveChat, name):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(live_chat(), name)


async def create_details_widget(origins: Iterable[str] = ()) -> DetailsWidget:
    """The app beside a conversation. Raises as ``LiveChat.init``."""
    return await _created(DetailsWidget, origins)


async def create_message_box_widget(origins: Iterable[str] = ()) -> MessageBoxWidget:
    """The app over the field that the agent writes in. Raises as ``LiveChat.init``."""
    return await _created(MessageBoxWidget, origins)


async def create_fullscreen_widget(origins: Iterable[str] = ()) -> FullscreenWidget:
    """The app on a page of its own. Raises as ``LiveChat.init``."""
    return await _created(FullscreenWidget, origins)


async def create_settings_widget(origins: Iterable[str] = ()) -> SettingsWidget:
    """The app in the settings. Raises as ``LiveChat.init``."""
    return await _created(SettingsWidget, origins)


async def _created(kind: type[W], origins: Iterable[str]) -> W:
    connection: Connection = live_chat().connection
    widget = kind(connection)
    await widget.ready(origins)
    return widget
