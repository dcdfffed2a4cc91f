"""The chat of one visitor, kept: what is on the server is here, what is here gets to the server.

It signs in when it is wanted, catches up after each connection (messages and state), takes the outbox to the server
one text at a time, and tells its watchers whenever something is different. It has no idea of how any of it looks.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace

from widget.customer_sdk.auth import CustomerAuth, Platform
from widget.customer_sdk.kept import KeptConversation
from widget.customer_sdk.reading import read
from widget.rtm.background import begin
from widget.rtm.client import ConnectionListener, RtmClient
from widget.rtm.connection import CUSTOMER, Connection, State
from widget.rtm.conversation import Conversation, Entry, received, with_chat, with_threads
from widget.rtm.delivery import Delivery, Route
from widget.rtm.outbox import Outbox, Outgoing
from widget.rtm.ports import Clock, OpenSocket, Timer
from widget.rtm.throttle import Throttle
from widget.wire import customer as wire
from widget.wire.base import Json
from widget.wire.chats import Chat, NewChat, NewThread
from widget.wire.errors import (
    ChatError,
    ConnectionLost,
    Destroyed,
    NotConnected,
    ProtocolError,
    Refused,
)
from widget.wire.events import NewMessage
from widget.wire.frames import Payload, Push
from widget.wire.users import Page

__all__ = ["PAGE_OF_EVENTS", "SNEAK_PEEK_INTERVAL", "TYPING_LASTS", "ChatSession", "Visit"]

PAGE_OF_EVENTS = 25
"""How many events, at least, a page of history has."""

SNEAK_PEEK_INTERVAL = 2.0
"""Seconds between two sneak peeks (seed: setSneakPeek)."""

TYPING_LASTS = 15.0
"""Seconds after which an agent who typed and went silent is no longer shown as typing."""


@dataclass(slots=True)
class Visit:
    """Where the visitor is, for the agent to see."""

    page: Page | None = None
    referrer: str | None = None
    is_mobile: bool = False


class ChatSession:
    """One visitor's connection, conversation and outbox."""

    def __init__(
        self,
        *,
        platform: Platform,
        auth: CustomerAuth,
        outbox: Outbox,
        open_socket: OpenSocket,
        clock: Clock,
        visit: Visit,
        application: wire.Application,
    ) -> None:
        self.conversation = Conversation()
        self.outbox = outbox
        self.customer_id: str | None = None
        self.agents_online = True
        self.in_step = False
        self.loading_older = False
        self.error: ChatError | None = None
        self.ended_by: str | None = None
        self._auth = auth
        self._clock = clock
        self._visit = visit
        self._application = application
        self._watchers: list[Callable[[], None]] = []
        self._unconfirmed: frozenset[str] = frozenset()
        self._expected: dict[str, asyncio.Future[Entry]] = {}
        self._delivery = Delivery(outbox, clock, Route(lambda: self.in_step, self._send, self._look, self._changed))
        self._typing_ends: dict[str, Timer] = {}
        self._sneak_peek = Throttle[str](clock, SNEAK_PEEK_INTERVAL, self._send_sneak_peek)
        self._rtm = RtmClient(
            Connection(login=self._login, dialect=CUSTOMER),
            url=platform.rtm_url(),
            get_token=self._token,
            open_socket=open_socket,
            clock=clock,
            listener=ConnectionListener(self._state_changed, self._logged_in, self._pushed),
        )

    @property
    def state(self) -> State:
        """Where the connection stands."""
        return self._rtm.state

    @property
    def behind(self) -> bool:
        """Whether more has come than has been looked at."""
        return self._rtm.behind

    @property
    def known(self) -> bool:
        """Whether this browser has been a customer before."""
        return self._auth.has_token()

    def restore(self, kept: KeptConversation) -> None:
        """Show what an earlier page has kept until the server has told how things are."""
        self.customer_id = kept.customer_id
        self.agents_online = kept.agents_online
        self.conversation = kept.conversation()
        self._unconfirmed = frozenset(entry.event.id for entry in self.conversation.entries)

    def kept(self) -> KeptConversation | None:
        """What the next page may show at once; None when there is nothing, or no longer anybody, to show it to."""
        if self.customer_id is None or self.state is State.ENDED or not self.conversation.entries:
            return None
        return KeptConversation.of(self.conversation, self.customer_id, agents_online=self.agents_online)

    def watch(self, changed: Callable[[], None]) -> None:
        """Call this whenever something here is different."""
        self._watchers.append(changed)

    def connect(self) -> None:
        """Sign in and stay connected; does nothing when that is under way. Ended for good: says so by ``ended_by``."""
        if self._rtm.state is not State.ENDED:
            self._rtm.connect()

    def probe(self) -> None:
        """The page or the network has come back: find out whether the connection has."""
        self._rtm.probe()

    # What the visitor does

    def send(self, text: str) -> Outgoing:
        """Keep a text and send it, now or when that is possible."""
        outgoing = self.outbox.add(text)
        self._sneak_peek.drop()
        self.connect()
        self._delivery.go()
        self._changed()
        return outgoing

    async def deliver(self, text: str) -> Entry:
        """Send a text and wait until the server has it. Raises Refused when it will not take it."""
        outgoing = self.send(text)
        expected: asyncio.Future[Entry] = asyncio.get_running_loop().create_future()
        self._expected[outgoing.custom_id] = expected
        return await expected

    def retry(self, custom_id: str) -> None:
        """Send a refused text again."""
        self.outbox.retry(custom_id)
        self.connect()
        self._delivery.go()
        self._changed()

    def discard(self, custom_id: str) -> None:
        """Give a refused text up."""
        self.outbox.discard(custom_id)
        self._changed()

    def type(self, text: str) -> None:
        """Let the agent see what is being typed, at most once in 2 s and only in an active chat."""
        if self.conversation.active and self.state is State.CONNECTED:
            self._sneak_peek.offer(text)

    def mark_seen(self) -> None:
        """Tell that the visitor has seen everything that is here."""
        chat_id, last = self.conversation.chat_id, self.conversation.last
        if chat_id is None or last is None or self.customer_id is None or not self.in_step:
            return
        seen = self.conversation.seen.get(self.customer_id)
        if seen is None or seen < last.created_at:
            marks = {**self.conversation.seen, self.customer_id: last.created_at}
            self.conversation = replace(self.conversation, seen=marks)
            request = wire.MarkEventsAsSeen(chat_id=chat_id, seen_up_to=last.created_at)
            begin(self._tell("mark_events_as_seen", request.as_json()))

    def visit_page(self, page: Page) -> None:
        """The visitor has gone to another page of the site."""
        self._visit.page = page
        if self.state is State.CONNECTED:
            request = wire.UpdateCustomerPage(url=page.url, title=page.title)
            begin(self._tell("update_customer_page", request.as_json()))

    def load_older(self) -> None:
        """Fetch the page of history before what is here."""
        if self.conversation.older is not None and not self.loading_older and self.in_step:
            self.loading_older = True
            begin(self._load_older(self.conversation.older))
            self._changed()

    def catch_up(self) -> None:
        """Try again to get in step with the server, after that failed."""
        if self.state is State.CONNECTED:
            self.error = None
            begin(self._catch_up())
            self._changed()

    def end(self) -> None:
        """Close the chat; when that fails, ``error`` says why."""
        if self.conversation.chat_id is not None and self.conversation.active:
            begin(self._end(wire.DeactivateChat(id=self.conversation.chat_id)))

    async def _end(self, request: wire.DeactivateChat) -> None:
        try:
            await self._rtm.request("deactivate_chat", request.as_json())
        except ChatError as error:
            self.error = error
            self._changed()

    # What the connection tells

    async def _token(self, fresh: bool) -> str:
        token = await (self._auth.get_fresh_token() if fresh else self._auth.get_token())
        return token.header

    def _login(self, token: str) -> Json:
        return wire.Login(
            token=token,
            customer_page=self._visit.page,
            referrer=self._visit.referrer,
            is_mobile=self._visit.is_mobile,
            application=self._application,
        ).as_json()

    def _state_changed(self, state: State, reason: str | None) -> None:
        self.ended_by = reason if state in {State.ENDED, State.PAUSED} else None
        if state is not State.CONNECTED:
            self.in_step = False
            self.loading_older = False
            # Our own mark may not have arrived: forget it, so that it is told again.
            marks = {user: mark for user, mark in self.conversation.seen.items() if user != self.customer_id}
            self.conversation = replace(self.conversation, typing=frozenset(), seen=marks)
        self._changed()

    def _logged_in(self, payload: Payload) -> None:
        try:
            login = read(wire.LoginResult, payload)
        except ProtocolError as error:
            self.error = error
            self._changed()
            return
        if self.customer_id not in {None, login.customer.id}:
            self.conversation = Conversation()  # another person: nothing of the former stays
        if not login.chats:
            self._drop_unconfirmed()
        self.customer_id = login.customer.id
        self.agents_online = bool(login.dynamic_config.get("online_groups_ids"))
        if login.chats and self.conversation.chat_id is None:
            self.conversation = replace(self.conversation, chat_id=login.chats[0].chat_id)
        begin(self._catch_up())

    def _pushed(self, push: Push) -> None:
        if push.action == "groups_status_updated":
            self._groups_changed(push)
        before, self.conversation = self.conversation, received(self.conversation, push)
        for author in self.conversation.typing:
            if push.action == "incoming_typing_indicator":
                self._expire_typing(author)
        if self.conversation is not before:
            if self.outbox.waiting:
                self.outbox.arrived(self.conversation.custom_ids)
            self._changed()

    def _groups_changed(self, push: Push) -> None:
        try:
            groups = read(wire.GroupsStatusUpdated, push.payload).groups
        except ProtocolError:
            return  # as good as a push that we do not know
        self.agents_online = any(group.status != "offline" for group in groups)
        self._changed()

    def _expire_typing(self, author: str) -> None:
        if author in self._typing_ends:
            self._typing_ends.pop(author).cancel()
        self._typing_ends[author] = self._clock.call_later(TYPING_LASTS, lambda: self._stop_typing(author))

    def _stop_typing(self, author: str) -> None:
        self._typing_ends.pop(author, None)
        self.conversation = replace(self.conversation, typing=self.conversation.typing - {author})
        self._changed()

    # Getting in step

    async def _catch_up(self) -> None:
        try:
            if self.conversation.chat_id is not None:
                await self._fetch_chat(self.conversation.chat_id)
        except (ConnectionLost, NotConnected, Destroyed):
            return  # the next connection catches up
        except ChatError as error:
            self.error = error
        else:
            self.in_step, self.error = True, None
            self.outbox.arrived(self.conversation.custom_ids)
            self._delivery.go()
        self._changed()

    def _drop_unconfirmed(self) -> None:
        """The server is about to tell, or has nothing to: what was kept goes, what came meanwhile stays."""
        if self._unconfirmed:
            entries = tuple(e for e in self.conversation.entries if e.event.id not in self._unconfirmed)
            self.conversation = Conversation(chat_id=self.conversation.chat_id, entries=entries)
            self._unconfirmed = frozenset()

    async def _fetch_chat(self, chat_id: str) -> None:
        """The chat as it is now, and every thread since the last one we know."""
        known = {e.thread_id for e in self.conversation.entries if e.event.id not in self._unconfirmed}
        before = self.conversation.older
        chat = read(Chat, await self._rtm.request("get_chat", wire.GetChat(chat_id=chat_id).as_json()))
        page = await self._threads(wire.ListThreads(chat_id=chat_id, min_events_count=PAGE_OF_EVENTS))
        self._drop_unconfirmed()
        self.conversation = with_chat(self.conversation, chat)
        self.conversation = with_threads(self.conversation, page.threads, page.next_page_id)
        while known and page.next_page_id and not any(t.id in known for t in page.threads):
            page = await self._threads(wire.ListThreads(chat_id=chat_id, page_id=page.next_page_id))
            self.conversation = with_threads(self.conversation, page.threads, page.next_page_id)
        if known:
            self.conversation = replace(self.conversation, older=before)

    async def _load_older(self, page_id: str) -> None:
        chat_id = self.conversation.chat_id
        try:
            page = await self._threads(wire.ListThreads(chat_id=chat_id or "", page_id=page_id))
            self.conversation = with_threads(self.conversation, page.threads, page.next_page_id)
        except (ConnectionLost, NotConnected, Destroyed):
            return  # scrolling up asks again
        except ChatError as error:
            self.error = error
        finally:
            self.loading_older = False
            self._changed()

    async def _threads(self, request: wire.ListThreads) -> wire.ListThreadsResult:
        payload = request.model_dump(mode="json", exclude_unset=True)
        return read(wire.ListThreadsResult, await self._rtm.request("list_threads", payload))

    # How texts get to the chat (widget.rtm.delivery)

    async def _send(self, outgoing: Outgoing) -> None:
        event = NewMessage(text=outgoing.text, custom_id=outgoing.custom_id)
        chat = self.conversation
        if chat.chat_id is not None and chat.active:
            await self._rtm.request("send_event", wire.SendEvent(chat_id=chat.chat_id, event=event).as_json())
            return
        new = NewChat(id=chat.chat_id, thread=NewThread(events=[event]))
        action = "start_chat" if chat.chat_id is None else "resume_chat"
        await self._rtm.request(action, wire.StartChat(chat=new, active=True, continuous=True).as_json())

    async def _look(self) -> None:
        """Take the server's idea of our chat."""
        listed = await self._rtm.request("list_chats", wire.ListChats(limit=1).as_json())
        chats = read(wire.ListChatsResult, listed).chats_summary
        if chats:
            self.conversation = replace(self.conversation, chat_id=chats[0].id)
        await self._catch_up()

    def _send_sneak_peek(self, text: str) -> None:
        chat_id = self.conversation.chat_id
        if chat_id is not None and self.conversation.active:
            request = wire.SendSneakPeek(chat_id=chat_id, sneak_peek_text=text)
            begin(self._tell("send_sneak_peek", request.as_json()))

    async def _tell(self, action: str, payload: Json) -> None:
        """Tell what only matters now (a peek, a mark, a page): when it fails, the next one is as good."""
        try:
            await self._rtm.request(action, payload)
        except ChatError:
            return

    def _changed(self) -> None:
        if self._expected:
            self._settle_expected()
        for tell in self._watchers:
            tell()

    def _settle_expected(self) -> None:
        for entry in self.conversation.entries:
            expected = self._expected.pop(entry.event.custom_id or "", None)
            if expected is not None:
                expected.set_result(entry)
        for outgoing in self.outbox.waiting:
            if outgoing.error is not None and outgoing.custom_id in self._expected:
                self._expected.pop(outgoing.custom_id).set_exception(Refused(outgoing.error.lower()))
