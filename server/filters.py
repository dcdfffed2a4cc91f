"""Filters of lists, as conditions of a query (the platform's documentation, "List Archives" and "List Chats")."""

import json
from collections.abc import Callable
from typing import Any

from pydantic import Field, JsonValue, model_validator
from sqlalchemy import ColumnElement, false, func, true
from sqlalchemy.orm import InstrumentedAttribute

from server.api import read_payload
from widget.wire.base import Json, Properties, Wire
from widget.wire.errors import Refused

__all__ = ["Choice", "choice", "compare", "property_filter"]

MOST = 200
"""How many values one filter may have."""


class Choice(Wire):
    """Some values, all but some values, or whether there is one at all; only one of the three."""

    exists: bool | None = None
    values: list[JsonValue] | None = Field(default=None, max_length=MOST)
    exclude_values: list[JsonValue] | None = Field(default=None, max_length=MOST)
    require_every_value: bool = False

    @model_validator(mode="after")
    def _one_of_them(self) -> "Choice":
        given = [name for name in ("exists", "values", "exclude_values") if getattr(self, name) is not None]
        if len(given) != 1:
            raise ValueError("give one of `exists`, `values` and `exclude_values`")
        return self

    def condition(
        self, has: Callable[[JsonValue], ColumnElement[bool]], any_: ColumnElement[bool]
    ) -> ColumnElement[bool]:
        """What rows must be: ``has`` says of a row that it has a value, ``any_`` that it has one at all."""
        if self.exists is not None:
            return any_ if self.exists else ~any_
        listed = self.values if self.values is not None else self.exclude_values or []
        found = _all(has, listed) if self.require_every_value else _any(has, listed)
        return found if self.values is not None else ~found


def choice(given: Json) -> Choice:
    """The choice of a filter. Raises Refused(validation)."""
    return read_payload(Choice, given)


def _any(has: Callable[[JsonValue], ColumnElement[bool]], values: list[JsonValue]) -> ColumnElement[bool]:
    condition: ColumnElement[bool] = false()
    for value in values:
        condition |= has(value)
    return condition


def _all(has: Callable[[JsonValue], ColumnElement[bool]], values: list[JsonValue]) -> ColumnElement[bool]:
    condition: ColumnElement[bool] = true()
    for value in values:
        condition &= has(value)
    return condition


def property_filter(column: InstrumentedAttribute[Properties], given: Json) -> ColumnElement[bool]:
    """The condition for properties: ``{namespace: {name: choice}}``. Raises Refused(validation)."""
    condition: ColumnElement[bool] = true()
    for space, names in given.items():
        if not isinstance(names, dict):
            raise Refused("validation", "`filters.properties` must be objects by namespace and name")
        for name, one in names.items():
            if not isinstance(one, dict):
                raise Refused("validation", "`filters.properties` must be objects by namespace and name")
            found = func.json_extract(column, f"$.{json.dumps(space)}.{json.dumps(name)}")
            condition &= choice(one).condition(_equal_to(found), found.is_not(None))
    return condition


def _equal_to(column: ColumnElement[Any]) -> Callable[[JsonValue], ColumnElement[bool]]:
    return lambda value: (column == (int(value) if isinstance(value, bool) else value)) & column.is_not(None)


_COMPARISONS: dict[str, Callable[[Any, Any], ColumnElement[bool]]] = {
    "lte": lambda column, value: column <= value,
    "lt": lambda column, value: column < value,
    "gte": lambda column, value: column >= value,
    "gt": lambda column, value: column > value,
    "eq": lambda column, value: column == value,
}


def compare(column: Any, given: Json, read: Callable[[JsonValue], Any]) -> ColumnElement[bool]:
    """The condition for a number or moment: ``{lte, lt, gte, gt, eq}``. Raises Refused(validation)."""
    condition: ColumnElement[bool] = true()
    for word, value in given.items():
        if word not in _COMPARISONS:
            raise Refused("validation", f"a filter cannot have {word[:20]!r}; it has {', '.join(_COMPARISONS)}")
        try:
            condition &= _COMPARISONS[word](column, read(value))
        except (TypeError, ValueError) as error:
            raise Refused("validation", f"{value!r:.40} cannot be compared") from error
    return condition
