"""docs/livechats-packages.md lists what the packages have when they run, each thing with a test that pytest finds."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from functools import cache

import pytest

from tests.real_sdks import lc_sdk_js_calls, lc_sdk_python_calls
from tests.real_sdks.calls import Call
from tests.real_sdks.clients import InBrowser, InNode
from tests.real_sdks.conftest import Packages
from tests.real_sdks.exposed import events_of_2, events_of_4
from tests.real_sdks.tls import TlsServer
from tools.setup import ROOT

PAGE = (ROOT / "docs" / "livechats-packages.md").read_text(encoding="utf-8")
FOLDER = "tests/real_sdks"

VERSION_4 = "@livechat/customer-sdk==4.0.2 ws==8.18.3"
VERSION_2 = "@livechat/customer-sdk==2.0.0-alpha.3"
SCRIPT_OF_2 = "node_modules/@livechat/customer-sdk/dist/customer-sdk.js"


def rows(package: str, kind: str) -> list[list[str]]:
    """The rows of a package's table of methods, events or pushes."""
    section = PAGE.split(f"\n## {package}\n")[1].split("\n## ")[0]
    table = section.split(f"\n| {kind} |")[1].split("\n\n")[0]
    lines = [line for line in table.splitlines() if line.startswith("| `")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


def listed(package: str, kind: str) -> list[str]:
    """What a table lists."""
    return [row[0].strip("`") for row in rows(package, kind)]


def test_version_4_has_these_methods(server: TlsServer, registry_packages: Packages) -> None:
    sdk = InNode(registry_packages(VERSION_4), server)
    members = sdk.members()
    sdk.close()

    assert set(listed("customer-sdk 4.0.2", "method")) == members


def test_version_4_has_these_events(registry_packages: Packages) -> None:
    assert set(listed("customer-sdk 4.0.2", "event")) == events_of_4(registry_packages(VERSION_4))


def test_version_2_has_these_methods(server: TlsServer, registry_packages: Packages) -> None:
    sdk = InBrowser(registry_packages(VERSION_2) / SCRIPT_OF_2, server)
    members = {re.sub(r"^(Symbol\.|@@)", "", name) for name in sdk.members()}
    sdk.close()

    assert set(listed("customer-sdk 2.0.0-alpha.3", "method")) == members


def test_version_2_has_these_events(registry_packages: Packages) -> None:
    assert set(listed("customer-sdk 2.0.0-alpha.3", "event")) == events_of_2(registry_packages(VERSION_2))


@pytest.mark.parametrize(
    ("package", "calls"),
    [("lc-sdk-js 4.0.2", lc_sdk_js_calls.CALLS), ("lc-sdk-python 0.4.2", lc_sdk_python_calls.CALLS)],
)
def test_lc_sdk_has_these_methods(package: str, calls: dict[str, list[Call]]) -> None:
    """The calls are what each of them exposes: ``test_the_table_has_every_method_they_expose`` sees to that."""
    made = {(call.method, f"`{client}`") for client, of_client in calls.items() for call in of_client}

    assert {(row[0].strip("`"), client) for row in rows(package, "method") for client in row[1].split(", ")} == made


def test_lc_sdk_js_has_these_pushes() -> None:
    """They are those that it names: ``test_a_push_is_heard`` compares them."""
    made = {(push, f"`{client}`") for client, pushes in lc_sdk_js_calls.PUSHES.items() for push in pushes}

    found = {(row[0].strip("`"), client) for row in rows("lc-sdk-js 4.0.2", "push") for client in row[1].split(", ")}
    assert found == made


# The tests


@cache
def collected() -> frozenset[str]:
    """The ids of all tests here, without the folder."""
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", FOLDER]
    own = {name: value for name, value in os.environ.items() if name != "PYTEST_ADDOPTS"}
    said = subprocess.run(command, cwd=ROOT, env=own, capture_output=True, text=True, check=False).stdout
    return frozenset(line.removeprefix(f"{FOLDER}/") for line in said.splitlines() if "::" in line)


def named() -> set[str]:
    """The tests that the page names, CLIENT standing for each client of its row."""
    found: set[str] = set()
    for line in PAGE.splitlines():
        clients = re.findall(r"`((?:Agent|Customer|Configuration)\.?(?:RTM|Web|Api))`", line)
        for test in re.findall(r"`(test_\w+\.py::[^`]+)`", line):
            found |= {test.replace("CLIENT", client) for client in clients} if "CLIENT" in test else {test}
    return found


def test_every_test_that_the_page_names_is_there() -> None:
    assert {test for test in named() if test not in collected()} == set()


def test_every_row_names_a_test() -> None:
    for package in ("customer-sdk 4.0.2", "customer-sdk 2.0.0-alpha.3", "lc-sdk-js 4.0.2", "lc-sdk-python 0.4.2"):
        for row in rows(package, "method"):
            assert "::" in row[-1], row


def test_no_test_is_left_out_when_it_fails() -> None:
    """All of them are green, and none because it may fail."""
    marks = [
        file.name
        for file in (ROOT / FOLDER).glob("test_*.py")
        if re.search(r"\bmark\.xfail\b", file.read_text("utf-8"))
    ]

    assert marks == []
