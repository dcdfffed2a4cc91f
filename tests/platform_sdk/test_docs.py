"""docs/platform-sdk.md has every method, and says which of LiveChat's SDKs has it under which name."""

import re
from pathlib import Path

import pytest

from tests.real_sdks import lc_sdk_js_calls, lc_sdk_python_calls
from tests.real_sdks.calls import Call
from widget.platform_sdk import Agent, Configuration, Customer
from widget.platform_sdk.method import methods

PAGE = (Path(__file__).parents[2] / "docs" / "platform-sdk.md").read_text(encoding="utf-8")

APIS: dict[str, tuple[list[type], str]] = {
    "Agent Chat": ([Agent.RTM, Agent.Web], "Agent"),
    "Customer Chat": ([Customer.RTM, Customer.Web], "Customer"),
    "Configuration": ([Configuration.Web], "Configuration"),
}


def rows(api: str) -> dict[str, list[str]]:
    """The cells of the rows of an API, by method."""
    section = PAGE.split(f"\n## {api}\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("| `")]
    cells = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines]
    return {re.sub(r"\W.*", "", row[0].strip("`")): row for row in cells}


@pytest.mark.parametrize("api", APIS)
def test_every_method_has_its_row_and_its_arguments(api: str) -> None:
    clients, _ = APIS[api]
    declared = {method.name: method for client in clients for method in methods(client)}

    assert rows(api).keys() == declared.keys()
    for name, method in declared.items():
        parameters = method.signature.parameters.values()
        arguments = [f"{each.name}{'?' * (each.default is not each.empty)}" for each in parameters]
        assert rows(api)[name][0] == f"`{name}({', '.join(arguments)})`"


@pytest.mark.parametrize("api", APIS)
@pytest.mark.parametrize(("column", "calls"), [(3, lc_sdk_js_calls.CALLS), (4, lc_sdk_python_calls.CALLS)])
def test_every_method_of_theirs_is_named_beside_ours(api: str, column: int, calls: dict[str, list[Call]]) -> None:
    _, prefix = APIS[api]
    theirs = {call.ours: call.method for client, each in calls.items() if client.startswith(prefix) for call in each}

    named = {name: row[column].split("`")[1] for name, row in rows(api).items() if row[column] != "–"}

    assert named == theirs
