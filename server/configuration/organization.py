"""The organization itself: its ids, its plan, its company (Configuration API)."""

from sqlalchemy import select

from server import tables
from server.access import check_role
from server.api import Nothing
from server.limits import check_length
from server.organization import LICENSE_ID, ORGANIZATION_ID
from server.transaction import Requester, Transaction
from widget.wire.base import Json, Timestamp, Wire
from widget.wire.configuration import CheckLimits, CompanyDetails, LicenseOf, OrganizationOf
from widget.wire.errors import Refused

__all__ = [
    "check_product_limits_for_plan",
    "get_company_details",
    "get_license_id",
    "get_license_info",
    "get_organization_id",
    "get_product_source",
    "list_channels",
    "update_company_details",
]

COMPANY = frozenset(
    [
        "audience",
        "chat_purpose",
        "city",
        "company",
        "company_size",
        "country",
        "invoice_email",
        "invoice_name",
        "nip",
        "postal_code",
        "state",
        "street",
        "phone",
        "province",
        "url",
    ]
)


class Channel(Wire):
    """A way by which customers come."""

    channel_type: str
    channel_subtype: str
    first_activity_timestamp: Timestamp


class Excess(Wire):
    """Something of which there is more than a plan allows."""

    resource: str
    limit_balance: int


def get_organization_id(tx: Transaction, requester: Requester, request: OrganizationOf) -> Json:
    """The organization of a licence."""
    if request.license_id != LICENSE_ID:
        raise Refused("not_found", "There is no such licence here.")
    return {"organization_id": ORGANIZATION_ID}


def get_license_id(tx: Transaction, requester: Requester, request: LicenseOf) -> Json:
    """The licence of an organization."""
    if request.organization_id != ORGANIZATION_ID:
        raise Refused("not_found", "There is no such organization here.")
    return {"license_id": LICENSE_ID}


def get_license_info(tx: Transaction, requester: Requester, request: Nothing) -> Json:
    """The licence of whoever asks (Agent Chat API 3.5)."""
    return {"license_id": LICENSE_ID, "organization_id": ORGANIZATION_ID}


def list_channels(tx: Transaction, requester: Requester, request: Nothing) -> list[Channel]:
    """Customers come by the code on a page, once one has."""
    first = tx.session.scalars(select(tables.Chat).order_by(tables.Chat.created_at).limit(1)).first()
    if first is None:
        return []
    return [Channel(channel_type="code", channel_subtype="", first_activity_timestamp=first.created_at)]


def check_product_limits_for_plan(tx: Transaction, requester: Requester, request: CheckLimits) -> list[Excess]:
    """There are no plans here, so nothing is beyond one."""
    check_role(tx, requester, "administrator")
    return []


def get_product_source(tx: Transaction, requester: Requester, request: Nothing) -> Json:
    """Where the organization came from: nobody sold it anything."""
    return {"source_id": "", "source_type": "", "source_url": ""}


def get_company_details(tx: Transaction, requester: Requester, request: Nothing) -> Json:
    """What is known of the company."""
    return tx.session.get_one(tables.License, LICENSE_ID).company


def update_company_details(tx: Transaction, requester: Requester, request: CompanyDetails) -> None:
    """Change what is given of the company. Raises Refused(validation) for what is no text."""
    check_role(tx, requester, "administrator")
    given = {name: value for name, value in request.as_json().items() if name in COMPANY}
    for name, value in given.items():
        if not isinstance(value, str):
            raise Refused("validation", f"`{name}` must be text")
        check_length(name, value, 500)
    row = tx.session.get_one(tables.License, LICENSE_ID)
    row.company = {**row.company, **given}
