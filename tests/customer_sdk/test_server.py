"""The SDK in both vocabularies against the embedded server, over real sockets."""

import asyncio
from collections.abc import Awaitable
from typing import Any, TypeVar

import pytest

from server.organization import LICENSE_ID, ORGANIZATION_ID
from tests.server.platform import PATIENCE, RunningServer, text
from widget.customer_sdk.cpython import Memory, world
from widget.customer_sdk.emitter import Stream
from widget.customer_sdk.files import ChatFile, UploadCanceled
from widget.customer_sdk.sdk2 import CustomerSDK2
from widget.customer_sdk.sdk5 import CustomerSDK5
from widget.customer_sdk.start import init
from widget.wire.errors import Refused, SignInFailed

T = TypeVar("T")


def sdk2(server: RunningServer, storage: Memory | None = None, **config: Any) -> CustomerSDK2:
    """A client in the first words; the same storage is the same customer."""
    return init(license=LICENSE_ID, client_id="demo", base_url=address(server), world=world(storage), **config)


def sdk5(server: RunningServer, storage: Memory | None = None, **config: Any) -> CustomerSDK5:
    """A client in today's words."""
    return init(
        organization_id=ORGANIZATION_ID, client_id="demo", base_url=address(server), world=world(storage), **config
    )


def address(server: RunningServer) -> str:
    return f"http://127.0.0.1:{server.port}"


async def soon(awaited: Awaitable[T]) -> T:
    """What comes, unless the server is broken."""
    async with asyncio.timeout(PATIENCE):
        return await awaited


async def payload(stream: Stream[Any]) -> Any:
    """The payload of the next event of a stream."""
    _, told = await soon(anext(stream))
    return told


# In the first words


async def test_a_conversation_from_start_to_end(server: RunningServer) -> None:
    agent = server.agent()
    async with sdk2(server) as sdk:
        news, typing = sdk.events("new_event"), sdk.events("user_is_typing", "user_stopped_typing")
        joined, closed = sdk.events("user_joined_chat"), sdk.events("thread_closed")

        chat = await sdk.start_chat({"events": [{"type": "message", "text": "hello"}]})
        assert [event["text"] for event in chat["events"] if event["type"] == "message"] == ["hello"]
        assert {(await payload(joined))["chat"] for _ in chat["users"]} == {chat["id"]}

        sent = await sdk.send_event(chat["id"], {"type": "message", "text": "anybody?", "custom_id": "c1"})
        assert (sent["custom_id"], sent["author"]) == ("c1", (await sdk.auth.get_token()).entity_id)

        agent.ask("send_typing_indicator", {"chat_id": chat["id"], "is_typing": True})
        assert (await soon(anext(typing)))[0] == "user_is_typing"
        agent.ask("send_event", {"chat_id": chat["id"], "event": text("here I am")})
        while (told := await payload(news))["event"].get("text") != "here I am":
            pass
        assert (told["chat"], told["event"]["thread"]) == (chat["id"], chat["thread"])

        agent.ask("deactivate_chat", {"id": chat["id"]})
        assert await payload(closed) == {"chat": chat["id"]}


async def test_what_is_said_after_the_end_begins_a_new_thread(server: RunningServer) -> None:
    async with sdk2(server) as sdk:
        chat = await sdk.start_chat({"events": [{"type": "message", "text": "one"}]})
        assert await sdk.close_thread(chat["id"]) == {"success": True}

        event = await sdk.send_event(chat["id"], {"type": "message", "text": "two"})

        assert event["text"] == "two"
        assert event["thread"] != chat["thread"]
        summary = await sdk.get_chat_threads_summary(chat["id"])
        assert [t["id"] for t in summary["threads_summary"]] == [chat["thread"], event["thread"]]
        assert summary["total_threads"] == 2


async def test_a_closed_thread_takes_an_event_that_is_attached_to_it(server: RunningServer) -> None:
    async with sdk2(server) as sdk:
        chat = await sdk.start_chat()
        await sdk.close_thread(chat["id"])

        event = await sdk.send_event(chat["id"], {"type": "message", "text": "late"}, {"attach_to_last_thread": True})

        assert event["thread"] == chat["thread"]


