"""What holds whatever is done, and in whatever order: the history's line, and the throttle of sneak peeks."""

import asyncio
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.customer_sdk.fake_platform import CHAT, FakePlatform, chat
from tests.customer_sdk.test_history import Archive
from tests.fakes import settle
from widget.customer_sdk.client import SNEAK_PEEK_INTERVAL
from widget.customer_sdk.history import History, Step
from widget.wire.errors import ConnectionLost

DOINGS = st.lists(st.sampled_from(["next", "next", "page", "page", "cancel", "fail"]), max_size=40)


@given(pages=st.integers(1, 6), doings=DOINGS)
def test_every_page_is_given_once_and_in_order(pages: int, doings: list[str]) -> None:
    given_out = asyncio.run(_read(Archive(pages), doings))

    assert [step["value"] for step in given_out if step["value"] is not None] == list(range(1, pages + 1))
    assert [step["done"] for step in given_out] == [False] * (pages - 1) + [True] * (len(given_out) - pages + 1)


async def _read(archive: Archive, doings: list[str]) -> list[Step[int]]:
    """Do these things with a history, then read it to its end; returns what was given, in the order of the calls."""
    history = History(archive.load)
    calls: list[asyncio.Future[Step[int]]] = []
    for doing in doings:
        if doing == "next":
            calls.append(asyncio.ensure_future(history.next()))
        elif doing == "cancel" and calls:
            calls[-1].cancel()
        elif doing in {"page", "fail"} and archive.gates:
            archive.broken = doing == "fail"
            await archive.open()
        await settle()
    archive.broken = False
    calls += [asyncio.ensure_future(history.next()) for _ in range(archive.pages + 1)]
    while not calls[-1].done():
        await archive.open()
    given_out = []
    for call in calls:
        try:
            given_out.append(await call)
        except (asyncio.CancelledError, ConnectionLost):
            continue
    return given_out


QUARTER = 0.25
"""Seconds at a time, so that what falls due is done before more time passes."""

PEEKS = st.lists(
    st.one_of(
        st.tuples(st.just("type"), st.text(min_size=1, max_size=5)),
        st.tuples(st.just("wait"), st.integers(1, 20)),
        st.tuples(st.sampled_from(["close", "open"]), st.just(0)),
    ),
    max_size=30,
)


@given(doings=PEEKS)
def test_sneak_peeks_are_two_seconds_apart_and_only_while_the_chat_is_active(doings: list[tuple[str, Any]]) -> None:
    sent = asyncio.run(_type(doings))

    assert all(later - earlier >= SNEAK_PEEK_INTERVAL for (earlier, _), (later, _) in pairwise(sent))
    assert all(active for _, active in sent)


async def _type(doings: list[tuple[str, Any]]) -> list[tuple[float, bool]]:
    """When each sneak peek was sent, and whether the chat was active then."""
    platform = FakePlatform()
    sdk = await platform.connected2()
    active, sent = True, []
    answer = platform.network.socket.on_send
    assert answer is not None

    def note(socket: Any, frame: Any) -> None:
        if frame["action"] == "send_sneak_peek":
            sent.append((platform.clock.time, active))
        answer(socket, frame)

    platform.network.socket.on_send = note
    for doing, value in doings:
        if doing == "type":
            sdk.set_sneak_peek(CHAT, value)
        elif doing == "wait":
            for _ in range(value):
                platform.clock.advance(QUARTER)
                await settle(3)
        else:
            active = doing == "open"
            platform.tell("incoming_chat" if active else "chat_deactivated", {"chat": chat(), "chat_id": CHAT})
        await settle(3)
    sdk.destroy()
    return sent
