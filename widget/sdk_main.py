"""Puts the parts of the Customer SDK's frame together, and nothing else."""

import logging
from typing import Any

from widget.browser.calling_page import CallingPage
from widget.browser.http import BrowserHttp
from widget.browser.left_out import start_whole_when_missed
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
    start_whole_when_missed()
    where = page.platform()
    world = World(open_socket, BrowserHttp(), send_file, BrowserStorage(), LoopClock())

    def start(**config: Any) -> Any:
        return init(**config, base_url=where["api"], accounts_url=where["accounts"], world=world)

    bridge = Bridge(start, page.tell)
    page.watch(bridge.probe)
    page.tell({"type": "ready"})
    page.listen(bridge.hear)
