"""What the page asks by ``liveChat``, and the messages around it."""

import base64
from typing import Any

import pytest

from tests.widget.live_page import LivePage
from tests.widget.test_session import SmallPlatform
from widget.live_chat.arguments import ARGUMENTS
from widget.live_chat.table import COMMANDS
from widget.rtm.ports import HttpResponse
from widget.wire.base import Json
from widget.wire.errors import CommandError
from widget.wire.file_limits import LARGEST
from widget.wire.users import Page

HELLO = {"type": "BASIC", "message": "Hello"}
NOTE = "data:text/plain;base64," + base64.b64encode(b"note").decode()
CLOSED = [{"type": "message", "text": "Earlier", "id": "T_1", "author_id": "me", "created_at": "2026-05-03T09:00:00Z"}]


# send


async def test_send_answers_with_the_message_as_the_server_has_it() -> None:
    answer = await LivePage().ask("send", HELLO)

    message = {"id": "T_1", "type": "BASIC", "moment": "2026-05-03T09:00:00.000000Z", "content": {"text": "Hello"}}
    assert answer["result"] == {"message": message, "threadId": "T"}


async def test_a_call_that_comes_again_from_a_new_document_is_not_sent_twice() -> None:
    page = LivePage()
    await page.ask("send", HELLO, "the-call")

    again = await page.ask("send", HELLO, "the-call")

    assert again["result"]["message"]["id"] == "T_1"
    assert page.world.texts() == ["Hello"]
    assert len(page.platform.events) == 1


async def test_an_attachment_is_uploaded_before_anything_is_said() -> None:
    page = LivePage()

    answer = await page.ask("send", {**HELLO, "attachment": NOTE, "fileName": 'a "note".txt'})

    assert b'filename="a %22note%22.txt"\r\nContent-Type: text/plain\r\n\r\nnote\r\n' in page.server.bodies[0]
    assert [event["type"] for event in page.platform.events] == ["message", "file"]
    assert page.platform.events[1]["url"] == "https://files/1/note.txt"
    assert answer["result"]["message"]["content"]["text"] == "Hello"
    assert answer["result"]["message"]["content"]["attachment"] == "https://files/1/note.txt"


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (HttpResponse(413, '{"error": {"type": "entity_too_large", "message": "no"}}'), "ATTACHMENT_TOO_LARGE"),
        (HttpResponse(400, '{"error": {"type": "validation", "message": "no programs"}}'), "ATTACHMENT_REFUSED"),
        (HttpResponse(500, "oops"), "UPLOAD_FAILED"),
        (HttpResponse(200, "[]"), "UPLOAD_FAILED"),
        (OSError("no network"), "UPLOAD_FAILED"),
    ],
)
async def test_a_file_that_does_not_arrive_takes_its_text_along(answer: Any, code: str) -> None:
    page = await LivePage().connected()
    page.server.answer = answer

    assert await page.refused("send", {**HELLO, "attachment": NOTE, "fileName": "setup.exe"}) == code
    assert page.platform.events == []
    assert page.session.outbox.waiting == ()


@pytest.mark.parametrize("size", [LARGEST + 1, 3 * LARGEST])
async def test_a_file_that_is_too_large_is_not_uploaded(size: int) -> None:
    page = await LivePage().connected()
    large = "data:text/plain;base64," + base64.b64encode(b"x" * size).decode()

    assert await page.refused("send", {"type": "BASIC", "attachment": large, "fileName": "x"}) == "ATTACHMENT_TOO_LARGE"
    assert page.server.bodies == []


async def test_a_text_of_100_kb_is_refused_with_its_limit() -> None:
    page = await LivePage().connected()

    answer = await page.ask("send", {"type": "BASIC", "message": "x" * 100_000})

    assert answer["error"]["code"] == "TEXT_TOO_LONG"
    assert "4,096" in answer["error"]["message"]
    assert page.platform.events == []
    assert "xxx" not in page.dump()


async def test_a_draft_goes_into_the_composer_and_nowhere_else() -> None:
    page = await LivePage().connected()

    answer = await page.ask("send", {"type": "DRAFT", "message": "Hi, my order "})

    assert answer["result"]["message"] == {"type": "DRAFT", "content": {"text": "Hi, my order "}}
    assert page.window.composed == "Hi, my order "
    assert page.platform.events == []


