"""Batches: one action done several times, each time in a step of its own (the documentation, "Batch requests")."""

from collections.abc import Callable
from typing import Any

from pydantic import JsonValue

from server.api import Action
from server.transaction import Requester, Transaction
from widget.wire.configuration import Batch, BatchResult
from widget.wire.errors import Refused

__all__ = ["batch"]


def batch(action: Action[Any]) -> Action[Batch]:
    """The action that does another one for each of its requests; one that is refused changes nothing."""
    return Action(Batch, _each(action))


def _each(action: Action[Any]) -> Callable[[Transaction, Requester, Batch], BatchResult]:
    def handle(tx: Transaction, requester: Requester, request: Batch) -> BatchResult:
        return BatchResult(responses=[_one(tx, requester, action, each) for each in request.requests])

    return handle


def _one(tx: Transaction, requester: Requester, action: Action[Any], payload: dict[str, JsonValue]) -> JsonValue:
    told = len(tx.pushes), len(tx.news)
    step = tx.session.begin_nested()
    try:
        answer = action(tx, requester, payload)
        step.commit()
    except Refused as refused:
        step.rollback()
        del tx.pushes[told[0] :], tx.news[told[1] :]
        return {"error": refused.body().as_json()}
    return answer
