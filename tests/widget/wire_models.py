"""Every model of the wire, and values of each: what its fields say may come."""

from __future__ import annotations

import importlib
import pkgutil
from datetime import UTC, datetime
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import pydantic
from annotated_types import Ge, Le, MaxLen, MinLen
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from pydantic import StringConstraints
from pydantic.fields import FieldInfo

import widget.wire
from widget.wire.base import Wire, format_timestamp

__all__ = ["JSON", "MODELS", "missing", "payloads"]

TEXT = st.text(max_size=8)
MOST = 2**53
"""Beyond it JavaScript's numbers are not whole."""

JSON: SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-MOST, MOST) | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=5,
)

MOMENTS = st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)).map(format_timestamp)


def _models() -> dict[str, type[Wire]]:
    for module in pkgutil.iter_modules(widget.wire.__path__):
        importlib.import_module(f"widget.wire.{module.name}")
    found: dict[str, type[Wire]] = {}
    waiting = [Wire]
    while waiting:
        for model in waiting.pop().__subclasses__():
            if model.__module__.startswith("widget.wire."):
                found[f"{model.__module__.removeprefix('widget.wire.')}.{model.__name__}"] = model
                waiting.append(model)
    return dict(sorted(found.items()))


MODELS = _models()
"""By module and name."""


def missing(before: Any, after: Any, path: str = "") -> list[str]:
    """Where something is missing or different; what was left out may have its default now."""
    if isinstance(before, dict) and isinstance(after, dict):
        return [each for name in before for each in missing(before[name], after.get(name), f"{path}.{name}")]
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        return [each for pair in zip(before, after, strict=True) for each in missing(*pair, f"{path}[]")]
    return [] if before == after and type(before) is type(after) else [path]


def payloads(model: type[Wire]) -> SearchStrategy[dict[str, Any]]:
    """JSON objects that fit a model: all that it requires, some of what it allows, and things it does not know."""
    required: dict[str, SearchStrategy[Any]] = {}
    optional: dict[str, SearchStrategy[Any]] = {}
    for name, field in model.model_fields.items():
        value = _of_field(field)
        (required if field.is_required() or name == "type" else optional)[field.alias or name] = value
    unknown = st.dictionaries(st.sampled_from(["__new", "sparkle"]), JSON, max_size=2)
    known = st.fixed_dictionaries(required, optional=optional)
    return st.builds(lambda known, unknown: {**unknown, **known}, known, unknown)


def _of_field(field: FieldInfo) -> SearchStrategy[Any]:
    rebuilt: Any = field.annotation
    # What is not set is left out on the wire: null would not come back.
    if rebuilt is Any or rebuilt is pydantic.JsonValue:
        return JSON.filter(lambda value: value is not None)
    if get_origin(rebuilt) in (Union, UnionType) and not field.is_required():
        choices = [each for each in get_args(rebuilt) if each is not NoneType]
        return st.one_of([_of(each, tuple(field.metadata)) for each in choices])
    return _of(rebuilt, tuple(field.metadata))


def _of(annotation: Any, metadata: tuple[Any, ...] = ()) -> SearchStrategy[Any]:
    origin, args = get_origin(annotation), get_args(annotation)
    if annotation is Any or annotation is pydantic.JsonValue or origin is pydantic.JsonValue:
        return JSON
    if origin is Annotated:
        return _of(args[0], (*metadata, *args[1:]))
    if origin in (Union, UnionType):
        return st.one_of([_of(each, metadata) for each in args if each is not NoneType])
    if origin is Literal:
        return st.sampled_from(args)
    least, most = _bounds(metadata)
    if origin is list:
        return st.lists(_of(args[0]), min_size=least or 0, max_size=min(most or 2, (least or 0) + 2))
    if origin is dict:
        return st.dictionaries(_of(args[0]), _of(args[1]), max_size=2)
    patterns = [str(each.pattern) for each in metadata if isinstance(each, StringConstraints) and each.pattern]
    return _plain(annotation, least, most, patterns[0] if patterns else None)


def _plain(annotation: Any, least: int | None, most: int | None, pattern: str | None) -> SearchStrategy[Any]:
    if isinstance(annotation, type) and issubclass(annotation, Wire):
        return payloads(annotation)
    if annotation is bool:
        return st.booleans()
    if annotation is int:
        return st.integers(-MOST if least is None else least, MOST if most is None else most)
    if annotation is float:
        return st.floats(least, most, allow_nan=False, allow_infinity=False)
    if annotation is str and pattern is not None:
        return st.from_regex(pattern)
    if annotation is str:
        return st.text(min_size=least or 0, max_size=max(least or 0, min(most or 8, 8)))
    if annotation is datetime or annotation is pydantic.AwareDatetime:
        return MOMENTS
    raise NotImplementedError(f"no values for {annotation}")


def _bounds(metadata: tuple[Any, ...]) -> tuple[int | None, int | None]:
    least = most = None
    for each in metadata:
        if isinstance(each, FieldInfo):
            inner = _bounds(tuple(each.metadata))
            least, most = inner[0] if inner[0] is not None else least, inner[1] if inner[1] is not None else most
        if isinstance(each, StringConstraints):
            least, most = each.min_length, each.max_length
        if isinstance(each, Ge | MinLen):
            least = each.ge if isinstance(each, Ge) else each.min_length  # type: ignore[assignment]
        if isinstance(each, Le | MaxLen):
            most = each.le if isinstance(each, Le) else each.max_length  # type: ignore[assignment]
    return least, most
