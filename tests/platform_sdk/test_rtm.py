"""A client over a WebSocket: what goes out, what comes back, and what happens when it breaks."""

import asyncio
from collections.abc import Callable, Iterator

import pytest

from tests.fakes import settle
from tests.platform_sdk.fake_platform import TOKEN, FakePlatform
from widget.platform_sdk import Agent, Customer, Token, Version
from widget.platform_sdk.rtm import BACKLOG
from widget.rtm.in_flight import LIMIT
from widget.wire.errors import (
    ConnectionLost,
    NotConnected,
    NotInVersion,
    Refused,
    RequestTimeout,
    SignInFailed,
    WrongArgument,
)

# Connecting


async def test_the_address_names_the_organization_and_the_region_that_the_token_begins_with() -> None:
    platform = FakePlatform()

    await platform.logged_in()

    assert platform.network.socket.url == (
        "wss://api.livechatinc.com/v3.6/agent/rtm/ws?organization_id=c31de08c-799b-488a-982a-8e64dbadbf5a&region=dal"
    )


@pytest.mark.parametrize("version", ["3.3", "3.4", "3.5", "3.6"])
async def test_every_version_has_its_address(version: Version) -> None:
    platform = FakePlatform()
    client = Customer.RTM(
        platform.network, lambda: TOKEN, version=version, base_url="http://127.0.0.1:8000/", clock=platform.clock
    )

    opening = asyncio.ensure_future(client.connect())
    await platform.let_in()
    await opening

    assert platform.network.socket.url.startswith(f"ws://127.0.0.1:8000/v{version}/customer/rtm/ws?")


async def test_up_to_3_3_a_customer_belongs_to_a_licence() -> None:
    platform = FakePlatform()
    client = Customer.RTM(
        platform.network, lambda: Token("dal:x", license_id=104130623), version="3.3", clock=platform.clock
    )

    opening = asyncio.ensure_future(client.connect())
    await platform.let_in()
    await opening

    assert platform.network.socket.url.endswith("?license_id=104130623&region=dal")


async def test_login_takes_its_token_from_the_token_getter() -> None:
    platform = FakePlatform()
    client = platform.agent(lambda: Token("amFuZTpwYXQ=", token_type="Basic"))

    login = asyncio.ensure_future(client.login(timezone="Europe/Warsaw", away=False))
    await platform.let_in()

    assert await login == {"license": {"id": "1"}}
    assert platform.asked("login") == {"token": "Basic amFuZTpwYXQ=", "timezone": "Europe/Warsaw", "away": False}


async def test_the_token_getter_may_be_asynchronous() -> None:
    platform = FakePlatform()

    async def token_getter() -> Token:
        await asyncio.sleep(0)
        return TOKEN

    client = Agent.RTM(platform.network, token_getter, clock=platform.clock)
    login = asyncio.ensure_future(client.login())
    await platform.let_in()
    await login

    assert platform.asked("login")["token"] == "Bearer dal:ab-Cd_dE40f9G3H297Ijkl6MN24"


async def test_connect_opens_the_connection_and_leaves_it_to_login_to_log_in() -> None:
    platform = FakePlatform()
    client = platform.agent()

    opening = asyncio.ensure_future(client.connect())
    await platform.let_in()
    await opening

    assert platform.requests == []
    assert not client.connected

    await client.login()

    assert [request["action"] for request in platform.requests] == ["login"]
    assert client.connected


async def test_a_second_login_is_for_the_platform_to_refuse() -> None:
    platform = FakePlatform()
    client = await platform.logged_in()
    platform.answers["login"] = "validation"

    with pytest.raises(Refused, match="Wrong format of request"):
        await client.login()

    assert client.connected


async def test_a_server_that_cannot_be_reached_fails_the_login_and_is_not_tried_again() -> None:
    platform = FakePlatform()
    client = platform.agent()

    login = asyncio.ensure_future(client.login())
    await settle()
    platform.network.socket.drop()

    with pytest.raises(NotConnected, match=r"No connection to https://api\.livechatinc\.com"):
        await login
    await settle()
    platform.clock.advance(120)
    await settle()
    assert len(platform.network.sockets) == 1


