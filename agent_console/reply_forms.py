"""Writing canned replies: a form in the dialog for a new one or one that is there, and deleting one."""

from dataclasses import replace

from agent_console.asking import Asking
from agent_console.directory import Directory, Group
from agent_console.page import Page
from agent_console.questions import ConfirmAsk, ReplyAsk
from agent_console.replies import LONGEST_NAME, LONGEST_TEXT, MOST_NAMES, Replies, names_in
from widget.ui.locale import Locale
from widget.wire.canned_responses import CreateCannedResponse, UpdateCannedResponse

__all__ = ["ReplyForms"]


class ReplyForms:
    """The forms of whoever has signed in."""

    def __init__(self, page: Page, asking: Asking, locale: Locale) -> None:
        self._page = page
        self._asking = asking
        self._locale = locale
        self._replies: Replies | None = None
        self._directory: Directory | None = None

    def begin(self, replies: Replies, directory: Directory) -> None:
        """Somebody signs in."""
        self._replies, self._directory = replies, directory

    def write(self, me: str) -> None:
        """Ask for a new one."""
        self._asking.ask(ReplyAsk(None, self._groups(me)), "new-reply")

    def change(self, me: str, reply_id: str) -> None:
        """Ask for the changes of one."""
        reply = self._replies.reply(reply_id) if self._replies is not None else None
        if reply is not None:
            self._asking.ask(ReplyAsk(reply, self._groups(me)), f"edit-{reply_id}")

    def delete(self, reply_id: str) -> None:
        """Ask whether one is to go."""
        t, replies = self._locale.text, self._replies
        reply = replies.reply(reply_id) if replies is not None else None
        if replies is None or reply is None:
            return
        wanted = reply.id
        self._asking.ask(
            ConfirmAsk(
                title=t("Delete #{name}?", name=reply.tags[0] if reply.tags else reply.text[:20]),
                text=t("Nobody who uses it will find it any more."),
                answer=t("Delete"),
                then=lambda: replies.delete(wanted),
            ),
            f"edit-{reply_id}",
        )

    def answer(self) -> None:
        """It is written."""
        question, replies = self._asking.question, self._replies
        if not isinstance(question, ReplyAsk) or replies is None:
            return
        names, text = names_in(self._page.entered("reply-names")), self._page.entered("reply-text").strip()
        if not 0 < len(names) <= MOST_NAMES or any(len(name) > LONGEST_NAME for name in names):
            self._asking.become(replace(question, wrong="names"), "reply-names")
        elif not 0 < len(text) <= LONGEST_TEXT:
            self._asking.become(replace(question, wrong="text"), "reply-text")
        else:
            self._save(replies, question, names, text)
            self._asking.close()

    # Private

    def _save(self, replies: Replies, question: ReplyAsk, names: list[str], text: str) -> None:
        entered = self._page.entered("reply-group")
        first = question.groups[0].id if question.groups else 0
        group_id = int(entered) if entered.isdecimal() else question.reply.group_id if question.reply else first
        private = self._page.checked("reply-private")
        if question.reply is None:
            replies.create(CreateCannedResponse(text=text, tags=names, group_id=group_id, is_private=private))
        else:
            replies.update(
                UpdateCannedResponse(id=question.reply.id, text=text, tags=names, group_id=group_id, is_private=private)
            )

    def _groups(self, me: str) -> tuple[Group, ...]:
        """The groups that an agent can keep replies for."""
        return self._directory.groups_of(me) if self._directory is not None else ()
