"""Rows: what was measured, what it is measured against, and how they are shown and kept."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

__all__ = ["Row", "row", "table", "write"]


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of ours and its baseline, both in ``unit``: ms or bytes."""

    value: float
    baseline: float
    ratio: float
    unit: str


def row(values: list[float], baselines: list[float], unit: str = "ms") -> Row:
    """The row of two series: their medians, and what share of the baseline ours is."""
    value, baseline = median(values), median(baselines)
    return Row(round(value), round(baseline), round(value / baseline, 3), unit)


def table(rows: dict[str, Row]) -> str:
    """The rows for people."""
    lines = [f"{'':24}{'ours':>12}{'baseline':>12}{'ratio':>8}"]
    for name, it in rows.items():
        lines.append(f"{name:24}{it.value:>12,.0f}{it.baseline:>12,.0f}{it.ratio:>8.2f}  {it.unit}")
    return "\n".join(lines)


def write(rows: dict[str, Row], file: Path) -> None:
    """Keep these rows in a file; rows of other measurements that stand in it stay."""
    kept = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    kept |= {name: asdict(it) for name, it in rows.items()}
    file.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")
