"""Set-up: what is due, what is said when it fails, and what the browser's runtime consists of."""

from __future__ import annotations

import json
import re
import subprocess
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from server import runtime
from tools import setup

# Steps


@pytest.fixture
def step(tmp_path: Path) -> setup.Step:
    """A step that fills tmp_path/made from tmp_path/input."""
    (tmp_path / "input").write_text("one")
    made = tmp_path / "made"
    return setup.Step(
        "build",
        "a thing",
        made / ".stamp",
        (tmp_path / "input",),
        lambda: made.mkdir(exist_ok=True),
        intact=lambda: not (made / "broken").exists(),
    )


def test_a_step_is_due_until_it_is_taken(step: setup.Step) -> None:
    assert step.due()
    step.take()
    assert not step.due()


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda folder: (folder / "input").write_text("two"), id="another input"),
        pytest.param(lambda folder: (folder / "made" / ".stamp").unlink(), id="no stamp"),
        pytest.param(lambda folder: (folder / "made" / ".stamp").write_text(""), id="a stamp cut off"),
        pytest.param(lambda folder: (folder / "made" / "broken").touch(), id="a result known to be broken"),
    ],
)
def test_a_change_makes_it_due_again(step: setup.Step, tmp_path: Path, change: Callable[[Path], object]) -> None:
    step.take()
    change(tmp_path)
    assert step.due()


def test_a_step_that_fails_stays_due(step: setup.Step, tmp_path: Path) -> None:
    def fail() -> None:
        (tmp_path / "made").mkdir()
        raise setup.Failed("")

    failing = setup.Step(step.verb, step.what, step.stamp, step.inputs, fail)
    with pytest.raises(setup.Failed):
        failing.take()
    assert failing.due()


def test_a_step_says_in_one_line_what_it_does(step: setup.Step, capsys: pytest.CaptureFixture[str]) -> None:
    step.take()
    assert capsys.readouterr().out == "Building a thing ...\n"


def test_serving_installs_nothing_for_tests() -> None:
    requirements = {path.name for step in setup.steps("run") for path in step.inputs}
    assert "dev.txt" not in requirements


# .venv


