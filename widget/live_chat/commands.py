"""What the page may ask of the chat, and how it is answered (``widget.live_chat.table`` has the whole list).

The loader, and the module it fetches, answer what only concerns the launcher; the rest comes here. Each command has one
model of its argument and one function; a wrong argument is refused before anything happens.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Protocol, Self

from pydantic import JsonValue, ValidationError

from widget.live_chat.arguments import ARGUMENTS, LONGEST_TEXT, ContextualData, Profile, SessionVariables
from widget.live_chat.attachments import Uploads
from widget.live_chat.context import Contextual, Talk
from widget.live_chat.sending import Chat, Composer, Sender
from widget.live_chat.table import COMMANDS
from widget.live_chat.threads import Shelf, Threads, ThreadsInView
from widget.live_chat.visitor import Session as Visiting
from widget.live_chat.visitor import Visitor
from widget.rtm.client import TokenUnavailable
from widget.wire.base import Json
from widget.wire.errors import ChatError, CommandError, SignInFailed

__all__ = ["Commands", "Languages", "Session", "Window", "error_json", "read"]

Run = Callable[[Any, str], Awaitable[JsonValue]]
"""Carries a command out: its argument, and an id of the page's own for this call."""


class Session(Chat, Shelf, Talk, Visiting, Protocol):
    """The visitor's session (``widget.customer_sdk.session.ChatSession``)."""


class Window(Composer, ThreadsInView, Protocol):
    """The window (``widget.ui.app.ChatWindow``)."""


class Languages(Protocol):
    """What can be said in several languages."""

    async def set_language(self, tag: str) -> str:
        """Speak a language from now on. Returns the tag of the one that it is. Raises ChatError for an unknown one."""


@dataclass(frozen=True, slots=True)
class Commands:
    """The commands of one page."""

    sender: Sender
    threads: Threads
    context: Contextual
    visitor: Visitor
    set_language: Callable[[str], Awaitable[str]]

    @classmethod
    def of(cls, session: Session, window: Window, uploads: Uploads, languages: Languages, widget_id: str) -> Self:
        """The commands of a page that has this session and this window."""
        threads = Threads(session, window)
        return cls(
            sender=Sender(session, threads, uploads, window),
            threads=threads,
            context=Contextual(session),
            visitor=Visitor(session, widget_id),
            set_language=languages.set_language,
        )

    async def run(self, command: str, argument: object, call_id: str) -> JsonValue:
        """Carry out a command and return its result. Raises ChatError.

        ``call_id`` stands for one call of the page: the same call that comes again does nothing twice.
        """
        run = self._runs().get(command)
        if run is None:
            raise CommandError("UNKNOWN_COMMAND", f"There is no command {command!r}.", f"Use {', '.join(COMMANDS)}.")
        return await run(read(command, argument), call_id)

    def _runs(self) -> dict[str, Run]:
        return {
            "auth": self._auth,
            "send": self.sender.send,
            "create_thread": self.sender.create_thread,
            "send_contextual_data": self._send_contextual_data,
            "show_thread_list": self._show_thread_list,
            "show_thread": self._show_thread,
            "open_new_thread": self._open_new_thread,
            "get_threads": self._get_threads,
            "get_active_thread": self._get_active_thread,
            "set_language": self._set_language,
            "update_customer": self._update_customer,
            "session_variables": self._session_variables,
        }

    async def _auth(self, jwt: str, call_id: str) -> Json:
        try:
            return {"customerId": await self.visitor.sign_in(jwt)}
        except TokenUnavailable:
            raise
        except SignInFailed as refusal:
            raise _refused(refusal) from refusal

    async def _send_contextual_data(self, data: ContextualData, call_id: str) -> Json:
        return {"threadIds": [await self.context.send(data.metadata, call_id)]}

    async def _show_thread_list(self, _: None, call_id: str) -> Json:
        self.threads.show_list()
        return {"command": "show_thread_list"}

    async def _open_new_thread(self, _: None, call_id: str) -> Json:
        self.threads.show_new()
        return {"command": "open_new_thread"}

    async def _show_thread(self, thread_id: str, call_id: str) -> Json:
        return await self.threads.show(thread_id)

    async def _get_threads(self, _: None, call_id: str) -> JsonValue:
        return [*await self.threads.all()]

    async def _get_active_thread(self, _: None, call_id: str) -> JsonValue:
        return await self.threads.active()

    async def _set_language(self, tag: str, call_id: str) -> Json:
        return {"language": await self.set_language(tag)}

    async def _update_customer(self, profile: Profile, call_id: str) -> Json:
        await self.visitor.update(profile.name, profile.email)
        return {}

    async def _session_variables(self, given: SessionVariables, call_id: str) -> Json:
        await self.visitor.set_variables(given.variables, merge=given.merge)
        return {}


def error_json(error: ChatError) -> Json:
    """An error as the page gets it: ``{code, message, hint}``."""
    return {"code": error.code, "message": error.message, "hint": error.hint}


def read(command: str, argument: object) -> Any:
    """The argument of a command as its model. Raises CommandError."""
    try:
        return ARGUMENTS[command].validate_python(argument)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"] if part not in _TAGS) or "the argument"
        if first["type"] == "string_too_long" and first.get("ctx", {}).get("max_length") == LONGEST_TEXT:
            raise CommandError(
                "TEXT_TOO_LONG", f"'{command}': {where} has more than {LONGEST_TEXT:,} characters.", "Shorten it."
            ) from None
        raise CommandError("INVALID_ARGUMENT", f"'{command}': {where}: {first['msg']}.", _hint(command)) from None


_TAGS = frozenset({"BASIC", "DRAFT", "CUSTOM_DATA"})


def _hint(command: str) -> str:
    known = COMMANDS.get(command)
    if known is None:
        return "Correct the argument."
    return f"It takes {known.argument.replace('`', '')}." if known.argument else "It takes no argument."


_CONFLICT = "conflict"


def _refused(refusal: SignInFailed) -> CommandError:
    word = refusal.message.partition(":")[0]
    if word == _CONFLICT:
        return CommandError("ALREADY_AUTHENTICATED", "Somebody else is signed in here.", "Call 'logout' first.")
    if word == "invalid_grant":
        reason = refusal.message.partition(": ")[2] or "The token is not good."
        return CommandError("TOKEN_REFUSED", reason, "Let your server sign a new one for each call.")
    return CommandError(refusal.code, refusal.message, refusal.hint)
