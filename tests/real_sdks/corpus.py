"""Frames to keep: what LiveChat's packages and this server have said to each other, one of each kind, scrubbed.

``RECORD=1 make test-real-sdks`` writes tests/corpus/frames.jsonl anew with what passes; tests/widget/test_corpus.py
reads it. It is our own recording: what is in it was said by the tests, and ids, moments and tokens are made up.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable
from typing import Any

from tests.real_sdks.recorder import Frame
from tools.setup import ROOT

__all__ = ["FRAMES", "keep"]

FRAMES = ROOT / "tests" / "corpus" / "frames.jsonl"
LONGEST = 6_000
"""Characters of a frame; longer ones are of no other kind."""

MADE_UP = re.compile(
    r"""
      (?P<uuid> [0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12} )
    | (?P<hash> (?<![A-Za-z0-9])[0-9a-f]{32}(?![A-Za-z0-9]) )
    | (?P<id> (?<![A-Za-z0-9])[A-Z][A-Z0-9]{9}(?![A-Za-z0-9]) )
    | (?P<time> \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d) )
    | (?P<secret> \b[A-Za-z0-9_.-]{40,}={0,2} )
    | (?P<port> (?<=127\.0\.0\.1:)\d+ )
    """,
    re.VERBOSE,
)


def keep(frames: Iterable[Frame]) -> None:
    """Keep one of each kind of these frames, with those kept before, when asked to by the environment."""
    if not os.environ.get("RECORD"):
        return
    kept = {_kind(each): each for each in map(json.loads, _lines())}
    for frame in frames:
        line = _scrubbed({"api": _api(frame.path), "from": frame.sender, "frame": frame.said})
        kind = _kind(line)
        if len(json.dumps(line)) <= LONGEST and _fields(line) > _fields(kept.get(kind, {})):
            kept[kind] = line
    FRAMES.parent.mkdir(exist_ok=True)
    text = "".join(f"{json.dumps(kept[kind], ensure_ascii=False, sort_keys=True)}\n" for kind in sorted(kept))
    FRAMES.write_text(text, encoding="utf-8")


def _lines() -> list[str]:
    return FRAMES.read_text(encoding="utf-8").splitlines() if FRAMES.is_file() else []


def _kind(line: dict[str, Any]) -> tuple[str, ...]:
    frame = line["frame"]
    refused = "refused" if frame.get("success") is False else ""
    return line["api"], line["from"], str(frame.get("type", "")), str(frame.get("action", "")), refused


def _api(path: str) -> str:
    """``/v3.5/customer`` of ``/v3.5/customer/rtm/ws``."""
    return "/".join(path.split("/")[:3])


def _fields(value: Any) -> int:
    """How much there is in it: the more, the better a specimen."""
    if isinstance(value, dict):
        return sum(1 + _fields(item) for item in value.values())
    return max((_fields(item) for item in value), default=0) if isinstance(value, list) else 0


def _scrubbed(line: dict[str, Any]) -> dict[str, Any]:
    """The same with what was made up replaced by what looks like it, alike where it was alike."""
    numbers: dict[str, int] = {}

    def instead(found: re.Match[str]) -> str:
        number = numbers.setdefault(found[0], len(numbers) + 1)
        match found.lastgroup:
            case "uuid":
                return f"00000000-0000-4000-8000-{number:012}"
            case "hash":
                return f"{number:032x}"
            case "id":
                return f"K{number:09}"
            case "time":
                return f"2026-01-01T00:00:{number % 60:02}.000000Z"
            case "port":
                return "8000"
        return f"secret-{number}"

    frame = {**line["frame"], **({"request_id": "r1"} if line["frame"].get("request_id") else {})}
    scrubbed: dict[str, Any] = json.loads(MADE_UP.sub(instead, json.dumps({**line, "frame": frame})))
    return scrubbed
