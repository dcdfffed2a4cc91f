"""The ready sidebar app: what it shows of a customer, and the replies that it has at hand."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sidebar_app.app import App
from sidebar_app.platform import Platform
from sidebar_app.replies import Reply, filled, found, read_replies
from sidebar_app.state import Access, PastChat, Record, State
from sidebar_app.view import app as view
from tests.fakes import settle
from widget.agent_app.profile import CustomerProfile
from widget.platform_sdk import Token
from widget.rtm.background import begin
from widget.rtm.ports import HttpResponse
from widget.ui.locale import Locale
from widget.wire.errors import NotConnected, Refused

MARY: CustomerProfile = {"id": "S1", "name": "Mary Brown", "email": "", "chat": {"chat_id": "C1", "id": "T2"}}
PAUL: CustomerProfile = {"id": "S2", "name": "Paul", "email": "", "chat": {}}


@dataclass(slots=True)
class FakePlatform:
    """Answers with ``records``, or fails with ``error``; waits for ``gate`` if there is one."""

    records: dict[str, Record] = field(default_factory=dict)
    own: tuple[Reply, ...] = ()
    error: Exception | None = None
    gate: asyncio.Event | None = None

    async def record(self, profile: CustomerProfile) -> Record:
        if self.gate is not None:
            await self.gate.wait()
        if self.error is not None:
            raise self.error
        return self.records.get(profile["id"], Record(of=profile["id"]))

    async def replies(self) -> tuple[Reply, ...]:
        return self.own


@dataclass(slots=True)
class FakeFrame:
    put: list[str] = field(default_factory=list)
    error: Exception | None = None

    async def put_message(self, text: str) -> None:
        if self.error is not None:
            raise self.error
        self.put.append(text)


def started(frame: FakeFrame | None = None) -> App:
    return App(frame or FakeFrame(), lambda _: None)


def shown(state: State) -> str:
    return str(view(state, Locale()))


async def test_it_shows_the_customer_and_what_was_said_before() -> None:
    app = started()
    past = PastChat("T1", None, (("customer", "Is it <blue>?"), ("agent", "It is.")))
    await app.turn_to(MARY)
    await app.allow(FakePlatform({"S1": Record(of="S1", visits=3, chats=(past,))}))

    page = shown(app.state)
    assert "Mary Brown" in page
    assert "3 visits" in page
    assert "Is it &lt;blue&gt;?" in page


async def test_an_answer_that_comes_when_another_customer_is_in_front_is_dropped() -> None:
    app, platform = started(), FakePlatform({"S1": Record(of="S1", visits=3)}, gate=asyncio.Event())
    begin(app.allow(platform))
    begin(app.turn_to(MARY))
    await settle()
    begin(app.turn_to(PAUL))
    await settle()
    assert platform.gate
    platform.gate.set()
    await settle()

    assert app.state.record == Record(of="S2")


async def test_nobody_in_front_shows_nobody() -> None:
    app = started()
    await app.turn_to(MARY)
    await app.turn_to(None)

    assert "Open a chat" in shown(app.state)


async def test_what_fails_says_so_and_can_be_tried_again() -> None:
    app, platform = started(), FakePlatform(error=NotConnected())
    await app.turn_to(MARY)
    await app.allow(platform)
    assert "No connection." in shown(app.state)

    platform.error = None
    await app.load()
    assert "This is the first one." in shown(app.state)


async def test_who_is_not_known_to_the_platform_is_asked() -> None:
    app = started()
    await app.turn_to(MARY)
    await app.allow(None)
    assert "personal access token" in shown(app.state)

    await app.allow(FakePlatform(error=Refused("authentication")))
    assert app.state.access is Access.REFUSED
    assert "do not belong together" in shown(app.state)


async def test_a_reply_is_put_into_the_message_with_the_customers_name() -> None:
    frame = FakeFrame()
    app = started(frame)
    await app.turn_to(MARY)
    await app.put(0)

    assert frame.put == ["Hello Mary! How can I help you?"]
    assert "It is in your message" in shown(app.state)


async def test_a_reply_that_is_not_taken_says_why() -> None:
    app = started(FakeFrame(error=Refused("not_allowed", "No chat is open.")))
    await app.put(0)

    assert app.state.failed == "No chat is open."


async def test_an_organizations_own_replies_come_instead() -> None:
    app = started()
    await app.turn_to(MARY)
    await app.allow(FakePlatform(own=(Reply("sizes", "We have 36 to 48."),)))

    assert "We have 36 to 48." in shown(app.state)
    assert "One moment" not in shown(app.state)


def test_without_a_name_the_sentence_is_whole() -> None:
    assert filled(Reply("", "Hello {name}!"), {"name": "Visitor 4F2A"}) == "Hello!"
    assert filled(Reply("", "Thank you, {name}. Bye!"), None) == "Thank you. Bye!"


def test_a_reply_is_found_by_any_of_its_words() -> None:
    replies = (Reply("sizes", "We have 36 to 48."), Reply("bye", "Good bye!"))

    assert found(replies, "48 WE") == replies[:1]
    assert found(replies, "") == replies


@given(st.text() | st.none() | st.integers())
def test_whatever_the_organization_keeps_replies_are_read(text: object) -> None:
    assert all(reply.name and reply.text for reply in read_replies(text))


async def test_the_platform_is_asked_for_the_visit_and_the_threads_before_this_one() -> None:
    answers: dict[str, Any] = {
        "get_customer": '{"id": "S1", "statistics": {"visits_count": 2}, "visit": {"last_pages": '
        '[{"url": "https://shop.example/a", "title": "A"}, {"url": "https://shop.example/b"}]}}',
        "list_threads": '{"found_threads": 2, "threads": [{"id": "T2", "events": []}, {"id": "T1", "created_at": '
        '"2026-05-03T12:00:00.000000Z", "events": [{"type": "message", "text": "Hi", "author_id": "S1"}, '
        '{"type": "message", "text": "secret", "author_id": "me", "visibility": "agents"}]}]}',
    }

    async def fetch(verb: str, url: str, headers: Any, body: bytes | None) -> HttpResponse:
        return HttpResponse(200, next(answer for action, answer in answers.items() if action in url))

    record = await Platform(fetch, Token.from_pat("me", "secret"), "https://chat.example").record(MARY)

    assert record.visits == 2
    assert [page.title for page in record.pages] == ["https://shop.example/b", "A"]
    assert [(chat.id, chat.said) for chat in record.chats] == [("T1", (("customer", "Hi"),))]
