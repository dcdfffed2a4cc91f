"""The console's page in a browser: what is painted on it and what is done on it. Only this module imports ``js``.

``static/console.js`` prepares the page; painting, sound and notifications are its part.
"""

from collections.abc import Callable
from typing import Literal, Protocol

import js
from pyodide.ffi import JsException, JsProxy, create_proxy

__all__ = ["ConsolePage", "Doings", "PageStorage", "get"]

NEAR_START = 120
"""Pixels from the start of the log that count as being there."""

NARROW = "(max-width: 759px)"
"""Where list and conversation are two screens (static/console.css has the same widths)."""

DRAWER = "(max-width: 1199px)"
"""Where the visitor's details are a drawer."""


class Doings(Protocol):
    """What an agent does on the page (``agent_console.app.Console``)."""

    def act(self, action: str, target: str) -> None:
        """A button was pressed."""

    def submit(self, form: str) -> None:
        """A form was sent."""

    def typed(self) -> None:
        """The text in the composer has changed."""

    def pressed(self, key: str, *, alt: bool, writing: bool) -> bool:
        """A key was pressed. True when it meant something."""

    def scrolled(self, *, at_start: bool) -> None:
        """The log was scrolled."""

    def attention(self) -> None:
        """The page came to the front, or the network changed."""

    def moved(self) -> None:
        """The page's address has changed."""


class ConsolePage:
    """The page at /agent/."""

    def __init__(self) -> None:
        self._script = js.consolePage

    # The screen

    def paint(self, area: str, markup: str) -> None:
        """Put this in place of what is in an area."""
        self._script.paint(_element(area), markup)

    def arrange(self, *, place: str, talking: bool, details: bool) -> None:
        """What is in front."""
        console = js.document.getElementById("console")
        console.dataset.place = place
        console.dataset.front = "talk" if talking else "list"
        console.dataset.details = "open" if details else "closed"

    def entered(self, field: str) -> str:
        """What stands in a field; nothing when there is no such field now."""
        element = _element(field)
        return "" if element is None else str(element.value)

    def enter(self, field: str, text: str) -> None:
        """Put a text into a field."""
        element = _element(field)
        if element is not None:
            element.value = text

    def focus(self, element: str) -> None:
        """Move the focus, if the element is there."""
        found = _element(element)
        if found is not None:
            found.focus()

    def at_end(self) -> bool:
        """Whether the end of the log can be seen; a log that is not there yet will be shown from its end."""
        return _element("scroll") is None or bool(self._script.isAtEnd("#scroll"))

    def scroll_to_end(self) -> None:
        """Show the end of the log."""
        if _element("scroll") is not None:
            self._script.scrollToEnd("#scroll")

    def narrow(self) -> bool:
        """Whether list and conversation are two screens."""
        return bool(js.matchMedia(NARROW).matches)

    def drawer(self) -> bool:
        """Whether the visitor's details are a drawer over the conversation."""
        return bool(js.matchMedia(DRAWER).matches)

    def show_dialog(self, *, visible: bool) -> None:
        """Open or close the list of shortcuts; the browser moves the focus into it and back."""
        dialog = js.document.getElementById("help")
        if visible and not dialog.open:
            dialog.showModal()
        elif not visible:
            dialog.close()

    # The tab

    def attended(self) -> bool:
        """Whether the page is in front."""
        return bool(js.document.visibilityState == "visible")

    def online(self) -> bool:
        """Whether the browser believes to have a network."""
        return bool(js.navigator.onLine)

    def entitle(self, title: str, *, unread: bool) -> None:
        """The page's title, and its icon."""
        if js.document.title != title:
            js.document.title = title
        self._script.mark(unread)

    def in_address(self) -> str | None:
        """What stands after the ``#`` of the address."""
        return str(js.location.hash)[1:] or None

    def go_to(self, where: str | None) -> None:
        """Let the address name it, so that a reload and the back button know it."""
        if where != self.in_address():
            js.history.pushState(None, "", f"#{where}" if where else str(js.location.pathname))

    def ready_app(self) -> str:
        """The address of the sidebar app that the server brings."""
        said = js.document.querySelector("meta[name=ready-app]").content
        return str(js.URL.new(said, js.location.href).href)

    def chime(self, arrival: str) -> None:
        """A soft sound, in one tab only."""
        self._script.chime(arrival)

    def notify(self, title: str, text: str, chat_id: str) -> None:
        """A desktop notification; all tabs' notifications of one chat are one."""
        self._script.notify(title, text, chat_id)

    def notifications(self) -> str:
        """What the browser does with desktop notifications: a value of ``state.Notifications``."""
        return str(self._script.notifications())

    async def ask_for_notifications(self) -> None:
        """Let the browser ask the agent."""
        await js.Notification.requestPermission()

    # What is done on it

    def listen(self, doings: Doings) -> None:
        """From here on Python hears what is done on the page."""
        _on(js.document, "click", lambda event: _clicked(event, doings))
        _on(js.document, "submit", lambda event: _submitted(event, doings))
        _on(js.document, "input", lambda event: _typed(event, doings))
        _on(js.document, "keydown", lambda event: _pressed(event, doings))
        _on(js.document, "scroll", lambda event: _scrolled(event, doings), True)
        _on(js.document, "visibilitychange", lambda _: doings.attention())
        _on(js.window, "popstate", lambda _: doings.moved())
        _on(js.window, "hashchange", lambda _: doings.moved())
        for change in ("online", "offline", "pageshow"):
            _on(js.window, change, lambda _: doings.attention())

    def ready(self) -> None:
        """Python has taken over."""
        js.document.documentElement.dataset.liveChat = "ready"

    def failed(self, reason: str) -> None:
        """Python cannot go on: the page says so."""
        self._script.failed(reason)

    def platform(self) -> str:
        """The page's word about where the platform is, as JSON."""
        return str(js.document.getElementById("platform").textContent)

    def origin(self) -> str:
        """The origin of this page."""
        return str(js.location.origin)

    def language(self) -> str:
        """The language of this browser."""
        return str(js.navigator.language)