async def test_a_refused_login_says_what_to_do() -> None:
    platform = FakePlatform(login="authentication")
    client = platform.agent()

    login = asyncio.ensure_future(client.login())
    await platform.let_in()

    with pytest.raises(Refused) as refused:
        await login
    assert refused.value.code == "AUTHENTICATION"
    assert "Bearer or Basic" in refused.value.hint


async def test_a_login_that_is_not_answered_times_out() -> None:
    platform = FakePlatform(login=None)
    client = platform.agent()

    login = asyncio.ensure_future(client.login())
    await platform.let_in()
    platform.clock.advance(15)

    with pytest.raises(RequestTimeout):
        await login


def no_token() -> Token:
    raise LookupError("no token here")


@pytest.mark.parametrize(
    ("token_getter", "why"),
    [(no_token, "no token here"), (lambda: "dal:token", "it gave str, and not a Token")],
)
async def test_what_is_wrong_with_the_token_getter_is_said(token_getter: Callable[[], Token], why: str) -> None:
    platform = FakePlatform()

    with pytest.raises(SignInFailed, match=why):
        await platform.agent(token_getter).login()


async def test_after_a_failure_login_can_be_tried_again() -> None:
    platform = FakePlatform()
    client = platform.agent()
    login = asyncio.ensure_future(client.login())
    await settle()
    platform.network.socket.drop()
    with pytest.raises(NotConnected):
        await login

    login = asyncio.ensure_future(client.login())
    await platform.let_in()
    await login

    assert client.connected


# Asking


async def test_a_method_sends_its_arguments_as_the_payload_and_returns_the_answers() -> None:
    platform = FakePlatform(list_threads={"threads": [], "found_threads": 0})
    client = await platform.logged_in()

    answer = await client.list_threads("PJ0MRSHTDG", limit=5)

    assert answer == {"threads": [], "found_threads": 0}
    assert platform.asked("list_threads") == {"chat_id": "PJ0MRSHTDG", "limit": 5}


async def test_the_answer_is_the_platforms_and_not_the_push() -> None:
    """The widget waits for the push of ``start_chat``; a program gets the ids, as from LiveChat's own SDKs."""
    platform = FakePlatform(start_chat={"chat_id": "PJ0MRSHTDG", "thread_id": "K600PKZON8"})
    client = await platform.logged_in()

    assert await client.start_chat() == {"chat_id": "PJ0MRSHTDG", "thread_id": "K600PKZON8"}


async def test_an_answer_may_be_a_list() -> None:
    platform = FakePlatform(list_routing_statuses=[{"agent_id": "a@b.c", "status": "offline"}])
    client = await platform.logged_in()

    assert await client.list_routing_statuses({"group_ids": [0]}) == [{"agent_id": "a@b.c", "status": "offline"}]


async def test_an_action_that_has_no_method_can_be_asked_for_by_name() -> None:
    platform = FakePlatform(new_action={"done": True})
    client = await platform.logged_in()

    assert await client.send("new_action", {"with": None}) == {"done": True}
    assert platform.asked("new_action") == {"with": None}


async def test_a_refusal_is_raised_with_the_platforms_word() -> None:
    platform = FakePlatform(deactivate_chat="chat_inactive")
    client = await platform.logged_in()

    with pytest.raises(Refused) as refused:
        await client.deactivate_chat("PJ0MRSHTDG")

    assert (refused.value.type, refused.value.code) == ("chat_inactive", "CHAT_INACTIVE")


async def test_before_login_methods_say_that_there_is_no_connection() -> None:
    with pytest.raises(NotConnected):
        await FakePlatform().agent().list_chats()


async def test_a_method_that_the_version_lacks_is_not_sent() -> None:
    platform = FakePlatform()

    with pytest.raises(NotInVersion, match=r"since 3\.6"):
        await platform.agent(version="3.5").get_thread_transcript("PJ0MRSHTDG", "K600PKZON8")


