"""A platform that answers as it is told, over sockets and HTTP that are not there."""

import json
from typing import Any

from tests.fakes import FakeClock, FakeHttp, FakeNetwork, FakeSocket, MemoryStorage, settle
from widget.customer_sdk.client import World
from widget.customer_sdk.files import File, Progress
from widget.customer_sdk.sdk2 import CustomerSDK2
from widget.customer_sdk.sdk5 import CustomerSDK5
from widget.customer_sdk.start import init
from widget.rtm.ports import HttpResponse

Payload = dict[str, Any]

CUSTOMER = "ed9d4095-45d6-428d-5093-f8ec7f1f81b9"
ORGANIZATION = "c31de08c-799b-488a-982a-8e64dbadbf5a"
CHAT, THREAD = "OU0V0P0OWT", "OU0V0U3IMN"
AT, AT_MS = "2017-08-18T13:43:11.000000Z", 1503063791000

AGENT: Payload = {
    "id": "b5657aff34dd32e198160d54666df9d8",
    "type": "agent",
    "name": "Jane Doe",
    "avatar": "https://example.com/jane.png",
    "job_title": "Support",
    "present": True,
    "events_seen_up_to": AT,
}
VISITOR: Payload = {
    "id": CUSTOMER,
    "type": "customer",
    "name": "John",
    "present": True,
    "session_fields": [{"plan": "gold"}, {"seats": "7"}],
}


def message(text: str = "hi!", number: int = 1, author: str | None = CUSTOMER, **more: Any) -> Payload:
    """A text, as the platform tells it."""
    fields = {"id": f"{THREAD}_{number}", "type": "message", "text": text, "created_at": AT, **more}
    return fields if author is None else {**fields, "author_id": author}


def thread(*events: Payload, active: bool = True, id: str = THREAD, **more: Any) -> Payload:
    """A thread."""
    return {
        "id": id,
        "active": active,
        "created_at": AT,
        "user_ids": [AGENT["id"], CUSTOMER],
        "events": list(events),
        "access": {"group_ids": [0]},
        "properties": {"routing": {"idle": False}},
        **more,
    }


def chat(*events: Payload, **more: Any) -> Payload:
    """A chat with one thread."""
    return {
        "id": CHAT,
        "users": [AGENT, VISITOR],
        "access": {"group_ids": [0]},
        "properties": {"source": {"client_id": "demo"}},
        "thread": thread(*events),
        **more,
    }


def summary(**more: Any) -> Payload:
    """A chat in a list."""
    return {
        "id": CHAT,
        "users": [AGENT, VISITOR],
        "access": {"group_ids": [0]},
        "properties": {},
        "active": True,
        "last_thread_id": THREAD,
        "last_thread_created_at": AT,
        "last_event_per_type": {"message": {"thread_id": THREAD, "thread_created_at": AT, "event": message()}},
        **more,
    }


LOGIN: Payload = {
    "customer": {**VISITOR, "statistics": {"chats_count": 1}},
    "chats": [{"chat_id": CHAT, "has_unread_events": False, "has_active_thread": True}],
    "has_active_thread": True,
    "__priv_dynamic_config": {"online_groups_ids": [0], "customer_groups": {"monitoring": {"id": 0}}},
}


class FakePlatform:
    """Opens every socket, and answers each action with what ``answers`` has for it, an empty payload otherwise.

    A text is a refusal, None no answer at all, and a list the answers one after the other. ``pushed`` has the pushes
    that are the answer of an action.
    """

    def __init__(self, pushed: dict[str, tuple[str, Payload]] | None = None, **answers: Any) -> None:
        self.answers: dict[str, Any] = {
            "login": LOGIN,
            "list_chats": {"chats_summary": [summary()], "total_chats": 1},
            **answers,
        }
        self.pushed = pushed or {}
        self.clock = FakeClock()
        self.storage = MemoryStorage()
        self.network = FakeNetwork(on_send=self._answer)
        self.token = {"access_token": "dal:ab", "entity_id": CUSTOMER, "expires_in": 28800, "token_type": "Bearer"}
        self.http = FakeHttp(lambda url, body: HttpResponse(200, json.dumps(self.token)))
        self.uploaded: list[tuple[str, dict[str, str], File]] = []
        self.upload_answer: HttpResponse | Exception = HttpResponse(200, '{"url": "https://cdn.example.com/a.png"}')
        self.world = World(self.network, self.http, self.send_file, self.storage, self.clock)

    def sdk2(self, **config: Any) -> CustomerSDK2:
        """A client in the first words."""
        self.token["organization_id"] = ORGANIZATION
        return init(license=104130623, client_id="demo", world=self.world, **config)

    def sdk5(self, **config: Any) -> CustomerSDK5:
        """A client in today's words."""
        return init(organization_id=ORGANIZATION, client_id="demo", world=self.world, **config)

    async def let_in(self) -> None:
        """Open the newest socket."""
        await settle()
        self.network.socket.listener.opened()
        await settle()

    async def connected2(self, **config: Any) -> CustomerSDK2:
        """A client in the first words, which has signed in."""
        sdk = self.sdk2(**config)
        await self.let_in()
        return sdk

    async def connected5(self, **config: Any) -> CustomerSDK5:
        """A client in today's words, which has signed in."""
        sdk = self.sdk5(**config)
        await self.let_in()
        return sdk

    async def come_back(self) -> None:
        """Wait for the next attempt to connect, and let it in."""
        self.clock.advance(1)
        await self.let_in()

    def tell(self, action: str, payload: Payload) -> None:
        """Push something."""
        self.network.socket.receive({"action": action, "type": "push", "version": "3.6", "payload": payload})

    def asked(self, action: str) -> Payload:
        """The payload of the newest request for an action."""
        payload: Payload = self.network.socket.last(action)["payload"]
        return payload

    def actions(self) -> list[str]:
        """What was asked for on the newest socket."""
        return self.network.socket.actions()

    def _answer(self, socket: FakeSocket, request: Payload) -> None:
        action = request["action"]
        answer = self.answers.get(action, {})
        if isinstance(answer, list):
            answer = answer.pop(0)
        envelope = {"request_id": request["request_id"], "action": action, "type": "response"}
        if isinstance(answer, str):
            socket.receive({**envelope, "success": False, "payload": {"error": {"type": answer}}})
        elif answer is not None:
            socket.receive({**envelope, "success": True, "payload": answer})
            if action in self.pushed:
                push, payload = self.pushed[action]
                socket.receive({**envelope, "type": "push", "action": push, "payload": payload})

    async def send_file(self, url: str, headers: dict[str, str], file: File, progress: Progress) -> HttpResponse:
        """Take a file, in three parts."""
        self.uploaded.append((url, headers, file))
        for part in (0.0, 0.5, 1.0):
            progress(part)
            await settle(1)
        if isinstance(self.upload_answer, Exception):
            raise self.upload_answer
        return self.upload_answer


class Heard:
    """Everything that a client emits."""

    def __init__(self, sdk: CustomerSDK2 | CustomerSDK5) -> None:
        self.events: list[tuple[Any, ...]] = []
        sdk.on("*", lambda *event: self.events.append(event))

    @property
    def names(self) -> list[str]:
        """The names of the events, in their order."""
        return [event[0] for event in self.events]

    def all(self, name: str) -> list[Any]:
        """The payloads of the events of a name."""
        return [event[1] if len(event) > 1 else None for event in self.events if event[0] == name]

    def one(self, name: str) -> Any:
        """The payload of the one event of a name."""
        (payload,) = self.all(name)
        return payload
