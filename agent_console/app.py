"""The console at work: what the agent does goes to the session, what the session becomes goes to the page.

One direction: action -> session -> state -> markup -> page. It owns no chat and no element; it decides what each area
of the page shows, and when to paint it.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from agent_console.drafts import Draft, Drafts
from agent_console.inbox import Section, section, sections, unread
from agent_console.names import name_of
from agent_console.page import Page
from agent_console.session import AgentSession, Arrival
from agent_console.sign_in import Credentials, SignIn, check
from agent_console.state import Details, Idle, Listing, Notices, Notifications, Rail, SignInForm, Talk, WhyNot
from agent_console.views import conversation, details, frame, inbox, notices, rail, sign_in
from agent_console.views.context import facts
from widget.rtm.background import begin
from widget.rtm.connection import State
from widget.rtm.ports import Clock, Storage, Timer
from widget.ui.locale import Locale
from widget.ui.state import Notice
from widget.wire.events import Message

__all__ = ["Console"]

UNNOTICED = 2.0
"""Seconds without a connection that are not worth a word."""

LOOK_AGAIN = 30.0
"""How often the times in the list are looked at again, in seconds."""

SAID_FOR = 3.0
"""Seconds until an announcement is taken away, so that the next one is heard (BotFramework-WebChat's finding: not less
than one)."""

_MUTED = "live-chat-agent:muted"
_NO_SINGLE_KEYS = "live-chat-agent:no-single-keys"

S = TypeVar("S")


class Console:
    """The console of whoever signs in."""

    def __init__(
        self,
        *,
        who: SignIn,
        new_session: Callable[[Credentials], AgentSession],
        page: Page,
        storage: Storage,
        clock: Clock,
        locale: Locale,
    ) -> None:
        self._who = who
        self._new_session = new_session
        self._page = page
        self._storage = storage
        self._clock = clock
        self._locale = locale
        self._session: AgentSession | None = None
        self._credentials: Credentials | None = None
        self._form: SignInForm | None = None
        self._looked_again = False
        self._framed = False
        self._painted: dict[str, object] = {}
        self._painting: Timer | None = None
        self._lost_at: float | None = None
        self._note = False
        self._composing: str | None = None
        self._details_open = False
        self._muted = storage.get(_MUTED) is not None
        self._said = ""
        self._saying: Timer | None = None
        self._actions: dict[str, Callable[[str], object]] = {
            "open": lambda chat_id: self._open(chat_id, focus="message"),
            "list": lambda _: self._to_list(),
            "accept": lambda _: self._accept(),
            "mute": lambda _: self._mute(),
            "notifications": lambda _: begin(self._ask_for_notifications()),
            "sign-out": lambda _: self._sign_out(),
            "help": lambda _: self._page.show_dialog(visible=True),
            "close-help": lambda _: self._page.show_dialog(visible=False),
            "single-keys": self._set_single_keys,
            "details": lambda _: self._toggle_details(),
            "note": lambda _: self._write(note=not self._note),
            "bottom": lambda _: self._to_end(),
        }
        self._deeds: dict[str, Callable[[AgentSession, str], None]] = {
            "close-chat": AgentSession.close_chat,
            "reopen": AgentSession.reopen,
            "join": AgentSession.join,
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
        self._page.paint("console", str(frame.starting(self._locale)))
        begin(self._start())
        self._clock.call_later(LOOK_AGAIN, self._look_again)

    def act(self, action: str, target: str) -> None:
        """A button was pressed; ``target`` is the id of what it stands for."""
        if action in self._actions:
            self._actions[action](target)
        elif action in self._deeds and self._session is not None:
            self._deeds[action](self._session, target)

    def submit(self, form: str) -> None:
        """A form was sent."""
        if form == "composer":
            self._send()
        elif form == "sign-in" and not (self._form and self._form.busy):
            self._sign_in(self._page.entered("account").strip(), self._page.entered("token").strip())

    def typed(self) -> None:
        """The text in the composer has changed."""
        session, drafts = self._session, self._drafts()
        if session is None or session.opened is None or drafts is None:
            return
        text = self._page.entered("message")
        drafts.keep(session.opened, Draft(text=text, note=self._note))
        session.type(session.opened, text, note=self._note)

    def pressed(self, key: str, *, alt: bool, writing: bool) -> bool:
        """A key was pressed, perhaps while writing. True when it meant something."""
        if self._session is None or self._form is not None:
            return False
        if alt and key in _NEXT_TO:
            self._step(_NEXT_TO[key], focus="message" if writing else "")
        elif key == "Escape":
            return self._escape(writing=writing)
        elif writing or alt or self._storage.get(_NO_SINGLE_KEYS) is not None:
            return False
        else:
            return self._single_key(key)
        return True

    def scrolled(self, *, at_start: bool) -> None:
        """The log was scrolled; at its start, what came before is fetched."""
        if at_start and self._session is not None and self._session.opened is not None:
            self._session.load_older(self._session.opened)
        self.changed()

    def attention(self) -> None:
        """The page came to the front, or the network changed."""
        if self._session is not None:
            self._session.probe()
        self.changed()

    def moved(self) -> None:
        """The page's address names another chat now: somebody went back, or followed a notification."""
        if self._session is not None:
            self._session.open(self._page.chat_in_address())

    def changed(self) -> None:
        """Something is different: paint, once, after all that happens now."""
        if self._painting is None:
            self._painting = self._clock.call_later(0, self._paint)

    # Signing in

    async def _start(self) -> None:
        try:
            credentials = await self._who.find()
        except OSError:
            self._ask(SignInForm(why=WhyNot.UNREACHABLE))
        else:
            if credentials is None:
                self._ask(SignInForm())
            else:
                self._enter(credentials)

    def _ask(self, form: SignInForm) -> None:
        asked_already, self._form = self._form is not None, form
        self._framed = False
        self._painted.clear()
        self.changed()
        if not asked_already or not form.busy:
            field = "token" if form.account and form.why is not WhyNot.ACCOUNT_MISSING else "account"
            self._clock.call_later(0, lambda: self._page.focus(field))

    def _sign_in(self, account: str, token: str) -> None:
        wrong = check(account, token)
        if wrong is not None:
            self._ask(SignInForm(account, WhyNot(wrong)))
        else:
            self._ask(SignInForm(account, busy=True))
            self._enter(Credentials(account_id=account, token=token))

    def _enter(self, credentials: Credentials) -> None:
        self._credentials = credentials
        self._session = self._new_session(credentials)
        self._session.watch(self.changed, self._arrived)
        self._session.open(self._page.chat_in_address())
        self._session.connect()
        self.changed()

    def _leave(self, form: SignInForm, *, for_good: bool) -> None:
        if self._session is not None:
            self._session.end()
            self._session = None
        self._who.forget(for_good=for_good)
        self._ask(form)

    def _sign_out(self) -> None:
        self._leave(SignInForm(self._credentials.account_id if self._credentials else ""), for_good=True)

    def _settle_sign_in(self, session: AgentSession) -> None:
        """What became of an attempt to sign in."""
        account = self._credentials.account_id if self._credentials else ""
        if session.state is State.ENDED and (not session.me or session.ended_by in _NOT_YOU):
            self._refused(SignInForm(account, WhyNot.REFUSED, session.ended_by or "?"))
        elif session.me and self._credentials is not None and session.state is State.CONNECTED:
            self._who.keep(self._credentials)
            self._form = None
        elif self._form is not None and self._form.busy and session.state is State.WAITING:
            session.end()
            self._session = None
            self._ask(SignInForm(account, WhyNot.UNREACHABLE))

    def _refused(self, form: SignInForm) -> None:
        """Credentials that nobody entered may be old ones that the tab kept: look once more before asking."""
        if self._form is None and not self._looked_again and self._session is not None:
            self._looked_again = True
            self._session.end()
            self._session = None
            self._who.forget(for_good=False)
            begin(self._start())
        else:
            self._leave(form, for_good=False)

    # What the agent does

    def _open(self, chat_id: str | None, *, focus: str = "") -> None:
        if self._session is None:
            return
        self._session.open(chat_id)
        self._page.go_to(chat_id)
        self._paint()
        if focus and not (focus == "message" and self._page.narrow()):
            self._page.focus(focus)

    def _to_list(self) -> None:
        opened = self._session.opened if self._session else None
        if self._page.narrow():
            self._open(None)
        self._page.focus(f"open-{opened}" if opened else "chat-list")

    def _send(self) -> None:
        session, drafts = self._session, self._drafts()
        text = self._page.entered("message").strip()
        if session is None or drafts is None or session.opened is None or not text:
            return
        if len(text) <= conversation.LONGEST_TEXT:
            self._page.enter("message", "")
            drafts.keep(session.opened, Draft(note=self._note))
            session.send(session.opened, text, note=self._note)
            self._to_end()

    def _write(self, *, note: bool) -> None:
        """Write a note, or a reply. What is written stays."""
        self._note = note
        self.typed()
        self.changed()
        self._page.focus("message")

    def _accept(self) -> None:
        session = self._session
        if session is not None and session.me and ("set_routing_status", "") not in session.deeds.busy:
            session.accept_chats(accept=not session.inbox.accepting)

    def _mute(self) -> None:
        self._muted = not self._muted
        if self._muted:
            self._storage.set(_MUTED, "yes")
        else:
            self._storage.remove(_MUTED)
            self._page.chime("test")
        self.changed()

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
        self._details_open = not self._details_open
        self._paint()
        self._page.focus("close-details" if self._details_open else "to-details")

    def _to_end(self) -> None:
        self._paint()
        self._page.scroll_to_end()
        self.changed()

    # Keys

    def _single_key(self, key: str) -> bool:
        session = self._session
        case = session.open_case if session is not None else None
        if key == "?":
            self._page.show_dialog(visible=True)
        elif key in _NEXT_TO:
            self._step(_NEXT_TO[key])
        elif session is None or case is None:
            return False
        elif key in {"r", "n"}:
            self._write(note=key == "n")
        elif key == "d":
            self._toggle_details()
        elif key in {"e", "t"}:
            return self._work_on(session, section(case, session.me), key)
        else:
            return False
        return True

    def _work_on(self, session: AgentSession, where: Section, key: str) -> bool:
        deed = _BY_KEY.get((key, where))
        if deed is not None:
            self.act(deed, session.opened or "")
        return deed is not None

    def _escape(self, *, writing: bool) -> bool:
        if self._details_open and self._page.drawer():
            self._toggle_details()
        elif writing and self._session is not None and self._session.opened is not None:
            self._page.focus(f"open-{self._session.opened}")
        else:
            return False
        return True

    def _step(self, step: int, *, focus: str = "") -> None:
        """To the next or the previous chat of the list."""
        session = self._session
        if session is None:
            return
        ids = [case.id for part in sections(session.inbox).values() for case in part]
        if not ids:
            return
        here = ids.index(session.opened) if session.opened in ids else (-1 if step > 0 else len(ids))
        chat_id = ids[min(max(here + step, 0), len(ids) - 1)]
        self._open(chat_id, focus=focus or f"open-{chat_id}")

    # What happens meanwhile

    def _arrived(self, arrival: Arrival) -> None:
        session = self._session
        if session is None or (self._page.attended() and arrival.chat_id == session.opened):
            return
        case = session.inbox.cases[arrival.chat_id]
        name = name_of(session.inbox.customer_of(case), self._locale)
        text = arrival.event.text if isinstance(arrival.event, Message) else self._locale.text("A new chat")
        self._say(self._locale.text("{name}: {text}", name=name, text=text))
        if not self._page.attended():
            if not self._muted:
                self._page.chime(arrival.event.id if arrival.event else arrival.chat_id)
            if self._page.notifications() == Notifications.ON:
                self._page.notify(name, text, arrival.chat_id)

    def _say(self, text: str) -> None:
        self._said = text
        if self._saying is not None:
            self._saying.cancel()
        self._saying = self._clock.call_later(SAID_FOR, self._said_it)
        self.changed()

    def _said_it(self) -> None:
        self._said = ""
        self.changed()

    def _look_again(self) -> None:
        self._clock.call_later(LOOK_AGAIN, self._look_again)
        self.changed()

    # Painting

    def _paint(self) -> None:
        if self._painting is not None:
            self._painting.cancel()
            self._painting = None
        if self._session is not None:
            self._settle_sign_in(self._session)
        if self._form is not None:
            self._put("console", self._form, sign_in.sign_in)
            self._page.entitle(self._locale.text("Sign in"), unread=False)
        elif self._session is not None:
            self._paint_desk(self._session)

    def _paint_desk(self, session: AgentSession) -> None:
        if not self._framed:
            self._framed = True
            self._composing = None
            self._painted.clear()
            single_keys = self._storage.get(_NO_SINGLE_KEYS) is None
            self._page.paint("console", str(frame.frame(self._locale, single_keys=single_keys)))
        self._mark_seen(session)
        talking = session.open_case is not None
        self._page.arrange(talking=talking, details=talking and self._details_open)
        heard = self._notices(session)
        self._put("notices", heard, notices.notices)
        self._put("failures", heard.failures, notices.failures)
        self._put("rail", self._rail(session), rail.rail)
        self._put("chats", self._listing(session), inbox.chats)
        self._put("talk", self._talk(session), conversation.talk)
        self._put("details", self._details(session), details.details)
        self._take_up_draft(session)
        self._entitle(session)

    def _put(self, area: str, state: S, view: Callable[[S, Locale], object]) -> None:
        """Paint an area, if it shows something else than before."""
        if area not in self._painted or self._painted[area] != state:
            self._painted[area] = state
            self._page.paint(area, str(view(state, self._locale)))

    def _mark_seen(self, session: AgentSession) -> None:
        if session.opened is not None and self._page.attended() and self._page.at_end():
            session.mark_seen(session.opened)

    def _notices(self, session: AgentSession) -> Notices:
        return Notices(self._notice(session), session.ended_by, session.deeds.failures, self._said)

    def _notice(self, session: AgentSession) -> Notice | None:
        match session.state:
            case State.ENDED:
                return Notice.ENDED
            case State.PAUSED:
                return Notice.PAUSED
            case State.CONNECTED:
                self._lost_at = None
                return Notice.BEHIND if session.error else None
        if not self._page.online():
            return Notice.OFFLINE
        return self._while_away(session)

    def _while_away(self, session: AgentSession) -> Notice | None:
        """A drop that mends itself at once is not mentioned."""
        now = self._clock.now()
        if self._lost_at is None:
            self._lost_at = now
            self._clock.call_later(UNNOTICED, self.changed)
        if now - self._lost_at < UNNOTICED:
            return None
        return Notice.RECONNECTING if session.me else Notice.CONNECTING

    def _rail(self, session: AgentSession) -> Rail:
        return Rail(
            profile=session.profile,
            accepting=session.inbox.accepting,
            switching=("set_routing_status", "") in session.deeds.busy,
            unread=self._unread(session),
            muted=self._muted,
            notifications=Notifications(self._page.notifications()),
        )

    def _listing(self, session: AgentSession) -> Listing:
        now = datetime.now(UTC)
        return Listing(
            inbox=session.inbox,
            opened=session.opened,
            known=session.in_step,
            loading_more=("list_chats", "") in session.deeds.busy,
            now=now - timedelta(seconds=now.second, microseconds=now.microsecond),
        )

    def _details(self, session: AgentSession) -> Details:
        case = session.open_case
        if case is None:
            return Details()
        return Details(session.inbox.customer_of(case), context=facts(case.conversation))

    def _talk(self, session: AgentSession) -> Talk | Idle:
        case = session.open_case
        if case is None:
            return Idle(quiet=not session.inbox.cases, accepting=session.inbox.accepting)
        if case.id != self._composing:
            drafts = self._drafts()
            self._note = drafts is not None and drafts.of(case.id).note
        return Talk(
            case=case,
            me=session.me,
            people=session.inbox.people,
            section=section(case, session.me),
            sendings=session.delivery.waiting(case.id) if session.delivery else (),
            note=self._note,
            known=session.is_fresh(case.id) or case.whole,
            details_open=self._details_open,
            busy=frozenset(deed for deed, chat_id in session.deeds.busy if chat_id == case.id),
            unread_below=0 if self._page.at_end() else unread(case, session.me),
        )

    def _take_up_draft(self, session: AgentSession) -> None:
        """Composer and log are the same for all chats: the one in front has its own draft, and begins at its end."""
        case, drafts = session.open_case, self._drafts()
        shown = case.id if case is not None and drafts is not None else None
        if shown != self._composing:
            self._composing = shown
            self._page.scroll_to_end()
            self.changed()  # what is at the end now has been seen
            if shown is not None and drafts is not None:
                self._page.enter("message", drafts.of(shown).text)

    def _entitle(self, session: AgentSession) -> None:
        count, title = self._unread(session), self._locale.text("Chats")
        self._page.entitle(f"({count}) {title}" if count else title, unread=count > 0)

    def _unread(self, session: AgentSession) -> int:
        return sum(unread(case, session.me) for case in sections(session.inbox)[Section.MINE])

    # Private

    def _drafts(self) -> Drafts | None:
        session = self._session
        if session is None or not session.me:
            return None
        return Drafts(self._storage, f"live-chat-agent:{session.me}:draft:")


_NOT_YOU = {"authentication", "access_token_revoked", "requester_suspended"}
"""Ends after which the agent has to say anew who they are."""

_NEXT_TO = {"ArrowDown": 1, "ArrowUp": -1, "j": 1, "k": -1}

_BY_KEY = {
    ("e", Section.MINE): "close-chat",
    ("t", Section.CLOSED): "reopen",
    ("t", Section.WAITING): "join",
    ("t", Section.OTHERS): "join",
}


def _reconnect(session: AgentSession) -> None:
    if session.error is not None:
        session.catch_up()
    else:
        session.connect()
