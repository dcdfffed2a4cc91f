"""Runs LiveChat's lc-sdk-python as it is published, in its own environment: a line of JSON in, a line of JSON out.

    python lc_sdk_python.py ADDRESS

In: ``{"list": "AgentRTM", "version": "3.6"}``, answered by its methods; or ``{"client": "AgentRTM", "version": "3.6",
"token": "Basic ...", "organization_id": ..., "calls": [[name, {argument: value}]]}``. Out: a list of ``{"value"}`` and
``{"error"}``; with ``"messages": true``, and at its end all that the client has been sent.
"""

import json
import sys
from typing import Any

from livechat.agent import AgentRTM, AgentWeb  # type: ignore[import-not-found]
from livechat.configuration import ConfigurationApi  # type: ignore[import-not-found]
from livechat.customer import CustomerRTM, CustomerWeb  # type: ignore[import-not-found]
from loguru import logger  # type: ignore[import-not-found]

logger.remove()
(ADDRESS,) = sys.argv[1:]
CLIENTS = {each.__name__: each for each in (AgentRTM, AgentWeb, ConfigurationApi, CustomerRTM, CustomerWeb)}
NOT_ACTIONS = {"open_connection", "close_connection", "modify_header", "remove_header", "get_headers"}


def make(asked: dict[str, Any]) -> Any:
    """A client."""
    get_client, version = CLIENTS[asked["client"]].get_client, asked["version"]
    organization = {"organization_id": asked["organization_id"]} if asked["client"].startswith("Customer") else {}
    if asked["client"].endswith("RTM"):
        return get_client(version=version, base_url=ADDRESS, **organization)
    token = {"token" if asked["client"] == "ConfigurationApi" else "access_token": asked["token"]}
    return get_client(version=version, base_url=ADDRESS, verify=False, disable_logging=True, **token, **organization)


def methods(client: Any) -> list[str]:
    """The actions that a client has."""
    names = [name for name in dir(client) if not name.startswith("_") and callable(getattr(client, name))]
    return [name for name in names if name not in NOT_ACTIONS]


def outcome(client: Any, name: str, arguments: dict[str, Any]) -> dict[str, Any]:
    """What became of a call."""
    if "file" in arguments:
        arguments = {"file": {"file": tuple(arguments["file"])}}
    try:
        answer = getattr(client, name)(**arguments)
    except Exception as error:
        return {"error": repr(error)}
    if answer is None:
        return {"error": "no answer"}
    good = answer.success if hasattr(answer, "success") else answer.is_success
    payload = answer.payload if hasattr(answer, "payload") else answer.json() if answer.content else None
    return {"value" if good else "error": payload}


def run(asked: dict[str, Any]) -> list[Any]:
    """Make a client, and call its methods one after the other."""
    client, calls = make(asked), asked["calls"]
    if not asked["client"].endswith("RTM"):
        return [outcome(client, name, arguments) for name, arguments in calls]
    client.open_connection()
    if calls[0][0] != "login":
        client.login(token=asked["token"])
    outcomes: list[Any] = [outcome(client, name, arguments) for name, arguments in calls]
    if asked.get("messages"):
        outcomes.append(list(client.ws.messages))
    client.close_connection()
    return outcomes


for line in sys.stdin:
    question = json.loads(line)
    if "list" in question:
        answer: Any = methods(
            make({"client": question["list"], "token": "Bearer x", "organization_id": "x", **question})
        )
    else:
        answer = run(question)
    print(json.dumps(answer), flush=True)  # noqa: T201