async def test_no_more_than_ten_requests_are_under_way() -> None:
    platform = FakePlatform(get_chat=None)
    client = await platform.logged_in()

    asked = [asyncio.ensure_future(client.get_chat("PJ0MRSHTDG")) for _ in range(25)]
    await settle()

    assert platform.network.socket.actions().count("get_chat") == LIMIT
    await client.disconnect()
    await asyncio.gather(*asked, return_exceptions=True)


async def test_a_bot_asks_in_its_own_name() -> None:
    platform = FakePlatform()
    client = await platform.logged_in()
    client.set_author_id("bot-7")

    await client.send_event("PJ0MRSHTDG", {"type": "message", "text": "beep"})

    assert platform.network.socket.last("send_event")["author_id"] == "bot-7"


async def test_logging_out_is_the_end_of_the_connection() -> None:
    platform = FakePlatform()
    client = await platform.logged_in()

    await client.logout()

    assert not client.connected
    assert not platform.network.socket.open


async def test_logging_out_somebody_else_is_not() -> None:
    platform = FakePlatform()
    client = await platform.logged_in()

    await client.logout(agent_id="john@example.com")

    assert client.connected


# Being told


async def test_a_subscriber_gets_the_payload_of_its_pushes_until_it_unsubscribes() -> None:
    platform = FakePlatform()
    client = await platform.logged_in()
    heard: list[object] = []
    unsubscribe = client.on("chat_deactivated", heard.append)

    platform.tell("chat_deactivated", {"chat_id": "A"})
    platform.tell("incoming_event", {"chat_id": "A"})
    unsubscribe()
    platform.tell("chat_deactivated", {"chat_id": "B"})

    assert heard == [{"chat_id": "A"}]


async def test_a_subscriber_may_be_asynchronous_and_ask_back() -> None:
    platform = FakePlatform()
    client = await platform.logged_in()

    async def answer(payload: dict[str, str]) -> None:
        await client.follow_chat(payload["chat_id"])

    client.on("chat_transferred", answer)
    platform.tell("chat_transferred", {"chat_id": "A"})
    await settle()

    assert platform.asked("follow_chat") == {"id": "A"}


async def test_a_subscriber_that_fails_is_reported_and_costs_nobody_else_anything() -> None:
    platform = FakePlatform()
    client = await platform.logged_in()
    reported: list[str] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: reported.append(context["message"]))
    heard: list[object] = []

    def fail(_: object) -> None:
        raise LookupError

    async def fail_later(_: object) -> None:
        raise LookupError

    for handler in (fail, fail_later, heard.append):
        client.on("chat_deactivated", handler)
    platform.tell("chat_deactivated", {})
    await settle()
    asyncio.get_running_loop().set_exception_handler(None)

    assert reported == ["A handler of chat_deactivated failed"] * 2
    assert heard == [{}]
    assert client.connected


async def test_pushes_are_read_one_after_the_other() -> None:
    platform = FakePlatform()
    client = await platform.logged_in()
    platform.tell("incoming_customers", {"customers": []})
    read = []

    async for push in client:
        read.append(push.action)
        if push.action == "chat_deactivated":
            break
        platform.tell("incoming_event", {})
        platform.tell("chat_deactivated", {})

    assert read == ["incoming_customers", "incoming_event", "chat_deactivated"]


async def test_some_pushes_are_read_and_the_others_are_not() -> None:
    platform = FakePlatform()
    client = await platform.logged_in()
    events = client.pushes("incoming_event")

    platform.tell("incoming_typing_indicator", {})
    platform.tell("incoming_event", {"event": {"text": "hello"}})

    assert (await anext(events)).payload == {"event": {"text": "hello"}}


