"""Everything that is fetched with GET: the demo shop, the widget's page and its code, and the agents' console."""

from collections.abc import Mapping
from html import escape
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from server.archive import Archive
from server.assets import Assets, current, fresh, tagged
from server.command_pages import command_page, sign_for
from server.hosting import CONSOLE, DECLARATIONS, FRESH, LASTING, SCRIPTS, headers, policy
from server.languages import language_for
from server.loopback import other_name, stays_here
from server.platform import Platform
from server.seed import FIRST_AGENT
from server.settings import Settings
from server.snippet import snippet
from widget.ui.languages import ENGLISH, LANGUAGES, Language

__all__ = ["add_pages", "not_found"]

ANY_SITE = ("ws:", "wss:", "http:", "https:")
"""Where pages as written may connect to: no build has told them where their platform is."""

WINDOW_HEADERS = {
    **headers("widget/index.html"),
    "Content-Security-Policy": f"{policy(ANY_SITE, evaluate=True)}; frame-ancestors *",
}

CONSOLE_HEADERS = {
    **headers(CONSOLE),
    # Apps beside a conversation are wherever administrators say.
    "Content-Security-Policy": f"{policy(ANY_SITE, evaluate=True, frames='http: https:')}; frame-ancestors 'none'",
}

READY_APP = '<meta name="ready-app" content="../sidebar/">'
"""Where the console's page has the server's own app beside itself, on its own origin."""

APP_HEADERS = {
    "Cache-Control": FRESH,
    "Content-Security-Policy": f"{policy(ANY_SITE, evaluate=True)}; frame-ancestors *",
    "Origin-Agent-Cluster": "?1",
}

NOT_FOUND = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Not found</title>
<h1>There is nothing at {path}</h1>
<p>The <a href="/">demo shop</a> and the <a href="/agent/">agents' console</a> are where they were.</p>
"""


def add_pages(app: FastAPI, settings: Settings) -> None:
    """The routes of all pages and files."""
    for add in (_shop, _console, _sidebar_apps, _widget, _health):
        add(app, settings)


def not_found(request: Request, error: Exception) -> Response:
    """An error as a page for people and as JSON for programs."""
    assert isinstance(error, HTTPException)
    if error.status_code == 404 and "text/html" in request.headers.get("accept", ""):
        return HTMLResponse(NOT_FOUND.format(path=escape(request.url.path)), 404)
    body = {"error": {"type": "not_found" if error.status_code == 404 else "not_allowed", "message": error.detail}}
    return JSONResponse(body, error.status_code, headers=error.headers)


def _health(app: FastAPI, settings: Settings) -> None:
    @app.get("/healthz")
    async def healthz() -> dict[str, str]:
        return {"status": "ok"}


# The demo shop


def _shop(app: FastAPI, settings: Settings) -> None:
    shop = settings.project / "static" / "shop"

    def page(request: Request, name: str) -> Response:
        return with_chat(request, (shop / f"{name}.html").read_text())

    def with_chat(request: Request, html: str, language: Language = ENGLISH) -> Response:
        chat = snippet(platform_origin(request, settings), language=language.tag)
        filled = html.replace("{{chat_snippet}}", chat)
        return HTMLResponse(filled, headers={"Cache-Control": FRESH, "Vary": "Accept-Language"})

    @app.get("/")
    def home(request: Request) -> Response:
        return page(request, "index")

    @app.get("/help")
    def help_page(request: Request) -> Response:
        return page(request, "help")

    @app.get("/product/{slug}")
    def product(request: Request, slug: str) -> Response:
        if f"{slug}.html" not in {file.name for file in (shop / "product").glob("*.html")}:
            raise HTTPException(404)
        return page(request, f"product/{slug}")

    @app.get("/commands/token")
    async def token(request: Request, person: str) -> Response:
        # The shop's server vouches for anybody whom somebody on this machine names: it is a demonstration.
        if not stays_here(request):
            raise HTTPException(403, "Only pages on this machine are given tokens.")
        platform: Platform = request.state.platform
        signed = await platform.perform(lambda tx: sign_for(tx, person))
        return PlainTextResponse(signed, headers={"Cache-Control": "no-store"})

    @app.get("/commands/")
    @app.get("/commands/{name}")
    def command(request: Request, name: str = "", lang: str | None = None) -> Response:
        language = language_for(lang, request.headers.get("accept-language", ""))
        try:
            return with_chat(request, command_page(shop, name, language, asked=lang is not None), language)
        except KeyError:
            raise HTTPException(404) from None

    @app.get("/commands")
    def commands_without_slash() -> Response:
        return RedirectResponse("/commands/", 308)

    app.mount("/shop", Assets(shop))


def platform_origin(request: Request, settings: Settings) -> str:
    """Where the shop's pages find the widget: on another site than they are on, if this machine has two names."""
    if settings.widget_origin is not None:
        return settings.widget_origin
    url = request.url
    return str(url.replace(hostname=other_name(url.hostname or ""), path="", query="", fragment=""))


