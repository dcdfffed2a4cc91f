"""Canned responses: texts that agents of a group, or one agent alone, keep ready to be sent (Configuration API 3.7)."""

from datetime import UTC, datetime
from typing import Final

from sqlalchemy import func, select

from server import tables
from server.access import role_of
from server.chats import check_group
from server.history import PageId
from server.transaction import Requester, Transaction
from widget.wire.canned_responses import (
    CannedResponse,
    CannedResponseById,
    CreateCannedResponse,
    ListCannedResponses,
    ListCannedResponsesResult,
    UpdateCannedResponse,
)
from widget.wire.errors import Refused

__all__ = ["create_canned_response", "delete_canned_response", "list_canned_responses", "update_canned_response"]

MOST_ON_PAGE: Final = 100


def create_canned_response(tx: Transaction, requester: Requester, request: CreateCannedResponse) -> CannedResponse:
    """A new text, of a group that the requester is in. Raises Refused(group_not_found), Refused(missing_access)."""
    _check_member(tx, requester, request.group_id)
    now = datetime.now(UTC)
    response = tables.CannedResponse(
        group_id=request.group_id,
        text=request.text,
        tags=request.tags,
        is_private=request.is_private,
        author_id=requester.user_id,
        created_at=now,
        modified_by=requester.user_id,
        modified_at=now,
    )
    tx.session.add(response)
    tx.session.flush()
    return _shown(response)


def update_canned_response(tx: Transaction, requester: Requester, request: UpdateCannedResponse) -> CannedResponse:
    """Change what is given. Raises Refused(not_found), Refused(missing_access)."""
    response = _find(tx, requester, request.id)
    if request.group_id is not None:
        _check_member(tx, requester, request.group_id)
    for name in ("text", "tags", "group_id", "is_private"):
        if (value := getattr(request, name)) is not None:
            setattr(response, name, value)
    response.modified_by, response.modified_at = requester.user_id, datetime.now(UTC)
    return _shown(response)


def delete_canned_response(tx: Transaction, requester: Requester, request: CannedResponseById) -> None:
    """Delete one. Raises Refused(not_found), Refused(missing_access)."""
    tx.session.delete(_find(tx, requester, request.id))


def list_canned_responses(
    tx: Transaction, requester: Requester, request: ListCannedResponses
) -> ListCannedResponsesResult:
    """A page of those of some groups, the oldest first; the private ones of others are nobody's to see."""
    page = _page(requester, request)
    wanted = ListCannedResponses.model_validate_json(page.filters or "{}")
    group_ids = _groups_of(tx, requester) if wanted.group_ids is None else wanted.group_ids
    for group_id in group_ids:
        _check_member(tx, requester, group_id)
    private = tables.CannedResponse.is_private
    seen = ~private | (tables.CannedResponse.author_id == requester.user_id) if wanted.include_private else ~private
    query = select(tables.CannedResponse).where(tables.CannedResponse.group_id.in_(group_ids), seen)
    limit = page.limit or MOST_ON_PAGE
    past = query.where(tables.CannedResponse.id > (page.edge or 0)).order_by(tables.CannedResponse.id)
    found = tx.session.scalars(past.limit(limit + 1)).all()
    return ListCannedResponsesResult(
        canned_responses=[_shown(response) for response in found[:limit]],
        found_canned_responses=tx.session.scalars(select(func.count()).select_from(query.subquery())).one(),
        next_page_id=page.beside(found[limit - 1].id, backwards=False) if len(found) > limit else None,
    )


def _page(requester: Requester, request: ListCannedResponses) -> PageId:
    of = f"canned responses for {requester.user_id}"
    if request.page_id is not None:
        if len(request.as_json()) > 1:
            raise Refused("validation", "`page_id` excludes everything else")
        return PageId.read(request.page_id, of)
    filters = request.model_dump_json(include={"group_ids", "include_private"})
    return PageId(of=of, sort_order="asc", limit=request.limit or MOST_ON_PAGE, filters=filters)


def _find(tx: Transaction, requester: Requester, response_id: int) -> tables.CannedResponse:
    response = tx.session.get(tables.CannedResponse, response_id) if abs(response_id) < 2**63 else None
    if response is None or (response.is_private and response.author_id != requester.user_id):
        raise Refused("not_found", "There is no canned response with this id.")
    _check_member(tx, requester, response.group_id)
    return response


def _check_member(tx: Transaction, requester: Requester, group_id: int) -> None:
    check_group(tx.session, group_id)
    if role_of(tx, requester) == "normal" and group_id not in _groups_of(tx, requester):
        raise Refused("missing_access", f"You are not in group {group_id}.")


def _groups_of(tx: Transaction, requester: Requester) -> list[int]:
    query = select(tables.GroupAgent.group_id).where(tables.GroupAgent.agent_id == requester.user_id)
    return list(tx.session.scalars(query))


def _shown(response: tables.CannedResponse) -> CannedResponse:
    return CannedResponse(
        id=response.id,
        text=response.text,
        tags=response.tags,
        group_id=response.group_id,
        is_private=response.is_private,
        author_id=response.author_id,
        created_at=response.created_at,
        modified_by=response.modified_by,
        modified_at=response.modified_at,
    )
