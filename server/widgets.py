"""What is configured for a widget: ``/widgets/{id}/themes``. Everybody may read it, who administers may change it.

Which widgets there are, ``/widgets/``, is told to agents.
"""

import logging
import re
from typing import Final

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response

from server import tables
from server.access import check_role
from server.bodies import read_object
from server.organization import WIDGET_ID
from server.people import authenticate_agent
from server.platform import Platform
from server.themes import BUILT_IN, BadTheme, Theme, colors
from server.transaction import Requester, Transaction
from server.trusted_domains import check_site
from server.web import STATUS
from widget.wire.base import Json
from widget.wire.errors import Refused

__all__ = ["put_theme", "themes_of", "widgets"]

log = logging.getLogger(__name__)

ID: Final = re.compile(r"[\w-]{1,64}")
NAME: Final = re.compile(r"[\w -]{1,64}")
MOST_THEMES: Final = 50

widgets = FastAPI(openapi_url=None)
"""What stands under ``/widgets``."""

widgets.add_middleware(
    CORSMiddleware,
    allow_origins=["*"],
    allow_methods=["GET", "PUT", "DELETE"],
    allow_headers=["Authorization", "Content-Type"],
    max_age=86_400,
)


def themes_of(session: Session, widget_id: str) -> Json:
    """The themes of a widget by name, as the page takes them: ``{base, colors}``."""
    widget = session.get(tables.Widget, widget_id)
    chosen = {} if widget is None else {name: Theme.model_validate(each) for name, each in widget.themes.items()}
    return {name: {"base": theme.base, "colors": {**colors(theme)}} for name, theme in chosen.items()}


def put_theme(session: Session, widget_id: str, name: str, theme: Theme) -> None:
    """Configure a theme. Raises Refused(validation) for a name that cannot be, and for colours that nobody can read."""
    if not ID.fullmatch(widget_id):
        raise Refused("validation", "This is not a widget id.")
    if not NAME.fullmatch(name) or name in BUILT_IN:
        raise Refused("validation", f"A theme cannot be called {name[:64]!r}.")
    try:
        colors(theme)
    except BadTheme as error:
        raise Refused("validation", str(error)) from error
    widget = session.get(tables.Widget, widget_id)
    if widget is None:
        widget = tables.Widget(id=widget_id, themes={})
        session.add(widget)
    if name not in widget.themes and len(widget.themes) >= MOST_THEMES:
        raise Refused("limit_reached", f"A widget has {MOST_THEMES} themes at most.")
    widget.themes = {**widget.themes, name: theme.model_dump(exclude_none=True)}


@widgets.get("/")
async def get_widgets(request: Request) -> Response:
    """The ids of all widgets that have something configured; the one that the server comes with is the first."""

    def work(tx: Transaction) -> list[str]:
        authenticate_agent(tx, request.headers.get("authorization", ""))
        others = tx.session.scalars(select(tables.Widget.id).where(tables.Widget.id != WIDGET_ID).order_by("id"))
        return [WIDGET_ID, *others]

    platform: Platform = request.state.platform
    return JSONResponse({"widgets": await platform.perform(work)}, headers={"Cache-Control": "no-store"})


@widgets.get("/{widget_id}/themes")
async def get_themes(request: Request, widget_id: str) -> Response:
    """All themes of a widget; one that nobody has configured has none. For the pages of trusted domains only."""
    platform: Platform = request.state.platform

    def work(tx: Transaction) -> Json:
        check_site(tx.session, request)
        return themes_of(tx.session, widget_id)

    themes = await platform.perform(work)
    return JSONResponse({"themes": themes}, headers={"Cache-Control": "no-cache"})


@widgets.put("/{widget_id}/themes/{name}")
async def configure(request: Request, widget_id: str, name: str) -> Response:
    """Configure a theme, as an administrator."""
    try:
        theme = Theme.model_validate(await read_object(request))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        field = ".".join(str(step) for step in first["loc"])
        raise Refused("validation", f"`{field}`: {first['msg']}") from error
    except ValueError as error:
        raise Refused("validation", str(error)) from error

    def work(tx: Transaction) -> Json:
        _check(tx, request)
        put_theme(tx.session, widget_id, name, theme)
        return themes_of(tx.session, widget_id)

    platform: Platform = request.state.platform
    return JSONResponse({"themes": await platform.perform(work)})


@widgets.delete("/{widget_id}/themes/{name}")
async def remove(request: Request, widget_id: str, name: str) -> Response:
    """Remove a theme, as an administrator."""

    def work(tx: Transaction) -> Json:
        _check(tx, request)
        widget = tx.session.get(tables.Widget, widget_id)
        if widget is None or name not in widget.themes:
            raise Refused("not_found", "The widget has no such theme.")
        widget.themes = {each: theme for each, theme in widget.themes.items() if each != name}
        return themes_of(tx.session, widget_id)

    platform: Platform = request.state.platform
    return JSONResponse({"themes": await platform.perform(work)})


def _check(tx: Transaction, request: Request) -> None:
    """Raises Refused for who may not configure."""
    agent = authenticate_agent(tx, request.headers.get("authorization", ""))
    check_role(tx, Requester(agent.id), "administrator")


@widgets.exception_handler(Refused)
async def refuse(request: Request, error: Exception) -> Response:
    """Say why not."""
    assert isinstance(error, Refused)
    log.warning("refused %s: %s", request.url.path[:80], error.type)
    return JSONResponse({"error": error.body().as_json()}, STATUS.get(error.type, 400))
