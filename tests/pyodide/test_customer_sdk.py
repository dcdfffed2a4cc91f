"""The Customer SDK in the browser's Python, over the browser's WebSocket and fetch, on the embedded server."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from server.app import prepare
from server.settings import Settings
from tests.conftest import Pyodide
from tests.server.platform import RunningServer


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RunningServer]:
    settings = Settings(data=tmp_path / "var", port=0, as_written=True)
    prepare(settings)
    running = RunningServer(settings)
    yield running
    running.stop()


def test_a_conversation_over_the_browsers_socket(pyodide: Pyodide, server: RunningServer) -> None:
    if not pyodide("import js; hasattr(js, 'WebSocket')"):
        pytest.skip("this Node keeps its WebSocket to itself")
    program = """
        from tests.customer_sdk.fake_platform import FakePlatform
        from tests.fakes import MemoryStorage
        from widget.browser.http import BrowserHttp
        from widget.browser.socket import open_socket
        from widget.customer_sdk.client import World
        from widget.customer_sdk.start import init
        from widget.rtm.clock import LoopClock

        world = World(open_socket, BrowserHttp(), FakePlatform().send_file, MemoryStorage(), LoopClock())
        address = "http://127.0.0.1:PORT"
        async with init(license=1000001, client_id="demo", base_url=address, world=world) as sdk:
            chat = await sdk.start_chat({"events": [{"type": "message", "text": "one"}]})
            await sdk.close_thread(chat["id"])
            await sdk.send_event(chat["id"], {"type": "message", "text": "two"})
            pages = [[event["text"] for event in page if event["type"] == "message"]
                     async for page in sdk.get_chat_history(chat["id"])]
        pages
    """

    assert pyodide(program.replace("PORT", str(server.port))) == [["one", "two"]]
