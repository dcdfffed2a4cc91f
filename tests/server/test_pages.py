"""Pages and files."""

import asyncio
import io
import json
import shutil
import zipfile
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from server.app import create_app
from server.settings import PROJECT, Settings
from tests.parts import parts
from tests.server.platform import RunningServer
from tools.release import quick, write_release

NAVIGATION = {"Accept": "text/html", "Sec-Fetch-Site": "none"}


class Browser:
    """Somebody who opens pages, from an address, by the server's name."""

    def __init__(self, app: FastAPI, name: str = "http://127.0.0.1:8000", address: str = "127.0.0.1") -> None:
        self._transport = httpx.ASGITransport(app, client=(address, 50_000))
        self._name = name

    def get(self, path: str, headers: dict[str, str] | None = None) -> httpx.Response:
        """Open a page."""

        async def get() -> httpx.Response:
            async with httpx.AsyncClient(transport=self._transport, base_url=self._name, headers=NAVIGATION) as client:
                return await client.get(path, headers=headers)

        return asyncio.run(get())


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of what the pages are made of, to change; the runtime is a stand-in."""
    project = tmp_path / "project"
    for name in ("static", "widget", "agent_console"):
        shutil.copytree(PROJECT / name, project / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("index.html", "customer-sdk.html", "pyscript.toml"):
        shutil.copy(PROJECT / name, project / name)
    (project / "agent_console" / "index.html").write_text("<title>Chats</title>")
    runtime = project / "build" / "runtime"
    runtime.mkdir(parents=True)
    for name in ("pyodide.mjs", "pyodide.asm.wasm", "htpy-1-py3-none-any.whl"):
        (runtime / name).write_bytes(b"something")
    return project


@pytest.fixture
def site(settings: Settings, project: Path) -> Browser:
    """Somebody on this machine who opens pages, the widget's as written."""
    app = create_app(Settings(data=settings.data, project=project, as_written=True))
    return Browser(app)


@pytest.fixture
def built(settings: Settings, project: Path) -> Browser:
    """The same, with the widget as a release has it."""
    written = Settings(data=settings.data, project=project)
    write_release(parts(), written.release, image=quick)
    return Browser(create_app(written))


def test_the_shop_embeds_the_widget_from_the_other_name_of_this_machine(site: Browser) -> None:
    assert '<script async src="http://localhost:8000/widget.js"></script>' in site.get("/").text
    assert 'src="http://127.0.0.1:8000/widget.js"' in site.get("http://localhost:8000/").text
    assert 'src="http://shop.example/widget.js"' in site.get("http://shop.example/").text


def test_the_environment_may_say_where_the_widget_is(settings: Settings, project: Path) -> None:
    elsewhere = Settings(data=settings.data, project=project, widget_origin="https://chat.example")

    page = Browser(create_app(elsewhere)).get("/").text

    assert '<script async src="https://chat.example/widget.js"></script>' in page
    assert "liveChat('init', '00000000-0000-4000-8000-000000000001')" in page


@pytest.mark.parametrize("path", ["/", "/help", "/product/moon-jar"])
def test_every_page_of_the_shop_has_the_snippet(site: Browser, path: str) -> None:
    page = site.get(path)

    assert page.status_code == 200
    assert page.text.count("/widget.js") == 1


@pytest.mark.parametrize("path", ["/widget/", "/widget/index.html"])
@pytest.mark.parametrize("how", ["site", "built"])
def test_the_widgets_page_has_its_shell_and_a_process_of_its_own(
    request: pytest.FixtureRequest, how: str, path: str
) -> None:
    somebody: Browser = request.getfixturevalue(how)

    page = somebody.get(f"{path}?id=00000000-0000-4000-8000-000000000001")

    assert "<textarea" in page.text
    assert "<!-- shell -->" not in page.text
    assert page.headers["origin-agent-cluster"] == "?1"
    assert "frame-ancestors *" in page.headers["content-security-policy"]


def test_only_the_page_as_written_may_evaluate_text(site: Browser, built: Browser) -> None:
    written, compiled = site.get("/widget/"), built.get("/widget/")

    assert "'unsafe-eval'" in written.headers["content-security-policy"]
    assert "'unsafe-eval'" not in compiled.headers["content-security-policy"] + compiled.text


def test_as_written_the_sdk_is_a_module_for_every_site(site: Browser) -> None:
    named = site.get("/customer-sdk.mjs")
    module, frame = site.get(named.headers["location"]), site.get("/widget/customer-sdk.html")

    assert named.headers["access-control-allow-origin"] == module.headers["access-control-allow-origin"] == "*"
    assert "export const init" in module.text
    assert "from widget.sdk_main import main" in frame.text
    assert frame.headers["origin-agent-cluster"] == "?1"


@pytest.mark.parametrize("how", ["site", "built"])
def test_the_declarations_of_the_sdk_lie_beside_it(request: pytest.FixtureRequest, how: str) -> None:
    somebody: Browser = request.getfixturevalue(how)

    declared = somebody.get("/customer-sdk.d.ts")

    assert declared.headers["content-type"] == "text/plain; charset=utf-8"
    assert "export function init" in declared.text