async def test_a_rating_is_said_in_the_chat(server: RunningServer) -> None:
    async with sdk2(server) as sdk:
        chat = await sdk.start_chat({"events": [{"type": "message", "text": "hi"}]})

        rated = await sdk.rate_chat(chat["id"], {"score": 1, "comment": "thanks"})

        (thread,) = await sdk.get_chat_threads(chat["id"], [chat["thread"]])
        assert thread["properties"]["rating"] == {"score": 1, "comment": "thanks"}
        (said,) = [event for event in thread["events"] if event["id"] == rated["id"]]
        assert said["system_message_type"] == "rating.chat_rated"


async def test_properties_and_marks_reach_the_customers_other_page(server: RunningServer) -> None:
    storage = Memory()
    async with sdk2(server, storage) as sdk:
        chat = await sdk.start_chat({"events": [{"type": "message", "text": "hi"}]})
        async with sdk2(server, storage) as other:
            told = other.events(
                "chat_properties_updated", "chat_thread_properties_updated", "last_seen_timestamp_updated"
            )

            rating = {"rating": {"score": 0}}
            await sdk.update_chat_thread_properties(chat["id"], chat["thread"], rating)
            assert await payload(told) == {"chat": chat["id"], "thread": chat["thread"], "properties": rating}

            seen = await sdk.update_last_seen_timestamp(chat["id"])
            assert (await payload(told))["chat"] == chat["id"]
            assert seen["timestamp"] > 0


async def test_history_across_threads_and_pages(server: RunningServer) -> None:
    async with sdk2(server) as sdk:
        chat = await sdk.start_chat({"events": [{"type": "message", "text": "0"}]})
        for number in range(1, 22):
            await sdk.close_thread(chat["id"])
            await sdk.send_event(chat["id"], {"type": "message", "text": str(number)})

        history = sdk.get_chat_history(chat["id"])
        steps = await asyncio.gather(*(history.next() for _ in range(6)))

        pages = [step["value"] for step in steps if step["value"] is not None]
        texts = [event["text"] for page in reversed(pages) for event in page if event["type"] == "message"]
        assert texts == [str(number) for number in range(22)]
        assert len(pages) > 1
        assert steps[len(pages) - 1]["done"]
        summary = await sdk.get_chat_threads_summary(chat["id"], {"offset": 20, "limit": 5})
        assert (len(summary["threads_summary"]), summary["total_threads"]) == (2, 22)


async def test_a_file_is_sent_with_its_progress(server: RunningServer) -> None:
    async with sdk2(server) as sdk:
        chat = await sdk.start_chat()
        progress: list[float] = []

        sent = await sdk.send_file(
            chat["id"],
            {"file": ChatFile("notes.txt", b"x" * 300_000, "text/plain"), "custom_id": "f"},
            {"on_progress": progress.append},
        )

        assert progress[0] == 0.0
        assert progress[-1] == 1.0
        assert progress == sorted(progress)
        assert server.http.get(sent["url"]).content == b"x" * 300_000
        (thread,) = await sdk.get_chat_threads(chat["id"], [chat["thread"]])
        (file,) = [event for event in thread["events"] if event["type"] == "file"]
        assert (file["url"], file["name"], file["custom_id"]) == (sent["url"], "notes.txt", "f")


async def test_a_file_that_was_cancelled_is_not_in_the_chat(server: RunningServer) -> None:
    async with sdk2(server) as sdk:
        chat = await sdk.start_chat()
        begun = asyncio.Event()
        file = ChatFile("a.txt", bytes(9_000_000), "text/plain")
        upload = sdk.send_file(chat["id"], {"file": file}, {"on_progress": lambda part: begun.set()})
        await soon(begun.wait())

        upload.cancel()

        with pytest.raises(UploadCanceled):
            await upload
        (thread,) = await sdk.get_chat_threads(chat["id"], [chat["thread"]])
        assert [event["type"] for event in thread["events"]] == []


