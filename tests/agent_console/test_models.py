"""The console's models need nothing that its image leaves out (tools/trim.py)."""

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

from pydantic import BaseModel

from tools.trim import NEVER_RUN

import_module("agent_console.app")  # with it come all of its models


def models(above: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """All that are made of a model."""
    for each in above.__subclasses__():
        yield each
        yield from models(each)


def functions(schema: Any) -> Iterator[Callable[..., Any]]:
    """The Python functions that a model's check calls."""
    if isinstance(schema, dict):
        for value in schema.values():
            yield from functions(value)
    elif isinstance(schema, list | tuple):
        for value in schema:
            yield from functions(value)
    elif callable(schema) and not isinstance(schema, type):
        yield getattr(schema, "func", schema)  # what a partial calls


def test_no_model_calls_python_that_is_not_in_the_image() -> None:
    left_out = [
        f"{model.__module__}.{model.__name__} calls {function.__qualname__}"
        for model in models(BaseModel)
        for function in functions(vars(model).get("__pydantic_core_schema__"))
        if NEVER_RUN.fullmatch(function.__module__ or "")
    ]

    assert left_out == []
