"""An agent's desk: the parts that the console is made of, in step with each other and with the session."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from agent_console.announcing import Announcing
from agent_console.asking import Asking
from agent_console.attaching import MOST, Attaching
from agent_console.banning import Banning
from agent_console.beside import Beside
from agent_console.completing import Completing
from agent_console.composing import Composing
from agent_console.directory import Directory
from agent_console.inbox import Case
from agent_console.kept_files import KeptFiles
from agent_console.languages import Languages
from agent_console.organization import Ask
from agent_console.page import Page
from agent_console.painting import Painting, Parts
from agent_console.replies import Replies
from agent_console.session import AgentSession
from agent_console.settling import Settling
from agent_console.sidebar.frames import Frames
from agent_console.standing import Standing
from agent_console.state import MAY_CHANGE, Place
from agent_console.tagging import Tagging
from agent_console.theme_forms import FIELDS
from agent_console.themes import AskWidgets
from agent_console.transcripts import Transcripts
from agent_console.transferring import Transferring
from agent_console.uploading import Upload
from agent_console.whereabouts import Whereabouts
from widget.customer_sdk.files import File
from widget.rtm.background import begin
from widget.rtm.ports import Clock, Storage
from widget.ui.locale import Locale
from widget.wire.frames import Push

__all__ = ["Desk", "Ports"]

_NO_SINGLE_KEYS = "live-chat-agent:no-single-keys"


@dataclass(frozen=True, slots=True)
class Ports:
    """What the console needs of where it is. ``new_id`` makes ids that nobody can guess."""

    page: Page
    frames: Frames
    storage: Storage
    kept_files: KeptFiles
    clock: Clock
    languages: Languages
    locale: Locale
    new_id: Callable[[], str]


class Desk:
    """``session`` gives who has signed in; ``paint`` paints at once, ``changed`` soon."""

    def __init__(
        self,
        ports: Ports,
        *,
        session: Callable[[], AgentSession | None],
        paint: Callable[[], None],
        changed: Callable[[], None],
    ) -> None:
        page, storage, clock, locale = ports.page, ports.storage, ports.clock, ports.locale
        self.page = page
        self.paint_at_once = paint
        self.changed = changed
        self._clock = clock
        self._locale = locale
        self._storage = storage
        self._session = session
        self._directory: Directory | None = None
        self._replies: Replies | None = None
        self.composing = Composing(page, storage)
        self.announcing = Announcing(page, storage, clock, locale, changed)
        self.beside = Beside(
            page=page,
            frames=ports.frames,
            clock=clock,
            locale=locale,
            composing=self.composing,
            announcing=self.announcing,
            new_id=ports.new_id,
            changed=changed,
        )
        self.asking = Asking(page, changed)
        self.transferring = Transferring(page, self.asking, locale, self.announcing.say)
        self.banning = Banning(page, self.asking, locale, self.announcing.say)
        self.attaching = Attaching(ports.new_id, ports.kept_files, changed)
        self.completing = Completing(page, self.composing, changed)
        self.settling = Settling(page, self.asking, self.beside, ports.languages, locale, changed)
        self.tagging = Tagging(page, self._case, self._may_change, changed)
        self.transcripts = Transcripts(page, locale, self._case, self.announcing.say)
        parts = Parts(
            composing=self.composing,
            announcing=self.announcing,
            standing=Standing(clock, changed),
            beside=self.beside,
            asking=self.asking,
            attaching=self.attaching,
            completing=self.completing,
            settling=self.settling,
            tagging=self.tagging,
        )
        self.painting = Painting(page, locale, parts)
        self.whereabouts = Whereabouts(page, self.composing, self.painting, paint, changed)

    # Who sits at it

    def begin(self, session: AgentSession, ask: Ask, upload: Upload, ask_widgets: AskWidgets) -> None:
        """Somebody signs in."""
        self._directory = Directory(ask, session.deeds)
        self._replies = Replies(ask, session.deeds, self._clock)
        self.beside.begin(session, ask)
        self.transferring.begin(self._directory)
        self.attaching.begin(session, upload)
        self.completing.begin(self._replies)
        self.tagging.begin(self._directory, ask)
        self.settling.begin(session, ask, ask_widgets, self._directory, self._replies)
        session.listen(self._heard)

    def end(self) -> None:
        """They have signed out: nothing of theirs goes on."""
        self.beside.end()
        self.asking.close()
        self.attaching.end()
        self._directory = self._replies = None

    def follow_address(self, session: AgentSession) -> None:
        """Go to what the page's address names."""
        self.whereabouts.follow_address(session)
        self.settling.follow_address()

    # What the agent does

    def submit(self, session: AgentSession, form: str) -> None:
        """A form was sent."""
        match form:
            case "composer":
                self._send(session)
            case "archive-search":
                session.archives.search(self.page.entered("archive-query"))
            case "new-app":
                self.beside.add_app()
            case "transfer-form":
                self.transferring.answer(session)
            case "ban-form":
                self.banning.answer(session)
            case "tag-form":
                self.tagging.take(session)
            case "reply-form":
                self.settling.reply_forms.answer()
            case "theme-form":
                self.settling.theme_forms.answer()
            case "form-form":
                self.lead_to(self.settling.form_edits.answer())
            case "group-form":
                self.settling.membership.answer()
            case "domain-form":
                self.settling.trusting.add()
            case "language-form":
                self.settling.speaking.choose()
            case "confirm-form":
                self.settling.confirm()
        self.changed()

    def typed(self, session: AgentSession, field: str) -> None:
        """What stands in a field has changed."""
        if field == "message":
            self.composing.typed(session)
            self.completing.typed()
        elif field == "tag-query":
            self.tagging.typed()
        elif field == "transfer-query":
            self.transferring.typed()
        elif field.startswith("question-") or field == "form-shown":
            self.settling.form_edits.typed()
        elif field in FIELDS:
            self.settling.theme_forms.typed()

    def picks(self, session: AgentSession, field: str, key: str) -> bool:
        """A key was pressed in a field that may have a list beside it. True when it was for the list."""
        if field == "message":
            return self.completing.pressed(session, key)
        if field == "tag-query":
            return self.tagging.pressed(key)
        return field == "transfer-query" and self.transferring.pressed(key)

    def attach(self, session: AgentSession, files: Iterable[File]) -> None:
        """Files are to go with what is being written."""
        if self.whereabouts.place is Place.CHATS and session.open_case is not None:
            if self.attaching.add(session.open_case.id, files):
                self.announcing.say(self._locale.text("A message can have up to {most} files.", most=MOST))
            self.page.focus("message")

    def write(self, session: AgentSession, *, note: bool) -> None:
        """Write a note, or a reply."""
        self.composing.write(session, note=note)
        self.changed()
        self.page.focus("message")

    def ban(self, session: AgentSession, back: str) -> None:
        """Ask for how long the visitor in front shall be kept out."""
        customer = self.whereabouts.front(session).customer
        if customer is not None:
            self.banning.ask(customer, back)

    def lead_to(self, field: str) -> None:
        """Let the agent go on in a field, which may only just have come; nowhere in particular: an empty text."""
        if field:
            self.paint_at_once()
            self.page.focus(field)

    @property
    def single_keys(self) -> bool:
        """Whether keys without Alt mean something."""
        return self._storage.get(_NO_SINGLE_KEYS) is None

    def set_single_keys(self, wanted: str) -> None:
        """``on``, or not."""
        if wanted == "on":
            self._storage.remove(_NO_SINGLE_KEYS)
        else:
            self._storage.set(_NO_SINGLE_KEYS, "yes")

    def ask_for_notifications(self) -> None:
        """Let the browser ask the agent."""
        begin(self._ask_for_notifications())

    # Painting

    def paint(self, session: AgentSession) -> None:
        """Bring everything in step, and paint what is different."""
        where = self.whereabouts
        attended = self.page.attended() and self.page.at_end()
        if where.place is Place.CHATS and session.opened is not None and attended:
            session.mark_seen(session.opened)
        for part in (self._directory, self._replies):
            if part is not None:
                part.keep_in_step(connected=session.in_step)
        front = where.front(session)
        self.beside.look(session, front)
        self.transferring.look(session)
        self.tagging.look()
        self.completing.look()
        self.attaching.look()
        if self.painting.desk(session, where.place, front, single_keys=self.single_keys):
            self.completing.forget()
            self.page.scroll_to_end()
            self.changed()  # what is at the end now has been seen

    # Private

    def _heard(self, push: Push) -> None:
        self.beside.heard(push)
        self.settling.heard(push)
        if self._directory is not None:
            self._directory.heard(push)

    def _send(self, session: AgentSession) -> None:
        self.completing.forget()
        sent = self.composing.send(session)
        if session.opened is not None:
            sent |= self.attaching.send(session.opened, note=self.composing.note)
        if sent:
            self.whereabouts.to_end()

    def _case(self) -> Case | None:
        return self.whereabouts.case(self._session())

    def _may_change(self) -> bool:
        session = self._session()
        profile = session.profile if session is not None else None
        return profile is not None and profile.permission in MAY_CHANGE

    async def _ask_for_notifications(self) -> None:
        await self.page.ask_for_notifications()
        self.changed()
