"""Our client in the page: bench/sdk_ours.html runs this, and calls what it ends with."""

import gc
import sys
from types import SimpleNamespace
from typing import Any

sys.path.insert(0, "/code")

import js

from widget.browser.http import BrowserHttp
from widget.browser.socket import open_socket
from widget.browser.upload import send_file
from widget.customer_sdk.client import World
from widget.customer_sdk.start import init
from widget.rtm.clock import LoopClock


class Memory(dict[str, str]):
    """Texts by name, while the page is there."""

    def set(self, name: str, text: str) -> None:
        self[name] = text

    def remove(self, name: str) -> None:
        self.pop(name, None)


ORGANIZATION = "00000000-0000-4000-8000-0000000000aa"
HELLO: Any = {"type": "message", "text": "Hello"}

told = js.told
sdk = init(
    organization_id=ORGANIZATION,
    client_id="demo",
    region="labs",
    world=World(open_socket, BrowserHttp(), send_file, Memory(), LoopClock()),
)
customers: list[str] = []
sdk.on("customer_id", customers.append)
sdk.on("incoming_event", lambda event: told())
await sdk.__aenter__()  # type: ignore[top-level-await]  # noqa: F704, PLE1142


async def start_chat() -> dict[str, str]:
    """Begin a chat."""
    begun = await sdk.start_chat(chat={"thread": {"events": [HELLO]}}, continuous=True)
    thread = begun["chat"]["thread"]
    return {"chat": begun["chat"]["id"], "thread": thread["id"] if thread else "", "customer": customers[-1]}


async def send(chat_id: str, number: int) -> None:
    """Say something."""
    await sdk.send_event(chat_id=chat_id, event={"type": "message", "text": f"Trip {number}"})


def objects() -> int:
    """How many objects Python keeps an eye on."""
    gc.collect()
    return len(gc.get_objects())


SimpleNamespace(start_chat=start_chat, send=send, objects=objects)
