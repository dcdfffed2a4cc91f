"""The demo shop's pages on which one tries the chat's commands: one for each, out of the table, in every language."""

import json
from base64 import b64decode
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path
from secrets import token_hex
from typing import Final

from joserfc import jwt
from joserfc.jwk import OctKey
from sqlalchemy import select

from server import catalogues, tables
from server.assertions import ALGORITHM, new_key
from server.command_texts import ABOUT, ARGUMENT, CODE, ERROR, IN_TEMPLATE, NOTHING, RESULT, in_scripts, sentence
from server.organization import WIDGET_ID
from server.transaction import Transaction
from widget.live_chat.table import COMMANDS, ERRORS, Command
from widget.ui.languages import LANGUAGES, Language

__all__ = ["command_page", "sign_for"]

FIRST: Final = "show"
"""What the address without a name shows."""

Text = Callable[[str], str]
"""A text of the page in its language, by the English one."""


def command_page(shop: Path, name: str, language: Language, *, asked: bool) -> str:
    """The page of a command. ``asked``: its address names the language, so links to the others do too.

    Raises KeyError when there is no such command.
    """
    command = COMMANDS[name or FIRST]
    words = catalogues.texts(language.tag, catalogues.COMMANDS)

    def text(english: str) -> str:
        return words.get(english, english)

    query = f"?lang={language.tag}" if asked else ""
    filled = {
        "lang": language.spoken,
        "direction": language.direction,
        "tag": language.tag,
        "command": command.name,
        "about": escape(text(ABOUT).format(command=command.name)),
        "alternates": _alternates(name),
        "words": _for_scripts(shop, text),
        "query": query,
        "links": _links(command, query),
        "languages": _choice(language),
        "does": _marked(text(sentence(command))),
        "facts": _facts(command, text),
    }
    html = (shop / "command.html").read_text(encoding="utf-8")
    html = IN_TEMPLATE.sub(lambda match: escape(text(match[1])), html)
    for mark, value in filled.items():
        html = html.replace("{{" + mark + "}}", value)
    return html


def _alternates(name: str) -> str:
    """The same page in other languages, for readers who look for theirs."""
    each = (
        f'<link rel="alternate" hreflang="{it.spoken}" href="/commands/{name}?lang={it.tag}">'
        for it in LANGUAGES.values()
    )
    return "\n".join(each)


def _for_scripts(shop: Path, text: Text) -> str:
    """The words of the page's scripts, as JSON that no markup can end."""
    words = {english: text(english) for _, english in in_scripts(shop)}
    return json.dumps(words, ensure_ascii=False).replace("<", "\\u003c")


def _links(here: Command, query: str) -> str:
    current = ' aria-current="page"'
    links = (
        f'<a href="/commands/{name}{query}"{current if name == here.name else ""}><bdi dir="ltr">{name}</bdi></a>'
        for name in COMMANDS
    )
    return "".join(f"<li>{link}</li>" for link in links)


def _choice(chosen: Language) -> str:
    """All languages, each in its own words."""
    return "".join(
        f'<option value="{each.tag}" lang="{each.spoken}"{" selected" if each == chosen else ""}>{each.name}</option>'
        for each in LANGUAGES.values()
    )


def _facts(command: Command, text: Text) -> str:
    errors = (f"<li>{_code(code)} {_marked(text(ERRORS[code]))}</li>" for code in command.errors)
    none = escape(text(NOTHING))
    facts = [
        (ARGUMENT, _marked(text(command.argument)) or none),
        (RESULT, _marked(text(command.result))),
        (ERROR, f"<ul>{''.join(errors)}</ul>" if command.errors else none),
    ]
    rows = "".join(f"<dt>{escape(text(term))}</dt><dd>{value}</dd>" for term, value in facts)
    return f'<dl class="facts">{rows}</dl>'


def _marked(text: str) -> str:
    """A text with its code as such. Code alone, of which one has the choice, stands in lines."""
    codes = CODE.findall(text)
    if len(codes) > 1 and CODE.sub("", text).replace("or", "").strip(" ,") == "":
        return "<br>".join(_code(escape(code, quote=False)) for code in codes)
    return CODE.sub(lambda match: _code(match[1]), escape(text, quote=False))


def _code(code: str) -> str:
    """Code is written from left to right, whatever the words around it are."""
    return f'<code dir="ltr">{code}</code>'


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
