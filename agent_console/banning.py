"""Keeping a visitor out: asking for how long, and asking the platform for that."""

from collections.abc import Callable
from dataclasses import replace

from agent_console.asking import Asking
from agent_console.names import name_of
from agent_console.page import Page
from agent_console.questions import MOST_DAYS, BanAsk
from agent_console.session import AgentSession
from widget.ui.locale import Locale
from widget.wire.users import Customer

__all__ = ["Banning"]

FIELD = "ban-days"


class Banning:
    """The question for how long somebody shall be kept out, while it is asked."""

    def __init__(self, page: Page, asking: Asking, locale: Locale, say: Callable[[str], None]) -> None:
        self._page = page
        self._asking = asking
        self._locale = locale
        self._say = say

    def ask(self, customer: Customer, back: str) -> None:
        """Ask; ``back`` is where the focus goes afterwards."""
        self._asking.ask(BanAsk(customer), back)

    def answer(self, session: AgentSession) -> None:
        """For as many days as were entered."""
        question = self._asking.question
        if not isinstance(question, BanAsk):
            return
        days = _days(self._page.entered(FIELD).strip())
        if days is None:
            self._asking.become(replace(question, wrong=True), FIELD)
            return
        name = name_of(question.customer, self._locale)
        told = self._locale.text("{name} was banned.", name=name)
        session.work.ban(question.customer.id, days, lambda: self._say(told))
        self._asking.close()


def _days(entered: str) -> int | None:
    days = int(entered) if entered.isascii() and entered.isdecimal() and len(entered) < 6 else 0
    return days if 1 <= days <= MOST_DAYS else None
