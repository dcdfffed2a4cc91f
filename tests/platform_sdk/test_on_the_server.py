"""All clients of CPython on the embedded server, over real sockets."""

import asyncio
import json

import pytest

from server.organization import ORGANIZATION_ID
from tests.server.platform import RunningServer
from widget.platform_sdk import Agent, Customer, Token, WebSocket, fetch
from widget.wire.errors import NotConnected, Refused

HELLO = {"type": "message", "text": "hello"}


def address(server: RunningServer) -> str:
    return f"http://127.0.0.1:{server.port}"


def agent_token(server: RunningServer) -> Token:
    return Token(server.agent_token().removeprefix("Basic "), ORGANIZATION_ID, token_type="Basic")


def agent(server: RunningServer) -> Agent.RTM:
    return Agent.RTM(WebSocket, lambda: agent_token(server), base_url=address(server))


def customer(server: RunningServer) -> Customer.RTM:
    token = Token(server.token().removeprefix("Bearer "), ORGANIZATION_ID)
    return Customer.RTM(WebSocket, lambda: token, base_url=address(server))


async def test_an_agent_and_a_customer_talk(server: RunningServer) -> None:
    async with agent(server) as sam, customer(server) as kim:
        told = sam.pushes("incoming_chat", "incoming_event")
        chat = await kim.start_chat({"thread": {"events": [{"type": "message", "text": "hello"}]}})
        assert (await anext(told)).payload["chat"]["id"] == chat["chat_id"]

        await kim.send_event(chat["chat_id"], {"type": "message", "text": "anybody?"})
        assert (await anext(told)).payload["event"]["text"] == "anybody?"

        answer = await sam.send_event(chat["chat_id"], {"type": "message", "text": "yes"})
        heard = kim.pushes("incoming_event")
        while (event := (await anext(heard)).payload["event"])["text"] != "yes":
            pass  # one's own, which came before
        assert event["id"] == answer["event_id"]


async def test_what_is_done_over_http_is_told_over_the_socket(server: RunningServer) -> None:
    async with agent(server) as sam, customer(server) as kim:
        chat = await kim.start_chat()
        closed = kim.pushes("chat_deactivated")

        await Agent.Web(fetch, lambda: agent_token(server), base_url=address(server)).deactivate_chat(chat["chat_id"])

        assert (await anext(closed)).payload["chat_id"] == chat["chat_id"]
        assert sam.connected


def test_a_script_needs_no_event_loop(server: RunningServer) -> None:
    web = Agent.WebSync(lambda: agent_token(server), base_url=address(server))

    assert web.list_routing_statuses() == [{"agent_id": "agent@example.com", "status": "offline"}]
    with pytest.raises(Refused) as refused:
        web.get_chat("NOTTHERE00")
    assert refused.value.code == "NOT_FOUND"


async def test_a_wrong_token_is_refused_everywhere(server: RunningServer) -> None:
    wrong = Token.from_pat("agent@example.com", "wrong", organization_id=ORGANIZATION_ID)

    with pytest.raises(Refused, match="Authentication"):
        await Agent.RTM(WebSocket, lambda: wrong, base_url=address(server)).login()
    with pytest.raises(Refused) as refused:
        await Agent.Web(fetch, lambda: wrong, base_url=address(server)).list_chats()
    assert refused.value.code == "AUTHENTICATION"


async def test_where_nobody_listens_is_no_connection() -> None:
    nowhere, token = "http://127.0.0.1:9", Token("dal:x")

    with pytest.raises(NotConnected):
        await Agent.RTM(WebSocket, lambda: token, base_url=nowhere).login()
    with pytest.raises(NotConnected):
        await Agent.Web(fetch, lambda: token, base_url=nowhere).list_chats()
    with pytest.raises(NotConnected):
        await asyncio.to_thread(Agent.WebSync(lambda: token, base_url=nowhere).list_chats)


async def test_logging_out_ends_it_on_both_sides(server: RunningServer) -> None:
    sam = agent(server)
    await sam.login()
    reading = asyncio.ensure_future(anext(sam.pushes("thread_untagged"), None))

    await sam.logout()

    assert await reading is None
    assert json.loads(server.http.get("/healthz").text) == {"status": "ok"}
