"""The declarations for TypeScript say what Python has, and what is told is what they say."""

import subprocess
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from tests.customer_sdk import test_sdk2, test_sdk5
from tools.declarations import DECLARATIONS, declarations
from tools.setup import ROOT, ready_node
from widget.customer_sdk import payloads2, payloads5, sdk2, sdk5

COMPILER = ROOT / "node_modules" / "typescript" / "bin" / "tsc"


def test_they_are_as_they_should_be() -> None:
    assert DECLARATIONS.read_text(encoding="utf-8") == declarations(), "make declarations writes them anew"


@pytest.mark.parametrize(("payloads", "names"), [(payloads2, sdk2.NAMES), (payloads5, sdk5.NAMES)])
def test_they_have_every_event(payloads: Any, names: frozenset[str]) -> None:
    assert set(payloads.Told.__annotations__) == names


def strictly(kind: Any) -> TypeAdapter[Any]:
    """Takes what is of a type and has no more fields than that."""
    return TypeAdapter(list[kind], config={"extra": "forbid", "strict": True})


@pytest.mark.parametrize(
    ("payloads", "name", "payload"),
    [
        (payloads, name, payload)
        for payloads, table in ((payloads2, test_sdk2.TOLD), (payloads5, test_sdk5.TOLD))
        for _, _, told in table
        for name, payload in told
    ],
)
def test_what_is_told_is_what_they_say(payloads: Any, name: str, payload: Any) -> None:
    strictly(payloads.Told.__annotations__[name]).validate_python([payload])


@pytest.mark.skipif(not COMPILER.is_file(), reason="make test installs TypeScript")
def test_typescript_takes_what_a_site_may_write_and_nothing_else() -> None:
    options = ["--noEmit", "--strict", "--target", "es2022", "--module", "esnext", "--moduleResolution", "bundler"]
    uses = Path(__file__).with_name("uses.ts")

    read = subprocess.run([ready_node().node, COMPILER, *options, uses], capture_output=True, text=True, check=False)

    assert (read.returncode, read.stdout) == (0, "")
