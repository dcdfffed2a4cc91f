"""What an organization has set, as far as the console shows or changes it: its sidebar apps.

Asked of the Configuration API over HTTP, once for each connection, and again when somebody changes it.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from agent_console.deeds import Deeds
from agent_console.sidebar.apps import NAMESPACE, App, Wrong, as_properties, new_app, read_apps
from widget.wire.base import Json
from widget.wire.frames import Push

__all__ = ["Ask", "Organization"]

Ask = Callable[[str, Json], Awaitable[Any]]
"""Asks for an action of the Configuration API. Raises ChatError."""

CHANGE = "update_license_properties"


class Organization:
    """``wrong`` is the field that was not filled in as it must be."""

    def __init__(self, ask: Ask, deeds: Deeds, configured: Callable[[tuple[App, ...]], None]) -> None:
        self.apps: tuple[App, ...] = ()
        self.wrong: str | None = None
        self._ask = ask
        self._deeds = deeds
        self._configured = configured
        self._in_step = False

    @property
    def busy(self) -> bool:
        """Whether a change is under way."""
        return (CHANGE, "") in self._deeds.busy

    def keep_in_step(self, *, connected: bool) -> None:
        """Ask anew after each connection."""
        if connected and not self._in_step:
            self._deeds.attempt("list_license_properties", "", self._load)
        self._in_step = connected

    def heard(self, push: Push) -> None:
        """Somebody may have changed something."""
        if push.action == "license_properties_updated" and isinstance(push.payload, dict):
            self._take(push.payload.get("properties"))

    def add_app(self, name: str, url: str) -> bool:
        """Have another app. Whether it was filled in as it must be."""
        try:
            app = new_app(name, url, self.apps)
        except Wrong as wrong:
            self.wrong = str(wrong)
            return False
        self.wrong = None
        self._change((*self.apps, app))
        return True

    def remove_app(self, app_id: str) -> None:
        """Have an app no longer."""
        self._change(tuple(app for app in self.apps if app.id != app_id))

    # Private

    def _change(self, apps: tuple[App, ...]) -> None:
        async def change() -> None:
            properties = as_properties(apps)
            await self._ask(CHANGE, {"properties": {space: {**values} for space, values in properties.items()}})
            self._take(properties)

        self._deeds.attempt(CHANGE, "", change)

    async def _load(self) -> None:
        self._take(await self._ask("list_license_properties", {"namespace": NAMESPACE}))

    def _take(self, properties: object) -> None:
        apps = read_apps(properties)
        if apps is not None and apps != self.apps:
            self.apps = apps
            self._configured(apps)
