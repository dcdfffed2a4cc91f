"""A thread as plain text, and in short."""

from server.access import readable_chat
from server.chats import display_name, find_thread
from server.transaction import Requester, Transaction
from widget.wire.agent_requests import ThreadById
from widget.wire.base import Json
from widget.wire.errors import Refused
from widget.wire.events import File, Message, SystemMessage

__all__ = ["get_thread_transcript", "request_thread_summary"]


def get_thread_transcript(tx: Transaction, requester: Requester, request: ThreadById) -> Json:
    """A thread as text: who said what, and when."""
    chat = readable_chat(tx, requester, request.chat_id)
    thread = find_thread(tx.session, chat, request.thread_id)
    lines = []
    for event in tx.for_agents.threads(chat, [thread])[0].events:
        said = {Message: "text", SystemMessage: "text", File: "url"}.get(type(event))
        if said is not None:
            who = "" if event.author_id is None else f"{display_name(tx.session, event.author_id)}: "
            lines.append(f"[{event.created_at:%Y-%m-%d %H:%M:%S}] {who}{getattr(event, said)}")
    return {"transcript": "\n".join(lines)}


def request_thread_summary(tx: Transaction, requester: Requester, request: ThreadById) -> None:
    """The platform has a language model sum a thread up. There is none here. Raises Refused(not_allowed)."""
    chat = readable_chat(tx, requester, request.chat_id)
    find_thread(tx.session, chat, request.thread_id)
    raise Refused("not_allowed", "This server has nothing to write summaries with.")
