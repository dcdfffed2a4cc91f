"""The window at work: what the visitor does goes to the session, what the session becomes goes to the screen.

One direction: action -> session -> state -> markup -> screen. It owns no conversation and no element; it decides what
the state of the window is, and when to paint it.
"""

import asyncio
from collections.abc import Callable, Sequence
from itertools import takewhile

from widget.customer_sdk.files import File as ChosenFile
from widget.customer_sdk.session import ChatSession
from widget.rtm.conversation import Conversation
from widget.rtm.outbox import Draft, UploadedFile
from widget.rtm.ports import Clock
from widget.ui.filling import Filling, Kept, first_field
from widget.ui.languages import wanted
from widget.ui.locale import Locale
from widget.ui.noticing import Noticing
from widget.ui.painting import Change, Painted
from widget.ui.places import NEW, THE_LIST, Browsing, Place, Spot, on_its_way, summaries
from widget.ui.ports import Files, Host, Languages, Screen
from widget.ui.rating import Ratings
from widget.ui.reel import Reel
from widget.ui.rich import button_of, postback
from widget.ui.state import Around, WindowState
from widget.ui.timeline import shown
from widget.ui.uploads import Uploads
from widget.ui.window import LONGEST_TEXT, around, launcher_texts, rows
from widget.wire.base import Json
from widget.wire.errors import CommandError
from widget.wire.events import File, Message, UnknownEvent

__all__ = ["ChatWindow"]

CATCHING_UP = 0.1
"""Seconds between two paintings while more has come than has been looked at: most of it will be out of sight again."""

AHEAD = 800
"""Pixels of rows that should be there above and below what can be seen."""

FETCHED_AHEAD = 30
"""Entries that should be here before the first one that is in the page, while the reader goes up."""

NEAR_START = 120
"""Pixels from the first row that count as being there."""

NEAR_END = 60
"""Pixels from the last row that count as being there."""


