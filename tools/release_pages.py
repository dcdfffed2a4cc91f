"""The pages of a release: those as written, with the files of one build named in them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from server.hosting import Inline, policy
from tools.freeze import digest
from tools.release_parts import Parts, Program

__all__ = ["PLACES", "Assets", "Place", "Platform", "compiled", "folder_digest", "forgetting", "with_api"]

Platform = Mapping[str, str]
"""What a page says of its platform (widget/customer_sdk/auth.py): ``api``, ``accounts``, ``organization_id``,
``client_id``; an origin left empty is the page's own."""

AS_WRITTEN = re.compile(r"^ *<!-- as written.*?<!-- end -->\n", re.DOTALL | re.MULTILINE)
LANGUAGES = re.compile(r'(<script type="application/json" id="languages">)(.*?)(</script>)')
PLATFORM = re.compile(r'(<script type="application/json" id="platform">)(.*?)(</script>)', re.DOTALL)
COMMENT = re.compile(r"^ *<!--.*?-->\n", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the page of a program is in a release."""

    path: str
    assets: str = ""
    """The way from it to the folder that ``assets/`` is in."""
    frames: str = ""
    """What it may have in frames, as a policy says it."""


PLACES = {
    "widget": Place("widget/index.html"),
    "customer_sdk": Place("widget/customer-sdk.html"),
    "console": Place("agent/index.html", "../widget/", "http: https:"),  # apps are wherever administrators say
    "sidebar": Place("sidebar/index.html", "../widget/"),
}
"""By the names of ``tools.freeze.PROGRAMS``."""


@dataclass(slots=True)
class Assets:
    """Files that are named by their content, and their addresses as the page sees them."""

    files: dict[str, bytes] = field(default_factory=dict)

    def add(self, name: str, content: bytes) -> str:
        """Add a file. Returns its address."""
        stem, _, suffix = name.rpartition(".")
        return self._at(f"assets/{stem}-{digest(content)}.{suffix}", content)

    def add_folder(self, name: str, files: Mapping[str, bytes]) -> str:
        """Add files that find each other by their names, so that the folder's name tells what is in them."""
        folder = f"assets/{name}-{folder_digest(files)}/"
        for file, content in files.items():
            self._at(folder + file, content)
        return folder

    def _at(self, address: str, content: bytes) -> str:
        self.files[f"widget/{address}"] = content
        return address


def folder_digest(files: Mapping[str, bytes]) -> str:
    """What tells one folder from any other."""
    return digest("".join(f"{digest(content)} {name}\n" for name, content in sorted(files.items())).encode())


def compiled(name: str, parts: Parts, assets: Assets, platform: Platform) -> str:
    """A program's page, with the files of this build, which go to the assets. Raises ValueError when it has no place
    for them.

    The large ones come last in the head: the script that keeps what a visitor types must not wait behind megabytes.
    """
    program, place = parts.programs[name], PLACES[name]
    if len(AS_WRITTEN.findall(program.page)) != 2 or not PLATFORM.search(program.page):
        raise ValueError("a page must say twice where `<!-- as written` begins and has its `<!-- end -->`")
    html, where = with_platform(program.page, platform)
    if LANGUAGES.search(html):
        words = place.assets + assets.add_folder("languages", program.languages)
        html, _ = with_said(LANGUAGES, html, {"words": words, "emoji": emoji(place, parts, assets)})
    head = "".join(f"    {line}\n" for line in [*start(name, program, assets, where), *python(name, parts, assets)])
    html = AS_WRITTEN.sub("", AS_WRITTEN.sub(lambda _: head, html, count=1))
    return COMMENT.sub("", html)


def emoji(place: Place, parts: Parts, assets: Assets) -> dict[str, str]:
    """Where the picker of emoji is, and their names: nothing of it is fetched before somebody wants it."""
    script, names = assets.add("emoji.js", parts.emoji_script), assets.add_folder("emoji", parts.emoji)
    return {"script": place.assets + script, "names": place.assets + names}


def start(name: str, program: Program, assets: Assets, platform: Platform) -> Iterator[str]:
    """The lines that start a page."""
    place = PLACES[name]
    inline = Inline(program.early.decode().strip(), program.style.decode().strip())
    allowed = policy(connections(platform), inline=inline, frames=place.frames)
    yield f'<meta http-equiv="Content-Security-Policy" content="{allowed}">'
    if inline.script:
        yield f"<script>{inline.script}</script>"
    if inline.style:
        yield f"<style>{inline.style}</style>"
    yield f'<script type="module" src="{place.assets}{assets.add(f"{name}.js", program.script)}"></script>'


def python(name: str, parts: Parts, assets: Assets) -> Iterator[str]:
    """The lines that have the browser fetch the frozen Python before anything asks for it, and that name all files."""
    names = {"python": parts.roles["python"], "library": parts.roles["library"], "image": parts.roles[name]}
    files = {role: frozen(parts.frozen[file], file, assets) for role, file in names.items()}
    files |= {
        "runtime": assets.add_folder("runtime", parts.runtime),
        "code": assets.add("code.zip", parts.programs[name].code),
    }
    files = {role: PLACES[name].assets + address for role, address in files.items()}
    for script in ("pyodide.mjs", "pyodide.asm.mjs"):
        yield f'<link rel="modulepreload" href="{files["python"]}{script}">'
    for address in (f"{files['python']}pyodide.asm.wasm", files["library"], files["image"]):
        yield f'<link rel="preload" as="fetch" crossorigin href="{address}">'
    yield f'<script type="application/json" id="frozen">{json.dumps(files)}</script>'


def frozen(content: bytes | Mapping[str, bytes], name: str, assets: Assets) -> str:
    """Add a file or folder of the frozen Python. Returns its address."""
    stem = f"frozen/{name.rpartition('-')[0]}"
    return (
        assets.add(stem + Path(name).suffix, content)
        if isinstance(content, bytes)
        else assets.add_folder(stem, content)
    )


def forgetting(parts: Parts, assets: Assets, platform: Platform) -> str:
    """The page that forgets a visitor, with its script. Raises ValueError when it has no place for that."""
    if len(AS_WRITTEN.findall(parts.forgetting)) != 1:
        raise ValueError("static/forget.html must say where `<!-- as written` begins and has its `<!-- end -->`")
    _, where = with_platform(parts.programs["widget"].page, platform)
    head = [
        f'<meta http-equiv="Content-Security-Policy" content="{policy(connections(where))}">',
        f'<script type="module" src="{assets.add("forget.js", parts.forget)}"></script>',
    ]
    return AS_WRITTEN.sub(lambda _: "".join(f"    {line}\n" for line in head), parts.forgetting)


OWN = b"live-chat:own"
"""What stands for the platform's origin in commands.js, as written: the one that it comes from itself."""


def with_api(script: bytes, api: str) -> bytes:
    """commands.js, which fetches from the platform. Raises ValueError when it has no place for that."""
    if OWN not in script:
        raise ValueError("static/commands.js must say where it fetches from")
    return script.replace(OWN, api.encode()) if api else script


# What a page says, as JSON


def with_platform(page: str, platform: Platform) -> tuple[str, dict[str, str]]:
    """The page with another word about where its platform is, and that word."""
    return with_said(PLATFORM, page, platform)


def with_said(where: re.Pattern[str], page: str, change: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """The page with some of its JSON changed, and all that it then says there."""
    said: dict[str, Any] = {}

    def changed(match: re.Match[str]) -> str:
        said.update(json.loads(match[2]) | change)
        return match[1] + json.dumps(said, separators=(",", ":")).replace("<", "\\u003c") + match[3]

    return where.sub(changed, page), said


def connections(platform: Platform) -> list[str]:
    """Where a page of this platform connects to, beside its own origin."""
    origins = sorted({platform.get(name, "") for name in ("api", "accounts")} - {""})
    return [*origins, *([platform["api"].replace("http", "ws", 1)] if platform.get("api") else [])]
