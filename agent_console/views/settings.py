"""What the organization has set: its parts, and the one in front."""

from htpy import Element, Fragment, button, div, fragment, h1, header, nav

from agent_console.forms import FormsPage
from agent_console.languages import LanguagePage
from agent_console.settings_pages import AppsPage, BansPage, GroupsPage, RepliesPage, SettingsPage, SettingsPart
from agent_console.themes import ThemesPage
from agent_console.trusting import DomainsPage
from agent_console.views.settings_apps import apps
from agent_console.views.settings_bans import bans
from agent_console.views.settings_domains import domains
from agent_console.views.settings_forms import forms
from agent_console.views.settings_groups import groups
from agent_console.views.settings_language import language
from agent_console.views.settings_replies import replies
from agent_console.views.settings_themes import themes
from widget.ui.locale import Locale

__all__ = ["settings"]


def settings(state: SettingsPage, locale: Locale) -> Fragment:
    """The whole page."""
    t = locale.text
    parts = {
        SettingsPart.REPLIES: t("Canned replies"),
        SettingsPart.GROUPS: t("Groups and agents"),
        SettingsPart.FORMS: t("Forms"),
        SettingsPart.BANS: t("Banned visitors"),
        SettingsPart.DOMAINS: t("Trusted domains"),
        SettingsPart.THEMES: t("Themes"),
        SettingsPart.APPS: t("Sidebar apps"),
        SettingsPart.LANGUAGE: t("Language"),
    }
    return fragment[
        header(".column-head")[h1[t("Settings")]],
        nav(".settings-parts", aria_label=t("Settings"))[
            [_part(part, name, state.part is part) for part, name in parts.items()]
        ],
        div(".settings-body", tabindex="-1")[_page(state, locale)],
    ]


def _part(part: SettingsPart, name: str, here: bool) -> Element:
    return button(
        ".tab",
        id=f"settings-{part}",
        type="button",
        data_action="settings-part",
        data_id=part.value,
        aria_current="true" if here else None,
    )[name]


def _page(state: SettingsPage, locale: Locale) -> Element:
    match state.page:
        case RepliesPage() as page:
            return replies(page, locale)
        case GroupsPage() as page:
            return groups(page, locale)
        case FormsPage() as page:
            return forms(page, locale)
        case BansPage() as page:
            return bans(page, locale)
        case DomainsPage() as page:
            return domains(page, locale)
        case ThemesPage() as page:
            return themes(page, locale)
        case AppsPage() as page:
            return apps(page, locale)
        case LanguagePage() as page:
            return language(page, locale)
