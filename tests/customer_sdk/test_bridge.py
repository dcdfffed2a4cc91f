"""A page's messages, and what comes back: the SDK in JavaScript's names, over plain JSON."""

import asyncio
import json
from typing import Any
from unittest.mock import patch

import pytest

from tests.customer_sdk.fake_platform import AGENT, CHAT, CUSTOMER, THREAD, FakePlatform, chat, message, thread
from tests.fakes import settle, until
from widget.customer_sdk.bridge import METHODS, Bridge
from widget.customer_sdk.camel import snake
from widget.customer_sdk.files import ChatFile, File
from widget.customer_sdk.sdk2 import CustomerSDK2
from widget.customer_sdk.sdk5 import CustomerSDK5
from widget.customer_sdk.start import init
from widget.wire.file_limits import LARGEST

FIRST: dict[str, Any] = {"license": 104130623, "clientId": "demo"}
TODAY: dict[str, Any] = {"organizationId": "c31de08c-799b-488a-982a-8e64dbadbf5a", "clientId": "demo"}
SENT = {"chat_id": CHAT, "thread_id": THREAD, "event": message(type="file", url="https://cdn.example.com/a.png")}
PICTURE = ChatFile("a.png", b"picture", "image/png")


class Page:
    """A page that has made a client; ``told`` is all that it has heard."""

    def __init__(self, platform: FakePlatform) -> None:
        platform.token["organization_id"] = TODAY["organizationId"]
        self.told: list[Any] = []
        self._last_id = 0
        self.bridge = Bridge(
            lambda **config: init(**config, world=platform.world),
            lambda message: self.told.append(through_json(message)),
        )

    def say(self, file: File | None = None, **message: Any) -> None:
        """Send a message."""
        self.bridge.hear(through_json(message), file)

    def init(self, config: dict[str, Any], *, asks: list[str] | None = None) -> None:
        """Make the client."""
        self.say(type="init", config=config, asks=asks or [])

    def begin(self, method: str, *args: Any, file: File | None = None) -> int:
        """Call a method. Returns the id of the call."""
        self._last_id += 1
        self.say(type="call", id=self._last_id, method=method, args=args, file=file)
        return self._last_id

    async def next(self, history: int) -> Any:
        """Ask for one more page of a history."""
        self._last_id += 1
        self.say(type="next", id=self._last_id, history=history)
        await settle()
        return self.answer(self._last_id)

    async def call(self, method: str, *args: Any, file: File | None = None) -> Any:
        """Call a method, and wait for the answer: a value, or an error."""
        call = self.begin(method, *args, file=file)
        await settle()
        return self.answer(call)

    def answer(self, call: int) -> Any:
        """The answer to a call."""
        (answer,) = [told for told in self.told if told["type"] == "result" and told["id"] == call]
        return answer["error"] if "error" in answer else answer.get("value")

    def events(self, name: str) -> list[Any]:
        """The payloads of the events of a name."""
        return [told.get("payload") for told in self.told if told["type"] == "event" and told["name"] == name]

    def all(self, kind: str) -> list[Any]:
        """The messages of a type."""
        return [told for told in self.told if told["type"] == kind]


def through_json(message: Any) -> Any:
    """What comes out at the other end of the channel."""
    return json.loads(json.dumps(message))


async def connected(platform: FakePlatform, config: dict[str, Any]) -> Page:
    """A page whose client has signed in."""
    page = Page(platform)
    page.init(config)
    await platform.let_in()
    return page


# What goes through


async def test_a_method_takes_and_gives_javascripts_names() -> None:
    platform = FakePlatform({"start_chat": ("incoming_chat", {"chat": chat(message(custom_id="c1"))})})
    page = await connected(platform, FIRST)

    started = await page.call(
        "startChat",
        {
            "access": {"groups": [3]},
            "events": [{"type": "message", "text": "hi!", "customId": "c1"}],
            "chatProperties": {"my_namespace": {"someName": 1}},
        },
    )

    assert platform.asked("start_chat")["chat"] == {
        "access": {"group_ids": [3]},
        "properties": {"my_namespace": {"someName": 1}},
        "thread": {"events": [{"type": "message", "text": "hi!", "custom_id": "c1"}]},
    }
    assert (started["id"], started["threads"], started["events"][0]["customId"]) == (CHAT, [THREAD], "c1")
    assert started["users"][0]["jobTitle"] == "Support"
    assert set(started["lastSeenTimestamps"]) == {AGENT["id"], CUSTOMER}


