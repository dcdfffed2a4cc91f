"""The languages as the page has them: their words come by ``static/language.js``, their formats by ``Intl``."""

import json
from collections.abc import Callable

import js
from pyodide.ffi import JsException

from widget.browser.dates import IntlDates, IntlNumbers
from widget.rtm.ports import Storage
from widget.ui.languages import LANGUAGES, Language, found
from widget.ui.locale import Locale

__all__ = ["BrowserLanguages", "begun"]


class BrowserLanguages:
    """The languages of this page. ``changed`` is called when it has another one."""

    def __init__(self, storage: Storage, changed: Callable[[], None]) -> None:
        self._page = js.liveChatLanguage
        self._storage = storage
        self._changed = changed

    def begun(self) -> Locale:
        """The language that the page has begun with."""
        return begun()

    async def locale(self, language: Language) -> Locale:
        """The words and formats of a language. Raises OSError when they cannot be had."""
        try:
            words = await self._page.load(language.tag)
        except JsException as error:
            raise OSError(str(error)) from error
        return _locale(language, str(words))

    def chosen(self, locale: Locale) -> None:
        """The page is in this language from now on, on the visitor's next pages too."""
        html = js.document.documentElement
        html.lang = LANGUAGES[locale.language].spoken
        html.dir = locale.direction
        js.document.title = locale.text("Chat")
        self._storage.set(str(self._page.name), locale.language)
        self._changed()


def begun() -> Locale:
    """The language that the page has begun with (``static/language.js``)."""
    page = js.liveChatLanguage
    return _locale(LANGUAGES[str(page.tag)], str(page.texts))


def _locale(language: Language, words: str) -> Locale:
    formats = _formats(language)
    return Locale(
        language=language.tag,
        direction=language.direction,
        dates=IntlDates(formats),
        numbers=IntlNumbers(formats),
        words=json.loads(words),
    )


def _formats(language: Language) -> str:
    """The visitor's own kind of this language, for its dates and numbers: somebody in London reads 14:05 in English."""
    for tag in map(str, js.navigator.languages):
        if found(tag) == language and _script(tag) == _script(language.spoken):
            return tag
    return language.spoken


def _script(tag: str) -> str:
    try:
        return str(js.Intl.Locale.new(tag).maximize().script)
    except JsException:
        return ""  # a system's name for a language, such as "de_DE.UTF-8"
