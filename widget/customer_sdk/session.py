"""The chat of one visitor, kept: what is on the server is here, what is here gets to the server.

It signs in when it is wanted, catches up after each connection (messages and state), takes the outbox to the server
one text at a time, and tells its watchers whenever something is different. It has no idea of how any of it looks.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from widget.customer_sdk.auth import CustomerAuth, Platform
from widget.customer_sdk.awaited import Awaited
from widget.customer_sdk.fetching import Fetching
from widget.customer_sdk.forms import Forms, FormType, offered_forms
from widget.customer_sdk.groups import Groups
from widget.customer_sdk.kept import KeptConversation
from widget.customer_sdk.reading import read
from widget.customer_sdk.sending import requests
from widget.customer_sdk.typing_ends import TypingEnds
from widget.rtm.background import begin
from widget.rtm.client import ConnectionListener, RtmClient
from widget.rtm.connection import Connection
from widget.rtm.conversation import Conversation, Entry, received, with_chat, with_threads
from widget.rtm.delivery import Delivery, Route
from widget.rtm.dialect import CUSTOMER
from widget.rtm.outbox import Draft, Outbox, Outgoing
from widget.rtm.ports import Clock, OpenSocket
from widget.rtm.state import State
from widget.rtm.throttle import Throttle
from widget.wire import customer as wire
from widget.wire.base import Json
from widget.wire.errors import ChatError, ConnectionLost, Destroyed, Discarded, NotConnected, ProtocolError, Refused
from widget.wire.events import Postback
from widget.wire.frames import Payload, Push
from widget.wire.users import Customer, Page

__all__ = ["SNEAK_PEEK_INTERVAL", "ChatSession", "Visit"]

SNEAK_PEEK_INTERVAL = 2.0
"""Seconds between two sneak peeks (seed: setSneakPeek)."""


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
        self.customer: Customer | None = None
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
        self._awaited = Awaited()
        self._groups = Groups()
        route = Route(lambda: self.in_step, self._send, self._look, self._changed, self._may_go)
        self._delivery = Delivery(outbox, clock, route)
        self._typing_ends = TypingEnds(clock, self._stop_typing)
        self._sneak_peek = Throttle[str](clock, SNEAK_PEEK_INTERVAL, self._send_sneak_peek)
        self._rtm = RtmClient(
            Connection(login=self._login, dialect=CUSTOMER),
            url=platform.rtm_url(),
            get_token=self._token,
            open_socket=open_socket,
            clock=clock,
            listener=ConnectionListener(self._state_changed, self._logged_in, self._pushed),
        )
        self._fetching = Fetching(self._rtm)
        self.forms = Forms(self._rtm.request, self._forms_changed)

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
        return self._auth.known

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

    def send(self, draft: Draft | str, custom_id: str | None = None) -> Outgoing:
        """Keep a text, or what else is to be said, and send it, now or when that is possible."""
        outgoing = self.outbox.add(draft, custom_id=custom_id)
        self._sneak_peek.drop()
        self.connect()
        self._delivery.go()
        self._changed()
        return outgoing

    async def deliver(self, draft: Draft | str, custom_id: str | None = None) -> Entry:
        """Send something for the site's page and wait until the server has it. No form has to be filled in before.

        Raises Refused when the server will not take it.
        What has arrived already under the same ``custom_id`` is not sent again: it is the answer.
        """
        there = next((e for e in reversed(self.conversation.entries) if e.event.custom_id == custom_id), None)
        if there is not None and custom_id is not None:
            return there
        said = Draft(text=draft) if isinstance(draft, str) else draft
        arrival = self._awaited.arrival(self.send(said.model_copy(update={"by_page": True}), custom_id).custom_id)
        self._changed()
        return await arrival

    def fill_in(self, form: Json, *, new_thread: bool = False) -> Outgoing:
        """Send a form that has to be filled in before a thread begins, and after it what has been waiting for that."""
        outgoing = self.outbox.lead(Draft(form=form, new_thread=new_thread))
        self.connect()
        self._delivery.go()
        self._changed()
        return outgoing

    @property
    def form_before(self) -> FormType:
        """The form that is filled in before a thread begins: there is one for when nobody takes chats."""
        return "prechat" if self.agents_online else "ticket"

    @property
    def held(self) -> tuple[Outgoing, ...]:
        """What has to wait until a form is filled in."""
        return tuple(o for o in self.outbox.waiting if o.error is None and not self._may_go(o))

    def retry(self, custom_id: str) -> None:
        """Send a refused text again."""
        self.outbox.retry(custom_id)
        self.connect()
        self._delivery.go()
        self._changed()

    def discard(self, custom_id: str) -> None:
        """Give a refused text up."""
        self.outbox.discard(custom_id)
        self._awaited.refuse(custom_id, Discarded())
        self._changed()

    def type(self, text: str) -> None:
        """Let the agent see what is being typed, at most once in 2 s and only in an active chat."""
        if self.conversation.active and self.state is State.CONNECTED:
            self._sneak_peek.offer(text)

    def press(self, postback: Postback, text: str) -> None:
        """Tell that a button of a rich message was pressed that says nothing by itself, now or when that is possible.

        ``text`` stands on it. Pressed again before the server has heard of it, it counts once.
        """
        if not any(each.pressed and each.postback == postback for each in self.outbox.waiting):
            self.outbox.add(Draft(text=text, postback=postback, pressed=True))
        self.connect()
        self._delivery.go()
        self._changed()

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

    async def load_thread(self, thread_id: str) -> bool:
        """Fetch history until a thread is here. False when the chat has no such thread. Raises ChatError."""
        await self.wait_until_in_step()
        while not self.conversation.knows_thread(thread_id):
            if self.conversation.chat_id is None or self.conversation.older is None:
                return False
            page = await self._fetching.page(self.conversation.chat_id, self.conversation.older)
            self.conversation = with_threads(self.conversation, page.threads, page.next_page_id)
            self._changed()
        return True

    async def wait_until_in_step(self) -> None:
        """Connect, and go on when all is known that the server knows. Raises Destroyed after the end."""
        self.connect()
        if not self.in_step:
            await self._awaited.being_in_step(ended=self._ended())

    async def sign_in(self, assertion: str, widget_id: str) -> str:
        """Become the person whom a signed token names, with all their history. Returns the customer's id.

        The present conversation is theirs from then on. Raises SignInFailed, TokenUnavailable; then nothing changes.
        """
        token = await self._auth.sign_in(assertion, widget_id)
        if token.entity_id != self.customer_id or self.state is not State.CONNECTED:
            self._rtm.disconnect()
        self.connect()
        return token.entity_id

    async def request(self, action: str, payload: Json) -> Payload:
        """Ask the server for something that nothing here depends on. Raises ChatError."""
        await self.wait_until_in_step()
        return await self._rtm.request(action, payload)

    @property
    def fetching(self) -> Fetching:
        """Fetches history that is not to be kept here."""
        return self._fetching

    def learned(self, customer: Customer) -> None:
        """The server has taken over something about the visitor."""
        self.customer = customer
        self._changed()

    async def token(self) -> str:
        """A token for requests over HTTP. Raises SignInFailed, TokenUnavailable."""
        return (await self._auth.get_token()).header

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
            self._unconfirmed = frozenset()
        if not login.chats:
            self._drop_unconfirmed()
        self.customer_id, self.customer = login.customer.id, login.customer
        self._groups.told(login.dynamic_config)
        self.agents_online = self._groups.online
        self.forms.begin(self._groups.own, offered_forms(login.dynamic_config))
        if login.chats and self.conversation.chat_id is None:
            self.conversation = replace(self.conversation, chat_id=login.chats[0].chat_id)
        begin(self._catch_up())

    def _pushed(self, push: Push) -> None:
        if push.action == "groups_status_updated":
            self._groups_changed(push)
        before, self.conversation = self.conversation, received(self.conversation, push)
        for author in self.conversation.typing:
            if push.action == "incoming_typing_indicator":
                self._typing_ends.types(author)
        if self.conversation is not before:
            if self.outbox.waiting:
                self.outbox.arrived(self.conversation.custom_ids)
                self._delivery.go()
            self._changed()

    def _groups_changed(self, push: Push) -> None:
        try:
            groups = read(wire.GroupsStatusUpdated, push.payload).groups
        except ProtocolError:
            return  # as good as a push that we do not know
        self._groups.changed(groups)
        self.agents_online = self._groups.online
        self._delivery.go()
        self._changed()

    def _stop_typing(self, author: str) -> None:
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
        chat = await self._fetching.chat(chat_id)
        page = await self._fetching.newest(chat_id)
        self._drop_unconfirmed()
        self.conversation = with_chat(self.conversation, chat)
        self.conversation = with_threads(self.conversation, page.threads, page.next_page_id)
        while known and page.next_page_id and not any(t.id in known for t in page.threads):
            page = await self._fetching.page(chat_id, page.next_page_id)
            self.conversation = with_threads(self.conversation, page.threads, page.next_page_id)
        if known:
            self.conversation = replace(self.conversation, older=before)

    async def _load_older(self, page_id: str) -> None:
        try:
            page = await self._fetching.page(self.conversation.chat_id or "", page_id)
            self.conversation = with_threads(self.conversation, page.threads, page.next_page_id)
        except (ConnectionLost, NotConnected, Destroyed):
            return  # scrolling up asks again
        except ChatError as error:
            self.error = error
        finally:
            self.loading_older = False
            self._changed()

    # How texts get to the chat (widget.rtm.delivery)

    def _may_go(self, outgoing: Outgoing) -> bool:
        """Whether no form has to be filled in before this is said."""
        if self.conversation.active and not outgoing.new_thread:
            return True
        if outgoing.by_page or outgoing.attached or outgoing.pressed or outgoing.form is not None:
            return True
        if any(o.form is not None and not o.attached and o.error is None for o in self.outbox.waiting):
            return True  # it has been, and goes first
        if self.in_step:
            self.forms.want(self.form_before)
        return self.forms.known(self.form_before) and self.forms.get(self.form_before) is None

    def _forms_changed(self) -> None:
        self._delivery.go()
        self._changed()

    async def _send(self, outgoing: Outgoing) -> None:
        for action, payload in requests(outgoing, self.conversation):
            if action == "update_customer":
                await self._introduce(payload)
            else:
                await self._rtm.request(action, payload)

    async def _introduce(self, about: Json) -> None:
        """Tell what a form says of the visitor. What is not taken as theirs can be read in the form."""
        try:
            await self._rtm.request("update_customer", about)
        except Refused as refusal:
            if refusal.type != "validation":
                raise
        else:
            if self.customer is not None:
                self.customer = self.customer.model_copy(update=about)

    async def _look(self) -> None:
        """Take the server's idea of our chat."""
        chat_id = await self._fetching.chat_id()
        if chat_id is not None:
            self.conversation = replace(self.conversation, chat_id=chat_id)
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
        self._awaited.look(self.conversation.entries, self.outbox.waiting, in_step=self.in_step, ended=self._ended())
        for tell in self._watchers:
            tell()

    def _ended(self) -> Destroyed | None:
        return Destroyed(f"The chat has ended: {self.ended_by}.") if self.state is State.ENDED else None
