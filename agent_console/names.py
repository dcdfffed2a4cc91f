"""What people are called, and moments in as few words as a list has room for."""

from collections.abc import Sequence
from datetime import datetime
from functools import reduce

from widget.ui.locale import Locale
from widget.wire.users import Agent, User

__all__ = ["listed", "moment", "name_of", "waited"]


def name_of(user: User | None, locale: Locale) -> str:
    """A person's name. A visitor who has not told theirs goes by the beginning of their id."""
    if user is None:
        return locale.text("Visitor")
    if user.name and user.name.strip():
        return user.name.strip()
    if isinstance(user, Agent):
        return user.id
    return user.email or locale.text("Visitor {id}", id=user.id[:4].upper())


def listed(names: Sequence[str], locale: Locale) -> str:
    """Several names in a row, as the language writes them."""
    return reduce(lambda before, name: locale.text("{before}, {name}", before=before, name=name), names or [""])


def moment(when: datetime, now: datetime, locale: Locale) -> str:
    """The time of day for today, else the day."""
    today = locale.dates.day_key(when) == locale.dates.day_key(now)
    return locale.dates.clock(when) if today else locale.dates.day(when)


def waited(since: datetime, now: datetime, locale: Locale) -> str:
    """How long something has waited: ``now``, ``4 min``, ``2 h 5 min``, ``3 days``."""
    minutes = max(0, int((now - since).total_seconds() // 60))
    if minutes == 0:
        return locale.text("just now")
    if minutes < 60:
        return locale.text("{minutes} min", minutes=minutes)
    if minutes < 24 * 60:
        return locale.text("{hours} h {minutes} min", hours=minutes // 60, minutes=minutes % 60)
    return locale.plural("{count} day", "{count} days", minutes // (24 * 60))