class PageStorage:
    """Texts by name: ``localStorage``, or ``sessionStorage``, which lives as long as the tab.

    Where the browser keeps it shut, or it is full, they are kept in this page only.
    """

    def __init__(self, kind: Literal["localStorage", "sessionStorage"]) -> None:
        self._kind = kind
        self._memory: dict[str, str] = {}

    def get(self, name: str) -> str | None:
        """The text under a name."""
        try:
            text = getattr(js, self._kind).getItem(name)
        except JsException:
            return self._memory.get(name)
        return self._memory.get(name, text if isinstance(text, str) else None)

    def set(self, name: str, text: str) -> None:
        """Keep a text."""
        try:
            getattr(js, self._kind).setItem(name, text)
            self._memory.pop(name, None)
        except JsException:
            self._memory[name] = text

    def remove(self, name: str) -> None:
        """Forget a text."""
        self._memory.pop(name, None)
        try:
            getattr(js, self._kind).removeItem(name)
        except JsException:
            return  # it was never there


async def get(url: str) -> str | None:
    """Read an address of this origin; None when it is refused. Raises OSError when no answer came."""
    try:
        response = await js.fetch(url)
        return str(await response.text()) if response.ok else None
    except JsException as error:
        raise OSError(f"{url} could not be reached: {error}") from error


# Private


def _element(name: str) -> JsProxy | None:
    return _found(js.document.getElementById(name))


def _found(element: JsProxy) -> JsProxy | None:
    """What JavaScript found: its null is not Python's None."""
    return element if isinstance(element, JsProxy) else None


def _attribute(element: JsProxy, name: str) -> str:
    value = element.getAttribute(name)
    return value if isinstance(value, str) else ""


def _on(target: JsProxy, event: str, call: Callable[[JsProxy], object], capture: bool = False) -> None:
    target.addEventListener(event, create_proxy(call), capture)  # for the life of the page


def _clicked(event: JsProxy, doings: Doings) -> None:
    element = _found(event.target.closest("[data-action]"))
    if element is None or _attribute(element, "aria-disabled") == "true":
        return
    if str(element.tagName) == "A":
        event.preventDefault()
    target = _attribute(element, "data-id")
    if _attribute(element, "type") == "checkbox":
        target = "on" if element.checked else "off"
    doings.act(_attribute(element, "data-action"), target)


def _typed(event: JsProxy, doings: Doings) -> None:
    if event.target.id == "message":
        doings.typed()


def _submitted(event: JsProxy, doings: Doings) -> None:
    if event.target.id:
        event.preventDefault()
        doings.submit(str(event.target.id))


def _pressed(event: JsProxy, doings: Doings) -> None:
    # While an input method composes a character, every key belongs to it; a dialog has its own keys.
    if event.isComposing or event.ctrlKey or event.metaKey or _found(event.target.closest("dialog[open]")) is not None:
        return
    if event.key == "Enter" and event.target.id == "message" and not event.shiftKey:
        event.preventDefault()
        doings.submit("composer")
        return
    writing = bool(event.target.matches("input, textarea, select"))
    if doings.pressed(str(event.key), alt=bool(event.altKey), writing=writing):
        event.preventDefault()


def _scrolled(event: JsProxy, doings: Doings) -> None:
    if getattr(event.target, "id", None) == "scroll":
        doings.scrolled(at_start=event.target.scrollTop < NEAR_START)
