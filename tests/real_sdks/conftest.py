"""LiveChat's own packages, unmodified, and a server for them.

They are installed for the tests only, into build/real_sdks.

The packages speak TLS and to the platform's names; so the server has a certificate of its own making, and the tests say
where the names are.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from fcntl import LOCK_EX, flock
from pathlib import Path
from unittest.mock import patch

import pytest

from server.app import create_app, prepare
from server.settings import Settings
from tests.real_sdks.corpus import keep
from tests.real_sdks.recorder import Recorder
from tests.real_sdks.tls import TlsServer, make_certificate
from tools.setup import BUILD, ready_node

Packages = Callable[[str], Path]
"""Installs ``name==version`` and returns the folder that it is in."""

UNREACHABLE = (
    "ENOTFOUND",
    "EAI_AGAIN",
    "ECONNREFUSED",
    "ETIMEDOUT",
    "ENETUNREACH",
    "NewConnectionError",
    "NameResolution",
)
"""What npm and pip say when there is no registry."""


@pytest.fixture(scope="session")
def registry_packages() -> Packages:
    """Installs packages of npm (``@scope/name==version``, and others after a space) or of PyPI.

    Skips the test where there is no registry.
    """
    return install


def install(requirement: str) -> Path:
    """Install a package, if it is not there yet."""
    folder = BUILD / "real_sdks" / requirement.replace("/", "+").replace(" ", "+")
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:  # tests run in several processes
        flock(lock, LOCK_EX)
        if not (folder / "installed").exists():
            fetch(requirement, folder)
    return folder


def fetch(requirement: str, folder: Path) -> None:
    """Have a package fetched. Skips the test where there is nobody to ask for it."""
    done = subprocess.run(command(requirement, folder), cwd=folder, capture_output=True, text=True, check=False)
    said = done.stdout + done.stderr
    if done.returncode and any(word in said for word in UNREACHABLE):
        pytest.skip(f"{requirement} cannot be fetched: the registry is not reachable")
    assert done.returncode == 0, said
    (folder / "installed").touch()


def command(requirement: str, folder: Path) -> list[str | Path]:
    """What installs a package into a folder and nothing elsewhere."""
    if not requirement.startswith("@"):
        return [sys.executable, "-m", "pip", "install", "--quiet", "--target", folder, *requirement.split()]
    names = requirement.replace("==", "@").split()
    return [*ready_node().npm, "install", "--prefix", folder, "--ignore-scripts", "--no-audit", "--no-fund", *names]


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with a key and a certificate for it, which nobody has signed but itself."""
    return make_certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture(scope="session")
def only_server(certificate: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TlsServer]:
    """A server that speaks TLS, which the tests use one after the other."""
    settings = Settings(data=tmp_path_factory.mktemp("real_sdks") / "var", port=0, as_written=True)
    prepare(settings)
    recorder = Recorder(create_app(settings))
    with patch("tests.server.platform.create_app", lambda _: recorder):
        running = TlsServer(settings, certificate)
    yield running
    running.stop()
    keep(recorder.frames)


@pytest.fixture
def server(only_server: TlsServer) -> Iterator[TlsServer]:
    """A running server that knows nobody."""
    yield only_server
    only_server.forget_everything()
