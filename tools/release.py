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
        widget/assets/
            page-HASH.js, sdk_frame-HASH.js             what the pages start with
            frozen/                                     the frozen Python (tools/freeze.py), an image for each page
            runtime-HASH/, code-HASH.zip                Python for where the frozen one cannot start
            languages-HASH/                             the words of each language but English
        files.json              the headers of each file of this build (server/hosting.py)

each that can be compressed with its compressed copies beside it. A page names the files of its own build, from where
it is itself: so files of two builds are never mixed, and the folder may lie anywhere on a host. A build that is written
over another leaves the other's files for those who have its page open; those of older ones are removed.
"""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import brotli

from server.archive import Archive
from server.hosting import COMPRESSED, ENCODINGS, Inline, headers, policy
from server.runtime import INTERPRETER
from tools.freeze import digest
from tools.setup import BUILD, ROOT, ready_node

Platform = Mapping[str, str]
"""What a page says of its platform (widget/customer_sdk/auth.py): ``api``, ``accounts``, ``organization_id``,
``client_id``; an origin left empty is the page's own."""

COMPRESSED_BEFORE = BUILD / "compressed"
"""What the interpreter's files are compressed to; it takes half a minute, so it is kept."""

AS_WRITTEN = re.compile(r"^ *<!-- as written.*?<!-- end -->\n", re.DOTALL | re.MULTILINE)
LANGUAGES = re.compile(r'(<script type="application/json" id="languages">)(.*?)(</script>)')
PLATFORM = re.compile(r'(<script type="application/json" id="platform">)(.*?)(</script>)', re.DOTALL)
COMMENT = re.compile(r"^ *<!--.*?-->\n", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Sdk:
    """The Customer SDK for pages: its scripts, the page of its frame as written, and what that page starts with."""

    page: str
    script: bytes
    classic: bytes
    module: bytes
    declarations: bytes


@dataclass(frozen=True, slots=True)
class Parts:
    """What a release is made of. ``page`` is index.html as written, with its shell in it."""

    page: str
    forgetting: str  # forget.html, as written
    loader: bytes
    tracking: bytes
    commands: bytes
    live_chat_widget: bytes
    forget: bytes
    hello: bytes
    language: bytes
    script: bytes
    style: bytes
    sdk: Sdk
    frozen: Mapping[str, bytes | Mapping[str, bytes]]  # by the names in its manifest; a folder has files
    roles: Mapping[str, str]  # the manifest
    runtime: Mapping[str, bytes]
    code: bytes
    languages: Mapping[str, bytes]


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
        "widget/index.html": compiled(window(parts), parts, assets, where).encode(),
        "customer-sdk.js": parts.sdk.classic,
        "customer-sdk.mjs": parts.sdk.module,
        "customer-sdk.d.ts": parts.sdk.declarations,
        "widget/customer-sdk.html": compiled(sdk_frame(parts), parts, assets, where).encode(),
    }
    for path, content in {**assets.files, **entries}.items():
        write(out / path, content, image if path.endswith(".bin") else smallest)
    remember(out, {*assets.files, *entries})


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


def write(file: Path, content: bytes, effort: Effort) -> None:
    """Write a file, unless it is there. Its compressed copies come first: where the file is, they are whole."""
    if file.is_file() and file.read_bytes() == content:
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    if file.suffix in COMPRESSED:
        for coding, suffix in ENCODINGS.items():
            put(file.with_name(file.name + suffix), effort(coding, content))
    put(file, content)


def put(file: Path, content: bytes) -> None:
    """Write a file, or put it in the place of another, in one moment."""
    unfinished = file.with_name(f".{file.name}.unfinished")
    unfinished.write_bytes(content)
    unfinished.replace(file)


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


# The page


@dataclass(frozen=True, slots=True)
class Page:
    """A page that starts Python: as written, what stands in it, its script, and which image it takes."""

    html: str
    inline: Inline
    script: tuple[str, bytes]
    image: str


