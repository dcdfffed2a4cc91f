"""Lets the visitor know that the agent types, without telling it at every key.

``True`` when typing begins and every 5 s while it goes on, ``False`` when the text is emptied or sent, or when nothing
was typed for 5 s (the rhythm in which the platform's own agent app repeats it).
"""

from collections.abc import Callable

from widget.rtm.ports import Clock, Timer

__all__ = ["REPEAT", "TypingSignal"]

REPEAT = 5.0
"""Seconds between two signals, and of silence until typing counts as over."""


class TypingSignal:
    """What one agent types, in one chat at a time. ``send`` gets the chat's id and whether they type there."""

    def __init__(self, clock: Clock, send: Callable[[str, bool], None]) -> None:
        self._clock = clock
        self._send = send
        self._chat_id: str | None = None
        self._sent_at = 0.0
        self._silence: Timer | None = None

    def typed(self, chat_id: str, text: str) -> None:
        """The text in the composer has changed."""
        if chat_id != self._chat_id or not text.strip():
            self.stop()
        if text.strip():
            self._go_on(chat_id)

    def stop(self) -> None:
        """The text was sent, or the agent has gone elsewhere."""
        if self._silence is not None:
            self._silence.cancel()
            self._silence = None
        if self._chat_id is not None:
            chat_id, self._chat_id = self._chat_id, None
            self._send(chat_id, False)

    def _go_on(self, chat_id: str) -> None:
        now = self._clock.now()
        if self._chat_id is None or now - self._sent_at >= REPEAT:
            self._chat_id, self._sent_at = chat_id, now
            self._send(chat_id, True)
        if self._silence is not None:
            self._silence.cancel()
        self._silence = self._clock.call_later(REPEAT, self.stop)
