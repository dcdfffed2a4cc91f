"""A real server on a free port, and people who talk to it over real sockets."""

from __future__ import annotations

import asyncio
import base64
import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import httpx
from sqlalchemy import delete, update
from sqlalchemy.orm import Session
from starlette.types import ASGIApp
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from server import seed, tables
from server.app import create_app
from server.bus import Cause, Delivery
from server.database import Database, open_engine
from server.organization import GROUP_ID, ORGANIZATION_ID
from server.pace import Pace
from server.platform import Platform
from server.rtm import Sockets
from server.serving import Server, configuration, listen
from server.settings import Settings

PATIENCE = 5.0
"""Seconds after which a frame that should come is given up. Nothing waits for it unless the server is broken."""

LEAVING = 60.0
"""Seconds until the server has noticed that a browser is gone, and has forgotten years of history."""

CUSTOMER_SOCKET = f"/v3.6/customer/rtm/ws?organization_id={ORGANIZATION_ID}"

Payload = dict[str, Any]


def text(message: str, custom_id: str | None = None, **more: Any) -> Payload:
    """A message to send."""
    return {"type": "message", "text": message, **({"custom_id": custom_id} if custom_id else {}), **more}


class Person:
    """A client on one connection. ``pushes`` are those that came and that nobody has asked for yet."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._asked = 0
        self.pushes: list[Payload] = []
        self.id = ""

    def ask(self, action: str, payload: Payload | None = None) -> Any:
        """Ask, and return the payload of the answer. Raises AssertionError when it is refused."""
        answer = self.answer(action, payload)
        assert answer["success"], answer
        return answer["payload"]

    def refused(self, action: str, payload: Payload | None = None) -> str:
        """Ask, and return the type of the error."""
        answer = self.answer(action, payload)
        assert not answer["success"], answer
        return str(answer["payload"]["error"]["type"])

    def answer(self, action: str, payload: Payload | None = None) -> Payload:
        """Ask, and return the whole answer."""
        self._asked += 1
        request_id = f"request-{self._asked}"
        self.send({"request_id": request_id, "action": action, "payload": payload or {}})
        return self._until(lambda frame: frame["type"] == "response" and frame.get("request_id") == request_id)

    def send(self, frame: object) -> None:
        """Send something, text as it is."""
        self._socket.send(frame if isinstance(frame, str) else json.dumps(frame))

    def send_bytes(self, content: bytes) -> None:
        """Send a frame that is not text."""
        self._socket.send(content)

    def frame(self) -> Payload:
        """The next frame."""
        return dict(json.loads(self._socket.recv(PATIENCE)))

    def text(self) -> str:
        """The next frame as it comes."""
        return str(self._socket.recv(PATIENCE))

    def push(self, action: str) -> Payload:
        """The first push of this name that has come, or comes, with its envelope."""
        for frame in self.pushes:
            if frame["action"] == action:
                self.pushes.remove(frame)
                return frame
        return self._until(lambda frame: frame["type"] == "push" and frame["action"] == action)

    def told(self, action: str) -> Payload:
        """The payload of that push."""
        return dict(self.push(action)["payload"])

    def heard(self) -> list[str]:
        """The names of the pushes that have come so far.

        What was told because of a request that has been answered is here: the server tells of each action before it
        takes up the next.
        """
        self.answer("ping")
        return [frame["action"] for frame in self.pushes]

    def hears_nothing(self) -> bool:
        """Whether nothing has come."""
        return self.heard() == []

    def start_chat(self, *messages: str) -> str:
        """Start a chat that begins with these messages, and return its id."""
        chat_id: str = self.ask("start_chat", {"chat": {"thread": {"events": [text(each) for each in messages]}}})[
            "chat_id"
        ]
        self.push("incoming_chat")
        return chat_id

    def say(self, chat_id: str, message: str, **more: Any) -> str:
        """Send a message, and return its id."""
        event_id: str = self.ask("send_event", {"chat_id": chat_id, "event": text(message, **more)})["event_id"]
        self.push("incoming_event")
        return event_id

    def texts(self, chat_id: str) -> list[str]:
        """Everything that was said in a chat, as the history tells it, from oldest to newest."""
        threads = self.ask("list_threads", {"chat_id": chat_id, "sort_order": "asc", "limit": 100})["threads"]
        return [event["text"] for thread in threads for event in thread["events"]]

    def forget(self) -> None:
        """Throw away what has come so far."""
        self.answer("ping")
        self.pushes.clear()

    def closed(self) -> int:
        """Read until the server closes the connection, and return the code."""
        try:
            while True:
                self.pushes.append(self.frame())
        except ConnectionClosed:
            return int(self._socket.close_code or 0)

    def leave(self) -> None:
        """Close the connection."""
        self._socket.close()

    def _until(self, wanted: Callable[[Payload], bool]) -> Payload:
        while not wanted(frame := self.frame()):
            self.pushes.append(frame)
        return frame


class RunningServer:
    """A server in a thread, and the people it serves; ``app`` when it is more than the settings make."""

    def __init__(self, settings: Settings, app: ASGIApp | None = None) -> None:
        self.settings = settings
        sockets = listen(settings)
        for listener in sockets:  # Small buffers in the system show soon who does not read.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 65_536)
        self.port: int = sockets[0].getsockname()[1]
        self.http = httpx.Client(base_url=f"http://127.0.0.1:{self.port}", timeout=PATIENCE)
        self._ws = f"ws://127.0.0.1:{self.port}"
        self._open = ExitStack()
        started = threading.Event()

        def ready() -> None:
            self._loop = asyncio.get_running_loop()
            started.set()

        served = app or self._made(settings)
        self._server = Server(configuration(served, lifespan="on"), ready)
        self._thread = threading.Thread(target=self._server.run, args=(sockets,), daemon=True)
        self._thread.start()
        assert started.wait(PATIENCE)

    def _made(self, settings: Settings) -> ASGIApp:
        """What is served."""
        return create_app(settings)

    def begin_to_stop(self) -> None:
        """Tell the server to end, and do not wait for it."""
        self._server.should_exit = True

    def stop(self) -> None:
        """End the server and its people's connections."""
        self.http.close()
        self.begin_to_stop()
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()
        self._open.close()

    def forget_everything(self) -> None:
        """Be as after the first start: nobody is here, and nothing was said."""
        self._open.close()
        asyncio.run_coroutine_threadsafe(self._everybody_has_left(), self._loop).result(LEAVING)
        self.database.submit(_forget_everything).result(LEAVING)
        self.forget_who_asked()
        for kept in self.settings.data.glob("token of *"):
            kept.unlink()

    def forget_who_asked(self) -> None:
        """Whoever asks over HTTP asks for the first time."""
        self._server.lifespan.state["pace"] = Pace()

    def settle(self) -> None:
        """Wait until the server has noted who has left."""
        asyncio.run_coroutine_threadsafe(self._everybody_has_left(), self._loop).result(PATIENCE)

    async def _everybody_has_left(self) -> None:
        sockets: Sockets = self._server.lifespan.state["sockets"]
        await sockets.ended()
        await self.platform.idle()

    @contextmanager
    def busy_database(self) -> Iterator[None]:
        """Keep the thread of the database busy, so that no request is done."""
        begun, release = threading.Event(), threading.Event()

        def wait(_: Session) -> None:
            begun.set()
            release.wait(PATIENCE)

        self.database.submit(wait)
        begun.wait(PATIENCE)
        try:
            yield
        finally:
            release.set()

    def limit_database(self, pages: int) -> None:
        """Let the database file have no more pages than these, or than it has."""
        statement = f"PRAGMA max_page_count={pages}"
        self.database.submit(lambda session: session.connection().exec_driver_sql(statement).close()).result(PATIENCE)

    @property
    def database(self) -> Database:
        """The server's database, with its thread."""
        return self.platform.database

    @property
    def platform(self) -> Platform:
        """What the server's endpoints share."""
        platform: Platform = self._server.lifespan.state["platform"]
        return platform

    # People

    def socket(self, path: str = CUSTOMER_SOCKET, **options: Any) -> Person:
        """Somebody who has connected and not signed in."""
        usual = {"open_timeout": PATIENCE, "close_timeout": 1, "max_size": None, "max_queue": None}
        return Person(self._open.enter_context(connect(self._ws + path, **{**usual, **options})))

    def slow_visitor(self, token: str) -> Person:
        """A customer whose computer takes a few frames and then no more, until it is asked for them."""
        narrow = socket.socket()
        narrow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        narrow.connect(("127.0.0.1", self.port))
        person = self.socket(sock=narrow, max_queue=1, compression=None)
        person.ask("login", {"token": token})
        return person

    def token(self, **more: Any) -> str:
        """The access token of a new customer."""
        return f"Bearer {self.token_request(**more).json()['access_token']}"

    def token_request(
        self, headers: dict[str, str] | None = None, path: str = "/v2/customer", **more: Any
    ) -> httpx.Response:
        """Ask for a customer's token, as somebody with only the cookies in the headers does."""
        body = {"client_id": "demo", "organization_id": ORGANIZATION_ID, "grant_type": "cookie", **more}
        self.http.cookies.clear()
        return self.http.post(f"{path}/token", content=json.dumps(body), headers=headers)

    def visitor(self, token: str | None = None, version: str = "3.6", **login: Any) -> Person:
        """A customer who has signed in: a new one, or another connection of the one whose token it is."""
        person = self.socket(f"/v{version}/customer/rtm/ws?organization_id={ORGANIZATION_ID}")
        person.id = person.ask("login", {"token": token or self.token(), **login})["customer"]["id"]
        return person

    def agent(self, account: str = seed.FIRST_AGENT, version: str = "3.6", **login: Any) -> Person:
        """An agent who has signed in."""
        person = self.socket(f"/v{version}/agent/rtm/ws")
        person.id = account
        person.ask("login", {"token": self.agent_token(account), **login})
        person.forget()
        return person

    def configure(self, action: str, payload: Payload | None = None, account: str = seed.FIRST_AGENT) -> Any:
        """Ask the Configuration API, as the owner unless another agent is named. Raises AssertionError when refused."""
        answer = self.configuration(action, payload, account)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def configuration(
        self, action: str, payload: Payload | None = None, account: str = seed.FIRST_AGENT, version: str = "3.6"
    ) -> httpx.Response:
        """Ask the Configuration API, and return whatever it says."""
        return self.http.post(
            f"/v{version}/configuration/action/{action}",
            json=payload or {},
            headers={"Authorization": self.agent_token(account)},
        )

    def cut_off(self, user_id: str) -> None:
        """Close all connections of a user, as when the network fails."""
        cut = [Delivery("", {}, frozenset({user_id}), ends="connection_evicted")]
        self._loop.call_soon_threadsafe(self.platform.bus.publish, cut, Cause())

    def tell(self, user_id: str, action: str, payload: Payload) -> None:
        """Push something to all connections of a user, whatever it may be."""
        told = [Delivery(action, payload, frozenset({user_id}))]
        self._loop.call_soon_threadsafe(self.platform.bus.publish, told, Cause())

    def frames_waiting(self) -> int:
        """How many frames wait for any client to read them."""

        async def count() -> int:
            sockets: Sockets = self._server.lifespan.state["sockets"]
            return sockets.frames_waiting

        return asyncio.run_coroutine_threadsafe(count(), self._loop).result(PATIENCE)

    def leave_groups(self, account: str) -> None:
        """Take an agent out of all groups."""
        of_agent = delete(tables.GroupAgent).where(tables.GroupAgent.agent_id == account)
        self.database.submit(lambda session: session.execute(of_agent).close()).result(PATIENCE)

    def agent_token(self, account: str = seed.FIRST_AGENT) -> str:
        """What an agent signs in with; a colleague is added when he is first named."""
        token = self._known(account)
        return "Basic " + base64.b64encode(f"{account}:{token}".encode()).decode()

    def _known(self, account: str) -> str:
        if account == seed.FIRST_AGENT:
            return self.settings.agent_token.read_text().strip()
        kept = self.settings.data / f"token of {account}"
        if not kept.exists():
            engine = open_engine(self.settings.database)
            with Session(engine) as session, session.begin():
                kept.write_text(seed.add_agent(session, account, account.partition("@")[0].title()))
            engine.dispose()
        return kept.read_text()


def _forget_everything(session: Session) -> None:
    stays = {table.__table__ for table in (tables.Group, tables.Agent, tables.GroupAgent, tables.License)}
    for table in reversed(tables.Table.metadata.sorted_tables):
        if table not in stays:
            session.execute(delete(table))
    session.execute(delete(tables.GroupAgent).where(tables.GroupAgent.agent_id != seed.FIRST_AGENT))
    session.execute(delete(tables.Agent).where(tables.Agent.id != seed.FIRST_AGENT))
    session.execute(delete(tables.GroupAgent).where(tables.GroupAgent.group_id != GROUP_ID))
    session.execute(delete(tables.Group).where(tables.Group.id != GROUP_ID))
    session.execute(update(tables.GroupAgent).values(priority="normal"))
    session.execute(update(tables.Agent).values(accepting=True, assigned_at=None, max_chats=6, details={}))
    session.execute(update(tables.Group).values(status="offline", properties={}))
    session.execute(update(tables.License).values(properties={}, company={}, webhooks_enabled=True))
