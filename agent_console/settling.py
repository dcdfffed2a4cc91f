"""The settings: which part of them is in front, and what is done there."""

from collections.abc import Callable
from types import MappingProxyType

from agent_console.asking import Asking
from agent_console.bans import Bans
from agent_console.beside import Beside
from agent_console.directory import Directory, Group
from agent_console.form_edits import FormEdits
from agent_console.forms import Forms, FormsPage
from agent_console.inbox import addresses
from agent_console.languages import LanguagePage, Languages, Speaking
from agent_console.membership import Membership
from agent_console.names import name_of
from agent_console.organization import Ask
from agent_console.page import Page
from agent_console.questions import ConfirmAsk
from agent_console.replies import Replies
from agent_console.reply_forms import ReplyForms
from agent_console.session import AgentSession
from agent_console.settings_pages import AppsPage, BansPage, GroupsPage, RepliesPage, SettingsPage, SettingsPart
from agent_console.state import MAY_CHANGE, Place
from agent_console.theme_forms import ThemeForms
from agent_console.themes import AskWidgets, Themes, ThemesPage
from agent_console.trusting import DomainsPage, Trusting
from widget.ui.locale import Locale
from widget.wire.frames import Push

__all__ = ["Settling"]

Shown = RepliesPage | GroupsPage | FormsPage | BansPage | DomainsPage | ThemesPage | AppsPage | LanguagePage


class Settling:
    """``part`` is what of the settings is in front."""

    def __init__(
        self,
        page: Page,
        asking: Asking,
        beside: Beside,
        languages: Languages,
        locale: Locale,
        changed: Callable[[], None],
    ) -> None:
        self.part = SettingsPart.REPLIES
        self.reply_forms = ReplyForms(page, asking, locale)
        self.membership = Membership(page, asking)
        self.theme_forms = ThemeForms(page, asking, locale)
        self.form_edits = FormEdits(page, asking, locale)
        self.trusting = Trusting(page, asking, locale)
        self.speaking = Speaking(page, languages, changed)
        self._page = page
        self._asking = asking
        self._beside = beside
        self._locale = locale
        self._changed = changed
        self._directory: Directory | None = None
        self._replies: Replies | None = None
        self._bans: Bans | None = None
        self._themes: Themes | None = None
        self._forms: Forms | None = None

    def begin(
        self, session: AgentSession, ask: Ask, ask_widgets: AskWidgets, directory: Directory, replies: Replies
    ) -> None:
        """Somebody signs in."""
        self._directory, self._replies = directory, replies
        self._bans = Bans(ask, session.deeds, lambda: self.part is SettingsPart.BANS)
        self.reply_forms.begin(replies, directory)
        self.membership.begin(ask, session.deeds, directory)
        self._themes = Themes(ask_widgets, session.deeds)
        self.theme_forms.begin(self._themes)
        self._forms = Forms(ask, session.deeds)
        self.form_edits.begin(self._forms, directory)
        self.trusting.begin(ask, session.deeds, lambda: addresses(session.inbox))

    def heard(self, push: Push) -> None:
        """A push has come, and was taken up."""
        if self._bans is not None:
            self._bans.heard(push)
        self.trusting.heard(push)

    def follow_address(self) -> None:
        """Bring the part to the front that the page's address names: ``settings/bans``."""
        place, _, part = (self._page.in_address() or "").partition("/")
        if place == Place.SETTINGS:
            self.go_to(part if part in list(SettingsPart) else SettingsPart.REPLIES)

    def go_to(self, part: str) -> None:
        """Bring a part to the front."""
        self.part = SettingsPart(part)
        self._page.go_to(Place.SETTINGS if self.part is SettingsPart.REPLIES else f"{Place.SETTINGS}/{part}")
        self._changed()
        if self.part is SettingsPart.BANS and self._bans is not None:
            self._bans.load()
        elif self.part is SettingsPart.THEMES and self._themes is not None:
            self._themes.load()
        elif self.part is SettingsPart.FORMS and self._forms is not None:
            self._forms.load()
        elif self.part is SettingsPart.DOMAINS:
            self.trusting.load()
        elif self.part is SettingsPart.REPLIES and self._replies is not None:
            self._replies.refresh()

    def turn_to_widget(self, target: str) -> None:
        """Show the themes of a widget: the last word of ``target``."""
        if self._themes is not None:
            self._themes.turn_to(target.rpartition(" ")[2])

    def turn_to_group(self, target: str) -> None:
        """Show the forms of a group: the last word of ``target``."""
        group_id = target.rpartition(" ")[2]
        if self._forms is not None and group_id.isdecimal():
            self._forms.turn_to(int(group_id))

    def lift_ban(self, customer_id: str) -> None:
        """Let somebody in again."""
        if self._bans is not None:
            self._bans.lift(customer_id)

    def confirm(self) -> None:
        """What was asked for shall be done."""
        question = self._asking.question
        if isinstance(question, ConfirmAsk):
            self._asking.close()
            question.then()

    # What is shown

    def shown(self, session: AgentSession) -> SettingsPage:
        """The part in front."""
        return SettingsPage(self.part, self._shown(session))

    def _shown(self, session: AgentSession) -> Shown:
        profile, directory = session.profile, self._directory
        may_change = profile is not None and profile.permission in MAY_CHANGE
        groups = directory.groups if directory is not None else ()
        match self.part:
            case SettingsPart.REPLIES:
                replies = self._replies
                return RepliesPage(replies.all if replies else (), groups, replies is not None and replies.busy)
            case SettingsPart.GROUPS:
                agents = directory.agents if directory is not None else ()
                return GroupsPage(self.membership.groups, agents, session.inbox.routing, may_change)
            case SettingsPart.FORMS:
                return self._written(groups, may_change)
            case SettingsPart.BANS:
                return self._kept_out(session, may_change)
            case SettingsPart.DOMAINS:
                return self.trusting.shown(may_change=may_change)
            case SettingsPart.THEMES if (themes := self._themes) is not None:
                return ThemesPage(themes.widgets, themes.widget, themes.all, themes.known, may_change, themes.busy)
            case SettingsPart.THEMES:
                return ThemesPage()
            case SettingsPart.APPS:
                return self._beside.settings(session)
            case SettingsPart.LANGUAGE:
                return self.speaking.shown()

    def _written(self, groups: tuple[Group, ...], may_change: bool) -> FormsPage:
        forms = self._forms
        if forms is None:
            return FormsPage()
        return FormsPage(groups, forms.group_id, forms.here, forms.known, may_change, forms.busy)

    def _kept_out(self, session: AgentSession, may_change: bool) -> BansPage:
        if self._bans is None:
            return BansPage()
        ids = {each for ban in self._bans.all for each in (ban.customer_id, ban.agent_id) if each is not None}
        people = {i: name_of(person, self._locale) for i in ids if (person := session.inbox.person(i)) is not None}
        busy = frozenset(about for deed, about in session.deeds.busy if deed == "unban_customer")
        return BansPage(self._bans.all, MappingProxyType(people), self._bans.known, may_change, busy)
