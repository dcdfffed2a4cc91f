"""The frame's own page: what is painted on it, what is done on it, and what it kept before Python started.

``static/early.js`` prepared it; ``takeOver`` ends its part.
"""

import json
from collections.abc import Callable, Sequence
from math import inf
from typing import Protocol

import js
from pyodide.ffi import JsProxy, create_once_callable, create_proxy

from widget.browser.choosing import hear_files
from widget.customer_sdk.files import File
from widget.rtm.ports import Storage
from widget.ui.painting import Change
from widget.wire.base import Json

__all__ = ["BrowserPage", "Doings"]


class Doings(Protocol):
    """What a visitor does on the page (``widget.ui.app.ChatWindow``)."""

    def act(self, action: str, target: str) -> None:
        """A button was pressed."""

    def submit(self) -> None:
        """The composer was sent."""

    def attach(self, files: Sequence[File]) -> None:
        """Files were chosen."""

    def typed(self) -> None:
        """The text in the composer has changed."""

    def entered(self, form: str, fields: Sequence[tuple[str, str]]) -> None:
        """Something was filled in, in a form."""

    def fill_in(self, form: str, fields: Sequence[tuple[str, str]]) -> None:
        """A form was sent."""

    def escape(self) -> None:
        """Escape was pressed."""

    def scrolled(self) -> None:
        """The log was scrolled."""

    def home(self) -> None:
        """To the beginning of the log."""

    def end(self) -> None:
        """To the end of the log."""

    def attention(self) -> None:
        """The page came to the front, or the network changed."""


class BrowserPage:
    """The page of the widget's frame."""

    def __init__(self, storage: Storage) -> None:
        self._early = js.liveChatPage
        self._storage = storage
        self._screen = self._early.screen
        self._root = js.document.getElementById("chat")
        self._scroller = js.document.getElementById("scroll")
        self.widget_id = str(self._early.widget)
        self.page_id = str(self._early.pageId)
        self.outbox_name = str(self._early.outboxName)

    # The screen

    def next_frame(self, call: Callable[[], None]) -> None:
        """Call before the screen is drawn next; soon, when nobody sees it."""
        self._screen.nextFrame(create_once_callable(call))

    def paint(self, change: Change) -> None:
        """Change what is there."""
        rows = None
        if change.order is not None:
            rows = json.dumps({"order": change.order, "fresh": change.fresh, "above": change.above})
        self._screen.paintWindow(self._root, change.around, rows, change.to_end)

    def composed(self) -> str:
        """What stands in the composer."""
        return str(self._composer().value)

    def compose(self, text: str) -> None:
        """Put a text into the composer."""
        self._composer().value = text

    def focus_composer(self) -> None:
        """Let the visitor write."""
        # Not before the frame is drawn: nothing in a frame that is not can have the focus.
        js.requestAnimationFrame(create_once_callable(lambda _: self._focus("message")))

    def focus_field(self, field: str, *, instead: bool = False) -> None:
        """Let the visitor fill something in; ``instead``: only if the focus was in the composer, or nowhere."""

        def focus(_: float) -> None:
            if not instead or (js.document.hasFocus() and self._screen.isFree()):
                self._focus(field)

        js.requestAnimationFrame(create_once_callable(focus))

    def focus_list(self) -> None:
        """Let the visitor choose a conversation."""
        js.requestAnimationFrame(create_once_callable(lambda _: self._focus("threads")))

    def _focus(self, element: str) -> None:
        if found := js.document.getElementById(element):
            found.focus()

    def dress(self, theme: Json | None) -> None:
        """Have these colours; None: the usual ones."""
        self._early.dress(json.dumps(theme))

    def room(self) -> tuple[float, float]:
        """Pixels that can be scrolled up and down; without end where nothing is drawn."""
        scroller = self._scroller
        if not scroller.clientHeight:
            return inf, inf
        above = float(scroller.scrollTop)
        return above, float(scroller.scrollHeight) - above - float(scroller.clientHeight)

    def held(self) -> bool:
        """Whether something in the log is selected or has the focus, so that no row may go."""
        return bool(self._screen.isHeld())

    def scroll_to_start(self) -> None:
        """Show the first row that is there."""
        self._scroller.scrollTop = 0

    def in_place(self) -> bool:
        """Whether the log stands further up, where the visitor left it on an earlier page."""
        return bool(self._early.lastView.isInPlace())

    def attended(self) -> bool:
        """Whether the page is in front."""
        return bool(js.document.visibilityState == "visible")

    def online(self) -> bool:
        """Whether the browser believes to have a network."""
        return bool(js.navigator.onLine)

    def keep_draft(self, text: str) -> None:
        """Keep what is being written for the next page."""
        self._storage.set(str(self._early.draftName), text)

    # What happened before, and what happens now

    def sent_early(self) -> str:
        """The outbox of this page as JSON, also where there is no storage."""
        return str(self._early.sent())

    def take_over(self, doings: Doings) -> None:
        """From here on Python hears what is done on the page."""
        self._early.takeOver()
        self._on(js.document, "click", lambda event: _clicked(event, doings))
        self._on(js.document, "submit", lambda event: _submitted(event, doings))
        self._on(js.document, "input", lambda event: _typed(event, doings))
        self._on(js.document, "keydown", lambda event: self._pressed(event, doings))
        self._on(self._scroller, "scroll", lambda _: self._scrolled(doings))
        self._on(js.document, "visibilitychange", lambda _: doings.attention())
        for change in ("online", "offline", "pageshow"):
            self._on(js.window, change, lambda _: doings.attention())
        hear_files(doings.attach)

    def failed(self, reason: str) -> None:
        """Python cannot go on: the page says so."""
        self._early.failed(reason)

    def platform(self) -> str:
        """The page's word about where the platform is, as JSON."""
        return str(js.document.getElementById("platform").textContent)

    def origin(self) -> str:
        """The origin of this page."""
        return str(js.location.origin)

    def address(self) -> str:
        """The address of this page without its query."""
        return f"{js.location.origin}{js.location.pathname}"

    def is_phone(self) -> bool:
        """Whether this is a small screen that is touched."""
        return bool(js.matchMedia("(pointer: coarse) and (max-width: 600px)").matches)

    # Private

    def _composer(self) -> JsProxy:
        return js.document.getElementById("message")

    def _pressed(self, event: JsProxy, doings: Doings) -> None:
        if event.key == "Escape":
            doings.escape()
        elif event.key in {"Home", "End"} and event.target == self._scroller and not _modified(event):
            event.preventDefault()
            (doings.home if event.key == "Home" else doings.end)()
        # While an input method composes a character, Enter belongs to it.
        elif event.key == "Enter" and _in_composer(event.target) and not (event.shiftKey or event.isComposing):
            event.preventDefault()
            doings.submit()

    def _scrolled(self, doings: Doings) -> None:
        self._early.lastView.scrolled()
        doings.scrolled()

    def _on(self, target: JsProxy, event: str, call: Callable[[JsProxy], object]) -> None:
        target.addEventListener(event, create_proxy(call))  # for the life of the page


