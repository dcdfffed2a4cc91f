"""Puts the parts of the console together, and nothing else."""

import logging
from secrets import token_hex

from agent_console.app import Console
from agent_console.browser import ConsolePage, PageStorage, get
from agent_console.browser_files import BrowserFiles
from agent_console.browser_frames import BrowserFrames
from agent_console.browser_languages import BrowserLanguages
from agent_console.browser_tabs import BrowserTabs
from agent_console.desk import Ports
from agent_console.organization import Ask
from agent_console.session import AgentSession
from agent_console.sign_in import Credentials, SignIn
from agent_console.themes import WidgetsApi
from agent_console.uploading import Upload, Uploader
from widget.browser.http import fetch
from widget.browser.languages import begun
from widget.browser.left_out import start_whole_when_missed
from widget.browser.socket import open_socket
from widget.browser.upload import send_file
from widget.customer_sdk.auth import Platform
from widget.platform_sdk import Configuration, Token
from widget.rtm.clock import LoopClock
from widget.wire.customer import Application

__all__ = ["main"]

APPLICATION = Application(name="agent_console", version="0.1.0")


def main() -> None:
    """Take over the page."""
    logging.basicConfig(level=logging.WARNING)
    page = ConsolePage()
    start_whole_when_missed()
    try:
        _start(page)
    except Exception as error:
        page.failed(repr(error))
        raise


def _start(page: ConsolePage) -> None:
    clock, storage, tabs = LoopClock(), PageStorage("localStorage"), BrowserTabs()
    platform = Platform.read(page.platform(), page.origin())

    def new_session(credentials: Credentials) -> AgentSession:
        return AgentSession(
            url=platform.rtm_url("agent"),
            token=credentials.header,
            storage=storage,
            open_socket=open_socket,
            clock=clock,
            application=APPLICATION,
            tabs=tabs,
        )

    def new_configuration(credentials: Credentials) -> Ask:
        token = Token.from_pat(credentials.account_id, credentials.token)
        return Configuration.Web(fetch, lambda: token, version="3.7", base_url=platform.api).send

    def new_upload(credentials: Credentials) -> Upload:
        return Uploader(send_file, platform.api, credentials.header)

    console = Console(
        who=SignIn(PageStorage("sessionStorage"), get),
        new_session=new_session,
        new_configuration=new_configuration,
        new_upload=new_upload,
        new_widgets=lambda credentials: WidgetsApi(fetch, platform.api, credentials.header),
        ports=Ports(
            page=page,
            frames=BrowserFrames(),
            storage=storage,
            kept_files=BrowserFiles(),
            clock=clock,
            languages=BrowserLanguages(storage),
            locale=begun(),
            new_id=lambda: token_hex(16),
        ),
    )
    page.listen(console)
    console.start()
    page.ready()
