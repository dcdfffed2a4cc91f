"""What the browser runs Python with: Pyodide, our wheels, PyScript and the DOM morpher, in one folder.

npm's `pyodide` holds the interpreter but no packages, and its lock file names wheels of a CDN. So the folder
gets a lock file of our own that lists exactly the wheels beside it, each with its sha256: the browser refuses
any other file, and nothing is fetched from elsewhere. The same folder serves Pyodide under Node.

    build/runtime/
        pyodide.mjs, pyodide.asm.mjs, pyodide.asm.wasm, python_stdlib.zip
        pyodide-lock.json, *.whl
        pyscript/               @pyscript/core
        idiomorph.js            an ES module
        fake-indexeddb/         ES modules: what PyScript gets where the browser denies a frame its storage
"""

from __future__ import annotations

import importlib.metadata
import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any

from packaging.metadata import Metadata
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
PINS = ROOT / "requirements" / "browser.txt"
WHEELS = ROOT / "build" / "wheels"

INTERPRETER = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")

BROWSER_PYTHON = ("--python-version", "3.14", "--implementation", "cp",
                  "--platform", "pyemscripten_2026_0_wasm32", "--only-binary", ":all:")  # fmt: skip
"""pip's options for the Python of Pyodide 314."""

PURE = b"Wheel-Version: 1.0\nGenerator: livechat-widget\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
"""The WHEEL file of a wheel that runs anywhere."""

MARKERS = {
    "implementation_name": "cpython",
    "os_name": "posix",
    "platform_machine": "wasm32",
    "platform_python_implementation": "CPython",
    "platform_system": "Emscripten",
    "python_full_version": "3.14.2",
    "python_version": "3.14",
    "sys_platform": "emscripten",
    "extra": "",
}
"""What PEP 508 markers see in the browser."""


def build_runtime(out: Path) -> None:
    """Put the runtime together in `out`, replacing what is there.

    Raises OSError when a file is missing or cannot be written, CalledProcessError when pip fails to download.
    """
    fresh = out.with_name(out.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    copy_interpreter(fresh)
    copy_wheels(fresh)
    copy_scripts(fresh)
    shutil.rmtree(out, ignore_errors=True)
    fresh.rename(out)


def copy_interpreter(out: Path) -> None:
    """Pyodide itself, without the packages."""
    for name in INTERPRETER:
        shutil.copy(MODULES / "pyodide" / name, out)


def copy_scripts(out: Path) -> None:
    """PyScript, without its source maps, the morpher, and a database for where there is none."""
    shutil.copytree(MODULES / "@pyscript" / "core" / "dist", out / "pyscript", ignore=shutil.ignore_patterns("*.map"))
    shutil.copy(MODULES / "idiomorph" / "dist" / "idiomorph.esm.js", out / "idiomorph.js")
    database = MODULES / "fake-indexeddb"
    shutil.copytree(database / "build" / "esm", out / "fake-indexeddb" / "build" / "esm")
    shutil.copytree(database / "auto", out / "fake-indexeddb" / "auto", ignore=shutil.ignore_patterns("*.js"))


def copy_wheels(out: Path) -> None:
    """The wheels, and the lock file that makes Pyodide take these and no others."""
    for wheel in pinned_wheels(PINS, WHEELS):
        shutil.copy(wheel, out)
    pure_wheel("markupsafe", out)
    info = json.loads((MODULES / "pyodide" / "pyodide-lock.json").read_text(encoding="utf-8"))["info"]
    text = json.dumps(lock(info, sorted(out.glob("*.whl"))), indent=2)
    (out / "pyodide-lock.json").write_text(text + "\n", encoding="utf-8")


# The wheels that are pinned


def pinned_wheels(pins: Path, cache: Path) -> list[Path]:
    """The files that `pins` names by hash, out of `cache`; what is missing there is downloaded."""
    wanted = set(re.findall(r"--hash=sha256:([0-9a-f]{64})", pins.read_text(encoding="utf-8")))
    if not wanted <= cached(cache).keys():
        download(pins, cache)
    files = cached(cache)
    return [files[digest] for digest in sorted(wanted)]


def cached(folder: Path) -> dict[str, Path]:
    """The wheels in a folder, by sha256."""
    return {digest(wheel): wheel for wheel in folder.glob("*.whl")}


def digest(file: Path) -> str:
    """A file's sha256, in hexadecimal."""
    return sha256(file.read_bytes()).hexdigest()


def download(pins: Path, cache: Path) -> None:
    """Let pip fetch the pinned wheels; it refuses a file with another hash."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes",
               *BROWSER_PYTHON, "--dest", str(cache), "--requirement", str(pins)]  # fmt: skip
    subprocess.run(command, check=True)


# A wheel out of an installed package


def pure_wheel(name: str, out: Path) -> Path:
    """Pack an installed package as a wheel without its compiled part.

    For packages that have no wheel for the browser and can do without their extension module: markupsafe
    takes its pure-Python `_native` when `_speedups` is not there.
    """
    distribution = importlib.metadata.distribution(name)
    wheel = out / f"{name}-{distribution.version}-py3-none-any.whl"
    folder = f"{name}-{distribution.version}.dist-info"
    files = {str(path): Path(path.locate()).read_bytes() for path in python_files(distribution)}
    files |= {
        f"{folder}/METADATA": (distribution.read_text("METADATA") or "").encode(),
        f"{folder}/WHEEL": PURE,
    }
    files[f"{folder}/RECORD"] = "".join(f"{path},,\n" for path in [*files, f"{folder}/RECORD"]).encode()
    write_zip(wheel, files)
    return wheel


def python_files(distribution: importlib.metadata.Distribution) -> Iterator[importlib.metadata.PackagePath]:
    """A distribution's modules: no extension modules, no byte code."""
    for path in distribution.files or ():
        if path.suffix == ".py" or path.name == "py.typed":
            yield path


def write_zip(target: Path, files: dict[str, bytes]) -> None:
    """Write a zip file whose bytes depend on its contents alone: no clock, no order of a file system."""
    with zipfile.ZipFile(target, "w") as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name), files[name], zipfile.ZIP_DEFLATED)


