"""What an agent does on the console's page, as the browser tells it: presses, keys, and files that are brought."""

from collections.abc import Callable, Iterable
from typing import Protocol

import js
from pyodide.ffi import JsProxy, create_proxy

from widget.browser.upload import BrowserFile
from widget.customer_sdk.files import File

__all__ = ["Doings", "element_of", "listen"]

NEAR_START = 120
"""Pixels from the start of the log that count as being there."""

HAS_A_LIST = "#message, [role=combobox]"
"""Fields that may have a list beside them, through which keys go while the focus stays in the field."""

HEARD = f"{HAS_A_LIST}, #theme-form :is(input, select), #form-form :is(input, textarea)"
"""Fields of which each change matters."""


class Doings(Protocol):
    """What an agent does on the page (``agent_console.app.Console``)."""

    def act(self, action: str, target: str) -> None:
        """A button was pressed."""

    def submit(self, form: str) -> None:
        """A form was sent."""

    def typed(self, field: str) -> None:
        """What stands in a field has changed."""

    def picks(self, field: str, key: str) -> bool:
        """A key was pressed in a field that may have a list beside it. True when it was for the list."""

    def pressed(self, key: str, *, alt: bool, writing: bool) -> bool:
        """A key was pressed. True when it meant something."""

    def attach(self, files: Iterable[File]) -> None:
        """Files were chosen, pasted, or dropped on the conversation."""

    def closed(self, dialog: str) -> None:
        """A dialog was closed."""

    def scrolled(self, *, at_start: bool) -> None:
        """The log was scrolled."""

    def attention(self) -> None:
        """The page came to the front, or the network changed."""

    def moved(self) -> None:
        """The page's address has changed."""


def listen(doings: Doings) -> None:
    """From here on Python hears what is done on the page."""
    _on(js.document, "click", lambda event: _clicked(event, doings))
    _on(js.document, "submit", lambda event: _submitted(event, doings))
    _on(js.document, "input", lambda event: _typed(event, doings))
    _on(js.document, "keydown", lambda event: _pressed(event, doings))
    _on(js.document, "close", lambda event: doings.closed(str(event.target.id)), True)
    _on(js.document, "scroll", lambda event: _scrolled(event, doings), True)
    _on(js.document, "visibilitychange", lambda _: doings.attention())
    _on(js.window, "popstate", lambda _: doings.moved())
    _on(js.window, "hashchange", lambda _: doings.moved())
    for change in ("online", "offline", "pageshow"):
        _on(js.window, change, lambda _: doings.attention())
    _listen_for_files(doings)


def element_of(name: str) -> JsProxy | None:
    """The element with an id, if it is there."""
    return _found(js.document.getElementById(name))


# Private


def _found(element: JsProxy) -> JsProxy | None:
    """What JavaScript found: its null is not Python's None."""
    return element if isinstance(element, JsProxy) else None


def _attribute(element: JsProxy, name: str) -> str:
    value = element.getAttribute(name)
    return value if isinstance(value, str) else ""


def _on(target: JsProxy, event: str, call: Callable[[JsProxy], object], capture: bool = False) -> None:
    target.addEventListener(event, create_proxy(call), capture)  # for the life of the page


def _clicked(event: JsProxy, doings: Doings) -> None:
    opener = _found(event.target.closest("[data-opens]"))
    if opener is not None and (opened := element_of(_attribute(opener, "data-opens"))) is not None:
        opened.click()
        return
    element = _found(event.target.closest("[data-action]:not(select)"))
    if element is None or _attribute(element, "aria-disabled") == "true":
        return
    if str(element.tagName) == "A":
        event.preventDefault()
    menu = _found(element.closest(".menu"))
    if menu is not None:
        menu.hidePopover()
    target = _attribute(element, "data-id")
    if _attribute(element, "type") == "checkbox":
        target = "on" if element.checked else "off"
    doings.act(_attribute(element, "data-action"), target)


def _typed(event: JsProxy, doings: Doings) -> None:
    if event.target.matches(HEARD):
        doings.typed(str(event.target.id))


def _submitted(event: JsProxy, doings: Doings) -> None:
    # A form may have a field that is called "id", and is found under that name.
    form = _attribute(event.target, "id")
    if form:
        event.preventDefault()
        doings.submit(form)


def _pressed(event: JsProxy, doings: Doings) -> None:
    # While an input method composes a character, every key belongs to it.
    if event.isComposing or event.ctrlKey or event.metaKey:
        return
    alone = not event.altKey and not event.shiftKey
    if alone and event.target.matches(HAS_A_LIST) and doings.picks(str(event.target.id), str(event.key)):
        event.preventDefault()
        return
    if _found(event.target.closest("dialog[open]")) is not None:
        return  # a dialog has its own keys
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


# Files


def _listen_for_files(doings: Doings) -> None:
    _on(js.document, "change", lambda event: _chosen(event, doings))
    _on(js.document, "paste", lambda event: _pasted(event, doings))
    _on(js.document, "dragover", _dragged)
    _on(js.document, "dragleave", _dragged_out)
    _on(js.document, "drop", lambda event: _dropped(event, doings))


def _files(listed: JsProxy) -> list[File]:
    return [BrowserFile(file) for file in js.Array.from_(listed)]


def _chosen(event: JsProxy, doings: Doings) -> None:
    if event.target.id == "files":
        doings.attach(_files(event.target.files))
        event.target.value = ""  # so that the same file can be chosen again
    elif event.target.matches("select[data-action]"):
        target = f"{_attribute(event.target, 'data-id')} {event.target.value}"
        doings.act(_attribute(event.target, "data-action"), target)


def _pasted(event: JsProxy, doings: Doings) -> None:
    files = _files(event.clipboardData.files)
    if files and event.target.id == "message":
        event.preventDefault()
        doings.attach(files)


def _brings_files(event: JsProxy) -> bool:
    return "Files" in [str(kind) for kind in event.dataTransfer.types]


def _dragged(event: JsProxy) -> None:
    if _brings_files(event):
        event.preventDefault()
        _mark_drop(_found(event.target.closest("#talk")) is not None)


def _dragged_out(event: JsProxy) -> None:
    if _found(event.relatedTarget) is None:
        _mark_drop(False)


def _dropped(event: JsProxy, doings: Doings) -> None:
    if _brings_files(event):
        event.preventDefault()  # the browser would leave the console for the file
        _mark_drop(False)
        if _found(event.target.closest("#talk")) is not None:
            doings.attach(_files(event.dataTransfer.files))


def _mark_drop(here: bool) -> None:
    js.document.getElementById("console").toggleAttribute("data-dropping", here)
