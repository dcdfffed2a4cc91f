"""The request that takes something out of the outbox to the server, as the chat stands."""

from collections.abc import Iterator

from widget.customer_sdk.forms import group_chosen, profile
from widget.rtm.conversation import Conversation
from widget.rtm.outbox import Outgoing
from widget.wire import customer as wire
from widget.wire.base import Json
from widget.wire.chats import Access, NewChat, NewThread
from widget.wire.events import NewCustomEvent, NewEvent, NewFile, NewFilledForm, NewMessage, Postback

__all__ = ["requests"]


def requests(outgoing: Outgoing, chat: Conversation) -> Iterator[tuple[str, Json]]:
    """Actions and their payloads, one to be answered before the next: a chat has one active thread at most."""
    if outgoing.pressed:
        yield from _press(outgoing.postback, chat.chat_id)
        return
    event = _event(outgoing)
    if outgoing.form is not None and (about := profile(outgoing.form)):
        yield "update_customer", about
    active = chat.active
    if outgoing.new_thread and active and chat.chat_id is not None:
        yield "deactivate_chat", wire.DeactivateChat(id=chat.chat_id).as_json()
        active = False
    if chat.chat_id is not None and (active or outgoing.attached):
        attach = outgoing.attached and not active
        request = wire.SendEvent(chat_id=chat.chat_id, event=event, attach_to_last_thread=attach)
        yield "send_event", request.as_json()
        return
    group_id = group_chosen(outgoing.form) if outgoing.form is not None else None
    access = None if group_id is None else Access(group_ids=[group_id])
    new = NewChat(id=chat.chat_id, access=access, thread=NewThread(events=[event]))
    action = "start_chat" if chat.chat_id is None else "resume_chat"
    yield action, wire.StartChat(chat=new, active=True, continuous=True).as_json()


def _press(postback: Postback | None, chat_id: str | None) -> Iterator[tuple[str, Json]]:
    if postback is not None and chat_id is not None:
        place: Json = {"chat_id": chat_id, "thread_id": postback.thread_id, "event_id": postback.event_id}
        yield "send_rich_message_postback", {**place, "postback": {"id": postback.id, "toggled": True}}


def _event(outgoing: Outgoing) -> NewEvent:
    if outgoing.form is not None:
        return NewFilledForm.read({**outgoing.form, "custom_id": outgoing.custom_id})
    if outgoing.file is not None:
        return NewFile(url=outgoing.file.url, custom_id=outgoing.custom_id)
    if outgoing.content is not None:
        return NewCustomEvent(content=outgoing.content, custom_id=outgoing.custom_id)
    return NewMessage(text=outgoing.text, custom_id=outgoing.custom_id, postback=outgoing.postback)