async def test_todays_methods_take_one_object() -> None:
    platform = FakePlatform({"resume_chat": ("incoming_chat", {"chat": chat(message())})})
    page = await connected(platform, TODAY)

    resumed = await page.call("resumeChat", {"chat": {"id": CHAT, "access": {"groupIds": [3]}}})

    assert platform.asked("resume_chat") == {"chat": {"id": CHAT, "access": {"group_ids": [3]}}, "active": True}
    assert resumed["chat"]["thread"]["chatId"] == CHAT
    assert resumed["chat"]["users"][1]["sessionFields"] == {"plan": "gold", "seats": "7"}


async def test_events_carry_javascripts_names() -> None:
    platform = FakePlatform()
    page = await connected(platform, FIRST)

    (connection,) = page.events("connected")
    platform.network.socket.drop()

    assert connection["totalChats"] == 1
    assert connection["chatsSummary"][0]["lastThread"] == THREAD
    assert list(connection["chatsSummary"][0]["lastEventsPerType"]) == ["message"]
    assert page.events("customer_id") == [CUSTOMER]
    assert page.all("event")[-1] == {"type": "event", "name": "connection_lost"}


async def test_the_token_comes_without_what_renews_it() -> None:
    platform = FakePlatform()
    platform.token["refresh_token"] = "secret"
    page = await connected(platform, FIRST)

    token = await page.call("auth.getToken")

    assert (token["accessToken"], token["entityId"], token["tokenType"]) == ("dal:ab", CUSTOMER, "Bearer")
    assert "secret" not in json.dumps(page.told)
    assert await page.call("auth.hasToken") is True
    assert await page.call("auth.invalidate") is None
    assert await page.call("auth.hasToken") is False


async def test_arguments_that_are_undefined_are_as_if_not_given() -> None:
    platform = FakePlatform(get_chat=chat(message()))
    page = await connected(platform, FIRST)

    assert (await page.call("updateLastSeenTimestamp", CHAT, None))["timestamp"] > 0
    assert (await page.call("getChatsSummary", None))["totalChats"] == 1


async def test_more_arguments_than_a_method_takes_do_no_harm() -> None:
    platform = FakePlatform()
    page = await connected(platform, FIRST)

    assert await page.call("closeThread", CHAT, 0, [CHAT]) == {"success": True}


# What goes wrong


@pytest.mark.parametrize(
    ("config", "method", "args", "message"),
    [
        (FIRST, "closeThread", [7], "closeThread: `chat`: Input should be a valid string"),
        (FIRST, "closeThread", [], "closeThread: missing a required argument: 'chat'"),
        (FIRST, "closeThread", [None], "closeThread: `chat`: it must not be null"),
        (
            FIRST,
            "startChat",
            [{"chatProperties": 1}],
            "startChat: `specification.chatProperties`: Input should be a valid object",
        ),
        (FIRST, "getChatThreads", [CHAT, "x"], "getChatThreads: `threads`: Input should be a valid array"),
        (FIRST, "sendEvent", [CHAT, {"type": "message", "text": "", "customId": 1}], "sendEvent: `event.customId`: "),
        (FIRST, "sendFile", [CHAT, {"file": "a.png"}], "sendFile: `data.file`: Input should be an instance of File"),
        (FIRST, "getChatHistory", [3], "getChatHistory: `chat`: Input should be a valid string"),
        (TODAY, "getChat", ["x"], "getChat: it takes an object, with chatId, threadId"),
        (TODAY, "getChat", [{"chatID": CHAT}], "getChat: missing a required argument: 'chatId'"),
        (TODAY, "uploadFile", [{"file": {}}], "uploadFile: `file`: Input should be an instance of File"),
        (TODAY, "identify", [], "`identify`: there is no such method"),
    ],
)
async def test_a_wrong_argument_is_named_as_the_page_has_it_and_nothing_is_sent(
    config: dict[str, Any], method: str, args: list[Any], message: str
) -> None:
    platform = FakePlatform()
    page = await connected(platform, config)
    before = platform.actions()

    error = await page.call(method, *args)

    assert error["code"] == "WRONG_ARGUMENT"
    assert error["message"].startswith(message)
    assert platform.actions() == before


async def test_a_refusal_has_the_platforms_word_and_what_to_do() -> None:
    platform = FakePlatform(deactivate_chat="chat_inactive")
    page = await connected(platform, TODAY)

    assert await page.call("deactivateChat", {"id": CHAT}) == {
        "code": "CHAT_INACTIVE",
        "message": "Chat is inactive",
        "hint": "Resume the chat first, or attach the event to its last thread.",
    }


