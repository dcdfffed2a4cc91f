"""A release: what is in the folder, and that two of them are never mixed."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import brotli
import pytest

from server.hosting import COMPRESSED, ENTRIES, SCRIPTS, source
from server.settings import Settings
from tests.parts import IMAGES, LIBRARY, PYTHON, parts
from tools import release, setup
from tools.freeze import digest
from tools.release import original, write_release
from tools.release_pages import PLACES, folder_digest

HASHED = re.compile(r"-([0-9a-f]{16})\b")

needs_release = pytest.mark.skipif(
    not (setup.BUILD / "release" / ".stamp").is_file(), reason="the release is not built: make build"
)


@pytest.fixture(autouse=True)
def compressed_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the test's own for what was compressed."""
    monkeypatch.setattr(release, "COMPRESSED_BEFORE", tmp_path / "compressed")
    return tmp_path / "compressed"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A release of the usual parts."""
    write_release(parts(), tmp_path / "out")
    return tmp_path / "out"


def files(folder: Path) -> dict[str, bytes]:
    """What a release has, without the compressed copies and the list."""
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return {
        path: content for path, content in found.items() if not path.endswith((".br", ".gz", "files.json", ".stamp"))
    }


def page(folder: Path, program: str = "widget") -> str:
    """The page of a program of a release."""
    return (folder / PLACES[program].path).read_text(encoding="utf-8")


def named(text: str) -> set[str]:
    """The addresses that a page names."""
    frozen = re.search(r'id="frozen">(.*?)</script>', text)
    assert frozen is not None
    return {*re.findall(r'(?:href|src)="(.*?)"', text), *json.loads(frozen[1]).values()}


def built() -> Path:
    """The release that `make build` wrote."""
    return Settings(data=Path()).release


@pytest.mark.parametrize("program", PLACES)
@pytest.mark.parametrize("real", [False, pytest.param(True, marks=needs_release)])
def test_a_page_names_files_that_are_there_and_from_where_it_is(out: Path, real: bool, program: str) -> None:
    folder = built() if real else out
    here = (folder / PLACES[program].path).parent

    addresses = named(page(folder, program)) - {"data:,"}

    assert {"js", "mjs", "wasm", "bin", "zip"} <= {address.rpartition(".")[2] for address in addresses}
    assert not [address for address in addresses if address.startswith("/") or ":" in address]
    assert not [address for address in addresses if not (here / address).exists()]


@needs_release
def test_no_script_of_a_release_names_a_file_of_the_working_copy() -> None:
    own = [path for path in built().rglob("*") if path.name in SCRIPTS or path.match("widget/assets/*.[jc]s*")]

    named_in_them = [
        re.findall(r"/(?:static|runtime|frozen)/[\w./-]*", path.read_text("utf-8", "replace")) for path in own
    ]

    assert len(own) >= 3
    assert not any(named_in_them)


@needs_release
def test_the_loader_costs_a_page_three_kilobytes_at_most() -> None:
    assert len((built() / "widget.js.br").read_bytes()) <= 3000


@pytest.mark.parametrize("real", [False, pytest.param(True, marks=needs_release)])
def test_a_name_tells_the_content(out: Path, real: bool) -> None:
    folder = built() if real else out
    folders: dict[str, dict[str, bytes]] = {}
    for path, content in files(folder).items():
        parent, _, name = path.rpartition("/")
        if HASHED.search(parent):
            folders.setdefault(parent, {})[name] = content
        elif path not in ENTRIES:
            assert path.startswith("widget/assets/")
            assert HASHED.findall(name) == [digest(content)]

    assert len(folders) >= 2
    for parent, content_of in folders.items():
        assert HASHED.findall(parent) == [folder_digest(content_of)]


def test_only_the_entries_keep_their_names_when_everything_changes(out: Path, tmp_path: Path) -> None:
    write_release(
        parts(
            forget=b"another",
            of_programs={
                **dict.fromkeys(("early", "script", "style", "code"), b"another"),
                "languages": {"de-DE.json": b"another"},
            },
            runtime={"pyodide.mjs": b"another"},
            emoji_script=b"another",
            emoji={"de-DE.json": b"another"},
            frozen={
                PYTHON: {"pyodide.mjs": b"another"},
                LIBRARY: b"another",
                **{file: b"another " + file.encode() for file in IMAGES.values()},
            },
        ),
        tmp_path / "other",
    )

    assert files(out).keys() & files(tmp_path / "other").keys() == set(ENTRIES)


def test_a_change_of_the_widget_changes_the_image_and_nothing_else(out: Path, tmp_path: Path) -> None:
    write_release(parts(image=b"another memory"), tmp_path / "other")
    one, other = files(out), files(tmp_path / "other")

    alone = {*one, *other} - (one.keys() & other.keys())
    assert {path.rpartition("-")[0] for path in alone} == {"widget/assets/frozen/widget"}
    assert {path for path in one.keys() & other.keys() if one[path] != other[path]} == {"widget/index.html"}


def test_the_same_parts_make_the_same_release(out: Path, tmp_path: Path) -> None:
    write_release(parts(), tmp_path / "other")

    assert files(out) == files(tmp_path / "other")


def test_a_build_keeps_the_files_of_the_one_before_and_of_no_older_one(out: Path) -> None:
    images = []
    for content in (b"memory " * 100, b"second", b"third", b"third"):
        write_release(parts(image=content), out)
        images.append(f"widget/assets/frozen/widget-{digest(content)}.bin")

    assert {path for path in files(out) if "/frozen/widget-" in path} == set(images[1:])
    assert {original(path).name for path in (out / "widget/assets/frozen").glob("widget-*")} == {
        Path(image).name for image in images[1:]
    }


def test_no_empty_folder_is_left_of_an_older_build(out: Path) -> None:
    for content in (b"second", b"third"):
        write_release(parts(runtime={"pyodide.mjs": content}), out)

    assert len(list((out / "widget" / "assets").glob("runtime-*"))) == 2


def test_a_build_that_is_cut_off_leaves_the_entries_as_they_were(out: Path) -> None:
    before = page(out)

    def full(coding: str, content: bytes) -> bytes:
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        write_release(parts(image=b"another memory"), out, image=full)

    assert page(out) == before
    assert all((out / "widget" / address).exists() for address in named(page(out)))


@pytest.mark.parametrize("real", [False, pytest.param(True, marks=needs_release)])
def test_compressed_copies_stand_beside_what_becomes_shorter(out: Path, real: bool) -> None:
    folder = built() if real else out

    for path, content in files(folder).items():
        short = [(folder / f"{path}{suffix}") for suffix in (".br", ".gz")]
        assert [copy.is_file() for copy in short] == [Path(path).suffix in COMPRESSED] * 2
        if short[0].is_file():
            assert brotli.decompress(short[0].read_bytes()) == gzip.decompress(short[1].read_bytes()) == content


def test_what_was_compressed_once_is_not_compressed_again(
    out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr("brotli.compress")

    write_release(parts(), tmp_path / "other")

    assert files(out) == files(tmp_path / "other")


# The page


def test_the_page_starts_with_its_own_files_and_not_with_pyscript(out: Path) -> None:
    assert not re.search(r"pyscript|/static/|/runtime/|<!-- ", page(out))
    assert 'id="frozen"' in page(out)
    assert "<textarea" in page(out)


def test_what_keeps_early_typing_comes_before_the_image(out: Path) -> None:
    assert page(out).index('<script type="module" src="assets/widget-') < page(out).index("assets/frozen/")


def test_what_the_page_may_do_is_said_before_anything_is_fetched(out: Path) -> None:
    first = re.search(r'<link|<script(?! type="application/json")', page(out))
    assert first is not None
    assert page(out).index("Content-Security-Policy") < first.start()
    assert "'unsafe-eval'" not in page(out)


def test_a_page_whose_platform_is_on_its_own_origin_connects_nowhere_else(out: Path) -> None:
    assert "connect-src 'self';" in page(out)


def test_a_page_connects_to_the_platform_that_it_names(tmp_path: Path) -> None:
    where = {"api": "https://api.example", "accounts": "https://accounts.example", "client_id": "</script>"}

    write_release(parts(), tmp_path, where)

    said = re.search(r'id="platform">(.*?)</script>', page(tmp_path))
    assert said is not None
    assert json.loads(said[1]) == {
        **where, "organization_id": "00000000-0000-4000-8000-0000000000aa", "language": ""
    }  # fmt: skip
    assert "connect-src 'self' https://accounts.example https://api.example wss://api.example;" in page(tmp_path)


def test_a_page_without_a_place_for_the_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="as written"):
        write_release(parts(of_programs={"page": "<!doctype html>"}), tmp_path)


# The Customer SDK


def test_each_page_starts_with_its_own_image_and_the_same_python(out: Path) -> None:
    window, sdk = ((out / "widget" / name).read_text("utf-8") for name in ("index.html", "customer-sdk.html"))

    assert {path.rpartition("-")[0] for path in named(window) - named(sdk)} == {"assets/widget", "assets/frozen/widget"}
    assert {path.rpartition("-")[0] for path in named(sdk) - named(window)} == {
        "assets/customer_sdk",
        "assets/frozen/customer_sdk",
    }


def test_the_console_may_show_apps_from_anywhere_and_no_other_page_may(out: Path) -> None:
    assert [name for name in PLACES if "frame-src http: https:" in page(out, name)] == ["console"]


def test_the_sdks_page_is_compiled_as_the_window_is(tmp_path: Path) -> None:
    where = {"api": "https://api.example", "accounts": "https://accounts.example"}

    write_release(parts(of_programs={"early": b"hello()", "style": b""}), tmp_path, where)

    sdk = (tmp_path / "widget" / "customer-sdk.html").read_text("utf-8")
    assert not re.search(r"pyscript|/static/|/runtime/|<!-- |<style", sdk)
    assert f"script-src 'self' {source('hello()')} 'wasm-unsafe-eval'; style-src 'self';" in sdk
    assert "connect-src 'self' https://accounts.example https://api.example wss://api.example;" in sdk


@needs_release
def test_the_sdk_is_a_script_and_a_module_of_few_bytes() -> None:
    script, module = ((built() / name).read_text("utf-8") for name in ("customer-sdk.js", "customer-sdk.mjs"))

    assert "globalThis.CustomerSDK=" in script
    assert "export" not in script
    assert re.search(r"export\{\w+ as init\}", module)
    assert len((built() / "customer-sdk.js.br").read_bytes()) <= 4096


# When it is made


def test_a_change_of_a_script_or_of_the_image_makes_the_release_due() -> None:
    inputs = set(setup.release_step().inputs)

    assert {
        setup.ROOT / "static" / name
        for name in ("early.js", "loader.js", "widget.css", "console.css", "console.js", "customer_sdk/client.js")
    } <= inputs
    assert {setup.ROOT / "sidebar_app" / "page.js", setup.ROOT / "agent_console" / "index.html"} <= inputs
    assert setup.frozen_step().stamp in inputs


def test_what_a_composer_needs_stands_in_the_page_and_the_policy_lets_in_nothing_else(tmp_path: Path) -> None:
    write_release(parts(of_programs={"early": b"hello()", "style": b"p{}"}), tmp_path)
    page = (tmp_path / "widget" / "index.html").read_text(encoding="utf-8")

    assert "<script>hello()</script>" in page
    assert "<style>p{}</style>" in page
    assert f"script-src 'self' {source('hello()')} 'wasm-unsafe-eval'; style-src 'self' {source('p{}')};" in page


def test_the_commands_fetch_from_the_platform_that_the_release_names(tmp_path: Path) -> None:
    write_release(parts(), tmp_path / "own")
    write_release(parts(), tmp_path / "other", {"api": "https://api.example"})

    scripts = [(tmp_path / name / "widget" / "commands.js").read_text(encoding="utf-8") for name in ("own", "other")]

    assert scripts == ["// the commands: live-chat:own", "// the commands: https://api.example"]


def test_the_page_that_forgets_has_its_script_and_a_policy_and_nothing_of_the_working_copy(out: Path) -> None:
    page = (out / "widget" / "forget.html").read_text(encoding="utf-8")

    assert re.search(r'src="assets/forget-[0-9a-f]{16}\.js"', page)
    assert "script-src 'self' 'wasm-unsafe-eval'" in page
    assert not re.search("/static/|<!-- ", page)
