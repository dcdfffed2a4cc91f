"""Keeps the catalogues: puts the texts of the widget into ``static/locales/TAG.po``, those of the console and the ready
sidebar app into ``static/locales/console/TAG.po``, and those of the pages about commands into
``static/locales/commands/TAG.po``, and says what is amiss in them. ::

    make texts      every catalogue has all texts of the code and no others; what has to be translated is told

A text is what stands in ``locale.text("...")``, ``locale.plural("...", "...", n)`` or ``later("...")``. What was
translated stays; a text that changed in the code is a new one, and one that is gone stays behind as a comment (``#~``),
in case it comes back.
"""

from __future__ import annotations

import string
import sys
from collections.abc import Iterator
from functools import cache
from io import BytesIO

from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

from server.catalogues import COMMANDS, CONSOLE, WIDGET, catalogue, categories, plural_forms, plural_rule, read
from server.command_texts import CODE, all_texts
from tools.setup import ROOT
from widget.ui.languages import ENGLISH, LANGUAGES

__all__ = ["DOMAINS", "extracted", "main", "problems", "update"]

DOMAINS = (WIDGET, CONSOLE, COMMANDS)

FOLDERS = {WIDGET: ("widget/ui",), CONSOLE: ("agent_console", "sidebar_app")}
"""Where the texts of a domain stand in Python."""

CALLS = {"text": None, "t": None, "later": None, "plural": (1, 2)}
"""What is called with a text; of ``plural``, singular and plural are the first two arguments."""

AS_IN_ENGLISH = "As in English."
"""The translator's comment on a text that is the same in both languages."""

COUNTED = range(1001)
"""Numbers that tell whether a plural category stands for one number alone."""


# What the code says


@cache
def extracted(domain: str = WIDGET) -> Catalog:
    """The texts of a domain, without translations: for reading."""
    if domain == COMMANDS:
        return _of_the_pages()
    found = Catalog()
    for folder in FOLDERS[domain]:
        _add_those_of(folder, found)
    return found


def _add_those_of(folder: str, found: Catalog) -> None:
    texts = extract_from_dir(ROOT / folder, [("**.py", "python")], keywords=CALLS, strip_comment_tags=True)
    for file, _, text, comments, _ in sorted(texts, key=lambda it: (it[0], it[1])):
        found.add(text, locations=[(f"{folder}/{file}", 0)], auto_comments=comments)


def _of_the_pages() -> Catalog:
    found = Catalog()
    for file, text in all_texts(ROOT / "static" / "shop"):
        found.add(text, locations=[(file, 0)])
    return found


def update(tag: str, domain: str = WIDGET) -> None:
    """Bring a catalogue up to date. Raises OSError, and PoFileError when it cannot be understood."""
    file = catalogue(tag, domain)
    if not file.is_file():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(header(tag), encoding="utf-8")
    new = read(tag, domain)
    for gone in [*new.obsolete.values()]:
        new[gone.id] = gone  # it may have come back
    new.obsolete.clear()
    new.update(extracted(domain), no_fuzzy_matching=True)
    file.write_bytes(written(tag, new))


def written(tag: str, texts: Catalog) -> bytes:
    """A catalogue as a file. No dates and no lines of code are in it, so it changes when a text does."""
    out = BytesIO()
    write_po(out, texts, width=120, omit_header=True, include_lineno=False)
    return header(tag).encode() + b"\n" + out.getvalue().strip() + b"\n"


def header(tag: str) -> str:
    """What gettext's tools have to know of a catalogue."""
    said = {
        "Language": LANGUAGES[tag].spoken.replace("-", "_"),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": plural_forms(tag),
    }
    lines = "".join(f'"{name}: {value}\\n"\n' for name, value in said.items())
    return f'# {LANGUAGES[tag].name}\nmsgid ""\nmsgstr ""\n{lines}'


# What is amiss


def problems(tag: str, domain: str = WIDGET) -> Iterator[str]:
    """All that keeps a catalogue from being complete, a sentence each. Raises OSError and PoFileError."""
    have, wanted = read(tag, domain), extracted(domain)
    for message in wanted:
        if message.id:
            found = have.get(message.id)
            yield from (f"{tag}: {said}" for said in amiss(tag, message, found))
    for message in have:
        if message.id and message.id not in wanted:
            yield f"{tag}: {quoted(message)} is in the code no more"


def amiss(tag: str, message: Message, found: Message | None) -> Iterator[str]:
    """What is wrong with the translation of one text."""
    if found is None or not found.string or not any(found.string) or found.fuzzy:
        yield f"{quoted(message)} has no translation"
    elif isinstance(message.id, tuple):
        yield from counted(tag, message, [*found.string], may_be_english=AS_IN_ENGLISH in found.user_comments)
    else:
        yield from single(message, found)


def single(message: Message, found: Message) -> Iterator[str]:
    """What is wrong with a text that does not count."""
    if found.string == message.id and AS_IN_ENGLISH not in found.user_comments:
        yield f'{quoted(message)} is in English (if it should be: "# {AS_IN_ENGLISH}")'
    yield from unlike(message, str(found.string), may_lack=False)


def counted(tag: str, message: Message, forms: list[str], *, may_be_english: bool) -> Iterator[str]:
    """What is wrong with a text that counts."""
    names = categories(tag)
    if len(forms) != len(names) or not all(forms):
        yield f"{quoted(message)} needs a form for each of {', '.join(names)}"
        return
    for name, form in zip(names, forms, strict=True):
        if form in message.id and not may_be_english:
            yield f"{quoted(message)}: {name} is in English"
        yield from unlike(message, form, may_lack=is_one_number(tag, name))


def unlike(message: Message, text: str, *, may_lack: bool) -> Iterator[str]:
    """What a text lacks or has more than the English one; with ``may_lack`` it may lack the number."""
    english = message.id if isinstance(message.id, str) else message.id[-1]
    english_words, words = CODE.sub("", english), CODE.sub("", text)
    fewer = placeholders(english_words) - placeholders(words) - ({"count"} if may_lack else set())
    more = placeholders(words) - placeholders(english_words)
    if fewer or more:
        names = ", ".join(f"{{{name}}}" for name in sorted(fewer | more))
        yield f"{quoted(message)}: {text!r} and the English text differ in {names}"
    if sorted(CODE.findall(english)) != sorted(CODE.findall(text)):
        yield f"{quoted(message)}: {text!r} has other code than the English text"
    if english.endswith("…") != text.endswith("…") or text != text.strip():
        yield f"{quoted(message)}: {text!r} does not begin and end as the English text does"


def placeholders(text: str) -> set[str]:
    """The names in braces. A text that cannot be formatted has one that no other has."""
    try:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError:
        return {text}


def is_one_number(tag: str, category: str) -> bool:
    """Whether a plural category of a language stands for one number only, so that the word can say it."""
    rule = plural_rule(tag)
    return sum(rule(number) == category for number in COUNTED) == 1


def quoted(message: Message) -> str:
    """A text in a sentence about it."""
    return repr(message.id if isinstance(message.id, str) else message.id[0])


def main() -> None:
    """Bring all catalogues up to date; fails when something has to be translated."""
    catalogues = [(tag, domain) for domain in DOMAINS for tag in LANGUAGES if tag != ENGLISH.tag]
    for each in catalogues:
        update(*each)
    found = [said for each in catalogues for said in problems(*each)]
    print("\n".join(found) or f"All {len(catalogues)} catalogues are complete.")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
