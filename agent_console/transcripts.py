"""The transcript of a thread, for elsewhere: copied, or downloaded as text."""

import re
from collections.abc import Callable

from agent_console.inbox import Case
from agent_console.names import name_of
from agent_console.page import Page
from agent_console.session import AgentSession
from widget.rtm.background import begin
from widget.ui.locale import Locale

__all__ = ["Transcripts", "file_name"]

_NOT_IN_NAMES = re.compile(r"[^\w .@-]")


class Transcripts:
    """``front`` is the chat, or the archived thread, that is in front."""

    def __init__(
        self, page: Page, locale: Locale, front: Callable[[], Case | None], say: Callable[[str], None]
    ) -> None:
        self._page = page
        self._locale = locale
        self._front = front
        self._say = say

    def copy(self, session: AgentSession) -> None:
        """Put it where it can be pasted from."""

        self._ask(session, lambda text: begin(self._copy(text)))

    def download(self, session: AgentSession) -> None:
        """Give it as a file."""
        case = self._front()
        if case is not None:
            name = file_name(name_of(case.customer, self._locale), case)
            self._ask(session, lambda text: self._page.download(name, text))

    async def _copy(self, text: str) -> None:
        t = self._locale.text
        copied = await self._page.copy(text)
        self._say(
            t("The transcript was copied.") if copied else t("The browser does not let it be copied: download it.")
        )

    def _ask(self, session: AgentSession, take: Callable[[str], object]) -> None:
        case = self._front()
        if case is not None and case.conversation.thread_id is not None:
            session.work.ask_for_transcript(case.id, case.conversation.thread_id, take)


def file_name(visitor: str, case: Case) -> str:
    """What the file is called: ``Mary Major 2026-05-03.txt``."""
    plain = _NOT_IN_NAMES.sub("", visitor).strip() or "chat"
    return f"{plain} {case.started_at:%Y-%m-%d}.txt" if case.started_at else f"{plain}.txt"
