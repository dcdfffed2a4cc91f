"""When a greeting is shown: its rules, against what a customer does (the platform's documentation, "Create Greeting").

Rules that need a map of the world, or an account with an advertiser, are never met here.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qs, urlsplit

from pydantic import JsonValue

from widget.wire.configuration import GreetingRule

__all__ = ["Circumstances", "fulfilled", "wait"]


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Where a customer is, came from and has been. ``urls`` are the pages of the visit, the present one last."""

    urls: Sequence[str]
    referrer: str
    visits: int
    seconds_on_site: float
    seconds_on_page: float
    session_fields: Mapping[str, str]

    @property
    def url(self) -> str:
        """The page that the customer is on."""
        return self.urls[-1] if self.urls else ""


_TEXTS: Final[Mapping[str, Callable[[str, str], bool]]] = {
    "equals": lambda is_, wanted: is_ == wanted,
    "doesnt_equal": lambda is_, wanted: is_ != wanted,
    "contains": lambda is_, wanted: wanted in is_,
    "doesnt_contain": lambda is_, wanted: wanted not in is_,
}
_NUMBERS: Final[Mapping[str, Callable[[float, float], bool]]] = {
    "equals": lambda is_, wanted: is_ == wanted,
    "doesnt_equal": lambda is_, wanted: is_ != wanted,
    "lower_than": lambda is_, wanted: is_ < wanted,
    "lower_or_equal": lambda is_, wanted: is_ <= wanted,
    "greater_than": lambda is_, wanted: is_ > wanted,
    "greater_or_equal": lambda is_, wanted: is_ >= wanted,
}


def fulfilled(rules: Sequence[JsonValue], now: Circumstances) -> bool:
    """Whether all rules that must be met are, and one of those of which one is enough."""
    read = [GreetingRule.model_validate(rule) for rule in rules]
    needed = [_met(rule, now) for rule in read if rule.condition == "and"]
    enough = [_met(rule, now) for rule in read if rule.condition == "or"]
    return all(needed) and (not enough or any(enough))


def wait(rules: Sequence[JsonValue], now: Circumstances) -> float | None:
    """In how many seconds a rule about time will be met that is not yet; None if there is none."""
    spent = {"visit_time_site": now.seconds_on_site, "visit_time_page": now.seconds_on_page}
    read = [GreetingRule.model_validate(rule) for rule in rules]
    left = [_number(rule.value) + 0.1 - spent[rule.type] for rule in read if rule.type in spent and not _met(rule, now)]
    return min((each for each in left if each > 0), default=None)


def _met(rule: GreetingRule, now: Circumstances) -> bool:
    match rule.type:
        case "visit_time_site":
            return _compared(rule, now.seconds_on_site)
        case "visit_time_page":
            return _compared(rule, now.seconds_on_page)
        case "pages_view_number":
            return _compared(rule, len(now.urls))
        case "visits_number":
            return _compared(rule, now.visits)
        case "url_current":
            return _matches(rule.operator, now.url, rule.value)
        case "url_visited":
            return any(_matches(rule.operator, url, rule.value) for url in now.urls)
        case "url_referrer":
            return _matches(rule.operator, now.referrer, rule.value)
        case "search_keyword":
            words = parse_qs(urlsplit(now.referrer).query).get("q", [""])
            return _matches(rule.operator, words[0], rule.value)
        case "url_funnel":
            return _went_through(rule, now.urls)
        case "url_match_page_view_number":
            return _compared(rule, sum(_one_of(rule, url) for url in now.urls))
        case "custom_variable":
            return all(now.session_fields.get(name) == value for name, value in (rule.session_field or {}).items())
        case _:
            return False


def _compared(rule: GreetingRule, value: float) -> bool:
    compare = _NUMBERS.get(rule.operator or "")
    return compare is not None and compare(value, _number(rule.value))


def _number(value: str | None) -> float:
    return float(value) if value is not None and value.replace(".", "", 1).isdecimal() else 0.0


def _matches(operator: str | None, text: str, wanted: str | None) -> bool:
    match = _TEXTS.get(operator or "")
    return match is not None and match(text, wanted or "")


def _one_of(rule: GreetingRule, url: str) -> bool:
    return any(_matches(each.operator, url, each.url) for each in rule.urls or [])


def _went_through(rule: GreetingRule, urls: Sequence[str]) -> bool:
    """Whether the last pages of a visit are those of a funnel, in its order."""
    steps = rule.urls or []
    last = urls[-len(steps) :] if steps else []
    return len(last) == len(steps) > 0 and all(
        _matches(step.operator, url, step.url) for step, url in zip(steps, last, strict=True)
    )
