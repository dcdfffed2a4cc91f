"""What both vocabularies of the Customer SDK stand on: one customer's connection, and what there is to know about it.

It speaks the wire's own words. How the connection stays up, who waits for which answer, and when to ask whether the
other side is still there is ``widget.rtm``'s; ``sdk2`` and ``sdk5`` say it in the words of the two SDKs.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar
from urllib.parse import urlencode

from pydantic import TypeAdapter, ValidationError

from widget.customer_sdk.auth import Auth
from widget.customer_sdk.files import File, Progress, SendFile, Upload, UploadFailed, check_size
from widget.customer_sdk.reading import read
from widget.platform_sdk.addresses import action_url, socket_url
from widget.platform_sdk.requests import read_answer
from widget.platform_sdk.shapes import Json
from widget.platform_sdk.tokens import region_of
from widget.platform_sdk.versions import STABLE
from widget.rtm.client import ConnectionListener, RtmClient
from widget.rtm.connection import Connection
from widget.rtm.dialect import CUSTOMER
from widget.rtm.in_flight import InFlight
from widget.rtm.ports import Clock, Http, OpenSocket, Socket, SocketListener, Storage
from widget.rtm.state import State
from widget.rtm.throttle import Throttle
from widget.wire import customer as wire
from widget.wire.base import Wire
from widget.wire.errors import ChatError, ConnectionLost, Destroyed, NotConnected, ProtocolError, Refused, SignInFailed
from widget.wire.frames import Payload, Push, Response
from widget.wire.users import Page

__all__ = ["LOST", "SNEAK_PEEK_INTERVAL", "Client", "Config", "Listener", "MissingChatThread", "World"]

SNEAK_PEEK_INTERVAL = 2.0
"""Seconds between two sneak peeks of a chat."""

LOST = {"connection_lost", "connection_timeout", "request_timeout"}
"""Why a connection breaks when nobody meant it to; all else is the platform's wish."""

AnyWire = TypeVar("AnyWire", bound=Wire)


class MissingChatThread(ChatError):
    """The chat has no thread that could be rated."""

    code = "MISSING_CHAT_THREAD"
    sentence = "The chat has no thread."
    hint = "Say something first."


@dataclass(frozen=True, slots=True)
class World:
    """What a client needs of where it runs."""

    open_socket: OpenSocket
    http: Http
    send_file: SendFile
    storage: Storage
    clock: Clock


@dataclass(frozen=True, slots=True)
class Config:
    """Who connects, and whereto. ``api`` is an origin; ``customer`` is who the customer is to begin with.

    ``customer_data`` is asked for that before each login.
    """

    api: str
    application: wire.Application
    customer: Json = field(default_factory=dict)
    customer_data: Callable[[], Awaitable[Json]] | None = None
    group_id: int | None = None
    page: Page | None = None
    referrer: str | None = None
    is_mobile: bool | None = None


class Listener(Protocol):
    """Who is told what happens."""

    def identified(self, customer_id: str, before: str | None) -> None:
        """It is known whose connection it is, or will be; ``before`` is who it was."""

    async def welcome(self, login: wire.LoginResult) -> None:
        """Signed in. Pushes wait until this is done."""

    def lost(self, reason: str) -> None:
        """The connection is gone, and comes back by itself."""

    def ended(self, reason: str) -> None:
        """The connection is gone, and does not come back by itself."""

    def told(self, push: Push, answered: str | None) -> None:
        """The server has pushed something; ``answered`` is the action whose caller is given it as the answer."""


