"""The forms of a group: before a chat, after it, and when nobody is there (spec: customer-web, section 2).

The platform has no public way to write them; ``update_form`` is this server's own.
"""

from secrets import token_hex

from server import tables
from server.access import check_role
from server.chats import check_group
from server.transaction import Requester, Transaction
from widget.wire.base import Json
from widget.wire.configuration import UpdateForm
from widget.wire.customer_requests import FormResult, GetForm

__all__ = ["form_of", "get_form", "update_form"]


def get_form(tx: Transaction, requester: Requester, request: GetForm) -> FormResult:
    """A form of a group. Raises Refused(group_not_found)."""
    check_group(tx.session, request.group_id)
    form = form_of(tx, request.group_id, request.type)
    return FormResult(enabled=form is not None, form=form)


def form_of(tx: Transaction, group_id: int, kind: str) -> Json | None:
    """A form of a group, if there is one and it is to be shown."""
    form = tx.session.get(tables.Form, (group_id, kind))
    return {"id": form.id, "fields": form.fields} if form is not None and form.enabled else None


def update_form(tx: Transaction, requester: Requester, request: UpdateForm) -> None:
    """Write a form, or leave it out from now on."""
    check_role(tx, requester, "administrator")
    check_group(tx.session, request.group_id)
    fields = [field.as_json() for field in request.fields]
    tx.session.merge(
        tables.Form(
            group_id=request.group_id, type=request.type, id=token_hex(8), enabled=request.enabled, fields=fields
        )
    )