@pytest.mark.parametrize(
    ("path", "goes_to"), [("/agent", "/agent/"), ("/widget?id=1", "http://127.0.0.1:8000/widget/?id=1")]
)
def test_a_forgotten_slash_does_no_harm(site: Browser, path: str, goes_to: str) -> None:
    answer = site.get(path)

    assert (answer.status_code, answer.headers["location"]) == (308, goes_to)


@pytest.mark.parametrize("how", ["site", "built"])
def test_the_console_may_not_be_framed(request: pytest.FixtureRequest, how: str) -> None:
    somebody: Browser = request.getfixturevalue(how)

    assert "frame-ancestors 'none'" in somebody.get("/agent/").headers["content-security-policy"]


@pytest.mark.parametrize("path", ["/agent/", "/sidebar/"])
def test_agents_get_their_pages_as_a_release_has_them(built: Browser, path: str) -> None:
    page = built.get(path).text

    assert 'src="../widget/assets/' in page
    assert "pyscript" not in page


@pytest.mark.parametrize("how", ["site", "built"])
def test_the_loader_is_for_every_site_and_always_fresh(request: pytest.FixtureRequest, how: str) -> None:
    somebody: Browser = request.getfixturevalue(how)

    loader = somebody.get("/widget.js")

    assert loader.headers["access-control-allow-origin"] == "*"
    assert loader.headers["cache-control"] == "no-cache"
    assert somebody.get("/widget.js", headers={"If-None-Match": loader.headers["etag"]}).status_code == 304


def test_every_file_of_a_release_is_served_with_the_headers_that_it_lists(built: Browser, project: Path) -> None:
    listed = json.loads((project / "build" / "release" / "files.json").read_text())

    answers = {path: built.get(f"/{path}") for path in listed}

    assert {path: answer.status_code for path, answer in answers.items()} == dict.fromkeys(listed, 200)
    for path, headers in listed.items():
        assert {name: answers[path].headers.get(name) for name in headers} == headers


def test_a_release_keeps_what_is_not_of_the_widget_to_itself(built: Browser) -> None:
    for path in ("/widget/nothing", "/widget/assets/", "/widget/%2e%2e/%2e%2e/runtime/pyodide.mjs", "/files.json"):
        assert built.get(path).status_code == 404


@pytest.mark.parametrize(
    ("path", "content_type", "caching"),
    [
        ("/runtime/pyodide.mjs", "text/javascript; charset=utf-8", "no-cache"),
        ("/runtime/pyodide.asm.wasm", "application/wasm", "no-cache"),
        ("/runtime/htpy-1-py3-none-any.whl", "application/octet-stream", "public, max-age=31536000, immutable"),
        ("/static/widget.css", "text/css; charset=utf-8", "no-cache"),
        ("/shop/shop.js", "text/javascript; charset=utf-8", "no-cache"),
        ("/widget/pyscript.toml", "application/toml", "no-cache"),
    ],
)
def test_files_come_with_their_type_and_how_long_they_last(
    site: Browser, path: str, content_type: str, caching: str
) -> None:
    file = site.get(path)

    assert (file.status_code, file.headers["content-type"]) == (200, content_type)
    assert file.headers["cache-control"] == caching
    assert file.headers["x-content-type-options"] == "nosniff"
    assert site.get(path, headers={"If-None-Match": file.headers["etag"]}).status_code == 304


def test_the_widgets_code_comes_as_one_archive_that_follows_its_files(site: Browser, project: Path) -> None:
    first = site.get("/runtime/code.zip")
    unchanged = site.get("/runtime/code.zip", headers={"If-None-Match": first.headers["etag"]})
    (project / "widget" / "new.py").write_text("print('new')")
    changed = site.get("/runtime/code.zip", headers={"If-None-Match": first.headers["etag"]})

    names = zipfile.ZipFile(io.BytesIO(changed.content)).namelist()
    assert (unchanged.status_code, changed.status_code) == (304, 200)
    assert {"widget/new.py", "widget/wire/frames.py"} <= set(names)
    assert {Path(name).suffix for name in names} == {".py"}
    assert {Path(name).parts[0] for name in names} == {"widget"}


def test_the_consoles_archive_holds_the_widget_too(site: Browser) -> None:
    names = zipfile.ZipFile(io.BytesIO(site.get("/runtime/console.zip").content)).namelist()

    assert {Path(name).parts[0] for name in names} == {"widget", "agent_console"}


@pytest.mark.parametrize("path", ["/nothing", "/product/nothing", "/static/nothing", "/static/%2e%2e/server/app.py"])
def test_what_is_not_there_is_said_in_a_page_or_in_json(site: Browser, path: str) -> None:
    page, data = site.get(path), site.get(path, headers={"Accept": "application/json"})

    assert (page.status_code, data.status_code) == (404, 404)
    assert page.text.startswith("<!doctype html>")
    assert data.json()["error"]["type"] == "not_found"


