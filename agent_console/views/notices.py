"""What the console says about itself: how it stands with the connection, and what did not work."""

from htpy import Element, Fragment, div, fragment, p, span, strong

from agent_console.deeds import Failure
from agent_console.reasons import in_words
from agent_console.state import Notices
from agent_console.views.buttons import plain, worded
from widget.ui.icons import alert, close
from widget.ui.locale import Locale
from widget.ui.state import Notice

__all__ = ["failures", "notices"]


def notices(state: Notices, locale: Locale) -> Fragment:
    """The line above everything. Always there, so that what it says is announced when it changes."""
    text = _text(state, locale)
    return fragment[
        div(class_=["notice", state.notice and f"notice-{state.notice}"], role="status", hidden=text is None)[
            text and span[text], _way_out(state, locale)
        ],
        div(".visually-hidden", id="said", role="status")[state.said],
    ]


def _text(state: Notices, locale: Locale) -> str | None:
    t = locale.text
    match state.notice:
        case Notice.CONNECTING:
            return t("Connecting…")
        case Notice.RECONNECTING:
            return t("Connection lost. Reconnecting… What you write is kept and sent then.")
        case Notice.OFFLINE:
            return t("You are offline. What you write is kept and sent later.")
        case Notice.BEHIND:
            return t("The list of chats could not be loaded.")
        case Notice.PAUSED:
            return _ends(locale).get(state.reason or "", t("The server closed the connection."))
        case Notice.ENDED:
            return _ends(locale).get(
                state.reason or "", t("The session has ended ({reason}).", reason=state.reason or "?")
            )
        case _:
            return None


def _ends(locale: Locale) -> dict[str, str]:
    t = locale.text
    return {
        "agent_logged_out_remotely": t("You were signed out from elsewhere."),
        "connection_evicted": t("The console was opened too often elsewhere, so this one was disconnected."),
        "too_many_connections": t("The console is open too often. Close another one, then sign in again."),
        "license_expired": t("The licence has expired. Ask whoever runs the server."),
        "requester_suspended": t("Your account was suspended. Ask whoever runs the server."),
        "unsupported_version": t("The server is of another version. Reload this page."),
    }


def _way_out(state: Notices, locale: Locale) -> Element | None:
    t = locale.text
    match state.notice:
        case Notice.RECONNECTING | Notice.PAUSED | Notice.BEHIND:
            return worded(None, t("Try again"), "reconnect")
        case Notice.ENDED:
            return worded(None, t("Sign in again"), "sign-out")
        case _:
            return None


def failures(state: tuple[Failure, ...], locale: Locale) -> Fragment:
    """What did not work, each with what can be done about it, until the agent has read it."""
    return fragment[[_failure(failure, locale) for failure in state]]


def _failure(failure: Failure, locale: Locale) -> Element:
    t = locale.text
    target = str(failure.id)
    return div(".failure", id=f"failure-{target}", role="alert")[
        alert(),
        div[strong[_what(failure, locale)], p[in_words(failure.why, locale)]],
        worded(None, t("Retry"), "again", target=target),
        plain(close(), t("Dismiss"), "dismiss", ".round", data_id=target),
    ]


def _what(failure: Failure, locale: Locale) -> str:
    t = locale.text
    return {
        "add_trusted_domain": t("The domain could not be added"),
        "ban_customer": t("The visitor could not be banned"),
        "create_canned_response": t("The reply could not be saved"),
        "create_group": t("The group could not be created"),
        "create_tag": t("The tag could not be created"),
        "delete_canned_response": t("The reply could not be deleted"),
        "follow_chat": t("The chat could not be supervised"),
        "get_thread_transcript": t("The transcript could not be loaded"),
        "list_agents": t("The agents could not be loaded"),
        "list_agents_for_transfer": t("It could not be found out who can take the chat"),
        "list_canned_responses": t("The canned replies could not be loaded"),
        "delete_theme": t("The theme could not be deleted"),
        "list_themes": t("The themes could not be loaded"),
        "save_theme": t("The theme could not be saved"),
        "list_groups": t("The groups could not be loaded"),
        "list_trusted_domains": t("The trusted domains could not be loaded"),
        "remove_trusted_domain": t("The domain could not be removed"),
        "list_tags": t("The tags could not be loaded"),
        "tag_thread": t("The tag could not be added"),
        "transfer_chat": t("The chat could not be transferred"),
        "unfollow_chat": t("Supervising could not be ended"),
        "update_group": t("The group could not be changed"),
        "untag_thread": t("The tag could not be removed"),
        "update_canned_response": t("The reply could not be saved"),
        "add_user_to_chat": t("You could not join the chat"),
        "deactivate_chat": t("The chat could not be closed"),
        "get_chat": t("The chat could not be loaded"),
        "list_license_properties": t("The settings could not be loaded"),
        "start_chat": t("The chat could not be started"),
        "update_license_properties": t("The settings could not be changed"),
        "list_archives": t("The archives could not be searched"),
        "list_chats": t("Earlier chats could not be loaded"),
        "list_threads": t("Earlier messages could not be loaded"),
        "resume_chat": t("The chat could not be reopened"),
        "set_routing_status": t("Your status could not be changed"),
    }.get(failure.deed, t("That did not work"))
