"""The console at work: what the agent does goes to the session, what the session becomes goes to the page.

One direction: action -> session -> state -> markup -> page. It owns no chat and no element; it says which part hears of
what, and when to paint.
"""

from collections.abc import Callable

from agent_console import shown
from agent_console.admission import Admission
from agent_console.announcing import Announcing
from agent_console.beside import Beside
from agent_console.composing import Composing
from agent_console.inbox import section
from agent_console.keyboard import Stroke, meaning
from agent_console.organization import Ask
from agent_console.page import Page
from agent_console.painting import Painting
from agent_console.session import AgentSession
from agent_console.sidebar.frames import Frames
from agent_console.sign_in import Credentials, SignIn
from agent_console.standing import Standing
from agent_console.state import Place
from widget.rtm.background import begin
from widget.rtm.ports import Clock, Storage, Timer
from widget.ui.locale import Locale

__all__ = ["Console"]

LOOK_AGAIN = 30.0
"""How often the times in the list are looked at again, in seconds."""

_NO_SINGLE_KEYS = "live-chat-agent:no-single-keys"


class Console:
    """The console of whoever signs in."""

    def __init__(
        self,
        *,
        who: SignIn,
        new_session: Callable[[Credentials], AgentSession],
        new_configuration: Callable[[Credentials], Ask],
        new_id: Callable[[], str],
        page: Page,
        frames: Frames,
        storage: Storage,
        clock: Clock,
        locale: Locale,
    ) -> None:
        self._new_session = new_session
        self._new_configuration = new_configuration
        self._page = page
        self._storage = storage
        self._clock = clock
        self._admission = Admission(who, self._begin, self._asked)
        self._composing = Composing(page, storage)
        self._announcing = Announcing(page, storage, clock, locale, self.changed)
        self._beside = Beside(
            page=page,
            frames=frames,
            clock=clock,
            locale=locale,
            composing=self._composing,
            announcing=self._announcing,
            new_id=new_id,
            changed=self.changed,
        )
        standing = Standing(clock, self.changed)
        self._painting = Painting(page, locale, self._composing, self._announcing, standing, self._beside)
        self._place = Place.CHATS
        self._visitor: str | None = None
        self._asking = False
        self._due: Timer | None = None
        self._actions: dict[str, Callable[[str], object]] = {
            "mute": lambda _: self._announcing.mute(),
            "notifications": lambda _: begin(self._ask_for_notifications()),
            "sign-out": lambda _: self._admission.sign_out(),
            "help": lambda _: self._page.show_dialog(visible=True),
            "close-help": lambda _: self._page.show_dialog(visible=False),
            "single-keys": self._set_single_keys,
            "details": lambda _: self._toggle_details(),
            "bottom": lambda _: self._to_end(),
            "app": self._beside.show,
            "app-retry": self._beside.retry,
            "app-button": self._beside.press,
            "app-ready": lambda _: self._beside.add_ready_app(),
            "app-remove": self._beside.remove_app,
        }
        self._deeds: dict[str, Callable[[AgentSession, str], object]] = {
            "open": lambda session, chat_id: self._open(session, chat_id, focus="message"),
            "list": lambda session, _: self._to_list(session),
            "archive": self._open_archived,
            "more-archives": lambda session, _: session.archives.load_more(),
            "visitor": lambda _, customer_id: self._choose_visitor(customer_id),
            "start-chat": lambda session, customer_id: session.work.start_chat(
                customer_id, lambda chat_id: self._open(session, chat_id, focus="message")
            ),
            "place": lambda session, place: self._go_to(session, Place(place)),
            "next": lambda session, focus: self._step(session, 1, focus),
            "previous": lambda session, focus: self._step(session, -1, focus),
            "accept": lambda session, _: _accept(session),
            "note": lambda session, _: self._write(session, note=not self._composing.note),
            "reply": lambda session, _: self._write(session, note=False),
            "write-note": lambda session, _: self._write(session, note=True),
            "close-chat": lambda session, chat_id: session.work.close_chat(chat_id),
            "reopen": lambda session, chat_id: session.work.reopen(chat_id),
            "join": lambda session, chat_id: session.work.join(chat_id),
            "older": AgentSession.load_older,
            "more-chats": lambda session, _: session.load_more_closed(),
            "retry": lambda session, custom_id: session.retry(session.opened or "", custom_id),
            "discard": lambda session, custom_id: session.discard(session.opened or "", custom_id),
            "again": lambda session, failure: session.deeds.dismiss(int(failure), again=True),
            "dismiss": lambda session, failure: session.deeds.dismiss(int(failure), again=False),
            "reconnect": lambda session, _: _reconnect(session),
        }

    # What the page tells

    def start(self) -> None:
        """Find out who the agent is."""
        self._painting.start()
        self._admission.start()
        self._clock.call_later(LOOK_AGAIN, self._look_again)

    def act(self, action: str, target: str) -> None:
        """A button was pressed; ``target`` is the id of what it stands for."""
        session = self._admission.session
        if action in self._actions:
            self._actions[action](target)
        elif action in self._deeds and session is not None:
            self._deeds[action](session, target)

    def submit(self, form: str) -> None:
        """A form was sent."""
        session = self._admission.session
        if form == "composer" and session is not None:
            if self._composing.send(session):
                self._to_end()
        elif form == "archive-search" and session is not None:
            session.archives.search(self._page.entered("archive-query"))
            self.changed()
        elif form == "new-app":
            self._beside.add_app()
            self.changed()
        elif form == "sign-in":
            self._admission.sign_in(self._page.entered("account").strip(), self._page.entered("token").strip())

    def typed(self) -> None:
        """The text in the composer has changed."""
        if self._admission.session is not None:
            self._composing.typed(self._admission.session)

    def pressed(self, key: str, *, alt: bool, writing: bool) -> bool:
        """A key was pressed, perhaps while writing. True when it meant something."""
        session = self._admission.session
        if session is None or self._admission.form is not None or self._place is not Place.CHATS:
            return False
        case = session.open_case
        where = section(case, session.me) if case is not None else None
        action = meaning(Stroke(key, alt=alt, writing=writing), where, single_keys=self._single_keys)
        if action == "escape":
            return self._escape(session, writing=writing)
        if action is not None:
            walking = action in {"next", "previous"}
            self.act(action, ("message" if writing else "") if walking else session.opened or "")
        return action is not None

    def scrolled(self, *, at_start: bool) -> None:
        """The log was scrolled; at its start, what came before is fetched."""
        session = self._admission.session
        if at_start and session is not None and session.opened is not None:
            session.load_older(session.opened)
        self.changed()

    def attention(self) -> None:
        """The page came to the front, or the network changed."""
        if self._admission.session is not None:
            self._admission.session.probe()
        self.changed()

    def moved(self) -> None:
        """The page's address names something else now: somebody went back, or followed a notification."""
        if self._admission.session is not None:
            self._follow_address(self._admission.session)

    def changed(self) -> None:
        """Something is different: paint, once, after all that happens now."""
        if self._due is None:
            self._due = self._clock.call_later(0, self._paint)

    # Signing in

    def _begin(self, credentials: Credentials) -> AgentSession:
        session = self._new_session(credentials)
        session.watch(self.changed, lambda arrival: self._announcing.arrived(session, arrival))
        session.listen(self._beside.heard)
        self._beside.begin(session, self._new_configuration(credentials))
        self._follow_address(session)
        session.connect()
        self.changed()
        return session

    def _asked(self) -> None:
        form = self._admission.form
        self._painting.forget()
        if self._admission.session is None:
            self._beside.end()
        self.changed()
        if form is not None and not (self._asking and form.busy):
            field = self._admission.field
            self._clock.call_later(0, lambda: self._page.focus(field))
        self._asking = True

    # What the agent does

    def _follow_address(self, session: AgentSession) -> None:
        where = self._page.in_address()
        self._enter(session, Place(where) if where in list(Place) else Place.CHATS)
        if self._place is Place.CHATS:
            session.open(None if where == Place.CHATS else where)
        self.changed()

    def _enter(self, session: AgentSession, place: Place) -> None:
        """Be somewhere else; the composer is a new one when one comes back."""
        if place is not self._place:
            self._composing.forget()
        self._place = place
        if place is Place.ARCHIVES:
            session.archives.enter()

    def _go_to(self, session: AgentSession, place: Place) -> None:
        if place is self._place is Place.CHATS:
            self._to_list(session)
            return
        self._enter(session, place)
        self._page.go_to(session.opened if place is Place.CHATS else place.value)
        self._paint()
        self._page.focus({Place.CHATS: "chat-list", Place.ARCHIVES: "archive-query"}.get(place, place.value))

    def _open_archived(self, session: AgentSession, thread_id: str) -> None:
        session.archives.open(thread_id)
        self._to_end()

    def _choose_visitor(self, customer_id: str) -> None:
        self._visitor = customer_id
        self._painting.details_open = self._page.drawer()
        self._paint()
        if self._page.drawer():
            self._page.focus("close-details")

    def _open(self, session: AgentSession, chat_id: str | None, *, focus: str = "") -> None:
        self._enter(session, Place.CHATS)
        session.open(chat_id)
        self._page.go_to(chat_id)
        self._paint()
        if focus and not (focus == "message" and self._page.narrow()):
            self._page.focus(focus)

    def _to_list(self, session: AgentSession) -> None:
        opened = session.opened
        if self._page.narrow():
            self._open(session, None)
        self._page.focus(f"open-{opened}" if opened else "chat-list")

    def _step(self, session: AgentSession, step: int, focus: str) -> None:
        """To the next or the previous chat of the list."""
        chat_id = shown.next_to(session, step)
        if chat_id is not None:
            self._open(session, chat_id, focus=focus or f"open-{chat_id}")

    def _write(self, session: AgentSession, *, note: bool) -> None:
        self._composing.write(session, note=note)
        self.changed()
        self._page.focus("message")

    def _escape(self, session: AgentSession, *, writing: bool) -> bool:
        if self._painting.details_open and self._page.drawer():
            self._toggle_details()
        elif writing and session.opened is not None:
            self._page.focus(f"open-{session.opened}")
        else:
            return False
        return True

    @property
    def _single_keys(self) -> bool:
        return self._storage.get(_NO_SINGLE_KEYS) is None

    def _set_single_keys(self, wanted: str) -> None:
        if wanted == "on":
            self._storage.remove(_NO_SINGLE_KEYS)
        else:
            self._storage.set(_NO_SINGLE_KEYS, "yes")

    async def _ask_for_notifications(self) -> None:
        await self._page.ask_for_notifications()
        self.changed()

    def _toggle_details(self) -> None:
        """Open or close the drawer, and move the focus with it; where there is room, details are always there."""
        if not self._page.drawer():
            self._page.focus("details-body")
            return
        self._painting.details_open = not self._painting.details_open
        self._paint()
        self._page.focus("close-details" if self._painting.details_open else "to-details")

    def _to_end(self) -> None:
        self._paint()
        self._page.scroll_to_end()
        self.changed()

    def _look_again(self) -> None:
        self._clock.call_later(LOOK_AGAIN, self._look_again)
        self.changed()

    # Painting

    def _paint(self) -> None:
        if self._due is not None:
            self._due.cancel()
            self._due = None
        self._admission.settle()
        form, session = self._admission.form, self._admission.session
        if form is not None:
            self._painting.sign_in(form)
        elif session is not None:
            self._asking = False
            self._paint_desk(session)

    def _paint_desk(self, session: AgentSession) -> None:
        if self._place is Place.CHATS and session.opened is not None and self._page.attended() and self._page.at_end():
            session.mark_seen(session.opened)
        front = shown.in_front(session, self._place, self._visitor)
        self._beside.look(session, front)
        if self._painting.desk(session, self._place, front, single_keys=self._single_keys):
            self._page.scroll_to_end()
            self.changed()  # what is at the end now has been seen


def _accept(session: AgentSession) -> None:
    if session.me and ("set_routing_status", "") not in session.deeds.busy:
        session.work.accept_chats(accept=not session.inbox.accepting)


def _reconnect(session: AgentSession) -> None:
    if session.error is not None:
        session.catch_up()
    else:
        session.connect()
