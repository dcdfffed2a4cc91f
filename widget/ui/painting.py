"""What stands on the screen, and what of it has to be different.

The page is told of changes only: the markup around the log when that has changed, and of the log's rows the order and
the new ones. So a message costs the page the same in a long conversation as in a short one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from widget.ui.log import DrawnRow

__all__ = ["Change", "Painted"]


@dataclass(frozen=True, slots=True)
class Change:
    """What the page has to do.

    ``around``: the markup around the log; ``order``: the ids of all rows; None when they stay as they are. ``fresh``:
    markup by id. ``above``: how many entries are left out before the first row; None when all are there. ``to_end``:
    the newest row is to be seen; otherwise what is being read stays where it is.
    """

    around: str | None
    order: tuple[str, ...] | None
    fresh: dict[str, str]
    above: int | None
    to_end: bool

    @property
    def empty(self) -> bool:
        """Whether the page has nothing to do."""
        return self.around is None and self.order is None and not self.to_end


class Painted:
    """The rows that are on the screen."""

    def __init__(self) -> None:
        self._rows: dict[str, str] = {}
        self._above: int | None = None

    def change(self, around: str | None, rows: Sequence[DrawnRow], *, above: int | None, to_end: bool) -> Change:
        """What has to be done so that these rows stand there. It is taken as done."""
        wanted: dict[str, str] = {drawn.id: drawn.markup for drawn in rows}
        fresh = {row: markup for row, markup in wanted.items() if self._rows.get(row) != markup}
        same = not fresh and above == self._above and list(wanted) == list(self._rows)
        self._rows, self._above = wanted, above
        return Change(around, None if same else tuple(wanted), fresh, above, to_end)
