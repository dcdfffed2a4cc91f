"""Every command of the page, in one table: the code, the documentation and the tests read it.

``static/commands.js`` has the same names (``python -m tools.commands`` writes them there, and the table into
docs/live-chat.md; a test sees that both are current). Seed: Infobip; spec: widget-js-api, part B.
"""

from dataclasses import dataclass
from typing import Literal

__all__ = ["COMMANDS", "ERRORS", "Command"]

Answerer = Literal["loader", "page", "frame"]
"""Who answers: the loader at once; the module it fetches for the first command that needs more; or the frame."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command. ``argument``, ``result`` and ``does`` are for people; ``errors`` are codes beside those of all.

    ``argument`` is "" where none is taken. ``starts``: the frame is started for it, if it is not there; otherwise the
    command waits until it is.
    """

    name: str
    argument: str
    result: str
    does: str
    answered: Answerer
    errors: tuple[str, ...] = ()
    required: bool = False
    starts: bool = False


_SENT = "`{message: {id, type, moment, content}, threadId}`, as the server has it"
_THREAD = "`{id, conversationId, status}`"
_SENDING = (
    "TEXT_TOO_LONG", "ATTACHMENT_TOO_LARGE", "ATTACHMENT_REFUSED", "ATTACHMENT_UNREACHABLE", "UPLOAD_FAILED",
    "THREAD_NOT_FOUND", "THREAD_CLOSED", "DISCARDED", "CLEARED",
)  # fmt: skip

_ALL = (
    Command(
        "init",
        "widget id, or `{widgetId, boot}`",
        "`{widgetId}`",
        "puts the launcher into the page; must come first. Again with the same id it does nothing",
        "loader",
        ("ALREADY_INITIALIZED",),
        required=True,
    ),
    Command(
        "auth",
        "JWT",
        "`{customerId}`",
        "makes the visitor a customer whom you vouch for: what they have written here is theirs, and they see their "
        "whole history, on any device",
        "frame",
        ("SIGN_IN_FAILED", "TOKEN_REFUSED", "ALREADY_AUTHENTICATED", "CLEARED"),
        required=True,
        starts=True,
    ),
    Command(
        "logout",
        "",
        "`{command}`",
        "ends the session, forgets all that this browser keeps of it, and puts the widget back to how it began, "
        "without loading the page again. Everything on its way for the old visitor is dropped",
        "page",
    ),
    Command(
        "clear",
        "widget id, optional",
        "`{command}`",
        "does the same as `logout`. With an id it also forgets what is kept of a widget that is not on this page",
        "page",
    ),
    Command("show", "", "`{command}`", "opens the window", "loader"),
    Command("hide", "", "`{command}`", "closes the window", "loader"),
    Command("show_launcher", "", "`{command}`", "shows the launcher; the window stays as it is", "loader"),
    Command("hide_launcher", "", "`{command}`", "hides the launcher, and closes the window", "loader"),
    Command(
        "show_thread_list",
        "",
        "`{command}`",
        "opens the window with the list of the visitor's conversations",
        "frame",
        ("CLEARED",),
        starts=True,
    ),
    Command(
        "set_theme",
        "name of a theme: `light`, `dark`, `auto`, or one that is configured",
        "`{theme}`",
        "changes the colours of launcher and window on this page",
        "page",
        ("UNKNOWN_THEME", "UNREACHABLE"),
        required=True,
    ),
    Command(
        "set_language",
        "language tag, optional",
        "`{language}`: the one that is shown now",
        "changes the language of launcher and window, on the visitor's next pages too; a draft stays. A tag means the "
        "nearest of the [31 languages](languages.md); none, and one of another language, mean `en-US`",
        "page",
        ("UNKNOWN_LANGUAGE", "LANGUAGE_UNAVAILABLE"),
    ),
    Command(
        "send",
        "`{type: 'BASIC', message?, attachment?, fileName?, threadId?}`, `{type: 'DRAFT', message, threadId?}` or "
        "`{type: 'CUSTOM_DATA', customData, agentMessage?, userMessage?, threadId?}`",
        _SENT,
        "sends as the visitor: a text, an attachment, or both; puts a draft into the composer; or sends data, with "
        "what agent and visitor are to read about it",
        "frame",
        (*_SENDING, "COMPOSER_IN_USE"),
        required=True,
        starts=True,
    ),
    Command(
        "send_contextual_data",
        "`{metadata, multiThreadStrategy?: 'ACTIVE' | 'ALL'}`",
        "`{threadIds}`: where the agent sees it",
        "shows the agent what you know of the visit, beside the conversation. Before there is one it waits, and starts "
        "nothing",
        "frame",
        ("THREAD_CLOSED", "CLEARED"),
        required=True,
    ),
    Command(
        "get_threads",
        "",
        f"a list of {_THREAD}, the newest first",
        "lists the visitor's conversations",
        "frame",
        ("CLEARED",),
        starts=True,
    ),
    Command(
        "get_active_thread",
        "",
        f"{_THREAD}, or null",
        "tells which conversation goes on",
        "frame",
        ("CLEARED",),
        starts=True,
    ),
    Command(
        "create_thread",
        "as for `send`, without `DRAFT` and `threadId`",
        _SENT,
        "begins another conversation with a message. The one before it ends: the platform has one at a time",
        "frame",
        _SENDING,
        required=True,
        starts=True,
    ),
    Command(
        "show_thread",
        "id of a thread",
        _THREAD,
        "opens the window with one conversation. One that has ended can be read, and a new one begun",
        "frame",
        ("THREAD_NOT_FOUND", "CLEARED"),
        required=True,
        starts=True,
    ),
    Command(
        "open_new_thread",
        "",
        "`{command}`",
        "opens the window with an empty conversation, which begins with the first message",
        "frame",
        ("CLEARED",),
        starts=True,
    ),
)

