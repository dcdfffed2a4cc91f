"""Session -> state -> markup -> page: what is painted, area by area."""

from dataclasses import dataclass

from agent_console import shown
from agent_console.announcing import Announcing
from agent_console.areas import Areas
from agent_console.asking import DIALOG, Asking
from agent_console.attaching import Attaching
from agent_console.beside import Beside
from agent_console.completing import Completing
from agent_console.composing import Composing
from agent_console.page import Page
from agent_console.session import AgentSession
from agent_console.settling import Settling
from agent_console.standing import Standing
from agent_console.state import Idle, InFront, Notices, Place, SignInForm, Talk, Writing
from agent_console.tagging import Tagging
from agent_console.views import (
    archives,
    asking,
    beside,
    conversation,
    details,
    frame,
    inbox,
    notices,
    rail,
    settings,
    sign_in,
    visitors,
)
from widget.ui.locale import Locale

__all__ = ["Painting"]


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a desk that have something to show."""

    composing: Composing
    announcing: Announcing
    standing: Standing
    beside: Beside
    asking: Asking
    attaching: Attaching
    completing: Completing
    settling: Settling
    tagging: Tagging


class Painting:
    """The page as it was painted last. ``details_open``: the drawer is."""

    def __init__(self, page: Page, locale: Locale, parts: Parts) -> None:
        self.details_open = False
        self._page = page
        self._locale = locale
        self._parts = parts
        self._areas = Areas(page, locale)
        self._framed = False
        self._asked = False

    def start(self) -> None:
        """Until it is known who the agent is."""
        self._page.paint("console", str(frame.starting(self._locale)))

    def forget(self) -> None:
        """What was painted is not there any more."""
        self._framed = False
        self._areas.forget()

    def sign_in(self, form: SignInForm) -> None:
        """The form of somebody who is not known yet."""
        self._areas.put("console", form, sign_in.sign_in)
        self._page.entitle(self._locale.text("Sign in"), unread=False)

    def desk(self, session: AgentSession, place: Place, front: InFront, *, single_keys: bool) -> bool:
        """The console at work. Whether another chat is in front than before: its end is shown then."""
        if not self._framed:
            self._framed = True
            self._parts.composing.forget()
            self._areas.forget()
            self._page.paint("console", str(frame.frame(self._locale, single_keys=single_keys)))
        talking = front.customer is not None or (place is Place.CHATS and session.open_case is not None)
        self._page.arrange(place=place.value, talking=talking, details=talking and self.details_open)
        self._parts.composing.turn_to(session)
        self._paint_areas(session, place, front)
        turned = place is Place.CHATS and self._parts.composing.take_up(session)
        self._entitle(session)
        return turned

    def _paint_areas(self, session: AgentSession, place: Place, front: InFront) -> None:
        page, put = self._page, self._areas.put
        notice = self._parts.standing.notice(session, online=page.online())
        heard = Notices(notice, session.ended_by, session.deeds.failures, self._parts.announcing.said)
        put("notices", heard, notices.notices)
        put("failures", heard.failures, notices.failures)
        muted = self._parts.announcing.muted
        put("rail", shown.rail(session, place=place, muted=muted, notifications=page.notifications()), rail.rail)
        if place is Place.ARCHIVES:
            put("chats", shown.archives(session), archives.archives)
            put("talk", shown.archived_talk(session, self._parts.tagging.field), conversation.talk)
        else:
            put("chats", shown.listing(session), inbox.chats)
            put("talk", self._talk(session), conversation.talk)
        aside = self._parts.beside.shown()
        put("beside", aside.pane, beside.tabs)
        put("app", aside.pane, beside.standing)
        put("details", shown.details(front, aside), details.details)
        if place is Place.VISITORS:
            put("visitors", shown.visitors(session, front.customer.id if front.customer else None), visitors.visitors)
        elif place is Place.SETTINGS:
            put("settings", self._parts.settling.shown(session), settings.settings)
        self._ask()

    def _talk(self, session: AgentSession) -> Talk | Idle:
        parts = self._parts
        writing = Writing(
            note=parts.composing.note,
            offer=parts.completing.offer,
            attachments=parts.attaching.of(session.opened or ""),
        )
        return shown.talk(
            session,
            writing=writing,
            tag_field=parts.tagging.field,
            details_open=self.details_open,
            at_end=self._page.at_end(),
        )

    def _ask(self) -> None:
        """The dialog comes when there is a question; who asked it lets it go."""
        question = self._parts.asking.question
        self._areas.put(DIALOG, question, asking.asking)
        if question is not None and not self._asked:
            self._page.show_dialog(DIALOG, visible=True)
        self._asked = question is not None

    def _entitle(self, session: AgentSession) -> None:
        count, title = shown.unread_of_mine(session), self._locale.text("Chats")
        self._page.entitle(f"({count}) {title}" if count else title, unread=count > 0)
