"""What has to be there before a method can be called: a chat, a bot, a webhook. Each is made when it is first named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from unittest.mock import patch

from server.app import create_app, prepare
from server.organization import ORGANIZATION_ID
from server.seed import FIRST_AGENT
from server.settings import Settings
from tests.real_sdks.corpus import keep
from tests.real_sdks.recorder import Recorder
from tests.real_sdks.tls import TlsServer
from tests.server.platform import Person, RunningServer
from widget.platform_sdk import Agent, Configuration, Token, Version
from widget.rtm.ports import HttpResponse
from widget.wire.base import format_timestamp

__all__ = ["NOTHING", "Recorded", "Scene", "recorded"]

RICH = {
    "type": "rich_message",
    "template_id": "quick_replies",
    "elements": [{"title": "?", "buttons": [{"text": "Yes", "type": "message", "value": "y", "postback_id": "yes"}]}],
}


@dataclass(frozen=True, slots=True)
class Recorded:
    """A running server, and what it is asked; ``address`` is host and port."""

    server: RunningServer
    recorder: Recorder
    address: str


@contextmanager
def recorded(data: Path, certificate: Path | None = None) -> Iterator[Recorded]:
    """Start a server; with a certificate, its address is that of a door with TLS."""
    settings = Settings(data=data, port=0)
    prepare(settings)
    recorders: list[Recorder] = []

    def recording(settings: Settings) -> Recorder:
        recorders.append(Recorder(create_app(settings)))
        return recorders[0]

    with patch("tests.server.platform.create_app", recording):
        server = TlsServer(settings, certificate) if certificate else RunningServer(settings)
    try:
        yield Recorded(server, recorders[0], f"127.0.0.1:{getattr(server, 'tls_port', server.port)}")
    finally:
        server.stop()
    keep(recorders[0].frames)


def NOTHING(name: str) -> Any:
    """Names for things that are not there: to see what is sent, nothing has to be."""
    return 7 if name in {"group", "greeting_id", "shown_greeting_id", "canned_response"} else f"a {name}"


class Scene:
    """Somebody in a chat with an agent, and what else a call needs. ``find("chat")`` is the id of the chat."""

    def __init__(self, server: RunningServer, version: Version) -> None:
        self._server = server
        self._version = version
        self.customer_token = server.token()
        self.agent_token = server.agent_token()
        self._agent = server.agent()

    def find(self, name: str) -> Any:
        """What a name stands for."""
        return getattr(self, name)

    organization = ORGANIZATION_ID
    agent = FIRST_AGENT

    @property
    def now(self) -> str:
        return format_timestamp(datetime.now(UTC))

    @cached_property
    def colleague(self) -> str:
        return self._server.agent("jane@example.com").id

    # The chat

    @cached_property
    def _visitor(self) -> Person:
        return self._server.visitor(self.customer_token)

    @cached_property
    def customer(self) -> str:
        return self._visitor.id

    @cached_property
    def _started(self) -> dict[str, Any]:
        events = {"chat": {"thread": {"events": [{"type": "message", "text": "hello"}]}}}
        started: dict[str, Any] = self._visitor.ask("start_chat", events)
        self._agent.push("incoming_chat")
        return started

    @property
    def chat(self) -> str:
        return str(self._started["chat_id"])

    @property
    def thread(self) -> str:
        return str(self._started["thread_id"])

    @property
    def event(self) -> str:
        return str(self._started["event_ids"][0])

    @cached_property
    def closed_chat(self) -> str:
        self._visitor.ask("deactivate_chat", {"id": self.chat})
        return self.chat

    @cached_property
    def rich_event(self) -> str:
        return str(self._agent.ask("send_event", {"chat_id": self.chat, "event": RICH})["event_id"])

    @property
    def rich_chat(self) -> str:
        return self.chat

    @property
    def rich_thread(self) -> str:
        return self.thread

    @cached_property
    def tagged_chat(self) -> str:
        self._agent.ask("tag_thread", {"chat_id": self.chat, "thread_id": self.thread, "tag": self.tag})
        return self.chat

    @property
    def tagged_thread(self) -> str:
        return self.thread

    @cached_property
    def followed_customer(self) -> str:
        self._agents_web.follow_customer(self.customer)
        return self.customer

    @cached_property
    def banned_customer(self) -> str:
        self._agents_web.ban_customer(self.customer, {"days": 3})
        return self.customer

    # What is configured

    def _token(self) -> Token:
        return Token(self.agent_token.removeprefix("Basic "), ORGANIZATION_ID, "", "Basic")

    def _fetch(self, verb: str, url: str, headers: Mapping[str, str], body: bytes | None) -> HttpResponse:
        response = self._server.http.request(verb, url, headers=headers, content=body)
        return HttpResponse(response.status_code, response.text)

    @cached_property
    def _agents_web(self) -> Agent.WebSync:
        address = str(self._server.http.base_url)
        return Agent.WebSync(self._token, self._fetch, version="3.5", base_url=address)  # the last to follow customers

    @cached_property
    def _configuration(self) -> Configuration.WebSync:
        version: Version = "3.7" if self._version == "3.7" else "3.6"  # earlier ones have no greetings
        address = str(self._server.http.base_url)
        return Configuration.WebSync(self._token, self._fetch, version=version, base_url=address)

    @cached_property
    def suspended_agent(self) -> str:
        self._configuration.suspend_agent(self.colleague)
        return self.colleague

    @cached_property
    def waiting_agent(self) -> str:
        return self._configuration.create_agent("waiting@example.com", name="W", awaiting_approval=True)["id"]

    @cached_property
    def _bot(self) -> Any:
        return self._configuration.create_bot("Robbie", default_group_priority="normal", owner_client_id="demo")

    @property
    def bot(self) -> Any:
        return self._bot["id"]

    @property
    def bot_secret(self) -> Any:
        return self._bot["secret"]

    @cached_property
    def bot_template(self) -> Any:
        return self._configuration.create_bot_template("Robbie", owner_client_id="demo")["id"]

    @cached_property
    def group(self) -> Any:
        return self._configuration.create_group("Support", {FIRST_AGENT: "normal"})["id"]

    @cached_property
    def registered_property(self) -> str:
        access = {"chat": {"agent": ["read", "write"]}}
        self._configuration.register_property("colour", "demo", "string", access)
        return "colour"

    @cached_property
    def tag(self) -> str:
        self._configuration.create_tag("urgent", [0])
        return "urgent"

    @cached_property
    def webhook(self) -> Any:
        hook = self._configuration.register_webhook(
            "incoming_chat", "s", "https://bot.example.com/", "license", owner_client_id="demo"
        )
        return hook["id"]

    @cached_property
    def auto_access(self) -> Any:
        conditions = {"domain": {"values": [{"value": "a.example.com"}]}}
        return self._configuration.add_auto_access({"groups": [0]}, conditions)["id"]

    @cached_property
    def greeting_id(self) -> Any:
        rules = [{"type": "url_current", "operator": "contains", "value": "cup"}]
        rich = {"template_id": "cards", "elements": [{"title": "Hello"}]}
        return self._configuration.create_greeting("normal", "Hello", 0, rules, active=True, rich_message=rich)["id"]

    @cached_property
    def _shown(self) -> dict[str, Any]:
        self.find("greeting_id")
        self._visitor.ask("update_customer_page", {"url": "https://shop.example/cup"})
        return self._visitor.told("incoming_greeting")

    @property
    def shown_greeting_id(self) -> Any:
        return self._shown["id"]

    @property
    def greeting(self) -> Any:
        return self._shown["unique_id"]

    @cached_property
    def canned_response(self) -> Any:
        return self._configuration.create_canned_response("Hello", ["hi"], 0)["id"]
