"""The demo shop's pages on which one tries the chat's commands: one for each, out of the table of commands."""

import re
from base64 import b64decode
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path
from secrets import token_hex
from typing import Final

from joserfc import jwt
from joserfc.jwk import OctKey
from sqlalchemy import select

from server import tables
from server.assertions import ALGORITHM, new_key
from server.organization import WIDGET_ID
from server.transaction import Transaction
from widget.live_chat.table import COMMANDS, ERRORS, Command

__all__ = ["command_page", "sign_for"]

FIRST: Final = "show"
"""What the address without a name shows."""

CODE: Final = re.compile("`([^`]*)`")


def command_page(shop: Path, name: str) -> str:
    """The page of a command. Raises KeyError when there is none."""
    command = COMMANDS[name or FIRST]
    does = command.does[:1].upper() + command.does[1:]
    filled = {
        "title": command.name,
        "command": command.name,
        "links": _links(command),
        "does": f"{_marked(does)}.",
        "facts": _facts(command),
    }
    html = (shop / "command.html").read_text(encoding="utf-8")
    for mark, text in filled.items():
        html = html.replace("{{" + mark + "}}", text)
    return html


def _links(here: Command) -> str:
    current = ' aria-current="page"'
    return "".join(
        f'<li><a href="/commands/{name}"{current if name == here.name else ""}>{name}</a></li>' for name in COMMANDS
    )


def _facts(command: Command) -> str:
    facts = [
        ("Argument", _marked(command.argument) or "none"),
        ("Result", _marked(command.result)),
        ("Errors", "<br>".join(f"<code>{code}</code> {_marked(ERRORS[code])}" for code in command.errors) or "none"),
    ]
    rows = "".join(f"<dt>{term}</dt><dd>{text}</dd>" for term, text in facts)
    return f'<dl class="facts">{rows}</dl>'


def _marked(text: str) -> str:
    return CODE.sub(r"<code>\1</code>", escape(text, quote=False))


def sign_for(tx: Transaction, person: str) -> str:
    """A token for a person, as the server of a site signs it (docs/live-chat.md), with a key of the demo's widget."""
    key = tx.session.scalars(select(tables.WidgetKey).where(tables.WidgetKey.widget_id == WIDGET_ID)).first()
    if key is None:
        key_id, _ = new_key(tx.session, WIDGET_ID)
        key = tx.session.get_one(tables.WidgetKey, key_id)
    now = datetime.now(UTC)
    claims = {
        "jti": token_hex(16),
        "sub": person,
        "stp": "email",
        "iss": WIDGET_ID,
        "iat": int(now.timestamp()),
        "exp": int((now + timedelta(seconds=60)).timestamp()),
        "ski": key.id,
    }
    return jwt.encode({"alg": ALGORITHM, "typ": "JWT"}, claims, OctKey.import_key(b64decode(key.secret)))
