"""Words, times and direction of the visitor's language.

Texts go through gettext with the English text as key; dates through ``Dates``, which the browser implements with
``Intl``. So a view never formats anything itself.
"""

from dataclasses import dataclass, field
from datetime import datetime
from gettext import NullTranslations
from typing import Protocol

__all__ = ["Dates", "Locale", "UtcDates"]


class Dates(Protocol):
    """How moments are written."""

    def clock(self, moment: datetime) -> str:
        """The time of day: ``9:41 AM``."""

    def day(self, moment: datetime) -> str:
        """The day, as near as it is: ``Today``, ``Monday``, ``3 May 2026``."""

    def day_key(self, moment: datetime) -> str:
        """Equal for two moments of the same day where the reader is."""


class UtcDates:
    """Plain dates in UTC, for where there is no browser."""

    def clock(self, moment: datetime) -> str:
        """``09:41``."""
        return f"{moment:%H:%M}"

    def day(self, moment: datetime) -> str:
        """``2026-05-03``."""
        return self.day_key(moment)

    def day_key(self, moment: datetime) -> str:
        """``2026-05-03``."""
        return f"{moment:%Y-%m-%d}"


@dataclass(frozen=True, slots=True)
class Locale:
    """One language: its tag, its direction, its catalogue and its dates."""

    language: str = "en-US"
    direction: str = "ltr"
    dates: Dates = field(default_factory=UtcDates)
    catalogue: NullTranslations = field(default_factory=NullTranslations)

    def text(self, message: str, **values: object) -> str:
        """A text in this language; ``{name}`` in it is replaced by the value of that name."""
        translated = self.catalogue.gettext(message)
        return translated.format(**values) if values else translated

    def plural(self, one: str, many: str, count: int) -> str:
        """A text that counts; ``{count}`` in it is the number."""
        return self.catalogue.ngettext(one, many, count).format(count=count)
