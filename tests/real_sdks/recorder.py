"""Writes down what clients send to a server, and what it answers, as it passes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from email import message_from_bytes
from typing import Any
from urllib.parse import parse_qsl

from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["Asked", "Frame", "Recorder"]


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: over which path, for what, with what."""

    path: str
    query: dict[str, str]
    action: str
    payload: Any
    verb: str = "RTM"
    authorization: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame of a socket: over which path, from whom (``client`` or ``server``), and what it says."""

    path: str
    sender: str
    said: dict[str, Any]


class Recorder:
    """Stands before an application, and changes nothing. ``frames`` are those of both sides, of sockets."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self.asked: list[Asked] = []
        self.frames: list[Frame] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await self._app(scope, self._listening(scope, receive), self._telling(scope, send))
        elif scope["type"] == "http" and "/action/" in scope["path"]:
            await self._app(scope, await self._read(scope, receive), send)
        else:
            await self._app(scope, receive, send)

    def _listening(self, scope: Scope, receive: Receive) -> Receive:
        async def heard() -> Message:
            message = await receive()
            if message["type"] == "websocket.receive":
                query = dict(parse_qsl(scope["query_string"].decode()))
                for frame in _frames(message.get("text") or ""):
                    self.asked.append(Asked(scope["path"], query, frame["action"], frame.get("payload")))
                    self.frames.append(Frame(scope["path"], "client", frame))
            return message

        return heard

    def _telling(self, scope: Scope, send: Send) -> Send:
        async def tell(message: Message) -> None:
            if message["type"] == "websocket.send":
                said = _frames(message.get("text") or "")
                self.frames += [Frame(scope["path"], "server", frame) for frame in said]
            await send(message)

        return tell

    async def _read(self, scope: Scope, receive: Receive) -> Receive:
        """Read the whole body, write it down, and hand it on as if nobody had."""
        body, more = b"", True
        while more:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
        headers = {name.decode().lower(): value.decode() for name, value in scope["headers"]}
        path, _, action = scope["path"].rpartition("/")
        query = dict(parse_qsl(scope["query_string"].decode()))
        authorization, region = headers.get("authorization", ""), headers.get("x-region", "")
        payload = _payload(headers.get("content-type", ""), body)
        self.asked.append(Asked(path, query, action, payload, scope["method"], authorization, region))
        handed: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

        async def again() -> Message:
            return handed.pop() if handed else await receive()

        return again


def _frames(text: str) -> list[dict[str, Any]]:
    """The frames in what goes over a socket: one, or with SockJS those in an array, if it is no frame of its own."""
    if text.startswith("{"):
        return [json.loads(text)]
    within = text.removeprefix("a")
    return [json.loads(each) for each in json.loads(within)] if within.startswith("[") else []


def _payload(content_type: str, body: bytes) -> Any:
    if content_type.startswith("multipart/"):
        form = message_from_bytes(f"Content-Type: {content_type}\r\n\r\n".encode() + body)
        return [
            (part["Content-Disposition"], part.get_payload(decode=True))
            for part in form.walk()
            if not part.is_multipart()
        ]
    return json.loads(body) if body else None
