"""The same calls through two clients, and what each sends for them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from tests.real_sdks.calls import Call, fill
from tests.real_sdks.recorder import Asked, Recorder
from tests.real_sdks.scene import NOTHING
from widget.platform_sdk import Agent, Configuration, Customer, Token, Version
from widget.platform_sdk.cpython import WebSocket, fetch
from widget.platform_sdk.rtm import Rtm
from widget.wire.errors import ProtocolError, Refused

__all__ = ["Sent", "ours_sends", "theirs_sends"]

CLIENTS: dict[str, Any] = {
    "Agent.RTM": Agent.RTM,
    "Agent.Web": Agent.Web,
    "Customer.RTM": Customer.RTM,
    "Customer.Web": Customer.Web,
    "Configuration.Web": Configuration.Web,
    "AgentRTM": Agent.RTM,
    "AgentWeb": Agent.Web,
    "CustomerRTM": Customer.RTM,
    "CustomerWeb": Customer.Web,
    "ConfigurationApi": Configuration.Web,
}

Sent = dict[str, Asked]
"""What was sent for each call."""


@dataclass(frozen=True, slots=True)
class Ours:
    """Our client of a kind, at an address, with a token."""

    name: str
    address: str
    token: Token

    def find(self, name: str) -> Any:
        """What a name stands for: nothing that is there, but the token."""
        return self.token.authorization if name == "authorization" else NOTHING(name)

    def make(self, version: Version) -> Any:
        """A client of a version."""
        client, port = CLIENTS[self.name], WebSocket if issubclass(CLIENTS[self.name], Rtm) else fetch
        return client(port, lambda: self.token, version=version, base_url=self.address)

    async def send(self, version: Version, calls: Sequence[Call]) -> None:
        """Make the calls, one after the other, whatever is answered."""
        client = self.make(version)
        if isinstance(client, Rtm):
            async with _connected(client, calls[0].method == "login"):
                await _make_calls(client, calls, self.find)
        else:
            await _make_calls(client, calls, self.find)


@asynccontextmanager
async def _connected(client: Rtm[Any], logs_in_itself: bool) -> AsyncIterator[None]:
    if not logs_in_itself:
        await client.send("login")
    try:
        yield
    finally:
        await client.disconnect()


async def _make_calls(client: Any, calls: Sequence[Call], find: Callable[[str], Any]) -> None:
    for call in calls:
        args, kwargs = fill(call.our_args, find), fill(call.our_kwargs, find)
        try:
            await getattr(client, call.ours)(*args, **kwargs)
        except (Refused, ProtocolError):
            continue  # what is answered is not the question here


def ours_sends(ours: Ours, calls: Sequence[Call], version: Version, recorder: Recorder) -> Sent:
    """What ours sends for each call."""

    def send(version: Version, group: Sequence[Call]) -> None:
        asyncio.run(ours.send(version, group))

    return _sent(calls, version, recorder, ours.token.access_token, send)


def theirs_sends(
    calls: Sequence[Call],
    version: Version,
    recorder: Recorder,
    access_token: str,
    send: Callable[[Version, Sequence[Call]], None],
) -> Sent:
    """What theirs sends for each call that it does not break down at."""
    return _sent([call for call in calls if not call.broken], version, recorder, access_token, send)


def _sent(
    calls: Sequence[Call],
    version: Version,
    recorder: Recorder,
    access_token: str,
    send: Callable[[Version, Sequence[Call]], None],
) -> Sent:
    sent: Sent = {}
    for own, group in groupby(calls, key=lambda call: call.version or version):
        of_version = list(group)
        recorder.asked.clear()
        send(own, of_version)
        asked = [_without(access_token, each) for each in recorder.asked if each.action != "ping"]
        if of_version[0].method != "login" and asked[0].action == "login":
            del asked[0]
        assert len(asked) == len(of_version), [each.action for each in asked]
        sent |= {str(call): each for call, each in zip(of_version, asked, strict=True)}
    return sent


def _without(access_token: str, asked: Asked) -> Asked:
    """The same without the token, which each server has its own of."""
    payload = asked.payload
    if isinstance(payload, dict) and "token" in payload:
        payload = payload | {"token": payload["token"].replace(access_token, "TOKEN")}
    return replace(asked, payload=payload, authorization=asked.authorization.replace(access_token, "TOKEN"))
