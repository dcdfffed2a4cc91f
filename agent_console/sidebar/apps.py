"""The apps of an organization: which there are, kept by the platform as one property of the licence."""

import json
from collections.abc import Iterable
from hashlib import sha256
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from pydantic import BaseModel, ValidationError

from widget.wire.base import Properties

__all__ = ["LONGEST_NAME", "LONGEST_URL", "NAMESPACE", "App", "Wrong", "as_properties", "new_app", "read_apps"]

NAMESPACE, NAME = "agent_app", "sidebar_apps"

LONGEST_NAME = 40
LONGEST_URL = 1000
MOST = 12
"""How many apps there may be."""


class App(BaseModel, frozen=True):
    """A page to show in a frame. ``id`` is what the page knows itself by: its ``plugin_id``."""

    id: str
    name: str
    url: str

    @property
    def origin(self) -> str:
        """The origin that its page has."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}".lower()

    def address(self, theme: str, language: str) -> str:
        """Where its frame goes: its page, told who it is, how the console looks, and its language, unless the page was
        entered with one."""
        parts = urlsplit(self.url)
        query = [(name, value) for name, value in parse_qsl(parts.query) if name not in ("plugin_id", "theme")]
        spoken = [] if any(name == "lang" for name, _ in query) else [("lang", language)]
        told = urlencode([*query, *spoken, ("plugin_id", self.id), ("theme", theme)])
        return urlunsplit(parts._replace(query=told))


class Wrong(ValueError):
    """What was entered is no app; the word says which field: ``name``, ``url`` or ``many``."""


def new_app(name: str, url: str, known: Iterable[App]) -> App:
    """An app out of what was entered. Raises Wrong."""
    name, url, there = name.strip(), url.strip(), list(known)
    if not 0 < len(name) <= LONGEST_NAME:
        raise Wrong("name")
    if not _is_web(url) or any(app.url == url for app in there):
        raise Wrong("url")
    if len(there) >= MOST:
        raise Wrong("many")
    return App(id=sha256(url.encode()).hexdigest()[:12], name=name, url=url)


def read_apps(properties: object) -> tuple[App, ...] | None:
    """The apps that the licence's properties name; None when they say nothing of apps. What is no app is left out."""
    space = properties.get(NAMESPACE) if isinstance(properties, dict) else None
    text = space.get(NAME) if isinstance(space, dict) else None
    if not isinstance(text, str):
        return None
    try:
        listed = json.loads(text or "[]")
    except ValueError:
        return ()
    apps = [app for each in listed if (app := _read(each))] if isinstance(listed, list) else []
    return tuple({app.id: app for app in apps}.values())[:MOST]


def as_properties(apps: Iterable[App]) -> Properties:
    """What the licence's properties are to say."""
    return {NAMESPACE: {NAME: json.dumps([app.model_dump() for app in apps])}}


def _read(value: object) -> App | None:
    try:
        app = App.model_validate(value)
    except ValidationError:
        return None
    return app if app.id and app.name and _is_web(app.url) else None


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
        known = parts.port is None or parts.port > 0  # raises for one that is no number
    except ValueError:
        return False
    return known and len(url) <= LONGEST_URL and parts.scheme in ("http", "https") and _is_host(parts.netloc)


def _is_host(netloc: str) -> bool:
    """A name with or without a port, and no user: the origin is made of it."""
    return bool(netloc) and not netloc.startswith(":") and not any(each in netloc for each in '@ \\"')
