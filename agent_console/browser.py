"""The console's page in a browser, and what it stores.

``static/console.js`` prepares the page; painting, sound and notifications are its part.
"""

from typing import Literal

import js
from pyodide.ffi import JsException, to_js

from agent_console.browser_doings import Doings, element_of, listen

__all__ = ["ConsolePage", "PageStorage", "get"]

NARROW = "(max-width: 759px)"
"""Where list and conversation are two screens (static/console.css has the same widths)."""

DRAWER = "(max-width: 1199px)"
"""Where the visitor's details are a drawer."""


class ConsolePage:
    """The page at /agent/."""

    def __init__(self) -> None:
        self._script = js.consolePage

    # The screen

    def paint(self, area: str, markup: str) -> None:
        """Put this in place of what is in an area."""
        self._script.paint(element_of(area), markup)

    def arrange(self, *, place: str, talking: bool, details: bool) -> None:
        """What is in front."""
        console = js.document.getElementById("console")
        console.dataset.place = place
        console.dataset.front = "talk" if talking else "list"
        console.dataset.details = "open" if details else "closed"

    def entered(self, field: str) -> str:
        """What stands in a field; nothing when there is no such field now."""
        element = element_of(field)
        return "" if element is None else str(element.value)

    def checked(self, field: str) -> bool:
        """Whether a box is ticked; not, when there is none."""
        element = element_of(field)
        return element is not None and bool(element.checked)

    def enter(self, field: str, text: str, *, caret: int | None = None) -> None:
        """Put a text into a field, and the caret where it is to be."""
        element = element_of(field)
        if element is None:
            return
        element.value = text
        if caret is not None:
            place = sum(_units(letter) for letter in text[:caret])
            element.setSelectionRange(place, place)

    def caret(self, field: str) -> int:
        """How many characters of a field's text stand before the caret."""
        element = element_of(field)
        if element is None:
            return 0
        place, count = int(element.selectionStart), 0
        for letter in str(element.value):
            place -= _units(letter)
            if place < 0:
                break
            count += 1
        return count

    def focus(self, element: str) -> None:
        """Move the focus, if the element is there."""
        found = element_of(element)
        if found is not None:
            found.focus()

    def at_end(self) -> bool:
        """Whether the end of the log can be seen; a log that is not there yet will be shown from its end."""
        return element_of("scroll") is None or bool(self._script.isAtEnd("#scroll"))

    def scroll_to_end(self) -> None:
        """Show the end of the log."""
        if element_of("scroll") is not None:
            self._script.scrollToEnd("#scroll")

    def narrow(self) -> bool:
        """Whether list and conversation are two screens."""
        return bool(js.matchMedia(NARROW).matches)

    def drawer(self) -> bool:
        """Whether the visitor's details are a drawer over the conversation."""
        return bool(js.matchMedia(DRAWER).matches)

    def show_dialog(self, dialog: str, *, visible: bool) -> None:
        """Open or close a dialog; the browser moves the focus into it and back."""
        element = element_of(dialog)
        if element is None:
            return
        if visible and not element.open:
            element.showModal()
        elif not visible:
            element.close()

    async def copy(self, text: str) -> bool:
        """Put a text where it can be pasted from. Whether the browser lets us."""
        try:
            await js.navigator.clipboard.writeText(text)
        except (AttributeError, JsException):  # an address without https has no clipboard
            return False
        return True

    def download(self, name: str, text: str) -> None:
        """Give the agent a text as a file."""
        link = js.document.createElement("a")
        link.href = js.URL.createObjectURL(js.Blob.new(to_js([text])))
        link.download = name
        link.click()
        js.URL.revokeObjectURL(link.href)

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

    def host(self) -> str:
        """The name by which this page was found."""
        return str(js.location.hostname)

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
        listen(doings)

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


def _units(letter: str) -> int:
    """How many places a letter takes where JavaScript counts: a text is UTF-16 there."""
    return 2 if ord(letter) > 0xFFFF else 1
