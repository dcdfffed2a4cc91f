"""What was said is kept: it outlives the server, and is acknowledged only when it is on disk."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from sqlalchemy.orm import Session

from server import tables
from server.app import prepare
from server.database import open_engine
from server.settings import Settings
from tests.server.platform import RunningServer, text

Start = Callable[[], RunningServer]


@pytest.fixture
def start(settings: Settings) -> Iterator[Start]:
    """Starts a server with the same data folder each time."""
    with ExitStack() as running:

        def start() -> RunningServer:
            server = RunningServer(settings)
            running.callback(server.stop)
            return server

        yield start


def test_the_conversation_is_still_there(start: Start) -> None:
    first = start()
    token = first.token()
    agent, visitor = first.agent(), first.visitor(token)
    chat_id = visitor.start_chat("Hello")
    agent.say(chat_id, "Hello!")
    first.stop()

    second = start()
    agent, visitor = second.agent(), second.visitor(token)

    assert visitor.texts(chat_id) == ["Hello", "Hello!"]
    visitor.say(chat_id, "Where were we?")
    assert agent.told("incoming_event")["event"]["text"] == "Where were we?"


def test_who_was_connected_is_not_connected_any_more_but_still_in_the_chat(start: Start) -> None:
    first = start()
    token = first.token()
    first.agent()
    chat_id = first.visitor(token).start_chat()
    first.stop()

    visitor = start().visitor(token)

    chat = visitor.ask("get_chat", {"chat_id": chat_id})
    assert [user["present"] for user in chat["users"]] == [True, True]
    assert visitor.ask("list_group_statuses", {"all": True}) == {"groups_status": {"0": "offline"}}


def test_a_stopping_server_says_that_it_goes(start: Start) -> None:
    server = start()
    visitor, agent = server.visitor(), server.agent()

    server.begin_to_stop()

    assert (visitor.closed(), agent.closed()) == (1001, 1001)


def test_what_was_acknowledged_is_on_disk(start: Start, settings: Settings) -> None:
    server = start()
    visitor = server.visitor()
    event_id = visitor.say(visitor.start_chat(), "Hello")

    engine = open_engine(settings.database)  # As another program sees the file.
    with Session(engine) as session:
        assert session.get(tables.Event, event_id)
        assert session.connection().exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert session.connection().exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert session.connection().exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    engine.dispose()


def test_the_token_is_made_once_and_again_when_its_file_is_lost(settings: Settings) -> None:
    kept = settings.agent_token.read_text()

    assert prepare(settings) is None
    assert settings.agent_token.read_text() == kept

    settings.agent_token.unlink()
    assert prepare(settings) == settings.agent_token.read_text().strip() != kept.strip()


def test_a_full_disk_is_said_and_does_no_harm(start: Start) -> None:
    server = start()
    visitor = server.visitor()
    chat_id = visitor.start_chat()

    server.limit_database(pages=1)
    refused = visitor.refused("send_event", {"chat_id": chat_id, "event": text("a" * 16_000)})
    server.limit_database(pages=1_000_000)

    assert refused == "service_unavailable"
    visitor.say(chat_id, "There is room again")
    assert visitor.texts(chat_id) == ["There is room again"]
