"""docs/customer-sdk.md has every method and event, with a test that there is."""

import re
from pathlib import Path

import pytest

from tools.setup import ROOT
from widget.customer_sdk import sdk2, sdk5

PAGE = (ROOT / "docs" / "customer-sdk.md").read_text()
TOLD_TO_US = {"identified", "welcome", "lost", "ended", "told"}
"""What the client calls, and nobody else (``widget.customer_sdk.client.Listener``)."""

ELSEWHERE = {"probe", "events"}
"""Ours only; the text names them."""


@pytest.mark.parametrize("sdk", [sdk2.CustomerSDK2, sdk5.CustomerSDK5])
def test_the_page_has_every_method(sdk: type) -> None:
    methods = {name for name in dir(sdk) if not name.startswith("_")} - TOLD_TO_US - ELSEWHERE

    assert {name for name in methods if not re.search(rf"`{name}[(`]", PAGE)} == set()


@pytest.mark.parametrize("names", [sdk2.NAMES, sdk5.NAMES])
def test_the_page_has_every_event(names: frozenset[str]) -> None:
    assert {name for name in names if f"| `{name}` |" not in PAGE} == set()


def test_every_test_that_the_page_names_is_there() -> None:
    tests = "".join(
        file.read_text()
        for file in [*Path(__file__).parent.glob("test_*.py"), ROOT / "tests" / "browser" / "test_customer_sdk.py"]
    )

    assert {name for name in re.findall(r"`(test_\w+)`", PAGE) if f"def {name}(" not in tests} == set()


def test_the_example_is_python() -> None:
    (example,) = re.findall(r"```python\n(.*?)```", PAGE, flags=re.DOTALL)

    compile(example, "docs/customer-sdk.md", "exec")
