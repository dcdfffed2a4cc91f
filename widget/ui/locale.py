"""Words, numbers, times and direction of the visitor's language.

Texts are looked up by the English text, as with gettext, in the words of the language; which form of a text goes with a
number, and how numbers and dates are written, say ``Numbers`` and ``Dates``, which the browser implements with
``Intl``. So a view never formats anything itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

__all__ = ["Dates", "EnglishNumbers", "Locale", "Numbers", "UtcDates", "Words", "later"]

Words = Mapping[str, str | Mapping[str, str]]
"""The texts of a language by the English ones. One that counts has a form for each of CLDR's plural categories, under
the English singular (``server/catalogues.py`` makes them of the catalogues)."""

ISOLATED = "\u2068{}\u2069"
"""A name in a text of the other direction, so that neither turns the other around (UAX 9, first strong isolate)."""


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


class Numbers(Protocol):
    """How numbers are written, and which form of a word goes with them."""

    def written(self, number: int) -> str:
        """``1,204``."""

    def category(self, number: int) -> str:
        """CLDR's plural category: ``zero``, ``one``, ``two``, ``few``, ``many`` or ``other``."""


class EnglishNumbers:
    """Plain numbers, for where there is no browser."""

    def written(self, number: int) -> str:
        """``1204``."""
        return str(number)

    def category(self, number: int) -> str:
        """``one`` or ``other``."""
        return "one" if number == 1 else "other"


@dataclass(frozen=True, slots=True)
class Locale:
    """One language: its tag, its direction, its words, its dates and its numbers. Without words, it is English."""

    language: str = "en-US"
    direction: str = "ltr"
    dates: Dates = field(default_factory=UtcDates)
    numbers: Numbers = field(default_factory=EnglishNumbers)
    words: Words = field(default_factory=dict)

    def text(self, message: str, /, **values: object) -> str:
        """A text in this language; ``{name}`` in it is replaced by the value of that name."""
        found = self.words.get(message)
        text = found if isinstance(found, str) else message
        return text.format(**{name: self._written(value) for name, value in values.items()}) if values else text

    def plural(self, one: str, many: str, count: int) -> str:
        """A text that counts; ``{count}`` in it is the number."""
        forms = self.words.get(one)
        if not isinstance(forms, Mapping):
            forms = {"one": one, "other": many}
        # A language whose rules the browser does not know counts like English there: it may ask for a form too few.
        text = forms.get(self.numbers.category(count)) or forms["other"]
        return text.format(count=self.numbers.written(count))

    def _written(self, value: object) -> str:
        if isinstance(value, int):
            return self.numbers.written(value)
        return ISOLATED.format(value) if self.direction == "rtl" and value else str(value)


def later(message: str) -> str:
    """Mark a text for the catalogues that is looked up elsewhere."""
    return message
