"""The core does in the browser's Python what it does on CPython: the same tests, run there.

pytest itself does not run in the browser; a test is a function, and its parameters are in its mark. What needs
hypothesis (tests/widget/test_properties.py) has compiled parts and stays on CPython.
"""

import pytest

from tests.conftest import Pyodide

MODULES = [
    *(
        f"widget.test_{part}"
        for part in ("auth", "commands", "connection", "conversation", "outbox", "session", "views")
    ),
    "widget.test_wire",
    *(f"customer_sdk.test_{part}" for part in ("bridge", "emitter", "files", "history", "sdk2", "sdk5")),
    *(f"platform_sdk.test_{part}" for part in ("methods", "rtm", "tokens", "web")),
]

RUN = """
    import importlib, inspect, traceback

    def cases(test):
        marks = [mark for mark in getattr(test, "pytestmark", []) if mark.name == "parametrize"]
        if not marks:
            return [{}]
        names, values = marks[0].args
        if isinstance(names, str):
            return [{names: value} for value in values]
        return [dict(zip(names, value)) for value in values]

    passed, failed = 0, []
    module = importlib.import_module("tests.MODULE")
    for name, test in vars(module).items():
        for case in cases(test) if name.startswith("test_") else []:
            try:
                outcome = test(**case)
                if inspect.isawaitable(outcome):
                    await outcome
                passed += 1
            except BaseException:
                failed.append(f"{name}({case})\\n{traceback.format_exc()}")
    {"passed": passed, "failed": failed}
"""


@pytest.mark.parametrize("module", MODULES)
def test_what_holds_on_cpython_holds_in_the_browsers_python(pyodide: Pyodide, module: str) -> None:
    outcome = pyodide(RUN.replace("MODULE", module))

    assert outcome["failed"] == []
    assert outcome["passed"] > 5
