"""What the console shows: what visitors write stays text, and everything has its role and name."""

import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from agent_console.delivery import Sending
from agent_console.inbox import Inbox, Section
from agent_console.news import received, with_chat
from agent_console.state import Details, Listing, Notices, Rail, SignInForm, Talk, WhyNot
from agent_console.views import conversation, details, inbox, log, notices, rail, sign_in
from tests.agent_console.platform_fake import ANN, AT, ME, agent, chat, message
from widget.rtm.outbox import Outgoing
from widget.ui.locale import Locale
from widget.ui.state import Notice
from widget.wire.chats import Chat
from widget.wire.frames import Push

ENGLISH = Locale()
NOW = datetime(2026, 5, 3, 13, tzinfo=UTC)


class Elements(HTMLParser):
    """The elements of some markup, and its text."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def with_id(self, element_id: str) -> dict[str, str | None]:
        return next(attributes for _, attributes in self.tags if attributes.get("id") == element_id)


def inbox_of(*chats: dict[str, Any]) -> Inbox:
    known = Inbox(me=ME)
    for each in chats:
        known = with_chat(known, Chat.read(each))
    return known


def talk_of(known: Inbox, chat_id: str, **more: Any) -> Talk:
    return Talk(known.cases[chat_id], ME, known.people, **{"section": Section.MINE, "known": True, **more})


@given(st.text(min_size=1))
def test_whatever_a_visitor_writes_or_calls_themselves_makes_no_element(text: str) -> None:
    evil = f"<img src=x onerror=alert(1)>{text}</button><script>"
    written = chat("A", agent(ME), events=[message("A", 1, evil)])
    written["users"][0] |= {
        "name": evil,
        "email": evil,
        "session_fields": [{evil: evil}],
        "visit": {"user_agent": evil, "ip": evil, "referrer": evil, "last_pages": [{"url": evil, "title": evil}]},
    }
    known = inbox_of(written)
    peek: dict[str, Any] = {"chat_id": "A", "thread_id": "T1-A", "sneak_peek": {"author_id": "visitor-A", "text": evil}}
    known = received(known, Push(action="incoming_sneak_peek", payload=peek))

    views = (
        conversation.talk(talk_of(known, "A"), ENGLISH),
        inbox.chats(Listing(known, "A", known=True, now=NOW), ENGLISH),
        details.details(Details(known.customer_of(known.cases["A"])), ENGLISH),
    )

    assert {"img", "script"} & {tag for view in views for tag, _ in Elements(str(view)).tags} == set()


def test_an_address_that_does_not_lead_to_the_web_is_no_link() -> None:
    written = chat("A", agent(ME))
    written["users"][0]["visit"] = {"referrer": "javascript:alert(1)", "last_pages": [{"url": "data:text/html,x"}]}
    known = inbox_of(written)

    markup = str(details.details(Details(known.customer_of(known.cases["A"])), ENGLISH))

    assert "<a" not in markup


def test_the_roles_and_names_that_tests_and_assistive_technology_rely_on() -> None:
    known = inbox_of(chat("A", agent(ME), events=[message("A", 1, "Hello")]))

    column = Elements(str(inbox.chats(Listing(known, "A", known=True, now=NOW), ENGLISH)))
    middle = Elements(str(conversation.talk(talk_of(known, "A"), ENGLISH)))

    assert column.with_id("chat-list")["aria-label"] == "Chats"
    assert column.with_id("open-A")["aria-current"] == "true"
    assert (middle.with_id("scroll")["role"], middle.with_id("scroll")["aria-label"]) == ("log", "Conversation")
    assert any(tag == "label" and attributes.get("for") == "message" for tag, attributes in middle.tags)
    assert any(attributes.get("aria-label") == "Send" for _, attributes in middle.tags)


def test_the_list_tells_name_last_line_and_how_many_are_unread() -> None:
    known = inbox_of(chat("A", agent(ME), events=[message("A", 1, "Hello"), message("A", 2, "Anybody there?")]))

    text = Elements(str(inbox.chats(Listing(known, known=True, now=NOW), ENGLISH))).text

    assert "Visitor VISI" in text
    assert "Anybody there?" in text
    assert "2 unread" in text


def test_how_long_somebody_has_waited_stands_in_the_list() -> None:
    known = inbox_of(chat("A", queue={"position": 1, "wait_time": 60, "queued_at": AT % 48}))

    text = Elements(str(inbox.chats(Listing(known, known=True, now=NOW), ENGLISH))).text

    assert "12 min" in text
    assert "1 waiting" in text


def test_a_note_is_not_said_to_have_been_seen_by_the_visitor() -> None:
    written = chat("A", agent(ME), events=[message("A", 1, "Careful", ME, visibility="agents")])
    written["users"][0]["events_seen_up_to"] = AT % 9
    known = inbox_of(written)

    text = Elements(str(log.log(talk_of(known, "A"), ENGLISH))).text

    assert "Seen" not in text


def test_a_reply_that_was_refused_can_be_tried_again_and_so_can_a_note() -> None:
    known = inbox_of(chat("A", agent(ME)))
    refused = [Outgoing(custom_id=f"c{i}", text="Hm", created_at=NOW, error="VALIDATION") for i in range(2)]
    sendings = (Sending(refused[0], note=False), Sending(refused[1], note=True))

    markup = str(log.log(talk_of(known, "A", sendings=sendings), ENGLISH))

    assert len(re.findall(r'data-action="retry" data-id="c\d"', markup)) == 2


def test_the_header_offers_what_can_be_done_with_the_chat() -> None:
    known = inbox_of(chat("A", agent(ANN)))
    offered = {
        Section.MINE: "Close chat",
        Section.CLOSED: "Reopen",
        Section.WAITING: "Take over",
        Section.OTHERS: "Join",
    }

    for section, action in offered.items():
        state = talk_of(known, "A", section=section)
        assert action in Elements(str(conversation.talk(state, ENGLISH))).text


def test_the_switch_says_whether_i_accept_chats() -> None:
    on, off = (Elements(str(rail.rail(Rail(accepting=each), ENGLISH))) for each in (True, False))

    assert (on.with_id("accepting")["aria-checked"], off.with_id("accepting")["aria-checked"]) == ("true", "false")


def test_each_notice_that_can_be_helped_offers_how() -> None:
    offers = {
        notice: Elements(str(notices.notices(Notices(notice, "connection_evicted"), ENGLISH))).text
        for notice in (Notice.RECONNECTING, Notice.PAUSED, Notice.BEHIND, Notice.ENDED)
    }

    assert [text.endswith(("Try again", "Sign in again")) for text in offers.values()] == [True] * 4


def test_the_form_says_what_was_wrong_and_where() -> None:
    form = Elements(str(sign_in.sign_in(SignInForm("ann@example.com", WhyNot.REFUSED, "authentication"), ENGLISH)))

    assert "do not belong together" in form.text
    assert form.with_id("token")["aria-invalid"] == "true"
    assert form.with_id("account")["value"] == "ann@example.com"
