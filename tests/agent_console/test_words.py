"""Nothing that an agent sees stays outside the catalogues."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from agent_console import reasons
from agent_console.attaching import Attachment
from agent_console.completing import Offer
from agent_console.deeds import Failure
from agent_console.delivery import Sending
from agent_console.directory import Colleague, Group
from agent_console.form_drafts import KINDS, MOST_QUESTIONS, Draft, FormAsk
from agent_console.form_drafts import Wrong as FormWrong
from agent_console.forms import TYPES, FormsPage
from agent_console.inbox import Inbox, Section, section
from agent_console.languages import LanguagePage
from agent_console.names import name_of, waited
from agent_console.news import received, with_chat
from agent_console.questions import BanAsk, ConfirmAsk, GroupAsk, ReplyAsk, Target, ThemeAsk, TransferAsk
from agent_console.reasons import Why
from agent_console.settings_pages import AppsPage, BansPage, GroupsPage, RepliesPage, SettingsPage, SettingsPart
from agent_console.sidebar.apps import App
from agent_console.sidebar.host import State as AppState
from agent_console.sidebar.sidebar import AppPane
from agent_console.state import (
    ArchivesPage,
    Details,
    Idle,
    Listing,
    Notices,
    Notifications,
    Place,
    Rail,
    SignInForm,
    Talk,
    VisitorRow,
    VisitorsPage,
    WhyNot,
    Writing,
)
from agent_console.tagging import TagField
from agent_console.themes import Theme, ThemesPage
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
from server.catalogues import CONSOLE
from sidebar_app.replies import starters
from sidebar_app.state import Access, PageSeen, PastChat, Record, State
from sidebar_app.view import app
from tests.agent_console.platform_fake import AT, message, visitor
from tests.catalogues import Marked, outside, spoken_by
from tools.setup import ROOT
from widget.agent_app.profile import CustomerProfile
from widget.rtm.outbox import Outgoing
from widget.ui.colors import Chosen
from widget.ui.locale import Locale
from widget.ui.state import Notice
from widget.wire.base import Json
from widget.wire.canned_responses import CannedResponse
from widget.wire.chats import Chat
from widget.wire.configuration import ActiveBan, GroupForm
from widget.wire.frames import Push
from widget.wire.new_events import FormField
from widget.wire.users import Customer

MARKED = Locale(words=Marked(CONSOLE))
NOW = datetime(2026, 5, 3, 13, tzinfo=UTC)
ME, COLLEAGUE = "0@1.2", "3@4.5"

# What people say and are called has no letters here: whatever has any is a text of ours.


def agent(agent_id: str) -> dict[str, Any]:
    return {"id": agent_id, "type": "agent", "name": agent_id[0], "present": True}


def chat(number: int, *users: dict[str, Any], **thread: Any) -> Chat:
    events = [
        message(f"{number}", 1, "1"),
        message(f"{number}", 2, "2", users[0]["id"] if users else None),
        message(f"{number}", 3, "3", users[0]["id"] if users else None, visibility="agents"),
        {**message(f"{number}", 4, ""), "type": "file", "url": "https://1.2/2", "name": "3.4", "size": 5_000_000},
    ]
    page = {"url": "https://1.2/", "title": "2", "opened_at": AT % 1}
    visit = {"id": 1, "started_at": AT % 0, "ip": "1.2.3.4", "referrer": "https://1.2/", "last_pages": [page, page]}
    who = visitor(f"{number}", name="6", visit=visit, session_fields=[{"7": "8"}], statistics={"visits_count": 3})
    opened = {"id": f"T{number}", "active": True, "created_at": AT % 0, "events": events, "tags": ["9"], **thread}
    return Chat.read({"id": f"{number}", "users": [who, *users], "thread": opened})


def everything() -> Inbox:
    """A chat in each section."""
    known = Inbox(me=ME)
    queued = {"position": 2, "wait_time": 60, "queued_at": AT % 2}
    for each in (
        chat(1, agent(ME)),
        chat(2, agent(ME), agent(COLLEAGUE)),
        chat(3, queue=queued),
        chat(4),
        chat(5, agent(COLLEAGUE)),
        chat(6, agent(COLLEAGUE), active=False),
    ):
        known = with_chat(known, each)
    peek: Json = {"chat_id": "1", "thread_id": "T1", "sneak_peek": {"author_id": "visitor-1", "text": "1"}}
    typing: Json = {"chat_id": "2", "thread_id": "T2", "typing_indicator": {"author_id": COLLEAGUE, "is_typing": True}}
    known = received(known, Push(action="incoming_sneak_peek", payload=peek))
    return received(known, Push(action="incoming_typing_indicator", payload=typing))


KNOWN = everything()
IN_SECTIONS = [(case.id, section(case, ME)) for case in KNOWN.cases.values()]
CASE = KNOWN.cases["1"]
CUSTOMER = KNOWN.customer_of(CASE) or Customer(id="visitor-1")
BY = {"author_id": ME, "created_at": AT % 0, "modified_by": ME, "modified_at": AT % 0}
REPLY = CannedResponse.read({"id": 1, "text": "1", "tags": ["2"], "group_id": 0, "is_private": True, **BY})
GROUPS = (Group(id=0, name="1", agent_priorities={ME: "first"}), Group(id=1, name="2"))
AGENTS = (Colleague(id=ME, name="1"), Colleague(id=COLLEAGUE, name="2"))
SENDING = Outgoing(custom_id="1", text="1", created_at=NOW)
REFUSED = SENDING.model_copy(update={"custom_id": "2", "error": "VALIDATION"})
FILES = (
    Attachment("1", "2", 3_000),
    Attachment("2", "2", 3_000_000, url="https://1.2/", going=True),
    Attachment("3", "2", 3, error=Why("VALIDATION", "1")),
    Attachment("4", "2", 3, error=Why("UPLOAD_FAILED", "1")),
    Attachment("5", "2", 3, lost=True),
)
WRITINGS = (
    Writing(),
    Writing(note=True, attachments=FILES),
    Writing(offer=Offer(none_yet=True)),
    Writing(offer=Offer(replies=(REPLY,))),
)
TAG_FIELDS = (None, TagField(), TagField("1"), TagField("1", new=True))
CHOSEN = Chosen("light", "#eeeeee", "#ffffff", "#dddddd")
APP = App(id="1", name="2", url="https://3.4/")
BAN = ActiveBan.read({"customer_id": "123456", "agent_id": ME, "created_at": AT % 0, "expires_at": AT % 9})
TARGETS = (
    Target("agent", "1", "2", "accepting_chats", 3),
    Target("agent", "2", "2"),
    Target("group", "3", "4", "accepting_chats"),
)
PROFILE: CustomerProfile = {"id": "1", "name": "Visitor 1234", "email": "", "chat": {}}


def talk(part: Section, chat_id: str = "1", **more: Any) -> Talk:
    return Talk(KNOWN.cases[chat_id], ME, KNOWN.people, part, **{"known": True, **more})


def talks() -> Iterator[Talk | Idle]:
    yield from (Idle(quiet=quiet, accepting=accepting) for quiet in (True, False) for accepting in (True, False))
    for chat_id, part in IN_SECTIONS:
        yield talk(part, chat_id)
        yield talk(part, chat_id, known=False, unread_below=2)
    yield from (talk(Section.MINE, writing=each) for each in WRITINGS)
    yield from (talk(Section.MINE, tag_field=each) for each in TAG_FIELDS)
    yield talk(Section.MINE, sendings=(Sending(REFUSED, note=False), Sending(SENDING, note=True)), details_open=True)
    yield talk(Section.MINE, sendings=(Sending(SENDING, note=False), Sending(REFUSED, note=True)))
    yield talk(Section.CLOSED, archived=True)


def asked() -> Iterator[object]:
    yield from (TransferAsk("1", "2", known=known) for known in (True, False))
    yield TransferAsk("1", "2", query="9", known=True)
    yield TransferAsk("1", "2", targets=TARGETS, known=True)
    yield from (BanAsk(CUSTOMER, wrong=wrong) for wrong in (True, False))
    yield from (ReplyAsk(reply, GROUPS, wrong) for reply in (None, REPLY) for wrong in (None, "names", "text"))
    yield from (GroupAsk(wrong=wrong) for wrong in (True, False))
    yield from (
        ThemeAsk(former, "1", CHOSEN, wrong) for former in (None, "1") for wrong in (None, "name", "taken", "many")
    )
    yield from (FormAsk(type, 0, GROUPS, (), enabled=True, wrong=("", FormWrong.EMPTY)) for type in TYPES)
    questions = tuple(Draft(f"{place}", kind, f"{place}", choices="1") for place, kind in enumerate(KINDS))
    for each in questions:
        yield from (FormAsk("ticket", 0, GROUPS, questions, enabled=True, wrong=(each.key, why)) for why in FormWrong)
    yield FormAsk("ticket", 0, GROUPS, questions[:1] * MOST_QUESTIONS, enabled=False)
    yield ConfirmAsk("1", "2", "3", lambda: None)


FORMS = tuple(
    GroupForm(
        group_id=0, type=type, enabled=type != "ticket", id="1", fields=[FormField(type="name", id="1", label="2")]
    )
    for type in TYPES[:2]
)


def pages() -> Iterator[SettingsPage]:
    themes = ThemesPage(("1", "2"), "1", (Theme("3", CHOSEN),), known=True, may_change=True)
    for part, shown in (
        (SettingsPart.REPLIES, [RepliesPage(), RepliesPage((REPLY,), GROUPS)]),
        (SettingsPart.GROUPS, [GroupsPage(), GroupsPage(GROUPS, AGENTS, {ME: "accepting_chats"}, may_change=True)]),
        (SettingsPart.FORMS, [FormsPage(), FormsPage(GROUPS, 0, FORMS, known=True, may_change=True)]),
        (SettingsPart.BANS, [BansPage(), BansPage(known=True), BansPage((BAN,), {}, known=True, may_change=True)]),
        (
            SettingsPart.THEMES,
            [ThemesPage(), themes],
        ),
        (SettingsPart.APPS, [AppsPage(), *(AppsPage((APP,), True, wrong=why, ready_app="1") for why in WRONGS)]),
        (SettingsPart.LANGUAGE, [LanguagePage(), LanguagePage(failed=True)]),
    ):
        yield from (SettingsPage(part, page) for page in shown)


WRONGS = (None, "name", "url", "many")


def sidebars() -> Iterator[State]:
    page = PageSeen("https://1.2/", "2", NOW)
    record = Record(of="1", visits=3, pages=(page,), chats=(PastChat("1", None, (("agent", "2"),)), PastChat("2", NOW)))
    yield State()
    yield State(refused="1")
    for access in Access:
        yield State(profile=PROFILE, access=access, replies=starters(MARKED))
    for each in (Record(of="1", failed="2"), Record(of="1", loading=True), Record(of="1"), record):
        yield State(profile=PROFILE, access=Access.GRANTED, record=each, replies=starters(MARKED), put="1", failed="2")
    yield State(profile=PROFILE, access=Access.GRANTED, replies=starters(MARKED), wanted="%")


def drawn() -> Iterator[tuple[str, object]]:
    """Every view, in all its states."""
    views: list[tuple[Callable[[Any, Locale], object], list[Any]]] = [
        (rail.rail, [Rail(notifications=each, unread=2) for each in Notifications]),
        (rail.rail, [Rail(Place.CHATS, accepting=True, muted=True)]),
        (inbox.chats, [Listing(), Listing(known=True), Listing(KNOWN, "1", known=True, now=NOW)]),
        (conversation.talk, [*talks()]),
        (details.details, [Details(), Details(CUSTOMER, (("1", "2"),)), Details(CUSTOMER, alone=True)]),
        (details.details, [Details(Customer(id="123456"))]),
        (beside.tabs, [AppPane(), AppPane((APP,))]),
        (beside.standing, [AppPane((APP,), APP, state) for state in AppState]),
        (archives.archives, [ArchivesPage(), ArchivesPage(known=True), ArchivesPage("1", known=True)]),
        (archives.archives, [ArchivesPage(found=(CASE,), opened=CASE, count=2, known=True, more=True, me=ME, now=NOW)]),
        (visitors.visitors, [VisitorsPage(), VisitorsPage(known=True), VisitorsPage(rows(), known=True, now=NOW)]),
        (asking.asking, [*asked()]),
        (settings.settings, [*pages()]),
        (notices.notices, [Notices(notice, reason) for notice in Notice for reason in (None, "connection_evicted")]),
        (notices.failures, [tuple(Failure(1, deed, Why(code, "1")) for deed in DEEDS for code in reasons._WORDS)]),
        (sign_in.sign_in, [SignInForm(busy=True), *(SignInForm(why=why, reason="authentication") for why in WhyNot)]),
        (app, [*sidebars()]),
    ]
    yield from (
        (f"{view.__name__} of {state!r:.200}", view(state, MARKED)) for view, states in views for state in states
    )
    yield "frame", frame.frame(MARKED)
    yield "starting", frame.starting(MARKED)


DEEDS = ("start_chat", "list_chats", "anything else")


def rows() -> tuple[VisitorRow, ...]:
    chats = (VisitorRow(CUSTOMER, KNOWN.cases[chat_id], part) for chat_id, part in IN_SECTIONS)
    return (VisitorRow(CUSTOMER), *chats)


def test_every_text_of_the_console_and_its_app_is_in_the_catalogue() -> None:
    found = {where: texts for where, shown in drawn() if (texts := outside(str(shown)))}

    assert found == {}


def test_every_text_of_the_pages_before_python_is_in_the_catalogue() -> None:
    for page in ("agent_console/index.html", "sidebar_app/index.html"):
        assert [text for text in outside((ROOT / page).read_text("utf-8")) if text not in Marked(CONSOLE)] == []


def test_names_and_times_are_in_the_catalogue() -> None:
    told = [waited(NOW - timedelta(minutes=minutes), NOW, MARKED) for minutes in (0, 5, 65, 6000)]

    assert outside(" ".join([*told, name_of(None, MARKED)])) == []


@pytest.mark.parametrize("code", reasons._WORDS)
def test_a_reason_is_said_in_words_of_our_own(code: str) -> None:
    assert outside(reasons.in_words(Why(code, "The platform's."), MARKED)) == []


VIEWS = [*(ROOT / "agent_console").rglob("*.py"), *(ROOT / "sidebar_app").rglob("*.py")]


@pytest.mark.parametrize("file", sorted(VIEWS), ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_no_view_writes_a_text_itself(file: Path) -> None:
    assert list(spoken_by(file)) == []
