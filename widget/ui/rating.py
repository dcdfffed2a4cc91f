"""How the visitor finds a chat that has ended: good or bad, and what they have to say about it.

What has been rated, the platform tells in the conversation itself, on every page and device.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from htpy import Element, button, div, form, label, p, span, strong, textarea

from widget.rtm.background import begin
from widget.rtm.conversation import Conversation
from widget.ui import icons
from widget.ui.locale import Locale
from widget.wire.base import Json
from widget.wire.errors import ChatError
from widget.wire.events import SystemMessage
from widget.wire.users import Agent

__all__ = ["Asked", "Ratings", "rating"]

LONGEST_COMMENT = 1000

RATED = "rating.chat_rated"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked about an ended chat. ``score``: 1 for good, 0 for bad, once given; ``thanked``: all is said."""

    score: int | None = None
    busy: bool = False
    failed: bool = False
    thanked: bool = False


class Ratings:
    """The rating of the last thread. ``ask`` asks the platform for an action, and raises ChatError."""

    def __init__(self, ask: Callable[[str, Json], Awaitable[object]], changed: Callable[[], None]) -> None:
        self._ask = ask
        self._changed = changed
        self._about: str | None = None
        self._asked = Asked()

    def asked(self, chat: Conversation) -> Asked | None:
        """What to ask about a conversation; None while it goes on, and for one that was rated before."""
        if chat.active or chat.chat_id is None or chat.thread_id is None:
            return None
        if self._about != chat.thread_id:
            return Asked() if _can_be_rated(chat, chat.thread_id) else None
        return self._asked

    def rate(self, chat: Conversation, score: int) -> None:
        """It was good, 1, or bad, 0."""
        self._say(chat, {"score": score}, Asked(score=score))

    def comment(self, chat: Conversation, text: str) -> None:
        """What there is to say about it; nothing ends the asking."""
        if text.strip():
            said = text.strip()[:LONGEST_COMMENT]
            self._say(chat, {"comment": said}, Asked(score=self._asked.score, thanked=True))

    def _say(self, chat: Conversation, rating: Json, then: Asked) -> None:
        if chat.chat_id is None or chat.thread_id is None or self._asked.busy:
            return
        if self._about != chat.thread_id:
            self._about, self._asked = chat.thread_id, Asked()
        self._asked = Asked(score=self._asked.score, busy=True)
        payload: Json = {"chat_id": chat.chat_id, "thread_id": chat.thread_id, "properties": {"rating": rating}}
        begin(self._send(chat.thread_id, payload, then))
        self._changed()

    async def _send(self, thread_id: str, payload: Json, then: Asked) -> None:
        before = self._asked.score
        try:
            await self._ask("update_thread_properties", payload)
        except ChatError:
            then = Asked(score=before, failed=True)
        if self._about == thread_id:
            self._asked = then
        self._changed()


def _can_be_rated(chat: Conversation, thread_id: str) -> bool:
    """Whether an agent has said something in it, and it was not rated before."""
    events = [entry.event for entry in chat.entries if entry.thread_id == thread_id]
    rated = any(isinstance(event, SystemMessage) and event.system_message_type == RATED for event in events)
    return not rated and any(isinstance(chat.users.get(event.author_id or ""), Agent) for event in events)


def rating(asked: Asked, locale: Locale) -> Element:
    """The question, then room for a comment, then thanks."""
    t = locale.text
    if asked.thanked:
        return div(".rating", id="rating", role="status")[p[t("Thank you for your rating.")]]
    return div(".rating", id="rating", role="group", aria_labelledby="rating-question")[
        strong(id="rating-question")[t("How was this chat?")],
        div(".scores")[
            _score(1, "good", icons.thumb_up(), t("Good"), asked),
            _score(0, "bad", icons.thumb_down(), t("Bad"), asked),
        ],
        asked.score is not None and _comment(locale, busy=asked.busy),
        p(".why", role="alert")[asked.failed and t("The rating could not be sent.")],
    ]


def _score(score: int, name: str, icon: Element, text: str, asked: Asked) -> Element:
    pressed = "true" if asked.score == score else "false"
    return button(
        class_=["score", name],
        type="button",
        data_action="rate",
        data_id=str(score),
        aria_pressed=pressed,
        disabled=asked.busy,
    )[icon, span[text]]


def _comment(locale: Locale, *, busy: bool) -> Element:
    t = locale.text
    return form(".comment", id="rating-form", novalidate=True)[
        label(".visually-hidden", for_="rating-comment")[t("Add a comment…")],
        # data-own: what is written is the visitor's; no rendering touches it.
        textarea(
            "#rating-comment",
            rows="1",
            dir="auto",
            maxlength=str(LONGEST_COMMENT),
            placeholder=t("Add a comment…"),
            data_own=True,
        ),
        button(type="submit", disabled=busy)[t("Send")],
    ]
