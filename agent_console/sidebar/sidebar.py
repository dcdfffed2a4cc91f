"""The apps at work beside the conversation: their frames, what each is told, and what each asks for."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from agent_console.sidebar.apps import App
from agent_console.sidebar.frames import Frames
from agent_console.sidebar.host import (
    KNOCK,
    Arrived,
    Asked,
    GaveSection,
    Happened,
    Host,
    PutMessage,
    State,
    Toasted,
)
from widget.agent_app.profile import CustomerProfile
from widget.rtm.ports import Clock
from widget.wire.base import Json

__all__ = ["AppPane", "Desk", "Section", "Sidebar"]

MOST_SECTIONS = 5
"""How many sections an app may have among the details."""


@dataclass(frozen=True, slots=True)
class Section:
    """Something that an app shows among the customer's details."""

    app: App
    content: Json


@dataclass(frozen=True, slots=True)
class AppPane:
    """The apps, and how the one in front is doing. None: the customer's own details are in front."""

    apps: tuple[App, ...] = ()
    front: App | None = None
    state: State | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """Who does what apps ask for. ``messages`` are those of the chat in front."""

    put: Callable[[str], None]
    say: Callable[[str], None]
    messages: Callable[[], list[Json]]
    changed: Callable[[], None]


@dataclass(slots=True)
class _Work:
    """An app that is running."""

    app: App
    host: Host
    sections: dict[str, Json] = field(default_factory=dict)


class Sidebar:
    """``new_id`` makes ids that nobody can guess."""

    def __init__(self, frames: Frames, clock: Clock, desk: Desk, new_id: Callable[[], str]) -> None:
        self.apps: tuple[App, ...] = ()
        self._frames = frames
        self._clock = clock
        self._desk = desk
        self._new_id = new_id
        self._owner = new_id()
        self._made = 0
        self._front: str | None = None
        self._running: dict[str, _Work] = {}
        self._profile: CustomerProfile | None = None
        self._theme = frames.theme()
        frames.listen(self._heard, self._loaded)

    # What the console does

    def configure(self, apps: Iterable[App]) -> None:
        """These are the organization's apps now. Those that go on being there go on."""
        self.apps = tuple(apps)
        there = {app.id: app for app in self.apps}
        for app_id, work in list(self._running.items()):
            if there.get(app_id) != work.app:
                self._stop(app_id)
        if self._front is not None and self._front not in self._running:
            self._front = None
            self._frames.show(None)
        self._desk.changed()

    def bring_to_front(self, app_id: str | None) -> None:
        """Show an app, which then begins; None: the customer's own details."""
        app = next((app for app in self.apps if app.id == app_id), None)
        self._front = app.id if app else None
        if app is not None and app.id not in self._running:
            self._start(app)
        self._frames.show(self._front)
        self._desk.changed()

    def retry(self, app_id: str) -> None:
        """Begin an app anew."""
        self._stop(app_id)
        self.bring_to_front(app_id)

    def turn_to(self, profile: CustomerProfile | None) -> None:
        """Another customer is in front of the agent, or nobody; or more is known of the same one."""
        if profile == self._profile:
            return
        before, self._profile = self._profile, profile
        another = before is None or profile is None or before["id"] != profile["id"]
        for work in self._running.values():
            if another:
                work.sections.clear()
            self._tell_profile(work, before)
        if another:
            self._desk.changed()

    def told(self, message: Json) -> None:
        """A message in the chat in front."""
        for work in self._running.values():
            if work.host.watching:
                self._tell(work, "message", message)

    def pressed(self, app_id: str, button_id: str) -> None:
        """A button in an app's section was pressed."""
        work = self._running.get(app_id)
        if work is not None:
            self._tell(work, "customer_details_section_button_click", {"buttonId": button_id})

    def look(self) -> None:
        """The console may look different now."""
        theme = self._frames.theme()
        if theme != self._theme:
            self._theme = theme
            for work in self._running.values():
                self._tell(work, "change_theme", {"theme": theme})

    def end(self) -> None:
        """Nobody is at the console any more: the apps end."""
        self.configure(())
        self._profile = None

    # What is shown

    @property
    def pane(self) -> AppPane:
        """The apps, for the page."""
        work = self._running.get(self._front or "")
        return AppPane(self.apps, work.app if work else None, work.host.state if work else None)

    @property
    def sections(self) -> tuple[Section, ...]:
        """What apps show among the details."""
        return tuple(Section(work.app, each) for work in self._running.values() for each in work.sections.values())

    @property
    def has_focus(self) -> bool:
        """Whether the agent is in an app."""
        return self._frames.has_focus()

    # Frames

    def _start(self, app: App) -> None:
        origin = self._frames.origin_of(app.url)
        host = Host(app, owner=self._owner, instance=self._made, new_session=self._new_id, origin=origin)
        self._made += 1
        self._running[app.id] = _Work(app, host)
        self._frames.open(app.id, app.address(self._theme, self._frames.language()), app.name)
        self._knock(app.id, host)

    def _stop(self, app_id: str) -> None:
        if self._running.pop(app_id, None) is not None:
            self._frames.close(app_id)

    def _loaded(self, app_id: str) -> None:
        work = self._running.get(app_id)
        if work is not None:
            work.host.loaded(self._clock.now())
            self._go_on(work)

    def _knock(self, app_id: str, host: Host) -> None:
        """Every half a second, as long as the frame is awaited."""
        work = self._running.get(app_id)
        if work is None or work.host is not host:
            return
        if host.state is State.LOADING:
            host.knock(self._clock.now())
            self._go_on(work)
        if host.state in (State.LOADING, State.READY):
            self._clock.call_later(KNOCK, lambda: self._knock(app_id, host))

    def _heard(self, app_id: str, text: str, origin: str) -> None:
        work = self._running.get(app_id)
        if work is None:
            return
        try:
            data = json.loads(text)
        except ValueError:
            data = None
        work.host.receive(data, origin, size=len(text), now=self._clock.now())
        if work.host.state is State.STOPPED:
            self._frames.close(app_id)
            work.sections.clear()
        self._go_on(work)

    def _go_on(self, work: _Work) -> None:
        """Post what is to be posted, and do what is asked for."""
        self._post(work)
        for happened in work.host.happened():
            self._do(work, happened)
        self._desk.changed()

    def _do(self, work: _Work, happened: Happened) -> None:
        match happened:
            case Arrived():
                if self._profile is not None:
                    self._tell_profile(work, None)
            case PutMessage(text):
                self._desk.put(text)
            case Asked():
                self._tell(work, "messages", self._desk.messages())
            case GaveSection(section):
                title = str(section["title"])
                if title in work.sections or len(work.sections) < MOST_SECTIONS:
                    work.sections[title] = section
            case Toasted(text):
                self._desk.say(text)

    def _tell_profile(self, work: _Work, before: CustomerProfile | None) -> None:
        if self._profile is not None:
            self._tell(work, "customer_profile", self._profile)
        elif before is not None:
            self._tell(work, "customer_profile_hidden", before)

    def _tell(self, work: _Work, name: str, data: object) -> None:
        work.host.tell(name, data)
        self._post(work)

    def _post(self, work: _Work) -> None:
        for post in work.host.posts():
            self._frames.post(work.app.id, post.data, post.origin)
