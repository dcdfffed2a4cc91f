"""How other servers serve a release: the table, and what the document shows of it."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import brotli
import pytest

from server.hosting import ENTRIES, RULES, headers, policy
from tests.parts import parts
from tools import hosting
from tools.release import quick, write_release

DOCUMENT = hosting.DOCUMENT.read_text(encoding="utf-8")

AWS = """#!/bin/sh
printf '%s\\n' "$@" -- >> "$CALLS"
"""


@pytest.mark.parametrize(
    ("path", "caching"),
    [
        ("widget.js", "no-cache"),
        ("widget/index.html", "no-cache"),
        ("widget/assets/page-0.js", "public, max-age=31536000, immutable"),
        ("widget/assets/frozen/python-0/pyodide.asm.wasm", "public, max-age=31536000, immutable"),
    ],
)
def test_only_what_is_named_by_its_content_is_kept_for_good(path: str, caching: str) -> None:
    assert headers(path)["Cache-Control"] == caching


def test_what_browsers_insist_on() -> None:
    assert headers("widget/assets/a.wasm")["Content-Type"] == "application/wasm"
    assert headers("widget/assets/a.mjs")["Content-Type"] == "text/javascript; charset=utf-8"
    assert headers("widget/index.html")["Origin-Agent-Cluster"] == "?1"


def test_a_policy_allows_what_it_is_told_and_no_more() -> None:
    assert "connect-src 'self' https://chat.example;" in policy(["https://chat.example"])
    assert "'unsafe-eval'" not in policy([])


def test_pictures_come_with_https_or_from_where_the_platform_is() -> None:
    def pictures(*connect: str) -> str:
        return policy(connect).partition("img-src ")[2].partition(";")[0]

    assert pictures() == "'self' data: blob: https: http://localhost:* http://127.0.0.1:*"
    assert pictures("https://chat.example", "wss://chat.example") == pictures()
    assert pictures("http://chat.test") == f"{pictures()} http://chat.test"


def test_the_document_has_every_header_of_the_table_and_the_snippets_of_today() -> None:
    for rule in RULES:
        for name, value in rule.headers.items():
            assert f"`{name}: {value}`" in DOCUMENT
    assert [match[2] for match in hosting.SNIPPET.finditer(DOCUMENT)] == list(hosting.SNIPPETS)
    assert hosting.written(DOCUMENT) == DOCUMENT, "python -m tools.hosting writes them anew"


def test_the_script_uploads_every_file_with_its_headers_and_the_entries_last(tmp_path: Path) -> None:
    out, calls = tmp_path / "out", tmp_path / "calls"
    write_release(parts(), out, image=quick)
    (tmp_path / "aws").write_text(AWS)
    (tmp_path / "aws").chmod(0o755)
    script = hosting.upload().replace("cd DIR", f"cd '{out}'")

    environment = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}", "CALLS": str(calls)}
    subprocess.run(["sh", "-c", script], check=True, env=environment)

    stored = {}
    for call in calls.read_text().split("\n--\n")[:-1]:
        _, _, file, key, *options = call.split("\n")
        stored[key.removeprefix("s3://BUCKET/chat/")] = file, dict(zip(options[::2], options[1::2], strict=True))
    names = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    assert stored.keys() == {name for name in names if not re.search(r"\.(br|gz)$|^files\.json$", name)}
    assert tuple(stored)[-len(ENTRIES) :] == tuple(reversed(ENTRIES))
    for path, (file, said) in stored.items():
        assert said["--content-type"] == headers(path)["Content-Type"]
        assert said["--cache-control"] == headers(path)["Cache-Control"]
        content = (out / file).read_bytes()
        plain = brotli.decompress(content) if said.get("--content-encoding") == "br" else content
        assert plain == (out / path).read_bytes()
    assert set(ENTRIES) <= stored.keys()
