"""Asking before something is done: one question at a time, in a dialog.

What is asked, and what an answer does, knows whoever asks. The dialog closes when it is answered; what the platform
then refuses stands where all failures do.
"""

from collections.abc import Callable

from agent_console.page import Page
from agent_console.questions import Question

__all__ = ["DIALOG", "Asking"]

DIALOG = "asking"
"""The id of the dialog."""


class Asking:
    """``question`` is what is asked now."""

    def __init__(self, page: Page, changed: Callable[[], None]) -> None:
        self.question: Question | None = None
        self._page = page
        self._changed = changed
        self._back = ""

    def ask(self, question: Question, back: str) -> None:
        """Ask; ``back`` is where the focus goes afterwards."""
        self.question, self._back = question, back
        self._changed()

    def become(self, question: Question, focus: str = "") -> None:
        """The same question, told otherwise; perhaps with the focus in a field that has to be filled in."""
        if question != self.question:
            self.question = question
            self._changed()
        if focus:
            self._page.focus(focus)

    def close(self, back: str | None = None) -> None:
        """The question is not asked any more. The focus goes back, or elsewhere."""
        if self.question is not None:
            self.question = None
            self._page.show_dialog(DIALOG, visible=False)
            self._page.focus(self._back if back is None else back)
            self._changed()
