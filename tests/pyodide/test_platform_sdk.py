"""The SDK for programs, in the browser's Python, on the embedded server."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from server.app import prepare
from server.settings import Settings
from tests.conftest import Pyodide
from tests.server.platform import RunningServer


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RunningServer]:
    settings = Settings(data=tmp_path / "var", port=0)
    prepare(settings)
    running = RunningServer(settings)
    yield running
    running.stop()


def test_a_request_goes_out_by_fetch(pyodide: Pyodide, server: RunningServer) -> None:
    program = """
        from widget.browser.http import fetch
        from widget.platform_sdk import Agent, Token
        from widget.wire.errors import ChatError

        token = Token("TOKEN", token_type="Basic")
        web = Agent.Web(fetch, lambda: token, base_url="http://127.0.0.1:PORT")
        try:
            refusal = await web.get_chat("NOTTHERE00")
        except ChatError as error:
            refusal = error.code
        await web.list_routing_statuses(), refusal
    """
    token = server.agent_token().removeprefix("Basic ")

    answered = pyodide(program.replace("TOKEN", token, 1).replace("PORT", str(server.port)))

    assert answered == [[{"agent_id": "agent@example.com", "status": "offline"}], "NOT_FOUND"]


def test_a_connection_goes_out_by_the_browsers_websocket(pyodide: Pyodide, server: RunningServer) -> None:
    program = """
        from widget.browser.socket import open_socket
        from widget.platform_sdk import Agent, Token

        token = Token("TOKEN", token_type="Basic")
        async with Agent.RTM(open_socket, lambda: token, base_url="http://127.0.0.1:PORT") as rtm:
            changes = rtm.pushes("routing_status_set")
            await rtm.set_routing_status("not_accepting_chats")
            while (change := (await anext(changes)).payload)["status"] == "accepting_chats":
                pass  # from the login
        change
    """
    token = server.agent_token().removeprefix("Basic ")

    change = pyodide(program.replace("TOKEN", token, 1).replace("PORT", str(server.port)))

    assert change == {"agent_id": "agent@example.com", "status": "not_accepting_chats"}