async def test_a_draft_does_not_take_the_place_of_what_the_visitor_writes() -> None:
    page = await LivePage().connected()
    page.window.composed = "I am just"

    assert await page.refused("send", {"type": "DRAFT", "message": "Hi"}) == "COMPOSER_IN_USE"
    assert page.window.composed == "I am just"


async def test_data_goes_with_words_for_agent_and_visitor() -> None:
    page = LivePage()
    argument = {
        "type": "CUSTOM_DATA",
        "customData": {"orderId": "6789"},
        "agentMessage": "Asks",
        "userMessage": "Track",
    }

    answer = await page.ask("send", argument)

    content = {name: value for name, value in argument.items() if name != "type"}
    assert page.platform.events[0]["content"] == content
    assert answer["result"]["message"]["content"] == content
    assert answer["result"]["message"]["type"] == "CUSTOM_DATA"


async def test_what_the_platform_refuses_reaches_the_page() -> None:
    page = await LivePage(SmallPlatform(refuse={"start_chat": ["validation"]})).connected()

    answer = await page.ask("send", HELLO)

    assert answer["error"]["code"] == "VALIDATION"


async def test_a_thread_that_is_not_there_or_has_ended_is_not_written_to() -> None:
    page = await LivePage(SmallPlatform(started=True, active=False, events=list(CLOSED))).connected()

    assert await page.refused("send", {**HELLO, "threadId": "elsewhere"}) == "THREAD_NOT_FOUND"
    assert await page.refused("send", {**HELLO, "threadId": "T"}) == "THREAD_CLOSED"
    assert len(page.platform.events) == 1


async def test_a_new_thread_ends_the_one_before() -> None:
    page = LivePage()
    await page.ask("send", HELLO)

    await page.ask("create_thread", {"type": "BASIC", "message": "Something else"})

    assert [a for a in page.platform.seen if a in {"start_chat", "deactivate_chat", "resume_chat"}] == [
        "start_chat",
        "deactivate_chat",
        "resume_chat",
    ]


# Threads


async def test_threads_are_listed_and_shown() -> None:
    page = LivePage()
    await page.ask("send", HELLO)

    thread = {"id": "T", "conversationId": "C", "status": "OPEN"}
    assert (await page.ask("get_threads"))["result"] == [thread]
    assert (await page.ask("get_active_thread"))["result"] == thread
    assert (await page.ask("show_thread", "T"))["result"] == thread
    await page.ask("show_thread_list")
    await page.ask("open_new_thread")

    assert page.window.done == ["thread T", "threads", "new thread"]


async def test_without_a_conversation_there_are_no_threads() -> None:
    page = LivePage()

    assert (await page.ask("get_threads"))["result"] == []
    assert (await page.ask("get_active_thread"))["result"] is None
    assert await page.refused("show_thread", "T") == "THREAD_NOT_FOUND"


# Contextual data


async def test_contextual_data_waits_for_the_conversation_and_keeps_its_order() -> None:
    page = await LivePage().connected()
    calls = [page.call("send_contextual_data", {"metadata": {"step": step}}) for step in (1, 2)]
    await page.settled()
    assert [page.answers(call) for call in calls] == [[], []]

    await page.ask("send", HELLO)
    await page.settled()

    assert [event.get("content") for event in page.platform.events[1:]] == [
        {"contextual_data": {"step": 1}},
        {"contextual_data": {"step": 2}},
    ]
    assert [page.answers(call)[0]["result"] for call in calls] == [{"threadIds": ["T"]}] * 2


async def test_contextual_data_alone_starts_no_conversation() -> None:
    page = await LivePage(SmallPlatform(started=True, active=False, events=list(CLOSED))).connected()
    page.call("send_contextual_data", {"metadata": {"step": 1}, "multiThreadStrategy": "ALL"})
    await page.settled()

    assert "resume_chat" not in page.platform.seen


# What the page hears


async def test_the_page_hears_of_messages_that_come_and_not_of_history() -> None:
    page = await LivePage(SmallPlatform(started=True, active=True, events=list(CLOSED))).connected()
    assert page.messages() == []

    event = page.platform.store({"type": "message", "text": "Hi, this is Sam"}, author="sam")
    page.platform.push(page.world.network.socket, "incoming_event", {"chat_id": "C", "thread_id": "T", "event": event})

    (told,) = page.messages()
    assert told["message"]["content"] == {"text": "Hi, this is Sam"}
    assert told["thread"] == {"id": "T", "conversationId": "C", "status": "OPEN"}
    assert told["author"] == {"id": "sam", "type": "agent"}


