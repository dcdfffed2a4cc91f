"""Everything that can go wrong, as one tree.

::

    ChatError
    ├── NotConnected         NO_CONNECTION       asked while offline
    ├── ConnectionLost       CONNECTION_LOST     sent, and the answer never came: it may or may not have arrived
    ├── RequestTimeout       REQUEST_TIMEOUT     no answer in time
    ├── Destroyed            SDK_DESTROYED       asked of a client that has ended
    ├── Discarded            DISCARDED           refused by the server, and then given up by the visitor
    ├── SignInFailed         SIGN_IN_FAILED      no token could be had
    ├── WrongArgument        WRONG_ARGUMENT      a method was called with what it does not take; nothing was sent
    ├── NotInVersion         NOT_IN_VERSION      the API's version has no such method; nothing was sent
    ├── ProtocolError        PROTOCOL_ERROR      the other side broke the protocol
    ├── UntrustedPage        UNTRUSTED_PAGE      the page around the frame is no Agent App that is accepted
    ├── CommandError         its own code        a page command was wrong; .hint says how it is right
    └── Refused              the platform's word the platform said no; .type is its word, the code the same in capitals

Each has a stable ``code``, a sentence for people, and ``hint``: what to do next.
"""

from pydantic import JsonValue

from widget.wire.base import Wire

__all__ = [
    "HINTS",
    "MESSAGES",
    "ChatError",
    "CommandError",
    "ConnectionLost",
    "Destroyed",
    "Discarded",
    "ErrorBody",
    "NotConnected",
    "NotInVersion",
    "ProtocolError",
    "Refused",
    "RequestTimeout",
    "SignInFailed",
    "UntrustedPage",
    "WrongArgument",
]

MESSAGES = {
    "agent_offline": "Agent is offline",
    "already_exists": "Already exists",
    "authentication": "Authentication error",
    "authorization": "Authorization error",
    "chat_already_active": "Chat is already active",
    "chat_anonymized": "Chat is anonymized",
    "chat_inactive": "Chat is inactive",
    "chat_limit_reached": "Chat limit reached",
    "customer_banned": "Customer is banned",
    "entity_too_large": "Upload limit exceeded (10MB).",
    "greeting_not_found": "Greeting not found",
    "group_not_found": "Group not found",
    "group_offline": "Group is offline",
    "group_unavailable": "No agent available for group",
    "groups_offline": "Groups offline",
    "internal": "Internal server error",
    "license_expired": "License expired",
    "license_not_found": "License not found",
    "limit_reached": "Limit reached",
    "misdirected_request": "Wrong region",
    "missing_access": "Missing access",
    "not_allowed": "Not allowed",
    "not_found": "Not found",
    "pending_requests_limit_reached": "Requests limit reached",
    "request_timeout": "Request timed out",
    "requester_already_offline": "Requester is already offline",
    "requester_awaiting_approval": "Requester awaiting approval",
    "requester_suspended": "Requester suspended",
    "service_unavailable": "Service unavailable",
    "too_many_requests": "Too many requests",
    "unsupported_version": "Unsupported version",
    "users_limit_reached": "Users limit reached",
    "validation": "Wrong format of request",
    "wrong_product_version": "Wrong product version",
}
"""The platform's error types and what it says with each (spec: customer-rtm section 10, agent-api section 4)."""

_LATER = "Wait a little, then ask again."

HINTS = {
    "agent_offline": "Choose an agent who is online, or a group.",
    "authentication": "Check the token, its type (Bearer or Basic), and that it has not expired.",
    "authorization": "Use a token with the scope that the action needs.",
    "chat_already_active": "Send into the chat as it is: it needs no start.",
    "chat_inactive": "Resume the chat first, or attach the event to its last thread.",
    "entity_too_large": "Send a smaller file.",
    "group_offline": "Choose another group, or start the chat as continuous.",
    "groups_offline": "Start the chat as continuous, or leave a message.",
    "group_unavailable": "Choose another group or agent.",
    "internal": _LATER,
    "misdirected_connection": "Connect to the region that `data` names.",
    "misdirected_request": "Ask the region that `data` names.",
    "missing_access": "Ask for something that the token's owner may see.",
    "not_found": "Check the ids.",
    "pending_requests_limit_reached": "Wait for answers before asking more.",
    "request_timeout": _LATER,
    "service_unavailable": _LATER,
    "too_many_requests": _LATER,
    "unsupported_version": "Use a version of the API that the server has.",
    "validation": "Correct what the message names.",
}
"""What to do about a refusal, where there is something to do."""


