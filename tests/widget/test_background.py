"""Work that nobody waits for."""

import asyncio
from typing import Any

from widget.rtm.background import begin


async def test_a_failure_that_nobody_waits_for_is_heard_of_at_once() -> None:
    heard: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: heard.append(context))

    async def fail() -> None:
        raise AttributeError("not there")

    work = begin(fail())
    await asyncio.wait([work])
    await asyncio.sleep(0)

    assert [str(context["exception"]) for context in heard] == ["not there"]


async def test_work_that_is_cancelled_has_not_failed() -> None:
    heard: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: heard.append(context))

    work = begin(asyncio.sleep(60))
    work.cancel()
    await asyncio.wait([work])
    await asyncio.sleep(0)

    assert heard == []
