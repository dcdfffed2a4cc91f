"""LiveChat's lc-sdk-js 4.0.2, as npm has it, against the embedded server; and ours beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from server.organization import ORGANIZATION_ID
from server.seed import FIRST_AGENT
from tests.real_sdks.calls import Call, fill
from tests.real_sdks.differential import Ours, Sent, ours_sends, theirs_sends
from tests.real_sdks.driver import Driver
from tests.real_sdks.lc_sdk_js_calls import CALLS, PUSHES
from tests.real_sdks.scene import NOTHING, Recorded, Scene, recorded
from tests.server.platform import RunningServer
from tools.setup import ready_node
from widget.platform_sdk import Token, Version

VERSION: Version = "3.4"
"""What lc-sdk-js 4 speaks."""

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
    """The SDK, run by Node."""
    folder = registry_packages("@livechat/lc-sdk-js==4.0.2")
    program = Path(__file__).with_name("lc_sdk_js.mjs")
    driver = Driver(ready_node().node, program, folder, theirs.address, NODE_TLS_REJECT_UNAUTHORIZED="0")
    yield driver
    driver.close()


@pytest.fixture
def scene(theirs: Recorded) -> Iterator[Scene]:
    """Nobody has been here before."""
    yield Scene(theirs.server, VERSION)
    theirs.server.forget_everything()


def token_for(client: str, server: RunningServer, customer_token: str) -> dict[str, str]:
    """What the SDK's token getter gives."""
    agents = server.settings.agent_token.read_text().strip()
    mine = customer_token.removeprefix("Bearer ") if client.startswith("Customer") else agents
    return {"accessToken": mine, "region": "dal", "organizationID": ORGANIZATION_ID}


def named(pairs: Sequence[tuple[str, Call]]) -> list[Any]:
    """The tests' names say which client, and which method."""
    return [pytest.param(client, call, id=f"{client}-{call}") for client, call in pairs]


@pytest.mark.parametrize(("client", "call"), named(PAIRS))
def test_a_method_of_theirs_works(client: str, call: Call, sdk: Driver, theirs: Recorded, scene: Scene) -> None:
    """What the server refuses is refused as it should be, and what cannot work in the package does not."""
    token = token_for(client, theirs.server, scene.customer_token)
    find = {"bearer": f"Bearer {token['accessToken']}"}
    arguments = fill(call.args, lambda name: find.get(name) or scene.find(name))

    answer = sdk({"client": client, "token": token, "calls": [[call.method, *arguments]]})

    outcome = answer["outcomes"][0]
    if call.broken:
        assert "error" in outcome
    else:
        assert call.refused in str(outcome["error"]) if call.refused else "value" in outcome, outcome


def test_their_subscribers_hear_what_happens(sdk: Driver, theirs: Recorded, scene: Scene) -> None:
    token = token_for("Agent.RTM", theirs.server, scene.customer_token)

    answer = sdk(
        {
            "client": "Agent.RTM",
            "token": token,
            "calls": [["sendEvent", scene.chat, {"type": "message", "text": "hello"}], ["deactivateChat", scene.chat]],
            "hear": ["incoming_event", "chat_deactivated"],
        }
    )

    heard = {push for push, _ in answer["heard"]}
    assert heard == {"incoming_event", "chat_deactivated"}, answer["outcomes"]


@pytest.fixture(scope="module")
def heard(theirs: Recorded, sdk: Driver) -> dict[tuple[str, str], Any]:
    """What each client hears, by client and push, when the server tells it everything that there is."""
    heard: dict[tuple[str, str], Any] = {}
    for client, end in (("Agent.RTM", "agent_disconnected"), ("Customer.RTM", "customer_disconnected")):
        customer = theirs.server.token_request().json()
        token = token_for(client, theirs.server, f"Bearer {customer['access_token']}")
        assert set(sdk({"listen": client, "token": token})) == set(PUSHES[client])
        user = FIRST_AGENT if client.startswith("Agent") else customer["entity_id"]
        for push in PUSHES[client]:
            theirs.server.tell(user, push, {"name": push})
        heard |= {(client, push): payload for push, payload in sdk({"until": PUSHES[client]}).items()}
        assert (client, end) in heard
    theirs.server.forget_everything()
    return heard


@pytest.mark.parametrize(("client", "push"), [(client, push) for client, pushes in PUSHES.items() for push in pushes])
def test_a_push_is_heard(client: str, push: str, heard: dict[tuple[str, str], Any]) -> None:
    assert heard[client, push] == {"name": push}


@pytest.mark.parametrize("client", CALLS)
def test_the_table_has_every_method_they_expose(client: str, sdk: Driver) -> None:
    exposed = set(sdk({"list": client})) - {"on"}

    assert {call.method for call in CALLS[client]} == exposed


@pytest.fixture(scope="module")
def sent(theirs: Recorded, ours: Recorded, sdk: Driver) -> dict[str, tuple[Sent, Sent]]:
    """What each client of theirs, and of ours, sends for its calls."""
    customer_tokens = theirs.server.token(), ours.server.token()
    both = {}
    for client, calls in CALLS.items():
        their_token, our_token = (
            token_for(client, each.server, token) for each, token in zip((theirs, ours), customer_tokens, strict=True)
        )
        client_of_ours = Ours(client, f"http://{ours.address}", Token(our_token["accessToken"], ORGANIZATION_ID, "dal"))
        both[client] = (
            theirs_sends(calls, VERSION, theirs.recorder, their_token["accessToken"], asking(sdk, client, their_token)),
            ours_sends(client_of_ours, calls, VERSION, ours.recorder),
        )
    theirs.server.forget_everything()
    return both


def asking(sdk: Driver, client: str, token: dict[str, str]) -> Callable[[Version, Sequence[Call]], None]:
    """Calls a client of theirs, for things that are not there."""

    def find(name: str) -> Any:
        return f"Bearer {token['accessToken']}" if name == "bearer" else NOTHING(name)

    def send(_: Version, calls: Sequence[Call]) -> None:
        asked = [[call.method, *fill(call.args, find)] for call in calls]
        sdk({"client": client, "token": token, "calls": asked})

    return send


@pytest.mark.parametrize(("client", "call"), named([(client, call) for client, call in PAIRS if not call.broken]))
def test_ours_sends_what_theirs_sends(client: str, call: Call, sent: dict[str, tuple[Sent, Sent]]) -> None:
    theirs, ours = (each[str(call)] for each in sent[client])

    assert (ours.path, ours.authorization, ours.region) == (theirs.path, theirs.authorization, theirs.region)
    assert ours.query.items() >= theirs.query.items() or call.differs
    if call.sends is not None:
        assert [ours.verb, ours.action, ours.payload] == fill(call.sends, NOTHING)
        assert (theirs.verb, theirs.action) != (ours.verb, ours.action), "the difference is gone"
        return
    assert (ours.verb, ours.action) == (theirs.verb, theirs.action)
    if theirs.verb != "GET":  # theirs repeats the query in the body
        assert (ours.payload or {}) == (theirs.payload or {})
