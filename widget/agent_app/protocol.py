"""An app's end of the conversation with the Agent App around its frame, without I/O.

There are three dialects of one language (agent-app-widget-sdk 1.3, 3.0 and agent-app-sdk 1.16):

- **legacy** and **plain**: bare messages, ``{message, data, plugin_id}`` up, ``{event_name, event_data}`` down;
- **trusted**: the same within the frames of ``envelope``, after a handshake; every message is answered.

Which one the page speaks is found out: the greeting goes up bare, as old pages expect it, and whoever shakes hands is
answered in the trusted dialect from then on. ``?connection=plain`` in the frame's address says it beforehand.

Nothing but the greeting, which holds no secret, is sent to a page whose origin is not known and accepted; what comes
from any other is not even read.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from widget.agent_app.envelope import Frame, Kind, answer, call, failure, message_of, read_frame, result_of
from widget.wire.base import Json

__all__ = ["Acknowledged", "Connected", "Dialect", "Happened", "Heard", "Post", "Protocol"]

PREFIX = "livechat:"


class Dialect(StrEnum):
    """How one talks with the page. ``OPEN``: that is not known yet."""

    OPEN = "open"
    BARE = "bare"
    TRUSTED = "trusted"


@dataclass(frozen=True, slots=True)
class Post:
    """Something to post; ``origin`` is the only one that may read it, ``*`` for the greeting."""

    data: Json
    origin: str


@dataclass(frozen=True, slots=True)
class Connected:
    """The dialect is known: what waited is sent."""

    dialect: Dialect


@dataclass(frozen=True, slots=True)
class Heard:
    """The page told something: ``name`` without its prefix."""

    name: str
    data: Any


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """The page has taken what was sent under a number, or says in ``error`` why not. 0 is the greeting's."""

    number: int
    error: str | None = None


Happened = Connected | Heard | Acknowledged


class Protocol:
    """``accepts`` says whether an origin is an Agent App's; ``page`` is the page's origin, where a browser tells it."""

    def __init__(
        self,
        *,
        accepts: Callable[[str], bool],
        plugin_id: str | None = None,
        dialect: Dialect = Dialect.OPEN,
        page: str | None = None,
    ) -> None:
        self.dialect = dialect
        self.stranger = page is not None and not accepts(page)
        """Whether the page around the frame is known not to be an Agent App: it is told nothing."""
        self._accepts = accepts
        self._plugin_id = plugin_id
        self._page = None if self.stranger else page
        self._hand: Frame | None = None
        self._numbers = 0
        self._unsent: list[tuple[int, str, Any]] = []
        self._unanswered: dict[int, int] = {}
        self._asked = 0
        self._posts: list[Post] = []
        self._happened: list[Happened] = []

    def posts(self) -> list[Post]:
        """What is to be posted now, once."""
        posts, self._posts = self._posts, []
        return posts

    def happened(self) -> list[Happened]:
        """What has happened since, once."""
        happened, self._happened = self._happened, []
        return happened

    # What the app does

    def greet(self) -> None:
        """Tell the page that the app is there, in the one dialect that needs no handshake."""
        if self.dialect is not Dialect.TRUSTED and not self.stranger:
            self._posts.append(Post(self._message("plugin_inited", None), self._page or "*"))

    def send(self, message: str, data: Any = None) -> int:
        """Send a message, now or when it is known to whom and how. Returns its number, for ``Acknowledged``."""
        self._numbers += 1
        self._unsent.append((self._numbers, message, data))
        self._flush()
        return self._numbers

    def settle(self) -> None:
        """Nobody shook hands in time: the page speaks the bare dialect."""
        if self.dialect is Dialect.OPEN:
            self._speak(Dialect.BARE)

    # What the page does

    def receive(self, data: object, origin: str, *, answered: bool = False) -> None:
        """Something was posted to the frame by the page around it; ``answered``: its handshake has been."""
        if not self._accepts(origin):
            return
        self._page = origin
        frame = read_frame(data)
        if frame is not None:
            self._receive_frame(frame, origin, answered=answered)
        elif self.dialect is not Dialect.TRUSTED and self._hear(data) and self.dialect is Dialect.OPEN:
            self._speak(Dialect.BARE)
        else:
            self._flush()

    # Private

    def _receive_frame(self, frame: Frame, origin: str, *, answered: bool) -> None:
        match frame.kind:
            case Kind.HANDSHAKE:
                self._shake(frame, origin, answered=answered)
            case _ if not self._is_ours(frame):
                return
            case Kind.ECHO:
                self._post(answer(frame), origin)
            case Kind.CALL:
                self._answer(frame, origin)
            case Kind.EMIT:
                data = frame.data if isinstance(frame.data, dict) else {}
                self._hear({"event_name": data.get("event"), "event_data": data.get("arg")})
            case Kind.RESPONSE:
                self._settle(frame)

    def _shake(self, frame: Frame, origin: str, *, answered: bool) -> None:
        """A page that shakes hands a second time has not heard the answer, or has begun anew."""
        if not answered:
            self._post(answer(frame, {}), origin)
        anew = self._hand is None or not self._is_ours(frame)
        self._hand = frame
        if anew:
            self._give_up_waiting()
            self._speak(Dialect.TRUSTED)

    def _is_ours(self, frame: Frame) -> bool:
        hand = self._hand
        return hand is not None and (frame.owner, frame.instance) == (hand.owner, hand.instance)

    def _answer(self, frame: Frame, origin: str) -> None:
        message = message_of(frame)
        if message is None:
            self._post(failure(frame, "This frame has one method, handle(message)."), origin)
        else:
            self._hear(message)
            self._post(answer(frame), origin)

    def _settle(self, frame: Frame) -> None:
        number = self._unanswered.pop(frame.request, None) if frame.request is not None else None
        if number is not None:
            _, error = result_of(frame)
            self._happened.append(Acknowledged(number, error))

    def _give_up_waiting(self) -> None:
        """Who has begun anew answers nothing that was asked before."""
        waiting, self._unanswered = self._unanswered, {}
        for number in waiting.values():
            self._happened.append(Acknowledged(number, "The Agent App was loaded again before it answered."))

    def _hear(self, message: object) -> bool:
        """Whether this is a message of an Agent App."""
        name = message.get("event_name") if isinstance(message, dict) else None
        if not isinstance(message, dict) or not isinstance(name, str) or not name.startswith(PREFIX):
            return False
        self._happened.append(Heard(name.removeprefix(PREFIX), message.get("event_data")))
        return True

    def _speak(self, dialect: Dialect) -> None:
        self.dialect = dialect
        if dialect is Dialect.TRUSTED:
            # The page waits for this in its own dialect, and does nothing before.
            self._unsent.insert(0, (0, "plugin_inited", None))
        self._happened.append(Connected(dialect))
        self._flush()

    def _flush(self) -> None:
        page = self._page
        if page is None or self.dialect is Dialect.OPEN:
            return
        unsent, self._unsent = self._unsent, []
        for number, message, data in unsent:
            content = self._message(message, data)
            if self._hand is None:
                self._posts.append(Post(content, page))
                self._happened.append(Acknowledged(number))
            else:
                self._unanswered[self._asked] = number
                self._post(call(self._hand.owner, self._hand.instance, self._asked, content), page)
                self._asked += 1

    def _message(self, message: str, data: Any) -> Json:
        return {"message": message, "data": data, "plugin_id": self._plugin_id}

    def _post(self, frame: Frame, origin: str) -> None:
        self._posts.append(Post(frame.as_json(), origin))
