"""The versions of the APIs that are served, from one implementation that speaks the newest."""

from typing import Final

from pydantic import JsonValue

__all__ = ["VERSIONS", "for_version"]

VERSIONS: Final = ("3.4", "3.5", "3.6")


def for_version(value: JsonValue, version: str) -> JsonValue:
    """What is sent as a version has it: before 3.6 a customer's ``visit`` was called ``last_visit``."""
    if version >= "3.6":
        return value
    if isinstance(value, list):
        return [for_version(item, version) for item in value]
    if not isinstance(value, dict):
        return value
    renamed = {"visit": "last_visit"} if value.get("type") == "customer" else {}
    return {renamed.get(key, key): for_version(item, version) for key, item in value.items()}
