"""The names that the JavaScript has are those that Python has."""

import re

import pytest

from tools.setup import ROOT
from widget.customer_sdk import sdk2, sdk5
from widget.customer_sdk.bridge import METHODS

SCRIPT = (ROOT / "static" / "customer_sdk" / "vocabulary.js").read_text(encoding="utf-8")


def names(vocabulary: str, kind: str) -> list[str]:
    """The names of a kind in one of the script's vocabularies."""
    part = SCRIPT.split(f"export const {vocabulary} = ", 1)[1].split("\n}", 1)[0]
    found = re.search(rf"\b{kind}: \[(.*?)\]", part, re.DOTALL)
    assert found is not None
    return re.findall(r"'(\w+)'", found[1])


@pytest.mark.parametrize(("vocabulary", "sdk"), [("first", sdk2.CustomerSDK2), ("today", sdk5.CustomerSDK5)])
def test_the_methods(vocabulary: str, sdk: type) -> None:
    listed = [name for kind in ("answered", "told", "uploads", "histories") for name in names(vocabulary, kind)]

    assert sorted(listed) == sorted(METHODS[sdk])


@pytest.mark.parametrize(("vocabulary", "events"), [("first", sdk2.NAMES), ("today", sdk5.NAMES)])
def test_the_events(vocabulary: str, events: frozenset[str]) -> None:
    assert names(vocabulary, "events") == sorted(events)
