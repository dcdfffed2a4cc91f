"""Canned replies: texts that agents keep ready, found by the words after a ``#``.

The platform keeps them per group (Configuration API 3.7), and tells nobody when one changes: they are asked for after
each connection, after each change of one's own, and again when they are used after a while.
"""

import re
from collections.abc import Awaitable, Callable
from typing import Any

from agent_console.deeds import Deeds
from agent_console.organization import Ask
from widget.rtm.ports import Clock
from widget.wire.canned_responses import (
    CannedResponse,
    CannedResponseById,
    CreateCannedResponse,
    ListCannedResponses,
    ListCannedResponsesResult,
    UpdateCannedResponse,
)
from widget.wire.users import Customer

__all__ = ["LONGEST_NAME", "LONGEST_TEXT", "MOST_NAMES", "Replies", "filled", "found", "names_in"]

LONGEST_TEXT = 2000
LONGEST_NAME = 50
MOST_NAMES = 20
"""What the platform takes of a reply: characters of its text, of one of its names, and how many names."""

GOOD_FOR = 60.0
"""Seconds after which somebody else may have changed one."""

_BETWEEN_NAMES = re.compile(r"[\s,]+")

_PLACE = re.compile(r"(?P<before>,? ?)%(?P<what>name|email|agent)%")

_LIST, _CREATE = "list_canned_responses", "create_canned_response"
_UPDATE, _DELETE = "update_canned_response", "delete_canned_response"


class Replies:
    """The replies that the agent may use, in the order of their names."""

    def __init__(self, ask: Ask, deeds: Deeds, clock: Clock) -> None:
        self.all: tuple[CannedResponse, ...] = ()
        self._ask = ask
        self._deeds = deeds
        self._clock = clock
        self._asked_at: float | None = None
        self._in_step = False

    @property
    def busy(self) -> bool:
        """Whether a change is under way."""
        return any(deed in (_CREATE, _UPDATE, _DELETE) for deed, _ in self._deeds.busy)

    def reply(self, reply_id: str) -> CannedResponse | None:
        """A reply."""
        return next((reply for reply in self.all if str(reply.id) == reply_id), None)

    def keep_in_step(self, *, connected: bool) -> None:
        """Ask anew after each connection."""
        if connected and not self._in_step:
            self._load()
        self._in_step = connected

    def refresh(self) -> None:
        """They are about to be used."""
        if self._in_step and (self._asked_at is None or self._clock.now() - self._asked_at > GOOD_FOR):
            self._load()

    def create(self, new: CreateCannedResponse) -> None:
        """Keep another one."""
        self._change(_CREATE, "", lambda: self._ask(_CREATE, new.as_json()))

    def update(self, changed: UpdateCannedResponse) -> None:
        """Change what is given of one."""
        self._change(_UPDATE, str(changed.id), lambda: self._ask(_UPDATE, changed.as_json()))

    def delete(self, reply_id: int) -> None:
        """Keep one no longer."""
        request = CannedResponseById(id=reply_id).as_json()
        self._change(_DELETE, str(reply_id), lambda: self._ask(_DELETE, request))

    # Private

    def _change(self, deed: str, of: str, ask: Callable[[], Awaitable[Any]]) -> None:
        async def change() -> None:
            await ask()
            await self._fetch()

        self._deeds.attempt(deed, of, change)

    def _load(self) -> None:
        self._deeds.attempt(_LIST, "", self._fetch)

    async def _fetch(self) -> None:
        self._asked_at = self._clock.now()
        request = ListCannedResponses(include_private=True, limit=100)
        everything: list[CannedResponse] = []
        while True:
            page = ListCannedResponsesResult.model_validate(await self._ask(_LIST, request.as_json()))
            everything += page.canned_responses
            if page.next_page_id is None:
                break
            request = ListCannedResponses(page_id=page.next_page_id)
        self.all = tuple(sorted(everything, key=lambda reply: [*map(str.casefold, reply.tags), reply.text]))


def found(replies: tuple[CannedResponse, ...], wanted: str) -> tuple[CannedResponse, ...]:
    """Those that a word stands for: first those with a name that begins with it, then those that mention it."""
    word = wanted.casefold()
    named = [reply for reply in replies if any(name.casefold().startswith(word) for name in reply.tags)]
    mentioned = [reply for reply in replies if reply not in named and word in _all_of(reply)]
    return (*named, *mentioned)


def _all_of(reply: CannedResponse) -> str:
    return " ".join((*reply.tags, reply.text)).casefold()


def names_in(text: str) -> list[str]:
    """The names that were entered, each once: words with or without ``#``, by spaces or commas."""
    return list(dict.fromkeys(word.lstrip("#") for word in _BETWEEN_NAMES.split(text) if word.strip("#")))


def filled(text: str, customer: Customer | None, agent: str) -> str:
    """A text for a visitor, with what stands for ``%name%``, ``%email%`` and ``%agent%``.

    A name that nobody told goes with the comma or space before it.
    """
    values = {"name": _first_name(customer), "email": (customer and customer.email) or "", "agent": agent}

    def value(found: re.Match[str]) -> str:
        told = values[found["what"]]
        return found["before"] + told if told else ""

    return _PLACE.sub(value, text)


def _first_name(customer: Customer | None) -> str:
    told = ((customer and customer.name) or "").split()
    return told[0] if told else ""
