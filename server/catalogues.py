"""The catalogues: ``static/locales/TAG.po`` with the texts of the widget, ``console/TAG.po`` in the same folder with
those of the agents' console and the ready sidebar app, ``commands/TAG.po`` with those of the demo shop's pages about
commands; and the words of widget and console as a browser gets them.

``{"": "de-DE", "Send": "Senden", "{count} new message": {"one": ..., "other": ...}}``: the texts by the English ones,
and those that count by CLDR's plural categories, which the browser's ``Intl.PluralRules`` chooses among. Under ``""``
stands what browsers call the language. It is read before Python is there, so it is JSON and not gettext's own format.
"""

import json
from functools import lru_cache
from pathlib import Path

from babel import Locale
from babel.messages import Catalog, Message
from babel.messages.pofile import read_po
from babel.plural import PluralRule, to_gettext

from widget.ui.languages import ENGLISH, LANGUAGES

__all__ = [
    "COMMANDS",
    "CONSOLE",
    "LOCALES",
    "WIDGET",
    "all_words",
    "catalogue",
    "categories",
    "compiled",
    "english",
    "plural_forms",
    "plural_rule",
    "read",
    "texts",
    "whole",
]

WIDGET = ""
CONSOLE = "console"
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


def compiled(tag: str, domain: str = WIDGET) -> bytes:
    """The words of a language, as JSON; the console's have the widget's with them, of which it draws parts.

    Raises OSError and PoFileError.
    """
    words: dict[str, str | dict[str, str]] = {"": LANGUAGES[tag].spoken}
    for each in dict.fromkeys((WIDGET, domain)):
        words |= {english(message): form for message in read(tag, each) if (form := _form(message, tag))}
    return json.dumps(words, ensure_ascii=False, separators=(",", ":")).encode()


def all_words(domain: str = WIDGET) -> dict[str, bytes]:
    """The file of each language but English, whose words are in the code. Raises OSError and PoFileError."""
    return {f"{tag}.json": compiled(tag, domain) for tag in LANGUAGES if tag != ENGLISH.tag}


def whole(domain: str) -> list[str]:
    """The languages in which nothing is left in English. Raises OSError and PoFileError.

    The files are read again when one has changed.
    """
    files = [catalogue(tag, domain) for tag in LANGUAGES if tag != ENGLISH.tag]
    return _whole(domain, tuple((file, file.stat().st_mtime_ns) for file in files))


@lru_cache(maxsize=2)
def _whole(domain: str, _changed_at: tuple[tuple[Path, int], ...]) -> list[str]:
    return [tag for tag in LANGUAGES if tag == ENGLISH.tag or _is_whole(read(tag, domain), tag)]


def english(message: Message) -> str:
    """The text by which a message is looked up: of one that counts, the singular."""
    return message.id if isinstance(message.id, str) else message.id[0]


def _is_whole(found: Catalog, tag: str) -> bool:
    return all(_form(message, tag) for message in found if message.id)


def _form(message: Message, tag: str) -> str | dict[str, str] | None:
    """What stands for a text; None as long as it is English."""
    if not message.id or message.fuzzy:
        return None
    if isinstance(message.id, str):
        return str(message.string or "") or None
    forms = [*message.string] if message.string else []
    return dict(zip(categories(tag), forms, strict=True)) if forms and all(forms) else None


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
