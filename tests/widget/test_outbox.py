"""What is typed is kept until the server has it."""

import json
from datetime import UTC, datetime

from tests.fakes import MemoryStorage
from widget.rtm.outbox import Outbox, Outgoing, read_outbox

NAME = "live-chat:w:outbox:p"


def new_outbox(storage: MemoryStorage | None = None) -> Outbox:
    return Outbox(storage or MemoryStorage(), NAME)


def test_a_text_is_in_storage_as_soon_as_it_is_added() -> None:
    storage = MemoryStorage()

    new_outbox(storage).add("Hello")

    assert [o["text"] for o in json.loads(storage.texts[NAME])] == ["Hello"]


def test_the_next_page_finds_what_the_last_one_left() -> None:
    storage = MemoryStorage()
    left = new_outbox(storage).add("Hello")

    outbox = new_outbox(storage)
    outbox.load()

    assert outbox.waiting == (left,)


def test_what_the_page_kept_before_python_started_is_read() -> None:
    early = '[{"custom_id": "abc", "text": "Hi", "created_at": "2026-05-03T09:41:00.123Z"}]'

    assert read_outbox(early) == [
        Outgoing(custom_id="abc", text="Hi", created_at=datetime(2026, 5, 3, 9, 41, 0, 123000, UTC))
    ]


def test_a_text_is_gone_only_when_it_has_arrived() -> None:
    storage = MemoryStorage()
    outbox = new_outbox(storage)
    first, second = outbox.add("one"), outbox.add("two")

    outbox.arrived([first.custom_id])

    assert outbox.waiting == (second,)
    outbox.arrived([second.custom_id])
    assert storage.texts == {}


def test_a_refused_text_waits_for_the_visitor_and_does_not_hold_up_the_next() -> None:
    outbox = new_outbox()
    first, second = outbox.add("too long"), outbox.add("fine")

    outbox.refused(first.custom_id, "VALIDATION")
    assert outbox.next() == second
    outbox.retry(first.custom_id)

    assert outbox.next() == first


def test_one_unreadable_entry_does_not_take_the_others_with_it() -> None:
    stored = '[{"text": "no id"}, 7, {"custom_id": "a", "text": "Hi", "created_at": "2026-05-03T09:41:00Z"}]'

    assert [o.text for o in read_outbox(stored)] == ["Hi"]
