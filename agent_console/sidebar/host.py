"""One app's frame as its host sees it, without I/O: what the frame posts, what it is told, how it is doing.

The frame is spoken to in the dialect in which it spoke last (``widget.agent_app.protocol`` has them). What comes from
another origin than the app's, or for another app, is not heard.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from agent_console.sidebar.allowance import Allowance
from agent_console.sidebar.apps import App
from widget.agent_app.envelope import FOUR_WAY, Frame, Kind, answer, call, failure, message_of, read_frame, result_of
from widget.agent_app.protocol import Post
from widget.agent_app.sections import check_section
from widget.wire.base import Json
from widget.wire.errors import WrongArgument

__all__ = [
    "KNOCK",
    "PATIENCE",
    "Arrived",
    "Asked",
    "GaveSection",
    "Happened",
    "Host",
    "PutMessage",
    "State",
    "Toasted",
]

KNOCK = 0.5
"""Seconds between two handshakes, as LiveChat's library has it."""

PATIENCE = 30.0
"""Seconds after which a frame that has not said anything is given up. Python in it may take a while to start."""

JUST_NOW = 5.0
"""Seconds before the end of loading in which a page's own script may have greeted."""

LONGEST = 4096
"""Characters that an app may put into the composer: those of a message."""


class State(StrEnum):
    """How the app is doing."""

    LOADING = "loading"
    READY = "ready"
    SILENT = "silent"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Arrived:
    """The app is there, or asks anew: it is to be told of the customer in front."""


@dataclass(frozen=True, slots=True)
class PutMessage:
    """The app offers the agent a text."""

    text: str


@dataclass(frozen=True, slots=True)
class Asked:
    """The app wants the messages of the chat in front, once."""


@dataclass(frozen=True, slots=True)
class GaveSection:
    """The app has something to show among the customer's details."""

    section: Json


@dataclass(frozen=True, slots=True)
class Toasted:
    """The app has something to say to the agent."""

    text: str


Happened = Arrived | PutMessage | Asked | GaveSection | Toasted


class Host:
    """The host of one frame. ``owner`` and ``instance`` name it to the app; ``new_session`` makes session ids.

    ``origin`` is what the frame's messages come from: the app's, or ``null`` for a frame that has none of its own.
    """

    def __init__(
        self, app: App, *, owner: str, instance: int, new_session: Callable[[], str], origin: str | None = None
    ) -> None:
        self.state = State.LOADING
        self.watching = False
        self._app = app
        self._owner = owner
        self._instance = instance
        self._new_session = new_session
        self._origin = origin or app.origin
        # A frame without an origin cannot be named; nobody else can be in it.
        self._target = "*" if self._origin == "null" else self._origin
        self._allowance = Allowance()
        self._trusted = False
        self._shaken = False
        self._loaded = False
        self._began: float | None = None
        self._greeted: float | None = None
        self._asked = 0
        self._posts: list[Post] = []
        self._happened: list[Happened] = []

    def posts(self) -> list[Post]:
        """What is to be posted to the frame now, once."""
        posts, self._posts = self._posts, []
        return posts

    def happened(self) -> list[Happened]:
        """What has happened since, once."""
        happened, self._happened = self._happened, []
        return happened

    # What time does

    def loaded(self, now: float) -> None:
        """The frame has loaded. The second time another page has: whoever was in it is gone."""
        if self.state is State.STOPPED:
            return
        if self._loaded and (self._greeted is None or now - self._greeted > JUST_NOW):
            self.state, self.watching = State.LOADING, False
            self._trusted = self._shaken = False
        self._began, self._loaded = now, True
        self.knock(now)

    def knock(self, now: float) -> None:
        """Offer a hand until it is taken, once the frame has loaded, and see whether anybody is there."""
        if self._began is None:
            self._began = now
        if self.state is State.LOADING and now - self._began >= PATIENCE:
            self.state = State.SILENT
        if self._loaded and not self._shaken and self.state is State.LOADING:
            self._post(Frame(Kind.HANDSHAKE, self._owner, self._instance, {}))

    # What the console does

    def tell(self, name: str, data: Any) -> None:
        """Tell the app of an event, if it is there."""
        if self.state is not State.READY:
            return
        event: Json = {"event_name": f"livechat:{name}", "event_data": data}
        if self._trusted:
            self._post(call(self._owner, self._instance, self._asked, event))
            self._asked += 1
        else:
            self._posts.append(Post(event, self._target))

    # What the frame does

    def receive(self, data: object, origin: str, *, size: int, now: float) -> None:
        """The frame has posted something, of so many characters."""
        if self.state is State.STOPPED:
            return
        if not self._allowance.spend(size, now):
            self.state = State.STOPPED
            self._posts.clear()
            return
        if isinstance(data, dict) and data.get("message") == "plugin_inited":
            self._greeted = now
        frame = read_frame(data) if origin == self._origin else None
        if frame is not None:
            self._receive_frame(frame)
        elif origin == self._origin and isinstance(data, dict):
            self._take(data, trusted=False)  # this dialect has no answers

    # Private

    def _receive_frame(self, frame: Frame) -> None:
        if (frame.owner, frame.instance) != (self._owner, self._instance):
            return
        if frame.kind is Kind.CALL:
            self._answer(frame)
        elif frame.kind is Kind.RESPONSE and not self._shaken:
            self._shake(frame)

    def _shake(self, frame: Frame) -> None:
        """The hand was taken; some wait for an echo of that."""
        result, error = result_of(frame)
        if error is not None:
            return
        self._shaken = self._trusted = True
        if isinstance(result, dict) and result.get(FOUR_WAY) is True:
            self._post(Frame(Kind.ECHO, self._owner, self._instance, None, self._asked))
            self._asked += 1

    def _answer(self, frame: Frame) -> None:
        """Do what is asked. The app hears that it was taken before it hears anything else."""
        message, before = message_of(frame), len(self._posts)
        refusal = "Call handle(message)." if message is None else self._take(message, trusted=True)
        answered = answer(frame) if refusal is None else failure(frame, refusal)
        self._posts.insert(before, Post(answered.as_json(), self._target))

    def _take(self, message: Json, *, trusted: bool) -> str | None:
        """Do what the app asks for. Returns why not."""
        name = message.get("message")
        if not isinstance(name, str):
            return "A message has a name."
        if message.get("plugin_id") != self._app.id:
            return "The plugin_id is another app's."
        self._trusted = trusted
        if name == "plugin_inited":
            self.state = State.READY
            self._begin_session()
            return None
        if self.state is not State.READY:
            return "Call init() first."
        do = _DEEDS.get(name)
        return f"This Agent App has no {name[:80]}." if do is None else do(self, message.get("data"))

    def _begin_session(self) -> None:
        self.tell("session", {"session_id": self._new_session()})
        self._happened.append(Arrived())

    def _refresh(self, data: object) -> None:
        self._begin_session()

    def _put(self, data: object) -> str | None:
        if not isinstance(data, str) or not 0 < len(data) <= LONGEST:
            return f"A message is a text of up to {LONGEST} characters."
        self._happened.append(PutMessage(data))
        return None

    def _put_in_box(self, data: object) -> str | None:
        if not isinstance(data, dict) or data.get("type") != "message":
            return "Only texts can be put here."
        return self._put(data.get("value"))

    def _watch(self, data: object) -> None:
        self.watching = True

    def _ask(self, data: object) -> None:
        self._happened.append(Asked())

    def _give_section(self, data: object) -> str | None:
        try:
            check_section(data)
        except WrongArgument as wrong:
            return wrong.message
        assert isinstance(data, dict)
        self._happened.append(GaveSection(data))
        return None

    def _toast(self, data: object) -> str | None:
        text = data.get("content") if isinstance(data, dict) else None
        if not isinstance(text, str) or not text:
            return "A toast has a content."
        self._happened.append(Toasted(text[:200]))
        return None

    def _note(self, data: object) -> None:
        """What is only counted or kept for the app's makers has no effect on one's own server."""

    def _post(self, frame: Frame) -> None:
        self._posts.append(Post(frame.as_json(), self._target))


_DEEDS: dict[str, Callable[[Host, object], str | None]] = {
    "plugin_loaded": Host._refresh,
    "put_message": Host._put,
    "put_messagebox_message": Host._put_in_box,
    "watch_messages": Host._watch,
    "get_messages": Host._ask,
    "customer_details_section": Host._give_section,
    "set_toast": Host._toast,
    "track": Host._note,
    "update_properties": Host._note,
}
