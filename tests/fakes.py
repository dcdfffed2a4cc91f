"""Stand-ins for the ports: a clock that is moved by hand, sockets that remember, storage in a dict.

They are as strict as the real ones: a closed socket tells nothing more, a timer fires once.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from widget.rtm.ports import HttpResponse, SocketListener


@dataclass(slots=True)
class FakeTimer:
    at: float
    call: Callable[[], None]
    live: bool = True

    def cancel(self) -> None:
        self.live = False


@dataclass(slots=True)
class FakeClock:
    time: float = 1000.0
    timers: list[FakeTimer] = field(default_factory=list)

    def now(self) -> float:
        return self.time

    def call_later(self, delay: float, call: Callable[[], None]) -> FakeTimer:
        timer = FakeTimer(self.time + delay, call)
        self.timers.append(timer)
        return timer

    def advance(self, seconds: float) -> None:
        """Let time pass, firing what falls due, in its order."""
        end = self.time + seconds
        while due := sorted((t for t in self.timers if t.live and t.at <= end), key=lambda t: t.at):
            timer = due[0]
            timer.live = False
            self.time = max(self.time, timer.at)
            timer.call()
        self.time = end
        self.timers = [t for t in self.timers if t.live]


@dataclass(slots=True)
class FakeSocket:
    url: str
    listener: SocketListener
    sent: list[dict[str, Any]] = field(default_factory=list)
    open: bool = True
    on_send: Callable[["FakeSocket", dict[str, Any]], None] | None = None

    def send(self, text: str) -> None:
        frame = json.loads(text)
        self.sent.append(frame)
        if self.on_send is not None:
            self.on_send(self, frame)

    def close(self, code: int = 1000) -> None:
        self.open = False

    def receive(self, frame: Mapping[str, Any]) -> None:
        """The server sends a frame."""
        if self.open:
            self.listener.received(json.dumps(frame))

    def drop(self) -> None:
        """The network takes the socket away."""
        if self.open:
            self.open = False
            self.listener.closed(1006, "")

    def actions(self) -> list[str]:
        return [frame["action"] for frame in self.sent]

    def last(self, action: str) -> dict[str, Any]:
        """The newest request of an action."""
        return next(frame for frame in reversed(self.sent) if frame["action"] == action)


@dataclass(slots=True)
class FakeNetwork:
    """Opens sockets and remembers them, newest last."""

    sockets: list[FakeSocket] = field(default_factory=list)
    on_send: Callable[[FakeSocket, dict[str, Any]], None] | None = None

    def __call__(self, url: str, listener: SocketListener) -> FakeSocket:
        socket = FakeSocket(url, listener, on_send=self.on_send)
        self.sockets.append(socket)
        return socket

    @property
    def socket(self) -> FakeSocket:
        return self.sockets[-1]


@dataclass(slots=True)
class MemoryStorage:
    texts: dict[str, str] = field(default_factory=dict)

    def get(self, name: str) -> str | None:
        return self.texts.get(name)

    def set(self, name: str, text: str) -> None:
        self.texts[name] = text

    def remove(self, name: str) -> None:
        self.texts.pop(name, None)


@dataclass(slots=True)
class FakeHttp:
    """Answers posts with what ``answer`` makes of them; remembers each."""

    answer: Callable[[str, str], HttpResponse | Exception]
    posts: list[tuple[str, str]] = field(default_factory=list)

    async def post(self, url: str, body: str, headers: Mapping[str, str], *, credentials: bool) -> HttpResponse:
        self.posts.append((url, body))
        answer = self.answer(url, body)
        if isinstance(answer, Exception):
            raise answer
        return answer


async def settle(turns: int = 20) -> None:
    """Let every task that can go on do so."""
    for _ in range(turns):
        await asyncio.sleep(0)


async def until(true: Callable[[], bool], work: Callable[[], Awaitable[None]] = settle) -> None:
    """Let tasks go on until something is so; fails when nothing moves any more."""
    for _ in range(50):
        if true():
            return
        await work()
    raise AssertionError("it never came true")
