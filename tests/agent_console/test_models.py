"""The console's models need nothing that its image leaves out (tools/trim.py)."""

import subprocess
import sys

from tools.setup import ROOT

LOOK = """
import agent_console.app  # with it come all of its models
from pydantic import BaseModel
from tools.trim import NEVER_RUN


def models(above):
    for each in above.__subclasses__():
        yield each
        yield from models(each)


def functions(schema):
    if isinstance(schema, dict):
        schema = [*schema.values()]
    if isinstance(schema, (list, tuple)):
        for each in schema:
            yield from functions(each)
    elif callable(schema) and not isinstance(schema, type):
        yield getattr(schema, "func", schema)  # what a partial calls


for model in models(BaseModel):
    for function in functions(vars(model).get("__pydantic_core_schema__")):
        if NEVER_RUN.fullmatch(function.__module__ or ""):
            print(model.__module__, model.__name__, "calls", function.__qualname__)
"""
"""Which of its models call Python that is left out; in a process of its own, where nobody else's models are."""


def test_no_model_calls_python_that_is_not_in_the_image() -> None:
    looked = subprocess.run([sys.executable, "-c", LOOK], cwd=ROOT, capture_output=True, text=True, check=True)

    assert looked.stdout == ""
