"""Puts the parts of the widget together, and nothing else."""

import logging

from widget.browser.host import HostPage
from widget.browser.http import BrowserHttp, fetch
from widget.browser.languages import BrowserLanguages
from widget.browser.last_view import LastView
from widget.browser.left_out import start_whole_when_missed
from widget.browser.other_pages import adopt_orphans
from widget.browser.page import BrowserPage
from widget.browser.socket import open_socket
from widget.browser.storage import BrowserStorage
from widget.browser.upload import send_file
from widget.customer_sdk.auth import CustomerAuth, Platform
from widget.customer_sdk.session import ChatSession, Visit
from widget.live_chat.attachments import Uploads
from widget.live_chat.bridge import Bridge
from widget.live_chat.commands import Commands
from widget.live_chat.news import News
from widget.rtm.background import begin
from widget.rtm.clock import LoopClock
from widget.rtm.outbox import Outbox, read_outbox
from widget.ui.app import ChatWindow
from widget.ui.filling import Kept
from widget.ui.ports import Files
from widget.wire.base import Json
from widget.wire.customer import Application
from widget.wire.users import Page

__all__ = ["main"]

APPLICATION = Application(name="live_chat_widget", version="0.1.0")


def main() -> None:
    """Take over the page that ``static/early.js`` has prepared."""
    logging.basicConfig(level=logging.WARNING)
    storage = BrowserStorage()
    page = BrowserPage(storage)
    start_whole_when_missed()
    try:
        _start(page, storage)
    except Exception as error:
        page.failed(repr(error))
        raise


def _start(page: BrowserPage, storage: BrowserStorage) -> None:
    clock = LoopClock()
    platform = Platform.read(page.platform(), page.origin())
    visit = Visit(is_mobile=page.is_phone())
    outbox = Outbox(storage, page.outbox_name)
    outbox.adopt(read_outbox(page.sent_early()))
    session = ChatSession(
        platform=platform,
        auth=CustomerAuth(platform, BrowserHttp(), storage, page=page.address()),
        outbox=outbox,
        open_socket=open_socket,
        clock=clock,
        visit=visit,
        application=APPLICATION,
    )

    def visited(where: Page, referrer: str | None) -> None:
        visit.referrer = visit.referrer or referrer
        session.visit_page(where)

    def hear(message: Json) -> None:
        bridge.hear(message)

    host = HostPage(hear)
    last_view = LastView(session, clock)
    languages = BrowserLanguages(storage, last_view.changed)
    uploads = Uploads(platform.upload_url(), session.token, fetch, send_file)
    window = ChatWindow(
        session=session,
        screen=page,
        host=host,
        clock=clock,
        locale=languages.begun(),
        languages=languages,
        files=Files(uploads.send, BrowserStorage(for_tab=True), f"live-chat:{page.widget_id}:uploads"),
        kept=Kept(storage, f"live-chat:{page.widget_id}:form"),
    )
    commands = Commands.of(session, window, uploads, window, page.widget_id)
    bridge = Bridge(window, commands, visited, host.tell)

    last_view.restore()
    session.watch(window.changed)
    session.watch(commands.context.changed)
    session.watch(News(session, host.tell).changed)
    session.watch(last_view.changed)
    page.take_over(window)
    window.changed()
    host.connect()
    if not host.embedded:
        window.show(visible=True)
    begin(_resume(session, storage, outbox, f"live-chat:{page.widget_id}:outbox:"))


async def _resume(session: ChatSession, storage: BrowserStorage, outbox: Outbox, outboxes: str) -> None:
    """Send what earlier pages left, and stay in touch with a visitor who has written before."""
    await adopt_orphans(storage, outboxes, outbox)
    if outbox.waiting or session.known:
        session.connect()
