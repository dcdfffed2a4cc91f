"""What holds for everything that can be sent and everything that can come."""

import json
from contextlib import suppress
from email import message_from_bytes
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes import settle
from tests.platform_sdk.fake_platform import TOKEN, FakePlatform, FakeWeb
from widget.platform_sdk import Agent, Customer, Token, region_of
from widget.platform_sdk.method import Call
from widget.platform_sdk.requests import Endpoint, read_answer
from widget.rtm.ports import HttpResponse
from widget.wire.errors import ChatError, ProtocolError, Refused, WrongArgument

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)
OBJECTS = st.dictionaries(st.text(), JSON, max_size=4)


@given(payload=OBJECTS)
def test_a_payload_arrives_as_it_was_given(payload: dict[str, Any]) -> None:
    web = FakeWeb(payload)

    answer = Agent.WebSync(lambda: TOKEN, web.fetch_now).send("an_action", payload)

    assert web.payload == payload
    assert answer == payload


@given(fields=st.dictionaries(st.text(min_size=1), st.text() | st.integers() | st.booleans(), max_size=4))
def test_a_query_says_what_was_given(fields: dict[str, Any]) -> None:
    request = Endpoint("https://a.b", "customer", "3.6").request(Call("x", fields, "GET"), {}, {})

    said = dict(parse_qsl(urlsplit(request.url).query, keep_blank_values=True))
    assert said == {name: value if isinstance(value, str) else json.dumps(value) for name, value in fields.items()}


@given(content=st.binary(), name=st.text(st.characters(codec="utf-8", exclude_categories=["Cs"])))
def test_a_file_arrives_byte_by_byte_whatever_its_name(content: bytes, name: str) -> None:
    web = FakeWeb()

    Customer.WebSync(lambda: TOKEN, web.fetch_now).upload_file(content, name)

    form = message_from_bytes(f"Content-Type: {web.headers['Content-Type']}\r\n\r\n".encode() + (web.body or b""))
    head, _, rest = (web.body or b"").partition(b"\r\n\r\n")
    assert form.is_multipart()
    assert head.count(b"\r\n") == 2
    assert rest.rpartition(b"\r\n--")[0] == content


@given(status=st.integers(200, 599), answer=JSON | st.text())
def test_no_answer_is_anything_but_a_payload_or_one_of_our_errors(status: int, answer: Any) -> None:
    text = answer if isinstance(answer, str) else json.dumps(answer)

    try:
        payload = read_answer(HttpResponse(status, text))
    except (Refused, ProtocolError):
        return

    assert status < 400
    assert payload == json.loads(text)


@given(error=st.dictionaries(st.sampled_from(["type", "message", "data", "more"]), JSON))
def test_no_error_of_the_platforms_is_anything_but_one_of_ours(error: dict[str, Any]) -> None:
    with pytest.raises(ChatError) as told:
        read_answer(HttpResponse(400, json.dumps({"error": error})))

    assert told.value.code


@given(argument=JSON)
def test_an_argument_is_sent_as_it_is_or_not_at_all(argument: Any) -> None:
    web = FakeWeb()

    with suppress(WrongArgument):
        Agent.WebSync(lambda: TOKEN, web.fetch_now).list_chats(filters=argument)

    assert web.url == "" or web.payload == ({} if argument is None else {"filters": argument})


@given(texts=st.lists(st.text() | JSON.map(json.dumps), max_size=5))
async def test_no_frame_harms_a_connection(texts: list[str]) -> None:
    platform = FakePlatform(list_chats={"found_chats": 0})
    client = await platform.logged_in()

    for text in texts:
        platform.network.socket.listener.received(text)
    await settle(2)

    assert await client.list_chats() == {"found_chats": 0}
    await client.disconnect()


@given(region=st.text(st.characters(exclude_characters=":")), rest=st.text())
def test_the_region_is_all_before_the_first_colon(region: str, rest: str) -> None:
    assert region_of(f"{region}:{rest}") == region
    assert Token(f"{region}:{rest}").authorization == f"Bearer {region}:{rest}"
