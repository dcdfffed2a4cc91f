"""The catalogues: ``static/locales/TAG.po`` with the texts of the widget, ``commands/TAG.po`` in the same folder with
those of the demo shop's pages about commands; and the words of the widget as a browser gets them.

``{"": "de-DE", "Send": "Senden", "{count} new message": {"one": ..., "other": ...}}``: the texts by the English ones,
and those that count by CLDR's plural categories, which the browser's ``Intl.PluralRules`` chooses among. Under ``""``
stands what browsers call the language. It is read before Python is there, so it is JSON and not gettext's own format.
"""

import json
from functools import lru_cache
from pathlib import Path

from babel import Locale
from babel.messages import Catalog
from babel.messages.pofile import read_po
from babel.plural import PluralRule, to_gettext

from widget.ui.languages import ENGLISH, LANGUAGES

__all__ = [
    "COMMANDS",
    "LOCALES",
    "WIDGET",
    "all_words",
    "catalogue",
    "categories",
    "compiled",
    "plural_forms",
    "plural_rule",
    "read",
    "texts",
]

WIDGET = ""
COMMANDS = "commands"
"""The domains, each a folder with a catalogue for every language."""

LOCALES = Path(__file__).resolve().parent.parent / "static" / "locales"

CATEGORIES = ("zero", "one", "two", "few", "many", "other")
"""CLDR's, in the order in which a catalogue has their forms."""


def catalogue(tag: str, domain: str = WIDGET) -> Path:
    """The file with the texts of a language."""
    return LOCALES / domain / f"{tag}.po"


def read(tag: str, domain: str = WIDGET) -> Catalog:
    """The texts of a language. Raises OSError, and PoFileError when the file cannot be understood."""
    with catalogue(tag, domain).open("rb") as file:
        return read_po(file, locale=None, abort_invalid=True)


def texts(tag: str, domain: str) -> dict[str, str]:
    """The texts of a language by the English ones, without those that count; of English, none.

    Raises OSError and PoFileError. A file is read again when it has changed.
    """
    if tag == ENGLISH.tag:
        return {}
    return _texts(tag, domain, catalogue(tag, domain).stat().st_mtime_ns)


@lru_cache(maxsize=2 * len(LANGUAGES))
def _texts(tag: str, domain: str, _changed_at: int) -> dict[str, str]:
    single = [message for message in read(tag, domain) if message.id and isinstance(message.id, str)]
    return {str(message.id): str(message.string) for message in single if message.string}


def compiled(tag: str) -> bytes:
    """The words of a language, as JSON. Raises OSError and PoFileError."""
    words: dict[str, str | dict[str, str]] = {"": LANGUAGES[tag].spoken}
    for message in read(tag):
        if isinstance(message.id, str):
            words |= {message.id: str(message.string)} if message.id else {}
        else:
            words[message.id[0]] = dict(zip(categories(tag), message.string or (), strict=True))
    return json.dumps(words, ensure_ascii=False, separators=(",", ":")).encode()


def all_words() -> dict[str, bytes]:
    """The file of each language but English, whose words are in the code. Raises OSError and PoFileError."""
    return {f"{tag}.json": compiled(tag) for tag in LANGUAGES if tag != ENGLISH.tag}


def plural_rule(tag: str) -> PluralRule:
    """Which of CLDR's categories goes with a number."""
    return Locale.parse(LANGUAGES[tag].spoken, sep="-").plural_form


def categories(tag: str) -> list[str]:
    """The plural categories of a language, in the order of a catalogue's forms."""
    used = {*plural_rule(tag).tags, "other"}
    return [category for category in CATEGORIES if category in used]


def plural_forms(tag: str) -> str:
    """The same as gettext's tools read it: ``nplurals=2; plural=(n == 1 ? 0 : 1);``."""
    return to_gettext(plural_rule(tag))
