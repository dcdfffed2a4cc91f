"""Colours that go together: all of a theme's, worked out from the few that are chosen, and how far they stand out.

WCAG 2.2: text stands out by 4.5 to 1 (1.4.3), what can be used by 3 to 1 (1.4.11).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Literal

__all__ = ["INK", "PAPER", "Base", "Chosen", "Clash", "Meeting", "clashes", "contrast", "derived", "mended", "mix"]

TEXT: Final = 4.5
USABLE: Final = 3.0

Base = Literal["light", "dark"]

PAPER: Final[dict[Base, str]] = {"light": "#ffffff", "dark": "#13201c"}
INK: Final[dict[Base, str]] = {"light": "#1b2521", "dark": "#ecf2ee"}
"""As in static/tokens.css."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is chosen, as ``#rrggbb``. ``base`` decides about what is not: the colours of notes, errors and shadows."""

    base: Base
    accent: str
    paper: str
    ink: str


class Meeting(StrEnum):
    """Where two colours meet that have to stand out from each other."""

    TEXT_ON_PAPER = "text on the background"
    TEXT_ON_THEIRS = "text on the agent's messages"
    TEXT_ON_ACCENT = "text on the accent"
    ACCENT_ON_PAPER = "the accent on the background"


@dataclass(frozen=True, slots=True)
class Clash:
    """Two colours that are too near to each other: by how much they stand out, and must."""

    where: Meeting
    one: str
    two: str
    ratio: float
    least: float


def clashes(chosen: Chosen) -> list[Clash]:
    """All that would be hard to read."""
    return [clash for clash in _meetings(chosen) if clash.ratio < clash.least]


def derived(chosen: Chosen) -> dict[str, str]:
    """The variables of static/tokens.css."""
    paper, ink, accent = chosen.paper, chosen.ink, chosen.accent
    accent_ink = _on(accent)
    on_paper = accent if contrast(accent, paper) >= TEXT else ink
    return {
        "--paper": paper,
        "--raised": paper,
        "--ground": mix(paper, ink, 0.04),
        "--line": mix(paper, ink, 0.14),
        "--theirs": _theirs(chosen),
        "--ink": ink,
        "--ink-2": _fainter(ink, paper),
        "--accent": accent,
        "--accent-ink": accent_ink,
        "--accent-soft": mix(paper, accent, 0.12),
        "--accent-text": on_paper,
        "--focus": accent,
        "--head": accent,
        "--head-ink": accent_ink,
        "--head-ink-2": accent_ink,
    }


def mended(chosen: Chosen, where: Meeting) -> Chosen:
    """The same with the nearest shade, darker or lighter, of the colour that does not stand out there.

    It stands out wherever else it has to, too. Of what no shade can mend, the one that stands out most.
    """
    of_accent = where in _OF_ACCENT
    family, color = (_OF_ACCENT, chosen.accent) if of_accent else (_OF_INK, chosen.ink)

    def with_(shade: str) -> Chosen:
        return replace(chosen, accent=shade) if of_accent else replace(chosen, ink=shade)

    shades = (mix(color, end, part / 100) for part in range(1, 101) for end in ("#000000", "#ffffff"))
    good = (each for each in map(with_, shades) if not any(clash.where in family for clash in clashes(each)))
    return next(good, with_(_on(chosen.paper)))


_OF_INK = {Meeting.TEXT_ON_PAPER, Meeting.TEXT_ON_THEIRS}
_OF_ACCENT = {Meeting.TEXT_ON_ACCENT, Meeting.ACCENT_ON_PAPER}


def contrast(one: str, two: str) -> float:
    """How far two colours stand out from each other, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    light, dark = sorted((_luminance(one), _luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def mix(one: str, two: str, part: float) -> str:
    """A colour with a part of another, 0 to 1, in it."""
    mixed = (round(a + (b - a) * part) for a, b in zip(_rgb(one), _rgb(two), strict=True))
    return "#" + "".join(f"{value:02x}" for value in mixed)


def _meetings(chosen: Chosen) -> Iterator[Clash]:
    for where, one, two, least in (
        (Meeting.TEXT_ON_PAPER, chosen.ink, chosen.paper, TEXT),
        (Meeting.TEXT_ON_THEIRS, chosen.ink, _theirs(chosen), TEXT),
        (Meeting.TEXT_ON_ACCENT, _on(chosen.accent), chosen.accent, TEXT),
        (Meeting.ACCENT_ON_PAPER, chosen.accent, chosen.paper, USABLE),
    ):
        yield Clash(where, one, two, contrast(one, two), least)


def _on(accent: str) -> str:
    return max("#ffffff", "#0b1f1a", key=lambda each: contrast(each, accent))


def _theirs(chosen: Chosen) -> str:
    return mix(chosen.paper, chosen.ink, 0.07)


def _fainter(ink: str, paper: str) -> str:
    """The faintest text that can still be read, on the background and on what is a little nearer to the text."""
    grounds = (paper, mix(paper, ink, 0.07))
    steps = (mix(ink, paper, part / 100) for part in range(35, 0, -1))
    return next((each for each in steps if min(contrast(each, ground) for ground in grounds) >= TEXT), ink)


def _rgb(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def _luminance(color: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (each / 255 for each in _rgb(color))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
