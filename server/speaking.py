"""Saying something in a chat that may have come to an end: then the chat goes on (API 3.0)."""

from server import tables
from server.chats import resume
from server.events import send
from server.transaction import Requester, Transaction
from server.views import latest_thread
from widget.wire.new_events import AnyNewEvent, NewAnyChat, NewAnyThread

__all__ = ["send_or_resume"]


def send_or_resume(tx: Transaction, requester: Requester, chat: tables.Chat, event: AnyNewEvent) -> str:
    """Send an event in the active thread, or in a new one when there is none. Returns its id."""
    if latest_thread(tx.session, chat).active:
        return send(tx, chat, requester, event).id
    new = NewAnyChat(id=chat.id, thread=NewAnyThread(events=[event]))
    _, event_ids = resume(tx, requester, chat, new, active=True, continuous=False)
    return event_ids[0]
