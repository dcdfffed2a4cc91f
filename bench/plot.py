"""The rows as a picture: how much of what its goal allows each of them takes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any

__all__ = ["plot"]

RATIOS = {
    "boot_warm_bare": (0.33, "start, second visit, beside bare Pyodide"),
    "boot_warm_pyscript": (0.30, "start, second visit, beside PyScript"),
    "boot_warm_packages": (0.22, "start, second visit, beside PyScript with the same packages"),
    "boot_cold_packages": (0.75, "start, first visit at 10 Mbit/s, beside the same"),
    "boot_bytes": (1.0, "bytes until ready, beside bare Pyodide"),
    "event_to_paint": (2.0, "message received to painted, beside plain JavaScript"),
    "burst": (2.0, "1,000 messages at once, beside plain JavaScript"),
    "history": (1.5, "opening 20,000 messages, beside 200"),
    "history_memory": (1.5, "memory for 20,000 messages, beside 200"),
    "send_event_round_trip": (1.5, "sendEvent, there and back, beside customer-sdk 4.0.2"),
    "pushes_per_second": (1.5, "pushes a second, beside customer-sdk 4.0.2"),
    "memory_10000_pushes": (1.05, "memory after 10,000 pushes, beside before"),
}
"""Rows whose goal is a share of their baseline."""

VALUES = {
    "host_bytes": "bytes that a site's page loads",
    "host_blocking": "blocking time of a site's page (Lighthouse)",
    "click_to_typing": "click to typing, first visit",
    "host_stop_other_site": "longest stop of a site's page, frame on another site",
    "host_stop_same_site": "longest stop, another origin of the same site",
    "host_stop_same_origin": "longest stop, the page's own origin",
    "burst_longest_task": "longest task in a burst of 1,000 messages",
}
"""Rows whose goal is a figure."""

WIDTH, LEFT, SCALE, ROW = 860, 400, 200, 26
"""Pixels: of all, of the names, of what a goal allows, of a row."""

MOST = 2.2
"""Times the goal; what is longer is cut."""

STYLE = """
  text { font: 13px system-ui, sans-serif; fill: #24312d; }
  .met { fill: #1a6b59; }
  .missed { fill: #c8702a; }
  .goal { stroke: #24312d; stroke-dasharray: 3 3; }
  @media (prefers-color-scheme: dark) {
    text { fill: #dfe9e5; }
    .met { fill: #4fb09a; }
    .missed { fill: #e08d4b; }
    .goal { stroke: #dfe9e5; }
  }
"""


def plot(results: Path, picture: Path) -> None:
    """Draw what stands in ``results`` (JSON) into ``picture`` (SVG)."""
    rows: dict[str, dict[str, Any]] = json.loads(results.read_text(encoding="utf-8"))
    bars = list(taken(rows))
    height = ROW * (len(bars) + 2)
    drawn = "\n".join(bar(number + 1, *it) for number, it in enumerate(bars))
    line = LEFT + SCALE
    picture.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img">\n'
        f"<title>How much of what its goal allows each measure takes</title>\n<style>{STYLE}</style>\n"
        f'<line class="goal" x1="{line}" x2="{line}" y1="{ROW}" y2="{height - 8}"/>\n'
        f'<text x="{line}" y="{ROW - 8}" text-anchor="middle">goal</text>\n{drawn}\n</svg>\n',
        encoding="utf-8",
    )


def taken(rows: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, float, str]]:
    """Each row's name for people, the share of its goal, and its figure as text."""
    for name, what in VALUES.items():
        if name in rows:
            value, goal = rows[name]["value"], rows[name]["goal"]
            yield what, value / goal, f"{value:,.0f} {rows[name]['unit']} of {goal:,.0f}"
    for name, (goal, what) in RATIOS.items():
        if name in rows:
            ratio = rows[name]["ratio"]
            yield what, ratio / goal, f"{ratio:.2f} of {goal:.2f}"


def bar(number: int, what: str, share: float, figure: str) -> str:
    """One row."""
    y = ROW * number
    length = min(share, MOST) * SCALE
    kind = "met" if share <= 1 else "missed"
    return (
        f'<text x="{LEFT - 12}" y="{y + 17}" text-anchor="end">{escape(what)}</text>'
        f'<rect class="{kind}" x="{LEFT}" y="{y + 5}" width="{max(length, 2):.0f}" height="{ROW - 10}" rx="3"/>'
        f'<text x="{LEFT + max(length, SCALE) + 10:.0f}" y="{y + 17}">{escape(figure)}</text>'
    )