@pytest.fixture
def venv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A .venv whose Python is a shell script: it says and returns what the test writes into it."""
    monkeypatch.setattr(setup, "PYTHON", tmp_path / "python")
    monkeypatch.setattr(setup, "UNFINISHED", tmp_path / "unfinished")
    return tmp_path


def write_pip(venv: Path, *lines: str) -> None:
    (venv / "python").write_text("\n".join(["#!/bin/sh", *lines]))
    (venv / "python").chmod(0o755)


def test_venv_is_whole_after_pip_succeeded(venv: Path) -> None:
    write_pip(venv, "exit 0")
    setup.pip("a-package")
    assert not setup.UNFINISHED.exists()


def test_venv_is_whole_after_a_download_failed(venv: Path) -> None:
    write_pip(venv, "echo Collecting a-package", "exit 1")
    with pytest.raises(setup.Failed):
        setup.pip("a-package")
    assert not setup.UNFINISHED.exists()


def test_venv_is_made_anew_after_pip_failed_while_it_installed(venv: Path) -> None:
    write_pip(venv, "echo Installing collected packages: a-package", "exit 1")
    with pytest.raises(setup.Failed):
        setup.pip("a-package")
    assert not setup.venv_step().intact()


# Sentences


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (
            "WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError(\"Failed to "
            "establish a new connection: [Errno -3] Temporary failure in name resolution\")'\n"
            "ERROR: No matching distribution found for alembic==1.20.1",
            "the package registry cannot be reached",
        ),
        ("npm error code EAI_AGAIN\nnpm error syscall getaddrinfo", "the package registry cannot be reached"),
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "the disk is full"),
        ("npm error code ENOSPC", "the disk is full"),
        ("/usr/bin/python3: No module named ensurepip", "this Python comes without its module venv"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "not the one that is pinned"),
        ("npm error code EINTEGRITY", "not the one that is pinned"),
        ("[Errno 13] Permission denied: '.venv'", "writing in this folder is not allowed"),
        ("ERROR: No matching distribution found for uvloop==0.23.0", "not offered for this machine"),
        ("Collecting a-package\nERROR: something else.\n\n", "ERROR: something else"),
        ("", "it gave no reason"),
    ],
)
def test_the_reason_is_read_from_what_the_command_said(said: str, sentence: str) -> None:
    assert sentence in setup.reason(said)


def test_the_sentence_names_the_step_the_reason_and_what_to_do(
    step: setup.Step, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setup, "ROOT", tmp_path)
    monkeypatch.setattr(setup, "BUILD", tmp_path)
    assert setup.failure(step, "npm error code ENOSPC") == (
        "Could not build a thing: the disk is full. Make room, then run make again. (All it said: setup.log)"
    )
    assert (tmp_path / "setup.log").read_text() == "npm error code ENOSPC"


def test_a_python_that_is_too_old_is_refused_in_a_sentence() -> None:
    done = subprocess.run(
        ["tools/python"], cwd=setup.ROOT, env={"PYTHON": "false"}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr == "PYTHON=false does not run, or is older than 3.11: name a newer one.\n"


# The browser's runtime

INFO = {"arch": "wasm32", "python": "3.14.2"}


def write_wheel(folder: Path, name: str, files: list[str], requires: list[str]) -> Path:
    """A wheel of version 1.0 with these files, empty, and these requirements."""
    wheel = folder / f"{name}-1.0-py3-none-any.whl"
    metadata = ["Metadata-Version: 2.4", f"Name: {name}", "Version: 1.0", *(f"Requires-Dist: {r}" for r in requires)]
    contents = dict.fromkeys(files, b"") | {f"{name}-1.0.dist-info/METADATA": "\n".join(metadata).encode()}
    runtime.write_zip(wheel, contents)
    return wheel


def test_the_lock_names_each_wheel_by_its_hash(tmp_path: Path) -> None:
    wheel = write_wheel(tmp_path, "Some_Models", ["some_models/__init__.py", "_core.cpython-314.so"], [])

    assert runtime.lock(INFO, [wheel]) == {
        "info": INFO,
        "packages": {
            "some-models": {
                "name": "some-models",
                "version": "1.0",
                "file_name": "Some_Models-1.0-py3-none-any.whl",
                "install_dir": "site",
                "sha256": sha256(wheel.read_bytes()).hexdigest(),
                "package_type": "package",
                "imports": ["_core", "some_models"],
                "depends": [],
                "unvendored_tests": False,
            }
        },
    }


def test_the_lock_has_the_requirements_that_hold_in_the_browser(tmp_path: Path) -> None:
    requires = ["core", "older; python_version < '3.14'", "web; sys_platform == 'emscripten'", "x; extra == 'x'"]
    models = write_wheel(tmp_path, "models", [], requires)
    others = [write_wheel(tmp_path, name, [], []) for name in ("core", "web")]

    assert runtime.lock(INFO, [models, *others])["packages"]["models"]["depends"] == ["core", "web"]


def test_a_lock_with_a_package_missing_is_refused(tmp_path: Path) -> None:
    wheel = write_wheel(tmp_path, "models", [], ["core"])
    with pytest.raises(LookupError, match=r"models-1\.0.* needs core"):
        runtime.lock(INFO, [wheel])


def test_a_repacked_package_has_no_compiled_part(tmp_path: Path) -> None:
    wheel = runtime.pure_wheel("markupsafe", tmp_path)

    names = zipfile.ZipFile(wheel).namelist()
    assert "markupsafe/_native.py" in names
    assert not [name for name in names if "_speedups" in name and not name.endswith((".py", ".pyi"))]
    assert runtime.lock_entry(wheel)["imports"] == ["markupsafe"]


def test_a_repacked_package_is_the_same_each_time(tmp_path: Path) -> None:
    first = runtime.pure_wheel("markupsafe", tmp_path).read_bytes()
    assert runtime.pure_wheel("markupsafe", tmp_path).read_bytes() == first


def test_wheels_in_the_cache_are_not_downloaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runtime, "download", lambda *_: pytest.fail("it was downloaded"))
    wanted = write_wheel(tmp_path, "wanted", [], [])
    write_wheel(tmp_path, "left-over", [], [])
    pins = tmp_path / "pins.txt"
    pins.write_text(f"wanted==1.0 \\\n    --hash=sha256:{sha256(wanted.read_bytes()).hexdigest()}\n")

    assert runtime.pinned_wheels(pins, tmp_path) == [wanted]


def test_a_build_that_fails_leaves_the_last_runtime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runtime, "MODULES", tmp_path / "nothing here")
    last = tmp_path / "runtime"
    last.mkdir()
    (last / "pyodide.mjs").touch()

    with pytest.raises(FileNotFoundError):
        runtime.build_runtime(last)
    assert (last / "pyodide.mjs").exists()


# The pins


def pins(name: str) -> dict[str, str]:
    """Package -> version of a requirements file."""
    text = (setup.REQUIREMENTS / f"{name}.txt").read_text()
    return dict(re.findall(r"^([\w-]+)==(\S+)", text, re.MULTILINE))


def test_the_browser_has_the_versions_of_the_server() -> None:
    assert pins("browser").items() <= pins("run").items()


def test_the_checks_run_with_the_versions_that_serve() -> None:
    both = pins("dev").keys() & pins("run").keys()
    assert {name: pins("dev")[name] for name in both} == {name: pins("run")[name] for name in both}


@pytest.mark.parametrize("name", ["run", "dev", "node", "browser"])
def test_every_requirement_has_a_hash_and_none_an_address(name: str) -> None:
    text = (setup.REQUIREMENTS / f"{name}.txt").read_text()
    assert all("--hash=sha256:" in block for block in re.split(r"^(?=[\w-]+==)", text, flags=re.MULTILINE)[1:])
    assert "://" not in text
    assert "--index-url" not in text


@pytest.mark.parametrize("lock", ["package-lock.json", "bench/package-lock.json"])
def test_every_npm_package_has_a_hash_and_none_an_address(lock: str) -> None:
    packages = json.loads((setup.ROOT / lock).read_text())["packages"]
    assert all("integrity" in entry and "resolved" not in entry for path, entry in packages.items() if path)
