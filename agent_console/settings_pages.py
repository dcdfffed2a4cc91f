"""What the settings show: their parts, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from agent_console.directory import Colleague, Group
from agent_console.forms import FormsPage
from agent_console.languages import LanguagePage
from agent_console.sidebar.apps import App
from agent_console.themes import ThemesPage
from agent_console.trusting import DomainsPage
from widget.wire.canned_responses import CannedResponse
from widget.wire.configuration import ActiveBan

__all__ = ["AppsPage", "BansPage", "GroupsPage", "RepliesPage", "SettingsPage", "SettingsPart"]


class SettingsPart(StrEnum):
    """The parts of the settings."""

    REPLIES = "replies"
    GROUPS = "groups"
    FORMS = "forms"
    BANS = "bans"
    DOMAINS = "domains"
    THEMES = "themes"
    APPS = "apps"
    LANGUAGE = "language"


@dataclass(frozen=True, slots=True)
class AppsPage:
    """The organization's sidebar apps. ``wrong``: the field that is not filled in as it must be; ``ready_app``: the
    address of the app that the server brings, where it is not there yet."""

    apps: tuple[App, ...] = ()
    may_change: bool = False
    busy: bool = False
    wrong: str | None = None
    ready_app: str = ""


@dataclass(frozen=True, slots=True)
class RepliesPage:
    """The canned replies; ``groups`` are all of the organization's, ``busy``: a change is under way."""

    replies: tuple[CannedResponse, ...] = ()
    groups: tuple[Group, ...] = ()
    busy: bool = False


@dataclass(frozen=True, slots=True)
class GroupsPage:
    """Who is in which group, and who of them takes chats."""

    groups: tuple[Group, ...] = ()
    agents: tuple[Colleague, ...] = ()
    routing: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    may_change: bool = False


@dataclass(frozen=True, slots=True)
class BansPage:
    """Who is kept out. ``people`` are those whose names are known."""

    bans: tuple[ActiveBan, ...] = ()
    people: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    known: bool = False
    may_change: bool = False
    busy: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class SettingsPage:
    """A part of what the organization has set."""

    part: SettingsPart
    page: RepliesPage | GroupsPage | FormsPage | BansPage | DomainsPage | ThemesPage | AppsPage | LanguagePage
