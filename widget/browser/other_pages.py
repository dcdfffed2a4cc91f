"""Outboxes of pages that are gone.

Each page of the widget holds a lock of its own name while it lives (``static/early.js``). An outbox whose page has no
lock is orphaned, and the next page takes it over; two living pages never send the same one.
"""

import js
from pyodide.ffi import JsException, create_once_callable, to_js

from widget.browser.storage import BrowserStorage
from widget.rtm.outbox import Outbox, read_outbox

__all__ = ["adopt_orphans"]


async def adopt_orphans(storage: BrowserStorage, prefix: str, outbox: Outbox) -> None:
    """Take over what pages that are gone had still to send. Nothing is let go before it is kept here."""
    for name in storage.names(prefix):
        if name != outbox.name and await _is_gone(name.removeprefix(prefix)):
            outbox.adopt(read_outbox(storage.get(name)))
            storage.remove(name)


async def _is_gone(page_id: str) -> bool:
    locks = getattr(js.navigator, "locks", None)
    if locks is None:
        return True  # no way to tell; the server knows a text that comes twice
    gone: list[bool] = []
    options = to_js({"ifAvailable": True}, dict_converter=js.Object.fromEntries)
    try:
        held = create_once_callable(lambda lock: gone.append(bool(lock)))
        await locks.request(f"live-chat:page:{page_id}", options, held)
    except JsException:
        return True
    return gone == [True]
