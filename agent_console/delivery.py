"""What agents have written, on its way: an outbox for each chat's replies and one for its notes, taken to the server.

A text is kept in storage until the server's own copy has been seen. Each outbox sends one text at a time and in order,
the outboxes independently of each other. Whatever a text needs on the server first (an agent in the chat, a thread
that is open) is done on the way.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from agent_console.inbox import Case
from widget.rtm.delivery import Delivery, Route
from widget.rtm.outbox import Draft, Outbox, Outgoing, UploadedFile
from widget.rtm.ports import Clock, Storage
from widget.wire.agent import AddUserToChat
from widget.wire.base import Json
from widget.wire.chats import NewChat, NewThread
from widget.wire.customer import ResumeChat, SendEvent
from widget.wire.errors import NotConnected
from widget.wire.events import NewFile, NewMessage, Visibility
from widget.wire.frames import Payload

__all__ = ["Chats", "Deliveries", "Sending"]

Ask = Callable[[str, Json], Awaitable[Payload]]


@dataclass(frozen=True, slots=True)
class Sending:
    """A text on its way, for the visitor or, a ``note``, for agents only."""

    outgoing: Outgoing
    note: bool


@dataclass(frozen=True, slots=True)
class Chats:
    """What delivery has to know of the session. ``case`` is None for a chat that is not in step with the server now.

    ``look`` fetches a chat anew, and with it whatever has arrived.
    """

    me: Callable[[], str]
    case: Callable[[str], Case | None]
    look: Callable[[str], Awaitable[None]]
    changed: Callable[[], None]


@dataclass(frozen=True, slots=True)
class _Lane:
    """One outbox of one chat on its way."""

    note: bool
    delivery: Delivery

    @property
    def outbox(self) -> Outbox:
        return self.delivery.outbox


class Deliveries:
    """The outboxes of one agent; ``prefix`` begins their names in storage."""

    def __init__(self, storage: Storage, prefix: str, ask: Ask, clock: Clock, chats: Chats) -> None:
        self._storage = storage
        self._prefix = prefix
        self._ask = ask
        self._clock = clock
        self._chats = chats
        self._lanes: dict[str, tuple[_Lane, _Lane]] = {}

    def waiting(self, chat_id: str) -> tuple[Sending, ...]:
        """What a chat's outboxes hold, the oldest first."""
        sendings = [Sending(o, lane.note) for lane in self._of(chat_id) for o in lane.outbox.waiting]
        return tuple(sorted(sendings, key=lambda s: s.outgoing.created_at))

    def send(self, chat_id: str, what: str | UploadedFile, *, note: bool) -> None:
        """Keep a text, or a file that the platform has, and send it, now or when that is possible."""
        draft = Draft(text=what) if isinstance(what, str) else Draft(file=what)
        self._of(chat_id)[note].outbox.add(draft, datetime.now(UTC))
        self.deliver(chat_id)

    def retry(self, chat_id: str, custom_id: str) -> None:
        """Send a refused text again."""
        for lane in self._of(chat_id):
            lane.outbox.retry(custom_id)
        self.deliver(chat_id)

    def discard(self, chat_id: str, custom_id: str) -> None:
        """Give a refused text up."""
        for lane in self._of(chat_id):
            lane.outbox.discard(custom_id)

    def arrived(self, case: Case) -> None:
        """The server has what stands in the conversation."""
        for lane in self._of(case.id):
            if lane.outbox.waiting:
                lane.outbox.arrived(case.conversation.custom_ids)

    def deliver(self, chat_id: str) -> None:
        """Set the outboxes of a chat in motion, if they are not already."""
        for lane in self._of(chat_id):
            lane.delivery.go()

    # Private

    def _of(self, chat_id: str) -> tuple[_Lane, _Lane]:
        if chat_id not in self._lanes:
            self._lanes[chat_id] = (self._lane(chat_id, note=False), self._lane(chat_id, note=True))
        return self._lanes[chat_id]

    def _lane(self, chat_id: str, *, note: bool) -> _Lane:
        outbox = Outbox(self._storage, f"{self._prefix}{'notes' if note else 'replies'}:{chat_id}")
        outbox.load()
        route = Route(
            in_step=lambda: self._chats.case(chat_id) is not None,
            send=partial(self._send, chat_id, note),
            look=partial(self._chats.look, chat_id),
            changed=self._chats.changed,
        )
        return _Lane(note, Delivery(outbox, self._clock, route))

    async def _send(self, chat_id: str, note: bool, outgoing: Outgoing) -> None:
        case = self._chats.case(chat_id)
        if case is None:
            raise NotConnected
        event = _event(outgoing, "agents" if note else None)
        if not case.conversation.active and not note:
            chat = NewChat(id=case.id, thread=NewThread(events=[event]))
            await self._ask("resume_chat", ResumeChat(chat=chat, active=True).as_json())
            return
        await self._enter(case, note=note)
        late = not case.conversation.active
        await self._ask("send_event", SendEvent(chat_id=case.id, event=event, attach_to_last_thread=late).as_json())

    async def _enter(self, case: Case, *, note: bool) -> None:
        """Only who is in a chat can write there: to the visitor openly, to colleagues without being seen."""
        me = case.conversation.users.get(self._chats.me())
        inside = me is not None and me.present is not False
        if not inside or (not note and not case.has(self._chats.me())):
            visibility: Visibility = "agents" if note else "all"
            request = AddUserToChat(chat_id=case.id, user_id=self._chats.me(), user_type="agent", visibility=visibility)
            await self._ask("add_user_to_chat", request.as_json())


def _event(outgoing: Outgoing, visibility: Visibility | None) -> NewMessage | NewFile:
    if outgoing.file is not None:
        return NewFile(url=outgoing.file.url, custom_id=outgoing.custom_id, visibility=visibility)
    return NewMessage(text=outgoing.text, custom_id=outgoing.custom_id, visibility=visibility)
