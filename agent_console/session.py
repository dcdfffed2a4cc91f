"""An agent's connection, kept: the inbox is what the platform says it is, what the agent wrote gets there.

It catches up after each connection (all chats and their state, the open chat's history), takes up every push, and
tells its watchers whenever something is different. It has no idea of how any of it looks.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType

from agent_console.deeds import Deeds
from agent_console.delivery import Chats, Deliveries
from agent_console.inbox import (
    Case,
    Inbox,
    Section,
    chat_id_of,
    listed,
    received,
    section,
    with_chat,
    with_history,
    with_older,
    with_summaries,
)
from agent_console.typing_signal import TypingSignal
from widget.rtm.background import begin
from widget.rtm.client import ConnectionListener, RtmClient
from widget.rtm.connection import AGENT, Connection, State
from widget.rtm.ports import Clock, OpenSocket, Storage, Timer
from widget.wire import agent as wire
from widget.wire import customer as chat_wire
from widget.wire.base import Json
from widget.wire.chats import Chat, ChatSummary, NewChat, Thread
from widget.wire.customer import Application
from widget.wire.errors import ChatError, ConnectionLost, Destroyed, NotConnected
from widget.wire.events import Event, File, Message
from widget.wire.frames import Payload, Push

__all__ = ["AgentSession", "Arrival"]

PAGE_OF_EVENTS = 25
"""How many events, at least, a page of history has."""

PAGE_OF_CHATS = 25
"""How many closed chats are listed at a time."""

TYPING_LASTS = 15.0
"""Seconds after which somebody who typed and went silent is no longer shown as typing."""

_WORTH_A_LOOK = {"incoming_event", "user_added_to_chat", "chat_transferred"}
"""Pushes about a chat that is not listed here which say that it should be."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """Something new for the agent: a visitor's message, or with ``event`` None a chat that waits."""

    chat_id: str
    event: Event | None


@dataclass(eq=False, slots=True)
class _Overheard:
    """The pushes that come while something is fetched."""

    pushes: list[Push] = field(default_factory=list)