# The widget


def _widget(app: FastAPI, settings: Settings) -> None:
    add = _widget_as_written if settings.as_written else _widget_as_built
    add(app, settings)

    @app.get("/widget")
    def window_without_slash(request: Request) -> Response:
        return RedirectResponse(request.url.replace(path="/widget/"), 308)

    # What pages as written are made of: the console's, and the widget's while it is worked on.
    app.mount("/runtime", Assets(settings.runtime, _wheels_last))
    app.mount("/static", Assets(settings.project / "static"))


def _widget_as_built(app: FastAPI, settings: Settings) -> None:
    release = Assets(settings.release, headers)

    async def script(request: Request) -> Response:
        return await release.get_response(request.url.path.removeprefix("/"), request.scope)

    for name in (*SCRIPTS, DECLARATIONS):
        app.add_api_route(f"/{name}", script)

    @app.get("/widget/{path:path}")
    async def file(request: Request, path: str) -> Response:
        return await release.get_response(f"widget/{path or 'index.html'}", request.scope)


def _widget_as_written(app: FastAPI, settings: Settings) -> None:
    project = settings.project

    @app.get("/widget.js")
    def loader(request: Request) -> Response:
        return current(request, project / "static" / "loader.js", headers("widget.js"))

    @app.get("/tracking.js")
    def tracking(request: Request) -> Response:
        return current(request, project / "static" / "tracking.js", headers("tracking.js"))

    @app.get("/widget/{script}.js")
    def script(request: Request, script: str) -> Response:
        if f"widget/{script}.js" not in SCRIPTS:
            raise HTTPException(404)
        return current(request, project / "static" / f"{script}.js", headers(f"widget/{script}.js"))

    @app.get("/widget/forget.html")
    def forget(request: Request) -> Response:
        return current(request, project / "static" / "forget.html", {**WINDOW_HEADERS, **headers("widget/forget.html")})

    @app.get("/widget/")
    @app.get("/widget/index.html")
    def window() -> Response:
        from widget.ui.shell import fill  # The views take their time to import, and only this page needs them.

        return HTMLResponse(fill((project / "index.html").read_text()), headers=WINDOW_HEADERS)

    @app.get("/widget/languages/{tag}.json")
    def words(request: Request, tag: str) -> Response:
        from server.catalogues import WIDGET

        return words_of(tag, WIDGET, request)

    @app.get("/widget/customer-sdk.html")
    def sdk_frame() -> Response:
        return HTMLResponse((project / "customer-sdk.html").read_text(), headers=WINDOW_HEADERS)

    @app.get("/customer-sdk.mjs")
    def sdk() -> Response:
        # As written it is a module of several files; only a build makes one file of them, and a script.
        return RedirectResponse("/static/customer_sdk/index.js", 307, headers=headers("customer-sdk.mjs"))

    @app.get(f"/{DECLARATIONS}")
    def declarations(request: Request) -> Response:
        return current(request, project / "static" / "customer_sdk" / DECLARATIONS, headers(DECLARATIONS))

    app.mount(
        "/static/customer_sdk", Assets(project / "static" / "customer_sdk", lambda _: headers("customer-sdk.mjs"))
    )

    @app.get("/widget/pyscript.toml")
    def configuration(request: Request) -> Response:
        return current(request, project / "pyscript.toml")

    _archive(app, "/runtime/code.zip", Archive(project, ["widget"]))


