"""docs/server-api.md lists what the server does: every action, and tests that exist."""

import re

import pytest

from server.customer_chat_30 import CUSTOMER_CHAT_30
from server.web import APIS
from tools.setup import ROOT

TABLES = (ROOT / "docs" / "server-api.md").read_text(encoding="utf-8").split("\n## ")

APIS_BY_TITLE = {
    "Customer Chat 3.3 to 3.6": APIS["customer"],
    "Customer Chat 3.0": CUSTOMER_CHAT_30,
    "Agent Chat 3.3 to 3.6": APIS["agent"],
    "Configuration": APIS["configuration"],
}


@pytest.mark.parametrize("title", APIS_BY_TITLE)
def test_every_action_is_in_the_table(title: str) -> None:
    table = next(each for each in TABLES if each.startswith(f"{title}\n"))
    listed = set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) - {"login", "upload_file", "send_file"}

    assert listed == set(APIS_BY_TITLE[title].actions)


def test_the_tests_it_names_are_there() -> None:
    named = set(re.findall(r"`(tests/[\w/]+\.py)`", "".join(TABLES)))

    assert named != set()
    assert [name for name in named if not (ROOT / name).is_file()] == []
