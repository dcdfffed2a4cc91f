"""The bot of docs/bots.md, as it stands there, on the embedded server."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.server.platform import RunningServer, text

PAGE = Path(__file__).parents[2] / "docs" / "bots.md"


def first_program(page: str) -> str:
    """The first piece of Python on a page."""
    found = re.search(r"```python\n(.*?)```", page, re.DOTALL)
    assert found
    return found[1]


@contextmanager
def running_bot(server: RunningServer) -> Iterator[None]:
    """The bot as a program, beside the server's data; of its text only the server's port is another."""
    program = first_program(PAGE.read_text(encoding="utf-8")).replace(":8000", f":{server.port}")
    command = [sys.executable, "-W", "error", "-c", program]
    with subprocess.Popen(command, cwd=server.settings.data.parent, stderr=subprocess.PIPE, text=True) as bot:
        try:
            yield
        finally:
            bot.terminate()


def test_the_bot_of_the_docs_greets_and_answers_a_visitor(server: RunningServer) -> None:
    visitor = server.visitor()
    with running_bot(server):
        while visitor.told("groups_status_updated")["groups"][0]["status"] != "online":
            pass  # the bot has not logged in yet

        chat_id = visitor.start_chat("Hi")
        assert visitor.told("incoming_event")["event"]["text"] == "Hello!"

        visitor.ask("send_event", {"chat_id": chat_id, "event": text("Do you ship to Norway?")})
        while (answer := visitor.told("incoming_event")["event"])["author_id"] == visitor.id:
            pass  # one's own
        assert answer["text"] == "You said: Do you ship to Norway?"


def test_it_is_ten_lines() -> None:
    """Below the imports, without empty lines."""
    lines = [line for line in first_program(PAGE.read_text(encoding="utf-8")).splitlines() if line]

    assert len([line for line in lines if "import" not in line]) <= 10
