"""Themes of a widget: a few colours that a site chooses, checked for contrast, and all others worked out from them.

WCAG 2.2: text stands out by 4.5 to 1 (1.4.3), what can be used by 3 to 1 (1.4.11).
"""

from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

__all__ = ["BUILT_IN", "BadTheme", "Theme", "colors", "contrast"]

BUILT_IN: Final = ("auto", "dark", "light")
"""Names that every widget has (static/commands.js)."""

TEXT: Final = 4.5
USABLE: Final = 3.0

PAPER: Final = {"light": "#ffffff", "dark": "#13201c"}
INK: Final = {"light": "#1b2521", "dark": "#ecf2ee"}
"""As in static/tokens.css."""

Color = Annotated[str, Field(pattern="^#[0-9a-fA-F]{6}$")]


class BadTheme(ValueError):
    """It cannot be read by everybody; the message says which colours are too near to each other."""


class Theme(BaseModel):
    """What is chosen. ``base`` decides about the colours that are not: those of notes, errors and shadows."""

    model_config = ConfigDict(extra="forbid")

    base: Literal["light", "dark"] = "light"
    accent: Color
    background: Color | None = None
    text: Color | None = None


def colors(theme: Theme) -> dict[str, str]:
    """The variables of static/tokens.css for a theme. Raises BadTheme."""
    paper, ink = theme.background or PAPER[theme.base], theme.text or INK[theme.base]
    theirs = mix(paper, ink, 0.07)
    accent_ink = max("#ffffff", "#0b1f1a", key=lambda each: contrast(each, theme.accent))
    _check("text on the background", ink, paper, TEXT)
    _check("text on the agent's messages", ink, theirs, TEXT)
    _check("text on the accent", accent_ink, theme.accent, TEXT)
    _check("the accent on the background", theme.accent, paper, USABLE)
    on_paper = theme.accent if contrast(theme.accent, paper) >= TEXT else ink
    return {
        "--paper": paper,
        "--raised": paper,
        "--ground": mix(paper, ink, 0.04),
        "--line": mix(paper, ink, 0.14),
        "--theirs": theirs,
        "--ink": ink,
        "--ink-2": _fainter(ink, paper),
        "--accent": theme.accent,
        "--accent-ink": accent_ink,
        "--accent-soft": mix(paper, theme.accent, 0.12),
        "--accent-text": on_paper,
        "--focus": theme.accent,
        "--head": theme.accent,
        "--head-ink": accent_ink,
        "--head-ink-2": accent_ink,
    }


def contrast(one: str, two: str) -> float:
    """How far two colours stand out from each other, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    light, dark = sorted((_luminance(one), _luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def mix(one: str, two: str, part: float) -> str:
    """A colour with a part of another, 0 to 1, in it."""
    mixed = (round(a + (b - a) * part) for a, b in zip(_rgb(one), _rgb(two), strict=True))
    return "#" + "".join(f"{value:02x}" for value in mixed)


def _fainter(ink: str, paper: str) -> str:
    """The faintest text that can still be read, on the background and on what is a little darker."""
    ground = mix(paper, ink, 0.07)
    steps = (mix(ink, paper, part / 100) for part in range(35, 0, -1))
    return next((each for each in steps if contrast(each, ground) >= TEXT), ink)


def _check(what: str, one: str, two: str, least: float) -> None:
    ratio = contrast(one, two)
    if ratio < least:
        raise BadTheme(f"{what}: {one} and {two} stand out by {ratio:.1f} to 1, and must by {least:g} to 1")


def _rgb(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def _luminance(color: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (each / 255 for each in _rgb(color))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
