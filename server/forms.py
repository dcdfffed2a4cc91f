"""The forms of a group: before a chat, after it, and when nobody is there (spec: customer-web, section 2).

The platform has no public way to write them, or to read one that is not shown; ``update_form`` and ``list_forms`` are
this server's own.
"""

from collections.abc import Iterator
from secrets import token_hex

from sqlalchemy import select

from server import tables
from server.access import check_role
from server.chats import check_group
from server.transaction import Requester, Transaction
from widget.wire.base import Json
from widget.wire.configuration import GroupForm, ListForms, UpdateForm
from widget.wire.customer_requests import FormResult, GetForm
from widget.wire.errors import Refused
from widget.wire.new_events import FormField

__all__ = ["form_of", "get_form", "list_forms", "shown_forms", "update_form"]

LONGEST_LABEL = 1000
"""Characters of a question, or of a text between questions."""

LONGEST_CHOICE = 200
MOST_CHOICES = 50

_CHOICES = {"radio", "select", "checkbox", "group_chooser"}
"""Questions that are answered by choosing."""


def get_form(tx: Transaction, requester: Requester, request: GetForm) -> FormResult:
    """A form of a group. Raises Refused(group_not_found)."""
    check_group(tx.session, request.group_id)
    form = form_of(tx, request.group_id, request.type)
    return FormResult(enabled=form is not None, form=form)


def form_of(tx: Transaction, group_id: int, kind: str) -> Json | None:
    """A form of a group, if there is one and it is to be shown."""
    form = tx.session.get(tables.Form, (group_id, kind))
    return {"id": form.id, "fields": form.fields} if form is not None and form.enabled else None


def shown_forms(tx: Transaction, group_id: int) -> list[str]:
    """The types of the forms of a group that are to be shown."""
    query = select(tables.Form.type).where(tables.Form.group_id == group_id, tables.Form.enabled)
    return list(tx.session.scalars(query.order_by(tables.Form.type)))


def list_forms(tx: Transaction, requester: Requester, request: ListForms) -> list[GroupForm]:
    """All forms that were written, shown or not."""
    query = select(tables.Form).order_by(tables.Form.group_id, tables.Form.type)
    return [
        GroupForm.read({
            "group_id": form.group_id, "type": form.type, "enabled": form.enabled, "id": form.id, "fields": form.fields
        })
        for form in tx.session.scalars(query)
    ]  # fmt: skip


def update_form(tx: Transaction, requester: Requester, request: UpdateForm) -> None:
    """Write a form, or leave it out from now on. Raises Refused(validation) for one that nobody could fill in."""
    check_role(tx, requester, "administrator")
    check_group(tx.session, request.group_id)
    _check(tx, request)
    fields = [field.as_json() for field in request.fields]
    tx.session.merge(
        tables.Form(
            group_id=request.group_id, type=request.type, id=token_hex(8), enabled=request.enabled, fields=fields
        )
    )


def _check(tx: Transaction, form: UpdateForm) -> None:
    if form.enabled and not form.fields:
        raise Refused("validation", "`fields`: a form that is shown asks something")
    ids = [field.id for field in form.fields]
    if len(set(ids)) < len(ids):
        raise Refused("validation", "`fields`: two have the same id")
    for number, field in enumerate(form.fields):
        for why in _wrong(tx, field):
            raise Refused("validation", f"`fields.{number}`: {why}")


def _wrong(tx: Transaction, field: FormField) -> Iterator[str]:
    """What is wrong with a question."""
    if not field.label.strip() or len(field.label) > LONGEST_LABEL:
        yield f"its label has 1 to {LONGEST_LABEL} characters"
    if field.type not in _CHOICES:
        return
    choices = field.options or []
    if not 0 < len(choices) <= MOST_CHOICES:
        yield f"there are 1 to {MOST_CHOICES} options to choose from"
    labels = [option.get("label") for option in choices]
    if not all(isinstance(label, str) and 0 < len(label) <= LONGEST_CHOICE for label in labels):
        yield f"the label of an option has 1 to {LONGEST_CHOICE} characters"
    if len({str(option.get("id")) for option in choices}) < len(choices):
        yield "two options have the same id"
    if field.type == "group_chooser":
        groups = tx.session.scalars(select(tables.Group.id)).all()
        if any(option.get("group_id") not in groups for option in choices):
            yield "an option is for no group"
