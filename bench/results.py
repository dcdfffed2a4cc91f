"""Rows: what was measured, what it is measured against, and how they are shown and kept."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median, quantiles

__all__ = ["Row", "percentile", "row", "table", "write"]


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of ours and its baseline, both in ``unit``: ms, bytes or a count.

    ``ratio`` is None where it says nothing: the figure is a difference, or its baseline may be nought. ``goal`` is what
    the figure itself should not be above, where that is not a ratio.
    """

    value: float
    baseline: float
    ratio: float | None
    unit: str
    goal: float | None = None


def row(values: list[float], baselines: list[float], unit: str = "ms", goal: float | None = None) -> Row:
    """The row of two series: their medians, and what share of the baseline ours is, if that is not nothing."""
    value, baseline = median(values), median(baselines)
    return Row(round(value), round(baseline), round(value / baseline, 3) if baseline else None, unit, goal)


def percentile(values: list[float], share: int) -> float:
    """The value that so many in a hundred are not above."""
    return quantiles(values, n=100, method="inclusive")[share - 1]


def table(rows: dict[str, Row]) -> str:
    """The rows for people."""
    lines = [f"{'':24}{'ours':>12}{'baseline':>12}{'ratio':>8}{'goal':>8}"]
    for name, it in rows.items():
        ratio = "" if it.ratio is None else f"{it.ratio:.2f}"
        goal = "" if it.goal is None else f"{it.goal:,.0f}"
        lines.append(f"{name:24}{it.value:>12,.0f}{it.baseline:>12,.0f}{ratio:>8}{goal:>8}  {it.unit}")
    return "\n".join(lines)


def write(rows: dict[str, Row], file: Path) -> None:
    """Keep these rows in a file; rows of other measurements that stand in it stay."""
    kept = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    kept |= {name: asdict(it) for name, it in rows.items()}
    file.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")
