"""Puts the parts of the console together, and nothing else."""

import logging

from agent_console.app import Console
from agent_console.browser import ConsolePage, PageStorage, get
from agent_console.session import AgentSession
from agent_console.sign_in import Credentials, SignIn
from widget.browser.dates import IntlDates
from widget.browser.socket import open_socket
from widget.customer_sdk.auth import Platform
from widget.rtm.clock import LoopClock
from widget.ui.locale import Locale
from widget.wire.customer import Application

__all__ = ["main"]

APPLICATION = Application(name="agent_console", version="0.1.0")


def main() -> None:
    """Take over the page."""
    logging.basicConfig(level=logging.WARNING)
    page = ConsolePage()
    try:
        _start(page)
    except Exception as error:
        page.failed(repr(error))
        raise


def _start(page: ConsolePage) -> None:
    clock, storage = LoopClock(), PageStorage("localStorage")
    platform = Platform.read(page.platform(), page.origin())

    def new_session(credentials: Credentials) -> AgentSession:
        return AgentSession(
            url=platform.rtm_url("agent"),
            token=credentials.header,
            storage=storage,
            open_socket=open_socket,
            clock=clock,
            application=APPLICATION,
        )

    console = Console(
        who=SignIn(PageStorage("sessionStorage"), get),
        new_session=new_session,
        page=page,
        storage=storage,
        clock=clock,
        locale=Locale(language=page.language(), dates=IntlDates(page.language())),
    )
    page.listen(console)
    console.start()
    page.ready()
