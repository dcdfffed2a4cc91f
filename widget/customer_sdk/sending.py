"""The request that takes something out of the outbox to the server, as the chat stands."""

from collections.abc import Iterator

from widget.customer_sdk.forms import group_chosen, profile
from widget.rtm.conversation import Conversation
from widget.rtm.outbox import Outgoing
from widget.wire import customer as wire
from widget.wire.base import Json
from widget.wire.events import Postback

__all__ = ["requests"]


def requests(outgoing: Outgoing, chat: Conversation) -> Iterator[tuple[str, Json]]:
    """Actions and their payloads, one to be answered before the next: a chat has one active thread at most."""
    if outgoing.pressed:
        yield from _press(outgoing.postback, chat.chat_id)
        return
    if outgoing.form is not None and (about := profile(outgoing.form)):
        yield "update_customer", about
    active = chat.active
    if outgoing.new_thread and active and chat.chat_id is not None:
        yield "deactivate_chat", wire.DeactivateChat(id=chat.chat_id).as_json()
        active = False
    event: Json = {**_event(outgoing), "custom_id": outgoing.custom_id}
    if chat.chat_id is not None and (active or outgoing.attached):
        attach = outgoing.attached and not active
        yield "send_event", {"chat_id": chat.chat_id, "event": event, "attach_to_last_thread": attach}
        return
    new: Json = {"thread": {"events": [event]}}
    if chat.chat_id is not None:
        new["id"] = chat.chat_id
    if outgoing.form is not None and (group_id := group_chosen(outgoing.form)) is not None:
        new["access"] = {"group_ids": [group_id]}
    yield "start_chat" if chat.chat_id is None else "resume_chat", {"chat": new, "active": True, "continuous": True}


def _press(postback: Postback | None, chat_id: str | None) -> Iterator[tuple[str, Json]]:
    if postback is not None and chat_id is not None:
        place: Json = {"chat_id": chat_id, "thread_id": postback.thread_id, "event_id": postback.event_id}
        yield "send_rich_message_postback", {**place, "postback": {"id": postback.id, "toggled": True}}


def _event(outgoing: Outgoing) -> Json:
    """What is said, as JSON: a window that never says otherwise needs no models of everything that can be said."""
    if outgoing.form is not None:
        return {"type": "filled_form", **outgoing.form}
    if outgoing.file is not None:
        return {"type": "file", "url": outgoing.file.url}
    if outgoing.content is not None:
        return {"type": "custom", "content": outgoing.content}
    said: Json = {"type": "message", "text": outgoing.text}
    return said if outgoing.postback is None else {**said, "postback": outgoing.postback.as_json()}
