"""Files that the visitor chooses by the button, pastes, or drops onto the window."""

from collections.abc import Callable

import js
from pyodide.ffi import JsProxy, create_proxy

from widget.browser.upload import BrowserFile

__all__ = ["hear_files"]

Attach = Callable[[list[BrowserFile]], object]


def hear_files(attach: Attach) -> None:
    """Tell of files from here on, and of those that were chosen before."""

    def chosen(event: JsProxy) -> None:
        if event.target.id == "files":
            _take(event.target, attach)

    def pasted(event: JsProxy) -> None:
        # A piece of a document comes with a picture of it: then the text is meant.
        data = event.clipboardData
        if data.files.length and not data.types.includes("text/plain"):
            event.preventDefault()
            attach(_files(data.files))

    def dragged(event: JsProxy) -> None:
        if event.dataTransfer.types.includes("Files"):
            event.preventDefault()
            html.dataset.dropping = ""

    def left(event: JsProxy) -> None:
        if not event.relatedTarget:  # JavaScript's null is false, and not None
            html.removeAttribute("data-dropping")

    def dropped(event: JsProxy) -> None:
        html.removeAttribute("data-dropping")
        if event.dataTransfer.files.length:
            event.preventDefault()
            attach(_files(event.dataTransfer.files))

    html = js.document.documentElement
    doings = {"change": chosen, "paste": pasted, "dragover": dragged, "dragleave": left, "drop": dropped}
    for name, hear in doings.items():
        js.document.addEventListener(name, create_proxy(hear))  # for the life of the page
    _take(js.document.getElementById("files"), attach)


def _take(chooser: JsProxy, attach: Attach) -> None:
    files = _files(chooser.files)
    chooser.value = ""  # so that the same file can be chosen again
    attach(files)


def _files(files: JsProxy) -> list[BrowserFile]:
    return [BrowserFile(files.item(place)) for place in range(files.length)]
