"""The command: what it says, how it starts and how it stops."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from server.settings import PROJECT, Settings, SettingsError

Run = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    """Starts the command, on any free port and with a data folder of its own unless told otherwise."""
    started: list[subprocess.Popen[str]] = []

    def run(*arguments: str, **environment: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", "from server.cli import main; raise SystemExit(main())", *arguments],
            cwd=PROJECT,
            env={**os.environ, "PORT": "0", "DATA": str(tmp_path / "var"), **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield run
    for process in started:
        process.kill()
        process.communicate()


def sentence(process: "subprocess.Popen[str]") -> str:
    """What the command said when it failed: one line, and no traceback."""
    output, said = process.communicate(timeout=20)
    assert (process.returncode, output, said.count("\n")) == (1, "", 1)
    return said


needs_runtime = pytest.mark.skipif(
    not (PROJECT / "build/runtime/pyodide.mjs").is_file(), reason="the browser's runtime is not built: make build"
)


@needs_runtime
def test_it_starts_says_so_and_stops(run: Run) -> None:
    server = run("serve")
    assert server.stdout is not None
    token, ready = server.stdout.readline(), server.stdout.readline()
    address = ready.removeprefix("Ready: ").strip()

    assert token.startswith("Agents sign in as agent@example.com with the token ")
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", address)
    assert httpx.get(f"{address}healthz").json() == {"status": "ok"}
    assert "/widget.js" in httpx.get(address).text

    with connect(f"ws{address.removeprefix('http')}v3.6/agent/rtm/ws") as agent:
        server.send_signal(signal.SIGINT)
        with pytest.raises(ConnectionClosed):
            agent.recv(5)
        assert agent.close_code == 1001
    assert server.wait(5) == 0
    assert server.communicate() == ("", "")


@needs_runtime
def test_a_port_that_is_taken(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        said = sentence(run("serve", PORT=str(port)))

    assert said == f"Port {port} is taken by another program. Choose another one: PORT={port + 1} make run\n"


@needs_runtime
def test_a_folder_that_cannot_be_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    assert sentence(run("serve", DATA=str(tmp_path / "file" / "var"))).startswith(
        f"Cannot write to {tmp_path}/file/var"
    )


@needs_runtime
def test_a_file_that_is_no_database(run: Run, tmp_path: Path) -> None:
    (tmp_path / "live-chat.sqlite3").write_text("Dear diary, " * 100)

    assert sentence(run("serve", DATA=str(tmp_path))).startswith(f"Cannot use {tmp_path}/live-chat.sqlite3: ")


@needs_runtime
def test_two_servers_do_not_share_a_folder(run: Run) -> None:
    first = run("serve")
    assert first.stdout is not None
    while not first.stdout.readline().startswith("Ready"):
        pass

    assert sentence(run("serve")).startswith("Another server uses ")


def test_an_agent_is_added_once(run: Run) -> None:
    output, _ = run("add-agent", "Kim Lee", "kim@example.com").communicate(timeout=20)

    assert re.fullmatch(r"Kim Lee signs in as kim@example\.com with the token [\w-]{43}\n", output)
    assert sentence(run("add-agent", "Kim Lee", "kim@example.com")) == "There is an agent kim@example.com already.\n"


def test_what_is_no_port() -> None:
    for port in ("x", "-1", "65536", "8000.0"):
        with pytest.raises(SettingsError, match="PORT must be a number from 0 to 65535"):
            Settings.from_environment({"PORT": port})


def test_the_environment_says_where() -> None:
    settings = Settings.from_environment({"PORT": "81", "DATA": "/data", "WIDGET_ORIGIN": "https://chat.example/"})

    assert (settings.port, settings.data, settings.host) == (81, Path("/data"), None)
    assert settings.widget_origin == "https://chat.example"
    assert Settings.from_environment({}).data == Path("var").absolute()