class ChatWindow:
    """The window of one visitor."""

    def __init__(
        self,
        *,
        session: ChatSession,
        screen: Screen,
        host: Host,
        clock: Clock,
        locale: Locale,
        languages: Languages,
        files: Files,
        kept: Kept,
    ) -> None:
        self._session = session
        self._screen = screen
        self._host = host
        self._clock = clock
        self._locale = locale
        self._languages = languages
        self._changing_language = asyncio.Lock()
        self._visible = False
        self._menu_open = False
        self._painting = False
        self._painted = Painted()
        self._painted_at = 0.0
        self._around: Around | None = None
        self._reel = Reel()
        self._left_in_place = screen.in_place()
        self._following = not self._left_in_place
        self._noticing = Noticing(session, clock, self.changed)
        self._unread = 0
        self._known = False
        self._browsing = Browsing()
        self._offered = ""
        self._uploads = Uploads(files.send, self._uploaded, self.changed, files.names, files.name)
        self._ratings = Ratings(session.request, self.changed)
        self._filling = Filling(session, kept, self.changed)
        self._actions: dict[str, Callable[[str], None]] = {
            "hide": lambda _: self._hide(),
            "menu": lambda _: self._toggle_menu(),
            "end": lambda _: self._end_chat(),
            "retry": self._retry,
            "discard": self._discard,
            "older": lambda _: session.load_older(),
            "bottom": lambda _: self._to_end(),
            "reconnect": lambda _: self._reconnect(),
            "threads": lambda _: self.show_threads(),
            "thread": self.show_thread,
            "new-thread": lambda _: self.show_new_thread(),
            "postback": self._press,
            "rate": lambda score: self._ratings.rate(session.conversation, int(score)),
            "skip-form": lambda _: self._filling.skip(),
            "rating-form": lambda text: self._ratings.comment(session.conversation, text),
        }

    # What the page tells

    def act(self, action: str, target: str) -> None:
        """A button was pressed; ``target`` is the id of what it stands on."""
        do = self._actions.get(action)
        if do is not None:
            do(target)

    def submit(self) -> None:
        """The visitor sends what is in the composer. Too long a text stays there."""
        text = self._screen.composed().strip()
        if text and len(text) <= LONGEST_TEXT:
            self._screen.compose("")
            self._screen.keep_draft("")
            self._send(Draft(text=text))
            self._to_end()

    def attach(self, files: Sequence[ChosenFile]) -> None:
        """The visitor has chosen files, or dropped or pasted them. Where nothing can be said, nothing can be sent."""
        if files and self._state().around().can_write:
            self._uploads.add(files)
            self._to_end()

    def typed(self) -> None:
        """The text in the composer has changed."""
        text = self._screen.composed()
        self._screen.keep_draft(text)
        self._session.type(text)
        if not text:
            self.changed()  # there may be a form that has let the visitor write first

    def entered(self, form: str, fields: Sequence[tuple[str, str]]) -> None:
        """Something was filled in, in a form."""
        self._filling.typed(form, fields)

    def fill_in(self, form: str, fields: Sequence[tuple[str, str]]) -> None:
        """A form is to be sent. Where something is wrong in it, it stays, and says so."""
        wrong = self._filling.first_wrong(form, fields)
        if wrong is not None:
            self._screen.paint(self._change())  # the sentence has to be there when the focus comes to the field
            self._screen.focus_field(wrong)
        elif (answered := self._filling.answered(form, fields)) is not None:
            self._send_form(form, answered)
            self._filling.forget(form)
            self._host.tell({"type": "form_submitted", "form": form})

    def escape(self) -> None:
        """The visitor wants out of what is open: the menu, then the window."""
        if self._menu_open:
            self._toggle_menu()
        else:
            self._hide()

    def scrolled(self) -> None:
        """The log was scrolled; at its start, what came before is fetched."""
        above, below = self._screen.room()
        if above < (NEAR_START if self._following else AHEAD) and self._reel.start <= FETCHED_AHEAD:
            self._session.load_older()
        at_end = self._reel.at_newest and below < NEAR_END
        if at_end != self._following or self._wants_more(above, below):
            self._following = at_end
            self.changed()

    def home(self) -> None:
        """The visitor wants to the beginning: to the first entry that is here."""
        self._following = False
        self._reel = self._reel.oldest(self._conversation().entries)
        self._screen.paint(self._change())
        self._screen.scroll_to_start()
        self._session.load_older()

    def end(self) -> None:
        """The visitor wants to the newest entry."""
        self._to_end()

    def attention(self) -> None:
        """The page came to the front, or the network changed."""
        self._session.probe()
        self.changed()

    def show(self, *, visible: bool) -> None:
        """The window was opened or closed. Opened, it connects."""
        self._visible = visible
        if visible:
            self._session.connect()
            # A window that was not drawn has no place where it was scrolled to.
            if self._left_in_place:
                self._left_in_place = False
            else:
                self._to_end()
        self.changed()

    def focus(self) -> None:
        """The visitor opened the window by hand, and may write at once."""
        self._focus()

    # Which conversation is shown

    def show_threads(self) -> None:
        """Show the list of conversations."""
        self._go(THE_LIST)

    def show_thread(self, thread_id: str) -> None:
        """Show one of the conversations that are here."""
        self._go(Place(Spot.THREAD, thread_id))

    def show_new_thread(self) -> None:
        """Show an empty conversation; the first text begins it."""
        self._go(NEW)

    def offer_draft(self, text: str) -> bool:
        """Put a text into the composer, unless the visitor is writing something there."""
        composed = self._screen.composed()
        if composed.strip() and composed != self._offered:
            return False
        self._offered = text
        self._screen.compose(text)
        self._screen.keep_draft(text)
        return True

    def dress(self, theme: Json | None) -> None:
        """The page wants these colours."""
        self._screen.dress(theme)

    def changed(self) -> None:
        """Something is different: paint, once, when the screen is drawn next."""
        if not self._painting:
            self._painting = True
            self._screen.next_frame(self._paint)

    async def set_language(self, tag: str | None = None) -> str:
        """Have everything in another language, at once; what is being written and read stays as it is.

        Without a tag, or in a language that is none of ours, it is English (seed: Infobip, "Set language"). Returns the
        tag of the language that it is. Raises CommandError: UNKNOWN_LANGUAGE for what is no tag, LANGUAGE_UNAVAILABLE
        when its words cannot be had; the window then stays in the language that it has.
        """
        language = wanted(tag)
        async with self._changing_language:  # of several, each has its turn, and the last one stays
            try:
                locale = await self._languages.locale(language)
            except OSError as error:
                sentence = f"The words of {language.tag} could not be loaded."
                raise CommandError("LANGUAGE_UNAVAILABLE", sentence, "Check the connection, then try again.") from error
            self._locale = locale
            self._around = None
            self._languages.chosen(locale)
        self.changed()
        return language.tag

    # Private

    def _send(self, draft: Draft, custom_id: str | None = None) -> None:
        if self._browsing.place == NEW:
            new = draft.model_copy(update={"new_thread": True})
            self._browsing.begins(self._session.send(new, custom_id).custom_id)
        else:
            self._session.send(draft, custom_id)

    def _send_form(self, form: str, filled: Json) -> None:
        if form == "postchat":
            self._filling.answer_after(filled)
            return
        new = self._browsing.place == NEW
        begun = self._session.fill_in(filled, new_thread=new)
        if new:
            self._browsing.begins(begun.custom_id)
        if self._draft():
            self._session.send(self._screen.composed().strip())
            self._screen.compose("")
            self._screen.keep_draft("")
        self._to_end()
        self._screen.focus_composer()

    def _draft(self) -> str:
        """What the site's page has put into the composer, and nobody has changed."""
        text = self._screen.composed().strip()
        return text if text == self._offered.strip() else ""

    def _retry(self, custom_id: str) -> None:
        if not self._uploads.retry(custom_id):
            self._session.retry(custom_id)

    def _discard(self, custom_id: str) -> None:
        if not self._uploads.cancel(custom_id):
            self._session.discard(custom_id)

    def _press(self, target: str) -> None:
        """A button of a rich message was pressed: of which, and which one."""
        event_id, _, place = target.rpartition(" ")
        entry = next((e for e in reversed(self._session.conversation.entries) if e.event.id == event_id), None)
        button = button_of(entry.event, place) if entry is not None else None
        if entry is None or button is None:
            return
        pressed = postback(button, entry.thread_id, event_id)
        if button.says is not None:
            self._send(Draft(text=button.says[:LONGEST_TEXT], postback=pressed))
            self._to_end()
        else:
            self._session.press(pressed, button.text)

    def _uploaded(self, upload_id: str, file: UploadedFile) -> None:
        self._send(Draft(file=file), upload_id)

    def _go(self, place: Place) -> None:
        self._menu_open = False
        self._browsing.go(place)
        self._reel = Reel()
        self._following = True
        self._screen.paint(self._change())
        if self._visible:
            self._focus()
        self.changed()

    def _focus(self) -> None:
        before = self._around.filling.before if self._around is not None else None
        if self._browsing.place == THE_LIST:
            self._screen.focus_list()
        elif before is not None:
            self._screen.focus_field(first_field(before.form))
        else:
            self._screen.focus_composer()

    def _conversation(self) -> Conversation:
        return self._browsing.shown(self._session.conversation)

    def _paint(self) -> None:
        if self._session.behind and self._clock.now() < self._painted_at + CATCHING_UP:
            self._screen.next_frame(self._paint)
            return
        self._painting = False
        self._painted_at = self._clock.now()
        self._count_unread()
        self._wind()
        before = self._around
        change = self._change()
        if not change.empty:
            self._screen.paint(change)
        self._lead(before)
        if self._wants_more(*self._screen.room()):
            self.changed()
        self._tell_host()

    def _change(self) -> Change:
        state = self._state()
        now = state.around()
        drawn = None if now == self._around else str(around(now, self._locale))
        self._around = now
        above = None if self._reel.start == 0 and self._reel.at_newest else self._reel.start
        return self._painted.change(drawn, rows(state, self._locale), above=above, to_end=self._following)

    def _lead(self, before: Around | None) -> None:
        """A form that has come in place of the composer takes the focus over."""
        form = self._around.filling.before if self._around is not None else None
        if self._visible and form is not None and (before is None or before.filling.before is None):
            self._screen.focus_field(first_field(form.form), instead=True)

    def _wind(self) -> None:
        """Have rows ready above and below what can be seen, and not many more."""
        entries = self._conversation().entries
        above, below = self._screen.room()
        free = not self._screen.held()
        self._reel = self._reel.fitted(entries, follow=self._following, cut=free)
        if self._following:
            free = False  # what is at the end now may be somewhere else on the screen
        if above < AHEAD and self._reel.start > 0:
            self._reel = self._reel.earlier(entries, cut=free and below > 2 * AHEAD)
        elif below < AHEAD and not self._reel.at_newest:
            self._reel = self._reel.later(entries, cut=free and above > 2 * AHEAD)

    def _wants_more(self, above: float, below: float) -> bool:
        return (above < AHEAD and self._reel.start > 0) or (below < AHEAD and not self._reel.at_newest)

    def _state(self) -> WindowState:
        session, shown = self._session, self._conversation()
        place, closed = self._browsing.place, self._browsing.closed(shown)
        first = session.conversation.entries[0].thread_id if session.conversation.entries else None
        draft = self._draft()
        writing = not draft and bool(self._screen.composed().strip())
        return WindowState(
            notice=self._noticing.notice(online=self._screen.online()),
            customer_id=session.customer_id,
            conversation=shown,
            outgoing=on_its_way(session.outbox.waiting, place, closed=closed),
            agents_online=session.agents_online,
            loading_older=session.loading_older,
            menu_open=self._menu_open,
            unread_below=0 if self._following else self._unread,
            reel=self._reel,
            following=self._following,
            place=place,
            threads=tuple(summaries(shown)) if place == THE_LIST else (),
            several=first is not None and first != session.conversation.thread_id,
            closed=closed,
            uploads=self._uploads.all,
            asked=self._ratings.asked(session.conversation) if self._browsing.at_newest(session.conversation) else None,
            filling=self._filling.asking(self._browsing, shown, visible=self._visible, writing=writing, draft=draft),
        )

    def _count_unread(self) -> None:
        session = self._session
        seen = session.conversation.seen.get(session.customer_id or "")
        new = takewhile(lambda e: seen is None or e.event.created_at > seen, reversed(session.conversation.entries))
        self._unread = sum(
            isinstance(e.event, Message | File | UnknownEvent)
            and shown(e.event)
            and e.event.author_id != session.customer_id
            for e in new
        )
        here = self._visible and self._screen.attended() and self._browsing.at_newest(session.conversation)
        if here and self._following:
            session.mark_seen()
            self._unread = 0

    def _tell_host(self) -> None:
        if self._session.conversation.chat_id is not None and not self._known:
            self._known = True
            self._host.tell({"type": "known"})
        count = 0 if self._visible else self._unread
        texts = launcher_texts(count, self._locale)
        # Once more when the page may keep it: `known` makes it another message than the last.
        self._host.tell({"type": "unread", "count": count, "texts": {**texts}, "known": self._known})

    def _hide(self) -> None:
        self._host.tell({"type": "hide"})

    def _toggle_menu(self) -> None:
        self._menu_open = not self._menu_open
        self.changed()

    def _end_chat(self) -> None:
        self._menu_open = False
        self._session.end()
        self.changed()

    def _to_end(self) -> None:
        self._following = True
        if not self._reel.at_newest:
            self._reel = self._reel.newest(self._conversation().entries)
        self.changed()

    def _reconnect(self) -> None:
        if self._session.error is not None:
            self._session.catch_up()
        else:
            self._session.connect()
