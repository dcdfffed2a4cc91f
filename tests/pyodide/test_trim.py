"""What the image leaves out (tools/trim.py) is what the widget does not need: watched while the core's tests run."""

import sys
from types import FunctionType
from typing import cast

import pytest

from tests.conftest import Pyodide
from tests.pyodide.test_core import MODULES, RUN
from tools import trim

WATCH = f"""
    import re, sys

    never_run = re.compile({trim.NEVER_RUN.pattern!r})
    ran = set()

    def home(frame):
        return frame.f_globals.get("__name__", "")

    def called(frame, event, argument):
        if event == "call" and never_run.fullmatch(home(frame)) and frame.f_back:
            caller = home(frame.f_back)
            if not never_run.fullmatch(caller) and not caller.startswith(("tests.", "unittest.", "__main__")):
                ran.add(f"{{caller}} called {{home(frame)}}.{{frame.f_code.co_qualname}}")

    sys.setprofile(called)
"""

STOP = """
    sys.setprofile(None)
    sorted(ran)
"""


IN_AN_IMAGE = [module for module in MODULES if module.startswith(("widget.", "customer_sdk."))]


@pytest.mark.parametrize("module", IN_AN_IMAGE)
def test_nothing_runs_that_an_image_leaves_out(pyodide: Pyodide, module: str) -> None:
    pyodide(f"    import tests.{module}")
    pyodide("    from widget.customer_sdk.arguments import prepare; prepare()")

    ran = pyodide(WATCH + RUN.replace("MODULE", module) + STOP)

    assert ran == []


def test_a_name_is_reached_when_somebody_who_is_reached_mentions_it() -> None:
    def mentions(it: object) -> object:
        from json import dumps

        return getattr(it, "as_text", dumps)

    reach = trim.Reach(set())
    reach.mark(mentions.__code__)
    reach.follow()

    assert {"as_text", "dumps", "json"} <= reach.names
    assert "json" in reach.modules()


def test_what_stands_in_for_a_function_asks_for_the_whole_python(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    class Js:
        startWholePython = staticmethod(lambda: asked.append("whole"))

    def fold(files: list[str]) -> str:
        return files[0]

    monkeypatch.setitem(sys.modules, "js", Js)
    fold.__code__ = trim.stand_in(cast("FunctionType", fold))

    with pytest.raises(RuntimeError, match="left out of the image"):
        fold([])
    assert asked == ["whole"]
