"""An agent's connection, kept: the inbox is what the platform says it is, what the agent wrote gets there.

It catches up after each connection (all chats and their state, the open chat's history), takes up every push, and
tells its watchers whenever something is different. It has no idea of how any of it looks.
"""

from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType

from agent_console.archives import Archives
from agent_console.arrivals import Arrival, arrival
from agent_console.deeds import Deeds
from agent_console.delivery import Chats, Deliveries
from agent_console.fetching import Fetching
from agent_console.following import Following
from agent_console.inbox import Case, Inbox, Section, section
from agent_console.ledger import Ledger
from agent_console.news import chat_id_of, with_summaries
from agent_console.seen_marks import SeenMarks
from agent_console.tabs import Tabs
from agent_console.typing_ends import TypingEnds
from agent_console.typing_signal import TypingSignal
from agent_console.upkeep import Upkeep
from agent_console.work import Work
from widget.rtm.background import begin
from widget.rtm.client import ConnectionListener, RtmClient
from widget.rtm.connection import Connection
from widget.rtm.dialect import AGENT
from widget.rtm.outbox import UploadedFile
from widget.rtm.ports import Clock, OpenSocket, Storage
from widget.rtm.state import State
from widget.wire import agent as wire
from widget.wire.base import Json
from widget.wire.customer import Application
from widget.wire.errors import ChatError
from widget.wire.frames import Payload, Push

__all__ = ["AgentSession"]

_WORTH_A_LOOK = {"incoming_event", "user_added_to_chat", "chat_transferred"}
"""Pushes about a chat that is not listed here which say that it should be."""


