"""A platform with one agent's chats in a dict: answers what the console asks, as the real one does."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from agent_console.arrivals import Arrival
from agent_console.session import AgentSession
from tests.fakes import FakeClock, FakeNetwork, FakeSocket, MemoryStorage, settle
from widget.wire.customer import Application

ME, ANN = "me@example.com", "ann@example.com"
AT = "2026-05-03T12:%02d:00.000000Z"

Json = dict[str, Any]


def agent(agent_id: str, **more: Any) -> Json:
    return {"id": agent_id, "type": "agent", "name": agent_id.partition("@")[0].title(), "present": True, **more}


def visitor(chat_id: str, **more: Any) -> Json:
    return {"id": f"visitor-{chat_id}", "type": "customer", "online": True, **more}


def message(chat_id: str, minute: int, text: str, author: str | None = None, **more: Any) -> Json:
    by = author or f"visitor-{chat_id}"
    return {
        "id": f"{chat_id}_{minute}",
        "type": "message",
        "text": text,
        "created_at": AT % minute,
        "author_id": by,
        **more,
    }


def chat(chat_id: str, *users: Json, events: list[Json] | None = None, thread: str = "T1", **more: Any) -> Json:
    opened = {"id": f"{thread}-{chat_id}", "active": True, "created_at": AT % 0, "events": events or [], **more}
    return {"id": chat_id, "users": [visitor(chat_id), *users], "thread": opened}


@dataclass(slots=True)
class FakePlatform:
    """``chats`` by id, each with its newest thread; ``start_chat`` starts the last of them.

    ``here`` are the agents whom a chat can go to; ``refuse`` names actions that are refused, and with what.
    """

    chats: dict[str, Json] = field(default_factory=dict)
    refuse: dict[str, str] = field(default_factory=dict)
    silent: set[str] = field(default_factory=set)
    network: FakeNetwork = field(default_factory=FakeNetwork)
    sent: int = 0
    archive: list[Json] = field(default_factory=list)
    here: list[Json] = field(default_factory=list)
    followed: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.network.on_send = self._asked

    @property
    def socket(self) -> FakeSocket:
        return self.network.socket

    def push(self, action: str, request_id: str | None = None, **payload: Any) -> None:
        self.socket.receive({"type": "push", "action": action, "request_id": request_id, "payload": payload})

    def add(self, *chats: Json) -> None:
        self.chats.update({each["id"]: each for each in chats})

    def _asked(self, socket: FakeSocket, frame: Json) -> None:
        action, payload = frame["action"], frame["payload"]
        if action in self.silent:
            return
        if action in self.refuse:
            error = {"error": {"type": self.refuse[action], "message": f"Refused: {action}"}}
            self._answer(socket, frame, error, success=False)
            return
        answer = _ANSWERS.get(action)
        self._answer(socket, frame, answer(self, payload) if answer else {})
        if action == "start_chat":
            self.push("incoming_chat", frame["request_id"], chat=list(self.chats.values())[-1])
        if action in ("tag_thread", "untag_thread"):
            self.push(f"thread_{action.removesuffix('_thread')}ged", frame["request_id"], **payload)
        if action == "send_event":
            event = self._event(payload["chat_id"], payload["event"])
            self.push("incoming_event", frame["request_id"], **event)

    def _event(self, chat_id: str, new: Json) -> Json:
        self.sent += 1
        event = message(chat_id, 30 + self.sent, new.get("text", ""), ME, custom_id=new.get("custom_id"))
        event |= {name: new[name] for name in ("type", "url") if name in new}
        event["visibility"] = new.get("visibility", "all")
        thread = self.chats[chat_id]["thread"]
        thread["events"].append(event)
        return {"chat_id": chat_id, "thread_id": thread["id"], "event": event}

    @staticmethod
    def _answer(socket: FakeSocket, frame: Json, payload: Any, *, success: bool = True) -> None:
        head = {"type": "response", "action": frame["action"], "request_id": frame["request_id"]}
        socket.receive({**head, "success": success, "payload": payload})

    def summary(self, chat_id: str) -> Json:
        known = self.chats[chat_id]
        thread = {name: value for name, value in known["thread"].items() if name != "events"}
        events = known["thread"]["events"]
        last = {"message": {"thread_id": thread["id"], "event": events[-1]}} if events else {}
        return {
            "id": chat_id,
            "users": known["users"],
            "last_thread_summary": thread,
            "last_event_per_type": last,
            "is_followed": chat_id in self.followed,
        }


def _login(platform: FakePlatform, payload: Json) -> Json:
    profile = agent(ME, routing_status="accepting_chats", permission="owner")
    return {"license": {"id": "1", "organization_id": "o"}, "my_profile": profile, "chats_summary": []}


def _list_chats(platform: FakePlatform, payload: Json) -> Json:
    active = payload["filters"]["active"]
    found = [platform.summary(i) for i, each in platform.chats.items() if each["thread"]["active"] == active]
    return {"chats_summary": found, "found_chats": len(found)}


def _get_chat(platform: FakePlatform, payload: Json) -> Json:
    return platform.chats[payload["chat_id"]]


def _list_threads(platform: FakePlatform, payload: Json) -> Json:
    return {"threads": [platform.chats[payload["chat_id"]]["thread"]], "found_threads": 1}


def _list_archives(platform: FakePlatform, payload: Json) -> Json:
    return {"chats": platform.archive, "found_chats": len(platform.archive)}


def _list_agents_for_transfer(platform: FakePlatform, payload: Json) -> Any:
    return [{"agent_id": each["id"], "total_active_chats": each["chats"]} for each in platform.here]


def _list_routing_statuses(platform: FakePlatform, payload: Json) -> Any:
    return [{"agent_id": each["id"], "status": each["status"]} for each in platform.here]


def _get_thread_transcript(platform: FakePlatform, payload: Json) -> Json:
    return {"transcript": f"[12:01] Everything of {payload['thread_id']}"}


_ANSWERS: dict[str, Callable[[FakePlatform, Json], Any]] = {
    "get_thread_transcript": _get_thread_transcript,
    "list_agents_for_transfer": _list_agents_for_transfer,
    "list_routing_statuses": _list_routing_statuses,
    "login": _login,
    "list_chats": _list_chats,
    "get_chat": _get_chat,
    "list_threads": _list_threads,
    "list_archives": _list_archives,
}


@dataclass(slots=True)
class FakeTab:
    """A tab: what it tells, its neighbours hear."""

    neighbours: list["FakeTab"]
    heard: list[Callable[[str], None]] = field(default_factory=list)

    def tell(self, message: str) -> None:
        for tab in self.neighbours:
            if tab is not self:
                for hear in tab.heard:
                    hear(message)

    def listen(self, heard: Callable[[str], None]) -> None:
        self.heard = [heard]


@dataclass(slots=True)
class FakeTabs:
    """All tabs of one browser."""

    open: list[FakeTab] = field(default_factory=list)

    def another(self) -> FakeTab:
        tab = FakeTab(self.open)
        self.open.append(tab)
        return tab


@dataclass(slots=True)
class Desk:
    """A session over the fake platform, and what it told."""

    platform: FakePlatform = field(default_factory=FakePlatform)
    clock: FakeClock = field(default_factory=FakeClock)
    storage: MemoryStorage = field(default_factory=MemoryStorage)
    tabs: FakeTabs = field(default_factory=FakeTabs)
    arrivals: list[Arrival] = field(default_factory=list)

    def new_session(self) -> AgentSession:
        session = AgentSession(
            url="wss://chat.example/v3.6/agent/rtm/ws",
            token="Basic bWU=",
            storage=self.storage,
            open_socket=self.platform.network,
            clock=self.clock,
            application=Application(name="console", version="1"),
            tabs=self.tabs.another(),
        )
        session.watch(lambda: None, self.arrivals.append)
        return session

    async def connected(self) -> AgentSession:
        session = self.new_session()
        session.connect()
        await self.let_in()
        return session

    async def let_in(self) -> None:
        """The socket that is being opened opens."""
        await settle()
        self.platform.socket.listener.opened()
        await settle(60)

    async def lose(self) -> None:
        """The network takes the connection away, and another one comes up."""
        self.platform.socket.drop()
        self.clock.advance(1)
        await self.let_in()
