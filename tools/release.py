"""Puts a release together: a folder with everything that a browser needs of the widget, for any static host. ::

    DIR/
        widget.js               the loader              these have lasting addresses; everything else is
        tracking.js             it, as LiveChat's       named by what is in it:
        widget/commands.js      what it fetches for a command that needs more
        widget/live_chat_widget.js                      and what makes it LiveChat's
        widget/index.html       the frame's page
        widget/forget.html      the page that forgets a visitor
        customer-sdk.js         the Customer SDK, as a script with a global
        customer-sdk.mjs        the same as an ES module
        customer-sdk.d.ts       what TypeScript has to know of both
        widget/customer-sdk.html                        the page of its hidden frame
        agent/index.html        the agents' console
        sidebar/index.html      the ready app beside their conversations
        widget/assets/
            widget-HASH.js, customer_sdk-HASH.js ...    what the pages start with
            frozen/                                     the frozen Python (tools/freeze.py), an image for each page
            runtime-HASH/, code-HASH.zip                Python for where the frozen one cannot start
            languages-HASH/                             the words of each language but English, of a page
        files.json              the headers of each file of this build (server/hosting.py)

each that can be compressed with its compressed copies beside it. A page names the files of its own build, from where
it is itself: so files of two builds are never mixed, and the folder may lie anywhere on a host. A build that is written
over another leaves the other's files for those who have its page open; those of older ones are removed.
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import brotli

from server.hosting import COMPRESSED, ENCODINGS, headers
from tools.freeze import digest
from tools.release_pages import PLACES, Assets, Platform, compiled, forgetting, with_api
from tools.release_parts import Parts, collect, put
from tools.setup import BUILD

COMPRESSED_BEFORE = BUILD / "compressed"
"""What the interpreter's files are compressed to; it takes half a minute, so it is kept."""

# Compression

Effort = Callable[[str, bytes], bytes]
"""Compresses by a coding of HTTP, as well as it takes the time to."""


def quick(coding: str, content: bytes) -> bytes:
    """For the image that each change of the widget makes anew: a tenth larger, in a tenth of the time."""
    return brotli.compress(content, quality=9, lgwin=24) if coding == "br" else gzip.compress(content, 6, mtime=0)


def smallest(coding: str, content: bytes) -> bytes:
    """As small as it gets, at two seconds for a megabyte; what was compressed once is kept."""
    before = COMPRESSED_BEFORE / f"{digest(content)}.{coding}"
    if not before.is_file():
        before.parent.mkdir(parents=True, exist_ok=True)
        put(before, brotli.compress(content, lgwin=24) if coding == "br" else gzip.compress(content, mtime=0))
    return before.read_bytes()


# The folder


def write_release(parts: Parts, out: Path, platform: Platform | None = None, *, image: Effort = smallest) -> None:
    """Write a release into a folder; ``image`` is how the image is compressed. Raises OSError.

    The entries come last: at no moment do they name a file that is not there.
    """
    assets = Assets()
    where = platform or {}
    entries = {
        "widget.js": parts.loader,
        "tracking.js": parts.tracking,
        "widget/commands.js": with_api(parts.commands, where.get("api", "")),
        "widget/live_chat_widget.js": parts.live_chat_widget,
        "widget/forget.html": forgetting(parts, assets, where).encode(),
        "customer-sdk.js": parts.sdk.classic,
        "customer-sdk.mjs": parts.sdk.module,
        "customer-sdk.d.ts": parts.sdk.declarations,
        **{place.path: compiled(name, parts, assets, where).encode() for name, place in PLACES.items()},
    }
    for path, content in {**assets.files, **entries}.items():
        write(out / path, content, image if path.endswith(".bin") else smallest)
    remember(out, {*assets.files, *entries})


def write(file: Path, content: bytes, effort: Effort) -> None:
    """Write a file, unless it is there. Its compressed copies come first: where the file is, they are whole."""
    if file.is_file() and file.read_bytes() == content:
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    if file.suffix in COMPRESSED:
        for coding, suffix in ENCODINGS.items():
            put(file.with_name(file.name + suffix), effort(coding, content))
    put(file, content)


def remember(out: Path, files: set[str]) -> None:
    """Write down what belongs to this build, and remove what belongs neither to it nor to the one before."""
    listed = out / "files.json"
    before = set(json.loads(listed.read_text(encoding="utf-8"))) if listed.is_file() else set()
    if before == files:
        return
    put(listed, (json.dumps({path: headers(path) for path in sorted(files)}, indent=2) + "\n").encode())
    for path in sorted((out / "widget" / "assets").rglob("*"), reverse=True):  # a folder after what is in it
        if path.is_dir():
            if not any(path.iterdir()):
                path.rmdir()
        elif original(path).relative_to(out).as_posix() not in files | before:
            path.unlink()


def original(file: Path) -> Path:
    """The file of which this is a compressed copy, or the file itself."""
    return file.with_suffix("") if file.suffix in ENCODINGS.values() else file


def main() -> None:
    """Write build/release, which the server serves. Why it fails is said by what failed."""
    try:
        write_release(collect(), BUILD / "release", image=quick)
    except subprocess.CalledProcessError as failure:
        sys.exit(failure.returncode)


if __name__ == "__main__":
    main()
