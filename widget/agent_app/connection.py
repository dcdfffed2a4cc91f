"""An app's connection with the Agent App: the protocol at work, between the page around the frame and who listens."""

import asyncio
import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import parse_qs, urlsplit

from widget.agent_app.origins import Origins
from widget.agent_app.protocol import Acknowledged, Connected, Dialect, Heard
from widget.agent_app.protocol import Protocol as Conversation
from widget.rtm.background import begin
from widget.rtm.ports import Clock
from widget.wire.base import Json
from widget.wire.errors import NotConnected, Refused, UntrustedPage

__all__ = ["HAND_WAITED_FOR", "Address", "Connection", "Handler", "Parent"]

HAND_WAITED_FOR = 3.0
"""Seconds in which a page that speaks the trusted dialect shakes hands, as LiveChat's own SDKs wait."""

Handler = Callable[[Any], object]
"""Is given what was told. It may be asynchronous."""


@dataclass(frozen=True, slots=True)
class Address:
    """What the frame's own address says: who the app is to the Agent App, and how it wants to be spoken with."""

    origin: str
    plugin_id: str | None = None
    plain: bool = False
    theme: str = "light"

    @classmethod
    def read(cls, url: str) -> "Address":
        """The address of a frame."""
        parts = urlsplit(url)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        return cls(
            origin=f"{parts.scheme}://{parts.netloc}",
            plugin_id=query.get("plugin_id"),
            plain=query.get("connection") == "plain",
            theme="dark" if query.get("theme") == "dark" else "light",
        )


class Parent(Protocol):
    """The page around the frame. ``widget.browser.agent_app`` implements it."""

    @property
    def address(self) -> Address:
        """The frame's own address."""

    @property
    def embedded(self) -> bool:
        """Whether there is a page around."""

    @property
    def origin(self) -> str | None:
        """The page's origin, where the browser tells it."""

    def listen(self, hear: Callable[[object, str, bool], None]) -> None:
        """Call for each message of the page, also those from before: content, origin, whether it was answered."""

    def post(self, data: Json, origin: str) -> None:
        """Post a message to the page, if it is of this origin."""

    def tell(self, name: str, data: Any) -> None:
        """Tell the frame's own scripts of an event."""


class Connection:
    """``session_id`` is the host's word for this stay in its frame, ``profile`` the customer in front of the agent."""

    def __init__(self, parent: Parent, clock: Clock) -> None:
        self.session_id: str | None = None
        self.profile: Any = None
        self.theme = parent.address.theme
        self._parent = parent
        self._clock = clock
        self._conversation: Conversation | None = None
        self._opened: asyncio.Future[None] | None = None
        self._sent: dict[int, asyncio.Future[None]] = {}
        self._handlers: dict[str, list[Handler]] = {}

    async def open(self, origins: Iterable[str] = ()) -> None:
        """Tell the Agent App that the app is there, and wait until it listens. The first call does, others wait too.

        ``origins`` are accepted beside the usual ones (``widget.agent_app.origins``). Raises NotConnected outside a
        frame, UntrustedPage in one of a page that is not accepted.
        """
        if self._opened is None:
            accepted = Origins(origins, own=self._parent.address.origin)
            self._opened = asyncio.get_running_loop().create_future()
            self._begin(accepted)
        await asyncio.shield(self._opened)

    def on(self, name: str, handler: Handler) -> int:
        """Call a handler at each event of a name. Returns how many handlers the name has now."""
        handlers = self._handlers.setdefault(name, [])
        handlers.append(handler)
        return len(handlers)

    def off(self, name: str, handler: Handler | None = None) -> None:
        """Call a handler no more; without it, none of the name's."""
        kept = self._handlers.get(name, [])
        self._handlers[name] = [] if handler is None else [each for each in kept if each != handler]

    def send(self, message: str, data: Any = None) -> "asyncio.Future[None]":
        """Send a message. What is returned may be awaited: it is done when the Agent App has taken the message, or,
        where it answers nothing, when it was sent; and raises Refused when it was not taken.

        Raises NotConnected before ``open`` was called.
        """
        if self._conversation is None:
            raise NotConnected("Call init() before anything else.")
        number = self._conversation.send(message, data)
        sent: asyncio.Future[None] = asyncio.get_event_loop().create_future()
        self._sent[number] = sent
        self._go_on()
        return sent

    # Private

    def _begin(self, accepted: Origins) -> None:
        parent, address = self._parent, self._parent.address
        self._conversation = Conversation(
            accepts=accepted.accept,
            plugin_id=address.plugin_id,
            dialect=Dialect.BARE if address.plain else Dialect.OPEN,
            page=parent.origin,
        )
        if not parent.embedded:
            self._fail(NotConnected("This page is in no frame: an Agent App shows it in one."))
        elif self._conversation.stranger:
            self._fail(UntrustedPage(f"The page around the frame, of {parent.origin}, is not accepted."))
        else:
            parent.listen(self._hear)
            self._conversation.greet()
            self._clock.call_later(0 if address.plain else HAND_WAITED_FOR, self._settle)
            self._go_on()

    def _settle(self) -> None:
        if self._conversation is not None:
            self._conversation.settle()
            if self._conversation.dialect is Dialect.BARE:
                self._arrive()
            self._go_on()

    def _hear(self, data: object, origin: str, answered: bool) -> None:
        if self._conversation is not None:
            self._conversation.receive(data, origin, answered=answered)
            self._go_on()

    def _go_on(self) -> None:
        """Post what is to be posted, and tell what has happened."""
        conversation = self._conversation
        if conversation is None:
            return
        for post in conversation.posts():
            self._parent.post(post.data, post.origin)
        for happened in conversation.happened():
            match happened:
                case Heard(name, data):
                    self._tell(name, data)
                case Connected(Dialect.BARE):
                    self._arrive()
                case Acknowledged(number, error):
                    self._acknowledge(number, error)
                case _:
                    pass

    def _acknowledge(self, number: int, error: str | None) -> None:
        """The greeting, or something that was sent, was taken or not."""
        sent = self._opened if number == 0 else self._sent.pop(number, None)
        if sent is None or sent.done():
            return
        if error is None:
            sent.set_result(None)
        else:
            sent.set_exception(Refused("not_allowed", error))

    def _arrive(self) -> None:
        self._acknowledge(0, None)

    def _fail(self, error: Exception) -> None:
        if self._opened is not None and not self._opened.done():
            self._opened.set_exception(error)

    def _tell(self, name: str, data: Any) -> None:
        """Remember what is to be had at any time, and tell who listens; one who fails does not stop the others."""
        fields = data if isinstance(data, dict) else {}
        match name:
            case "session":
                self.session_id = str(fields["session_id"]) if fields.get("session_id") else None
            case "customer_profile":
                self.profile = data
            case "customer_profile_hidden":
                self.profile = None
            case "change_theme":
                self.theme = "dark" if fields.get("theme") == "dark" else "light"
        self._parent.tell(name, data)
        for handler in list(self._handlers.get(name, [])):
            begin(_call(handler, data))


async def _call(handler: Handler, data: Any) -> None:
    result = handler(data)
    if inspect.isawaitable(result):
        await result
