"""The Customer SDK in its first words: what goes out, what comes back, and what is told."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from tests.customer_sdk.fake_platform import (
    AGENT,
    AT,
    AT_MS,
    CHAT,
    CUSTOMER,
    LOGIN,
    ORGANIZATION,
    THREAD,
    VISITOR,
    FakePlatform,
    Heard,
    Payload,
    chat,
    message,
    summary,
    thread,
)
from tests.fakes import settle, until
from widget.customer_sdk.client import MissingChatThread
from widget.customer_sdk.sdk2 import CustomerSDK2, Rating
from widget.wire.errors import ConnectionLost, Destroyed, NotConnected, Refused, SignInFailed, WrongArgument

# Connecting


async def test_a_licence_is_enough_to_sign_in() -> None:
    platform = FakePlatform()

    await platform.connected2(group=3, referrer="https://example.com/", page={"url": "https://shop.example.com/"})

    assert platform.http.posts[0][0] == "https://accounts.livechatinc.com/customer/token"
    assert '"license_id": 104130623' in platform.http.posts[0][1]
    assert platform.network.socket.url == (
        f"wss://api.livechatinc.com/v3.6/customer/rtm/ws?organization_id={ORGANIZATION}&region=dal"
    )
    assert platform.asked("login") == {
        "token": "Bearer dal:ab",
        "group_id": 3,
        "referrer": "https://example.com/",
        "customer_page": {"url": "https://shop.example.com/"},
        "application": {"name": "customer_sdk", "version": "5.0.0"},
    }


async def test_connected_tells_the_chats_after_their_users() -> None:
    platform = FakePlatform()
    sdk = platform.sdk2()
    heard = Heard(sdk)

    await platform.let_in()

    assert heard.names == ["customer_id", "user_data", "user_data", "connected"]
    assert heard.one("customer_id") == CUSTOMER
    assert heard.all("user_data") == [
        {"id": AGENT["id"], "type": "agent", "name": "Jane Doe", "avatar": AGENT["avatar"], "job_title": "Support"},
        {"id": CUSTOMER, "type": "customer", "fields": {"plan": "gold", "seats": "7"}, "name": "John"},
    ]
    event = {
        "id": f"{THREAD}_1",
        "author": CUSTOMER,
        "timestamp": AT_MS,
        "thread": THREAD,
        "properties": {},
        "type": "message",
        "text": "hi!",
    }
    assert heard.one("connected") == {
        "chats_summary": [
            {
                "id": CHAT,
                "active": True,
                "access": {"groups": [0]},
                "order": AT_MS * 1000,
                "users": [AGENT["id"], CUSTOMER],
                "last_event": event,
                "last_events_per_type": {"message": event},
                "last_seen_timestamps": {AGENT["id"]: AT_MS, CUSTOMER: None},
                "last_thread": THREAD,
                "properties": {},
            }
        ],
        "total_chats": 1,
    }


async def test_a_client_waits_for_connect_when_it_is_told_to() -> None:
    platform = FakePlatform()

    sdk = platform.sdk2(auto_connect=False)
    await settle()
    assert platform.network.sockets == []

    sdk.connect()
    await platform.let_in()
    assert platform.actions()[0] == "login"


async def test_a_lost_connection_is_told_and_so_is_that_it_is_restored() -> None:
    platform = FakePlatform()
    sdk = await platform.connected2()
    heard = Heard(sdk)

    platform.network.socket.drop()
    assert heard.events == [("connection_lost",)]

    await platform.come_back()
    assert heard.names[-1] == "connection_restored"
    assert heard.one("connection_restored")["total_chats"] == 1
    assert heard.all("customer_id") == []


async def test_after_the_platform_has_disconnected_us_it_is_connected_again() -> None:
    platform = FakePlatform()
    sdk = await platform.connected2()
    heard = Heard(sdk)

    platform.tell("customer_disconnected", {"reason": "access_token_expired"})
    assert heard.events == [("disconnected", "access_token_expired")]

    await platform.come_back()
    assert heard.names[-1] == "connected"


async def test_a_customer_who_is_banned_is_told_so_and_does_not_come_back() -> None:
    platform = FakePlatform()
    sdk = await platform.connected2()
    heard = Heard(sdk)
    stream = sdk.events()

    platform.tell("customer_disconnected", {"reason": "customer_banned"})
    platform.clock.advance(120)
    await settle()

    assert heard.events == [("disconnected", "customer_banned")]
    assert len(platform.network.sockets) == 1
    assert await anext(stream) == ("disconnected", "customer_banned")
    with pytest.raises(Refused, match="Customer is banned"):
        await anext(stream)


async def test_what_is_pushed_before_connected_comes_after_it() -> None:
    platform = FakePlatform(list_chats=None)
    sdk = platform.sdk2()
    heard = Heard(sdk)
    await platform.let_in()

    platform.tell("incoming_event", {"chat_id": CHAT, "thread_id": THREAD, "event": message()})
    assert "new_event" not in heard.names

    request = platform.network.socket.last("list_chats")
    answer = {"chats_summary": [], "total_chats": 0}
    platform.network.socket.receive({**request, "type": "response", "success": True, "payload": answer})
    await settle()
    assert heard.names == ["customer_id", "connected", "new_event"]


async def test_a_context_waits_until_it_is_connected_and_ends_the_client() -> None:
    platform = FakePlatform()

    async with asyncio.timeout(5):
        opening = asyncio.ensure_future(platform.sdk2(auto_connect=False).__aenter__())
        await platform.let_in()
        sdk = await opening
    await sdk.__aexit__(None, None, None)

    assert not platform.network.socket.open
    with pytest.raises(Destroyed) as destroyed:
        await sdk.get_chats_summary()
    assert destroyed.value.code == "SDK_DESTROYED"


async def test_a_context_fails_when_there_is_no_way_in() -> None:
    platform = FakePlatform(login="license_expired")
    opening = asyncio.ensure_future(platform.sdk2(auto_connect=False).__aenter__())

    await platform.let_in()

    with pytest.raises(Refused) as refused:
        await opening
    assert refused.value.code == "LICENSE_EXPIRED"


async def test_a_token_that_cannot_be_had_ends_the_client() -> None:
    platform = FakePlatform()
    platform.token = {"oauth_exception": "invalid_client"}
    sdk = platform.sdk2()
    heard = Heard(sdk)

    await settle()

    assert heard.events == [("disconnected", "sign_in_failed")]
    with pytest.raises(SignInFailed):
        await sdk.auth.get_token()


async def test_the_token_can_be_had() -> None:
    platform = FakePlatform()
    sdk = await platform.connected2()

    token = await sdk.auth.get_token()

    assert (token.access_token, token.entity_id, token.token_type) == ("dal:ab", CUSTOMER, "Bearer")
    assert len(platform.http.posts) == 1


async def test_what_the_server_wants_kept_goes_into_the_next_login() -> None:
    platform = FakePlatform()
    await platform.connected2()

    platform.tell("customer_side_storage_updated", {"customer_side_storage": {"a": "1"}})
    platform.network.socket.drop()
    await platform.come_back()

    assert platform.asked("login")["customer_side_storage"] == {"a": "1"}


# Errors


async def test_who_asks_without_a_connection_is_told() -> None:
    platform = FakePlatform()
    sdk = platform.sdk2(auto_connect=False)

    with pytest.raises(NotConnected) as error:
        await sdk.get_chats_summary()

    assert error.value.code == "NO_CONNECTION"


@pytest.mark.parametrize(
    ("end", "code"),
    [
        (lambda sdk, platform: platform.network.socket.drop(), "CONNECTION_LOST"),
        (lambda sdk, platform: sdk.disconnect(), "CONNECTION_LOST"),
        (lambda sdk, platform: sdk.destroy(), "SDK_DESTROYED"),
        (lambda sdk, platform: platform.clock.advance(16), "REQUEST_TIMEOUT"),
    ],
)
async def test_nobody_waits_for_ever(end: Callable[[CustomerSDK2, FakePlatform], None], code: str) -> None:
    platform = FakePlatform(send_event=None, ping={})
    sdk = await platform.connected2()
    asked = asyncio.ensure_future(sdk.send_event(CHAT, {"type": "message", "text": "hi"}))
    await settle()

    end(sdk, platform)

    with pytest.raises((ConnectionLost, Destroyed, Exception)) as error:
        await asked
    assert getattr(error.value, "code", None) == code


async def test_a_refusal_carries_the_platforms_word() -> None:
    platform = FakePlatform(start_chat="groups_offline")
    sdk = await platform.connected2()

    with pytest.raises(Refused) as refused:
        await sdk.start_chat()

    assert (refused.value.code, refused.value.type) == ("GROUPS_OFFLINE", "groups_offline")


@pytest.mark.parametrize(
    ("call", "argument"),
    [
        (lambda sdk: sdk.close_thread(7), "chat"),
        (lambda sdk: sdk.get_chats_summary({"limit": 26}), "pagination.limit"),
        (lambda sdk: sdk.get_chats_summary({"offset": -1}), "pagination.offset"),
        (lambda sdk: sdk.get_chat_threads_summary(CHAT, {"limit": 1001}), "pagination.limit"),
        (lambda sdk: sdk.get_chat_threads(CHAT, THREAD), "threads"),
        (lambda sdk: sdk.send_event(CHAT, {"type": "message"}), "event.text"),
        (lambda sdk: sdk.send_event(CHAT, {"type": "mesage", "text": "hi"}), "event"),
        (lambda sdk: sdk.send_event(CHAT, {"type": "file"}), "event.url"),
        (lambda sdk: sdk.rate_chat(CHAT, {"score": 2}), "rating.score"),
        (lambda sdk: sdk.rate_chat(CHAT, {"comment": "hm"}), "rating.score"),
        (lambda sdk: sdk.send_postback(CHAT, THREAD, "e", {"toggled": True}), "postback.id"),
        (lambda sdk: sdk.start_chat({"events": [{"type": "message", "text": 1}]}), "specification.events.0.text"),
        (lambda sdk: sdk.update_chat_properties(CHAT, {"a": 1}), "properties.a"),
        (lambda sdk: sdk.update_last_seen_timestamp(CHAT, "now"), "timestamp"),
    ],
)
async def test_a_wrong_argument_is_named_and_nothing_is_sent(
    call: Callable[[CustomerSDK2], Any], argument: str
) -> None:
    platform = FakePlatform()
    sdk = await platform.connected2()
    before = platform.actions()

    with pytest.raises(WrongArgument, match=f"`{argument}`"):
        await call(sdk)

    assert platform.actions() == before


@pytest.mark.parametrize(
    ("call", "argument"),
    [
        (lambda sdk: sdk.set_sneak_peek(CHAT, None), "text"),
        (lambda sdk: sdk.update_customer({"fields": {"a": 1}}), "properties.fields.a"),
        (lambda sdk: sdk.update_customer_page({"title": "x"}), "page.url"),
        (lambda sdk: sdk.get_chat_history(None), "chat"),
        (lambda sdk: sdk.send_file(CHAT, {"file": b"x"}), "data.file"),
        (lambda sdk: sdk.on("no_event", lambda: None), "name"),
        (lambda sdk: sdk.on("connected", None), "handler"),
    ],
)
async def test_so_is_one_of_a_method_that_nobody_waits_for(call: Callable[[CustomerSDK2], Any], argument: str) -> None:
    platform = FakePlatform()
    sdk = await platform.connected2()

    with pytest.raises(WrongArgument, match=f"`{argument}`"):
        call(sdk)


# Chats


async def test_start_chat_sends_what_it_begins_with_and_gives_the_chat() -> None:
    platform = FakePlatform({"start_chat": ("incoming_chat", {"chat": chat(message())})})
    sdk = await platform.connected2()
    heard = Heard(sdk)

    started = await sdk.start_chat(
        {
            "access": {"groups": [3]},
            "events": [{"type": "message", "text": "hi!"}],
            "chat_properties": {"a": {"b": 1}},
            "thread_properties": {"c": {"d": 2}},
        }
    )

    assert platform.asked("start_chat") == {
        "chat": {
            "access": {"group_ids": [3]},
            "properties": {"a": {"b": 1}},
            "thread": {"events": [{"type": "message", "text": "hi!"}], "properties": {"c": {"d": 2}}},
        },
        "active": True,
        "continuous": True,
    }
    assert (started["id"], started["thread"], started["threads"]) == (CHAT, THREAD, [THREAD])
    assert [user["id"] for user in started["users"]] == [AGENT["id"], CUSTOMER]
    assert [event["text"] for event in started["events"]] == ["hi!"]
    assert heard.names == ["user_data", "user_data", "thread_summary", "user_joined_chat", "user_joined_chat"]


async def test_close_thread_gives_success() -> None:
    platform = FakePlatform()
    sdk = await platform.connected2()

    assert await sdk.close_thread(CHAT) == {"success": True}
    assert platform.asked("deactivate_chat") == {"id": CHAT}


async def test_send_event_gives_the_event_and_does_not_tell_it_again() -> None:
    sent = {"chat_id": CHAT, "thread_id": THREAD, "event": message(custom_id="814.33")}
    platform = FakePlatform({"send_event": ("incoming_event", sent)})
    sdk = await platform.connected2()
    heard = Heard(sdk)

    event = await sdk.send_event(
        CHAT, {"type": "message", "text": "hi!", "custom_id": "814.33"}, {"attach_to_last_thread": True}
    )

    assert platform.asked("send_event") == {
        "chat_id": CHAT,
        "event": {"type": "message", "text": "hi!", "custom_id": "814.33"},
        "attach_to_last_thread": True,
    }
    assert (event["id"], event["custom_id"], event["thread"]) == (f"{THREAD}_1", "814.33", THREAD)
    assert heard.events == []


async def test_an_event_for_a_chat_whose_thread_is_closed_begins_a_new_one() -> None:
    greeted = chat(message("Welcome back", 1, AGENT["id"]), message("hi!", 2))
    platform = FakePlatform({"resume_chat": ("incoming_chat", {"chat": greeted})}, send_event="chat_inactive")
    sdk = await platform.connected2()
    heard = Heard(sdk)

    event = await sdk.send_event(CHAT, {"type": "message", "text": "hi!"})

    assert platform.asked("resume_chat")["chat"] == {
        "id": CHAT,
        "thread": {"events": [{"type": "message", "text": "hi!"}]},
    }
    assert event["text"] == "hi!"
    assert [told["event"]["text"] for told in heard.all("new_event")] == ["Welcome back"]


async def test_send_postback_is_toggled_unless_it_says_otherwise() -> None:
    platform = FakePlatform()
    sdk = await platform.connected2()

    assert await sdk.send_postback(CHAT, THREAD, "e", {"id": "b"}) == {"success": True}
    assert platform.asked("send_rich_message_postback") == {
        "chat_id": CHAT,
        "thread_id": THREAD,
        "event_id": "e",
        "postback": {"id": "b", "toggled": True},
    }


@pytest.mark.parametrize(("rating", "score"), [({"score": 0}, 0), ({"value": "good"}, 1), ({"value": "bad"}, 0)])
async def test_rate_chat_rates_the_newest_thread_and_names_the_event(rating: Rating, score: int) -> None:
    said = message("rated", 5, None, type="system_message", system_message_type="rating.chat_rated")
    platform = FakePlatform(list_threads={"threads": [thread()], "found_threads": 1}, get_chat=chat(message(), said))
    sdk = await platform.connected2()

    rated = await sdk.rate_chat(CHAT, rating)

    assert rated == {"success": True, "id": f"{THREAD}_5"}
    assert platform.asked("update_thread_properties") == {
        "chat_id": CHAT,
        "thread_id": THREAD,
        "properties": {"rating": {"score": score}},
    }


async def test_a_chat_without_a_thread_cannot_be_rated() -> None:
    platform = FakePlatform(list_threads={"threads": [], "found_threads": 0})
    sdk = await platform.connected2()

    with pytest.raises(MissingChatThread) as error:
        await sdk.rate_chat(CHAT, {"score": 1})

    assert error.value.code == "MISSING_CHAT_THREAD"


async def test_properties_go_to_the_chat_and_to_the_thread() -> None:
    platform = FakePlatform()
    sdk = await platform.connected2()

    assert await sdk.update_chat_properties(CHAT, {"a": {"b": "c"}}) == {"success": True}
    assert await sdk.update_chat_thread_properties(CHAT, THREAD, {"a": {"b": "c"}}) == {"success": True}

    assert platform.asked("update_chat_properties") == {"id": CHAT, "properties": {"a": {"b": "c"}}}
    assert platform.asked("update_thread_properties") == {
        "chat_id": CHAT,
        "thread_id": THREAD,
        "properties": {"a": {"b": "c"}},
    }


async def test_everything_up_to_a_moment_has_been_seen() -> None:
    platform = FakePlatform(get_chat=chat(message()))
    sdk = await platform.connected2()

    assert await sdk.update_last_seen_timestamp(CHAT, 1500646701447) == {"timestamp": 1500646701447}
    assert platform.asked("mark_events_as_seen")["seen_up_to"] == "2017-07-21T14:18:21.447000Z"

    assert await sdk.update_last_seen_timestamp(CHAT) == {"timestamp": AT_MS}
    assert platform.asked("mark_events_as_seen")["seen_up_to"] == AT


# Reading


def pages_of_chats(count: int, size: int) -> list[Payload]:
    """A list of chats, page by page."""
    chats = [summary(id=f"C{number}") for number in range(count)]
    return [
        {
            "chats_summary": chats[start : start + size],
            "total_chats": count,
            **({"next_page_id": f"page {start + size}"} if start + size < count else {}),
        }
        for start in range(0, count, size)
    ]


async def test_chats_after_the_first_are_found_on_later_pages() -> None:
    platform = FakePlatform()
    sdk = await platform.connected2()
    platform.answers["list_chats"] = pages_of_chats(60, 25)

    found = await sdk.get_chats_summary({"offset": 30, "limit": 5})

    assert [each["id"] for each in found["chats_summary"]] == ["C30", "C31", "C32", "C33", "C34"]
    assert found["total_chats"] == 60
    assert platform.asked("list_chats") == {"page_id": "page 25"}


async def test_ten_chats_are_listed_unless_it_is_said_how_many() -> None:
    platform = FakePlatform()
    sdk = await platform.connected2()

    await sdk.get_chats_summary()

    assert platform.asked("list_chats") == {"limit": 10}


async def test_threads_are_summed_up_in_the_order_they_began() -> None:
    later = thread(message(), message("b", 2), id="T2", created_at="2017-08-19T00:00:00.000000Z")
    platform = FakePlatform(list_threads={"threads": [later, thread(message(), id="T1")], "found_threads": 2})
    sdk = await platform.connected2()

    found = await sdk.get_chat_threads_summary(CHAT)

    assert platform.asked("list_threads") == {"chat_id": CHAT, "limit": 25}
    assert [(t["id"], t["total_events"]) for t in found["threads_summary"]] == [("T1", 1), ("T2", 2)]
    assert found["threads_summary"][0]["order"] < found["threads_summary"][1]["order"]
    assert found["total_threads"] == 2


async def test_threads_come_with_their_events() -> None:
    platform = FakePlatform(get_chat=chat(message()))
    sdk = await platform.connected2()

    (found,) = await sdk.get_chat_threads(CHAT, [THREAD])

    assert platform.asked("get_chat") == {"chat_id": CHAT, "thread_id": THREAD}
    assert (found["id"], found["chat"], found["active"], found["order"]) == (THREAD, CHAT, True, AT_MS * 1000)
    assert found["users"] == [AGENT["id"], CUSTOMER]
    assert found["last_seen_timestamps"] == {AGENT["id"]: AT_MS, CUSTOMER: None}
    assert [event["text"] for event in found["events"]] == ["hi!"]


async def test_history_goes_back_page_by_page_and_tells_each_thread() -> None:
    platform = FakePlatform(
        list_threads=[
            {"threads": [thread(message("c", 3), id="T2"), thread(message("b", 2), id="T1")], "next_page_id": "older"},
            {"threads": [thread(message("a", 1), id="T0")]},
        ]
    )
    sdk = await platform.connected2()
    heard = Heard(sdk)

    pages = [[event["text"] for event in events] async for events in sdk.get_chat_history(CHAT)]

    assert pages == [["b", "c"], ["a"]]
    assert [told["id"] for told in heard.all("thread_summary")] == ["T1", "T2", "T0"]
    assert platform.asked("list_threads") == {"chat_id": CHAT, "page_id": "older"}


async def test_the_predicted_agent_is_a_user() -> None:
    platform = FakePlatform(get_predicted_agent={"agent": AGENT, "queue": False})
    sdk = await platform.connected2()

    assert (await sdk.get_predicted_agent())["name"] == "Jane Doe"


# The customer


async def test_the_customer_and_the_page_are_told_at_once_while_there_is_a_connection() -> None:
    platform = FakePlatform()
    sdk = await platform.connected2()

    sdk.update_customer({"name": "John Doe", "email": "j@example.com", "fields": {"a": "1", "b": "2"}})
    sdk.update_customer_page({"url": "https://example.com/", "title": "Shop"})
    await settle()

    assert platform.asked("update_customer") == {
        "name": "John Doe",
        "email": "j@example.com",
        "session_fields": [{"a": "1"}, {"b": "2"}],
    }
    assert platform.asked("update_customer_page") == {"url": "https://example.com/", "title": "Shop"}


async def test_and_go_into_the_login_where_there_is_none() -> None:
    platform = FakePlatform()
    sdk = platform.sdk2()

    sdk.update_customer({"name": "John Doe"})
    sdk.update_customer_page({"url": "https://example.com/"})
    await platform.let_in()

    assert platform.asked("login")["customer"] == {"name": "John Doe"}
    assert platform.asked("login")["customer_page"] == {"url": "https://example.com/"}
    assert "update_customer" not in platform.actions()


async def test_what_changes_while_the_login_is_under_way_is_told_after_it() -> None:
    platform = FakePlatform(login=None)
    sdk = platform.sdk2()
    await platform.let_in()

    sdk.update_customer({"name": "John Doe"})
    sdk.update_customer_page({"url": "https://example.com/"})
    request = platform.network.socket.last("login")
    platform.network.socket.receive({**request, "type": "response", "success": True, "payload": LOGIN})
    await settle()

    assert platform.asked("update_customer") == {"name": "John Doe"}
    assert platform.asked("update_customer_page") == {"url": "https://example.com/"}


# What is told

TOLD: list[tuple[str, Payload, list[tuple[str, Any]]]] = [
    (
        "incoming_event",
        {"chat_id": CHAT, "thread_id": THREAD, "event": message("hm", 2, AGENT["id"])},
        [
            (
                "new_event",
                {
                    "chat": CHAT,
                    "event": {
                        "id": f"{THREAD}_2",
                        "author": AGENT["id"],
                        "timestamp": AT_MS,
                        "thread": THREAD,
                        "properties": {},
                        "type": "message",
                        "text": "hm",
                    },
                },
            )
        ],
    ),
    (
        "user_added_to_chat",
        {"chat_id": CHAT, "thread_id": THREAD, "user": VISITOR},
        [
            (
                "user_data",
                {"id": CUSTOMER, "type": "customer", "fields": {"plan": "gold", "seats": "7"}, "name": "John"},
            ),
            ("user_joined_chat", {"user": CUSTOMER, "chat": CHAT}),
        ],
    ),
    (
        "user_removed_from_chat",
        {"chat_id": CHAT, "user_id": AGENT["id"]},
        [("user_left_chat", {"user": AGENT["id"], "chat": CHAT})],
    ),
    (
        "incoming_typing_indicator",
        {"chat_id": CHAT, "typing_indicator": {"author_id": "a", "is_typing": True}},
        [("user_is_typing", {"chat": CHAT, "user": "a"})],
    ),
    (
        "incoming_typing_indicator",
        {"chat_id": CHAT, "typing_indicator": {"author_id": "a", "is_typing": False}},
        [("user_stopped_typing", {"chat": CHAT, "user": "a"})],
    ),
    ("chat_deactivated", {"chat_id": CHAT, "thread_id": THREAD}, [("thread_closed", {"chat": CHAT})]),
    (
        "events_marked_as_seen",
        {"chat_id": CHAT, "user_id": "a", "seen_up_to": AT},
        [("last_seen_timestamp_updated", {"chat": CHAT, "user": "a", "timestamp": AT_MS})],
    ),
    (
        "chat_properties_updated",
        {"chat_id": CHAT, "properties": {"a": {"b": 1}}},
        [("chat_properties_updated", {"chat": CHAT, "properties": {"a": {"b": 1}}})],
    ),
    (
        "thread_properties_updated",
        {"chat_id": CHAT, "thread_id": THREAD, "properties": {"a": {"b": 1}}},
        [("chat_thread_properties_updated", {"chat": CHAT, "thread": THREAD, "properties": {"a": {"b": 1}}})],
    ),
    ("something_new", {"a": 1}, []),
    ("incoming_event", {"chat_id": CHAT}, []),
    (
        "incoming_event",
        {"chat_id": CHAT, "thread_id": THREAD, "event": {"id": "e", "type": "message", "created_at": AT}},
        [],
    ),
]


@pytest.mark.parametrize(("push", "payload", "told"), TOLD)
async def test_a_push_is_told_in_these_words(push: str, payload: Payload, told: list[tuple[str, Any]]) -> None:
    platform = FakePlatform()
    heard = Heard(await platform.connected2())

    platform.tell(push, payload)

    assert heard.events == told


async def test_a_chat_that_comes_in_is_told_with_its_users_its_thread_and_its_events() -> None:
    platform = FakePlatform()
    heard = Heard(await platform.connected2())

    platform.tell("incoming_chat", {"chat": chat(message("a", 1), message("b", 2))})

    assert heard.names == [
        "user_data",
        "user_data",
        "thread_summary",
        "user_joined_chat",
        "user_joined_chat",
        "new_event",
        "new_event",
    ]
    told = heard.one("thread_summary")
    assert (told["id"], told["chat"], told["total_events"]) == (THREAD, CHAT, 2)


@pytest.mark.parametrize(
    ("event", "own"),
    [
        (
            {
                "type": "file",
                "url": "https://x/a.png",
                "content_type": "image/png",
                "name": "a.png",
                "width": 1200,
                "height": 400,
                "thumbnail_url": "https://x/small",
                "thumbnail2x_url": "https://x/large",
            },
            {
                "url": "https://x/a.png",
                "content_type": "image/png",
                "name": "a.png",
                "width": 1200,
                "height": 400,
                "thumbnails": {
                    "default": {"url": "https://x/small", "width": 300, "height": 100},
                    "high": {"url": "https://x/large", "width": 600, "height": 200},
                },
            },
        ),
        (
            {
                "type": "rich_message",
                "template_id": "cards",
                "elements": [{"title": "A", "buttons": [{"text": "Yes", "postback_id": "p", "user_ids": ["u"]}]}],
            },
            {
                "template": "cards",
                "elements": [{"title": "A", "buttons": [{"text": "Yes", "postback": "p", "users": ["u"]}]}],
            },
        ),
        (
            {"type": "system_message", "system_message_type": "agent_joined", "text": "x", "text_vars": {"agent": "J"}},
            {"system_message_type": "agent_joined", "text": "x", "text_vars": {"agent": "J"}, "author": "system"},
        ),
        ({"type": "custom", "content": {"a": 1}}, {"content": {"a": 1}}),
        ({"type": "of_tomorrow", "colour": "red"}, {"colour": "red"}),
    ],
)
async def test_each_type_of_event_has_its_fields(event: Payload, own: Payload) -> None:
    platform = FakePlatform()
    heard = Heard(await platform.connected2())

    payload = {"id": "e", "created_at": AT, "properties": {"a": {"b": 1}}, **event}
    platform.tell("incoming_event", {"chat_id": CHAT, "thread_id": THREAD, "event": payload})

    told = heard.one("new_event")["event"]
    common = {
        "id": "e",
        "author": "system",
        "timestamp": AT_MS,
        "thread": THREAD,
        "properties": {"a": {"b": 1}},
        "type": event["type"],
    }
    assert told == {**common, **own}


async def test_our_own_doing_is_the_answer_of_who_asked_and_told_to_nobody_else() -> None:
    own = {"chat_id": CHAT, "thread_id": THREAD}
    platform = FakePlatform({"deactivate_chat": ("chat_deactivated", own)})
    sdk = await platform.connected2()
    heard = Heard(sdk)

    await sdk.close_thread(CHAT)
    await settle()

    assert heard.names == []


# Sneak peeks


async def test_a_sneak_peek_is_sent_at_once_and_the_newest_of_the_next_two_seconds_after_them() -> None:
    platform = FakePlatform()
    sdk = await platform.connected2()

    for text in ("w", "wh", "what"):
        sdk.set_sneak_peek(CHAT, text)
    await settle()
    assert platform.asked("send_sneak_peek") == {"chat_id": CHAT, "sneak_peek_text": "w"}

    platform.clock.advance(2)
    await settle()
    assert platform.asked("send_sneak_peek") == {"chat_id": CHAT, "sneak_peek_text": "what"}
    assert platform.actions().count("send_sneak_peek") == 2


async def test_there_is_no_sneak_peek_into_a_chat_that_is_not_active() -> None:
    platform = FakePlatform()
    sdk = await platform.connected2()

    platform.tell("chat_deactivated", {"chat_id": CHAT, "thread_id": THREAD})
    sdk.set_sneak_peek(CHAT, "hm")
    sdk.set_sneak_peek("ANOTHER", "hm")
    await settle()
    assert "send_sneak_peek" not in platform.actions()

    platform.tell("incoming_chat", {"chat": chat()})
    sdk.set_sneak_peek(CHAT, "hm")
    await settle()
    assert "send_sneak_peek" in platform.actions()


async def test_what_has_been_sent_is_no_longer_peeked_at() -> None:
    sent = {"chat_id": CHAT, "thread_id": THREAD, "event": message()}
    platform = FakePlatform({"send_event": ("incoming_event", sent)})
    sdk = await platform.connected2()
    sdk.set_sneak_peek(CHAT, "h")
    sdk.set_sneak_peek(CHAT, "hi!")

    await sdk.send_event(CHAT, {"type": "message", "text": "hi!"})
    platform.clock.advance(3)
    await settle()

    assert platform.actions().count("send_sneak_peek") == 1


# Ending


async def test_a_destroyed_client_tells_nothing_more() -> None:
    platform = FakePlatform()
    sdk = await platform.connected2()
    heard = Heard(sdk)
    stream = sdk.events()

    sdk.destroy()

    assert heard.events == []
    with pytest.raises(StopAsyncIteration):
        await anext(stream)
    with pytest.raises(Destroyed):
        sdk.connect()


async def test_a_client_that_was_disconnected_can_connect_again() -> None:
    platform = FakePlatform()
    sdk = await platform.connected2()
    heard = Heard(sdk)

    sdk.disconnect()
    await settle()
    assert heard.names == []

    sdk.connect()
    await platform.let_in()
    await until(lambda: "connected" in heard.names)
