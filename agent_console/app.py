"""The console at work: what the agent does goes to the session, what the session becomes goes to the page.

One direction: action -> session -> state -> markup -> page. It owns no chat and no element; it says which part hears of
what, and when to paint.
"""

from collections.abc import Callable, Iterable

from agent_console.actions import actions, deeds
from agent_console.admission import Admission
from agent_console.asking import DIALOG
from agent_console.desk import Desk, Ports
from agent_console.inbox import section
from agent_console.keyboard import Stroke, meaning
from agent_console.organization import Ask
from agent_console.session import AgentSession
from agent_console.sign_in import Credentials, SignIn
from agent_console.state import Place
from agent_console.themes import AskWidgets
from agent_console.uploading import Upload
from widget.customer_sdk.files import File
from widget.rtm.ports import Timer

__all__ = ["Console"]

LOOK_AGAIN = 30.0
"""How often the times in the list are looked at again, in seconds."""


class Console:
    """The console of whoever signs in."""

    def __init__(
        self,
        *,
        who: SignIn,
        new_session: Callable[[Credentials], AgentSession],
        new_configuration: Callable[[Credentials], Ask],
        new_upload: Callable[[Credentials], Upload],
        new_widgets: Callable[[Credentials], AskWidgets],
        ports: Ports,
    ) -> None:
        self._new_session = new_session
        self._new_configuration = new_configuration
        self._new_upload = new_upload
        self._new_widgets = new_widgets
        self._page = ports.page
        self._clock = ports.clock
        self._admission = Admission(who, self._begin, self._asked)
        self._desk = Desk(ports, session=lambda: self._admission.session, paint=self._paint, changed=self.changed)
        self._asking_who = False
        self._due: Timer | None = None
        self._actions = actions(self._desk, self._admission)
        self._deeds = deeds(self._desk)

    # What the page tells

    def start(self) -> None:
        """Find out who the agent is."""
        self._desk.painting.start()
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
        if form == "sign-in":
            self._admission.sign_in(self._page.entered("account").strip(), self._page.entered("token").strip())
        elif self._admission.session is not None:
            self._desk.submit(self._admission.session, form)

    def typed(self, field: str) -> None:
        """What stands in a field has changed, or the place of the caret in it."""
        if self._admission.session is not None:
            self._desk.typed(self._admission.session, field)

    def picks(self, field: str, key: str) -> bool:
        """A key was pressed in a field that may have a list beside it. True when it was for the list."""
        session = self._admission.session
        return session is not None and self._desk.picks(session, field, key)

    def pressed(self, key: str, *, alt: bool, writing: bool) -> bool:
        """A key was pressed, perhaps while writing. True when it meant something."""
        session, where = self._admission.session, self._desk.whereabouts
        if session is None or self._admission.form is not None or where.place is not Place.CHATS:
            return False
        case = session.open_case
        part = section(case, session.me) if case is not None else None
        action = meaning(Stroke(key, alt=alt, writing=writing), part, single_keys=self._desk.single_keys)
        if action == "escape":
            return where.escape(session, writing=writing)
        if action is not None:
            walking = action in {"next", "previous"}
            self.act(action, ("message" if writing else "") if walking else session.opened or "")
        return action is not None

    def attach(self, files: Iterable[File]) -> None:
        """Files were chosen, pasted, or dropped on the conversation."""
        if self._admission.session is not None:
            self._desk.attach(self._admission.session, files)

    def closed(self, dialog: str) -> None:
        """A dialog was closed, perhaps by the browser itself."""
        if dialog == DIALOG:
            self._desk.asking.close()

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
            self._desk.follow_address(self._admission.session)

    def changed(self) -> None:
        """Something is different: paint, once, after all that happens now."""
        if self._due is None:
            self._due = self._clock.call_later(0, self._paint)

    # Signing in

    def _begin(self, credentials: Credentials) -> AgentSession:
        session = self._new_session(credentials)
        session.watch(self.changed, lambda arrival: self._desk.announcing.arrived(session, arrival))
        asks = self._new_configuration(credentials), self._new_upload(credentials), self._new_widgets(credentials)
        self._desk.begin(session, *asks)
        self._desk.follow_address(session)
        session.connect()
        self.changed()
        return session

    def _asked(self) -> None:
        form = self._admission.form
        self._desk.painting.forget()
        if self._admission.session is None:
            self._desk.end()
        self.changed()
        if form is not None and not (self._asking_who and form.busy):
            field = self._admission.field
            self._clock.call_later(0, lambda: self._page.focus(field))
        self._asking_who = True

    # Painting

    def _look_again(self) -> None:
        self._clock.call_later(LOOK_AGAIN, self._look_again)
        self.changed()

    def _paint(self) -> None:
        if self._due is not None:
            self._due.cancel()
            self._due = None
        self._admission.settle()
        form, session = self._admission.form, self._admission.session
        if form is not None:
            self._desk.painting.sign_in(form)
        elif session is not None:
            self._asking_who = False
            self._desk.paint(session)
