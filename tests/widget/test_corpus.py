"""What LiveChat's packages and this server really said goes through the wire's models and comes out whole."""

import json
from typing import Any

import pytest

from server.customer_chat_30 import CUSTOMER_CHAT_30
from server.versions import from_version
from server.web import APIS
from tests.widget.wire_models import MODELS, missing
from tools.setup import ROOT
from widget.wire.base import Wire
from widget.wire.frames import Request, read_frame

LINES = (ROOT / "tests" / "corpus" / "frames.jsonl").read_text(encoding="utf-8").splitlines()

BY_NAME = {name.partition(".")[2]: model for name, model in MODELS.items()}
"""The models; a name that two modules have stands for either, which are alike in what they keep."""


def named(line: str) -> Any:
    said = json.loads(line)
    frame = said["frame"]
    kind = [said["api"], said["from"], frame.get("type", "request"), frame["action"], str(frame.get("success", ""))]
    return pytest.param(said["api"], frame, id=" ".join(kind).strip())


def camel(action: str) -> str:
    """``IncomingEvent`` of ``incoming_event``."""
    return "".join(word.capitalize() for word in action.split("_"))


def model_of(api: str, frame: dict[str, Any]) -> type[Wire] | None:
    """The model of what the server says, if the clients have one."""
    if frame.get("success") is False:
        return None
    if frame["action"] == "login" and api.endswith("/agent"):
        return BY_NAME["AgentLoginResult"]
    return BY_NAME.get(camel(frame["action"]) + ("Result" if frame["type"] == "response" else ""))


SENT = [named(line) for line in LINES if json.loads(line)["from"] == "client"]
TOLD = [named(line) for line in LINES if json.loads(line)["from"] == "server"]
TODAYS = [each for each in TOLD if "3.0" not in each.values[0] and model_of(*each.values)]


def test_there_is_something_of_each_package() -> None:
    apis = {json.loads(line)["api"] for line in LINES if json.loads(line)["from"] == "client"}

    assert apis >= {f"/v3.{minor}/customer" for minor in (0, 4, 5)} | {"/v3.4/agent", "/v3.6/agent"}
    assert len(SENT) > 100
    assert len(TODAYS) > 75


@pytest.mark.parametrize(("api", "frame"), SENT)
def test_what_clients_sent_comes_out_as_it_went_in(api: str, frame: dict[str, Any]) -> None:
    assert missing(frame, Request.read(frame).as_json()) == []


@pytest.mark.parametrize(("api", "frame"), SENT)
def test_what_clients_asked_is_a_request_of_that_action(api: str, frame: dict[str, Any]) -> None:
    _, version, side = api.split("/")
    actions = (CUSTOMER_CHAT_30 if version == "v3.0" else APIS[side]).actions
    if frame["action"] not in actions:
        return  # login and ping, which are no actions, and one that is gone
    payload = from_version(side, frame.get("payload") or {}, version.removeprefix("v"))

    given = {name: value for name, value in payload.items() if value is not None}
    assert missing(given, actions[frame["action"]].request.read(payload).as_json()) == []


@pytest.mark.parametrize(("api", "frame"), TOLD)
def test_what_the_server_said_comes_out_as_it_went_in(api: str, frame: dict[str, Any]) -> None:
    read = read_frame(json.dumps(frame))

    assert read is not None
    assert missing(frame, read.as_json()) == []


@pytest.mark.parametrize(("api", "frame"), TODAYS)
def test_a_payload_comes_out_as_it_went_in(api: str, frame: dict[str, Any]) -> None:
    model = model_of(api, frame)
    assert model is not None

    assert missing(frame["payload"], model.read(frame["payload"]).as_json()) == []
