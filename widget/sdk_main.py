"""Puts the parts of the Customer SDK's frame together, and nothing else."""

import asyncio
import logging
from typing import Any

from widget.browser.calling_page import CallingPage
from widget.browser.http import BrowserHttp
from widget.browser.socket import open_socket
from widget.browser.storage import BrowserStorage
from widget.browser.upload import send_file
from widget.customer_sdk.arguments import prepare
from widget.customer_sdk.bridge import Bridge
from widget.customer_sdk.client import World
from widget.customer_sdk.start import init
from widget.rtm.clock import LoopClock

__all__ = ["main", "prepare"]


def main() -> None:
    """Answer the page around the frame that ``static/sdk_frame.js`` has prepared."""
    logging.basicConfig(level=logging.WARNING)
    page = CallingPage()
    asyncio.get_event_loop().set_exception_handler(lambda loop, context: _failed(page, loop, context))
    where = page.platform()
    world = World(open_socket, BrowserHttp(), send_file, BrowserStorage(), LoopClock())

    def start(**config: Any) -> Any:
        return init(**config, base_url=where["api"], accounts_url=where["accounts"], world=world)

    bridge = Bridge(start, page.tell)
    page.watch(bridge.probe)
    page.tell({"type": "ready"})
    page.listen(bridge.hear)


def _failed(page: CallingPage, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """A task has failed. Where something was not there, the image may leave out too much (``tools/trim.py``)."""
    loop.default_exception_handler(context)
    if isinstance(context.get("exception"), AttributeError | ImportError | NameError):
        page.start_whole()
