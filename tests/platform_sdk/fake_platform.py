"""A platform that answers as it is told, over sockets and HTTP that are not there."""

import asyncio
import json
from collections.abc import Callable, Mapping
from typing import Any

from tests.fakes import FakeClock, FakeNetwork, FakeSocket, settle
from widget.platform_sdk import Agent, Token, Version
from widget.rtm.ports import HttpResponse

TOKEN = Token("dal:ab-Cd_dE40f9G3H297Ijkl6MN24", "c31de08c-799b-488a-982a-8e64dbadbf5a")
"""The token of LiveChat's own documentation."""

Payload = dict[str, Any]


def response(request: Payload, payload: Any, *, success: bool = True) -> Payload:
    """The answer to a request."""
    return {
        "request_id": request["request_id"],
        "action": request["action"],
        "type": "response",
        "success": success,
        "payload": payload,
    }


def refusal(request: Payload, word: str, message: str = "") -> Payload:
    """The answer to a request that is refused."""
    return response(request, {"error": {"type": word, "message": message}}, success=False)


def push(action: str, payload: Payload) -> Payload:
    """Something that the platform tells."""
    return {"action": action, "type": "push", "version": "3.6", "payload": payload}


class FakePlatform:
    """Opens every socket, and answers each action with what ``answers`` has for it, an empty payload otherwise."""

    def __init__(self, **answers: Any) -> None:
        self.answers: dict[str, Any] = {"login": {"license": {"id": "1"}}, **answers}
        self.clock = FakeClock()
        self.network = FakeNetwork(on_send=self._answer)
        self.requests: list[Payload] = []

    def agent(self, token_getter: Callable[[], Token] = lambda: TOKEN, version: Version = "3.6") -> Agent.RTM:
        """A client of it."""
        return Agent.RTM(self.network, token_getter, version=version, clock=self.clock)

    async def let_in(self) -> None:
        """Open the newest socket."""
        await settle()
        self.network.socket.listener.opened()
        await settle()

    async def logged_in(self) -> Agent.RTM:
        """A client that has logged in."""
        client = self.agent()
        login = asyncio.ensure_future(client.login())
        await self.let_in()
        await login
        return client

    def tell(self, action: str, payload: Payload) -> None:
        """Push something."""
        self.network.socket.receive(push(action, payload))

    def asked(self, action: str) -> Payload:
        """The payload of the newest request for an action."""
        payload: Payload = self.network.socket.last(action)["payload"]
        return payload

    def _answer(self, socket: FakeSocket, request: Payload) -> None:
        self.requests.append(request)
        answer = self.answers.get(request["action"], {})
        if isinstance(answer, str):
            socket.receive(refusal(request, answer))
        elif answer is not None:
            socket.receive(response(request, answer))


class FakeWeb:
    """Answers every request alike, and remembers it."""

    def __init__(self, answer: Any = None, status: int = 200) -> None:
        self.answer = {} if answer is None else answer
        self.status = status
        self.verb = self.url = ""
        self.headers: dict[str, str] = {}
        self.body: bytes | None = None

    async def fetch(self, verb: str, url: str, headers: Mapping[str, str], body: bytes | None) -> HttpResponse:
        return self.fetch_now(verb, url, headers, body)

    def fetch_now(self, verb: str, url: str, headers: Mapping[str, str], body: bytes | None) -> HttpResponse:
        self.verb, self.url, self.headers, self.body = verb, url, dict(headers), body
        if isinstance(self.answer, Exception):
            raise self.answer
        text = self.answer if isinstance(self.answer, str) else json.dumps(self.answer)
        return HttpResponse(self.status, text)

    @property
    def payload(self) -> Any:
        """The JSON of the body."""
        return json.loads(self.body or b"null")
