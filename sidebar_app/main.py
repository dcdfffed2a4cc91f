"""The app's page: paints its state, and passes on what is done there."""

import json
from importlib import import_module

import js
from pyodide.ffi import JsProxy, create_proxy

from sidebar_app.app import App
from sidebar_app.platform import ASKED, Platform
from sidebar_app.replies import starters
from sidebar_app.state import Access, State
from sidebar_app.view import app as view
from widget import agent_app
from widget.browser.http import fetch
from widget.browser.languages import begun
from widget.browser.left_out import start_whole_when_missed
from widget.platform_sdk import Token
from widget.rtm.background import begin
from widget.wire.errors import ChatError

__all__ = ["main", "prepare"]


def prepare() -> None:
    """Do now what is done otherwise on first use: in an image nothing can be imported or built (``tools/warm.py``)."""
    import_module("widget.browser.agent_app")
    for method in ASKED:
        method.prepare()


async def main() -> None:
    """Take over the page."""
    start_whole_when_missed()
    locale = begun()

    def paint(state: State) -> None:
        js.appPage.paint(js.document.getElementById("app"), str(view(state, locale)))

    app = App(agent_app.live_chat(), paint, starters(locale))
    paint(app.state)
    _listen(app)
    agent_app.on("customer_profile", app.turn_to)
    agent_app.on("customer_profile_hidden", lambda _: app.turn_to(None))
    js.document.documentElement.dataset.liveChat = "ready"
    try:
        await agent_app.init()
    except ChatError as error:
        app.refuse(error)
    else:
        await app.allow(await _server_offers())


async def _server_offers() -> Platform | None:
    """On the machine that runs the server, it says who its agent is."""
    response = await js.fetch("/agent/session")
    if not response.ok:
        return None
    session = json.loads(str(await response.text()))
    return _platform(session["account_id"], session["token"])


def _platform(account: str, token: str) -> Platform:
    said = json.loads(str(js.document.getElementById("platform").textContent))
    return Platform(fetch, Token.from_pat(account, token), said["api"] or str(js.location.origin))


def _listen(app: App) -> None:
    def clicked(event: JsProxy) -> None:
        pressed = event.target.closest("[data-action]")
        action = str(pressed.dataset.action) if isinstance(pressed, JsProxy) else ""
        if action == "put":
            begin(app.put(int(pressed.dataset.id)))
        elif action == "again":
            begin(app.load())

    def submitted(event: JsProxy) -> None:
        event.preventDefault()
        fields = event.target.elements
        account, token = str(fields.account.value).strip(), str(fields.token.value).strip()
        if account and token and app.state.access is not Access.GRANTED:
            begin(app.allow(_platform(account, token)))

    def typed(event: JsProxy) -> None:
        if event.target.id == "wanted":
            app.find(str(event.target.value))

    for name, call in (("click", clicked), ("submit", submitted), ("input", typed)):
        js.document.addEventListener(name, create_proxy(call))  # for the life of the page
