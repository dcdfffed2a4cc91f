"""The language of a page: the one that its address names, else the first of ours that the browser wants."""

from collections.abc import Iterator

from widget.ui.languages import ENGLISH, Language, found

__all__ = ["language_for"]


def language_for(asked: str | None, accepted: str) -> Language:
    """``asked``: ``?lang=``; ``accepted``: the header ``Accept-Language``. English where neither is one of ours."""
    if asked is not None:
        return found(asked) or ENGLISH
    return next((language for tag in _wanted(accepted) if (language := found(tag))), ENGLISH)


def _wanted(accepted: str) -> Iterator[str]:
    """The tags of an ``Accept-Language``, the most wanted first (RFC 9110, section 12.5.4)."""
    ranges = [_weighed(each) for each in accepted.split(",")]
    yield from (tag for tag, weight in sorted(ranges, key=lambda it: -it[1]) if weight > 0)


def _weighed(spec: str) -> tuple[str, float]:
    """``("de", 0.8)`` for ``de;q=0.8``; 0 for a weight that is none, so that nobody gets what they cannot read."""
    tag, _, weight = spec.partition(";")
    try:
        return tag.strip(), float(weight.strip().removeprefix("q=") or 1) if weight else 1.0
    except ValueError:
        return tag.strip(), 0.0