COMMANDS = {command.name: command for command in _ALL}
"""By their names."""

ERRORS = {
    "UNKNOWN_COMMAND": "there is no such command",
    "NOT_INITIALIZED": "a command came before `init`",
    "MISSING_ARGUMENT": "the command needs an argument",
    "INVALID_ARGUMENT": "the argument has a wrong type, a wrong value, or a field that nobody knows",
    "COMMANDS_UNAVAILABLE": "the script with the rest of the commands could not be fetched",
    "DOMAIN_NOT_TRUSTED": "the site is none of the chat's trusted domains: there is no widget on it",
    "ALREADY_INITIALIZED": "`init` with another widget than the page has: `clear` or `logout` first",
    "CLEARED": "`clear` or `logout` came before the answer; what was on its way is dropped",
    "SIGN_IN_FAILED": "the server was not reached, or is not ours",
    "TOKEN_REFUSED": "the JWT is forged, expired, used before, or for another widget. Nothing has changed",
    "ALREADY_AUTHENTICATED": "somebody else is signed in here: `logout` first",
    "UNKNOWN_LANGUAGE": "what was given cannot be the tag of a language",
    "LANGUAGE_UNAVAILABLE": "the words of the language could not be fetched; the window stays in the one it has",
    "UNKNOWN_THEME": "the widget has no theme of this name",
    "UNREACHABLE": "the widget's configuration could not be fetched",
    "TEXT_TOO_LONG": "a text has more than 4,096 characters. Nothing was sent",
    "ATTACHMENT_TOO_LARGE": "an attachment has more than 10 MB. Nothing was sent",
    "ATTACHMENT_REFUSED": "the server does not take files of this type. Nothing was sent",
    "ATTACHMENT_UNREACHABLE": "your page may not read the attachment's address, or nothing is there. Nothing was sent",
    "UPLOAD_FAILED": "the attachment did not arrive. Nothing was sent",
    "THREAD_NOT_FOUND": "the visitor has no thread with this id",
    "THREAD_CLOSED": "the thread has ended, and can only be read",
    "COMPOSER_IN_USE": "the visitor is writing something; a draft does not take its place",
    "DISCARDED": "the server refused the message, and the visitor gave it up",
}
"""When an error has which code. What else the server refuses has the platform's word in capitals."""
