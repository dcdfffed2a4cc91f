"""A client that does not read is cut off, and nobody else notices."""

import asyncio
import json
from functools import partial
from typing import Any, cast

import pytest
from starlette.websockets import WebSocket

from server import connections, rtm
from server.bus import Delivery
from server.connections import Connection
from server.limits import FRAMES_WAITING, Allowance
from tests.server.platform import RunningServer

LONG = "a" * 16_000


def test_a_client_that_does_not_read_is_cut_off_and_nobody_else_is(
    server: RunningServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rtm, "Allowance", partial(Allowance, burst=10_000))
    monkeypatch.setattr(connections, "FRAMES_WAITING", 20)
    monkeypatch.setattr(connections, "GRACE", 60.0)
    token = server.token()
    agent, slow, phone = server.agent(), server.slow_visitor(token), server.visitor(token)
    chat_id = phone.start_chat()

    messages = 100  # Far more than the system's buffers and ours take.
    for number in range(messages):
        agent.say(chat_id, f"{number} {LONG}")

    heard = [phone.told("incoming_event")["event"]["text"].partition(" ")[0] for _ in range(messages)]
    assert heard == [str(number) for number in range(messages)]
    assert slow.closed() == 1000
    assert slow.pushes[-1]["payload"] == {"reason": "connection_evicted"}
    assert len(slow.pushes) < messages


class Unread:
    """A socket whose client does not read until it is let."""

    def __init__(self) -> None:
        self.read = asyncio.Event()
        self.got: list[Any] = []

    async def send_text(self, text: str) -> None:
        await self.read.wait()
        self.got.append(json.loads(text)["payload"])

    async def close(self, code: int) -> None:
        self.got.append(code)


def delivery(number: int) -> Delivery:
    return Delivery("incoming_event", {"number": number}, frozenset())


async def test_so_many_frames_may_wait_and_no_more() -> None:
    connection, socket = Connection("c", "3.6", "customer_disconnected"), Unread()
    writer = asyncio.create_task(connection.write_to(cast(WebSocket, socket)))

    for number in range(FRAMES_WAITING):
        connection.deliver(delivery(number), None)
    assert connection.code is None
    connection.deliver(delivery(FRAMES_WAITING), None)
    assert connection.code == 1000

    socket.read.set()
    await writer
    assert socket.got == [{"reason": "connection_evicted"}, 1000]


async def test_a_client_that_never_reads_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "GRACE", 0.0)
    connection, socket = Connection("c", "3.6", "customer_disconnected"), Unread()
    writer = asyncio.create_task(connection.write_to(cast(WebSocket, socket)))
    connection.deliver(delivery(1), None)
    await asyncio.sleep(0)

    connection.end("connection_evicted")

    with pytest.raises(asyncio.CancelledError):
        await writer
    assert socket.got == []


async def test_what_was_said_before_the_end_is_still_sent() -> None:
    connection, socket = Connection("c", "3.6", "customer_disconnected"), Unread()
    socket.read.set()

    connection.deliver(delivery(1), None)
    connection.end(None, 1001)
    connection.deliver(delivery(2), None)
    await connection.write_to(cast(WebSocket, socket))

    assert socket.got == [{"number": 1}, 1001]


@pytest.mark.parametrize(
    ("pushes", "heard"),
    [
        (None, True),
        ({"3.6": ["all"]}, True),
        ({"3.6": ["incoming_event"]}, True),
        ({"3.6": ["incoming_chat"]}, False),
        ({"3.5": ["all"]}, False),
    ],
)
def test_a_connection_hears_the_pushes_that_it_wants(pushes: dict[str, list[str]] | None, *, heard: bool) -> None:
    connection = Connection("c", "3.6", "customer_disconnected")
    connection.want(pushes)

    connection.deliver(delivery(1), None)

    assert bool(connection.waiting) is heard