def window(parts: Parts) -> Page:
    """The chat's window. What a composer that takes typing needs stands in the page itself."""
    script = "\n".join(part.decode().strip() for part in (parts.hello, parts.language))
    inline = Inline(script.strip(), parts.style.decode().strip())
    return Page(parts.page, inline, ("page.js", parts.script), "widget")


def sdk_frame(parts: Parts) -> Page:
    """The hidden frame of the Customer SDK."""
    return Page(
        parts.sdk.page, Inline(parts.hello.decode().strip(), ""), ("sdk_frame.js", parts.sdk.script), "customer_sdk"
    )


def compiled(page: Page, parts: Parts, assets: Assets, platform: Platform) -> str:
    """A page, with the files of this build, which go to the assets. Raises ValueError when it has no place for them.

    The large ones come last in the head: the script that keeps what a visitor types must not wait behind megabytes.
    """
    if len(AS_WRITTEN.findall(page.html)) != 2 or not PLATFORM.search(page.html):
        raise ValueError("a page must say twice where `<!-- as written` begins and has its `<!-- end -->`")
    html, where = with_platform(page.html, platform)
    html, _ = with_said(LANGUAGES, html, {"words": assets.add_folder("languages", parts.languages)})
    inline = page.inline
    start = [
        f'<meta http-equiv="Content-Security-Policy" content="{policy(connections(where), inline=inline)}">',
        f"<script>{inline.script}</script>",
        *([f"<style>{inline.style}</style>"] if inline.style else []),
        f'<script type="module" src="{assets.add(*page.script)}"></script>',
    ]
    head = "".join(f"    {line}\n" for line in [*start, *python(page.image, parts, assets)])
    html = AS_WRITTEN.sub("", AS_WRITTEN.sub(lambda _: head, html, count=1))
    return COMMENT.sub("", html)


OWN = b"live-chat:own"
"""What stands for the platform's origin in commands.js, as written: the one that it comes from itself."""


def with_api(script: bytes, api: str) -> bytes:
    """commands.js, which fetches from the platform. Raises ValueError when it has no place for that."""
    if OWN not in script:
        raise ValueError("static/commands.js must say where it fetches from")
    return script.replace(OWN, api.encode()) if api else script


def forgetting(parts: Parts, assets: Assets, platform: Platform) -> str:
    """The page that forgets a visitor, with its script. Raises ValueError when it has no place for that."""
    if len(AS_WRITTEN.findall(parts.forgetting)) != 1:
        raise ValueError("static/forget.html must say where `<!-- as written` begins and has its `<!-- end -->`")
    _, where = with_platform(parts.page, platform)
    head = [
        f'<meta http-equiv="Content-Security-Policy" content="{policy(connections(where))}">',
        f'<script type="module" src="{assets.add("forget.js", parts.forget)}"></script>',
    ]
    return AS_WRITTEN.sub(lambda _: "".join(f"    {line}\n" for line in head), parts.forgetting)


def python(image: str, parts: Parts, assets: Assets) -> Iterator[str]:
    """The lines that have the browser fetch the frozen Python before anything asks for it, and that name all files."""
    names = {"python": parts.roles["python"], "library": parts.roles["library"], "image": parts.roles[image]}
    files = {role: frozen(parts.frozen[name], name, assets) for role, name in names.items()}
    for name in ("pyodide.mjs", "pyodide.asm.mjs"):
        yield f'<link rel="modulepreload" href="{files["python"]}{name}">'
    for address in (f"{files['python']}pyodide.asm.wasm", files["library"], files["image"]):
        yield f'<link rel="preload" as="fetch" crossorigin href="{address}">'
    files |= {"runtime": assets.add_folder("runtime", parts.runtime), "code": assets.add("code.zip", parts.code)}
    yield f'<script type="application/json" id="frozen">{json.dumps(files)}</script>'


def frozen(content: bytes | Mapping[str, bytes], name: str, assets: Assets) -> str:
    """Add a file or folder of the frozen Python. Returns its address."""
    stem = f"frozen/{name.rpartition('-')[0]}"
    return (
        assets.add(stem + Path(name).suffix, content)
        if isinstance(content, bytes)
        else assets.add_folder(stem, content)
    )


