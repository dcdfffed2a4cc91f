"""The page around a sidebar frame, as ``widget.agent_app`` needs it; ``static/agent_app.js`` has listened so far."""

import inspect
import json
from collections.abc import Callable
from typing import Any

import js
from pyodide.ffi import create_proxy

from widget.agent_app.connection import Address, Connection
from widget.agent_app.sdk import LiveChat
from widget.rtm.clock import LoopClock
from widget.wire.base import Json

__all__ = ["ParentPage", "connect"]

FOR_SCRIPTS = frozenset(
    {
        "get_messages",
        "init",
        "modify_customer_details_section",
        "put_message",
        "refresh_session_id",
        "send_cards",
        "send_message",
        "send_quick_replies",
        "track",
        "watch_messages",
    }
)
"""The methods that the frame's scripts may call by name."""


class ParentPage:
    """The page around this frame."""

    @property
    def address(self) -> Address:
        """The frame's own address."""
        return Address.read(str(js.location.href))

    @property
    def embedded(self) -> bool:
        """Whether there is a page around."""
        return bool(js.window.parent != js.window)

    @property
    def origin(self) -> str | None:
        """The page's origin, where the browser tells it."""
        return str(js.liveChatApp.origin()) or None

    def listen(self, hear: Callable[[object, str, bool], None]) -> None:
        """Call for each message of the page, beginning with those that came before Python did."""
        js.liveChatApp.listen(create_proxy(lambda text, origin, answered: hear(json.loads(text), origin, answered)))

    def post(self, data: Json, origin: str) -> None:
        """Post a message to the page, if it is of this origin."""
        js.liveChatApp.post(json.dumps(data), origin)

    def tell(self, name: str, data: Any) -> None:
        """Tell the frame's own scripts of an event."""
        js.liveChatApp.tell(name, json.dumps(data))


def connect() -> LiveChat:
    """The ``LiveChat`` of this frame, which its scripts have as ``window.LiveChat``. Raises RuntimeError."""
    if not hasattr(js, "liveChatApp"):
        raise RuntimeError('The page has no <script src="/static/agent_app.js">, which listens until Python is there.')
    live_chat = LiveChat(Connection(ParentPage(), LoopClock()))

    async def answer(method: str, arguments: str) -> None:
        if method in FOR_SCRIPTS:
            result = getattr(live_chat, method)(*json.loads(arguments))
            if inspect.isawaitable(result):
                await result

    js.liveChatApp.serve(create_proxy(answer))
    return live_chat
