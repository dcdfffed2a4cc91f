"""The pins: requirements/*.in -> requirements/*.txt, every file named by its hash.

One file holds for every platform and Python from 3.11 on. What runs in the browser is the exception: there is
one Python and one platform, so browser.txt names exactly one wheel per package.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from hashlib import sha256
from pathlib import Path

from server.runtime import BROWSER_PYTHON

FOLDER = Path("requirements")

COMPILE = ["uv", "pip", "compile", "--universal", "--python-version", "3.11", "--upgrade", "--quiet",
           "--no-header"]  # fmt: skip


def main() -> None:
    """Compile all pins anew; run.txt first, the others keep to its versions."""
    for name in ("run", "dev", "node"):
        compiled(name, "--generate-hashes")
    # markupsafe has no wheel for the browser: server/runtime.py makes one of the copy that run.txt installs.
    compiled("browser", "--no-emit-package", "markupsafe", "--no-annotate")
    name_the_wheels(FOLDER / "browser.txt")


def compiled(name: str, *options: str) -> None:
    """Compile one file with uv."""
    run(*COMPILE, *options, str(FOLDER / f"{name}.in"), "--output-file", str(FOLDER / f"{name}.txt"))


def name_the_wheels(pins: Path) -> None:
    """Give every pin the hash of the one wheel that the browser's Python takes."""
    with tempfile.TemporaryDirectory() as folder:
        run(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", *BROWSER_PYTHON,
            "--dest", folder, "--requirement", str(pins))  # fmt: skip
        wheels = sorted(Path(folder).iterdir())
        pins.write_text("".join(map(pin, wheels)), encoding="utf-8")


def pin(wheel: Path) -> str:
    """The line that names this wheel and no other."""
    name, version = wheel.name.split("-")[:2]
    name = re.sub(r"[-_.]+", "-", name).lower()
    return f"{name}=={version} \\\n    --hash=sha256:{sha256(wheel.read_bytes()).hexdigest()}\n"


def run(*command: str) -> None:
    """Run a command; what it says goes to the terminal. Exits with its code when it fails."""
    code = subprocess.run(command, check=False).returncode
    if code:
        sys.exit(code)


if __name__ == "__main__":
    main()
