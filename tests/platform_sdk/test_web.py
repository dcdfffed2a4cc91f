"""The clients over HTTP: what is sent, and what the answers mean."""

from email import message_from_bytes
from email.message import Message
from typing import Any

import pytest

from tests.platform_sdk.fake_platform import TOKEN, FakeWeb
from widget.platform_sdk import Agent, Configuration, Customer, Token
from widget.wire.errors import ChatError, NotConnected, ProtocolError, Refused, WrongArgument

BASIC = Token.from_pat("jane@example.com", "pat", organization_id=TOKEN.organization_id, region="fra")


async def test_the_token_goes_into_the_headers_as_livechat_documents_it() -> None:
    web = FakeWeb()

    await Agent.Web(web.fetch, lambda: TOKEN).list_chats(limit=5)

    assert (web.verb, web.url) == ("POST", "https://api.livechatinc.com/v3.6/agent/action/list_chats")
    assert web.headers == {
        "Authorization": "Bearer dal:ab-Cd_dE40f9G3H297Ijkl6MN24",
        "X-Region": "dal",
        "Content-Type": "application/json",
    }
    assert web.payload == {"limit": 5}


async def test_a_personal_access_token_goes_as_basic_with_the_region_that_was_found_out() -> None:
    web = FakeWeb()

    await Configuration.Web(web.fetch, lambda: BASIC, version="3.5").list_agents()

    assert web.url == "https://api.livechatinc.com/v3.5/configuration/action/list_agents"
    assert web.headers["Authorization"] == "Basic amFuZUBleGFtcGxlLmNvbTpwYXQ="
    assert web.headers["X-Region"] == "fra"


async def test_without_a_region_no_header_names_one() -> None:
    web = FakeWeb()

    await Agent.Web(web.fetch, lambda: Token("opaque")).list_chats()

    assert "X-Region" not in web.headers


async def test_a_customers_address_names_the_organization() -> None:
    web = FakeWeb()

    await Customer.Web(web.fetch, lambda: TOKEN).deactivate_chat("PJ0MRSHTDG")

    assert web.url.endswith("/customer/action/deactivate_chat?organization_id=c31de08c-799b-488a-982a-8e64dbadbf5a")


async def test_what_is_public_is_got_with_the_arguments_in_the_query() -> None:
    web = FakeWeb()

    await Customer.Web(web.fetch, lambda: TOKEN).get_dynamic_configuration(
        group_id=3, url="https://a.b/?c=d", test=True
    )

    assert web.verb == "GET"
    assert web.body is None
    assert web.url.endswith(
        "/get_dynamic_configuration?group_id=3&url=https%3A%2F%2Fa.b%2F%3Fc%3Dd&test=true"
        "&organization_id=c31de08c-799b-488a-982a-8e64dbadbf5a"
    )


async def test_a_file_is_uploaded_as_a_form() -> None:
    web = FakeWeb({"url": "https://cdn.example.com/1"})

    answer = await Agent.Web(web.fetch, lambda: TOKEN).upload_file(b"\x00\xff--", 'a "b".png', "image/png")

    assert answer == {"url": "https://cdn.example.com/1"}
    part = only_part(web)
    assert part.get_payload(decode=True) == b"\x00\xff--"
    assert part.get_content_type() == "image/png"
    assert part["Content-Disposition"] == 'form-data; name="file"; filename="a %22b%22.png"'


def only_part(web: FakeWeb) -> Message:
    form = message_from_bytes(f"Content-Type: {web.headers['Content-Type']}\r\n\r\n".encode() + (web.body or b""))
    parts = form.get_payload()
    assert isinstance(parts, list)
    (part,) = parts
    assert isinstance(part, Message)
    return part


async def test_a_bot_asks_in_its_own_name() -> None:
    web = FakeWeb()
    client = Agent.Web(web.fetch, lambda: TOKEN)
    client.set_author_id("bot-7")

    await client.follow_chat("PJ0MRSHTDG")

    assert web.headers["X-Author-Id"] == "bot-7"


def test_the_blocking_client_sends_the_same() -> None:
    web = FakeWeb([{"agent_id": "a@b.c", "status": "offline"}])

    answer = Agent.WebSync(lambda: TOKEN, web.fetch_now).list_routing_statuses()

    assert answer == [{"agent_id": "a@b.c", "status": "offline"}]
    assert web.url == "https://api.livechatinc.com/v3.6/agent/action/list_routing_statuses"
    assert web.headers["Authorization"] == "Bearer dal:ab-Cd_dE40f9G3H297Ijkl6MN24"


def test_an_action_that_has_no_method_can_be_asked_for_by_name() -> None:
    web = FakeWeb({"done": True})

    assert Agent.WebSync(lambda: TOKEN, web.fetch_now).send("new_action", {"with": None}) == {"done": True}
    assert web.payload == {"with": None}


def test_the_blocking_client_takes_no_asynchronous_token_getter() -> None:
    async def token_getter() -> Token:
        return TOKEN

    with pytest.raises(WrongArgument, match="token_getter: it is asynchronous"):
        Agent.WebSync(token_getter, FakeWeb().fetch_now).list_chats()  # type: ignore[arg-type]


REFUSED = {"error": {"type": "misdirected_request", "message": "Wrong region", "data": {"region": "fra"}}}


@pytest.mark.parametrize(
    ("answer", "status", "error", "says"),
    [
        (REFUSED, 421, Refused, "Wrong region"),
        ({"error": {"type": "validation"}}, 422, Refused, "Wrong format of request"),
        ("<html>Bad gateway</html>", 502, ProtocolError, "answered 502 with text that is not JSON"),
        ({"detail": "Not Found"}, 404, ProtocolError, "answered 404 and did not say why"),
        (["no"], 500, ProtocolError, "answered 500"),
        ({"error": {"type": 7}}, 400, ProtocolError, "answered 400"),
        (OSError("connection refused"), 0, NotConnected, "connection refused"),
    ],
)
async def test_what_goes_wrong_is_one_of_our_errors(
    answer: Any, status: int, error: type[ChatError], says: str
) -> None:
    web = FakeWeb(answer, status)

    with pytest.raises(error, match=says):
        await Agent.Web(web.fetch, lambda: TOKEN).list_chats()
    with pytest.raises(error, match=says):
        Agent.WebSync(lambda: TOKEN, web.fetch_now).list_chats()


async def test_a_refusal_keeps_the_platforms_word_and_data() -> None:
    with pytest.raises(Refused) as refused:
        await Agent.Web(FakeWeb(REFUSED, 421).fetch, lambda: TOKEN).list_chats()

    assert refused.value.code == "MISDIRECTED_REQUEST"
    assert refused.value.data == {"region": "fra"}
    assert refused.value.hint == "Ask the region that `data` names."


def test_a_version_that_is_none_is_refused_by_name() -> None:
    with pytest.raises(WrongArgument, match=r"version: '2\.0' is none of 3\.3, 3\.4, 3\.5, 3\.6, 3\.7"):
        Agent.WebSync(lambda: TOKEN, version="2.0")  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [float("nan"), object(), {1, 2}])
def test_what_is_no_json_is_not_sent(value: object) -> None:
    web = FakeWeb()

    with pytest.raises(WrongArgument, match="payload: it cannot be JSON"):
        Agent.WebSync(lambda: TOKEN, web.fetch_now).multicast({"agents": {"all": True}}, value)

    assert web.url == ""
