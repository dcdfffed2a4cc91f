"""The frozen Python's files, and the page that is compiled for them."""

from __future__ import annotations

from pathlib import Path

import pytest
from httpx import ASGITransport, AsyncClient

from server.app import create_app
from server.frozen import compiled, frozen_files
from server.settings import Settings
from tools import freeze, setup

FILES = {"python": "python-1a/", "library": "core-2b.wasm", "image": "widget-3c.bin"}
PAGE = (setup.ROOT / "index.html").read_text(encoding="utf-8")


def test_the_compiled_page_fetches_the_image_and_not_pyscript() -> None:
    page = compiled(PAGE, FILES)

    assert "pyscript/core.js" not in page
    for address in ("/frozen/python-1a/pyodide.asm.wasm", "/frozen/core-2b.wasm", "/frozen/widget-3c.bin"):
        assert f'<link rel="preload" as="fetch" crossorigin href="{address}">' in page


def test_what_keeps_early_typing_comes_before_the_image() -> None:
    page = compiled(PAGE, FILES)

    assert page.index('src="/static/early.js"') < page.index("/frozen/")


def test_a_page_without_a_place_for_the_files_is_refused() -> None:
    with pytest.raises(ValueError, match=r"pyscript/core\.js"):
        compiled("<!doctype html>", FILES)


def test_without_a_build_there_are_no_files(tmp_path: Path) -> None:
    assert frozen_files(tmp_path) is None


@pytest.mark.parametrize("as_written", [True, False])
async def test_only_the_page_as_written_may_evaluate_text(tmp_path: Path, as_written: bool) -> None:
    project = tmp_path / "project"
    (project / "build" / "frozen").mkdir(parents=True)
    (project / "build" / "frozen" / "manifest.json").write_text('{"python": "p/", "library": "l", "image": "i"}')
    (project / "index.html").write_text(PAGE)
    app = create_app(Settings(data=tmp_path, as_written=as_written, project=project))

    async with AsyncClient(transport=ASGITransport(app), base_url="http://localhost") as client:
        response = await client.get("/widget/")

    assert ("'unsafe-eval'" in response.headers["content-security-policy"]) == as_written
    assert ('id="frozen"' in response.text) != as_written


def test_a_name_tells_the_content(tmp_path: Path) -> None:
    names = [freeze.named(tmp_path, "widget", ".bin", content, quality=1) for content in (b"one", b"two", b"one")]

    assert names[0] == names[2] != names[1]
    assert (tmp_path / names[1]).read_bytes() == b"two"
    assert (tmp_path / f"{names[1]}.br").exists()


def test_what_older_builds_left_is_removed(tmp_path: Path) -> None:
    for name in (
        "manifest.json",
        ".stamp",
        "widget-new.bin",
        "widget-new.bin.br",
        "widget-old.bin",
        "widget-old.bin.br",
    ):
        (tmp_path / name).touch()
    (tmp_path / "python-new").mkdir()
    (tmp_path / "python-old").mkdir()

    freeze.remove_others(tmp_path, {"python": "python-new/", "image": "widget-new.bin"})

    left = {path.name for path in tmp_path.iterdir()}
    assert left == {"manifest.json", ".stamp", "python-new", "widget-new.bin", "widget-new.bin.br"}


def test_a_change_of_the_widget_makes_the_image_due() -> None:
    inputs = set(setup.frozen_step().inputs)

    assert set((setup.ROOT / "widget").rglob("*.py")) <= inputs
    assert setup.runtime_step().stamp in inputs