async def test_who_reads_is_told_the_end_by_the_end_of_the_loop() -> None:
    platform = FakePlatform()
    client = await platform.logged_in()

    async def read() -> list[str]:
        return [push.action async for push in client]

    reading = asyncio.ensure_future(read())
    await settle()
    platform.tell("incoming_event", {})
    await client.disconnect()

    assert await reading == ["incoming_event"]


async def test_who_reads_is_told_why_the_platform_ended_the_connection() -> None:
    platform = FakePlatform()
    client = await platform.logged_in()

    async def read() -> None:
        async for _ in client:
            pass

    reading = asyncio.ensure_future(read())
    await settle()
    platform.tell("agent_disconnected", {"reason": "license_expired"})

    with pytest.raises(Refused, match="License expired"):
        await reading
    assert not client.connected


async def test_what_nobody_reads_does_not_pile_up() -> None:
    platform = FakePlatform()
    client = await platform.logged_in()

    for number in range(BACKLOG + 10):
        platform.tell("incoming_event", {"number": number})

    first = await anext(client.pushes())
    assert first.payload == {"number": 10}


# Coming back


async def come_back(platform: FakePlatform) -> None:
    """Let the connection break, and the next one open."""
    platform.network.socket.drop()
    platform.clock.advance(1)
    await platform.let_in()


async def test_a_lost_connection_comes_back_and_logs_in_as_before() -> None:
    platform = FakePlatform()
    tokens = iter([Token("dal:first"), Token("dal:second")])
    client = platform.agent(lambda: next(tokens))
    login = asyncio.ensure_future(client.login(away=True))
    await platform.let_in()
    await login

    await come_back(platform)

    assert client.connected
    assert platform.asked("login") == {"token": "Bearer dal:second", "away": True}


async def test_subscribers_and_readers_outlive_a_lost_connection() -> None:
    platform = FakePlatform()
    client = await platform.logged_in()
    heard: list[object] = []
    client.on("incoming_event", heard.append)
    reader = client.pushes()

    await come_back(platform)
    platform.tell("incoming_event", {"event": {}})

    assert heard == [{"event": {}}]
    assert (await anext(reader)).action == "incoming_event"


async def test_what_was_asked_and_not_answered_is_told_so_and_not_asked_again() -> None:
    platform = FakePlatform(send_event=None)
    client = await platform.logged_in()
    sending = asyncio.ensure_future(client.send_event("A", {"type": "message", "text": "hello"}))
    await settle()

    await come_back(platform)

    with pytest.raises(ConnectionLost):
        await sending
    assert "send_event" not in platform.network.socket.actions()


async def test_without_a_network_for_the_token_it_is_tried_again() -> None:
    platform = FakePlatform()
    answers: Iterator[Token | OSError] = iter([TOKEN, OSError("no network"), TOKEN])

    def token_getter() -> Token:
        answer = next(answers)
        if isinstance(answer, OSError):
            raise answer
        return answer

    client = platform.agent(token_getter)
    login = asyncio.ensure_future(client.login())
    await platform.let_in()
    await login

    platform.network.socket.drop()
    for _ in range(2):
        platform.clock.advance(2)
        await settle()
    await platform.let_in()

    assert client.connected


async def test_leaving_the_block_disconnects() -> None:
    platform = FakePlatform()
    client = platform.agent()

    async def use() -> None:
        async with client as entered:
            assert entered.connected

    using = asyncio.ensure_future(use())
    await platform.let_in()
    await using

    assert not platform.network.socket.open
    with pytest.raises(NotConnected):
        await client.list_chats()


async def test_a_thousand_requests_leave_nothing_behind() -> None:
    platform = FakePlatform()
    client = await platform.logged_in()
    before = len(asyncio.all_tasks())

    for _ in range(1000):
        await client.list_chats()

    assert len(asyncio.all_tasks()) == before


async def test_a_wrong_base_address_is_refused_by_name() -> None:
    with pytest.raises(WrongArgument, match=r"base_url: 'api\.livechatinc\.com'"):
        Agent.RTM(FakePlatform().network, lambda: TOKEN, base_url="api.livechatinc.com")
