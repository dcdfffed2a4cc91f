"""Frames of apps that only remember what was posted to them."""

from dataclasses import dataclass, field
from typing import Any

from widget.wire.base import Json


@dataclass(slots=True)
class FakeFrames:
    """``opened``: the frames there are, with their addresses; ``heard`` and ``loaded`` are the sidebar's ears."""

    opened: dict[str, str] = field(default_factory=dict)
    shown: str | None = None
    posts: list[tuple[str, Json, str]] = field(default_factory=list)
    heard: Any = None
    loaded: Any = None
    look: str = "light"

    def listen(self, heard: Any, loaded: Any) -> None:
        self.heard, self.loaded = heard, loaded

    def open(self, app_id: str, url: str, title: str) -> None:
        self.opened[app_id] = url

    def close(self, app_id: str) -> None:
        self.opened.pop(app_id, None)

    def show(self, app_id: str | None) -> None:
        self.shown = app_id

    def post(self, app_id: str, data: Json, origin: str) -> None:
        self.posts.append((app_id, data, origin))

    def origin_of(self, url: str) -> str:
        return "null" if url.startswith("https://console.example") else "/".join(url.split("/")[:3])

    def has_focus(self) -> bool:
        return False

    def theme(self) -> str:
        return self.look

    def language(self) -> str:
        return "en-US"