# The lock file


def lock(info: dict[str, str], wheels: Iterable[Path]) -> dict[str, Any]:
    """Pyodide's lock file for these wheels; `info` says which interpreter they are for.

    Raises LookupError when one needs a package that is not among them.
    """
    packages = {entry["name"]: entry for entry in map(lock_entry, wheels)}
    for entry in packages.values():
        if missing := set(entry["depends"]) - packages.keys():
            raise LookupError(f"{entry['file_name']} needs {', '.join(sorted(missing))}, which is not in the runtime")
    return {"info": info, "packages": packages}


def lock_entry(wheel: Path) -> dict[str, Any]:
    """What Pyodide has to know of one wheel."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        metadata = Metadata.from_email(archive.read(metadata_file(names)), validate=False)
    return {
        "name": canonicalize_name(metadata.name),
        "version": str(metadata.version),
        "file_name": wheel.name,
        "install_dir": "site",
        "sha256": digest(wheel),
        "package_type": "package",
        "imports": imports(names),
        "depends": depends(metadata.requires_dist or []),
        "unvendored_tests": False,
    }


def metadata_file(names: Iterable[str]) -> str:
    """The path of METADATA in a wheel."""
    return next(name for name in names if name.endswith(".dist-info/METADATA"))


def imports(names: Iterable[str]) -> list[str]:
    """The top-level modules among the files of a wheel."""
    modules = (PurePosixPath(name) for name in names if name.endswith((".py", ".so")))
    return sorted({path.parts[0].split(".")[0] for path in modules})


def depends(requirements: Iterable[Requirement]) -> list[str]:
    """The names of those requirements that hold in the browser."""
    needed = (r for r in requirements if r.marker is None or r.marker.evaluate(MARKERS))
    return sorted(canonicalize_name(r.name) for r in needed)


if __name__ == "__main__":
    build_runtime(ROOT / "build" / "runtime")
