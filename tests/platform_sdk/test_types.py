"""What mypy makes of the methods. `make check` reads this file with it: a type that is not so fails there.

Nothing of this runs, but that it can be imported.
"""

from typing import assert_type

from widget.platform_sdk import Agent, Customer
from widget.platform_sdk.shapes import AgentRoutingStatus, Chat, SentEvent, Threads


async def awaited(rtm: Agent.RTM, web: Customer.Web) -> None:
    assert_type(await rtm.get_chat("PJ0MRSHTDG"), Chat)
    assert_type(await rtm.send_event("PJ0MRSHTDG", {"type": "message", "text": "hello"}), SentEvent)
    assert_type(await web.list_threads(chat_id="PJ0MRSHTDG", limit=3), Threads)
    async for push in rtm:
        assert_type(push.action, str)


def blocking(web: Agent.WebSync) -> None:
    assert_type(web.get_chat("PJ0MRSHTDG"), Chat)
    assert_type(web.list_routing_statuses(), list[AgentRoutingStatus])


async def refused(rtm: Agent.RTM) -> None:
    await rtm.get_chat()  # type: ignore[call-arg]
    await rtm.get_chat("PJ0MRSHTDG", thread="K600PKZON8")  # type: ignore[call-arg]
    await rtm.list_chats(limit="10")  # type: ignore[arg-type]
    await rtm.list_chats(sort_order="up")  # type: ignore[arg-type]
    await rtm.list_chats({"group_ids": "0"})  # type: ignore[arg-type]
    await rtm.send_event("PJ0MRSHTDG", {"text": "hello"})  # type: ignore[typeddict-item]
    await rtm.send_events()  # type: ignore[attr-defined]
    rtm.on("incoming_evnt", print)  # type: ignore[arg-type]


def test_the_types_are_for_mypy_to_see() -> None:
    assert {awaited, blocking, refused}
