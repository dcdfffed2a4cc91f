"""Themes of a widget: a few colours that a site chooses, checked for contrast, and all others worked out from them."""

from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field

from widget.ui.colors import INK, PAPER, Base, Chosen, clashes, contrast, derived, mix

__all__ = ["BUILT_IN", "BadTheme", "Theme", "colors", "contrast", "mix"]

BUILT_IN: Final = ("auto", "dark", "light")
"""Names that every widget has (static/commands.js)."""

Color = Annotated[str, Field(pattern="^#[0-9a-fA-F]{6}$")]


class BadTheme(ValueError):
    """It cannot be read by everybody; the message says which colours are too near to each other."""


class Theme(BaseModel):
    """What is chosen. ``base`` decides about the colours that are not: those of notes, errors and shadows."""

    model_config = ConfigDict(extra="forbid")

    base: Base = "light"
    accent: Color
    background: Color | None = None
    text: Color | None = None


def colors(theme: Theme) -> dict[str, str]:
    """The variables of static/tokens.css for a theme. Raises BadTheme."""
    paper, ink = theme.background or PAPER[theme.base], theme.text or INK[theme.base]
    chosen = Chosen(theme.base, theme.accent, paper, ink)
    for clash in clashes(chosen):
        raise BadTheme(
            f"{clash.where}: {clash.one} and {clash.two} stand out by {clash.ratio:.1f} to 1, "
            f"and must by {clash.least:g} to 1"
        )
    return derived(chosen)