def _in_composer(target: JsProxy) -> bool:
    return bool(getattr(target, "id", "") == "message")


def _modified(event: JsProxy) -> bool:
    return bool(event.altKey or event.ctrlKey or event.metaKey or event.shiftKey)


def _typed(event: JsProxy, doings: Doings) -> None:
    form = event.target.closest("[data-form]")
    if _in_composer(event.target):
        doings.typed()
    elif isinstance(form, JsProxy):  # JavaScript's null is not None
        doings.entered(str(form.dataset.form), _entered(form))


def _entered(form: JsProxy) -> list[tuple[str, str]]:
    """What stands in the fields of a form, by their names."""
    return [(name, text) for name, text in json.loads(js.JSON.stringify(js.Array.from_(js.FormData.new(form))))]


def _submitted(event: JsProxy, doings: Doings) -> None:
    event.preventDefault()
    if event.target.id == "composer":
        doings.submit()
    elif event.target.hasAttribute("data-form"):
        doings.fill_in(str(event.target.dataset.form), _entered(event.target))
    else:  # another form says what stands in its one field
        doings.act(str(event.target.id), str(event.target.querySelector("textarea").value))


def _clicked(event: JsProxy, doings: Doings) -> None:
    element = event.target.closest("[data-action]:is(button, summary, a)")
    if element:  # JavaScript's null is false, and not None
        if str(element.tagName) == "SUMMARY":
            event.preventDefault()  # the state says whether a menu is open
        doings.act(str(element.getAttribute("data-action")), str(element.getAttribute("data-id") or ""))
