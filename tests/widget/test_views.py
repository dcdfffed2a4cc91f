"""What the window shows for what is so."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from widget.rtm.conversation import Conversation, with_chat
from widget.rtm.outbox import Outgoing
from widget.ui.linked import linked
from widget.ui.locale import Locale, UtcDates
from widget.ui.log import initials
from widget.ui.shell import fill, shell
from widget.ui.state import Notice, WindowState
from widget.ui.timeline import DayRow, EventRow, OutgoingRow, SystemRow, timeline
from widget.ui.window import notice_text, window
from widget.ui.window import rows as rows_of_window
from widget.wire.base import format_timestamp
from widget.wire.chats import Chat

START = datetime(2026, 5, 3, 9, 0, tzinfo=UTC)
LOCALE = Locale()
EVIL = "<img src=x onerror=alert(1)><script>alert(2)</script>"


def event(number: int, author: str = "agent", **more: Any) -> dict[str, Any]:
    at = format_timestamp(START + timedelta(minutes=number))
    return {
        "id": f"T_{number}",
        "type": "message",
        "text": f"text {number}",
        "author_id": author,
        "created_at": at,
    } | more


def conversation(*events: dict[str, Any], agent: str = "Sam Rivera") -> Conversation:
    users = [{"id": "me", "type": "customer"}, {"id": "agent", "type": "agent", "name": agent, "present": True}]
    return with_chat(
        Conversation(), Chat.read({"id": "C", "users": users, "thread": {"id": "T", "active": True, "events": events}})
    )


def shown(state: WindowState) -> str:
    return str(window(state, Locale()))


def rows(*events: dict[str, Any], outgoing: tuple[Outgoing, ...] = ()) -> list[Any]:
    entries = conversation(*events).entries
    return timeline(entries, outgoing, me=["me"], seen_up_to=None, dates=UtcDates())


def test_what_people_write_is_text_and_never_markup() -> None:
    said = conversation(
        event(1, text=EVIL), event(2, type="system_message", system_message_type="x", text=EVIL), agent=EVIL
    )
    sending = Outgoing(custom_id='"><script>', text=EVIL, created_at=START)

    page = shown(WindowState(conversation=said, outgoing=(sending,), customer_id="me"))

    assert "<script" not in page
    assert "<img src=x" not in page


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "JaVaScRiPt://x.com/%0aalert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd"],
)
def test_only_addresses_of_the_web_become_links(address: str) -> None:
    links = [str(part) for part in linked(f"look: {address}") if not isinstance(part, str)]

    assert all('href="http' in link or 'href="mailto:' in link for link in links)


def test_a_new_day_is_announced_once() -> None:
    assert [type(r) for r in rows(event(1), event(2), event(24 * 60))] == [DayRow, EventRow, EventRow, DayRow, EventRow]


def test_messages_of_one_author_within_five_minutes_are_one_group() -> None:
    _, first, second, third = rows(event(1), event(3), event(9))

    assert [(r.first, r.last) for r in (first, second, third)] == [(True, False), (False, True), (True, True)]


def test_another_author_or_something_that_happened_ends_a_group() -> None:
    happened = event(3, type="system_message", system_message_type="agent_left")
    _, mine, theirs, system, again = rows(event(1, "me"), event(2), happened, event(4))

    assert mine.last
    assert theirs.last
    assert isinstance(system, SystemRow)
    assert again.first


@pytest.mark.parametrize("cut", range(1, 7))
def test_a_part_of_the_log_looks_as_it_does_in_the_whole(cut: int) -> None:
    happened = event(4, type="system_message", system_message_type="agent_left")
    hidden = event(5, type="hologram")
    entries = conversation(event(1), event(2), event(3), happened, hidden, event(6), event(24 * 60)).entries

    def part(start: int, stop: int) -> list[Any]:
        return timeline(entries, (), me=[], seen_up_to=None, dates=UtcDates(), part=slice(start, stop))

    assert part(0, cut) + part(cut, 7) == part(0, 7)


def test_what_is_on_its_way_comes_after_the_newest_entry_only() -> None:
    entries = conversation(event(1), event(2)).entries
    sending = (Outgoing(custom_id="a", text="x", created_at=START),)

    further_up = timeline(entries, sending, me=[], seen_up_to=None, dates=UtcDates(), part=slice(0, 1))

    assert OutgoingRow(sending[0]) not in further_up


def test_what_was_said_is_drawn_once() -> None:
    said = WindowState(conversation=conversation(event(1), event(2, "me")), customer_id="me")

    once, again = (rows_of_window(said, LOCALE)[1:] for _ in range(2))

    assert [drawn is same for drawn, same in zip(once, again, strict=True)] == [True, True]


def test_a_text_that_has_arrived_is_not_shown_as_on_its_way() -> None:
    outgoing = (
        Outgoing(custom_id="a", text="x", created_at=START),
        Outgoing(custom_id="b", text="y", created_at=START),
    )

    _, arrived, waiting = rows(event(1, "me", custom_id="a"), outgoing=outgoing)

    assert arrived.event.custom_id == "a"
    assert waiting == OutgoingRow(outgoing[1])


def test_a_bubble_keeps_its_id_from_sending_to_sent() -> None:
    sending = shown(WindowState(outgoing=(Outgoing(custom_id="a", text="x", created_at=START),)))
    sent = shown(WindowState(conversation=conversation(event(1, "me", custom_id="a")), customer_id="me"))

    assert 'id="message-a"' in sending
    assert 'id="message-a"' in sent


def test_a_refused_text_offers_what_can_be_done() -> None:
    refused = Outgoing(custom_id="a", text="x", created_at=START, error="VALIDATION")

    page = shown(WindowState(outgoing=(refused,)))

    assert "Not sent" in page
    assert 'data-action="retry" data-id="a"' in page
    assert 'data-action="discard" data-id="a"' in page


@pytest.mark.parametrize("notice", list(Notice))
def test_every_notice_has_its_words_and_the_composer_stays(notice: Notice) -> None:
    page = shown(WindowState(notice=notice))

    assert (notice_text(notice, Locale()) or "") in page
    assert 'id="message"' in page


def test_the_agent_is_named_and_the_visitor_can_end_the_chat() -> None:
    page = shown(WindowState(conversation=conversation(event(1)), customer_id="me"))

    assert "<h1>Sam Rivera</h1>" in page
    assert "End chat" in page


def test_nobody_there_is_said_before_the_visitor_writes() -> None:
    assert "We are away at the moment" in shown(WindowState(agents_online=False))


def test_the_shell_stands_in_the_page_with_a_composer() -> None:
    page = fill("<body><!-- shell --><!-- templates --></body>")

    assert str(shell()) in page
    assert "<!--" not in page
    assert '<template id="sending">' in page


@pytest.mark.parametrize(
    ("name", "letters"), [("Sam Rivera", "SR"), ("sam", "S"), ("Ana Maria de Souza", "AS"), ("", "·")]
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters
