"""Events by name: handlers, the observable, and ``async for``."""

import asyncio
from typing import Any

import pytest

from tests.fakes import settle
from widget.customer_sdk.emitter import Emitter
from widget.wire.errors import WrongArgument


def emitter() -> Emitter[Any]:
    return Emitter(frozenset({"said", "left"}))


async def test_a_handler_is_called_until_it_is_taken_off() -> None:
    events, heard = emitter(), list[Any]()

    events.on("said", heard.append)
    events.emit("said", 1)
    events.off("said", heard.append)
    events.emit("said", 2)

    assert heard == [1]


async def test_what_on_gives_back_takes_it_off_too() -> None:
    events, heard = emitter(), list[Any]()

    events.on("said", heard.append)()
    events.emit("said", 1)

    assert heard == []


async def test_once_is_called_once_and_can_be_taken_off_before() -> None:
    events, heard = emitter(), list[Any]()

    events.once("said", heard.append)
    events.emit("said", 1)
    events.emit("said", 2)
    events.once("said", heard.append)
    events.off("said", heard.append)
    events.emit("said", 3)

    assert heard == [1]


async def test_off_without_a_handler_takes_all_of_a_name_and_without_a_name_all() -> None:
    events, heard = emitter(), list[Any]()
    for name in ("said", "said", "left"):
        events.on(name, heard.append)

    events.off("said")
    events.emit("said", 1)
    events.emit("left", 2)
    assert heard == [2]

    events.off()
    events.emit("left", 3)
    assert heard == [2]


async def test_handlers_of_every_event_come_after_its_own() -> None:
    events, heard = emitter(), list[Any]()
    events.on("*", lambda *event: heard.append(event))
    events.on("said", heard.append)

    events.emit("said", 1)
    events.emit("left")

    assert heard == [1, ("said", 1), ("left",)]


async def test_a_handler_may_be_asynchronous() -> None:
    events, heard = emitter(), list[Any]()

    async def handler(payload: Any) -> None:
        await asyncio.sleep(0)
        heard.append(payload)

    events.on("said", handler)
    events.emit("said", 1)
    await settle()

    assert heard == [1]


async def test_a_handler_that_fails_is_reported_and_costs_nobody_else() -> None:
    events, heard, reported = emitter(), list[Any](), list[dict[str, Any]]()
    asyncio.get_running_loop().set_exception_handler(lambda loop, context: reported.append(context))

    async def later(payload: Any) -> None:
        raise ValueError("later")

    def now(payload: Any) -> None:
        raise ValueError("now")

    for handler in (now, later, heard.append):
        events.on("said", handler)
    events.emit("said", 1)
    await settle()

    assert heard == [1]
    assert [str(context["exception"]) for context in reported] == ["now", "later"]


async def test_an_observable_gives_pairs_and_is_the_same_each_time() -> None:
    events, heard = emitter(), list[Any]()

    class Observer:
        def next(self, event: tuple[str, Any]) -> None:
            heard.append(event)

    end = events.observable.subscribe(Observer())
    events.emit("said", 1)
    events.emit("left")
    end()
    events.emit("said", 2)

    assert heard == [("said", 1), ("left", None)]
    assert events.observable is events.observable


async def test_an_observer_without_next_is_refused() -> None:
    with pytest.raises(WrongArgument, match="observer"):
        emitter().observable.subscribe(7)  # type: ignore[arg-type]


async def test_a_stream_has_the_events_of_its_names_from_now_on() -> None:
    events = emitter()
    events.emit("said", 0)
    said, everything = events.stream("said"), events.stream()

    events.emit("said", 1)
    events.emit("left")
    events.end()

    assert [event async for event in said] == [("said", 1)]
    assert [event async for event in everything] == [("said", 1), ("left", None)]


async def test_a_stream_waits_for_what_comes() -> None:
    events = emitter()
    waiting = asyncio.ensure_future(anext(events.stream()))
    await settle()

    events.emit("said", 1)

    assert await waiting == ("said", 1)


async def test_an_event_that_is_not_there_is_refused_by_its_name() -> None:
    for listen in (lambda: emitter().on("say", print), lambda: emitter().stream("say")):
        with pytest.raises(WrongArgument, match="'say'"):
            listen()
