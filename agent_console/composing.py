"""The composer: one text field for all chats, of which each has its own draft.

Whether a text is a note for agents belongs to the draft.
"""

from agent_console.drafts import LONGEST_TEXT, Draft, Drafts
from agent_console.page import Page
from agent_console.session import AgentSession
from widget.rtm.ports import Storage

__all__ = ["Composing"]


class Composing:
    """What is being written in the chat in front. ``note``: for agents only."""

    def __init__(self, page: Page, storage: Storage) -> None:
        self.note = False
        self._page = page
        self._storage = storage
        self._shown: str | None = None

    def forget(self) -> None:
        """The field is a new one."""
        self._shown = None

    def typed(self, session: AgentSession) -> None:
        """The text in the field has changed."""
        drafts = self._drafts(session)
        if session.opened is None or drafts is None:
            return
        text = self._page.entered("message")
        drafts.keep(session.opened, Draft(text=text, note=self.note))
        session.type(session.opened, text, note=self.note)

    def send(self, session: AgentSession) -> bool:
        """Send what stands in the field. Whether anything was sent."""
        drafts = self._drafts(session)
        text = self._page.entered("message").strip()
        if drafts is None or session.opened is None or not 0 < len(text) <= LONGEST_TEXT:
            return False
        self._page.enter("message", "")
        drafts.keep(session.opened, Draft(note=self.note))
        session.send(session.opened, text, note=self.note)
        return True

    def append(self, session: AgentSession, text: str) -> bool:
        """Put a text after what stands in the field; the agent sends it or does not. False when there is no room."""
        before = self._page.entered("message")
        joined = f"{before}{'' if not before or before[-1].isspace() else ' '}{text}"
        if session.open_case is None or len(joined) > LONGEST_TEXT:
            return False
        self._page.enter("message", joined)
        self.typed(session)
        return True

    def replace(self, session: AgentSession, start: int, end: int, text: str) -> bool:
        """Put a text in the place of a part of what stands in the field. False when there is no room."""
        before = self._page.entered("message")
        joined = before[:start] + text + before[end:]
        if session.open_case is None or len(joined) > LONGEST_TEXT:
            return False
        self._page.enter("message", joined, caret=start + len(text))
        self.typed(session)
        return True

    def write(self, session: AgentSession, *, note: bool) -> None:
        """Write a note, or a reply. What is written stays."""
        self.note = note
        self.typed(session)

    def turn_to(self, session: AgentSession) -> None:
        """Another chat may be in front now: its draft says whether a note is written."""
        case, drafts = session.open_case, self._drafts(session)
        if case is not None and case.id != self._shown:
            self.note = drafts is not None and drafts.of(case.id).note

    def take_up(self, session: AgentSession) -> bool:
        """Put the draft of the chat in front into the field. Whether it is another chat than before."""
        case, drafts = session.open_case, self._drafts(session)
        shown = case.id if case is not None and drafts is not None else None
        if shown == self._shown:
            return False
        self._shown = shown
        if shown is not None and drafts is not None:
            self._page.enter("message", drafts.of(shown).text)
        return True

    def _drafts(self, session: AgentSession) -> Drafts | None:
        return Drafts(self._storage, f"live-chat-agent:{session.me}:draft:") if session.me else None