def with_platform(page: str, platform: Platform) -> tuple[str, dict[str, str]]:
    """The page with another word about where its platform is, and that word."""
    return with_said(PLATFORM, page, platform)


def with_said(where: re.Pattern[str], page: str, change: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """The page with some of its JSON changed, and all that it then says there."""
    said: dict[str, str] = {}

    def changed(match: re.Match[str]) -> str:
        said.update(json.loads(match[2]) | change)
        return match[1] + json.dumps(said, separators=(",", ":")).replace("<", "\\u003c") + match[3]

    return where.sub(changed, page), said


def connections(platform: Platform) -> Iterable[str]:
    """Where a page of this platform connects to, beside its own origin."""
    origins = sorted({platform.get(name, "") for name in ("api", "accounts")} - {""})
    return [*origins, *([platform["api"].replace("http", "ws", 1)] if platform.get("api") else [])]


# The parts


def collect() -> Parts:
    """The parts, out of this working copy. Raises CalledProcessError when a script cannot be read, and OSError."""
    from server.catalogues import all_words
    from widget.ui.shell import fill

    static, built = ROOT / "static", BUILD / "frozen"
    roles: dict[str, str] = json.loads((built / "manifest.json").read_text(encoding="utf-8"))
    runtime = [BUILD / "runtime" / name for name in (*INTERPRETER, "pyodide-lock.json")]
    return Parts(
        page=fill((ROOT / "index.html").read_text(encoding="utf-8")),
        forgetting=(ROOT / "static" / "forget.html").read_text(encoding="utf-8"),
        loader=minified(static / "loader.js"),
        tracking=minified(static / "tracking.js"),
        commands=minified(static / "commands.js"),
        live_chat_widget=minified(static / "live_chat_widget.js"),
        forget=minified(static / "forget.js"),
        hello=minified(static / "hello.js"),
        language=minified(static / "language.js"),
        script=minified(static / "early.js"),
        style=minified(static / "widget.css"),
        sdk=Sdk(
            page=(ROOT / "customer-sdk.html").read_text(encoding="utf-8"),
            script=minified(static / "sdk_frame.js"),
            classic=minified(static / "customer_sdk" / "global.js", classic=True),
            module=minified(static / "customer_sdk" / "index.js"),
            declarations=(static / "customer_sdk" / "customer-sdk.d.ts").read_bytes(),
        ),
        frozen={name: contents(built / name) for name in roles.values()},
        roles=roles,
        runtime=all_of([*runtime, *(BUILD / "runtime").glob("*.whl")]),
        code=Archive(ROOT, ["widget"]).current()[1],
        languages=all_words(),
    )


def contents(path: Path) -> bytes | dict[str, bytes]:
    """A file, or all files of a folder."""
    return all_of(path.iterdir()) if path.is_dir() else path.read_bytes()


def all_of(files: Iterable[Path]) -> dict[str, bytes]:
    """Files by their names, scripts as short as they get."""
    return {file.name: interpreter_script(file) if file.suffix == ".mjs" else file.read_bytes() for file in files}


def interpreter_script(file: Path) -> bytes:
    """One of Pyodide's scripts, shorter: it takes seconds, so it is kept."""
    short = BUILD / "minified" / f"{digest(file.read_bytes())}.mjs"
    if not short.is_file():
        short.parent.mkdir(exist_ok=True)
        put(short, minified(file))
    return short.read_bytes()


def minified(file: Path, *, classic: bool = False) -> bytes:
    """A script or style sheet, with all that it imports, as short as it gets; ``classic``: it is no module."""
    with TemporaryDirectory() as folder:
        out = Path(folder, file.name)
        kind = ("classic",) if classic else ()
        command = (ready_node().node, ROOT / "tools" / "minify.mjs", file, out, BUILD / "runtime", *kind)
        subprocess.run(command, check=True)
        return out.read_bytes()


def main() -> None:
    """Write build/release, which the server serves. Why it fails is said by what failed."""
    try:
        write_release(collect(), BUILD / "release", image=quick)
    except subprocess.CalledProcessError as failure:
        sys.exit(failure.returncode)


if __name__ == "__main__":
    main()
