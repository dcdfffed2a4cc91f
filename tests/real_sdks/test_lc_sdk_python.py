"""LiveChat's lc-sdk-python 0.4.2, as PyPI has it, against the embedded server; and ours beside it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from server.organization import ORGANIZATION_ID
from tests.real_sdks.calls import Call, fill
from tests.real_sdks.differential import Ours, Sent, ours_sends, theirs_sends
from tests.real_sdks.driver import Driver
from tests.real_sdks.lc_sdk_python_calls import CALLS, TEXT
from tests.real_sdks.scene import NOTHING, Recorded, Scene, recorded
from widget.platform_sdk import VERSIONS, Token, Version

PAIRS = [(client, call) for client, calls in CALLS.items() for call in calls]


@pytest.fixture(scope="module")
def theirs(certificate: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Recorded]:
    """The server that their clients talk to, which is over TLS."""
    with recorded(tmp_path_factory.mktemp("theirs"), certificate) as running:
        yield running


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Recorded]:
    """The server that our clients talk to."""
    with recorded(tmp_path_factory.mktemp("ours")) as running:
        yield running


@pytest.fixture(scope="module")
def sdk(theirs: Recorded, registry_packages: Callable[[str], Path]) -> Iterator[Driver]:
    """The SDK, in a Python of its own."""
    # loguru, which it imports, is not among what it says it needs.
    folder = registry_packages("lc-sdk-python==0.4.2 loguru==0.7.3")
    program = Path(__file__).with_name("lc_sdk_python.py")
    driver = Driver(sys.executable, program, theirs.address, PYTHONPATH=str(folder))
    yield driver
    driver.close()


@pytest.fixture
def scene(theirs: Recorded, call: Call) -> Iterator[Scene]:
    """Nobody has been here before."""
    yield Scene(theirs.server, version_of(call))
    theirs.server.forget_everything()


def version_of(call: Call) -> Version:
    return next(version for version in VERSIONS if version == call.version)


def question(client: str, version: str, authorization: str, calls: list[Any]) -> dict[str, Any]:
    """What the program that runs the SDK is asked."""
    asked = {"client": client, "version": version, "token": authorization, "calls": calls}
    return {**asked, "organization_id": ORGANIZATION_ID}


NAMED = [pytest.param(client, call, id=f"{client}-{call}") for client, call in PAIRS]
"""The tests' names say which client, which method, and which version."""


@pytest.mark.parametrize(("client", "call"), NAMED)
def test_a_method_of_theirs_works(client: str, call: Call, sdk: Driver, scene: Scene) -> None:
    authorization = scene.customer_token if client.startswith("Customer") else scene.agent_token
    arguments = fill(call.kwargs, lambda name: authorization if name == "authorization" else scene.find(name))

    (outcome,) = sdk(question(client, call.version, authorization, [[call.method, arguments]]))

    assert call.refused in str(outcome["error"]) if call.refused else "value" in outcome, outcome


@pytest.mark.parametrize("client", ["AgentRTM", "CustomerRTM"])
def test_pushes_pile_up_in_its_messages(client: str, sdk: Driver, theirs: Recorded) -> None:
    """It has no other way to hear of anything."""
    scene = Scene(theirs.server, "3.6")
    authorization = scene.customer_token if client == "CustomerRTM" else scene.agent_token
    asked = question(client, "3.6", authorization, [])
    asked["calls"] = [["send_event", {"chat_id": scene.chat, "event": TEXT}], ["list_chats", {}]]

    *_, messages = sdk({**asked, "messages": True})
    theirs.server.forget_everything()

    assert "incoming_event" in {message["action"] for message in messages if message["type"] == "push"}


@pytest.mark.parametrize("version", ["3.5", "3.6", "3.7"])
@pytest.mark.parametrize("client", CALLS)
def test_the_table_has_every_method_they_expose(client: str, version: str, sdk: Driver) -> None:
    exposed = set(sdk({"list": client, "version": version}))

    assert exposed <= {call.method for call in CALLS[client]}


def test_the_table_has_no_method_they_do_not_expose(sdk: Driver) -> None:
    for client, calls in CALLS.items():
        exposed = {name for version in ("3.5", "3.6", "3.7") for name in sdk({"list": client, "version": version})}
        assert {call.method for call in calls} <= exposed


@pytest.fixture(scope="module")
def sent(theirs: Recorded, ours: Recorded, sdk: Driver) -> dict[str, tuple[Sent, Sent]]:
    """What each client of theirs, and of ours, sends for its calls."""
    customers = [each.server.token() for each in (theirs, ours)]
    agents = [each.server.agent_token() for each in (theirs, ours)]
    both = {}
    for client, calls in CALLS.items():
        their_token, our_token = customers if client.startswith("Customer") else agents
        kind, _, token = our_token.partition(" ")
        basic_or_bearer = Token(token, ORGANIZATION_ID, token_type="Basic" if kind == "Basic" else "Bearer")
        their_access_token = their_token.partition(" ")[2]
        both[client] = (
            theirs_sends(calls, "3.6", theirs.recorder, their_access_token, asking(sdk, client, their_token)),
            ours_sends(Ours(client, f"http://{ours.address}", basic_or_bearer), calls, "3.6", ours.recorder),
        )
    theirs.server.forget_everything()
    return both


def asking(sdk: Driver, client: str, authorization: str) -> Callable[[Version, Sequence[Call]], None]:
    """Calls a client of theirs, for things that are not there."""

    def find(name: str) -> Any:
        return authorization if name == "authorization" else NOTHING(name)

    def send(version: Version, calls: Sequence[Call]) -> None:
        asked = [[call.method, fill(call.kwargs, find)] for call in calls]
        sdk(question(client, version, authorization, asked))

    return send


@pytest.mark.parametrize(("client", "call"), NAMED)
def test_ours_sends_what_theirs_sends(client: str, call: Call, sent: dict[str, tuple[Sent, Sent]]) -> None:
    theirs, ours = (each[str(call)] for each in sent[client])

    assert (ours.verb, ours.path, ours.action) == (theirs.verb, theirs.path, theirs.action)
    assert ours.authorization == theirs.authorization
    assert ours.query.items() >= theirs.query.items()
    if call.sends is not None:
        assert [ours.verb, ours.action, ours.payload] == fill(call.sends, NOTHING)
        assert ours.payload != theirs.payload, "the difference is gone"
        return
    assert (ours.payload or {}) == (theirs.payload or {})