async def test_a_sneak_peek_reaches_the_agent(server: RunningServer) -> None:
    agent = server.agent()
    async with sdk2(server) as sdk:
        chat = await sdk.start_chat({"events": [{"type": "message", "text": "hi"}]})

        sdk.set_sneak_peek(chat["id"], "what is the price for your ")
        await sdk.get_chats_summary()  # the server has heard the peek before this

        peek = agent.told("incoming_sneak_peek")
        assert peek["sneak_peek"]["text"] == "what is the price for your "


async def test_the_agent_sees_who_the_customer_is_and_where(server: RunningServer) -> None:
    async with sdk2(server, customer={"name": "John", "fields": {"plan": "gold"}}) as sdk:
        sdk.update_customer({"email": "john.doe@example.com"})
        sdk.update_customer_page({"url": "https://example.com/cart", "title": "Cart"})
        chat = await sdk.start_chat()

        (customer,) = [user for user in chat["users"] if user["type"] == "customer"]
        assert (customer["name"], customer["fields"]) == ("John", {"plan": "gold"})
        agent = server.agent()
        seen = agent.ask("get_customer", {"id": customer["id"]})
        assert seen["email"] == "john.doe@example.com"


async def test_the_predicted_agent_is_there_when_an_agent_is(server: RunningServer) -> None:
    async with sdk2(server) as sdk:
        with pytest.raises(Refused) as refused:
            await sdk.get_predicted_agent()
        assert refused.value.code in {"GROUP_OFFLINE", "GROUPS_OFFLINE"}

        server.agent()
        assert (await sdk.get_predicted_agent())["type"] == "agent"


async def test_a_lost_connection_comes_back_with_its_chats(server: RunningServer) -> None:
    async with sdk2(server) as sdk:
        chat = await sdk.start_chat({"events": [{"type": "message", "text": "hi"}]})
        told = sdk.events("connected", "connection_restored", "connection_lost", "disconnected")

        server.cut_off((await sdk.auth.get_token()).entity_id)

        names = [(await soon(anext(told)))[0] for _ in range(2)]
        assert names == ["disconnected", "connected"]  # the server has said why: connection_evicted
        sent = await sdk.send_event(chat["id"], {"type": "message", "text": "again"})
        assert sent["thread"] == chat["thread"]


async def test_a_customer_comes_back_by_what_is_in_the_storage(server: RunningServer) -> None:
    storage = Memory()
    async with sdk2(server, storage) as sdk:
        chat = await sdk.start_chat()

    async with sdk2(server, storage) as sdk:
        (summary,) = (await sdk.get_chats_summary())["chats_summary"]
        assert summary["id"] == chat["id"]


async def test_a_second_chat_is_refused_with_its_code(server: RunningServer) -> None:
    async with sdk2(server) as sdk:
        await sdk.start_chat()

        with pytest.raises(Refused) as refused:
            await sdk.start_chat()

        assert refused.value.code == "CHAT_LIMIT_REACHED"


async def test_an_unknown_client_does_not_get_in(server: RunningServer) -> None:
    with pytest.raises(SignInFailed, match="invalid_client"):
        async with init(organization_id=ORGANIZATION_ID, client_id="nobody", base_url=address(server)):
            pass


async def test_an_unknown_group_does_not_hang(server: RunningServer) -> None:
    with pytest.raises(Refused) as refused:
        async with sdk5(server, group_id=99):
            pass
    assert refused.value.code == "GROUP_NOT_FOUND"


async def test_a_server_that_is_not_there_does_not_hang() -> None:
    with pytest.raises(SignInFailed):
        async with init(organization_id=ORGANIZATION_ID, client_id="demo", base_url="http://127.0.0.1:1"):
            pass


# In today's words