async def test_a_configuration_that_is_wrong_is_refused_and_so_is_every_call() -> None:
    page = Page(FakePlatform())

    page.init({**FIRST, "group": "sales"})

    (refusal,) = page.all("refused")
    assert refusal["error"]["message"].startswith("init: `group`: ")  # as the parameter is named there
    assert await page.call("getPredictedAgent") == refusal["error"]


@pytest.mark.parametrize("name", ["baseUrl", "accountsUrl", "world", "sdk", "customerDataProvider"])
async def test_what_is_the_frames_to_say_is_not_the_pages(name: str) -> None:
    page = Page(FakePlatform())

    page.init({**TODAY, name: "https://evil.example"})

    assert page.all("refused")[0]["error"]["message"] == f"init: `{name}`: it cannot be given here"


@pytest.mark.parametrize(
    "nonsense",
    [
        {},
        {"type": "explode"},
        {"type": ["call"]},
        {"type": "call"},
        {"type": "call", "id": "x", "method": "closeThread", "args": []},
        {"type": "call", "id": 1, "method": "closeThread", "args": {"chat": "x"}},
        {"type": "next", "id": 1},
        {"type": "cancel", "upload": 99},
        {"type": "answer", "id": 99},
        {"type": "init", "config": FIRST},
    ],
)
async def test_a_message_that_makes_no_sense_is_dropped(nonsense: dict[str, Any]) -> None:
    platform = FakePlatform()
    page = await connected(platform, FIRST)
    before = len(page.told)

    page.say(**nonsense)

    assert len(page.told) == before
    assert await page.call("closeThread", CHAT) == {"success": True}


@pytest.mark.parametrize("method", ["__init__", "told", "welcome", "_say", "destroy", "on", "probe", "auth.__init__"])
async def test_only_what_is_the_pages_can_be_called(method: str) -> None:
    page = await connected(FakePlatform(), FIRST)

    assert (await page.call(method))["code"] == "WRONG_ARGUMENT"


async def test_a_mistake_of_ours_reaches_the_one_who_waits() -> None:
    page = await connected(FakePlatform(), FIRST)
    told: list[Any] = []
    asyncio.get_running_loop().set_exception_handler(lambda loop, context: told.append(context["exception"]))

    with patch("widget.customer_sdk.words2.chats_summary", None):
        assert (await page.call("getChatsSummary"))["code"] == "CHAT_ERROR"

    assert isinstance(told[0], TypeError)


# Histories


def pages_of_history() -> list[Any]:
    return [
        {"threads": [thread(message("new", 2))], "found_threads": 2, "next_page_id": "p2"},
        {"threads": [thread(message("old", 1), id="T0")], "found_threads": 2},
    ]


async def test_a_history_is_read_page_by_page_and_let_go() -> None:
    page = await connected(FakePlatform(list_threads=pages_of_history()), FIRST)
    history = page.begin("getChatHistory", CHAT)
    assert page.answer(history) is None

    newest, oldest, after = [await page.next(history) for _ in range(3)]

    assert (newest["done"], newest["value"][0]["text"]) == (False, "new")
    assert (oldest["done"], oldest["value"][0]["text"]) == (True, "old")
    assert after == {"done": True}
    page.say(type="release", history=history)
    assert page.bridge.holds == 0


async def test_a_frame_that_has_started_anew_knows_no_older_history() -> None:
    page = await connected(FakePlatform(), FIRST)

    assert (await page.next(99))["code"] == "CONNECTION_LOST"


# Files


async def test_a_file_comes_beside_the_message_and_tells_how_far_it_is() -> None:
    platform = FakePlatform({"send_event": ("incoming_event", SENT)})
    page = await connected(platform, FIRST)

    sent = await page.call("sendFile", CHAT, {"file": {}, "customId": "f"}, {}, file=PICTURE)

    assert sent == {"url": "https://cdn.example.com/a.png"}
    assert [told["part"] for told in page.all("progress")] == [0.0, 0.5, 1.0]
    assert platform.uploaded[0][2] == PICTURE
    assert platform.asked("send_event")["event"]["custom_id"] == "f"
    assert page.bridge.holds == 0


@pytest.mark.parametrize("spec", [[], [None], [{}]])
async def test_nobody_has_to_ask_how_far_it_is(spec: list[Any]) -> None:
    page = await connected(FakePlatform({"send_event": ("incoming_event", SENT)}), FIRST)

    assert (await page.call("sendFile", CHAT, {"file": {}}, *spec, file=PICTURE))["url"]


