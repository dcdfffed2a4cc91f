"""Configuration API 3.7: texts that agents keep ready to be sent (lc-sdk-python 0.4.2 has the requests)."""

from typing import Annotated

from pydantic import Field, StringConstraints

from widget.wire.base import Timestamp, Wire

__all__ = [
    "CannedResponse",
    "CannedResponseById",
    "CreateCannedResponse",
    "ListCannedResponses",
    "ListCannedResponsesResult",
    "UpdateCannedResponse",
]

Text = Annotated[str, StringConstraints(min_length=1, max_length=2000)]
Tags = Annotated[list[Annotated[str, StringConstraints(min_length=1, max_length=50)]], Field(max_length=20)]


class CannedResponse(Wire):
    """A text that is kept ready. ``is_private``: only its author sees it."""

    id: int
    text: str
    tags: list[str]
    group_id: int
    is_private: bool
    author_id: str
    created_at: Timestamp
    modified_by: str
    modified_at: Timestamp


class CreateCannedResponse(Wire):
    """``create_canned_response``."""

    text: Text
    tags: Tags
    group_id: int
    is_private: bool = False


class UpdateCannedResponse(Wire):
    """``update_canned_response``: what is given is changed."""

    id: int
    text: Text | None = None
    tags: Tags | None = None
    group_id: int | None = None
    is_private: bool | None = None


class CannedResponseById(Wire):
    """``delete_canned_response``."""

    id: int


class ListCannedResponses(Wire):
    """``list_canned_responses``; no groups stand for all of the requester's, ``page_id`` excludes the rest."""

    group_ids: list[int] | None = None
    include_private: bool | None = None
    limit: int | None = Field(default=None, ge=1, le=100)
    page_id: str | None = None


class ListCannedResponsesResult(Wire):
    """A page of them."""

    canned_responses: list[CannedResponse]
    found_canned_responses: int
    next_page_id: str | None = None
