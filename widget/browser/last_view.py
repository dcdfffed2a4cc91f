"""What the visitor's next page shows before its Python has started (``static/last_view.js`` paints and keeps it)."""

import logging

import js
from pydantic import ValidationError
from pyodide.ffi import create_once_callable

from widget.customer_sdk.kept import KeptConversation
from widget.customer_sdk.session import ChatSession
from widget.rtm.ports import Clock, Timer

__all__ = ["LastView"]

log = logging.getLogger(__name__)

KEEP_AFTER = 0.5
"""Seconds from a change until it is kept, with all that has changed meanwhile."""


class LastView:
    """The conversation as it stands in the window, from page to page."""

    def __init__(self, session: ChatSession, clock: Clock) -> None:
        self._view = js.liveChatPage.lastView
        self._session = session
        self._clock = clock
        self._keeping: Timer | None = None

    def restore(self) -> None:
        """Go on from what an earlier page has kept: the page shows it already."""
        text = self._view.conversation()
        if not isinstance(text, str):
            return  # JavaScript's null is not None
        try:
            self._session.restore(KeptConversation.model_validate_json(text))
        except ValidationError as error:
            log.warning("What an earlier page has kept cannot be read: %s", error)

    def changed(self) -> None:
        """Keep what is there, soon."""
        if self._keeping is None:
            self._keeping = self._clock.call_later(KEEP_AFTER, self._keep_when_painted)

    def _keep_when_painted(self) -> None:
        # What has changed so far asked before us to be painted with the next frame; what changes now is kept later.
        self._keeping = None
        js.liveChatPage.screen.nextFrame(create_once_callable(self._keep))

    def _keep(self) -> None:
        kept = self._session.kept()
        self._view.keep("null" if kept is None else kept.model_dump_json())