class ErrorBody(Wire):
    """``payload.error`` of a refusal."""

    type: str = "internal"
    message: str = ""
    data: JsonValue = None


class ChatError(Exception):
    """Anything that this software reports to its caller."""

    code: str = "CHAT_ERROR"
    sentence: str = "Something went wrong."
    hint: str = ""

    def __init__(self, message: str = "") -> None:
        super().__init__(message or self.sentence)

    @property
    def message(self) -> str:
        """The sentence for people."""
        return str(self.args[0])


class NotConnected(ChatError):
    """No connection."""

    code = "NO_CONNECTION"
    sentence = "No connection."
    hint = "Wait for the connection, then ask again."


class ConnectionLost(ChatError):
    """Connection lost."""

    code = "CONNECTION_LOST"
    sentence = "Connection lost."
    hint = "The request may or may not have arrived: look before you repeat it."


class RequestTimeout(ChatError):
    """Request timed out."""

    code = "REQUEST_TIMEOUT"
    sentence = "Request timed out."
    hint = "The request may or may not have arrived: look before you repeat it."


class Destroyed(ChatError):
    """The client has ended."""

    code = "SDK_DESTROYED"
    sentence = "The client has ended."
    hint = "Make a new client."


class Discarded(ChatError):
    """The visitor gave it up."""

    code = "DISCARDED"
    sentence = "It was not sent: the server had refused it, and the visitor gave it up."
    hint = "Nothing is left to do."


class SignInFailed(ChatError):
    """Could not sign in."""

    code = "SIGN_IN_FAILED"
    sentence = "Could not sign in."
    hint = "Check the organization and client ids, and that the accounts address can be reached."


class WrongArgument(ChatError):
    """A method was called with what it does not take. Nothing was sent."""

    code = "WRONG_ARGUMENT"
    sentence = "A method was called with what it does not take."
    hint = "Correct the argument that the message names."


class NotInVersion(ChatError):
    """The API's version has no such method. Nothing was sent."""

    code = "NOT_IN_VERSION"
    sentence = "The API's version has no such method."
    hint = "Make the client for another version of the API."


class ProtocolError(ChatError):
    """The other side broke the protocol."""

    code = "PROTOCOL_ERROR"
    sentence = "The other side broke the protocol."
    hint = "Update the widget or the server; they may be of different versions."


class UntrustedPage(ChatError):
    """The page around the frame is no Agent App that is accepted. It was told nothing."""

    code = "UNTRUSTED_PAGE"
    sentence = "The page around the frame is no Agent App that is accepted."
    hint = "Name its origin: agent_app.init(origins=[...])."


class CommandError(ChatError):
    """A command of the page was wrong."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.code = code
        self.hint = hint


class Refused(ChatError):
    """The platform said no."""

    def __init__(self, type: str, message: str = "", data: JsonValue = None) -> None:
        super().__init__(message or MESSAGES.get(type, type))
        self.type = type
        self.code = type.upper()
        self.hint = HINTS.get(type, "")
        self.data = data

    @classmethod
    def of(cls, body: ErrorBody) -> "Refused":
        """The exception of an error body; one without a word is as good as one without a type."""
        return cls(body.type or "internal", body.message, body.data)

    def body(self) -> ErrorBody:
        """The error body of this refusal, for the server to send."""
        return ErrorBody(type=self.type, message=self.message, data=self.data)
