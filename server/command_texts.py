"""What the demo shop's pages about commands say: in their template, in the table of commands, and in the examples."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.extract import extract

from widget.live_chat.table import COMMANDS, ERRORS, Command
from widget.ui.locale import later

__all__ = [
    "ABOUT",
    "ARGUMENT",
    "CODE",
    "ERROR",
    "IN_TEMPLATE",
    "NOTHING",
    "RESULT",
    "all_texts",
    "in_scripts",
    "sentence",
]

ABOUT: Final = later("{command}: try it on this page.")
ARGUMENT: Final = later("Argument")
RESULT: Final = later("Result")
ERROR: Final = later("Errors")
NOTHING: Final = later("none")

IN_TEMPLATE: Final = re.compile(r"\{\{text: (.+?)\}\}")
"""A text in ``static/shop/command.html``."""

CODE: Final = re.compile("`([^`]*)`")
"""What is code in a text of the table."""

_LINK: Final = re.compile(r"\[([^]]*)\]\([^)]*\)")
"""A link in a text of the table, which is for the document beside it."""

_SCRIPTS: Final = ("commands.js", "examples.js")


def all_texts(shop: Path) -> Iterator[tuple[str, str]]:
    """Every text, with the file that it stands in."""
    yield from (("static/shop/command.html", text) for text in _in_template(shop))
    yield from (("server/command_texts.py", text) for text in (ABOUT, ARGUMENT, RESULT, ERROR, NOTHING))
    yield from (("widget/live_chat/table.py", text) for text in _in_table())
    yield from in_scripts(shop)


def in_scripts(shop: Path) -> Iterator[tuple[str, str]]:
    """Those that the browser needs: ``text('...')`` in the page's scripts."""
    for name in _SCRIPTS:
        script = BytesIO((shop / name).read_bytes())
        for _, text, *_ in extract("javascript", script, keywords={"text": None}):
            yield f"static/shop/{name}", str(text)


def sentence(command: Command) -> str:
    """What a command does, as a sentence."""
    does = _LINK.sub(r"\1", command.does)
    return f"{does[:1].upper()}{does[1:]}."


def _in_template(shop: Path) -> list[str]:
    return IN_TEMPLATE.findall((shop / "command.html").read_text(encoding="utf-8"))


def _in_table() -> Iterator[str]:
    for command in COMMANDS.values():
        yield sentence(command)
        yield from (text for text in (command.argument, command.result) if _has_words(text))
        yield from (ERRORS[code] for code in command.errors)


def _has_words(text: str) -> bool:
    """Whether there is something to translate: more than code, and names that are written in capitals."""
    return bool(re.search("[a-z]", re.sub(r"\bor\b", "", CODE.sub("", text))))
