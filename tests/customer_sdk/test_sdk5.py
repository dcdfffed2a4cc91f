"""The Customer SDK in today's words: what goes out, what comes back, and what is told."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.customer_sdk.fake_platform import (
    AGENT,
    AT,
    CHAT,
    CUSTOMER,
    ORGANIZATION,
    THREAD,
    VISITOR,
    FakePlatform,
    Heard,
    Payload,
    chat,
    message,
    thread,
)
from tests.fakes import settle
from widget.customer_sdk.client import MissingChatThread
from widget.customer_sdk.sdk5 import CustomerSDK5
from widget.customer_sdk.start import init
from widget.wire.errors import Refused, WrongArgument

GREETING: Payload = {
    "id": 7,
    "unique_id": "Q10X0W041P",
    "displayed_first_time": True,
    "event": {"type": "message", "text": "Hello"},
    "agent": AGENT,
}
USER_AGENT = {
    "id": AGENT["id"],
    "type": "agent",
    "name": "Jane Doe",
    "avatar": AGENT["avatar"],
    "present": True,
    "job_title": "Support",
}
USER_VISITOR = {
    "id": CUSTOMER,
    "type": "customer",
    "name": "John",
    "present": True,
    "session_fields": {"plan": "gold", "seats": "7"},
}
EVENT = {
    "id": f"{THREAD}_1",
    "author_id": CUSTOMER,
    "created_at": AT,
    "thread_id": THREAD,
    "properties": {},
    "type": "message",
    "text": "hi!",
}
THREAD_5 = {
    "id": THREAD,
    "chat_id": CHAT,
    "active": True,
    "access": {"group_ids": [0]},
    "created_at": AT,
    "user_ids": [AGENT["id"], CUSTOMER],
    "events": [EVENT],
    "properties": {"routing": {"idle": False}},
    "previous_thread_id": None,
    "next_thread_id": None,
    "queue": None,
}
CHAT_5 = {
    "id": CHAT,
    "access": {"group_ids": [0]},
    "users": [USER_AGENT, USER_VISITOR],
    "properties": {"source": {"client_id": "demo"}},
    "events_seen_up_to_map": {AGENT["id"]: AT, CUSTOMER: None},
    "thread": THREAD_5,
}
SOMEBODY = [{key: value for key, value in user.items() if key != "present"} for user in (USER_AGENT, USER_VISITOR)]
"""The same outside of any chat."""

AGENT_5 = {key: value for key, value in USER_AGENT.items() if key != "present"} | {"is_bot": False}

# Connecting


async def test_the_login_says_who_and_where() -> None:
    platform = FakePlatform()
    asked: list[int] = []

    def customer() -> Any:
        asked.append(1)
        return {"name": "John", "session_fields": {"plan": "gold"}}

    await platform.connected5(
        group_id=3,
        mobile=True,
        channel_type="web",
        customer_data_provider=customer,
        page={"url": "https://example.com/", "title": "Shop"},
    )

    assert platform.http.posts[0][0] == "https://accounts.livechatinc.com/v2/customer/token"
    assert platform.network.socket.url.endswith(f"?organization_id={ORGANIZATION}&region=dal")
    assert platform.asked("login") == {
        "token": "Bearer dal:ab",
        "customer": {"name": "John", "session_fields": [{"plan": "gold"}]},
        "customer_page": {"url": "https://example.com/", "title": "Shop"},
        "is_mobile": True,
        "group_id": 3,
        "application": {"name": "customer_sdk", "version": "5.0.0", "channel_type": "web"},
    }
    platform.network.socket.drop()
    await platform.come_back()
    assert len(asked) == 2


async def test_with_unique_groups_the_visitor_is_somebody_else_in_each() -> None:
    platform = FakePlatform()

    await platform.connected5(group_id=3, unique_groups=True, base_url="http://127.0.0.1:8000/")

    assert platform.http.posts[0][0] == f"http://127.0.0.1:8000/v2/customer/{ORGANIZATION}/3/token"
    assert list(platform.storage.texts) == [f"@@lc_auth_token:{ORGANIZATION}:3"]


async def test_a_region_has_its_own_address() -> None:
    platform = FakePlatform()

    await platform.connected5(region="fra")

    assert platform.network.socket.url.startswith("wss://api-fra.livechatinc.com/v3.6/customer/rtm/ws?")


async def test_connected_tells_the_customer_whether_somebody_is_there_and_the_greeting() -> None:
    platform = FakePlatform()
    platform.answers["login"] = {**platform.answers["login"], "greeting": GREETING}
    sdk = platform.sdk5()
    heard = Heard(sdk)

    await platform.let_in()

    assert heard.names == ["customer_id", "connected"]
    told = heard.one("connected")
    assert told["availability"] == "online"
    assert told["customer"] == {
        "id": CUSTOMER,
        "type": "customer",
        "name": "John",
        "session_fields": {"plan": "gold", "seats": "7"},
        "statistics": {"chats_count": 1}
        | dict.fromkeys(
            (
                "threads_count",
                "visits_count",
                "page_views_count",
                "greetings_shown_count",
                "greetings_accepted_count",
            ),
            0,
        ),
    }
    assert told["greeting"] == {
        "id": 7,
        "unique_id": "Q10X0W041P",
        "displayed_first_time": True,
        "accepted": False,
        "addon": None,
        "subtype": "greeting",
        "event": {"type": "message", "text": "Hello"},
        "agent": AGENT_5,
    }


async def test_a_lost_connection_is_disconnected_and_then_connected() -> None:
    platform = FakePlatform()
    heard = Heard(await platform.connected5())

    platform.network.socket.drop()
    await platform.come_back()

    assert heard.names == ["disconnected", "connected"]
    assert heard.one("disconnected") == {"reason": "connection_lost"}


async def test_another_identity_is_told() -> None:
    platform = FakePlatform()
    heard = Heard(await platform.connected5())

    platform.token["entity_id"] = "somebody-else"
    platform.tell("customer_disconnected", {"reason": "access_token_expired"})
    await platform.come_back()

    assert heard.one("identity_changed") == {"previous_id": CUSTOMER, "new_id": "somebody-else"}
    assert heard.one("customer_id") == "somebody-else"


# Methods: what is called, what is asked for, what the platform answers, what comes back

DONE = {"success": True}
IDS = {"chat_id": CHAT, "thread_id": THREAD, "event_id": "e"}
PROPERTIES = {"a": {"b": 1}}
NAMES = {"a": ["b"]}

Asked = tuple[str, Payload]
METHODS: list[tuple[str, Payload, Asked, Any, Any]] = [
    ("deactivate_chat", {"id": CHAT}, ("deactivate_chat", {"id": CHAT}), {}, DONE),
    ("delete_event", IDS, ("delete_event", IDS), {}, DONE),
    (
        "send_rich_message_postback",
        {**IDS, "postback": {"id": "b", "toggled": True}},
        ("send_rich_message_postback", {**IDS, "postback": {"id": "b", "toggled": True}}),
        {},
        DONE,
    ),
    (
        "mark_events_as_seen",
        {"chat_id": CHAT, "seen_up_to": AT},
        ("mark_events_as_seen", {"chat_id": CHAT, "seen_up_to": AT}),
        {},
        DONE,
    ),
    (
        "update_chat_properties",
        {"id": CHAT, "properties": PROPERTIES},
        ("update_chat_properties", {"id": CHAT, "properties": PROPERTIES}),
        {},
        DONE,
    ),
    (
        "delete_chat_properties",
        {"id": CHAT, "properties": NAMES},
        ("delete_chat_properties", {"id": CHAT, "properties": NAMES}),
        {},
        DONE,
    ),
    *(
        (
            f"{verb}_{what}_properties",
            {**ids, "properties": properties},
            (f"{verb}_{what}_properties", {**ids, "properties": properties}),
            {},
            DONE,
        )
        for verb, properties in (("update", PROPERTIES), ("delete", NAMES))
        for what, ids in (("thread", {"chat_id": CHAT, "thread_id": THREAD}), ("event", IDS))
    ),
    (
        "list_threads",
        {"chat_id": CHAT, "sort_order": "asc", "limit": 5},
        ("list_threads", {"chat_id": CHAT, "sort_order": "asc", "limit": 5}),
        {"threads": [thread(message())], "found_threads": 1, "next_page_id": "n"},
        {"threads": [THREAD_5], "previous_page_id": None, "next_page_id": "n"},
    ),
    (
        "list_threads",
        {"chat_id": CHAT, "page_id": "n"},
        ("list_threads", {"chat_id": CHAT, "page_id": "n"}),
        {"threads": [], "found_threads": 1},
        {"threads": [], "previous_page_id": None, "next_page_id": None},
    ),
    (
        "get_chat",
        {"chat_id": CHAT, "thread_id": THREAD},
        ("get_chat", {"chat_id": CHAT, "thread_id": THREAD}),
        chat(message()),
        CHAT_5,
    ),
    (
        "get_form",
        {"group_id": 0, "type": "prechat"},
        ("get_form", {"group_id": 0, "type": "prechat"}),
        {"enabled": True, "form": {"id": "f", "fields": [{"type": "header", "label": "Hi"}, {"id": "x"}]}},
        {"enabled": True, "form": {"id": "f", "fields": [{"id": "0", "type": "header", "label": "Hi"}, {"id": "x"}]}},
    ),
    (
        "get_form",
        {"group_id": 0, "type": "ticket"},
        ("get_form", {"group_id": 0, "type": "ticket"}),
        {"enabled": False},
        {"enabled": False},
    ),
    (
        "get_predicted_agent",
        {"group_id": 0},
        ("get_predicted_agent", {"group_id": 0}),
        {"agent": AGENT, "queue": True},
        {"agent": AGENT_5, "queue": True},
    ),
    (
        "request_welcome_message",
        {"id": "w"},
        ("request_welcome_message", {"id": "w"}),
        {"id": "w", "predicted_agent": AGENT, "queue": False},
        {"id": "w", "predicted_agent": AGENT_5, "queue": False},
    ),
    (
        "get_url_info",
        {"url": "https://example.com"},
        ("get_url_info", {"url": "https://example.com"}),
        {"url": "https://example.com", "title": "Example", "image_url": "cdn.example.com/a.png", "image_width": 5},
        {
            "url": "https://example.com",
            "title": "Example",
            "image_url": "https://cdn.example.com/a.png",
            "image_width": 5,
        },
    ),
    (
        "list_group_statuses",
        {},
        ("list_group_statuses", {"all": True}),
        {"groups_status": {"0": "online"}},
        {"0": "online"},
    ),
    (
        "list_group_statuses",
        {"group_ids": [0, 1]},
        ("list_group_statuses", {"group_ids": [0, 1]}),
        {"groups_status": {"0": "offline"}},
        {"0": "offline"},
    ),
    (
        "accept_greeting",
        {"greeting_id": 7, "unique_id": "u"},
        ("accept_greeting", {"greeting_id": 7, "unique_id": "u"}),
        {},
        DONE,
    ),
    ("cancel_greeting", {"unique_id": "u"}, ("cancel_greeting", {"unique_id": "u"}), {}, DONE),
    (
        "send_greeting_button_clicked",
        {"greeting_unique_id": "u", "button_id": "b"},
        ("send_greeting_button_clicked", {"greeting_unique_id": "u", "button_id": "b"}),
        {},
        DONE,
    ),
    (
        "get_customer",
        {},
        ("get_customer", {}),
        VISITOR,
        {"id": CUSTOMER, "type": "customer", "name": "John", "session_fields": {"plan": "gold", "seats": "7"}},
    ),
    (
        "update_customer",
        {"name": "John", "session_fields": {"a": "1", "b": "2"}},
        ("update_customer", {"name": "John", "session_fields": [{"a": "1"}, {"b": "2"}]}),
        {},
        DONE,
    ),
    (
        "set_customer_session_fields",
        {"session_fields": {"a": "1"}},
        ("set_customer_session_fields", {"session_fields": [{"a": "1"}]}),
        {},
        DONE,
    ),
]


@pytest.mark.parametrize(("method", "arguments", "asked", "answer", "result"), METHODS)
async def test_a_method_asks_for_its_action_and_gives_its_shape(
    method: str, arguments: Payload, asked: Asked, answer: Any, result: Any
) -> None:
    platform = FakePlatform()
    sdk = await platform.connected5()
    action, payload = asked
    platform.answers[action] = answer

    assert await getattr(sdk, method)(**arguments) == result

    assert platform.asked(action) == payload


@pytest.mark.parametrize("method", ["start_chat", "resume_chat"])
async def test_a_chat_begins_with_the_push_that_answers(method: str) -> None:
    platform = FakePlatform({method: ("incoming_chat", {"chat": chat(message())})})
    sdk = await platform.connected5()
    heard = Heard(sdk)
    given = {"id": CHAT, "thread": {"events": [{"type": "message", "text": "hi!"}]}}

    started = await getattr(sdk, method)(chat=given, continuous=True)

    assert platform.asked(method) == {"chat": given, "active": True, "continuous": True}
    assert started == {"chat": CHAT_5}
    assert heard.events == [("user_data", each) for each in SOMEBODY]


async def test_send_event_gives_the_event_and_does_not_tell_it_again() -> None:
    sent = {"chat_id": CHAT, "thread_id": THREAD, "event": message()}
    platform = FakePlatform({"send_event": ("incoming_event", sent)})
    sdk = await platform.connected5()
    heard = Heard(sdk)

    event = await sdk.send_event(chat_id=CHAT, event={"type": "message", "text": "hi!"}, attach_to_last_thread=True)

    assert event == EVENT
    assert platform.asked("send_event")["attach_to_last_thread"] is True
    assert heard.names == []


async def test_an_event_for_a_closed_chat_is_refused() -> None:
    platform = FakePlatform(send_event="chat_inactive")
    sdk = await platform.connected5()

    with pytest.raises(Refused) as refused:
        await sdk.send_event(chat_id=CHAT, event={"type": "message", "text": "hi!"})

    assert refused.value.code == "CHAT_INACTIVE"


async def test_chats_are_listed_with_everybody_in_them() -> None:
    platform = FakePlatform()
    sdk = await platform.connected5()
    heard = Heard(sdk)

    chats = await sdk.list_chats(limit=5)

    assert platform.asked("list_chats") == {"limit": 5}
    assert chats == {
        "chats_summary": [
            {
                "id": CHAT,
                "active": True,
                "access": {"group_ids": [0]},
                "users": [USER_AGENT, USER_VISITOR],
                "properties": {},
                "last_thread_id": THREAD,
                "last_thread_created_at": AT,
                "events_seen_up_to_map": {AGENT["id"]: AT, CUSTOMER: None},
                "last_events_per_type": {"message": EVENT},
                "last_event": EVENT,
            }
        ],
        "total_chats": 1,
        "users": [USER_AGENT, USER_VISITOR],
        "previous_page_id": None,
        "next_page_id": None,
    }
    assert heard.all("user_data") == SOMEBODY

    await sdk.list_chats(page_id="p")
    assert platform.asked("list_chats") == {"page_id": "p"}


async def test_history_goes_back_page_by_page() -> None:
    platform = FakePlatform(
        list_threads=[
            {"threads": [thread(id="T2"), thread(id="T1")], "next_page_id": "older"},
            {"threads": [thread(id="T0")]},
        ]
    )
    sdk = await platform.connected5()
    history = sdk.get_chat_history(chat_id=CHAT)

    first, second, third = [await history.next() for _ in range(3)]

    assert first["value"] is not None
    assert [t["id"] for t in first["value"]["threads"]] == ["T1", "T2"]
    assert [step["done"] for step in (first, second, third)] == [False, True, True]
    assert third["value"] is None


async def test_a_rating_is_a_property_of_the_newest_thread() -> None:
    platform = FakePlatform(list_threads={"threads": [thread()], "found_threads": 1})
    sdk = await platform.connected5()
    of_thread = {"chat_id": CHAT, "thread_id": THREAD}

    assert await sdk.rate_chat(chat_id=CHAT, rating={"score": 1, "comment": "thanks"}) == DONE
    rating = {"score": 1, "comment": "thanks"}
    assert platform.asked("update_thread_properties") == {**of_thread, "properties": {"rating": rating}}

    assert await sdk.cancel_rate(chat_id=CHAT) == DONE
    assert platform.asked("delete_thread_properties") == {**of_thread, "properties": {"rating": ["score"]}}


async def test_a_chat_without_a_thread_cannot_be_rated() -> None:
    platform = FakePlatform(list_threads={"threads": [], "found_threads": 0})
    sdk = await platform.connected5()

    with pytest.raises(MissingChatThread):
        await sdk.rate_chat(chat_id=CHAT, rating={"score": 1})


async def test_a_sneak_peek_goes_only_into_an_active_chat() -> None:
    platform = FakePlatform()
    sdk = await platform.connected5()

    sdk.set_sneak_peek(chat_id="ANOTHER", sneak_peek_text="hm")
    sdk.set_sneak_peek(chat_id=CHAT, sneak_peek_text="hm")
    await settle()

    assert platform.actions().count("send_sneak_peek") == 1
    assert platform.asked("send_sneak_peek") == {"chat_id": CHAT, "sneak_peek_text": "hm"}


async def test_the_page_is_told() -> None:
    platform = FakePlatform()
    sdk = await platform.connected5()

    sdk.update_customer_page(url="https://example.com/", title="Shop")
    await settle()

    assert platform.asked("update_customer_page") == {"url": "https://example.com/", "title": "Shop"}


@pytest.mark.parametrize(
    ("call", "argument"),
    [
        (lambda sdk: sdk.send_event(chat_id=CHAT, event={"type": "message"}), "event.text"),
        (lambda sdk: sdk.send_event(chat_id=None, event={"type": "message", "text": "x"}), "chat_id"),
        (lambda sdk: sdk.list_chats(limit=26), "limit"),
        (lambda sdk: sdk.list_threads(chat_id=CHAT, min_events_count=101), "min_events_count"),
        (lambda sdk: sdk.resume_chat(chat={"thread": {}}), "chat.id"),
        (lambda sdk: sdk.start_chat(chat={"thread": {"events": [{"type": "file"}]}}), "chat.thread.events.0.url"),
        (lambda sdk: sdk.rate_chat(chat_id=CHAT, rating={"score": 5}), "rating.score"),
        (lambda sdk: sdk.get_form(group_id="0", type="prechat"), "group_id"),
        (lambda sdk: sdk.get_form(group_id=0, type="postal"), "type"),
        (lambda sdk: sdk.set_customer_session_fields(session_fields={"a": 1}), "session_fields.a"),
        (lambda sdk: sdk.list_group_statuses(group_ids=["0"]), "group_ids.0"),
    ],
)
async def test_a_wrong_argument_is_named_and_nothing_is_sent(
    call: Callable[[CustomerSDK5], Any], argument: str
) -> None:
    platform = FakePlatform()
    sdk = await platform.connected5()
    before = platform.actions()

    with pytest.raises(WrongArgument, match=f"`{argument}`"):
        await call(sdk)

    assert platform.actions() == before


@pytest.mark.parametrize(
    ("config", "argument"),
    [
        ({"client_id": "demo"}, "organization_id"),
        ({"organization_id": 7, "client_id": "demo"}, "organization_id"),
        ({"license": "7", "client_id": "demo"}, "license"),
        ({"organization_id": ORGANIZATION}, "client_id"),
        ({"organization_id": ORGANIZATION, "client_id": "demo", "colour": "red"}, "colour"),
    ],
)
async def test_a_wrong_configuration_is_refused(config: Payload, argument: str) -> None:
    with pytest.raises(WrongArgument, match=argument):
        init(**config)


# What is told

OF_CHAT = {"chat_id": CHAT}
OF_THREAD = {"chat_id": CHAT, "thread_id": THREAD}
TOLD: list[tuple[str, Payload, list[tuple[str, Any]]]] = [
    (
        "incoming_chat",
        {"chat": chat(message())},
        [*(("user_data", each) for each in SOMEBODY), ("incoming_chat", {"chat": CHAT_5})],
    ),
    ("incoming_event", {**OF_THREAD, "event": message()}, [("incoming_event", {**OF_CHAT, "event": EVENT})]),
    ("event_updated", {**OF_THREAD, "event": message()}, [("event_updated", {**OF_THREAD, "event": EVENT})]),
    (
        "incoming_event_preview",
        {**OF_THREAD, "event": message()},
        [("incoming_event_preview", {**OF_CHAT, "event": EVENT})],
    ),
    ("event_deleted", IDS, [("event_deleted", IDS)]),
    ("chat_deactivated", OF_THREAD, [("chat_deactivated", OF_CHAT)]),
    (
        "chat_transferred",
        {**OF_THREAD, "reason": "assigned", "transferred_to": {"agent_ids": ["a"]}, "queue": None},
        [
            (
                "chat_transferred",
                {**OF_THREAD, "reason": "assigned", "transferred_to": {"agent_ids": ["a"]}, "queue": None},
            )
        ],
    ),
    (
        "user_added_to_chat",
        {**OF_THREAD, "user": VISITOR},
        [
            ("user_data", SOMEBODY[1]),
            ("user_added_to_chat", {**OF_CHAT, "user": USER_VISITOR, "present": True}),
        ],
    ),
    (
        "user_removed_from_chat",
        {**OF_THREAD, "user_id": "a"},
        [("user_removed_from_chat", {**OF_CHAT, "user_id": "a"})],
    ),
    (
        "events_marked_as_seen",
        {**OF_CHAT, "user_id": "a", "seen_up_to": AT},
        [("events_marked_as_seen", {**OF_CHAT, "user_id": "a", "seen_up_to": AT})],
    ),
    (
        "incoming_typing_indicator",
        {**OF_THREAD, "typing_indicator": {"author_id": "a", "is_typing": True, "timestamp": 1}},
        [("incoming_typing_indicator", {**OF_CHAT, "typing_indicator": {"author_id": "a", "is_typing": True}})],
    ),
    (
        "queue_position_updated",
        {**OF_THREAD, "queue": {"position": 2, "wait_time": 60}},
        [("queue_position_updated", {**OF_THREAD, "queue": {"position": 2, "wait_time": 60}})],
    ),
    (
        "groups_status_updated",
        {"groups": [{"id": 0, "status": "offline"}]},
        [("availability_updated", {"availability": "offline"})],
    ),
    (
        "customer_updated",
        {"id": CUSTOMER, "name": "J", "session_fields": [{"a": "1"}]},
        [("customer_updated", {"id": CUSTOMER, "name": "J", "session_fields": {"a": "1"}})],
    ),
    *(
        (
            f"{what}_properties_{verb}",
            {**ids, "properties": properties},
            [(f"{what}_properties_{verb}", {**ids, "properties": properties})],
        )
        for verb, properties in (("updated", PROPERTIES), ("deleted", NAMES))
        for what, ids in (("chat", OF_CHAT), ("thread", OF_THREAD), ("event", IDS))
    ),
    (
        "incoming_greeting",
        GREETING,
        [
            (
                "incoming_greeting",
                {
                    "id": 7,
                    "unique_id": "Q10X0W041P",
                    "displayed_first_time": True,
                    "accepted": False,
                    "addon": None,
                    "subtype": "greeting",
                    "event": GREETING["event"],
                    "agent": AGENT_5,
                },
            )
        ],
    ),
    ("greeting_accepted", {"unique_id": "u"}, [("greeting_accepted", {"unique_id": "u"})]),
    ("greeting_canceled", {"unique_id": "u"}, [("greeting_canceled", {"unique_id": "u"})]),
    ("incoming_multicast", {"content": {"a": 1}}, [("incoming_multicast", {"content": {"a": 1}})]),
    (
        "incoming_rich_message_postback",
        {**IDS, "user_id": "a", "postback": {"id": "b", "toggled": True}},
        [("incoming_rich_message_postback", {**IDS, "user_id": "a", "postback": {"id": "b", "toggled": True}})],
    ),
    (
        "incoming_thinking_indicator",
        {**OF_THREAD, "title": "x"},
        [("incoming_thinking_indicator", {**OF_THREAD, "title": "x"})],
    ),
    (
        "incoming_welcome_message",
        {"id": "w", "event": {"type": "message", "text": "Hello"}},
        [("incoming_welcome_message", {"id": "w", "event": {"type": "message", "text": "Hello"}})],
    ),
    ("something_new", {"a": 1}, []),
    ("incoming_event", {"chat_id": CHAT}, []),
]


@pytest.mark.parametrize(("push", "payload", "told"), TOLD)
async def test_a_push_is_told_in_these_words(push: str, payload: Payload, told: list[tuple[str, Any]]) -> None:
    platform = FakePlatform()
    heard = Heard(await platform.connected5())

    platform.tell(push, payload)

    assert heard.events == told
