"""A server as good as new for each test."""

import threading
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest

from server.app import prepare
from server.settings import Settings
from tests.server.elsewhere import Elsewhere
from tests.server.platform import RunningServer
from tests.server.polling import Poller


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder as it is after the first start."""
    data = tmp_path_factory.mktemp("prepared")
    prepare(Settings(data=data))
    return data


@pytest.fixture
def settings(prepared: Path, tmp_path: Path) -> Settings:
    """Settings with a data folder of their own, on a free port."""
    return Settings(data=Path(copytree(prepared, tmp_path / "var")), port=0)


@pytest.fixture(scope="session")
def only_server(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """The server that the tests use one after the other: starting one for each would take longer than they do."""
    data = Path(copytree(prepared, tmp_path_factory.mktemp("shared") / "var"))
    running = RunningServer(Settings(data=data, port=0, as_written=True))  # of which nothing has to be built
    yield running
    running.stop()


@pytest.fixture
def server(only_server: RunningServer) -> Iterator[RunningServer]:
    """A running server that knows nobody and to which nothing has been said."""
    yield only_server
    only_server.forget_everything()


@pytest.fixture
def old(server: RunningServer) -> Iterator[Poller]:
    """A customer of API 3.0 who has signed in; an agent is there."""
    server.agent()
    poller = Poller(server)
    login = {"token": server.token(), "customer_side_storage": None, "customer": {"fields": {"a": "b"}}}
    customer_id = poller.ask("login", login)["customer_id"]
    yield poller
    server.cut_off(customer_id)  # It would be missed only after a while.


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    with Elsewhere() as other:
        thread = threading.Thread(target=other.serve_forever)
        thread.start()
        yield other
        other.shutdown()
        thread.join()
