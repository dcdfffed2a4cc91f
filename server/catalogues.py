"""The words of a language as a browser gets them: made of its catalogue, ``static/locales/TAG.po``.

``{"": "de-DE", "Send": "Senden", "{count} new message": {"one": ..., "other": ...}}``: the texts by the English ones,
and those that count by CLDR's plural categories, which the browser's ``Intl.PluralRules`` chooses among. Under ``""``
stands what browsers call the language. It is read before Python is there, so it is JSON and not gettext's own format.
"""

import json
from pathlib import Path

from babel import Locale
from babel.messages import Catalog
from babel.messages.pofile import read_po
from babel.plural import PluralRule, to_gettext

from widget.ui.languages import ENGLISH, LANGUAGES

__all__ = ["LOCALES", "all_words", "catalogue", "categories", "compiled", "plural_forms", "plural_rule", "read"]

LOCALES = Path(__file__).resolve().parent.parent / "static" / "locales"

CATEGORIES = ("zero", "one", "two", "few", "many", "other")
"""CLDR's, in the order in which a catalogue has their forms."""


def catalogue(tag: str) -> Path:
    """The file with the texts of a language."""
    return LOCALES / f"{tag}.po"


def read(tag: str) -> Catalog:
    """The texts of a language. Raises OSError, and PoFileError when the file cannot be understood."""
    with catalogue(tag).open("rb") as file:
        return read_po(file, locale=None, abort_invalid=True)


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
