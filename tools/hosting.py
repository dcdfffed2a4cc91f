"""How other servers serve a release: what docs/hosting.md shows, written from the table in server/hosting.py.

``python -m tools.hosting`` writes the document's snippets anew; a test says when that is due.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from server.hosting import COMPRESSED, ENTRIES, RULES, TYPES, headers
from tools.setup import ROOT

DOCUMENT = ROOT / "docs" / "hosting.md"

SNIPPET = re.compile(r"(<!-- (\w+): python -m tools\.hosting -->\n```\w+\n)(.*?)(```\n)", re.DOTALL)
"""A snippet in the document, under the name of what writes it."""

ASSET = "widget/assets/x"
"""Any file that is named by its content: all have the same headers, but for their type."""


def written(document: str) -> str:
    """The document with its snippets as they should be. Raises KeyError for a name that nothing writes."""
    return SNIPPET.sub(lambda match: match[1] + SNIPPETS[match[2]]() + match[4], document)


def nginx() -> str:
    """A location for a release in the folder /srv/chat, under /chat/."""
    types = [f'"{kind}" {" ".join(suffixes)};' for kind, suffixes in by_type().items()]
    lines = ["root /srv;", *block("types", types), "gzip_static on;", "gzip_vary on;", "brotli_static on;"]
    lines += added("*") + block("location ^~ /chat/widget/assets/", added(ASSET))
    for path in ENTRIES:
        lines += block(f"location = /chat/{path}", added(path))
    return "\n".join(block("location ^~ /chat/", lines)) + "\n"


def added(path: str) -> list[str]:
    """What adds a file's headers, all of them: nginx forgets those of a block around another that adds any.

    To what it does not find it adds none: nobody should keep for good that something is missing.
    """
    return [f'add_header {name} "{value}";' for name, value in headers(path).items() if name != "Content-Type"]


def caddy() -> str:
    """A site's handler for the same folder; it adds headers to what is there, as nginx does."""
    lines = ["root * /srv/chat", "@missing not file", "error @missing 404"]
    for rule in RULES:
        files = "header" if rule.files == "*" else f"header /{rule.files}"
        lines += block(files, [f'{name} "{value}"' for name, value in rule.headers.items()])
    for kind, suffixes in by_type().items():
        lines += [f"@{suffixes[0]} path {' '.join(f'*.{suffix}' for suffix in suffixes)}"]
        lines += [f'header @{suffixes[0]} Content-Type "{kind}"']
    lines += block("file_server", ["precompressed br gzip"])
    return "\n".join(block("handle_path /chat/*", block("route", lines))) + "\n"


def block(head: str, lines: list[str]) -> list[str]:
    """Lines in braces."""
    return [f"{head} {{", *(f"    {line}" for line in lines), "}"]


def upload() -> str:
    """A shell script for a store that keeps each file's headers with it and negotiates nothing."""
    cases = "".join(
        f"    {'|'.join(f'*.{suffix}' for suffix in suffixes)}) kind='{kind}' ;;\n"
        for kind, suffixes in by_type().items()
    )
    short = "|".join(f"*{suffix}" for suffix in COMPRESSED)
    caching = {path: headers(path)["Cache-Control"] for path in (ASSET, *ENTRIES)}
    entries = "".join(f"put {path} '{caching[path]}'\n" for path in reversed(ENTRIES))
    return f"""\
set -eu
cd DIR

put() {{  # FILE CACHING
  case $1 in
{cases}  esac
  from=$1 coding=
  case $1 in {short}) from=$1.br coding='--content-encoding br' ;; esac
  aws s3 cp "$from" "s3://BUCKET/chat/$1" $coding --content-type "$kind" --cache-control "$2"
}}

find widget/assets -type f ! -name '*.br' ! -name '*.gz' | while read -r file; do put "$file" '{caching[ASSET]}'; done
{entries}"""


def by_type() -> dict[str, list[str]]:
    """The suffixes of each Content-Type, without their dots."""
    found: dict[str, list[str]] = {}
    for suffix, kind in TYPES.items():
        found.setdefault(kind, []).append(suffix.removeprefix("."))
    return found


SNIPPETS: dict[str, Callable[[], str]] = {"nginx": nginx, "caddy": caddy, "upload": upload}


def main(document: Path = DOCUMENT) -> None:
    """Write the document's snippets anew."""
    document.write_text(written(document.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
