"""What stands beside the conversation: the organization's apps, in step with the chat in front."""

from collections.abc import Callable

from agent_console.announcing import Announcing
from agent_console.composing import Composing
from agent_console.organization import Ask, Organization
from agent_console.page import Page
from agent_console.session import AgentSession
from agent_console.settings_pages import AppsPage
from agent_console.sidebar.frames import Frames
from agent_console.sidebar.profile import message_of, messages_of, profile_of
from agent_console.sidebar.sidebar import Desk, Sidebar
from agent_console.state import MAY_CHANGE, Aside, InFront
from widget.agent_app.profile import CustomerProfile
from widget.rtm.ports import Clock
from widget.ui.locale import Locale
from widget.wire.base import Json
from widget.wire.customer import IncomingEvent
from widget.wire.frames import Push

__all__ = ["Beside"]


class Beside:
    """The sidebar of whoever has signed in."""

    def __init__(
        self,
        *,
        page: Page,
        frames: Frames,
        clock: Clock,
        locale: Locale,
        composing: Composing,
        announcing: Announcing,
        new_id: Callable[[], str],
        changed: Callable[[], None],
    ) -> None:
        self._page = page
        self._locale = locale
        self._composing = composing
        self._announcing = announcing
        self._session: AgentSession | None = None
        self._organization: Organization | None = None
        desk = Desk(put=self._put, say=announcing.say, messages=self._messages, changed=changed)
        self._sidebar = Sidebar(frames, clock, desk, new_id)

    def begin(self, session: AgentSession, ask: Ask) -> None:
        """Somebody signs in."""
        self._session = session
        self._organization = Organization(ask, session.deeds, self._sidebar.configure)

    def end(self) -> None:
        """They have signed out: nothing of theirs goes on."""
        self._session = None
        self._organization = None
        self._sidebar.end()

    # What the agent does

    def show(self, app_id: str) -> None:
        """Bring an app to the front, or with no id the visitor's details."""
        self._sidebar.bring_to_front(app_id or None)

    def retry(self, app_id: str) -> None:
        """Begin an app anew."""
        self._sidebar.retry(app_id)

    def press(self, target: str) -> None:
        """A button of an app's section; ``target`` is the app's id and the button's."""
        app_id, _, button_id = target.partition(" ")
        self._sidebar.pressed(app_id, button_id)

    def add_app(self) -> None:
        """Have the app that was entered."""
        page, organization = self._page, self._organization
        if organization is None or organization.busy:
            return
        if organization.add_app(page.entered("app-name"), page.entered("app-url")):
            page.enter("app-name", "")
            page.enter("app-url", "")
        else:
            page.focus("app-url" if organization.wrong == "url" else "app-name")

    def add_ready_app(self) -> None:
        """Have the app that the server brings."""
        if self._organization is not None:
            self._organization.add_app(self._locale.text("Customer"), self._page.ready_app())

    def remove_app(self, app_id: str) -> None:
        """Have an app no longer."""
        if self._organization is not None:
            self._organization.remove_app(app_id)

    # What happens meanwhile

    def heard(self, push: Push) -> None:
        """A push has come, and was taken up."""
        if self._organization is not None:
            self._organization.heard(push)
        case = self._session.open_case if self._session is not None else None
        if push.action == "incoming_event" and case is not None and isinstance(push.payload, dict):
            told = IncomingEvent.read(push.payload)
            message = message_of(case, told.event) if told.chat_id == case.id else None
            if message is not None:
                self._sidebar.told(message)

    def look(self, session: AgentSession, front: InFront) -> None:
        """Be in step with whom the agent has turned to."""
        if self._organization is not None:
            self._organization.keep_in_step(connected=session.in_step)
        self._sidebar.turn_to(self._profile(front))
        self._sidebar.look()

    # What is shown

    def shown(self) -> Aside:
        """The tabs and the state of the app in front."""
        return Aside(self._sidebar.pane, self._sidebar.sections)

    def settings(self, session: AgentSession) -> AppsPage:
        """The page on which apps are set."""
        organization, profile, ready = self._organization, session.profile, self._page.ready_app()
        apps = organization.apps if organization else ()
        return AppsPage(
            apps=apps,
            may_change=profile is not None and profile.permission in MAY_CHANGE,
            busy=organization is not None and organization.busy,
            wrong=organization.wrong if organization else None,
            ready_app=ready if all(app.url != ready for app in apps) else "",
        )

    # Private

    def _profile(self, front: InFront) -> CustomerProfile | None:
        if front.customer is None:
            return None
        active = front.case if front.source != "visitors" or (front.case and front.case.conversation.active) else None
        return profile_of(front.customer, active, front.source)

    def _messages(self) -> list[Json]:
        case = self._session.open_case if self._session is not None else None
        return [] if case is None else messages_of(case)

    def _put(self, text: str) -> None:
        t = self._locale.text
        if self._session is None or not self._composing.append(self._session, text):
            self._announcing.say(t("The app's text does not fit into the message."))
            return
        self._announcing.say(t("An app has added to your message."))
        if self._sidebar.has_focus:
            self._page.focus("message")  # Enter is then all it takes