def test_the_address_of_a_missing_page_is_escaped(site: Browser) -> None:
    assert "<script>" not in site.get("/<script>").text


def test_a_servers_name_cannot_bring_a_script_into_the_shop(site: Browser) -> None:
    assert "<script>bad" not in site.get("/", headers={"Host": 'x"><script>bad()</script>'}).text


def test_it_is_well(site: Browser) -> None:
    assert site.get("/healthz").json() == {"status": "ok"}


def test_as_written_the_console_has_its_words_and_a_list_of_languages(site: Browser) -> None:
    page, words = site.get("/agent/"), site.get("/agent/languages/de-DE.json")

    assert words.json()["Archives"] == "Archiv"
    assert site.get("/agent/languages/en.json").status_code == 404
    assert "<!-- languages -->" not in page.text


# The console signs in by itself, but only on this machine


def test_the_console_on_this_machine_signs_in_by_itself(site: Browser, settings: Settings) -> None:
    session = site.get("/agent/session", headers={"Sec-Fetch-Site": "same-origin"})

    assert session.json() == {
        "account_id": "agent@example.com",
        "token": settings.agent_token.read_text().strip(),
    }
    assert session.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("url", "fetch_site"),
    [
        ("http://127.0.0.1:8000/agent/session", "cross-site"),
        ("http://127.0.0.1:8000/agent/session", "same-site"),
        ("http://127.0.0.1:8000/agent/session", ""),
        ("http://rebound.example:8000/agent/session", "same-origin"),
        ("http://127.0.0.1.example/agent/session", "same-origin"),
        ("http://192.168.1.5:8000/agent/session", "same-origin"),
    ],
)
def test_a_page_of_another_site_cannot_sign_in(site: Browser, url: str, fetch_site: str) -> None:
    assert site.get(url, headers={"Sec-Fetch-Site": fetch_site}).status_code == 403


def test_another_machine_cannot_sign_in(settings: Settings, project: Path) -> None:
    app = create_app(Settings(data=settings.data, project=project))
    stranger = Browser(app, address="192.168.1.7")

    assert stranger.get("/agent/session").status_code == 403


@pytest.mark.parametrize("path", ["/healthz", "/widget/", "/widget.js", "/static/early.js"])
def test_who_asks_only_for_the_head_gets_it(server: RunningServer, path: str) -> None:
    head, whole = server.http.head(path), server.http.get(path)

    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == str(len(whole.content))


# The shop's word for a visitor


def test_the_shops_server_vouches_for_people_on_this_machine_only(settings: Settings, project: Path) -> None:
    app = create_app(Settings(data=settings.data, project=project, as_written=True))
    away = Browser(app, "http://shop.example", "203.0.113.7")

    assert away.get("/commands/token?person=ana@example.com").status_code == 403


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/tracking.js", 200),
        ("/widget/commands.js", 200),
        ("/widget/live_chat_widget.js", 200),
        ("/widget/forget.html", 200),
        ("/widget/early.js", 404),
    ],
)
def test_what_the_loader_fetches_is_there_for_any_site(site: Browser, path: str, status: int) -> None:
    answer = site.get(path)

    assert answer.status_code == status
    if status == 200 and path.endswith(".js"):
        assert answer.headers["access-control-allow-origin"] == "*"


# Apps beside a conversation


def test_the_console_knows_where_the_servers_own_app_is_on_another_site(server: RunningServer) -> None:
    page = server.http.get("/agent/")

    assert f'<meta name="ready-app" content="http://localhost:{server.port}/sidebar/">' in page.text
    assert "frame-src http: https:" in page.headers["content-security-policy"]


@pytest.mark.parametrize("path", ["/sidebar/", "/apps/mine/", "/apps/mine/app.py"])
def test_apps_may_stand_in_any_frame_each_in_a_process_of_its_own(
    site: Browser, settings: Settings, project: Path, path: str
) -> None:
    shutil.copytree(PROJECT / "sidebar_app", project / "sidebar_app")
    folder = settings.data / "apps" / "mine"
    folder.mkdir(parents=True)
    for name in ("index.html", "app.py"):
        (folder / name).write_text("an app", encoding="utf-8")

    answer = site.get(path)

    assert answer.status_code == 200
    if not path.endswith(".py"):
        assert "frame-ancestors *" in answer.headers["content-security-policy"]
        assert answer.headers["origin-agent-cluster"] == "?1"


@pytest.mark.parametrize(
    "path", ["/apps/other/", "/apps/%2e%2e/", "/apps/..%2fagent-token", "/apps/mine/../../agent-token"]
)
def test_nothing_outside_the_apps_folder_is_served(site: Browser, settings: Settings, path: str) -> None:
    (settings.data / "index.html").write_text("secret", encoding="utf-8")

    assert site.get(path).status_code == 404
