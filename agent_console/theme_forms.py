"""Editing themes: a form in the dialog for a new one or one that is there, and deleting one."""

from dataclasses import replace

from agent_console.asking import Asking
from agent_console.page import Page
from agent_console.questions import ConfirmAsk, ThemeAsk
from agent_console.themes import BUILT_IN, COLOR, MOST, NAME, Theme, Themes
from widget.ui.colors import INK, PAPER, Base, Chosen, Meeting, clashes, mended
from widget.ui.locale import Locale

__all__ = ["FIELDS", "ThemeForms"]

FIELDS = ("theme-name", "theme-base", "theme-accent", "theme-paper", "theme-ink")

FIRST = Chosen("light", "#14594a", PAPER["light"], INK["light"])
"""What a new theme begins with: the window's usual colours (static/tokens.css)."""


class ThemeForms:
    """The forms of whoever has signed in."""

    def __init__(self, page: Page, asking: Asking, locale: Locale) -> None:
        self._page = page
        self._asking = asking
        self._locale = locale
        self._themes: Themes | None = None

    def begin(self, themes: Themes) -> None:
        """Somebody signs in."""
        self._themes = themes

    def write(self) -> None:
        """Ask for a new one."""
        self._asking.ask(ThemeAsk(None, "", FIRST), "new-theme")

    def change(self, name: str) -> None:
        """Ask for the changes of one."""
        theme = self._themes.theme(name) if self._themes is not None else None
        if theme is not None:
            self._asking.ask(ThemeAsk(name, name, theme.chosen), f"edit-theme-{name}")

    def delete(self, name: str) -> None:
        """Ask whether one is to go."""
        t, themes = self._locale.text, self._themes
        if themes is None or themes.theme(name) is None:
            return
        self._asking.ask(
            ConfirmAsk(
                title=t("Delete {name}?", name=name),
                text=t("Pages that ask for it keep the colours they have, and are told that there is no such theme."),
                answer=t("Delete"),
                then=lambda: themes.delete(name),
            ),
            "new-theme",
        )

    def typed(self) -> None:
        """Something was entered: show what becomes of it."""
        question = self._asking.question
        if isinstance(question, ThemeAsk):
            self._asking.become(self._entered(question))

    def mend(self, where: str) -> None:
        """Take the nearest shade that can be read there."""
        question = self._asking.question
        if not isinstance(question, ThemeAsk) or where not in list(Meeting):
            return
        chosen = mended(question.chosen, Meeting(where))
        changed, color = (
            ("theme-ink", chosen.ink) if chosen.ink != question.chosen.ink else ("theme-accent", chosen.accent)
        )
        self._page.enter(changed, color)
        self.typed()
        self._page.focus(changed)

    def answer(self) -> None:
        """It is to be saved."""
        question, themes = self._asking.question, self._themes
        if not isinstance(question, ThemeAsk) or themes is None:
            return
        entered = self._entered(question)
        wrong = _wrong(entered, themes)
        if wrong is not None:
            self._asking.become(replace(entered, wrong=wrong), "theme-name")
        elif clashes(entered.chosen):
            self._asking.become(entered, "theme-mend")
        else:
            themes.save(Theme(entered.name, entered.chosen), question.former)
            self._asking.close()

    # Private

    def _entered(self, question: ThemeAsk) -> ThemeAsk:
        page, before = self._page, question.chosen
        base: Base = "dark" if page.entered("theme-base") == "dark" else "light"
        if base != before.base:
            # What was usual in the light is not in the dark.
            for field, usual in (("theme-paper", PAPER), ("theme-ink", INK)):
                if page.entered(field) == usual[before.base]:
                    page.enter(field, usual[base])
        accent, paper, ink = (
            color if COLOR.fullmatch(color := page.entered(field)) else former
            for field, former in (
                ("theme-accent", before.accent),
                ("theme-paper", before.paper),
                ("theme-ink", before.ink),
            )
        )
        return replace(
            question, name=page.entered("theme-name").strip(), chosen=Chosen(base, accent, paper, ink), wrong=None
        )


def _wrong(question: ThemeAsk, themes: Themes) -> str | None:
    """What is wrong with the name, or with having another theme."""
    name = question.name
    if not NAME.fullmatch(name) or name in BUILT_IN:
        return "name"
    if name != question.former and themes.theme(name) is not None:
        return "taken"
    return "many" if question.former is None and len(themes.all) >= MOST else None
