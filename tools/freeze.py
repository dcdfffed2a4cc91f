"""Freezes the browser's Python: build/runtime and the widget become build/frozen, from which a page starts at once.

Every name tells what is in the file, so files of two builds are never mixed and browsers keep them for good. ::

    build/frozen/
        manifest.json                   {"python": "python-HASH/", "library": ..., "widget": ..., "console": ..., ...}
        python-HASH/                    pyodide.mjs, pyodide.asm.mjs, pyodide.asm.wasm, an empty python_stdlib.zip
        pydantic_core-HASH.wasm         the one compiled library
        widget-HASH.bin                 the image of the window (tools/freeze.mjs)
        customer_sdk-HASH.bin           the image of the Customer SDK's frame, for sites with a window of their own
        console-HASH.bin                the image of the agents' console
        sidebar-HASH.bin                the image of the ready sidebar app

tools/release.py puts them into a release, compressed.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.setup import BUILD, ROOT, ready_node

RUNTIME = BUILD / "runtime"
PROGRAMS = {
    "widget": "widget.main",
    "customer_sdk": "widget.sdk_main",
    "console": "agent_console.main",
    "sidebar": "sidebar_app.main",
}
"""What is frozen: a page for each, which starts the module's ``main``. Nobody loads what only the others need."""

PACKAGES = ("widget", "agent_console", "sidebar_app")
"""Where the programs are."""

LIBRARY = "pydantic_core/_pydantic_core.cpython-314-wasm32-emscripten.so"


def freeze(out: Path, node: Path) -> None:
    """Write the frozen Python into `out`, and remove what older builds left there.

    Raises CalledProcessError when Node or Python in it fails, OSError when something cannot be read or written.
    """
    out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder:
        site, library = Path(folder, "site"), Path(folder, "library")
        images = {name: Path(folder, name) for name in PROGRAMS}
        unpack(site)
        take_out(site / LIBRARY, library)
        write_images(library, site, images, node)
        files = {
            "python": interpreter(out),
            "library": named(out, "pydantic_core", ".wasm", library.read_bytes()),
            **{name: named(out, name, ".bin", image.read_bytes()) for name, image in images.items()},
        }
    (out / "manifest.json").write_text(json.dumps(files, indent=2) + "\n", encoding="utf-8")
    remove_others(out, files)


def unpack(site: Path) -> None:
    """Put the packages and ours together, as they lie in Python's folder of packages."""
    for wheel in RUNTIME.glob("*.whl"):
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(site)
    for package in PACKAGES:
        shutil.copytree(ROOT / package, site / package, ignore=shutil.ignore_patterns("__pycache__"))


def take_out(file: Path, there: Path) -> None:
    """Move the library, and leave an empty file.

    It is loaded before Python starts; when Python then imports it, Emscripten reads the file into memory, and never
    lets go of it.
    """
    file.rename(there)
    file.touch()


def write_images(library: Path, site: Path, images: Mapping[str, Path], node: Path) -> None:
    """Let Node write the images of all programs."""
    tools = ROOT / "tools"
    programs = [f"{PROGRAMS[name]}={image}" for name, image in images.items()]
    subprocess.run([node, tools / "freeze.mjs", RUNTIME, library, site, tools, *programs], check=True)


def interpreter(out: Path) -> str:
    """Copy Pyodide. Returns its folder's name.

    Pyodide asks for its standard library in any case; in the image all of it that is needed is imported already.
    """
    files = {name: (RUNTIME / name).read_bytes() for name in ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm")}
    files["python_stdlib.zip"] = empty_zip()
    folder = out / f"python-{digest(b''.join(files.values()))}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return f"{folder.name}/"


def empty_zip() -> bytes:
    """A zip file with nothing in it."""
    buffer = BytesIO()
    zipfile.ZipFile(buffer, "w").close()
    return buffer.getvalue()


def named(out: Path, name: str, suffix: str, content: bytes) -> str:
    """Write a file under a name that tells its content. Returns the name."""
    file = out / f"{name}-{digest(content)}{suffix}"
    file.write_bytes(content)
    return file.name


def digest(content: bytes) -> str:
    """What tells one content from any other, short enough for a name."""
    return sha256(content).hexdigest()[:16]


def remove_others(out: Path, files: dict[str, str]) -> None:
    """Remove what the manifest does not name."""
    kept = {"manifest.json", ".stamp", *(name.rstrip("/") for name in files.values())}
    for path in out.iterdir():
        if path.name not in kept:
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def main() -> None:
    """Freeze, and say why not in the words of what failed."""
    try:
        freeze(BUILD / "frozen", ready_node().node)
    except subprocess.CalledProcessError as failure:
        sys.exit(failure.returncode)


if __name__ == "__main__":
    main()
