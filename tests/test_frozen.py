"""The frozen Python's files."""

from __future__ import annotations

from pathlib import Path

from tools import freeze, setup


def test_a_name_tells_the_content(tmp_path: Path) -> None:
    names = [freeze.named(tmp_path, "widget", ".bin", content) for content in (b"one", b"two", b"one")]

    assert names[0] == names[2] != names[1]
    assert (tmp_path / names[1]).read_bytes() == b"two"


def test_what_older_builds_left_is_removed(tmp_path: Path) -> None:
    for name in ("manifest.json", ".stamp", "widget-new.bin", "widget-old.bin"):
        (tmp_path / name).touch()
    (tmp_path / "python-new").mkdir()
    (tmp_path / "python-old").mkdir()

    freeze.remove_others(tmp_path, {"python": "python-new/", "image": "widget-new.bin"})

    left = {path.name for path in tmp_path.iterdir()}
    assert left == {"manifest.json", ".stamp", "python-new", "widget-new.bin"}


def test_a_change_of_the_widget_makes_the_image_due() -> None:
    inputs = set(setup.frozen_step().inputs)

    assert set((setup.ROOT / "widget").rglob("*.py")) <= inputs
    assert setup.runtime_step().stamp in inputs
