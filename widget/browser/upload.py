"""Files by XMLHttpRequest, which unlike ``fetch`` tells how much has gone."""

import asyncio

import js
from pyodide.ffi import JsProxy, create_proxy

from widget.customer_sdk.files import File, Progress
from widget.rtm.ports import HttpResponse

__all__ = ["BrowserFile", "send_file"]


class BrowserFile(File):
    """A ``File`` or ``Blob`` of the browser's. Its content never comes into Python's memory, which does not shrink."""

    __slots__ = ("blob", "name", "type")

    def __init__(self, blob: JsProxy) -> None:
        self.blob = blob
        self.name = str(getattr(blob, "name", "") or "blob")
        self.type = str(blob.type)

    @property
    def size(self) -> int:
        """How large it is, in bytes."""
        return int(self.blob.size)


async def send_file(url: str, headers: dict[str, str], file: File, progress: Progress) -> HttpResponse:
    """Post a form with a file in it. Raises OSError when no answer came; cancelling it stops the upload."""
    if not isinstance(file, BrowserFile):
        raise TypeError(f"In the browser a file to send is a BrowserFile, and not {type(file).__name__}.")
    form = js.FormData.new()
    form.append("file", file.blob, file.name)
    request = js.XMLHttpRequest.new()
    request.open("POST", url)
    for name, value in headers.items():
        request.setRequestHeader(name, value)
    progress(0.0)
    await _sent(request, form, progress)
    return HttpResponse(int(request.status), str(request.responseText))


async def _sent(request: JsProxy, form: JsProxy, progress: Progress) -> None:
    """Send it, and wait for the end."""
    over: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    def ended(event: JsProxy) -> None:
        if not over.done():
            over.set_result(str(event.type))

    def gone(event: JsProxy) -> None:
        if event.lengthComputable:
            progress(float(event.loaded) / max(1.0, float(event.total)))

    on_end, on_progress = create_proxy(ended), create_proxy(gone)
    request.onload = request.onerror = request.ontimeout = request.onabort = on_end
    request.upload.onprogress = on_progress
    try:
        request.send(form)
        if (how := await over) != "load":
            raise OSError(f"the upload ended by {how}")
    except asyncio.CancelledError:
        request.abort()
        raise
    finally:
        request.onload = request.onerror = request.ontimeout = request.onabort = request.upload.onprogress = None
        on_end.destroy()
        on_progress.destroy()
