"""The command: what it says, how it starts and how it stops."""

import fcntl
import json
import os
import re
import signal
import socket
import subprocess
import sys
from base64 import b64decode
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from server.cli import main
from server.settings import PROJECT, Settings, SettingsError

Failing = Callable[..., str]

needs_release = pytest.mark.skipif(
    not (PROJECT / "build/release/widget/index.html").is_file(), reason="the release is not built: make build"
)


@pytest.fixture
def server(tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:
    """The command, serving as a process of its own."""
    with subprocess.Popen(
        [sys.executable, "-c", "from server.cli import main; raise SystemExit(main(['serve']))"],
        cwd=PROJECT,
        env={**os.environ, "PORT": "0", "DATA": str(tmp_path / "var")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        yield process
        process.kill()


@pytest.fixture
def failing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Failing]:
    """Runs a command that must fail, and returns the one line that it says."""
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def run(*arguments: str, **environment: str) -> str:
        for name, value in {"PORT": "0", "DATA": str(tmp_path / "var"), **environment}.items():
            monkeypatch.setenv(name, value)
        code = main(arguments)
        output, said = capsys.readouterr()
        assert (code, output, said.count("\n")) == (1, "", 1)
        return said

    yield run
    for number, handler in handlers.items():
        signal.signal(number, handler)


@needs_release
def test_it_starts_says_so_and_stops(server: "subprocess.Popen[str]") -> None:
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
    assert server.communicate(timeout=30) == ("", "")
    assert server.returncode == 0


@needs_release
def test_a_port_that_is_taken(failing: Failing) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        said = failing("serve", PORT=str(port))

    assert said == f"Port {port} is taken by another program. Choose another one: PORT={port + 1} make run\n"


@needs_release
def test_a_folder_that_cannot_be_written(failing: Failing, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    assert failing("serve", DATA=str(tmp_path / "file" / "var")).startswith(f"Cannot write to {tmp_path}/file/var")


@needs_release
def test_a_file_that_is_no_database(failing: Failing, tmp_path: Path) -> None:
    (tmp_path / "live-chat.sqlite3").write_text("Dear diary, " * 100)

    assert failing("serve", DATA=str(tmp_path)).startswith(f"Cannot use {tmp_path}/live-chat.sqlite3: ")


@needs_release
def test_two_servers_do_not_share_a_folder(failing: Failing, tmp_path: Path) -> None:
    with (tmp_path / "lock").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)

        assert failing("serve", DATA=str(tmp_path)).startswith(f"Another server uses {tmp_path}. ")


@pytest.mark.parametrize(("needed", "options"), [("release", []), ("runtime", ["--reload"])])
def test_what_is_not_built(
    failing: Failing, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, needed: str, options: list[str]
) -> None:
    monkeypatch.setattr(Settings, needed, tmp_path / "nothing")

    assert "Run `make build`" in failing("serve", *options)


@pytest.mark.parametrize("url", ["chat.example", "https://chat.example/api", "ftp://chat.example", "https://?x"])
def test_a_platform_is_named_by_its_origin(failing: Failing, tmp_path: Path, url: str) -> None:
    assert failing("build", "--out", str(tmp_path / "out"), "--platform", url) == (
        f"{url!r} is not an origin. Give it like https://chat.example\n"
    )


def test_an_agent_is_added_once(
    failing: Failing, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("DATA", str(tmp_path / "var"))

    assert main(["add-agent", "Kim Lee", "kim@example.com"]) == 0

    said = capsys.readouterr().out
    assert re.fullmatch(r"Kim Lee signs in as kim@example\.com with the token [\w-]{43}\n", said)
    assert failing("add-agent", "Kim Lee", "kim@example.com") == "There is an agent kim@example.com already.\n"
    assert failing("add-agent", "Kim Lee", "kim").startswith("'kim' is not an e-mail address.")


def test_a_widget_gets_keys_and_themes(
    failing: Failing, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("DATA", str(tmp_path / "var"))

    assert main(["add-key"]) == 0
    key = json.loads(capsys.readouterr().out)
    assert len(b64decode(key["key"])) == 32
    assert key["id"]
    assert main(["set-theme", "fern", "--accent", "#14594a"]) == 0
    capsys.readouterr()

    assert "a colour looks like #14594a" in failing("set-theme", "fern", "--accent", "green")
    assert "stand out by 1.0 to 1" in failing("set-theme", "pale", "--accent", "#fffbe0")
    assert "cannot be called" in failing("set-theme", "dark", "--accent", "#14594a")


def test_what_is_no_port() -> None:
    for port in ("x", "-1", "65536", "8000.0"):
        with pytest.raises(SettingsError, match="PORT must be a number from 0 to 65535"):
            Settings.from_environment({"PORT": port})


def test_the_environment_says_where() -> None:
    settings = Settings.from_environment({"PORT": "81", "DATA": "/data", "WIDGET_ORIGIN": "https://chat.example/"})

    assert (settings.port, settings.data, settings.host) == (81, Path("/data"), None)
    assert settings.widget_origin == "https://chat.example"
    assert Settings.from_environment({}).data == Path("var").absolute()