class AgentSession:
    """One agent's chats. ``in_step``: the list of chats is what the platform has."""

    def __init__(
        self,
        *,
        url: str,
        token: str,
        storage: Storage,
        open_socket: OpenSocket,
        clock: Clock,
        application: Application,
    ) -> None:
        self.inbox = Inbox()
        self.profile: wire.AgentProfile | None = None
        self.opened: str | None = None
        self.in_step = False
        self.error: ChatError | None = None
        self.ended_by: str | None = None
        self._token = token
        self._storage = storage
        self._clock = clock
        self._application = application
        self._watchers: list[Callable[[], None]] = []
        self._arrivals: list[Callable[[Arrival], None]] = []
        self._fresh: set[str] = set()
        self._told_seen: dict[str, datetime] = {}
        self._overheard: set[_Overheard] = set()
        self._following: str | None = None
        self._typing_ends: dict[tuple[str, str], Timer] = {}
        self._delivery: Deliveries | None = None
        self._typing = TypingSignal(clock, self._send_typing)
        self._rtm = RtmClient(
            Connection(login=self._login, dialect=AGENT),
            url=url,
            get_token=self._get_token,
            open_socket=open_socket,
            clock=clock,
            listener=ConnectionListener(self._state_changed, self._logged_in, self._pushed),
        )
        self.deeds = Deeds(self._rtm.request, self._changed)

    @property
    def state(self) -> State:
        """Where the connection stands."""
        return self._rtm.state

    @property
    def me(self) -> str:
        """The agent's id."""
        return self.inbox.me

    @property
    def delivery(self) -> Deliveries | None:
        """The outboxes; there are none before the first login says whose."""
        return self._delivery

    @property
    def open_case(self) -> Case | None:
        """The chat in front."""
        return self.inbox.cases.get(self.opened or "")

    def is_fresh(self, chat_id: str) -> bool:
        """Whether the history of a chat has been fetched over the present connection."""
        return chat_id in self._fresh

    def watch(self, changed: Callable[[], None], arrived: Callable[[Arrival], None]) -> None:
        """Call ``changed`` whenever something here is different, ``arrived`` when there is something to attend to."""
        self._watchers.append(changed)
        self._arrivals.append(arrived)

    def connect(self) -> None:
        """Come up and stay up."""
        if self._rtm.state is not State.ENDED:
            self._rtm.connect()

    def probe(self) -> None:
        """The page or the network has come back: find out whether the connection has."""
        self._rtm.probe()

    def end(self) -> None:
        """Sign out: nothing is told any more."""
        self._watchers.clear()
        self._arrivals.clear()
        self._typing.stop()
        self._rtm.destroy()

    # What the agent does

    def open(self, chat_id: str | None) -> None:
        """Bring a chat to the front, with its history; None: none."""
        if chat_id != self.opened:
            self._typing.stop()
            self.opened = chat_id
            self._look_after_opened()
            self._changed()

    def send(self, chat_id: str, text: str, *, note: bool) -> None:
        """Keep a text and send it, now or when that is possible. Nothing can be written before the first login."""
        if self._delivery is not None:
            self._typing.stop()
            self._delivery.send(chat_id, text, note=note)
            self._changed()

    def retry(self, chat_id: str, custom_id: str) -> None:
        """Send a refused text again."""
        if self._delivery is not None:
            self._delivery.retry(chat_id, custom_id)
            self._changed()

    def discard(self, chat_id: str, custom_id: str) -> None:
        """Give a refused text up."""
        if self._delivery is not None:
            self._delivery.discard(chat_id, custom_id)
            self._changed()

    def type(self, chat_id: str, text: str, *, note: bool) -> None:
        """Let the visitor know that the agent writes to them; nobody learns of notes."""
        case = self.inbox.cases.get(chat_id)
        if note or case is None or section(case, self.me) is not Section.MINE:
            self._typing.stop()
        elif self.state is State.CONNECTED:
            self._typing.typed(chat_id, text)

    def mark_seen(self, chat_id: str) -> None:
        """Tell that the agent has seen everything that is in a chat."""
        case = self.inbox.cases.get(chat_id)
        last = case.conversation.last if case else None
        if case is None or last is None or chat_id not in self._fresh or not case.has(self.me):
            return
        # Told once over each connection: the mark of a lost one may not have arrived.
        told = self._told_seen.get(chat_id)
        if told is None or told < last.created_at:
            self._told_seen[chat_id] = last.created_at
            self._set_seen(case, last.created_at)
            request = chat_wire.MarkEventsAsSeen(chat_id=chat_id, seen_up_to=last.created_at)
            begin(self.deeds.tell("mark_events_as_seen", request.as_json()))

    def close_chat(self, chat_id: str) -> None:
        """End the present thread of a chat."""
        request = chat_wire.DeactivateChat(id=chat_id, ignore_requester_presence=True)
        self.deeds.do("deactivate_chat", chat_id, request.as_json())

    def reopen(self, chat_id: str) -> None:
        """Begin a new thread in a closed chat, and have it."""
        request = chat_wire.ResumeChat(chat=NewChat(id=chat_id), active=True)
        self.deeds.do("resume_chat", chat_id, request.as_json())

    def join(self, chat_id: str) -> None:
        """Take a chat that waits, or join a colleague's."""
        request = wire.AddUserToChat(chat_id=chat_id, user_id=self.me, user_type="agent")
        self.deeds.do("add_user_to_chat", chat_id, request.as_json())

    def accept_chats(self, *, accept: bool) -> None:
        """Whether new chats may be given to the agent."""
        status: wire.RoutingStatus = "accepting_chats" if accept else "not_accepting_chats"
        self.deeds.do("set_routing_status", "", wire.SetRoutingStatus(status=status).as_json())

    def load_older(self, chat_id: str) -> None:
        """Fetch the page of history before what is here."""
        case = self.inbox.cases.get(chat_id)
        if case is None or case.conversation.older is None or chat_id not in self._fresh:
            return
        if self.state is State.CONNECTED:
            self.deeds.attempt("list_threads", chat_id, lambda: self._load_older(chat_id))

    def load_more_closed(self) -> None:
        """List the next closed chats."""
        self.deeds.attempt("list_chats", "", self._load_more_closed)

    def catch_up(self) -> None:
        """Try again to get in step with the platform, after that failed."""
        if self.state is State.CONNECTED:
            self.error = None
            begin(self._catch_up())
            self._changed()

    # What the connection tells

    async def _get_token(self, fresh: bool) -> str:
        return self._token

    def _login(self, token: str) -> Json:
        return wire.AgentLogin(
            token=token, application=self._application, reconnect=bool(self.me), customer_monitoring_level="online"
        ).as_json()

    def _state_changed(self, state: State, reason: str | None) -> None:
        self.ended_by = reason if state in {State.ENDED, State.PAUSED} else None
        if state is not State.CONNECTED:
            self.in_step = False
            self._fresh.clear()
            self._told_seen.clear()
            self._following = None
            self._typing.stop()
            self._forget_the_passing()
        self._changed()

    def _forget_the_passing(self) -> None:
        """While nothing is heard, nobody is known to type."""
        cases = {}
        for chat_id, case in self.inbox.cases.items():
            cases[chat_id] = replace(case, conversation=replace(case.conversation, typing=frozenset()), peeking=False)
        self.inbox = replace(self.inbox, cases=MappingProxyType(cases))

    def _logged_in(self, payload: Payload) -> None:
        login = wire.AgentLoginResult.model_validate(payload)
        me = login.my_profile.id
        if self._delivery is None:
            chats = Chats(lambda: self.me, self._deliverable, self._fetch, self._changed)
            prefix = f"live-chat-agent:{me}:"
            self._delivery = Deliveries(self._storage, prefix, self._rtm.request, self._clock, chats)
        self.profile = login.my_profile
        routing = {**self.inbox.routing, me: login.my_profile.routing_status or "not_accepting_chats"}
        people = {**self.inbox.people, me: login.my_profile}
        self.inbox = replace(self.inbox, me=me, routing=MappingProxyType(routing), people=MappingProxyType(people))
        self.inbox = with_summaries(self.inbox, login.chats_summary)
        begin(self._catch_up())
        self._changed()

    def _pushed(self, push: Push) -> None:
        for overheard in self._overheard:
            overheard.pushes.append(push)
        before, self.inbox = self.inbox, received(self.inbox, push)
        chat_id = chat_id_of(push)
        self._expire_typing(push)
        if self.in_step and chat_id and chat_id not in self.inbox.cases and push.action in _WORTH_A_LOOK:
            self._meet(chat_id)
        if self.inbox is not before:
            self._look_after(before, push, chat_id or "")
            self._changed()

    def _look_after(self, before: Inbox, push: Push, chat_id: str) -> None:
        """What a push about a chat calls for."""
        case, known = self.inbox.cases.get(chat_id), before.cases.get(chat_id)
        if case is None:
            return
        if self._delivery is not None:
            self._delivery.arrived(case)
        if case.id == self.opened and known is not None and section(known, self.me) != section(case, self.me):
            self._look_after_opened()
        elif section(case, self.me) is Section.MINE and case.id not in self._fresh:
            self._meet(case.id)
        arrival = _arrival(case, known, self.me, push)
        if arrival is not None:
            for tell in self._arrivals:
                tell(arrival)

    def _expire_typing(self, push: Push) -> None:
        """Who types says so again and again; after a silence they have stopped."""
        chat_id = chat_id_of(push)
        if chat_id is None or push.action not in {"incoming_sneak_peek", "incoming_typing_indicator"}:
            return
        key = (chat_id, push.action)
        if key in self._typing_ends:
            self._typing_ends.pop(key).cancel()
        self._typing_ends[key] = self._clock.call_later(TYPING_LASTS, lambda: self._stop_typing(*key))

    def _stop_typing(self, chat_id: str, action: str) -> None:
        self._typing_ends.pop((chat_id, action), None)
        case = self.inbox.cases.get(chat_id)
        if case is None:
            return
        if action == "incoming_sneak_peek":
            self._set_case(replace(case, peeking=False))
        else:
            self._set_case(replace(case, conversation=replace(case.conversation, typing=frozenset())))
        self._changed()

    # Getting in step

    @contextmanager
    def _listening(self) -> Iterator[_Overheard]:
        """Note the pushes that come meanwhile: an answer may be older than they are, so they count after it."""
        overheard = _Overheard()
        self._overheard.add(overheard)
        try:
            yield overheard
        finally:
            self._overheard.discard(overheard)

    def _take(self, inbox: Inbox, overheard: _Overheard) -> None:
        for push in overheard.pushes:
            inbox = received(inbox, push)
        self.inbox = inbox

    async def _catch_up(self) -> None:
        try:
            with self._listening() as overheard:
                active = await self._list_active()
                closed = await self._list(_chats(active=False))
                self._take(listed(self.inbox, active, closed.chats_summary, closed.next_page_id), overheard)
        except (ConnectionLost, NotConnected, Destroyed):
            return  # the next connection catches up
        except ChatError as error:
            self.error = error
        else:
            self.in_step, self.error = True, None
            self._look_after_all()
        self._changed()

    async def _list_active(self) -> list[ChatSummary]:
        page = await self._list(_chats(active=True))
        chats = list(page.chats_summary)
        while page.next_page_id is not None:
            page = await self._list(wire.ListAgentChats(page_id=page.next_page_id))
            chats += page.chats_summary
        return chats

    async def _list(self, request: wire.ListAgentChats) -> wire.ListAgentChatsResult:
        payload = request.model_dump(mode="json", exclude_unset=True)
        return wire.ListAgentChatsResult.model_validate(await self._rtm.request("list_chats", payload))

    async def _load_more_closed(self) -> None:
        page_id = self.inbox.older
        if page_id is None:
            return
        with self._listening() as overheard:
            page = await self._list(wire.ListAgentChats(page_id=page_id))
            known = replace(self.inbox, older=page.next_page_id)
            self._take(with_summaries(known, page.chats_summary), overheard)

    def _look_after_all(self) -> None:
        """The chats that must be known in full: the agent's own, and the one in front."""
        self._look_after_opened()
        for case in self.inbox.cases.values():
            if section(case, self.me) is Section.MINE and case.id != self.opened:
                self._meet(case.id)

    def _look_after_opened(self) -> None:
        """Fetch the chat in front, and hear of everything in it although it is not the agent's."""
        if self.state is not State.CONNECTED or not self.me:
            return
        case = self.open_case
        foreign = case is not None and section(case, self.me) in {Section.WAITING, Section.OTHERS}
        wanted = self.opened if foreign else None
        if self._following is not None and self._following != wanted:
            begin(self.deeds.tell("unfollow_chat", wire.FollowChat(id=self._following).as_json()))
        if wanted is not None and self._following != wanted:
            begin(self.deeds.tell("follow_chat", wire.FollowChat(id=wanted).as_json()))
        self._following = wanted
        if self.opened is not None and self.opened not in self._fresh and (case is not None or self.in_step):
            self._meet(self.opened)

    def _meet(self, chat_id: str) -> None:
        """Fetch a chat; when it cannot be had, say so."""
        self.deeds.attempt("get_chat", chat_id, lambda: self._fetch(chat_id))

    async def _fetch(self, chat_id: str) -> None:
        """The chat as it is now, and its history back to what is known. Raises ChatError."""
        with self._listening() as overheard:
            get = chat_wire.GetChat(chat_id=chat_id).as_json()
            chat = Chat.model_validate(await self._rtm.request("get_chat", get))
            pages = await self._threads_since(chat_id)
            self._take(with_history(with_chat(self.inbox, chat), chat_id, pages), overheard)
        self._fresh.add(chat_id)
        if self._delivery is not None:
            self._delivery.arrived(self.inbox.cases[chat_id])
            self._delivery.deliver(chat_id)
        self._changed()

    async def _threads_since(self, chat_id: str) -> list[tuple[list[Thread], str | None]]:
        """Pages of history, the newest first, until one holds a thread that is here already."""
        case = self.inbox.cases.get(chat_id)
        known = {e.thread_id for e in case.conversation.entries} if case is not None and case.whole else set()
        page = await self._threads(chat_wire.ListThreads(chat_id=chat_id, min_events_count=PAGE_OF_EVENTS))
        pages = [(page.threads, page.next_page_id)]
        while known and page.next_page_id and not any(t.id in known for t in page.threads):
            page = await self._threads(chat_wire.ListThreads(chat_id=chat_id, page_id=page.next_page_id))
            pages.append((page.threads, page.next_page_id))
        return pages

    async def _load_older(self, chat_id: str) -> None:
        page_id = self.inbox.cases[chat_id].conversation.older
        if page_id is None:
            return
        page = await self._threads(chat_wire.ListThreads(chat_id=chat_id, page_id=page_id))
        self.inbox = with_older(self.inbox, chat_id, page.threads, page.next_page_id)

    async def _threads(self, request: chat_wire.ListThreads) -> chat_wire.ListThreadsResult:
        payload = request.model_dump(mode="json", exclude_unset=True)
        return chat_wire.ListThreadsResult.model_validate(await self._rtm.request("list_threads", payload))

    def _deliverable(self, chat_id: str) -> Case | None:
        """A chat that texts may go to now: its history is here, so that none goes twice."""
        return self.inbox.cases.get(chat_id) if chat_id in self._fresh else None

    def _send_typing(self, chat_id: str, is_typing: bool) -> None:
        if self.state is State.CONNECTED:
            request = wire.SendTypingIndicator(chat_id=chat_id, is_typing=is_typing)
            begin(self.deeds.tell("send_typing_indicator", request.as_json()))

    # Private

    def _set_seen(self, case: Case, moment: datetime) -> None:
        marks = MappingProxyType({**case.conversation.seen, self.me: moment})
        self._set_case(replace(case, conversation=replace(case.conversation, seen=marks)))

    def _set_case(self, case: Case) -> None:
        self.inbox = replace(self.inbox, cases=MappingProxyType({**self.inbox.cases, case.id: case}))

    def _changed(self) -> None:
        for tell in self._watchers:
            tell()


def _chats(*, active: bool) -> wire.ListAgentChats:
    limit = 100 if active else PAGE_OF_CHATS
    return wire.ListAgentChats(filters=wire.ChatFilters(active=active), limit=limit)


def _arrival(case: Case, known: Case | None, me: str, push: Push) -> Arrival | None:
    """What there is to attend to after a push: a message in a chat of ours, or a chat that is ours or nobody's now."""
    now, was = section(case, me), section(known, me) if known else Section.CLOSED
    if push.action == "incoming_event":
        event = case.conversation.last
        is_new = known is None or known.conversation.last is not event
        return Arrival(case.id, event) if now is Section.MINE and is_new and _is_theirs(event, case) else None
    payload = push.payload if isinstance(push.payload, dict) else {}
    if now is was or payload.get("requester_id") == me:
        return None
    if now is Section.MINE:
        return Arrival(case.id, case.newest)
    return Arrival(case.id, None) if now is Section.WAITING else None


def _is_theirs(event: Event | None, case: Case) -> bool:
    """Whether the visitor said this."""
    return isinstance(event, Message | File) and case.customer is not None and event.author_id == case.customer.id