async def test_today_a_file_is_uploaded_by_itself() -> None:
    platform = FakePlatform()
    page = await connected(platform, TODAY)

    assert await page.call("uploadFile", {"file": {}}, file=PICTURE) == {"url": "https://cdn.example.com/a.png"}
    assert [told["part"] for told in page.all("progress")] == [0.0, 0.5, 1.0]


async def test_an_upload_can_be_cancelled_at_once() -> None:
    platform = FakePlatform()
    page = await connected(platform, FIRST)

    upload = page.begin("sendFile", CHAT, {"file": {}}, file=PICTURE)
    page.say(type="cancel", upload=upload)
    await settle()

    assert page.answer(upload)["code"] == "UPLOAD_CANCELED"
    assert page.bridge.holds == 0


async def test_a_file_that_is_too_big_is_refused() -> None:
    page = await connected(FakePlatform(), TODAY)

    error = await page.call("uploadFile", {"file": {}}, file=ChatFile("a", bytes(LARGEST + 1)))

    assert (error["code"], error["message"]) == ("TOO_BIG_FILE", "The file is too big (max size is 10.00 MB).")


# Who the customer is


async def test_the_page_is_asked_who_the_customer_is_before_each_login() -> None:
    platform = FakePlatform()
    page = Page(platform)
    page.init(TODAY, asks=["customerDataProvider"])
    await settle()

    (question,) = page.all("ask")
    page.say(type="answer", id=question["id"], value={"name": "John", "sessionFields": {"user_id": "7"}})
    await platform.let_in()

    assert platform.asked("login")["customer"] == {"name": "John", "session_fields": [{"user_id": "7"}]}
    platform.network.socket.drop()
    platform.clock.advance(1)
    await settle()
    assert len(page.all("ask")) == 2


@pytest.mark.parametrize("answer", [{"error": "no session"}, {"value": {"name": 7}}, {"value": None}])
async def test_a_page_that_cannot_say_who_the_customer_is_is_not_signed_in(answer: dict[str, Any]) -> None:
    platform = FakePlatform()
    page = Page(platform)
    page.init(TODAY, asks=["customerDataProvider"])
    await settle()

    page.say(type="answer", id=1, **answer)
    await settle()

    assert page.events("disconnected") == [{"reason": "sign_in_failed"}]
    assert platform.network.sockets == []


async def test_the_pages_identity_provider_has_the_token() -> None:
    platform = FakePlatform()
    page = Page(platform)
    page.init(TODAY, asks=["identityProvider"])
    await settle()

    (question,) = page.all("ask")
    assert question["of"] == "identityProvider.getToken"
    token = {"accessToken": "dal:mine", "entityId": CUSTOMER, "expiresIn": 28_800_000, "creationDate": 1}
    page.say(type="answer", id=question["id"], value=token)
    await platform.let_in()

    assert platform.asked("login")["token"] == "Bearer dal:mine"
    assert platform.http.posts == []
    call = page.begin("auth.hasToken")
    await settle()
    page.say(type="answer", id=page.all("ask")[-1]["id"], value=True)
    await settle()
    assert page.answer(call) is True


# Nothing grows


async def test_a_thousand_calls_leave_nothing_behind() -> None:
    platform = FakePlatform(
        {"send_event": ("incoming_event", {"chat_id": CHAT, "thread_id": THREAD, "event": message()})},
        list_threads={"threads": [thread(message())], "found_threads": 1},
    )
    page = await connected(platform, FIRST)

    for _ in range(250):
        page.begin("sendEvent", CHAT, {"type": "message", "text": "hi"})
        page.begin("sendEvent", CHAT, {})
        history = page.begin("getChatHistory", CHAT)
        page.say(type="next", id=-history, history=history)
        page.say(type="release", history=history)
    await until(lambda: len(page.all("result")) == 1000)

    assert page.bridge.holds == 0


@pytest.mark.parametrize("sdk", [CustomerSDK2, CustomerSDK5])
def test_every_method_of_the_vocabulary_can_be_called(sdk: type) -> None:
    ours = {"on", "once", "off", "observable", "events", "destroy", "probe", "auth"}
    told = {"identified", "welcome", "lost", "ended", "told"}

    assert {snake(name) for name in METHODS[sdk]} == {n for n in dir(sdk) if not n.startswith("_")} - ours - told
