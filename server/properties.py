"""Properties: values that programs attach to chats, threads, events, groups and the licence, and who may touch which.

Each belongs to a namespace and is defined before it is used: by the platform, or by whoever registered it (the
platform's documentation, "Properties").
"""

from collections.abc import Mapping
from typing import Final, Literal

from pydantic import Field, JsonValue, StrictBool, StrictInt, StrictStr, TypeAdapter, ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from server import tables
from server.default_properties import DEFAULTS
from server.limits import check_length
from widget.wire.base import Properties, Wire
from widget.wire.errors import Refused

__all__ = ["Definition", "Location", "Registry", "Side", "merged", "without"]

Location = Literal["license", "group", "chat", "thread", "event"]
Side = Literal["agent", "customer"]
Names = dict[str, list[str]]
"""Names of properties, by namespace."""

_TYPES: Final[Mapping[str, TypeAdapter[object]]] = {
    "int": TypeAdapter(StrictInt),
    "bool": TypeAdapter(StrictBool),
    "string": TypeAdapter(StrictStr),
    "tokenized_string": TypeAdapter(StrictStr),
}


class Range(Wire):
    """The numbers from one to another, both included."""

    lowest: int | None = Field(default=None, alias="from")
    highest: int | None = Field(default=None, alias="to")


class Definition(Wire):
    """What a property may hold, and who may read and write it where."""

    type: Literal["int", "bool", "string", "tokenized_string"]
    access: dict[Location, dict[Side, list[Literal["read", "write"]]]]
    description: str | None = None
    domain: list[JsonValue] | None = None
    range: Range | None = None
    default_value: JsonValue = None
    public_access: list[Literal["read", "write"]] | None = None

    def allows(self, side: Side, right: Literal["read", "write"], location: Location) -> bool:
        """Whether somebody of a side may read or write it there."""
        return right in self.access.get(location, {}).get(side, [])

    def check(self, name: str, value: JsonValue) -> None:
        """Raises Refused(validation) for a value that it may not hold."""
        try:
            _TYPES[self.type].validate_python(value)
        except ValidationError as error:
            raise Refused("validation", f"property `{name}` must be of type {self.type}") from error
        if self.domain is not None and value not in self.domain:
            raise Refused("validation", f"property `{name}` must be one of {self.domain}")
        if self.range is not None and isinstance(value, int):
            low, high = self.range.lowest, self.range.highest
            if (low is not None and value < low) or (high is not None and value > high):
                raise Refused("validation", f"property `{name}` is out of range")


_DEFAULTS: Final = {key: Definition.read(definition) for key, definition in DEFAULTS.items()}


class Registry:
    """All properties that are defined, as they are in one transaction."""

    def __init__(self, session: Session) -> None:
        registered = {
            (row.namespace, row.name): Definition.read(row.definition)
            for row in session.scalars(select(tables.Property))
        }
        self._definitions = {**registered, **_DEFAULTS}

    def check(self, side: Side, location: Location, properties: Properties) -> None:
        """Raises Refused when somebody of a side may not write these values there."""
        for space, values in properties.items():
            for name, value in values.items():
                self._writable(side, location, space, name).check(f"{space}.{name}", value)

    def check_names(self, side: Side, location: Location, names: Names) -> None:
        """The same for names that are to be deleted."""
        for space, listed in names.items():
            for name in listed:
                self._writable(side, location, space, name)

    def _writable(self, side: Side, location: Location, space: str, name: str) -> Definition:
        definition = self._definitions.get((space, name))
        if definition is None:
            raise Refused("validation", f"there is no property `{space[:80]}.{name[:80]}`")
        if not definition.allows(side, "write", location):
            raise Refused("authorization", f"{side}s may not write `{space}.{name}` in {location}s")
        return definition

    def readable(self, side: Side, location: Location, properties: Properties) -> Properties:
        """Of these properties those that somebody of a side may read there."""
        seen = {
            space: {name: value for name, value in values.items() if self._may_read(side, location, space, name)}
            for space, values in properties.items()
        }
        return {space: values for space, values in seen.items() if values}

    def readable_names(self, side: Side, location: Location, names: Names) -> Names:
        """The same for names."""
        seen = {
            space: [name for name in listed if self._may_read(side, location, space, name)]
            for space, listed in names.items()
        }
        return {space: listed for space, listed in seen.items() if listed}

    def _may_read(self, side: Side, location: Location, space: str, name: str) -> bool:
        definition = self._definitions.get((space, name))
        return definition is not None and definition.allows(side, "read", location)

    def with_defaults(self, location: Location, properties: Properties) -> Properties:
        """Properties, and the default values of those that are not set."""
        defaults: Properties = {}
        for (space, name), definition in self._definitions.items():
            if definition.default_value is not None and location in definition.access:
                defaults.setdefault(space, {})[name] = definition.default_value
        return merged(defaults, properties)


def merged(old: Properties, new: Properties) -> Properties:
    """Properties with others put over them, name by name. Raises Refused(validation) when they are too long."""
    both = {space: {**old.get(space, {}), **new.get(space, {})} for space in {**old, **new}}
    check_length("properties", both)
    return both


def without(old: Properties, names: Names) -> Properties:
    """Properties without those of these names."""
    left = {
        space: {name: value for name, value in values.items() if name not in names.get(space, [])}
        for space, values in old.items()
    }
    return {space: values for space, values in left.items() if values}