class Client:
    """One customer's connection."""

    def __init__(self, config: Config, auth: Auth, world: World, listener: Listener) -> None:
        self.auth = auth
        self.clock = world.clock
        self.customer_id: str | None = None
        self._config = config
        self._world = world
        self._listener = listener
        self._page = config.page
        self._customer: Json = {**config.customer}
        self._sent: tuple[Page | None, Json] = (None, {})
        self._organization_id = ""
        self._region = ""
        self._active: set[str] = set()
        self._welcomed = False
        self._waiting: deque[tuple[Push, str | None]] = deque()
        self._sign_in_failed: SignInFailed | None = None
        self._arrivals: list[asyncio.Future[None]] = []
        self._peeks: dict[str, Throttle[str]] = {}
        self._work: set[asyncio.Task[None]] = set()
        self._answers = _Answers()
        self._rtm = RtmClient(
            Connection(login=self._login, dialect=CUSTOMER, in_flight=self._answers),
            url=config.api,
            get_token=self._token,
            open_socket=self._open_socket,
            clock=world.clock,
            listener=ConnectionListener(self._state_changed, self._logged_in, self._pushed),
        )

    # The connection

    @property
    def connected(self) -> bool:
        """Whether requests can be made."""
        return self._rtm.state is State.CONNECTED

    def connect(self) -> None:
        """Come up and stay up. Raises Destroyed."""
        self._rtm.connect()

    def disconnect(self) -> None:
        """Go down until ``connect``."""
        self._rtm.disconnect()
        self._arrive(NotConnected())

    def destroy(self) -> None:
        """End for good."""
        self._rtm.destroy()
        self._arrive(Destroyed())

    def probe(self) -> None:
        """The network or the page has just come back: find out at once whether the connection has."""
        self._rtm.probe()

    async def arrival(self) -> None:
        """Wait until all is known that is known after signing in. Raises ChatError when an attempt fails."""
        if not self._welcomed:
            arrival: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._arrivals.append(arrival)
            await arrival

    def why(self, reason: str) -> ChatError:
        """The error of a connection that is gone for this reason."""
        if reason in LOST:
            return NotConnected()
        if reason == SignInFailed.code.lower() and self._sign_in_failed is not None:
            return self._sign_in_failed
        return Refused(reason)

    # Requests

    async def request(self, action: str, payload: Json) -> Payload:
        """Ask, and wait for the answer. Raises ChatError."""
        return await self._rtm.request(action, payload)

    async def ask(self, model: type[AnyWire], action: str, payload: Json) -> AnyWire:
        """Ask, and read the answer. Raises ChatError."""
        return read(model, await self.request(action, payload))

    async def newest_thread(self, chat_id: str) -> str:
        """The id of a chat's newest thread. Raises MissingChatThread, or another ChatError."""
        listed = await self.ask(wire.ListThreadsResult, "list_threads", {"chat_id": chat_id, "limit": 1})
        if not listed.threads:
            raise MissingChatThread
        return listed.threads[0].id

    def tell(self, action: str, payload: Json) -> None:
        """Ask, and let nobody wait. A refusal goes to the event loop's exception handler."""
        self.begin(self._tell(action, payload))

    def upload(self, file: File, progress: Progress | None, finish: "Callable[[str], Awaitable[Any]]") -> "Upload[Any]":
        """Send a file over HTTP, and make something of its address. Raises TooBigFile, WrongArgument."""
        check_size(file)
        if self._rtm.state is State.ENDED:
            raise Destroyed
        return Upload(lambda: self._upload(file, progress or _nobody), finish)

    def begin(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something beside."""
        task = asyncio.ensure_future(work)
        self._work.add(task)  # the loop keeps only weak references to tasks
        task.add_done_callback(self._work.discard)

    # What is known

    def is_active(self, chat_id: str) -> bool:
        """Whether a chat is known to be active."""
        return chat_id in self._active

    def note(self, chat_id: str, *, active: bool) -> None:
        """A chat is active, or is not."""
        (self._active.add if active else self._active.discard)(chat_id)

    # What only matters now

    def set_sneak_peek(self, chat_id: str, text: str) -> None:
        """Let agents see what is being typed: the newest text, once in 2 s, while the chat is active."""
        if self.connected and self.is_active(chat_id):
            if chat_id not in self._peeks:
                send = self._sneak_peek_of(chat_id)
                self._peeks[chat_id] = Throttle(self._world.clock, SNEAK_PEEK_INTERVAL, send)
            self._peeks[chat_id].offer(text)

    def drop_sneak_peek(self, chat_id: str) -> None:
        """What was being typed has been sent."""
        if chat_id in self._peeks:
            self._peeks[chat_id].drop()

    def update_page(self, page: Page) -> None:
        """The customer is on another page: told now, or when there is a connection."""
        self._page = page
        if self._welcomed:
            self._tell_page(page)

    def update_customer(self, fields: Json) -> None:
        """The customer is called so: told now, or when there is a connection."""
        self._customer |= fields
        if self._welcomed:
            self.tell("update_customer", fields)

    # Private

    async def _token(self, fresh: bool) -> str:
        try:
            token = await (self.auth.get_fresh_token() if fresh else self.auth.get_token())
            await self._ask_who()
        except SignInFailed as error:
            self._sign_in_failed = error
            raise
        self._organization_id = token.organization_id or self.auth.organization_id
        self._region = region_of(token.access_token)
        if token.entity_id != self.customer_id:
            before, self.customer_id = self.customer_id, token.entity_id
            self._listener.identified(token.entity_id, before)
        return token.header

    async def _ask_who(self) -> None:
        """Ask what the program knows of the customer. Raises SignInFailed when that fails."""
        if self._config.customer_data is None:
            return
        try:
            self._customer |= await self._config.customer_data()
        except Exception as error:
            raise SignInFailed(f"What is known of the customer cannot be had: {error}") from error

    @property
    def _tenant(self) -> dict[str, str]:
        return {"organization_id": self._organization_id} | ({"region": self._region} if self._region else {})

    def _open_socket(self, url: str, listener: SocketListener) -> Socket:
        return self._world.open_socket(socket_url(url, "customer", STABLE, self._tenant), listener)

    def _login(self, token: str) -> Json:
        self._sent = (self._page, {**self._customer})
        login = wire.Login(
            token=token,
            customer=wire.LoginCustomer.read(self._customer) if self._customer else None,
            customer_page=self._page,
            customer_side_storage=self._side_storage(),
            is_mobile=self._config.is_mobile,
            group_id=self._config.group_id,
            referrer=self._config.referrer,
            application=self._config.application,
        )
        return login.as_json()

    def _state_changed(self, state: State, reason: str | None) -> None:
        if state in {State.SIGNING_IN, State.CONNECTING, State.LOGGING_IN, State.CONNECTED}:
            return
        was_up, self._welcomed = self._welcomed, False
        self._waiting.clear()
        if state is State.IDLE or reason == "destroyed":
            return
        self._arrive(self.why(reason or ""))
        if state is not State.WAITING:
            self._listener.ended(reason or "")
        elif was_up:
            self._listener.lost(reason or "")

    def _logged_in(self, payload: Payload) -> None:
        try:
            login = read(wire.LoginResult, payload)
        except ProtocolError as error:
            self._give_up(error)
            return
        self._active = {chat.chat_id for chat in login.chats if chat.has_active_thread}
        self.begin(self._welcome(login))

    async def _welcome(self, login: wire.LoginResult) -> None:
        try:
            await self._listener.welcome(login)
        except (ConnectionLost, NotConnected, Destroyed):
            return  # the next connection tries again
        except ChatError as error:
            self._give_up(error)
            return
        self._welcomed = True
        self._arrive(None)
        self._catch_up()
        while self._waiting and self._welcomed:
            self._listener.told(*self._waiting.popleft())

    def _give_up(self, error: ChatError) -> None:
        """Signed in, and it is no use: with the same answer the next connection would be none either."""
        self._rtm.disconnect()
        self._arrive(error)
        self._listener.ended(error.code.lower())

    def _arrive(self, error: ChatError | None) -> None:
        arrivals, self._arrivals = self._arrivals, []
        for arrival in arrivals:
            if not arrival.done():
                arrival.set_result(None) if error is None else arrival.set_exception(error)

    def _catch_up(self) -> None:
        """Tell what has changed since the login was sent."""
        page, customer = self._sent
        if self._page is not None and self._page != page:
            self._tell_page(self._page)
        news = {name: value for name, value in self._customer.items() if customer.get(name) != value}
        if news:
            self.tell("update_customer", news)

    def _tell_page(self, page: Page) -> None:
        self.tell("update_customer_page", wire.UpdateCustomerPage(url=page.url, title=page.title).as_json())

    def _pushed(self, push: Push) -> None:
        answered = self._answers.take(push)
        self._learn(push)
        if self._welcomed:
            self._listener.told(push, answered)
        else:
            self._waiting.append((push, answered))

    def _learn(self, push: Push) -> None:
        payload = push.payload if isinstance(push.payload, dict) else {}
        if push.action == "incoming_chat" and isinstance(chat := payload.get("chat"), dict):
            thread = chat.get("thread")
            self.note(str(chat.get("id")), active=isinstance(thread, dict) and thread.get("active") is True)
        elif push.action == "chat_deactivated":
            self.note(str(payload.get("chat_id")), active=False)
        elif push.action == "customer_side_storage_updated":
            self._keep(payload.get("customer_side_storage"))

    def _sneak_peek_of(self, chat_id: str) -> Callable[[str], None]:
        def send(text: str) -> None:
            if self.connected and self.is_active(chat_id):
                request = wire.SendSneakPeek(chat_id=chat_id, sneak_peek_text=text)
                self.begin(self._try("send_sneak_peek", request.as_json()))

        return send

    async def _try(self, action: str, payload: Json) -> None:
        """Tell what only matters now: when it fails, the next one is as good."""
        try:
            await self.request(action, payload)
        except ChatError:
            return

    async def _tell(self, action: str, payload: Json) -> None:
        try:
            await self.request(action, payload)
        except (ConnectionLost, NotConnected, Destroyed):
            return  # the next login tells it
        except ChatError as error:
            context = {"message": f"{action} failed", "exception": error}
            asyncio.get_running_loop().call_exception_handler(context)

    async def _upload(self, file: File, progress: Progress) -> str:
        token = await self.auth.get_token()
        self._organization_id = token.organization_id or self.auth.organization_id
        url = f"{action_url(self._config.api, 'customer', STABLE, 'upload_file')}?{urlencode(self._tenant)}"
        try:
            answer = await self._world.send_file(url, {"Authorization": token.header}, file, progress)
        except OSError as error:
            raise UploadFailed(f"The file did not arrive: {error}") from error
        uploaded = read_answer(answer)
        if not isinstance(uploaded, dict) or not isinstance(uploaded.get("url"), str):
            raise ProtocolError("The server took the file and did not say where it is.")
        return str(uploaded["url"])

    # What the server has the client keep for it

    @property
    def _side_storage_name(self) -> str:
        return f"@@lc_side_storage:{self._organization_id}"

    def _side_storage(self) -> dict[str, str] | None:
        kept = self._world.storage.get(self._side_storage_name)
        return None if kept is None else _SIDE_STORAGE.validate_json(kept)

    def _keep(self, texts: object) -> None:
        try:
            kept = _SIDE_STORAGE.validate_python(texts)
        except ValidationError:
            return  # as good as a push that we do not know
        self._world.storage.set(self._side_storage_name, _SIDE_STORAGE.dump_json(kept).decode())


_SIDE_STORAGE = TypeAdapter(dict[str, str])


class _Answers(InFlight):
    """Remembers which push was somebody's answer, so that it is not taken for news as well."""

    def __init__(self) -> None:
        super().__init__()
        self._answer: tuple[Push, str] | None = None

    def receive(self, frame: Response | Push) -> bool:
        """Settle what this frame answers. False when it answers nobody."""
        pending = self._sent.get(frame.request_id or "")
        settled = super().receive(frame)
        if settled and pending is not None and isinstance(frame, Push):
            self._answer = (frame, pending.action)
        return settled

    def take(self, push: Push) -> str | None:
        """The action that a push has answered, if it has."""
        answer, self._answer = self._answer, None
        return answer[1] if answer is not None and answer[0] is push else None


def _nobody(_: float) -> None:
    """Nobody asks how far the file is."""
