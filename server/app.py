"""Puts the parts of the server together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TypedDict

from fastapi import FastAPI, WebSocket
from sqlalchemy.orm import Session
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.accounts import accounts
from server.bus import LocalBus
from server.customer_chat_30 import CUSTOMER_CHAT_30
from server.database import Database, open_engine
from server.emoji import add_emoji
from server.files import FileStore
from server.migrations import migrate
from server.pace import Pace
from server.pages import add_pages, not_found
from server.people import everybody_left
from server.platform import Platform
from server.rtm import Sockets
from server.seed import seed
from server.settings import Settings
from server.sockjs import sockjs
from server.token_frames import token_frames
from server.tokens import CustomerTokens, read_or_make_key
from server.trusting import Trusting
from server.uploads import files
from server.web import APIS, actions
from server.webhooks import Webhooks
from server.widgets import widgets

__all__ = ["create_app", "from_environment", "prepare"]


def prepare(settings: Settings) -> str | None:
    """Make the data folder ready. Returns the first agent's personal access token if it is new.

    Raises OSError and sqlalchemy's OperationalError when the folder cannot be written.
    """
    settings.data.mkdir(parents=True, exist_ok=True)
    read_or_make_key(settings.signing_key)
    engine = open_engine(settings.database)
    try:
        migrate(engine)
        with Session(engine) as session, session.begin():
            return seed(session, settings)
    finally:
        engine.dispose()


class State(TypedDict):
    """What lives as long as the server does."""

    platform: Platform
    sockets: Sockets
    pace: Pace


def create_app(settings: Settings) -> FastAPI:
    """The server as an ASGI application. ``prepare`` must have been called for its data folder."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[State]:
        database = Database(open_engine(settings.database))
        database.submit(everybody_left).result()
        platform = Platform(
            database,
            LocalBus(),
            CustomerTokens(read_or_make_key(settings.signing_key)),
            FileStore(settings.data / "files"),
            Webhooks(),
        )
        yield {"platform": platform, "sockets": Sockets(platform), "pace": Pace()}
        await platform.close()

    app = FastAPI(lifespan=lifespan, openapi_url=None, redirect_slashes=False)
    app.add_middleware(Trusting, refused=settings.project / "static" / "refused.js")
    app.add_middleware(Careful)
    app.add_middleware(HeadAsGet)
    app.add_exception_handler(HTTPException, not_found)
    app.mount("/v2/customer", accounts)
    app.include_router(token_frames)
    app.mount("/customer", accounts)
    app.mount("/v3.{minor:int}/{side}/action", actions)
    app.add_api_websocket_route("/v3.{minor:int}/{side}/rtm/ws", socket)
    app.include_router(sockjs(CUSTOMER_CHAT_30, "3.0"), prefix="/v3.0/customer/rtm/sjs")
    app.include_router(files)
    app.mount("/widgets", widgets)
    if settings.as_written:
        add_emoji(app, settings.project / "node_modules")
    add_pages(app, settings)
    return app


def from_environment() -> FastAPI:
    """The application that the environment describes; processes that are started again load it by this name."""
    return create_app(Settings.from_environment())


async def socket(websocket: WebSocket, minor: int, side: str) -> None:
    """A WebSocket of one of the two APIs."""
    sockets: Sockets = websocket.state.sockets
    api = APIS.get(side)
    if api is None or api.login is None:
        await websocket.close()
        return
    await sockets.serve(websocket, api, f"3.{minor}")


class Careful:
    """Headers that keep browsers from guessing types and from telling other sites where a visitor was."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_carefully(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("X-Content-Type-Options", "nosniff")
                headers.setdefault("Referrer-Policy", "strict-origin-when-cross-origin")
            await send(message)

        await self._app(scope, receive, send_carefully if scope["type"] == "http" else send)


class HeadAsGet:
    """HEAD is answered as GET is (RFC 9110, section 9.3.2); uvicorn leaves the content out."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "HEAD":
            scope = {**scope, "method": "GET"}
        await self._app(scope, receive, send)