def words_of(tag: str, domain: str, request: Request) -> Response:
    """The words of a language as they are now."""
    from server.catalogues import WIDGET, catalogue, compiled

    files = [catalogue(tag, each) for each in (WIDGET, domain)]
    if tag not in LANGUAGES or not all(file.is_file() for file in files):
        raise HTTPException(404)
    changed_at = max(file.stat().st_mtime_ns for file in files)
    return tagged(compiled(tag, domain), str(changed_at), request.headers.get("if-none-match"), "application/json")


def _wheels_last(path: str) -> Mapping[str, str]:
    return {"Cache-Control": LASTING} if path.endswith(".whl") else fresh(path)


def _archive(app: FastAPI, path: str, archive: Archive) -> None:
    @app.get(path)
    def send(request: Request) -> Response:
        tag, content = archive.current()
        return tagged(content, tag, request.headers.get("if-none-match"), media_type="application/zip")


# The agents' console


def _console(app: FastAPI, settings: Settings) -> None:
    console = settings.project / "agent_console"
    _archive(app, "/runtime/console.zip", Archive(settings.project, ["widget", "agent_console"]))

    @app.get("/agent/session")
    def session(request: Request) -> Response:
        if not stays_here(request) or not settings.agent_token.is_file():
            raise HTTPException(403, "Sign in with your account and personal access token.")
        body = {"account_id": FIRST_AGENT, "token": settings.agent_token.read_text().strip()}
        return JSONResponse(body, headers={"Cache-Control": "no-store"})

    @app.get("/agent/")
    @app.get("/agent/index.html")
    def home(request: Request) -> Response:
        html = as_written(console) if settings.as_written else (settings.release / CONSOLE).read_text(encoding="utf-8")
        # An app on the console's own origin would get a frame without one.
        ready_app = escape(f"{platform_origin(request, settings).rstrip('/')}/sidebar/")
        html = html.replace(READY_APP, f'<meta name="ready-app" content="{ready_app}">')
        return HTMLResponse(html, headers=CONSOLE_HEADERS if settings.as_written else headers(CONSOLE))

    @app.get("/agent/languages/{tag}.json")
    def words(request: Request, tag: str) -> Response:
        from server.catalogues import CONSOLE as domain

        return words_of(tag, domain, request)

    @app.get("/agent")
    def home_without_slash() -> Response:
        return RedirectResponse("/agent/", 308)

    if settings.as_written:
        app.mount("/agent", Assets(console))


def as_written(folder: Path) -> str:
    """A page for agents, with what it knows of the languages."""
    from server.agent_pages import with_languages

    return with_languages((folder / "index.html").read_text(encoding="utf-8"))


# Apps beside a conversation: ours, and those that whoever runs the server has put into the data folder


def _sidebar_apps(app: FastAPI, settings: Settings) -> None:
    folder = settings.project / "sidebar_app"
    _archive(app, "/runtime/sidebar.zip", Archive(settings.project, ["widget", "sidebar_app"]))

    @app.get("/sidebar/")
    @app.get("/sidebar/index.html")
    async def home(request: Request) -> Response:
        if settings.as_written:
            return HTMLResponse(as_written(folder), headers=APP_HEADERS)
        return await Assets(settings.release, headers).get_response("sidebar/index.html", request.scope)

    @app.get("/sidebar")
    def home_without_slash(request: Request) -> Response:
        return RedirectResponse(request.url.replace(path="/sidebar/"), 308)

    app.mount("/sidebar", Assets(folder))  # developers' own apps start as ours does as written
    apps = Assets(settings.data / "apps", lambda _: APP_HEADERS)

    @app.get("/apps/{path:path}")
    async def own_app(request: Request, path: str) -> Response:
        return await apps.get_response(f"{path}index.html" if path.endswith("/") else path, request.scope)
