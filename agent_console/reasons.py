"""Why something did not work, in the agent's language.

The platform says it in English, to developers. What an agent can make something of is said in words of our own, by the
code; for the rest the platform's own sentence has to do.
"""

from dataclasses import dataclass
from typing import Self

from widget.ui.locale import Locale, later
from widget.wire.errors import ChatError

__all__ = ["Why", "in_words"]

_NO_CONNECTION = later("There was no connection to the server.")
_NOT_IN_TIME = later("The server did not answer in time. Wait a little, then try again.")
_TROUBLE = later("The server has a problem. Wait a little, then try again.")
_TOO_MUCH = later("That was too much at once. Wait a little, then try again.")
_NO_ACCESS = later("You have no access to it.")
_GONE = later("It is not there any more.")
_SIGN_IN = later("The server does not know you any more. Sign in again.")
_SUSPENDED = later("Your account was suspended. Ask whoever runs the server.")

_WORDS = {
    "NO_CONNECTION": _NO_CONNECTION,
    "CONNECTION_LOST": _NO_CONNECTION,
    "SDK_DESTROYED": _NO_CONNECTION,
    "REQUEST_TIMEOUT": _NOT_IN_TIME,
    "SERVICE_UNAVAILABLE": _TROUBLE,
    "INTERNAL": _TROUBLE,
    "PROTOCOL_ERROR": later("The server is of another version. Reload this page."),
    "UNSUPPORTED_VERSION": later("The server is of another version. Reload this page."),
    "TOO_MANY_REQUESTS": _TOO_MUCH,
    "PENDING_REQUESTS_LIMIT_REACHED": _TOO_MUCH,
    "MISSING_ACCESS": _NO_ACCESS,
    "AUTHORIZATION": later("Your role does not allow it."),
    "NOT_ALLOWED": later("The server does not allow it."),
    "NOT_FOUND": _GONE,
    "AUTHENTICATION": _SIGN_IN,
    "REQUESTER_SUSPENDED": _SUSPENDED,
    "LICENSE_EXPIRED": later("The licence has expired. Ask whoever runs the server."),
    "AGENT_OFFLINE": later("The agent takes no chats now."),
    "GROUP_OFFLINE": later("Nobody in the group takes chats now."),
    "GROUPS_OFFLINE": later("Nobody in the groups takes chats now."),
    "GROUP_UNAVAILABLE": later("Nobody in the group takes chats now."),
    "GROUP_NOT_FOUND": later("There is no such group any more."),
    "CHAT_INACTIVE": later("The chat is closed."),
    "CHAT_ALREADY_ACTIVE": later("The chat is open already."),
    "CHAT_LIMIT_REACHED": later("The visitor has a chat already."),
    "CUSTOMER_BANNED": later("The visitor is banned."),
    "ALREADY_EXISTS": later("It is there already."),
    "LIMIT_REACHED": later("There are as many as there can be."),
    "ENTITY_TOO_LARGE": later("It is larger than 10 MB."),
    "TOO_BIG_FILE": later("It is larger than 10 MB."),
    "UPLOAD_FAILED": later("The file did not arrive."),
}


@dataclass(frozen=True, slots=True)
class Why:
    """What stands for an error: its code, and its own sentence."""

    code: str
    message: str

    @classmethod
    def of(cls, error: ChatError) -> Self:
        """Why it failed."""
        return cls(error.code, error.message)


def in_words(why: Why, locale: Locale) -> str:
    """The sentence for the agent."""
    known = _WORDS.get(why.code)
    return why.message if known is None else locale.text(known)
