"""Writes the tables of commands, languages and the launcher's names beside Python
(``widget.live_chat.table``, ``widget.ui.languages``, ``server.snippet``).

``python -m tools.commands`` puts it into static/commands.js and docs/live-chat.md; a test says when that is due.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from textwrap import fill, indent

from server.snippet import launcher_words
from tools.setup import ROOT
from widget.live_chat.table import COMMANDS, ERRORS, Command
from widget.ui.languages import LANGUAGES, TAGS

SCRIPT = ROOT / "static" / "commands.js"
DOCUMENT = ROOT / "docs" / "live-chat.md"

IN_SCRIPT = re.compile(r"(?<=^const COMMANDS = )\{.*?(?=^// end$)", re.DOTALL | re.MULTILINE)
TAGS_IN_SCRIPT = re.compile(r"(?<=^const TAGS = )\{.*?\}$", re.DOTALL | re.MULTILINE)
LAUNCHER_IN_SCRIPT = re.compile(r"(?<=^const LAUNCHER = )\{.*?\}$", re.DOTALL | re.MULTILINE)
IN_DOCUMENT = re.compile(r"(<!-- (\w+): python -m tools\.commands -->\n)(.*?)(<!-- end -->)", re.DOTALL)


def script(text: str) -> str:
    """The script with the table as it should be."""
    lines = "".join(f"  {name}: {{ {', '.join(_facts(command))} }},\n" for name, command in COMMANDS.items())
    text = IN_SCRIPT.sub(lambda _: f"{{\n{lines}}}\n", text)
    pairs = ", ".join(f"'{start}':\N{NO-BREAK SPACE}'{tag}'" for start, tag in TAGS.items())
    tags = indent(fill(pairs, 138, break_on_hyphens=False).replace("\N{NO-BREAK SPACE}", " "), "  ")
    text = TAGS_IN_SCRIPT.sub(lambda _: f"{{\n{tags},\n}}", text)
    launcher = "".join(f"  '{tag}': {_words(tag)},\n" for tag in LANGUAGES)
    return LAUNCHER_IN_SCRIPT.sub(lambda _: f"{{\n{launcher}}}", text)


def _words(tag: str) -> str:
    """What the launcher is called in a language, as a list."""
    return json.dumps([*launcher_words(tag).values()], ensure_ascii=False)


def _facts(command: Command) -> Iterator[str]:
    """What the script has to know of a command."""
    yield f"takes: {json.dumps(command.argument.replace('`', ''))}"
    if command.required:
        yield "needs: true"
    if command.starts:
        yield "starts: true"


def document(text: str) -> str:
    """The document with its tables as they should be. Raises KeyError for a name that nothing writes."""
    return IN_DOCUMENT.sub(lambda match: match[1] + "".join(TABLES[match[2]]()) + match[4], text)


def commands() -> Iterator[str]:
    """All commands."""
    yield "| command | argument | what it does | result | errors |\n|---|---|---|---|---|\n"
    for command in COMMANDS.values():
        errors = ", ".join(f"`{code}`" for code in command.errors) or "–"
        argument = _cell(command.argument) or "–"
        yield f"| `{command.name}` | {argument} | {_cell(command.does)} | {_cell(command.result)} | {errors} |\n"


def errors() -> Iterator[str]:
    """All codes."""
    yield "| code | when |\n|---|---|\n"
    for code, when in ERRORS.items():
        yield f"| `{code}` | {when} |\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


TABLES = {"commands": commands, "errors": errors}


def main() -> None:
    """Write both anew."""
    for file, written in ((SCRIPT, script), (DOCUMENT, document)):
        file.write_text(written(file.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