async def test_a_conversation_in_todays_words(server: RunningServer) -> None:
    agent = server.agent()
    async with sdk5(server) as sdk:
        news, ended = sdk.events("incoming_event"), sdk.events("chat_deactivated")
        started = await sdk.start_chat(chat={"thread": {"events": [{"type": "message", "text": "hello"}]}})
        chat_id = started["chat"]["id"]
        assert started["chat"]["thread"] is not None

        event = await sdk.send_event(chat_id=chat_id, event={"type": "message", "text": "anybody?"})
        assert event["text"] == "anybody?"

        agent.ask("send_event", {"chat_id": chat_id, "event": text("here I am")})
        while (told := await payload(news))["event"].get("text") != "here I am":
            pass
        seen = told["event"]["created_at"]
        assert await sdk.mark_events_as_seen(chat_id=chat_id, seen_up_to=seen) == {"success": True}

        assert await sdk.deactivate_chat(id=chat_id) == {"success": True}
        assert await payload(ended) == {"chat_id": chat_id}

        resumed = await sdk.resume_chat(chat={"id": chat_id}, continuous=True)
        assert resumed["chat"]["thread"] is not None
        page = await sdk.list_threads(chat_id=chat_id, limit=1)
        assert [t["id"] for t in page["threads"]] == [resumed["chat"]["thread"]["id"]]
        assert (await sdk.get_chat(chat_id=chat_id))["id"] == chat_id
        chats = await sdk.list_chats()
        assert [each["id"] for each in chats["chats_summary"]] == [chat_id]
        threads = [t async for page in sdk.get_chat_history(chat_id=chat_id) for t in page["threads"]]
        assert len(threads) == 2


async def test_the_customer_in_todays_words(server: RunningServer) -> None:
    async with sdk5(server) as sdk:
        assert await sdk.update_customer(name="Jane", session_fields={"a": "1"}) == {"success": True}
        assert await sdk.set_customer_session_fields(session_fields={"b": "2"}) == {"success": True}

        customer = await sdk.get_customer()

        assert (customer["name"], customer["session_fields"]) == ("Jane", {"b": "2"})
        assert "page_views_count" in customer["statistics"]


async def test_groups_forms_and_predicted_agents(server: RunningServer) -> None:
    server.agent()
    async with sdk5(server) as sdk:
        assert await sdk.list_group_statuses() == {"0": "online"}
        assert await sdk.list_group_statuses(group_ids=[99]) == {}
        assert "enabled" in await sdk.get_form(group_id=0, type="prechat")
        assert (await sdk.get_predicted_agent())["agent"]["type"] == "agent"

        welcome = sdk.events("incoming_welcome_message")
        asked = await sdk.request_welcome_message(id="w")
        assert asked["predicted_agent"]["type"] == "agent"
        assert (await payload(welcome))["id"] == "w"


async def test_ratings_and_properties_in_todays_words(server: RunningServer) -> None:
    async with sdk5(server) as sdk:
        chat = (await sdk.start_chat(continuous=True))["chat"]
        assert chat["thread"] is not None

        await sdk.rate_chat(chat_id=chat["id"], rating={"score": 1})
        rated = (await sdk.get_chat(chat_id=chat["id"]))["thread"]
        await sdk.cancel_rate(chat_id=chat["id"])
        canceled = (await sdk.get_chat(chat_id=chat["id"]))["thread"]

        assert rated is not None
        assert canceled is not None
        assert rated["properties"]["rating"] == {"score": 1}
        assert "score" not in canceled["properties"].get("rating", {})


async def test_a_file_and_an_event_that_is_taken_back(server: RunningServer) -> None:
    async with sdk5(server) as sdk:
        chat = (await sdk.start_chat(continuous=True))["chat"]
        url = (await sdk.upload_file(file=ChatFile("a.txt", b"hi", "text/plain")))["url"]
        event = await sdk.send_event(chat_id=chat["id"], event={"type": "file", "url": url})
        gone = sdk.events("event_deleted")

        ids = {"chat_id": chat["id"], "thread_id": event["thread_id"], "event_id": event["id"]}
        await sdk.delete_event(**ids)

        assert await payload(gone) == ids


async def test_what_the_server_does_not_know_is_refused_with_its_code(server: RunningServer) -> None:
    async with sdk5(server) as sdk:
        with pytest.raises(Refused) as chat:
            await sdk.get_chat(chat_id="NOWHERE")
        with pytest.raises(Refused) as greeting:
            await sdk.accept_greeting(greeting_id=1, unique_id="none")

        assert chat.value.code == "NOT_FOUND"
        assert greeting.value.code == "GREETING_NOT_FOUND"
