"""Dates and numbers by the browser's ``Intl``: in one language, and in the visitor's time zone."""

from datetime import datetime, timedelta

import js
from pyodide.ffi import to_js

__all__ = ["IntlDates", "IntlNumbers"]

WEEK = 7


class IntlDates:
    """How moments are written in one language."""

    def __init__(self, language: str) -> None:
        self._clock = _format(language, {"hour": "numeric", "minute": "2-digit"})
        self._weekday = _format(language, {"weekday": "long"})
        self._date = _format(language, {"day": "numeric", "month": "long", "year": "numeric"})
        relative = {"numeric": "auto"}
        self._relative = js.Intl.RelativeTimeFormat.new(language, to_js(relative, dict_converter=js.Object.fromEntries))
        self._day_keys: dict[int, str] = {}

    def clock(self, moment: datetime) -> str:
        """``9:41 AM``."""
        return str(self._clock.format(moment.timestamp() * 1000))

    def day(self, moment: datetime) -> str:
        """``Today``, ``Yesterday``, a weekday within the last week, else the date."""
        days = (_local_day(datetime.now().timestamp()) - _local_day(moment.timestamp())).days
        if days in {0, 1}:
            text = str(self._relative.format(-days, "day"))
        else:
            text = str((self._weekday if 0 < days < WEEK else self._date).format(moment.timestamp() * 1000))
        return text[:1].upper() + text[1:]  # it stands alone, as a heading does

    def day_key(self, moment: datetime) -> str:
        """The local day."""
        # Asked for every message at every painting; events of one hour share a day.
        hour = int(moment.timestamp() // 900)
        if hour not in self._day_keys:
            self._day_keys[hour] = _local_day(moment.timestamp()).date().isoformat()
        return self._day_keys[hour]


class IntlNumbers:
    """How numbers are written in one language, and which form of a word goes with them (CLDR)."""

    def __init__(self, language: str) -> None:
        self._format = js.Intl.NumberFormat.new(language)
        self._rules = js.Intl.PluralRules.new(language)

    def written(self, number: int) -> str:
        """``1,204``."""
        return str(self._format.format(number))

    def category(self, number: int) -> str:
        """``zero``, ``one``, ``two``, ``few``, ``many`` or ``other``."""
        return str(self._rules.select(number))


def _local_day(seconds: float) -> datetime:
    # Python in the browser has no time zone database: the offset of that moment is the browser's to say.
    offset = -int(js.Date.new(seconds * 1000).getTimezoneOffset())
    shifted = datetime.fromtimestamp(0) + timedelta(seconds=seconds, minutes=offset)
    return shifted.replace(hour=0, minute=0, second=0, microsecond=0)


def _format(language: str, options: dict[str, str]) -> js.Intl.DateTimeFormat:
    return js.Intl.DateTimeFormat.new(language, to_js(options, dict_converter=js.Object.fromEntries))
