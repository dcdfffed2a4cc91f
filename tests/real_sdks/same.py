"""What two clients have done, side by side: where they differ, and where they may."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from fnmatch import fnmatchcase
from typing import Any

from tools.setup import ROOT

__all__ = ["ALLOWED", "Difference", "Row", "differences", "numbered"]

ABSENT = "–"

MADE_UP = re.compile(
    r"""
      (?P<id> [0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}
            | (?<![A-Za-z0-9]) (?: [0-9a-f]{32} | [A-Z][A-Z0-9]{9} ) (?![A-Za-z0-9]) )
    | (?P<time> \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d) )
    | (?P<text> \b[A-Za-z0-9_.-]{40,}={0,2} )
    """,
    re.VERBOSE,
)
"""Ids, moments, and what only the server can read: tokens, ids of pages."""


@dataclass(frozen=True)
class Difference:
    """In what is sent (``frame``), given (``result``) or told (``event``), by its name.

    ``field`` is a path; where it is all of it, a dash.
    """

    where: str
    field: str
    theirs: Any
    ours: Any


@dataclass(frozen=True)
class Row:
    """A difference that may be."""

    where: str
    field: str
    theirs: str
    ours: str
    why: str

    def allows(self, difference: Difference) -> bool:
        """Whether this is it."""
        return (
            fnmatchcase(difference.where, self.where)
            and fnmatchcase(difference.field, self.field)
            and self._says(self.theirs, difference.theirs)
            and self._says(self.ours, difference.ours)
        )

    @staticmethod
    def _says(cell: str, value: Any) -> bool:
        return cell == "*" or cell == (value if value == ABSENT else json.dumps(value))


def _rows() -> list[Row]:
    page = (ROOT / "docs" / "livechats-packages.md").read_text(encoding="utf-8")
    table = page.split("## Where ours differs from customer-sdk 4.0.2")[1].split("\n## ")[0]
    lines = [line for line in table.splitlines() if line.startswith("| `")]
    return [Row(*(cell.strip().strip("`") for cell in line.strip("|").split(" | "))) for line in lines]


ALLOWED = _rows()


def numbered(told: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """The same, with everything that is made up numbered in the order in which it appears."""
    numbers: dict[str, str] = {}

    def number(found: re.Match[str]) -> str:
        if found["id"] is None:
            return str(found.lastgroup)
        return numbers.setdefault(found[0], f"id {len(numbers)}")

    return [(name, json.loads(MADE_UP.sub(number, json.dumps(value)))) for name, value in told]


def differences(kind: str, theirs: list[tuple[str, Any]], ours: list[tuple[str, Any]]) -> list[Difference]:
    """Where two lists of things differ that have names."""
    theirs, ours = numbered(theirs), numbered(ours)
    names = SequenceMatcher(None, [name for name, _ in theirs], [name for name, _ in ours], autojunk=False)
    found: list[Difference] = []
    for same, i1, i2, j1, j2 in names.get_opcodes():
        if same == "equal":
            for (name, left), (_, right) in zip(theirs[i1:i2], ours[j1:j2], strict=True):
                found += [Difference(f"{kind} {name}", *each) for each in _compared(left, right, "")]
        else:
            found += [Difference(f"{kind} {name}", ABSENT, "there", ABSENT) for name, _ in theirs[i1:i2]]
            found += [Difference(f"{kind} {name}", ABSENT, ABSENT, "there") for name, _ in ours[j1:j2]]
    return found


def _compared(theirs: Any, ours: Any, path: str) -> Iterator[tuple[str, Any, Any]]:
    if isinstance(theirs, dict) and isinstance(ours, dict):
        for name in {**theirs, **ours}:
            at = f"{path}.{name}".lstrip(".")
            yield from _compared(theirs.get(name, ABSENT), ours.get(name, ABSENT), at)
    elif isinstance(theirs, list) and isinstance(ours, list) and len(theirs) == len(ours):
        for left, right in zip(theirs, ours, strict=True):
            yield from _compared(left, right, f"{path}[]")
    elif theirs != ours or type(theirs) is not type(ours):
        yield path or ABSENT, theirs, ours