class AgentSession:
    """One agent's chats, and what the agent does with them."""

    def __init__(
        self,
        *,
        url: str,
        token: str,
        storage: Storage,
        open_socket: OpenSocket,
        clock: Clock,
        application: Application,
        tabs: Tabs,
    ) -> None:
        self.profile: wire.AgentProfile | None = None
        self.ended_by: str | None = None
        self.delivery: Deliveries | None = None
        self._token = token
        self._storage = storage
        self._clock = clock
        self._application = application
        self._watchers: list[Callable[[], None]] = []
        self._arrivals: list[Callable[[Arrival], None]] = []
        self._listeners: list[Callable[[Push], None]] = []
        self._ledger = Ledger()
        self._typing = TypingSignal(clock, self._send_typing)
        self._typing_ends = TypingEnds(self._ledger, clock, self._changed)
        self._rtm = RtmClient(
            Connection(login=self._login, dialect=AGENT),
            url=url,
            get_token=self._get_token,
            open_socket=open_socket,
            clock=clock,
            listener=ConnectionListener(self._state_changed, self._logged_in, self._pushed),
        )
        self._fetching = Fetching(self._ledger, self._rtm.request)
        self.deeds = Deeds(self._rtm.request, self._changed)
        self.work = Work(self._rtm.request, self.deeds, lambda: self.me)
        self.archives = Archives(self._rtm.request, self.deeds)
        self.following = Following(self._ledger, self.deeds, storage, tabs, self._look_again)
        self._upkeep = Upkeep(
            ledger=self._ledger,
            fetching=self._fetching,
            following=self.following,
            deeds=self.deeds,
            deliveries=lambda: self.delivery,
            connected=lambda: self.state is State.CONNECTED,
            changed=self._changed,
        )
        self._seen_marks = SeenMarks(self._ledger, self.deeds)

    @property
    def inbox(self) -> Inbox:
        """All chats, and everybody in them."""
        return self._ledger.inbox

    @property
    def state(self) -> State:
        """Where the connection stands."""
        return self._rtm.state

    @property
    def me(self) -> str:
        """The agent's id."""
        return self.inbox.me

    @property
    def opened(self) -> str | None:
        """The id of the chat in front."""
        return self._upkeep.opened

    @property
    def open_case(self) -> Case | None:
        """The chat in front."""
        return self._upkeep.open_case

    @property
    def in_step(self) -> bool:
        """Whether the list of chats is what the platform has."""
        return self._upkeep.in_step

    @property
    def error(self) -> ChatError | None:
        """Why it is not."""
        return self._upkeep.error

    def is_fresh(self, chat_id: str) -> bool:
        """Whether the history of a chat has been fetched over the present connection."""
        return self._upkeep.is_fresh(chat_id)

    def watch(self, changed: Callable[[], None], arrived: Callable[[Arrival], None]) -> None:
        """Call ``changed`` whenever something here is different, ``arrived`` when there is something to attend to."""
        self._watchers.append(changed)
        self._arrivals.append(arrived)

    def listen(self, heard: Callable[[Push], None]) -> None:
        """Call for every push, after it was taken up."""
        self._listeners.append(heard)

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
        self._listeners.clear()
        self._typing.stop()
        self._rtm.destroy()

    # What the agent does

    def open(self, chat_id: str | None) -> None:
        """Bring a chat to the front, with its history; None: none."""
        if chat_id != self.opened:
            self._typing.stop()
            self._upkeep.open(chat_id)

    def send(self, chat_id: str, what: str | UploadedFile, *, note: bool) -> None:
        """Keep a text or a file and send it, now or when that is possible. Nothing can be before the first login."""
        if self.delivery is not None:
            self._typing.stop()
            self.delivery.send(chat_id, what, note=note)
            self._changed()

    def retry(self, chat_id: str, custom_id: str) -> None:
        """Send a refused text again."""
        if self.delivery is not None:
            self.delivery.retry(chat_id, custom_id)
            self._changed()

    def discard(self, chat_id: str, custom_id: str) -> None:
        """Give a refused text up."""
        if self.delivery is not None:
            self.delivery.discard(chat_id, custom_id)
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
        self._seen_marks.mark(chat_id)

    def load_older(self, chat_id: str) -> None:
        """Fetch the page of history before what is here."""
        case = self.inbox.cases.get(chat_id)
        if case is None or case.conversation.older is None or not self.is_fresh(chat_id):
            return
        if self.state is State.CONNECTED:
            self.deeds.attempt("list_threads", chat_id, lambda: self._fetching.older(chat_id))

    def load_more_closed(self) -> None:
        """List the next closed chats."""
        self.deeds.attempt("list_chats", "", self._fetching.more_closed)

    def ask_who_accepts(self) -> None:
        """Learn which agents take chats."""
        self.deeds.attempt("list_routing_statuses", "", self._fetching.routing_statuses)

    def catch_up(self) -> None:
        """Try again to get in step with the platform, after that failed."""
        if self.state is State.CONNECTED:
            self._upkeep.catch_up()

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
            self._upkeep.lost()
            self._seen_marks.lost()
            self._typing.stop()
        self._changed()

    def _logged_in(self, payload: Payload) -> None:
        login = wire.AgentLoginResult.model_validate(payload)
        me = login.my_profile.id
        if self.delivery is None:
            chats = Chats(lambda: self.me, self._deliverable, self._upkeep.fetch, self._changed)
            prefix = f"live-chat-agent:{me}:"
            self.delivery = Deliveries(self._storage, prefix, self._rtm.request, self._clock, chats)
        self.profile = login.my_profile
        routing = {**self.inbox.routing, me: login.my_profile.routing_status or "not_accepting_chats"}
        people = {**self.inbox.people, me: login.my_profile}
        inbox = replace(self.inbox, me=me, routing=MappingProxyType(routing), people=MappingProxyType(people))
        self._ledger.inbox = with_summaries(inbox, login.chats_summary)
        self._upkeep.catch_up()

    def _pushed(self, push: Push) -> None:
        before = self._ledger.receive(push)
        chat_id = chat_id_of(push)
        self._typing_ends.heard(push)
        self.archives.heard(push)
        self.following.heard(push)
        if self.in_step and chat_id and chat_id not in self.inbox.cases and push.action in _WORTH_A_LOOK:
            self._upkeep.meet(chat_id)
        if self.in_step and chat_id and push.action == "chat_access_updated":
            self._upkeep.check(chat_id)
        if self.inbox is not before:
            self._look_after(before, push, chat_id or "")
            self._changed()
        for hear in list(self._listeners):
            hear(push)

    def _look_after(self, before: Inbox, push: Push, chat_id: str) -> None:
        """What a push about a chat calls for."""
        case, known = self.inbox.cases.get(chat_id), before.cases.get(chat_id)
        if case is None:
            return
        if self.delivery is not None:
            self.delivery.arrived(case)
        self._upkeep.look_after(case, known)
        news = arrival(case, known, self.me, push)
        if news is not None:
            for tell in self._arrivals:
                tell(news)

    def _look_again(self) -> None:
        self._upkeep.look_after_opened()
        self._changed()

    def _deliverable(self, chat_id: str) -> Case | None:
        """A chat that texts may go to now: its history is here, so that none goes twice."""
        return self.inbox.cases.get(chat_id) if self.is_fresh(chat_id) else None

    def _send_typing(self, chat_id: str, is_typing: bool) -> None:
        if self.state is State.CONNECTED:
            request = wire.SendTypingIndicator(chat_id=chat_id, is_typing=is_typing)
            begin(self.deeds.tell("send_typing_indicator", request.as_json()))

    def _changed(self) -> None:
        for tell in self._watchers:
            tell()
