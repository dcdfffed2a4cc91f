"""Choosing from a list while the focus stays in a field: the pattern that ARIA calls a combobox.

A value that never changes. It holds the ids of what there is to choose from; what they stand for knows whoever made
it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

__all__ = ["Picker", "step_of"]

_STEPS = {"ArrowDown": 1, "ArrowUp": -1}


def step_of(key: str) -> int:
    """How far a key goes through a list: 0 for one that does not."""
    return _STEPS.get(key, 0)


@dataclass(frozen=True, slots=True)
class Picker:
    """Some options, of which one, if there are any, would be taken now."""

    options: tuple[str, ...] = ()
    place: int = 0

    @property
    def active(self) -> str | None:
        """The option that would be taken now."""
        return self.options[self.place] if self.place < len(self.options) else None

    def moved(self, step: int) -> "Picker":
        """So many options on; after the last comes the first."""
        return replace(self, place=(self.place + step) % len(self.options)) if self.options else self

    def among(self, options: Iterable[str]) -> "Picker":
        """The same choice among other options; the first of them where it is gone."""
        offered = tuple(options)
        return Picker(offered, offered.index(self.active) if self.active in offered else 0)
