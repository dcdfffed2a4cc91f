"""For all tests: their marks, the order they run in, and the browser's Python."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent
from threading import Timer
from typing import Any

import pytest
from hypothesis import settings

from tools.setup import BUILD, ROOT, ready_node

TESTS = Path(__file__).parent
MARKED = ("browser", "pyodide", "real_sdks")
IN_BROWSERS = ("browser", "real_sdks")

SNIPPET_SECONDS = 300

# A busy machine is no failure. `make test` tries the same examples each time: what it says is about the change; `make
# check` tries fewer, and others each time.
settings.register_profile("untimed", deadline=None, derandomize=True)
settings.register_profile("quick", deadline=None, max_examples=20)
settings.load_profile("untimed")

Pyodide = Callable[[str], Any]
"""Runs a Python snippet in the browser's Python; returns the value of its last expression, by way of JSON."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--page as-written``: all tests in the browser, and not only some, against that form of the widget's page."""
    parser.addoption("--page", choices=["compiled", "as-written"])


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of tests/browser, tests/pyodide and tests/real_sdks, and run those of the browser last.

    Last, because they are the slowest, and because Playwright's event loop, once started, stays: no coroutine of
    another test could run after it in the same thread. One that fails in a browser gets three more chances, as a busy
    machine can have it wait for too long; the report counts them.
    """
    for item in items:
        if room(item) in MARKED:
            item.add_marker(room(item))
        if room(item) in IN_BROWSERS:
            item.add_marker(pytest.mark.flaky(reruns=3))
    items.sort(key=lambda item: room(item) == "browser")


def room(item: pytest.Item) -> str:
    """The folder or file in tests/ that a test is in."""
    return item.path.relative_to(TESTS).parts[0]


@pytest.fixture(scope="session")
def pyodide() -> Iterator[Pyodide]:
    """The browser's Python under Node, with the packages of build/runtime, and `widget` importable.

    One interpreter for all tests, fresh globals for each snippet. A snippet may `await`; what it prints is shown
    with the test, and an exception in it fails the test.
    """
    if not (BUILD / "runtime" / "pyodide.mjs").is_file():
        pytest.fail("build/runtime is missing: run make build")
    command: list[str | Path] = [
        ready_node().node,
        "--experimental-websocket",  # Node 20 has one, but keeps it to itself
        TESTS / "pyodide" / "run.mjs",
        BUILD / "runtime",
        ROOT,
        Path(pytest.__file__).parent.parent,
    ]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as node:
        yield lambda code: value(answer(node, dedent(code)))
        node.communicate()  # no more snippets: it ends


def answer(node: subprocess.Popen[str], code: str) -> str:
    """Send one snippet to run.mjs and wait for its line."""
    assert node.stdin
    assert node.stdout
    limit = Timer(SNIPPET_SECONDS, node.kill)
    limit.start()
    node.stdin.write(json.dumps(code) + "\n")
    node.stdin.flush()
    line = node.stdout.readline()
    limit.cancel()
    return line


def value(line: str) -> Any:
    """What a snippet resulted in. Fails the test when it raised, or when the interpreter is gone."""
    if not line:
        pytest.fail(f"the browser's Python ended, or took more than {SNIPPET_SECONDS} s", pytrace=False)
    outcome = json.loads(line)
    if "error" in outcome:
        pytest.fail(outcome["error"], pytrace=False)
    return outcome["value"]
