"""What every model of the wire has in common: unknown fields survive, absent fields stay absent."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Self

import pydantic
from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    GetCoreSchemaHandler,
    PlainSerializer,
    SerializerFunctionWrapHandler,
    model_serializer,
)
from pydantic_core import CoreSchema, core_schema

__all__ = ["Json", "JsonValue", "Properties", "Timestamp", "Wire", "format_timestamp"]


class _AsItIs:
    """A value of JSON that is passed on. It comes from a JSON text, so there is nothing to be checked in it."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.any_schema()


JsonValue = Annotated[pydantic.JsonValue, _AsItIs]
"""Any value of JSON. Pydantic's own would call a Python function for each value in it, each time it is read."""

Json = dict[str, JsonValue]
"""A JSON object."""

Properties = dict[str, dict[str, JsonValue]]
"""Properties by namespace and name, as API 3.2 and later send them: ``{namespace: {name: value}}``."""


_NO_OFFSET = timedelta()


def format_timestamp(moment: datetime) -> str:
    """RFC 3339 in UTC with microseconds, as the platform writes it: ``2020-05-07T07:11:28.288340Z``."""
    if moment.utcoffset() != _NO_OFFSET:
        moment = moment.astimezone(UTC)
    return f"{moment.replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


Timestamp = Annotated[AwareDatetime, PlainSerializer(format_timestamp, return_type=str)]
"""A moment on the wire, always with a time zone (spec: customer-rtm, section 5)."""


class Wire(BaseModel):
    """A JSON object of the API.

    Fields that we do not know are kept and sent on as they came; fields that are None are left out, because the
    platform omits what is not set.
    """

    model_config = ConfigDict(extra="allow", populate_by_name=True)

    @classmethod
    def read(cls, payload: Mapping[str, Any]) -> Self:
        """The model of a payload. Raises pydantic's ValidationError when a known field has a wrong shape."""
        return cls.model_validate(payload)

    def as_json(self) -> Json:
        """The JSON object to send."""
        return self.model_dump(mode="json", by_alias=True)

    @model_serializer(mode="wrap")
    def _leave_out_what_is_not_set(self, dump: SerializerFunctionWrapHandler) -> Json:
        unknown = self.__pydantic_extra__ or {}
        return {name: value for name, value in dump(self).items() if value is not None or name in unknown}