async def test_the_page_hears_how_things_stand_once() -> None:
    page = await LivePage().connected()
    await page.settled()

    states: list[Any] = [m for m in page.told if m["type"] == "state"]
    (state,) = states
    assert state["availability"] == "online"
    assert state["customer"]["id"] == "me"
    assert state["customer"]["status"] == "browsing"
    assert state["chat"] == {"chatId": None, "threadId": None}


# Wrong arguments

ANYTHING: list[Any] = [None, 7, -1.5, True, "text", "", [], [1], {}, {"type": 7}, {"colour": "red"}, "x" * 20_000]
FITS: dict[str, list[Any]] = {
    "auth": ["text"],
    "show_thread": ["text"],
    "set_language": ["text", "", "x" * 20_000],
    "update_customer": [{}],
}
"""What of all that an argument may be."""

NOTHING = {name for name in ARGUMENTS if name in COMMANDS and not COMMANDS[name].argument}

WRONG = [
    (name, argument)
    for name in ARGUMENTS
    for argument in ANYTHING
    if not any(argument is fits or argument == fits for fits in FITS.get(name, []))
    and not (name in NOTHING and argument is None)
]


@pytest.mark.parametrize(("command", "argument"), WRONG, ids=lambda value: str(value)[:20])
async def test_every_wrong_type_is_refused_and_nothing_changes(command: str, argument: Any) -> None:
    page = await LivePage().connected()
    before = list(page.platform.seen)

    assert await page.refused(command, argument) == "INVALID_ARGUMENT"
    assert page.platform.seen == before
    assert page.window.done == []
    assert page.session.outbox.waiting == ()


@pytest.mark.parametrize(
    "argument",
    [
        {"type": "BASIC"},
        {"type": "BASIC", "message": ""},
        {"type": "BASIC", "message": 7},
        {"type": "BASIC", "message": "\ud800"},
        {"type": "SHOUT", "message": "Hello"},
        {"type": "BASIC", "message": "Hello", "colour": "red"},
        {"type": "BASIC", "attachment": NOTE},
        {"type": "BASIC", "message": "Hello", "fileName": "x"},
        {"type": "BASIC", "attachment": "https://shop/x.png", "fileName": "x"},
        {"type": "BASIC", "attachment": "data:text/plain;base64", "fileName": "x"},
        {"type": "BASIC", "attachment": "data:text/plain;base64,%%%", "fileName": "x"},
        {"type": "BASIC", "attachment": "data:,", "fileName": "x"},
        {"type": "DRAFT"},
        {"type": "CUSTOM_DATA", "agentMessage": "x"},
        {"type": "CUSTOM_DATA", "customData": {}, "agentMessage": 7},
        {"type": "BASIC", "message": "Hello", "threadId": 7},
    ],
)
async def test_a_wrong_message_is_refused_with_what_to_do_and_nothing_is_sent(argument: Any) -> None:
    page = await LivePage().connected()

    assert await page.refused("send", argument) == "INVALID_ARGUMENT"
    assert page.platform.events == []


async def test_a_command_nobody_knows_is_refused() -> None:
    assert await LivePage().refused("dance") == "UNKNOWN_COMMAND"


# The messages around


def test_the_page_opens_closes_moves_and_chooses_colours() -> None:
    page = LivePage()

    page.bridge.hear({"type": "visible", "visible": True})
    page.bridge.hear({"type": "focus"})
    page.bridge.hear({"type": "visible", "visible": False})
    page.bridge.hear({"type": "page", "url": "https://shop/mugs", "title": "Mugs", "referrer": ""})
    page.bridge.hear({"type": "theme", "theme": {"base": "dark"}})

    assert page.window.done == ["show", "focus", "hide"]
    assert page.visits == [(Page(url="https://shop/mugs", title="Mugs"), None)]
    assert page.window.theme == {"base": "dark"}


@pytest.mark.parametrize(
    "message", [{}, {"type": "teleport"}, {"type": "visible"}, {"type": "page"}, {"type": "command"}, {"type": "theme"}]
)
def test_messages_that_make_no_sense_are_dropped(message: Json) -> None:
    page = LivePage()

    page.bridge.hear(message)

    assert (page.window.done, page.told) == ([], [])


def test_a_command_error_says_what_to_do() -> None:
    error = CommandError("CODE", "What went wrong.", "What to do.")

    assert (error.code, error.message, error.hint) == ("CODE", "What went wrong.", "What to do.")
