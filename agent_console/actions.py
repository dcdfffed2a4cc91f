"""What the buttons and keys of the console do, by the name on ``data-action``.

``target`` is what stands on ``data-id``: the id of what the button is about.
"""

from collections.abc import Callable, Mapping

from agent_console.admission import Admission
from agent_console.desk import Desk
from agent_console.session import AgentSession
from agent_console.state import Place

__all__ = ["actions", "deeds"]

Action = Callable[[str], object]
Deed = Callable[[AgentSession, str], object]


def actions(desk: Desk, admission: Admission) -> Mapping[str, Action]:
    """What needs nobody to have signed in; each is given its target."""
    where, beside, asking = desk.whereabouts, desk.beside, desk.asking
    return {
        "mute": lambda _: desk.announcing.mute(),
        "notifications": lambda _: desk.ask_for_notifications(),
        "sign-out": lambda _: admission.sign_out(),
        "help": lambda _: desk.page.show_dialog("help", visible=True),
        "close-help": lambda _: desk.page.show_dialog("help", visible=False),
        "single-keys": desk.set_single_keys,
        "details": lambda _: where.toggle_details(),
        "bottom": lambda _: where.to_end(),
        "app": beside.show,
        "app-retry": beside.retry,
        "app-button": beside.press,
        "app-ready": lambda _: beside.add_ready_app(),
        "app-remove": beside.remove_app,
        "close-asking": lambda _: asking.close(),
        "transfer-pick": desk.transferring.pick,
        "add-tag": lambda _: _open_tag_field(desk),
        "close-tag": lambda _: desk.tagging.close(),
    }


def deeds(desk: Desk) -> Mapping[str, Deed]:
    """What an agent does who has signed in; each is given the session and its target."""
    return {**_about_chats(desk), **_about_places(desk), **_about_settings(desk), **_about_failures()}


def _about_places(desk: Desk) -> dict[str, Deed]:
    where = desk.whereabouts
    return {
        "open": lambda session, chat_id: where.open(session, chat_id, focus="message"),
        "list": lambda session, _: where.to_list(session),
        "archive": where.open_archived,
        "more-archives": lambda session, _: session.archives.load_more(),
        "visitor": lambda _, customer_id: where.choose_visitor(customer_id),
        "place": lambda session, place: where.go_to(session, Place(place)),
        "next": lambda session, focus: where.step(session, 1, focus),
        "previous": lambda session, focus: where.step(session, -1, focus),
        "more-chats": lambda session, _: session.load_more_closed(),
        "older": AgentSession.load_older,
    }


def _about_chats(desk: Desk) -> dict[str, Deed]:
    where = desk.whereabouts
    return {
        "start-chat": lambda session, customer_id: session.work.start_chat(
            customer_id, lambda chat_id: where.open(session, chat_id, focus="message")
        ),
        "accept": lambda session, _: _accept(session),
        "note": lambda session, _: desk.write(session, note=not desk.composing.note),
        "reply": lambda session, _: desk.write(session, note=False),
        "write-note": lambda session, _: desk.write(session, note=True),
        "close-chat": lambda session, chat_id: session.work.close_chat(chat_id),
        "reopen": lambda session, chat_id: session.work.reopen(chat_id),
        "join": lambda session, chat_id: session.work.join(chat_id),
        "take": lambda session, chat_id: _take(desk, session, chat_id),
        "supervise": lambda session, chat_id: session.following.supervise(chat_id),
        "stop-supervising": lambda session, chat_id: session.following.stop(chat_id),
        "transfer": lambda session, chat_id: desk.transferring.ask(session, chat_id, "to-transfer"),
        "ban": desk.ban,
        "copy-transcript": lambda session, _: desk.transcripts.copy(session),
        "download-transcript": lambda session, _: desk.transcripts.download(session),
        "tag": desk.tagging.take,
        "untag": desk.tagging.untag,
        "canned": desk.completing.take,
        "detach": lambda session, file_id: desk.attaching.remove(session.opened or "", file_id),
        "attach-again": lambda session, file_id: desk.attaching.retry(session.opened or "", file_id),
        "retry": lambda session, custom_id: session.retry(session.opened or "", custom_id),
        "discard": lambda session, custom_id: session.discard(session.opened or "", custom_id),
    }


def _about_settings(desk: Desk) -> dict[str, Deed]:
    settling = desk.settling
    membership, forms = settling.membership, settling.reply_forms
    return {
        "settings-part": lambda _, part: settling.go_to(part),
        "new-reply": lambda session, _: forms.write(session.me),
        "edit-reply": lambda session, reply_id: forms.change(session.me, reply_id),
        "delete-reply": lambda _, reply_id: forms.delete(reply_id),
        "new-group": lambda _, __: membership.write(),
        "join-group": lambda _, group_id: membership.add(group_id, desk.page.entered(f"add-to-{group_id}")),
        "leave-group": lambda _, target: membership.remove(*target.split(" ", 1)),
        "priority": lambda _, target: _set_priority(desk, target),
        "new-theme": lambda _, __: settling.theme_forms.write(),
        "edit-theme": lambda _, name: settling.theme_forms.change(name),
        "delete-theme": lambda _, name: settling.theme_forms.delete(name),
        "mend-theme": lambda _, where: settling.theme_forms.mend(where),
        "themes-widget": lambda _, target: settling.turn_to_widget(target),
        "forms-group": lambda _, target: settling.turn_to_group(target),
        "edit-form": lambda _, type: settling.form_edits.change(type),
        "show-form": lambda _, type: settling.form_edits.show(type),
        "add-question": lambda _, __: desk.lead_to(settling.form_edits.add()),
        "remove-question": lambda _, key: desk.lead_to(settling.form_edits.remove(key)),
        "question-up": lambda _, key: desk.lead_to(settling.form_edits.move(key, -1)),
        "question-down": lambda _, key: desk.lead_to(settling.form_edits.move(key, 1)),
        "remove-domain": lambda _, domain: settling.trusting.remove(domain),
        "lift-ban": lambda _, customer_id: settling.lift_ban(customer_id),
    }


def _about_failures() -> dict[str, Deed]:
    return {
        "again": lambda session, failure: session.deeds.dismiss(int(failure), again=True),
        "dismiss": lambda session, failure: session.deeds.dismiss(int(failure), again=False),
        "reconnect": lambda session, _: _reconnect(session),
    }


def _accept(session: AgentSession) -> None:
    if session.me and ("set_routing_status", "") not in session.deeds.busy:
        session.work.accept_chats(accept=not session.inbox.accepting)


def _take(desk: Desk, session: AgentSession, chat_id: str) -> None:
    session.work.join(chat_id)
    desk.whereabouts.open(session, chat_id, focus="message")


def _reconnect(session: AgentSession) -> None:
    if session.error is not None:
        session.catch_up()
    else:
        session.connect()


def _set_priority(desk: Desk, target: str) -> None:
    desk.settling.membership.set_priority(*target.split(" ", 2))
    desk.paint_at_once()  # what the agent sees chosen is what was painted, so that painting can take it back


def _open_tag_field(desk: Desk) -> None:
    desk.tagging.open()
    desk.paint_at_once()
    desk.page.focus("tag-query")
