"""To which group a customer comes, by the page he is on: the first auto access that fits."""

from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from server import tables

__all__ = ["group_for"]


def group_for(session: Session, url: str) -> int | None:
    """The group that the rules give for a page, or None when none of them fits."""
    rules = session.scalars(select(tables.AutoAccess).order_by(tables.AutoAccess.place))
    return next((rule.group_ids[0] for rule in rules if _fits(rule.conditions, url)), None)


def _fits(conditions: dict[str, Any], url: str) -> bool:
    """Whether all conditions hold. Where on earth customers are is not known here, so no rule about that fits."""
    domain = urlsplit(url).hostname or ""
    return (
        "geolocation" not in conditions
        and _among(conditions.get("url"), url)
        and _among(conditions.get("domain"), domain)
    )


def _among(wanted: dict[str, Any] | None, text: str) -> bool:
    if wanted is None:
        return True
    listed = wanted.get("values") or wanted.get("exclude_values") or []
    found = any(each["value"] == text if each["exact_match"] else each["value"] in text for each in listed)
    return found is ("values" in wanted)
