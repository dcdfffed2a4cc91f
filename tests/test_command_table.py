"""The table of commands, and everything that is made of it."""

from __future__ import annotations

import re

import pytest

from tools import commands
from tools.setup import ROOT
from widget.live_chat.arguments import ARGUMENTS
from widget.live_chat.table import COMMANDS, ERRORS

EVERYBODYS = {
    "UNKNOWN_COMMAND",
    "NOT_INITIALIZED",
    "MISSING_ARGUMENT",
    "INVALID_ARGUMENT",
    "COMMANDS_UNAVAILABLE",
    "DOMAIN_NOT_TRUSTED",
}
EXAMPLES = (ROOT / "static" / "shop" / "examples.js").read_text(encoding="utf-8")


def test_the_script_and_the_document_have_the_table_as_it_is() -> None:
    script, document = (file.read_text(encoding="utf-8") for file in (commands.SCRIPT, commands.DOCUMENT))

    assert commands.script(script) == script, "python -m tools.commands writes it anew"
    assert commands.document(document) == document, "python -m tools.commands writes it anew"


def test_every_command_of_the_frame_has_a_model_of_its_argument() -> None:
    assert {name for name, command in COMMANDS.items() if command.answered == "frame"} <= ARGUMENTS.keys()


def test_every_code_is_explained_and_every_explained_code_is_some_commands() -> None:
    named = {code for command in COMMANDS.values() for code in command.errors}

    assert named | EVERYBODYS == ERRORS.keys()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_can_be_tried_on_its_page(name: str) -> None:
    assert re.search(rf"^  {name}: \[", EXAMPLES, re.MULTILINE)
