"""What the server says, as the model that it should fit."""

from typing import TypeVar

from pydantic import ValidationError

from widget.wire.base import Wire
from widget.wire.errors import ProtocolError
from widget.wire.frames import Payload

__all__ = ["read"]

AnyWire = TypeVar("AnyWire", bound=Wire)


def read(model: type[AnyWire], payload: Payload) -> AnyWire:
    """The model of an answer. Raises ProtocolError when it does not fit."""
    try:
        # What model_validate does, without its options: it is done for each push.
        return model.__pydantic_validator__.validate_python(payload)  # type: ignore[no-any-return]
    except ValidationError as error:
        raise ProtocolError(f"The server's answer is no {model.__name__}: {error}") from error
